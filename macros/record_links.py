"""Records as links: how a record is called, and where it is to be read."""

from __future__ import annotations

from macros.locales import Labels
from macros.records import Collection, Record
from macros.render_context import RenderContext
from macros.values import format_value


def record_title(collection: Collection, record: Record, locale: str, labels: Labels) -> str:
    """What names a record: the field that the collection says, else the record's id."""
    field = collection.page.title if collection.page else ""
    values = collection.find(record, field) if field else []
    return format_value(values[0], locale, labels) if values else record.id


def link_to_record(context: RenderContext, collection: str, record: str) -> str | None:
    """The address of a record's page, or of its row in the table that lists it; None without either."""
    known = context.site.collections.get(collection)
    if known is None or known.page is None or record not in known.records:
        return None
    if known.page.listed_on:
        return f"{context.link_to_page(known.page.listed_on)}#{row_id(collection, record)}"
    return context.link_to_page(f"{collection}/{record}")


def row_id(collection: str, record: str) -> str:
    """The id of a record's row on the page that lists it.

    >>> row_id("disputes", "ito2019-4.4-colour")
    'disputes-ito2019-4-4-colour'
    """
    return f"{collection}-{record}".replace(".", "-")
