"""Tables on pages: a finished summary table with its links to records, references and source places."""

from __future__ import annotations

from macros.record_links import link_to_record, row_id
from macros.render_context import RenderContext
from macros.summary_tables import SummaryTable, render_table


def render_record_table(table: SummaryTable, context: RenderContext) -> str:
    """A table as HTML: records lead to their pages, values to their places in the source."""
    page = context.site.collections[table.collection].page
    is_listing = page is not None and context.stands_on(page.listed_on)
    return render_table(
        table,
        context.site.labels,
        url_for_reference=context.link_to_reference,
        url_for_place=context.link_to_place,
        url_for_record=lambda collection, record: link_to_record(context, collection, record),
        row_id=(lambda record: row_id(table.collection, record)) if is_listing else (lambda _: ""),
    )
