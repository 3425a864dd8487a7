"""Lists of references: at the end of a page that cites, and the whole bibliography.

Which references a list holds and what links back is decided here, how it looks in
``templates/_references.jinja``, how an entry is printed in ``macros.bibliography.styles``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup as Html

from macros.bibliography.exports.coins import format_coins
from macros.citation_marks import mark_id, reference_id
from macros.pages import Page
from macros.render_context import RenderContext, render_for_page
from macros.site import Site


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
                Html(site.formatted(ref.citekey, context.locale).html),
                context.lang(ref.language),
                format_coins(ref),
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
                search_text=" ".join(
                    site.formatted(ref.citekey, context.locale).plain for ref in forms
                ).casefold(),
            )
        )
    return items


def render_page_references(page: Page, context: RenderContext) -> str:
    """The list at the end of a page that cites, unless the page prints the whole bibliography."""
    backlinks = page_backlinks(page, context.site)
    if not backlinks or any(call.name == "bibliography" for call in page.markup.macro_calls):
        return ""
    position = {ref.citekey: number for number, ref in enumerate(context.site.bibliography)}
    citekeys = sorted(backlinks, key=position.__getitem__)
    items = reference_items(citekeys, context, backlinks)
    return "\n\n" + render_for_page("page_references.md.jinja", context, items=items)


def page_backlinks(page: Page, site: Site) -> dict[str, tuple[str, ...]]:
    """Main citekey → addresses of its marks on a page."""
    backlinks: dict[str, tuple[str, ...]] = {}
    for citekey, place in site.citing_places(page):
        backlinks[citekey] = (*backlinks.get(citekey, ()), f"#{mark_id(citekey, place.occurrence)}")
    return backlinks
