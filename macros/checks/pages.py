"""Pages by themselves: mark-up that can be read, one title, headings with ids, ids used once, alt texts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from macros.checks.page_checks import PageCheck
from macros.page_macros import check_call
from macros.pages import Page
from macros.problems import Problem
from macros.prose.reading import find_alt_texts
from macros.site import PARALLEL_FOLDER, Site

_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_PLACE = re.compile(r"[a-z0-9-]+/[A-Za-z0-9.]+(?:-[A-Za-z0-9.]+)*")


@PageCheck
def check_markup(page_id: str, site: Site) -> Iterator[Problem]:
    """Citations and macro calls can be read (``citation-parses``, ``macro-syntax-parses``, …)."""
    for page in site.counterparts(page_id):
        for mistake in page.markup.mistakes:
            yield page.source.problem(mistake.offset, mistake.rule, mistake.message, mistake.hint)


@PageCheck
def check_macro_calls(page_id: str, site: Site) -> Iterator[Problem]:
    """Every macro called exists and gets arguments that it knows (``macro-is-known``, …)."""
    for page in site.counterparts(page_id):
        for call in page.markup.macro_calls:
            for mistake in check_call(call, site):
                yield page.source.problem(mistake.offset, mistake.rule, mistake.message, mistake.hint)


@PageCheck
def check_page_titles(page_id: str, site: Site) -> Iterator[Problem]:
    """A page says in its front matter what it is, and has one first-level heading.

    ``page-has-title``: ``title`` and ``description`` in the front matter; search results and
    browsers show them. ``page-has-one-heading``: exactly one ``# Heading``.
    """
    for page in site.counterparts(page_id):
        for key in ("title", "description"):
            if not isinstance(page.meta.get(key), str):
                yield page.source.problem(
                    0,
                    "page-has-title",
                    f"the front matter has no {key}",
                    f"begin the page with ---, a line {key}: …, and ---",
                )
        tops = [heading for heading in page.markup.headings if heading.level == 1]
        if len(tops) != 1:
            place = tops[1].start if tops else page.body_start
            message = f"the page has {len(tops)} first-level headings"
            yield page.source.problem(
                place, "page-has-one-heading", message, "exactly one line begins with #"
            )


@PageCheck
def check_images(page_id: str, site: Site) -> Iterator[Problem]:
    """An image says in words what it shows, in every language (``image-has-alt``; WCAG 2.2, 1.1.1).

    Bad:  ``![](leaf.png)``
    Good: ``![A leaf with two buds](leaf.png)``
    """
    for page in site.counterparts(page_id):
        for start, end in find_alt_texts(page):
            if not page.source.text[start:end].strip():
                yield page.source.problem(
                    start,
                    "image-has-alt",
                    "the image has no text for those who do not see it",
                    "write what it shows: ![A leaf with two buds](leaf.png)",
                )


@PageCheck
def check_headings(page_id: str, site: Site) -> Iterator[Problem]:
    """Every heading has an explicit ASCII id, so that links hold in both languages.

    Bad:  ## 结果
    Good: ## 结果 {#results}
    """
    for page in site.counterparts(page_id):
        for heading in page.markup.headings:
            if not heading.id:
                hint = (
                    'write "{#top}" behind it'
                    if heading.level == 1
                    else 'write an id behind it, such as "{#results}"'
                )
                yield page.source.problem(
                    heading.start, "heading-has-id", f'the heading "{heading.text}" has no id', hint
                )


@PageCheck
def check_ids(page_id: str, site: Site) -> Iterator[Problem]:
    """Pages are built where nothing else is; explicit ids are ASCII and used once on a page.

    ``page-id-is-free``, ``id-is-well-formed``, ``id-is-unique``, ``source-place-is-well-formed``.

    Bad:  ``docs/zh/parallel/tea.md``, ``docs/zh/references/ito2019.md``, ``docs/zh/en/tea.md``
    Good: ``docs/zh/compared/tea.md``
    """
    for page in site.counterparts(page_id):
        yield from _check_page_id(page, site)
        yield from _check_ids_of(page)
        for attributes in page.markup.attribute_lists:
            place = attributes.values.get("src")
            if place is not None and not _PLACE.fullmatch(place):
                yield page.source.problem(
                    attributes.start,
                    "source-place-is-well-formed",
                    f'"{place}" is not a place in a source',
                    'write source/section-paragraph, such as src="ito2019/3.1-p2"',
                )


def _check_page_id(page: Page, site: Site) -> Iterator[Problem]:
    """In every language: a page that one of them lacks is built there with the text of another."""
    folders = {PARALLEL_FOLDER: "the pages with all languages side by side"}
    folders |= {
        locale.url_prefix.strip("/"): f"the pages in {locale.name}"
        for locale in site.settings.locales
        if locale.url_prefix
    }
    folder = page.id.partition("/")[0]
    if folder in folders:
        message = f'the folder "{folder}" is kept for {folders[folder]}'
    elif page.id in site.generated_page_ids:
        message = f'the page "{page.id}" is made from a reference or a record'
    else:
        return
    yield page.source.problem(0, "page-id-is-free", message, "choose another folder or name")


def _check_ids_of(page: Page) -> Iterator[Problem]:
    lists = [(attributes.start, attributes.id) for attributes in page.markup.attribute_lists]
    headings = [(heading.start, heading.id) for heading in page.markup.headings]
    heading_lines = {page.source.place(start)[0] for start, _ in headings}
    found = headings + [
        (start, id_) for start, id_ in lists if page.source.place(start)[0] not in heading_lines
    ]
    seen: set[str] = set()
    for start, id_ in sorted(found):
        if id_ and not _ID.fullmatch(id_):
            yield page.source.problem(
                start,
                "id-is-well-formed",
                f'the id "{id_}" is not made of a–z, 0–9 and hyphens',
                "the same id stands in every language, so it is ASCII",
            )
        if id_ and id_ in seen:
            yield page.source.problem(start, "id-is-unique", f'the id "{id_}" stands on this page already')
        seen.add(id_)
