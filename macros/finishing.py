"""The last step of a build, over the finished files of all languages.

Writes what no single language can: the page for wrong addresses in each language, pages with all
languages side by side, the sitemap, downloads, the search index and the cards of terms, and one style
sheet for all pages. Reads only the built files and the loaded site, so that it works after any generator.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from pathlib import Path

from macros.downloads import downloads
from macros.files import write_file
from macros.glossary import search_synonyms
from macros.parallel_pages import write_parallel_pages
from macros.search_index import SearchPage, build_search_index, write_search_index
from macros.site import Site
from macros.sitemap import render_sitemap
from macros.style_sheets import merge_style_sheets
from macros.term_links import card_file

GENERATED_PAGE_WEIGHT = 0.4
"""A reader who searches a word wants what is written about it before the titles that hold it."""


def finish_site(directory: Path, site: Site, not_found_pages: Mapping[str, str]) -> None:
    """Complete a built site. ``not_found_pages``: the HTML of 404.html in each language."""
    for locale in site.settings.locales:
        if locale.code in not_found_pages:
            write_file(directory / locale.url_prefix / "404.html", not_found_pages[locale.code].encode())
    for path, content in downloads(site).items():
        write_file(directory / path, content)
    write_parallel_pages(directory, site)
    merge_style_sheets(directory)
    page_ids = list(site.all_page_ids())
    _write_sitemap(directory, render_sitemap(site, page_ids).encode())
    for locale in site.settings.locales:
        found = [page_id for code, page_id in page_ids if code == locale.code]
        pages = [_search_page(directory, site, locale.code, page_id) for page_id in found]
        index = build_search_index(pages, search_synonyms(site, locale.code))
        write_search_index(index, directory / "search" / locale.code)
        if cards := card_file(site, locale.code):
            write_file(directory / cards[0], cards[1].encode())


def _search_page(directory: Path, site: Site, locale: str, page_id: str) -> SearchPage:
    url = site.url(page_id, locale)
    weight = 1 if (locale, page_id) in site.pages else GENERATED_PAGE_WEIGHT
    return SearchPage(url, (directory / url / "index.html").read_text("utf-8"), weight)


def _write_sitemap(directory: Path, content: bytes) -> None:
    write_file(directory / "sitemap.xml", content)
    # Without a time in its header, so that equal sites are equal files.
    write_file(directory / "sitemap.xml.gz", gzip.compress(content, mtime=0))
