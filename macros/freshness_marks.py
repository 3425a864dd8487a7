"""Freshness marks: what readers are told where a page has fallen behind its counterpart.

Which blocks are behind is found by ``macros.freshness``. The words go into the page as its author wrote
it, so that they stand in every form in which it is printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from markupsafe import Markup as Html

from macros.blocks import CODE, HEADING, TABLE, Block, find_anchor
from macros.freshness import State
from macros.links import relative_url
from macros.pages import Page
from macros.render_context import RenderContext
from macros.site import Site

BOARD = "translation_board"
"""The macro that prints the state of every page."""


def board_page_id(site: Site) -> str:
    """The id of the page with the state of all pages; empty if no page has it."""
    found = (
        page_id
        for (_, page_id), page in site.pages.items()
        if any(call.name == BOARD for call in page.markup.macro_calls)
    )
    return next(found, "")


def find_freshness_marks(page: Page, context: RenderContext) -> Iterator[tuple[int, int, str]]:
    """What to insert where: a line below the title of a page that is behind, and a mark at each block."""
    states = context.site.block_states[page.locale, page.id]
    behind = [found for found in states if found.state is State.BEHIND]
    if not behind:
        return
    top = next((heading for heading in page.markup.headings if heading.level == 1), None)
    if top is not None:
        end = page.source.text.find("\n", top.start)
        offset = end if end >= 0 else len(page.source.text)
        yield offset, offset, f"\n\n{_page_mark(page, len(behind), context)}\n"
    for found in behind:
        block = found.block
        if block is not None and block.kind not in (HEADING, "tab"):
            mark = _block_mark(page, found.name, context)
            yield block.start, block.start, _placed(mark, block, page)


_ITEM_MARK = re.compile(r"(?:[-*+]|\d+\.|:)[ \t]+$")


def _placed(mark: Html, block: Block, page: Page) -> str:
    """Within the text of a block that has any; before one that has none of its own."""
    if block.kind not in (TABLE, CODE, "raw HTML") and not block.kind.endswith(" admonition"):
        return f'<span class="behind">{mark}</span> '
    text = page.source.text
    before = text[text.rfind("\n", 0, block.start) + 1 : block.start]
    # In a list or a quotation every line begins as the first does.
    margin = _ITEM_MARK.sub("    ", before)
    return f"{mark}\n{margin}{{: .behind }}\n{margin.rstrip()}\n{margin}"


def _block_mark(page: Page, name: str, context: RenderContext) -> Html:
    site = context.site
    other = next(
        other
        for other in site.counterparts(page.id)
        if any(
            found.name == name and found.state is State.AHEAD
            for found in site.block_states[other.locale, page.id]
        )
    )
    href = link_to_block(relative_url(site.url(page.id, other.locale), context.url), name)
    words = site.labels.in_locale(page.locale)
    text = words["freshness.block"].format(date=site.reviews[page.id].reviewed)
    link = words["freshness.counterpart"].format(language=language_name(site, other.locale, page.locale))
    lang = context.lang(other.locale)
    return Html('{} <a href="{}" hreflang="{}">{}</a>').format(text, href, lang, link)


def link_to_block(url: str, name: str) -> str:
    """The address of a named block of a page, or the nearest that there is on the page."""
    anchor = find_anchor(name)
    return f"{url}#{anchor}" if anchor else url


def _page_mark(page: Page, count: int, context: RenderContext) -> Html:
    site = context.site
    words = site.labels.in_locale(page.locale)
    text = words["freshness.page"].format(n=count, date=site.reviews[page.id].reviewed)
    board = board_page_id(site)
    if not board:
        return Html('<p class="behind">{}</p>').format(text)
    href = context.link_to_page(board)
    return Html('<p class="behind">{} <a href="{}">{}</a></p>').format(text, href, words["freshness.board"])


def language_name(site: Site, language: str, locale: str) -> str:
    """What a language is called in another; by its own name where the words do not know it."""
    return site.labels.in_locale(locale).get(f"language.{language}", site.settings.locale(language).name)
