"""Record pages: one page a record, in every language, for collections that want them.

Gathers what such a page says from the finished views of the collection; its layout is
``templates/record_page.md.jinja``. What is shown stands in ``data/<collection>/page.yml``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial

from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup as Html

from macros.generated_pages import GeneratedPage
from macros.page_relations import linking_pages
from macros.passage_links import place_name
from macros.record_links import link_to_record, record_title
from macros.record_tables import render_record_table
from macros.records import Collection, Record, RecordPage, find_facts, text_in
from macros.render_context import RenderContext, render_for_page
from macros.site import Site
from macros.summary_tables import Cell, SummaryTable, build_table, place_link
from macros.values import format_value


@dataclass(frozen=True, slots=True)
class _Characteristic:
    """One field and its value."""

    name: str
    cell: Cell


def generate_record_pages(site: Site) -> Iterator[GeneratedPage]:
    """The pages of all records that have one, language by language."""
    for collection in site.collections.values():
        if collection.page is None or collection.page.listed_on:
            continue
        for locale in site.settings.locale_codes:
            names = (collection.page.characteristics, *collection.page.tables)
            for record in collection.records.values():
                # Of this record alone, so that notes are its own and numbered from 1.
                alone = replace(collection, records={record.id: record})
                tables = {name: build_table(alone, name, locale, site.labels) for name in names if name}
                yield _page(site, collection, collection.page, record, locale, tables)


def _page(
    site: Site,
    collection: Collection,
    page: RecordPage,
    record: Record,
    locale: str,
    tables: Mapping[str, SummaryTable],
) -> GeneratedPage:
    page_id = f"{collection.name}/{record.id}"
    context = RenderContext(site, locale, site.url(page_id, locale))
    sentence = _sentence(collection, page, record, context)
    title = record_title(collection, record, locale, site.labels)
    citekey = collection.reference_of(record)
    characteristics = tables.get(page.characteristics)
    return GeneratedPage(
        id=page_id,
        locale=locale,
        title=f"{title} · {text_in(collection.title, locale)}",
        description=sentence,
        markdown=render_for_page(
            "record_page.md.jinja",
            context,
            title=title,
            site_name=site.settings.site_names[locale],
            address=site.settings.site_url + site.url(page_id, locale),
            sentence=sentence,
            note=text_in(page.note, locale) if page.note else "",
            characteristics=_characteristics(characteristics, record),
            characteristics_notes=characteristics.notes if characteristics else (),
            tables=[_render_table(tables[name], context) for name in page.tables],
            places=_places(record, context),
            linking_pages=linking_pages(page_id, context),
            related=list(_related(collection, record, context)),
            reference=Html(site.formatted(citekey, locale).html) if citekey in site.bibliography else "",
            reference_page=context.link_to_page(site.reference_page_ids[citekey])
            if citekey in site.bibliography
            else "",
            url_for_place=place_link(context.link_to_reference, context.link_to_place),
            url_for_record=partial(link_to_record, context),
            conflict_title=lambda conflict: _title_of(site, conflict.collection, conflict.id, locale),
        ),
        source=f"{record.file}:1",
    )


def _sentence(collection: Collection, page: RecordPage, record: Record, context: RenderContext) -> str:
    """One sentence made from the fields, so that it cannot say anything else than they do."""

    def say(path: str) -> str:
        """The stated values of a field, joined; an empty text where none is stated."""
        values = (value for value in collection.find(record, path) if not value.missing)
        texts = (format_value(value, context.locale, context.site.labels) for value in values)
        return context.site.labels.text("list.comma", context.locale).join(dict.fromkeys(texts))

    if not page.sentence:
        return record_title(collection, record, context.locale, context.site.labels)
    template = _sentence_environment().from_string(text_in(page.sentence, context.locale))
    return " ".join(template.render(say=say).split())


@cache
def _sentence_environment() -> ImmutableSandboxedEnvironment:
    # Written by contributors, so in a sandbox; plain text, escaped where it is put into a page.
    return ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)


def _characteristics(table: SummaryTable | None, record: Record) -> list[_Characteristic]:
    row = next((row for row in table.rows if row.record_id == record.id), None) if table else None
    if table is None or row is None:
        return []
    names = [header.text for header in table.headers]
    return [_Characteristic(name, cell) for name, cell in zip(names, (row.header, *row.cells), strict=True)]


def _render_table(table: SummaryTable, context: RenderContext) -> Html:
    """A table without headings of groups; nothing where no row is about the record."""
    groups = tuple(replace(group, header="") for group in table.groups if group.rows)
    kept = replace(table, groups=groups)
    return Html(render_record_table(kept, context)) if kept.rows else Html("")


def _places(record: Record, context: RenderContext) -> list[tuple[str, str]]:
    """Where in the sources the values stand, each passage once, with its address."""
    places = dict.fromkeys(place for _, _, place in find_facts(record.values) if place)
    return [
        (place_name(context.site, place, context.locale), link)
        for place in places
        if (link := context.link_to_place(place))
    ]


def _related(
    collection: Collection, record: Record, context: RenderContext
) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """What the record says of other records of its collection: the field, and them as links."""
    for path, field in collection.fields.items():
        if field.refers_to == collection.name:
            contents = [value.content for value in collection.find(record, path) if not value.missing]
            names = [
                name for content in contents for name in (content if isinstance(content, list) else [content])
            ]
            links = [
                (_title_of(context.site, collection.name, name, context.locale), link)
                for name in names
                if (link := link_to_record(context, collection.name, str(name)))
            ]
            if links:
                yield text_in(field.title, context.locale), links


def _title_of(site: Site, collection: str, record: str, locale: str) -> str:
    known = site.collections.get(collection)
    if known is None or record not in known.records:
        return record
    return record_title(known, known.records[record], locale, site.labels)
