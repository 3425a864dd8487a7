"""Rendering: from a page as written to Markdown that any generator can turn into HTML.

Macro calls are replaced by what they make, source places become ids, and the page's list of
references is put at its end. Layout stands in ``templates/``, words in ``labels.yml``. Citations
stay ``[@key]`` here: ``macros.citation_marks`` turns them into links while Markdown is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup as Html

from macros.bibliography.exports.coins import format_coins
from macros.citation_marks import mark_id, reference_id
from macros.links import relative_url
from macros.markup import replace_spans
from macros.pages import Page
from macros.site import Site, place_id

TEMPLATE_FOLDER = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class RenderContext:
    """For whom something is rendered: the site, the language, and the page that it stands on."""

    site: Site
    locale: str
    url: str
    """Of the page, relative to the root of the site."""

    def link_to_page(self, page_id: str) -> str:
        """The address of a page of the same language."""
        return relative_url(self.site.url(page_id, self.locale), self.url)

    def link_to_file(self, path: str) -> str:
        """The address of a file, given relative to the root of the site."""
        return relative_url(path, self.url)

    def link_to_place(self, place: str) -> str | None:
        """The address of the block that renders a source place, if a page does."""
        if place not in self.site.source_places:
            return None
        page_id, block = self.site.source_places[place]
        return f"{self.link_to_page(page_id)}#{block}"

    def lang(self, language: str) -> str:
        """The ``lang`` of a text in a language, as the site declares it for its own pages."""
        return next((locale.lang for locale in self.site.settings.locales if locale.code == language), language)


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATE_FOLDER),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render_template(name: str, context: RenderContext, **values: Any) -> str:
    """A template with the words of the page's language as ``labels`` and the page as ``context``."""
    labels = context.site.labels.in_locale(context.locale)
    return _environment().get_template(name).render(labels=labels, context=context, **values)


# Pages


def render_page(page: Page, site: Site) -> str:
    """The body of a page as plain Markdown and HTML, citations left as written."""
    # Imported here because macros use this module to render themselves.
    from macros.page_macros import render_call

    context = RenderContext(site, page.locale, site.url(page.id, page.locale))
    spans = [
        *((call.start, call.end, render_call(call, context)) for call in page.markup.macro_calls),
        *_source_place_spans(page),
    ]
    text = page.source.text
    body = replace_spans(text, [(page.body_start, page.body_start, ""), *sorted(spans)])[page.body_start :]
    return body + _render_page_references(page, context)


def _source_place_spans(page: Page) -> Iterable[tuple[int, int, str]]:
    """``src="…"`` becomes a data attribute, and the first block of a place gets an id to link to."""
    seen: set[str] = set()
    for attributes in page.markup.attribute_lists:
        place = attributes.values.get("src")
        if place is None:
            continue
        written = page.source.text[attributes.start : attributes.end]
        written = written.replace("src=", "data-src=", 1)
        if place not in seen and not attributes.id:
            written = written.replace("{:", f"{{: #{place_id(place)}", 1)
        seen.add(place)
        yield attributes.start, attributes.end, written


# Lists of references


@dataclass(frozen=True, slots=True)
class ReferenceEntry:
    """One form of a reference as printed in a list."""

    html: Html
    lang: str
    coins: str


@dataclass(frozen=True, slots=True)
class ReferenceItem:
    """One number of a list of references: an entry, or an original with its translation."""

    citekey: str
    id: str
    label: str
    entries: tuple[ReferenceEntry, ...]
    page: str
    """Address of the reference's own page."""
    backlinks: tuple[str, ...]
    """Addresses of the marks that cite it on this page."""
    year: int | None
    is_cited: bool
    """Whether any page of the site cites it."""
    search_text: str


def reference_items(
    citekeys: Iterable[str], context: RenderContext, backlinks: dict[str, tuple[str, ...]]
) -> Sequence[ReferenceItem]:
    """List items for main citekeys, in the order given."""
    site = context.site
    items = []
    for citekey in citekeys:
        forms = site.bibliography.counterparts(citekey)
        entries = tuple(
            ReferenceEntry(
                Html(site.formatted(ref.citekey, context.locale).html), context.lang(ref.language), format_coins(ref)
            )
            for ref in forms
        )
        items.append(
            ReferenceItem(
                citekey=citekey,
                id=reference_id(citekey),
                label=forms[0].label or citekey,
                entries=entries,
                page=context.link_to_page(site.reference_page_ids[citekey]),
                backlinks=backlinks.get(citekey, ()),
                year=forms[0].year,
                is_cited=citekey in site.cited_by,
                search_text=" ".join(site.formatted(ref.citekey, context.locale).plain for ref in forms).casefold(),
            )
        )
    return items


def _render_page_references(page: Page, context: RenderContext) -> str:
    """The list at the end of a page that cites, unless the page prints the whole bibliography."""
    backlinks = page_backlinks(page, context.site)
    if not backlinks or any(call.name == "bibliography" for call in page.markup.macro_calls):
        return ""
    position = {ref.citekey: number for number, ref in enumerate(context.site.bibliography)}
    citekeys = sorted(backlinks, key=position.__getitem__)
    items = reference_items(citekeys, context, backlinks)
    return "\n\n" + render_template("page_references.md.jinja", context, items=items)


def page_backlinks(page: Page, site: Site) -> dict[str, tuple[str, ...]]:
    """Main citekey → addresses of its marks on a page."""
    backlinks: dict[str, tuple[str, ...]] = {}
    for citekey, place in site.citing_places(page):
        backlinks[citekey] = (*backlinks.get(citekey, ()), f"#{mark_id(citekey, place.occurrence)}")
    return backlinks
