"""Rendering: from a page as written to Markdown that any generator can turn into HTML.

Macro calls are replaced by what they make, source places become ids, terms become links, and the page's
list of references is put at its end. Citations stay ``[@key]`` here: ``macros.citation_marks`` turns them
into links while Markdown is read.
"""

from __future__ import annotations

from collections.abc import Iterable

from macros.freshness_marks import find_freshness_marks
from macros.markup import replace_spans
from macros.page_macros import render_call
from macros.page_relations import render_page_relations
from macros.pages import Page, place_id
from macros.place_records import render_place_records
from macros.reference_lists import render_page_references
from macros.render_context import RenderContext
from macros.site import Site
from macros.term_links import term_link_spans


def render_page(page: Page, site: Site, reader: str = "") -> str:
    """The body of a page as plain Markdown and HTML, citations left as written.

    ``reader``: the language in which it will stand, if not its own; what it links to is in that.
    """
    context = RenderContext(site, page.locale, site.url(page.id, reader or page.locale), reader)
    spans = [
        *((call.start, call.end, render_call(call, context)) for call in page.markup.macro_calls),
        *_source_place_spans(page),
        *find_freshness_marks(page, context),
        *term_link_spans(page, context),
    ]
    text = page.source.text
    body = replace_spans(text, [(page.body_start, page.body_start, ""), *sorted(spans)])[page.body_start :]
    parts = (render_place_records, render_page_relations, render_page_references)
    return body + "".join(render(page, context) for render in parts)


def _source_place_spans(page: Page) -> Iterable[tuple[int, int, str]]:
    """``src="…"`` becomes a data attribute, and the first block of a place gets an id to link to."""
    seen: set[str] = set()
    for attributes in page.markup.attribute_lists:
        place = attributes.values.get("src")
        if place is None:
            continue
        written = page.source.text[attributes.start : attributes.end]
        written = written.replace("src=", "data-src=", 1)
        if place not in seen and not attributes.id:
            written = written.replace("{:", f"{{: #{place_id(place)}", 1)
        seen.add(place)
        yield attributes.start, attributes.end, written
