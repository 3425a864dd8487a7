"""Fallback pages: what a reader gets in a language in which a page is not written yet.

The text of another language, said to be so; in no sitemap and no search. What it links to is in the
language of the reader. The notice, and the ``lang`` of the text, stand in ``theme/main.html``.
"""

from __future__ import annotations

from collections.abc import Iterator

from macros.generated_pages import GeneratedPage
from macros.rendering import render_page
from macros.site import Site


def generate_fallback_pages(site: Site) -> Iterator[GeneratedPage]:
    """One page for each language that a written page lacks, with the text of the first that it has."""
    for page_id in site.page_ids:
        written = site.locales_of(page_id)
        original = site.pages[written[0].code, page_id]
        for locale in site.settings.locales:
            if locale not in written:
                yield GeneratedPage(
                    id=page_id,
                    locale=locale.code,
                    title=original.title,
                    description=str(original.meta.get("description", "")),
                    markdown=render_page(original, site, locale.code),
                    source=f"{original.source.file}:1",
                    text_locale=original.locale,
                )
