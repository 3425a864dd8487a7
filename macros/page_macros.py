"""Page macros: what ``{{ name("…") }}`` on a page can call.

A macro is a function that gets the page's context and the author's literal arguments and returns
HTML or Markdown. ``check_call`` says what is wrong with a call before anything is rendered.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping

from macros.markup import MacroCall, Mistake
from macros.problems import did_you_mean
from macros.rendering import RenderContext, page_backlinks, reference_items, render_template
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
    return render_template("bibliography.html.jinja", context, items=items)


def table(context: RenderContext, collection: str, *, view: str) -> str:
    """A summary table: one view of a collection of records."""
    raise NotImplementedError


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
    yield from _ARGUMENT_CHECKS.get(call.name, _no_further_check)(call, bound.arguments, site)
