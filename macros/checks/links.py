"""Links that authors write: the page, the heading and the file they lead to exist."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Set
from functools import lru_cache
from urllib.parse import unquote

from macros.citation_marks import reference_id
from macros.links import linked_page_id
from macros.markup import Link
from macros.pages import Page
from macros.problems import Problem, did_you_mean
from macros.record_links import row_id
from macros.site import Site

_OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_SAFE_SCHEMES = ("https:", "http:", "mailto:")


def check_links_resolve(site: Site) -> Iterator[Problem]:
    """Every link leads somewhere (``link-resolves``, ``anchor-exists``, ``link-is-safe``).

    Bad:  [effects](trails.md#efect)
    Good: [effects](trials.md#effect)
    """
    for page in site.pages.values():
        for link in page.markup.links:
            yield from _check_link(link, page, site)


def _check_link(link: Link, page: Page, site: Site) -> Iterator[Problem]:
    if _OUTSIDE.match(link.target):
        if not link.target.lower().startswith(_SAFE_SCHEMES):
            message = f'"{link.target}" is not a web address'
            yield page.source.problem(link.start, "link-is-safe", message, "begin it with https://")
        return
    path, _, fragment = link.target.partition("#")
    if not path and not fragment:
        yield page.source.problem(link.start, "link-resolves", "the link leads nowhere")
    elif not path or path.endswith(".md"):
        yield from _check_page_link(link, unquote(fragment), page, site)
    else:
        yield from _check_file_link(link, unquote(path), page, site)


def _check_page_link(link: Link, fragment: str, page: Page, site: Site) -> Iterator[Problem]:
    target = linked_page_id(link.target, page.id)
    if target.startswith("../"):
        message = f"{link.target} leaves the folder of its language"
        hint = "link to the page of the same language; the language switch leads to the other"
        yield page.source.problem(link.start, "link-stays-in-language", message, hint)
    elif shown := site.page_shown(target, page.locale):
        if fragment and fragment not in shown.ids:
            yield from _check_anchor(link, fragment, page, shown, site)
    elif target not in site.generated_page_ids:
        page_ids = [page_id for locale, page_id in site.pages if locale == page.locale]
        page_ids += site.generated_page_ids
        message = f"there is no page {target}.md in {page.locale}/"
        yield page.source.problem(link.start, "link-resolves", message, did_you_mean(target, page_ids))


def _check_anchor(link: Link, fragment: str, page: Page, shown: Page, site: Site) -> Iterator[Problem]:
    ids = _anchors(shown, site)
    if fragment not in ids:
        message = f'{shown.id}.md has no heading or block with the id "{fragment}"'
        yield page.source.problem(link.start, "anchor-exists", message, did_you_mean(fragment, ids))


def _anchors(page: Page, site: Site) -> Set[str]:
    """Ids that a link may name: the author's own, those of the list of references and of listed records."""
    return page.ids | _row_ids(site).get(page.id, set()) | _reference_anchors(page, site)


@lru_cache(maxsize=1)  # asked for by every link
def _row_ids(site: Site) -> Mapping[str, Set[str]]:
    """Id of a page → the ids of the records that it lists."""
    found: dict[str, set[str]] = {}
    for collection in site.collections.values():
        if collection.page is not None and collection.page.listed_on:
            ids = (row_id(collection.name, record) for record in collection.records)
            found.setdefault(collection.page.listed_on, set()).update(ids)
    return found


def _reference_anchors(page: Page, site: Site) -> Set[str]:
    if any(call.name == "bibliography" for call in page.markup.macro_calls):
        return {reference_id(ref.citekey) for ref in site.bibliography}
    cited = {citekey for citekey, _ in site.citing_places(page)}
    return {reference_id(citekey) for citekey in cited} | ({"references"} if cited else set())


def _check_file_link(link: Link, path: str, page: Page, site: Site) -> Iterator[Problem]:
    docs = site.settings.docs_dir.resolve()
    folder = docs / page.locale / posixpath.dirname(page.id)
    file = (folder / path).resolve()
    if not (file.is_relative_to(docs) and file.is_file()):
        message = f"there is no file {path} beside this page"
        yield page.source.problem(
            link.start, "link-resolves", message, "pages end in .md; files lie below docs/"
        )
