"""Relations between pages: what a page rests on, what else to read, and which pages lead to it.

A page whose front matter names related pages under ``see_also`` also lists what it uses; every page
and every record says which pages lead to it, so that each link can be followed back. Layout stands
in ``templates/page_relations.md.jinja``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from macros.pages import Page
from macros.record_links import record_title
from macros.records import text_in
from macros.render_context import RenderContext, render_for_page
from macros.source_maps import find_source_blocks


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page of the reader's language, as a link."""

    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Relation:
    """One kind of related pages."""

    name: str
    links: tuple[PageLink, ...]


def render_page_relations(page: Page, context: RenderContext) -> str:
    """The section at the end of a page; an empty text for a page without relations."""
    words = context.site.labels.in_locale(context.locale)
    see_also = Relation(words["relations.see_also"], _links(page.see_also, context))
    used = _used(page, context) if page.see_also else ()
    linking = Relation(words["relations.linked_from"], linking_pages(page.id, context))
    relations = [relation for relation in (see_also, *used, linking) if relation.links]
    if not relations:
        return ""
    return "\n\n" + render_for_page("page_relations.md.jinja", context, relations=relations)


def linking_pages(page_id: str, context: RenderContext) -> tuple[PageLink, ...]:
    """The written pages that lead to a page."""
    pages = context.site.linking_pages.get((context.locale, page_id), ())
    return _links((page.id for page in pages), context)


def _used(page: Page, context: RenderContext) -> tuple[Relation, ...]:
    """What a page leads to: pages that render sources, then the records of each collection."""
    site = context.site
    page_ids = site.linked_page_ids(page)
    sources = [
        page_id
        for page_id in page_ids
        if (target := site.pages.get((page.locale, page_id))) and any(find_source_blocks(target))
    ]
    by_collection: dict[str, list[str]] = {}
    for page_id in page_ids:
        if page_id in site.record_pages:
            by_collection.setdefault(site.record_pages[page_id][0], []).append(page_id)
    return (
        Relation(site.labels.text("relations.sources", context.locale), _links(sources, context)),
        *(
            Relation(text_in(site.collections[name].title, context.locale), _links(ids, context))
            for name, ids in by_collection.items()
        ),
    )


def _links(page_ids: Iterable[str], context: RenderContext) -> tuple[PageLink, ...]:
    return tuple(
        PageLink(title, context.link_to_page(page_id))
        for page_id in page_ids
        if (title := _title(page_id, context))
    )


def _title(page_id: str, context: RenderContext) -> str:
    """What a link to a page says; an empty text for a page that is not there, which a check reports."""
    site = context.site
    if page_id in site.record_pages:
        name, record = site.record_pages[page_id]
        collection = site.collections[name]
        return record_title(collection, collection.records[record], context.locale, site.labels)
    page = site.pages.get((context.locale, page_id))
    return page.title if page else ""
