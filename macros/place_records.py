"""Records about places: at the end of a page, what collections say of the source places it renders.

Which collections take part is decided in ``Site.records_by_place``, the layout stands in
``templates/place_records.md.jinja``.
"""

from __future__ import annotations

from dataclasses import dataclass

from macros.pages import Page
from macros.passage_links import place_name
from macros.record_links import link_to_record, record_title
from macros.records import Collection, text_in
from macros.render_context import RenderContext, render_for_page
from macros.site import Site


@dataclass(frozen=True, slots=True)
class _Place:
    """One place with the records about it, as links."""

    name: str
    href: str
    records: tuple[tuple[str, str], ...]
    """Title and address."""


def render_place_records(page: Page, context: RenderContext) -> str:
    """The lists for a page, one a collection; an empty text where no record is about its places."""
    names = (attributes.values.get("src") for attributes in page.markup.attribute_lists)
    places = list(dict.fromkeys(name for name in names if name))
    parts = []
    for collection in context.site.collections.values():
        by_place = context.site.records_by_place.get(collection.name, {})
        found = [_place(name, collection, by_place[name], context) for name in places if name in by_place]
        if found:
            title = text_in(collection.title, context.locale)
            parts.append(
                render_for_page(
                    "place_records.md.jinja",
                    context,
                    title=title,
                    id=f"about-{collection.name}",
                    places=found,
                )
            )
    return "".join(f"\n\n{part}" for part in parts)


def _place(name: str, collection: Collection, records: list[str], context: RenderContext) -> _Place:
    site: Site = context.site
    links = tuple(
        (
            record_title(collection, collection.records[record], context.locale, site.labels),
            link_to_record(context, collection.name, record) or "",
        )
        for record in records
    )
    return _Place(place_name(site, name, context.locale), context.link_to_place(name) or "", links)
