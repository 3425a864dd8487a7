"""Rules about the site as a whole: every page has one address, is listed, and can be reached."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Collection, Iterator
from urllib.parse import quote

from macros.built_site.addresses import Place, is_relative
from macros.built_site.findings import finding_in_head
from macros.built_site.model import BuiltSite, Finding, Page, Pointer, Role
from macros.built_site.other_files import SITEMAP


def check_canonical_is_own_url(site: BuiltSite) -> Iterator[Finding]:
    """``link rel=canonical`` is the page's own public address (RFC 6596), once.

    That of another page is right where both say that this is a view of it (``BuiltSite.views``).
    A page without one is reported where most pages have one. Pages that are kept from search
    engines, redirects and 404 pages need none.
    """
    pages = [page for page in site.pages.values() if not (page.is_redirect or page.is_not_found_page)]
    most_have_one = 2 * sum(bool(page.canonicals) for page in pages) >= len(pages)
    for page in pages:
        if len(page.canonicals) > 1 or (most_have_one and not page.canonicals and not page.is_noindex):
            message = f"the page has {len(page.canonicals) or 'no'} canonical links"
            yield finding_in_head("canonical-is-own-url", page, 1, message)
        for url, line in page.canonicals:
            if fault := _find_canonical_fault(site, page, url):
                yield finding_in_head(
                    "canonical-is-own-url", page, line, f'the canonical link "{url}" {fault}', about=url
                )


def _find_canonical_fault(site: BuiltSite, page: Page, url: str) -> str:
    if not re.match(r"https?://", url):
        return "is not absolute"
    if site.site_url and not url.startswith(site.site_url):
        return f"does not begin with {site.site_url}"
    target, _ = site.addresses.resolve(url, page.file)
    if target.place is Place.INSIDE and not target.file:
        return target.fault
    own = (page.file, site.views.get(page.file, page.file))
    return "" if target.file in own else f'names another page than "{page.url or page.file}"'


def check_sitemap_lists_pages(site: BuiltSite) -> Iterator[Finding]:
    """sitemap.xml lists every page that search engines may show, and nothing else (sitemaps.org).

    Of a page and its views it lists the page. Its entries are whole addresses: nothing can be said of
    them, or asked for, on a site without one.
    """
    if not site.site_url:
        return
    if SITEMAP not in site.other_files:
        yield _in_sitemap(SITEMAP, 1, "the site has no sitemap.xml")
        return
    listed: dict[str, int] = {}
    for pointer in site.pointers(Role.LISTED):
        use, file = pointer.use, pointer.target.file
        fault = _find_entry_fault(site, pointer)
        if not fault and use.element == "loc" and file in listed:
            fault = f"is listed a second time (first on line {listed[file]})"
        if fault:
            message = f'"{use.url}" {fault}'
            yield _in_sitemap(pointer.file, use.line, message, pointer.target.hint)
        if use.element == "loc":
            listed.setdefault(file, use.line)
    yield from _find_unlisted(site, listed.keys())


def _find_entry_fault(site: BuiltSite, pointer: Pointer) -> str:
    page = site.pages.get(pointer.target.file)
    if pointer.target.place is not Place.INSIDE or is_relative(pointer.use.url):
        return "is not an address of this site"
    if page and (page.is_noindex or page.is_not_found_page):
        return "is listed, but kept from search engines"
    if page and page.file in site.views:
        return "is listed, but names another page as the canonical one"
    return pointer.target.fault


def _find_unlisted(site: BuiltSite, listed: Collection[str]) -> Iterator[Finding]:
    for page in site.pages.values():
        is_unlisted = page.is_noindex or page.is_redirect or page.is_not_found_page or page.file in site.views
        if page.file not in listed and not is_unlisted:
            url = site.site_url + quote(page.url)
            yield Finding(
                rule="sitemap-lists-pages",
                file=page.file,
                line=1,
                message="the page is not in sitemap.xml",
                hint=f"list {url}, or mark the page noindex",
            )


def _in_sitemap(file: str, line: int, message: str, hint: str = "") -> Finding:
    return Finding(rule="sitemap-lists-pages", file=file, line=line, message=message, hint=hint)


def check_page_is_linked(site: BuiltSite) -> Iterator[Finding]:
    """A reader can get to every page from a home page by links, or sees it in the frame of another.

    Links to the same page in another language do not count: the one would hide that the other is
    lost. 404 pages, and redirects from old addresses, need no link.
    """
    homes = _find_homes(site)
    if site.pages and not homes:
        yield Finding(rule="page-is-linked", file="index.html", line=1, message="the site has no home page")
        return
    reached = _find_reached(site, homes)
    for page in site.pages.values():
        if page.file not in reached and not (page.is_not_found_page or page.is_redirect):
            yield Finding(
                rule="page-is-linked",
                file=page.file,
                line=1,
                message="no link leads here from the home page",
                hint="add the page to the navigation, or link it from another page",
            )


def _find_homes(site: BuiltSite) -> set[str]:
    """The home page and its translations; without one at the root, those of the highest folders."""
    indexes = [file for file, page in site.pages.items() if page.is_index]
    depth = min((file.count("/") for file in indexes), default=0)
    homes = {file for file in indexes if file.count("/") == depth}
    for file in tuple(homes):
        for link in site.pages[file].alternates:
            homes.add(site.addresses.resolve(link.url, file)[0].file)
    return homes & site.pages.keys()


def _find_reached(site: BuiltSite, homes: set[str]) -> set[str]:
    links: dict[str, set[str]] = {}
    for pointer in site.pointers(Role.LINK, Role.REFRESH, Role.FRAME):
        if not pointer.use.hreflang:
            links.setdefault(pointer.file, set()).add(pointer.target.file)
    reached, waiting = set(homes), deque(homes)
    while waiting:
        new = links.get(waiting.popleft(), set()) - reached
        reached |= new
        waiting.extend(new)
    return reached


def check_site_is_not_empty(site: BuiltSite, minimum_pages: int = 1) -> Iterator[Finding]:
    """There was something to check: a check of nothing finds nothing wrong."""
    links = sum(use.role is Role.LINK for page in site.pages.values() for use in page.uses)
    if len(site.pages) < minimum_pages:
        found, wanted = len(site.pages), minimum_pages
        message = f'"{site.directory.name}" has {found} pages, and should have {wanted} or more'
    elif not links:
        message = f'no page of "{site.directory.name}" has a link'
    else:
        return
    yield Finding(
        rule="site-is-not-empty",
        file=".",
        line=1,
        message=message,
        hint="was the site built, and into this folder?",
    )
