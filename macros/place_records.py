"""Records about places: at the end of a page, what collections say of the source places it renders.

A collection takes part by a field that refers to ``source-places`` and by a page that lists its
records. Layout stands in ``templates/place_records.md.jinja``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from macros.pages import Page
from macros.record_links import link_to_record, record_title
from macros.records import Collection, text_in
from macros.render_context import RenderContext, render_for_page
from macros.site import Site

PLACES = "source-places"
"""What a field refers to whose values are places in the sources."""


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
        by_place = _records_by_place(collection)
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


def _records_by_place(collection: Collection) -> Mapping[str, list[str]]:
    if collection.page is None or not collection.page.listed_on:
        return {}
    fields = [path for path, field in collection.fields.items() if field.refers_to == PLACES]
    by_place: dict[str, list[str]] = {}
    for record in collection.records.values():
        for place in _places_of(collection, record.id, fields):
            by_place.setdefault(place, []).append(record.id)
    return by_place


def _places_of(collection: Collection, record: str, fields: list[str]) -> Iterator[str]:
    for path in fields:
        for value in collection.find(collection.records[record], path):
            content = value.content
            yield from content if isinstance(content, list) else [str(content)]


def _place(name: str, collection: Collection, records: list[str], context: RenderContext) -> _Place:
    site: Site = context.site
    links = tuple(
        (
            record_title(collection, collection.records[record], context.locale, site.labels),
            link_to_record(context, collection.name, record) or "",
        )
        for record in records
    )
    return _Place(name, context.link_to_place(name) or "", links)
