"""Page macros: what ``{{ name("…") }}`` on a page can call.

A macro is a function that gets the page's context and the author's literal arguments and returns
HTML or Markdown. ``check_call`` says what is wrong with a call before anything is rendered.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping

from macros.markup import MacroCall, Mistake
from macros.problems import did_you_mean
from macros.reference_lists import page_backlinks, reference_items
from macros.render_context import RenderContext, render_for_page
from macros.site import Site
from macros.summary_tables import build_table, render_table


def bibliography(context: RenderContext) -> str:
    """Every reference of the site under its number, with what cites it."""
    site = context.site
    citekeys = dict.fromkeys(site.bibliography.main_citekey(ref.citekey) for ref in site.bibliography)
    page = next(
        (
            page
            for page in site.pages.values()
            if page.locale == context.locale and site.url(page.id, page.locale) == context.url
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
    return render_table(
        finished,
        site.labels,
        url_for_reference=lambda citekey: context.link_to_page(site.reference_page_ids[citekey]),
        url_for_place=context.link_to_place,
    )


MACROS: Mapping[str, Callable[..., str]] = {"bibliography": bibliography, "table": table}


def render_call(call: MacroCall, context: RenderContext) -> str:
    """What a call makes. A call with a mistake, already reported, stays visible as written."""
    if any(check_call(call, context.site)):
        return f'<span class="macro-mistake">{call.name}</span>'
    return MACROS[call.name](context, *call.arguments, **call.keywords)


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
    signature = inspect.signature(MACROS[call.name])
    try:
        bound = signature.bind(None, *call.arguments, **call.keywords)
    except TypeError as error:
        yield Mistake(call.start, "macro-arguments-fit", f"{call.name}: {error}", _usage(call.name))
        return
    if call.name in _ARGUMENT_CHECKS:
        yield from _ARGUMENT_CHECKS[call.name](call, bound.arguments, site)


def _usage(name: str) -> str:
    parameters = list(inspect.signature(MACROS[name]).parameters.values())[1:]
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


_ARGUMENT_CHECKS: Mapping[str, Callable[[MacroCall, Mapping[str, object], Site], Iterator[Mistake]]] = {
    "table": _check_table,
}
