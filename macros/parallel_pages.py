"""Parallel pages: all languages of a written page side by side, block by block.

Made in the last step of a build from the built pages alone: nothing is rendered anew, so that a
parallel page says what its pages say. Counterparts are the blocks of one id; a block that only one
language has stands beside a notice. The frame (head, header, navigation) is that of the page in the
default language.

That page is also the canonical one (RFC 6596) and names the parallel page as another view of itself
(``link rel=alternate``), as is done for pages of which there is a second version for phones. So
search engines show the pages, and no ``robots`` is needed. The parallel page is neither in the
sitemap nor in the search of the site.

Ids: the row of a block has the block's id, so that the address of a passage works here too. Within
rows the first language that has an id keeps it; where it is taken, the language's code is put in front.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, count
from pathlib import Path

from markupsafe import Markup as Html
from markupsafe import escape

from macros.built_site.addresses import is_relative
from macros.files import write_file
from macros.html_tree import Edit, Element, apply_edits, change_attributes, parse_html
from macros.links import relative_url
from macros.locales import Locale
from macros.moved_html import change_ids, change_urls, own_names, rebase_url, resolve_path
from macros.site import Site
from macros.templating import render_template


@dataclass(frozen=True, slots=True)
class Side:
    """One language of a page, as built."""

    locale: Locale
    url: str
    """Of the page, relative to the root of the site."""
    html: str


def write_parallel_pages(directory: Path, site: Site) -> None:
    """Write the parallel page of every page that is written in two languages or more."""
    for page_id in site.page_ids:
        url = site.parallel_url(page_id)
        if url:
            sides = [
                _read_side(directory, locale, site.url(page_id, locale.code))
                for locale in site.locales_of(page_id)
            ]
            html = render_parallel_page(site, page_id, sides)
            write_file(directory / url / "index.html", html.encode())


def _read_side(directory: Path, locale: Locale, url: str) -> Side:
    return Side(locale, url, (directory / url / "index.html").read_text("utf-8"))


def render_parallel_page(site: Site, page_id: str, sides: Sequence[Side]) -> str:
    """The HTML of one parallel page; the first side gives the frame."""
    url = site.parallel_url(page_id)
    versions = [_read_version(side) for side in sides]
    rows = list(_make_rows(versions))
    _give_ids(rows, versions)
    titles = dict.fromkeys(site.pages[side.locale.code, page_id].title for side in sides)
    views = dict.fromkeys(site.labels.text("parallel.view", side.locale.code) for side in sides)
    languages = [_language_values(site, side, url) for side in sides]
    article = render_template(
        "parallel_page.html.jinja",
        languages=languages,
        rows=[_row_values(row, versions, url, languages) for row in rows],
    )
    default = sides[0].locale.code
    frame = _Frame(
        url=url,
        article=article,
        switch=render_template("parallel_switch.html.jinja", languages=languages),
        title=f"{' / '.join(titles)} – {' / '.join(views)}",
        parallel_urls={site.url(other, default): site.parallel_url(other) for other in site.page_ids},
    )
    return _fill_frame(versions[0], frame)


# Blocks


_Block = Sequence[Element]
"""An element at the top level of an article, with the marks that speak of it; marks stand around it."""


@dataclass(slots=True, kw_only=True)
class _Version:
    """A side, taken apart."""

    side: Side
    root: Element
    article: Element
    blocks: Mapping[str, _Block]
    """The blocks at the top level of the article by key, in their order.

    A key is equal for counterparts. It is an id, or the place behind a block that has one.
    """
    new_ids: dict[str, str] = field(default_factory=dict)
    """What the ids of the page become on the parallel page."""


def _read_version(side: Side) -> _Version:
    root = parse_html(side.html)
    article = next(element for element in root.walk() if element.tag == "article")
    return _Version(side=side, root=root, article=article, blocks=dict(_find_blocks(article)))


def _find_blocks(article: Element) -> Iterator[tuple[str, _Block]]:
    last, behind = "", count()
    for block in _with_marks([element for element in article.children if not _is_left_out(element)]):
        anchor = _anchor(block)
        if anchor:
            last, behind = anchor, count()
        # An id holds no space, so that this is none.
        yield anchor or f"{last} {_main(block).tag} {next(behind)}", block


def _with_marks(elements: Iterable[Element]) -> Iterator[_Block]:
    """Elements with the marks of ``macros.freshness_marks``, which only one language has.

    The first mark behind the title speaks of the page, and goes with the title; the others stand before the
    block that they speak of.
    """
    block: list[Element] = []
    marks: list[Element] = []
    for element in elements:
        if not _is_mark(element):
            if block:
                yield block
            block, marks = [*marks, element], []
        elif [other.tag for other in block] == ["h1"] and not marks:
            block.append(element)
        else:
            marks.append(element)
    if block or marks:
        yield [*block, *marks]


def _is_mark(element: Element) -> bool:
    return element.tag == "p" and "behind" in element.classes


def _main(block: _Block) -> Element:
    """The element that a block is, without its marks."""
    return next((element for element in block if not _is_mark(element)), block[0])


def _walk(block: _Block) -> Iterator[Element]:
    return chain.from_iterable(element.walk() for element in block)


def _anchor(block: _Block) -> str:
    """The id by which a block is linked: its own, or the first within it."""
    return next((element.id for element in _walk(block) if element.id), "")


_LEFT_OUT = frozenset(("md-content__button", "headerlink"))


def _is_left_out(element: Element) -> bool:
    """What is of no use here: links to edit a page or to a heading, and what only a script shows.

    What is hidden could not be found with the search of the browser.
    """
    return "hidden" in element.attributes or bool(_LEFT_OUT.intersection(element.classes))


# Rows


@dataclass(slots=True, kw_only=True)
class _Row:
    """Counterparts: one block a version, or none where a language lacks it."""

    blocks: Sequence[_Block | None]

    @property
    def present(self) -> list[_Block]:
        """The blocks that there are: one or more."""
        return [block for block in self.blocks if block]

    @property
    def id(self) -> str:
        """Empty for a block, such as a list, that has none of its own."""
        return _main(self.present[0]).id

    @property
    def is_wide(self) -> bool:
        """Whether a column is too narrow for it."""
        return any(map(_has_table, chain.from_iterable(self.present)))


def _has_table(element: Element) -> bool:
    """Whether it holds a table of data that is not folded away."""
    if element.tag == "details":
        return False
    return "table-wrapper" in element.classes or any(map(_has_table, element.children))


def _make_rows(versions: Sequence[_Version]) -> Iterator[_Row]:
    order: list[str] = []
    for version in versions:
        order = merge_keys(order, list(version.blocks))
    for key in order:
        yield _Row(blocks=[version.blocks.get(key) for version in versions])


def merge_keys(order: Sequence[str], keys: Sequence[str]) -> list[str]:
    """One order for both: what only the second has is put behind what stands before it there.

    >>> merge_keys(["a", "b", "c"], ["x", "a", "y", "c"])
    ['x', 'a', 'y', 'b', 'c']
    """
    known = set(order)
    new: dict[str, list[str]] = {"": []}
    last = ""
    for key in keys:
        if key in known:
            last = key
        else:
            new.setdefault(last, []).append(key)
    return [*new[""], *chain.from_iterable((key, *new.get(key, ())) for key in order)]


def _give_ids(rows: Iterable[_Row], versions: Iterable[_Version]) -> None:
    """Decide what becomes of the ids within rows: they are unique, and none that a row has."""
    taken = {row.id for row in rows}
    for version in versions:
        code = version.side.locale.code
        elements = chain.from_iterable(map(_walk, version.blocks.values()))
        for old in chain.from_iterable(own_names(element) for element in elements):
            choices = chain((old,), (f"{code}{'-' * length}{old}" for length in count(1)))
            version.new_ids[old] = next(name for name in choices if name not in taken)
            taken.add(version.new_ids[old])


# What the templates are given


_Values = Mapping[str, object]


def _language_values(site: Site, side: Side, url: str) -> _Values:
    labels = site.labels.in_locale(side.locale.code)
    return {
        "lang": side.locale.lang,
        "name": side.locale.name,
        "href": relative_url(side.url, url),
        "labels": {
            key.removeprefix("parallel."): text for key, text in labels.items() if key.startswith("parallel.")
        },
    }


def _row_values(row: _Row, versions: Sequence[_Version], url: str, languages: Iterable[_Values]) -> _Values:
    """The ids of the row and its HTML in each language; None where it has none."""
    cells = [
        Html(_render_block(version, block, url, is_foreign=version is not versions[0])) if block else None
        for version, block in zip(versions, row.blocks, strict=True)
    ]
    return {
        "id": row.id,
        "anchor": _anchor(row.present[0]),
        "is_wide": row.is_wide,
        "cells": list(zip(languages, cells, strict=True)),
    }


def _render_block(version: _Version, block: _Block, url: str, *, is_foreign: bool) -> str:
    """A block with the ids and addresses that it needs at its new place."""
    locale = version.side.locale

    def change_url(old: str) -> str:
        if old.startswith("#"):
            return f"#{version.new_ids.get(old[1:], old[1:])}"
        return rebase_url(old, version.side.url, url)

    edits: list[Edit] = []
    for element in _walk(block):
        if _is_left_out(element):
            edits.append((element.start, element.end, ""))
            continue
        attributes = change_urls(change_ids(element, version.new_ids, f"{locale.code}-"), change_url)
        if is_foreign and _leads_to_page(element):
            # The page as a whole is in another language: the link says that it leads out of that.
            attributes.setdefault("hreflang", locale.lang)
        if attributes != element.attributes:
            edits.append(change_attributes(element, attributes))
    return "\n".join(apply_edits(version.side.html, edits, element.start, element.end) for element in block)


def _leads_to_page(element: Element) -> bool:
    """Whether it is a link to another page of the site."""
    url = element.attributes.get("href", "")
    return element.tag == "a" and is_relative(url) and url.partition("#")[0].endswith(("/", ".."))


# The frame


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """What is put into the page that the frame is taken from."""

    url: str
    """Of the parallel page."""
    article: str
    switch: str
    title: str
    parallel_urls: Mapping[str, str]
    """Address of a page in the default language → of its parallel page, empty where it has none."""


def _fill_frame(version: _Version, frame: _Frame) -> str:
    """The built page of a version with the parallel article in place of its own."""
    html, article = version.side.html, version.article
    edits = [
        (article.inner_start, article.inner_end, frame.article),
        *_change_frame(version.root, version.side.url, frame, is_footer=False),
    ]
    return apply_edits(html, edits, 0, len(html))


def _change_frame(element: Element, page: str, frame: _Frame, *, is_footer: bool) -> Iterator[Edit]:
    """All changes outside the article."""
    if _belongs_to_one_language(element):
        yield element.start, element.end, ""
        return
    is_footer = is_footer or element.tag == "footer"
    attributes = _change_frame_attributes(element, page, frame, is_footer=is_footer)
    if attributes != element.attributes:
        yield change_attributes(element, attributes)
    if element.tag == "title":
        yield element.inner_start, element.inner_end, escape(frame.title)
    elif "language-switch" in element.classes:
        yield element.inner_start, element.inner_end, frame.switch
    elif element.tag != "article":
        for child in element.children:
            yield from _change_frame(child, page, frame, is_footer=is_footer)


_DATA_URLS = frozenset(("data-index", "data-root"))
"""Where theme/partials/search.html tells its script the addresses of its files."""


def _change_frame_attributes(
    element: Element, page: str, frame: _Frame, *, is_footer: bool
) -> dict[str, str]:
    def change_url(old: str) -> str:
        # The footer leads on to the next page: who reads both languages goes on reading both.
        next_url = frame.parallel_urls.get(resolve_path(old, page), "") if is_footer else ""
        return relative_url(next_url, frame.url) if next_url else rebase_url(old, page, frame.url)

    attributes = change_urls(element.attributes, change_url)
    for name in _DATA_URLS & attributes.keys():
        attributes[name] = rebase_url(attributes[name], page, frame.url)
    if element.tag == "body":
        attributes["class"] = " ".join([*element.classes, "parallel-page"])
    elif "md-sidebar--primary" in element.classes:
        # Columns need its room; on narrow screens it is a drawer, and stays.
        attributes["hidden"] = ""
    return attributes


def _belongs_to_one_language(element: Element) -> bool:
    """Whether it says of the page in one language what does not hold here."""
    relation = element.attributes.get("rel", "")
    return (
        (element.tag == "link" and relation in ("alternate", "prev", "next"))
        or "md-sidebar--secondary" in element.classes
        or "data-single-language" in element.attributes
    )
