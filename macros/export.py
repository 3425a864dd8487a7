"""Export: every page as plain Markdown with nothing left to expand, for any other generator.

Front matter is kept and the language added; citations become HTML links; macros are expanded.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from macros.citation_marks import citation_targets, render_citations
from macros.files import write_file
from macros.record_pages import generate_record_pages
from macros.reference_pages import generate_reference_pages
from macros.rendering import render_page
from macros.site import Site


def export_pages(site: Site, directory: Path) -> int:
    """Write all pages below a folder, one folder a language; the number of pages written."""
    count = 0
    for path, text in _exported(site):
        write_file(directory / path, text.encode())
        count += 1
    return count


def _exported(site: Site) -> Iterator[tuple[str, str]]:
    targets = citation_targets(site.bibliography)
    for (locale, page_id), page in site.pages.items():
        meta = {**page.meta, "title": page.title, "lang": site.settings.locale(locale).lang}
        body = render_citations(render_page(page, site), targets)
        yield f"{locale}/{page_id}.md", _with_front_matter(meta, body)
    for generated in (*generate_reference_pages(site), *generate_record_pages(site)):
        lang = site.settings.locale(generated.locale).lang
        meta = {"title": generated.title, "description": generated.description, "lang": lang}
        yield f"{generated.locale}/{generated.id}.md", _with_front_matter(meta, generated.markdown)


def _with_front_matter(meta: dict[str, object], body: str) -> str:
    # JSON is YAML, and quotes whatever needs it.
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in meta.items()]
    return "\n".join(["---", *lines, "---", "", body.strip(), ""])
