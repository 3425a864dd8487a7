"""Page macros: what ``{{ name("…") }}`` on a page can call.

A macro is a function that gets the page's context and the author's literal arguments and returns
HTML or Markdown. ``check_call`` says what is wrong with a call before anything is rendered.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from markupsafe import Markup as Html
from markupsafe import escape

from macros.coverage_table import render_coverage
from macros.downloads import render_downloads
from macros.figures import build_figure, figure_file_name, render_figure
from macros.glossary_page import render_glossary
from macros.markup import MacroCall, Mistake
from macros.passage_links import render_passage
from macros.problems import did_you_mean
from macros.record_links import link_to_record
from macros.record_tables import render_record_table
from macros.records import GLOSSARY, SOURCE_MAP
from macros.reference_lists import page_backlinks, reference_items
from macros.render_context import RenderContext, render_for_page
from macros.site import Site
from macros.summary_tables import build_table
from macros.translation_board import render_translation_board
from macros.values import format_value, sort_key


def bibliography(context: RenderContext) -> str:
    """Every reference of the site under its number, with what cites it."""
    site = context.site
    citekeys = dict.fromkeys(site.bibliography.main_citekey(ref.citekey) for ref in site.bibliography)
    page = next(
        (
            page
            for page in site.pages.values()
            if page.locale == context.locale and context.stands_on(page.id)
        ),
        None,
    )
    backlinks = page_backlinks(page, site) if page else {}
    items = reference_items(citekeys, context, backlinks)
    return render_for_page("bibliography.html.jinja", context, items=items)


def table(context: RenderContext, collection: str, *, view: str) -> str:
    """A summary table: one view of a collection of records."""
    site = context.site
    finished = build_table(site.collections[collection], view, context.locale, site.labels)
    return render_record_table(finished, context)


def value(context: RenderContext, collection: str, record: str, path: str) -> str:
    """One value of a record, the same number in every language, with its place in the source."""
    site = context.site
    found = site.collections[collection].value_at(site.collections[collection].records[record], path)
    assert found is not None  # checked before
    text = format_value(found, context.locale, site.labels)
    number, place = escape(sort_key(found)), escape(found.place)
    return f'<data class="value" value="{number}" data-place="{place}">{escape(text)}</data>'


def passage(context: RenderContext, place: str) -> str:
    """A link to the passage of a source that a statement rests on."""
    return render_passage(place, context)


def coverage(context: RenderContext) -> str:
    """What each source prints where, and which blocks of the site render it."""
    return render_coverage(context)


def translation_board(context: RenderContext) -> str:
    """Every page, and whether its languages keep up with each other."""
    return render_translation_board(context)


def downloads(context: RenderContext) -> str:
    """Every file that readers may take away, with what it is."""
    return render_downloads(context)


def figure(context: RenderContext, collection: str, name: str) -> str:
    """A figure of a collection: its drawing, and the same data as a table."""
    site = context.site
    spec = site.figures[collection][name]
    finished = build_figure(site.collections[collection], spec, site.labels, site.settings.locale_codes)
    return render_figure(
        finished,
        context.locale,
        site.labels,
        url_for_record=lambda collection, record: link_to_record(context, collection, record),
        url_of_file=context.link_to_file(figure_file_name(collection, name, context.locale)),
    )


def glossary(context: RenderContext) -> str:
    """Every term of the glossary, with what it means in each language and the pages that use it."""
    return render_glossary(context)


MACROS: Mapping[str, Callable[..., str]] = {
    "bibliography": bibliography,
    "coverage": coverage,
    "downloads": downloads,
    "figure": figure,
    "glossary": glossary,
    "passage": passage,
    "table": table,
    "translation_board": translation_board,
    "value": value,
}


def render_call(call: MacroCall, context: RenderContext) -> str:
    """What a call makes. A call with a mistake, already reported, stays visible as written."""
    if any(check_call(call, context.site)):
        return f'<span class="macro-mistake">{call.name}</span>'
    return MACROS[call.name](context, *call.arguments, **call.keywords)


def say_call(call: MacroCall, context: RenderContext) -> str:
    """What a call adds to the words of its sentence: a value; nothing else that a macro makes is words."""
    if call.name != "value" or any(check_call(call, context.site)):
        return ""
    return Html(value(context, *map(str, call.arguments))).striptags()


def check_call(call: MacroCall, site: Site) -> Iterator[Mistake]:
    """What is wrong with a call: unknown name, wrong arguments, unknown collection or view."""
    if call.name not in MACROS:
        yield Mistake(
            call.start,
            "macro-is-known",
            f'there is no macro "{call.name}"',
            did_you_mean(call.name, MACROS) or f"known macros: {', '.join(sorted(MACROS))}",
        )
        return
    try:
        bound = _signature(call.name).bind(None, *call.arguments, **call.keywords)
    except TypeError as error:
        yield Mistake(call.start, "macro-arguments-fit", f"{call.name}: {error}", _usage(call.name))
        return
    if call.name in _ARGUMENT_CHECKS:
        yield from _ARGUMENT_CHECKS[call.name](call, bound.arguments, site)


@cache
def _signature(name: str) -> inspect.Signature:
    return inspect.signature(MACROS[name])


def _usage(name: str) -> str:
    parameters = list(_signature(name).parameters.values())[1:]
    return f"write {name}({', '.join(_usage_of(parameter) for parameter in parameters)})"


def _usage_of(parameter: inspect.Parameter) -> str:
    return f'{parameter.name}="…"' if parameter.kind is parameter.KEYWORD_ONLY else f'"{parameter.name}"'


def _check_table(call: MacroCall, arguments: Mapping[str, object], site: Site) -> Iterator[Mistake]:
    collection = site.collections.get(str(arguments["collection"]))
    if collection is None:
        name = str(arguments["collection"])
        yield Mistake(
            call.start,
            "collection-exists",
            f'there is no collection "{name}"',
            did_you_mean(name, site.collections),
        )
    elif arguments["view"] not in collection.views:
        view = str(arguments["view"])
        yield Mistake(
            call.start,
            "view-exists",
            f'the collection "{collection.name}" has no view "{view}"',
            did_you_mean(view, collection.views),
        )


def _check_value(call: MacroCall, arguments: Mapping[str, object], site: Site) -> Iterator[Mistake]:
    collection, record, path = (str(arguments[name]) for name in ("collection", "record", "path"))
    known = site.collections.get(collection)
    if known is None:
        hint = did_you_mean(collection, site.collections)
        yield Mistake(call.start, "collection-exists", f'there is no collection "{collection}"', hint)
    elif record not in known.records:
        hint = did_you_mean(record, known.records)
        yield Mistake(
            call.start, "record-exists", f'the collection "{collection}" has no record "{record}"', hint
        )
    elif known.value_at(known.records[record], path) is None:
        hint = did_you_mean(path, known.fields)
        yield Mistake(call.start, "value-exists", f'the record "{record}" has no value "{path}"', hint)


def _check_passage(call: MacroCall, arguments: Mapping[str, object], site: Site) -> Iterator[Mistake]:
    place = str(arguments["place"])
    if place not in site.passages:
        message = f'no source has the place "{place}"'
        yield Mistake(call.start, "source-place-exists", message, did_you_mean(place, site.passages))


def _check_coverage(call: MacroCall, _arguments: Mapping[str, object], site: Site) -> Iterator[Mistake]:
    if not any(collection.role == SOURCE_MAP for collection in site.collections.values()):
        hint = f"write x-role: {SOURCE_MAP} into its schema.yml"
        message = "no collection says what the sources print where"
        yield Mistake(call.start, "collection-exists", message, hint)


def _check_glossary(call: MacroCall, _arguments: Mapping[str, object], site: Site) -> Iterator[Mistake]:
    if site.glossary.collection is None:
        hint = f"write x-role: {GLOSSARY} into its schema.yml"
        yield Mistake(call.start, "collection-exists", "no collection holds the terms of the site", hint)


def _check_figure(call: MacroCall, arguments: Mapping[str, object], site: Site) -> Iterator[Mistake]:
    collection, name = str(arguments["collection"]), str(arguments["name"])
    figures = site.figures.get(collection, {})
    if collection not in site.collections:
        hint = did_you_mean(collection, site.collections)
        yield Mistake(call.start, "collection-exists", f'there is no collection "{collection}"', hint)
    elif name not in figures:
        message = f'the collection "{collection}" has no figure "{name}"'
        yield Mistake(call.start, "figure-exists", message, did_you_mean(name, figures))


_ARGUMENT_CHECKS: Mapping[str, Callable[[MacroCall, Mapping[str, object], Site], Iterator[Mistake]]] = {
    "coverage": _check_coverage,
    "figure": _check_figure,
    "glossary": _check_glossary,
    "passage": _check_passage,
    "table": _check_table,
    "value": _check_value,
}
