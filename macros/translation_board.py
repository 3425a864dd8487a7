"""The translation board: every page, and how far its languages keep up with each other.

Gathers what the board says in one language; its layout is ``templates/translation_board.html.jinja``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from macros.freshness import State
from macros.freshness_marks import language_name, link_to_block
from macros.links import relative_url
from macros.render_context import RenderContext, render_for_page


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockLink:
    """A block that is behind."""

    name: str
    href: str
    lang: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRow:
    """One page."""

    title: str
    href: str
    missing: tuple[str, ...]
    """The languages that it does not stand in, as the reader calls them."""
    reviewed: date | None
    behind: tuple[BlockLink, ...]
    changed: int
    """Blocks that have changed in every language since the review."""
    new: int
    """Blocks that the review does not know."""

    @property
    def state(self) -> str:
        """Of the page as a whole, by the worst of it."""
        if self.missing:
            return "missing"
        if self.reviewed is None:
            return "unreviewed"
        return "behind" if self.behind else "changed" if self.changed or self.new else "current"


def render_translation_board(context: RenderContext) -> str:
    """A table of all written pages."""
    rows = board_rows(context)
    counts = {state: sum(row.state == state for row in rows) for state in _STATES}
    return render_for_page("translation_board.html.jinja", context, rows=rows, counts=counts)


_STATES = ("current", "changed", "behind", "unreviewed", "missing")


def board_rows(context: RenderContext) -> list[BoardRow]:
    """One row a page, in the order of the pages' ids."""
    return [_row(page_id, context) for page_id in context.site.page_ids]


def _row(page_id: str, context: RenderContext) -> BoardRow:
    site = context.site
    pages = {page.locale: page for page in site.counterparts(page_id)}
    shown = pages.get(context.locale) or next(iter(pages.values()))
    review = site.reviews.get(page_id)
    states = {locale: site.block_states[locale, page_id] for locale in pages}
    own = [found.state for found in states[shown.locale]] if review else []
    return BoardRow(
        title=shown.title,
        href=relative_url(site.url(page_id, shown.locale), context.url),
        missing=tuple(
            language_name(site, locale, context.locale)
            for locale in site.settings.locale_codes
            if locale not in pages
        ),
        reviewed=review.reviewed if review else None,
        behind=tuple(
            BlockLink(
                name=f"{language_name(site, locale, context.locale)} {found.name.removeprefix('/')}",
                href=link_to_block(relative_url(site.url(page_id, locale), context.url), found.name),
                lang=context.lang(locale),
            )
            for locale, found_states in states.items()
            for found in found_states
            if found.state is State.BEHIND
        ),
        changed=own.count(State.CHANGED),
        new=own.count(State.UNREVIEWED),
    )
