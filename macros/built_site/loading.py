"""Loading a built directory: every page once, then the files that the pages name."""

from __future__ import annotations

import os
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import unquote

from macros.built_site.addresses import Addresses
from macros.built_site.model import BuiltSite, OtherFile, Page, Pointer, Role, is_x_default
from macros.built_site.other_files import (
    SEARCH_INDEX,
    SITEMAP,
    parse_feed,
    parse_manifest,
    parse_search_index,
    parse_sitemap,
    parse_stylesheet,
)
from macros.built_site.reading import parse_drawing, parse_page
from macros.problems import Problem


def load_built_site(directory: Path, base: str = "/", site_url: str = "") -> tuple[BuiltSite, list[Problem]]:
    """The facts of a built site, and the files that are not text.

    ``site_url`` is the public address of the root; if it is empty, the one that most pages agree
    on in their canonical (or else hreflang) links. ``base`` is the path under which the site is
    served, if it is not that of ``site_url``.
    """
    sizes = dict(sorted(_find_files(directory)))
    reader = _Reader(directory)
    pages = {file: parse_page(reader.read(file), file) for file in sizes if file.endswith((".html", ".htm"))}
    addresses = Addresses(sizes, base, site_url or find_site_url(pages.values()))
    lists = _load_lists(sizes, reader, addresses)
    other_files, pointers = _follow([*pages.values(), *lists], reader, addresses)
    site = BuiltSite(
        directory=directory,
        pages=pages,
        other_files={other.file: other for other in (*lists, *other_files)},
        sizes=sizes,
        addresses=addresses,
        pointers_by_role=pointers,
    )
    return site, reader.problems


def find_site_url(pages: Iterable[Page]) -> str:
    """The public address of the root that most pages agree on; empty if none says."""
    votes: Counter[str] = Counter()
    backup: Counter[str] = Counter()
    for page in pages:
        votes.update(_root_from(url, page) for url, _ in page.canonicals)
        if page.url:  # every address ends in the home page's empty one, its translations' too
            backup.update(_root_from(link.url, page) for link in page.alternates if not is_x_default(link))
    for counter in (votes, backup):
        del counter[""]
        if counter:
            return max(counter, key=lambda root: (counter[root], -len(root)))
    return ""


def _root_from(url: str, page: Page) -> str:
    """The address of the root if this is the address of the page, else an empty text."""
    decoded = unquote(url)
    root = decoded.removesuffix(page.url)
    is_own = decoded.startswith(("https://", "http://")) and decoded.endswith(page.url)
    return root if is_own and root.endswith("/") else ""


def _find_files(directory: Path) -> Iterator[tuple[str, int]]:
    for folder, _, names in os.walk(directory):
        for name in names:
            path = Path(folder, name)
            if path.is_file():  # a link may lead nowhere
                yield path.relative_to(directory).as_posix(), path.stat().st_size


class _Reader:
    """Reads files of one directory as text, and remembers which are not."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self.problems: list[Problem] = []

    def read(self, file: str) -> str:
        """The text; what cannot be decoded is replaced."""
        raw = (self._directory / file).read_bytes()
        try:
            return raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = raw.count(b"\n", 0, error.start) + 1
            self.problems.append(
                Problem(file=file, line=line, rule="file-is-utf8", message="the built file is not UTF-8")
            )
            return raw.decode("utf-8-sig", errors="replace")


def _load_lists(sizes: Iterable[str], reader: _Reader, addresses: Addresses) -> list[OtherFile]:
    """The sitemap, the sitemaps that it names (sitemaps.org, "sitemap index"), and search indexes."""
    sitemaps = [parse_sitemap(reader.read(SITEMAP), SITEMAP)] if SITEMAP in addresses.files else []
    seen = {SITEMAP}
    for sitemap in sitemaps:
        for use in sitemap.uses:
            file = addresses.resolve(use.url, sitemap.file)[0].file
            if file.endswith(".xml") and file not in seen:
                seen.add(file)
                sitemaps.append(parse_sitemap(reader.read(file), file))
    indexes = [file for file in sizes if file.rpartition("/")[2] == SEARCH_INDEX]
    return sitemaps + [parse_search_index(reader.read(file), file) for file in indexes]


def _follow(
    holders: Sequence[Page | OtherFile], reader: _Reader, addresses: Addresses
) -> tuple[list[OtherFile], dict[Role, list[Pointer]]]:
    """Where every use leads, and the style sheets, drawings, manifests and feeds found on the way."""
    pointers: dict[Role, list[Pointer]] = {}
    found: list[OtherFile] = []
    seen = {"", *(holder.file for holder in holders)}
    waiting = deque(holders)
    while waiting:
        holder = waiting.popleft()
        for use in holder.uses:
            target, fragment = addresses.resolve(use.url, holder.resolves_from)
            pointer = Pointer(file=holder.file, use=use, target=target, fragment=fragment)
            pointers.setdefault(use.role, []).append(pointer)
            if target.file not in seen:
                seen.add(target.file)
                if parse := _find_parser(target.file):
                    found.append(parse(reader.read(target.file), target.file))
                    waiting.append(found[-1])
    return found, pointers


def _find_parser(file: str) -> Callable[[str, str], OtherFile] | None:
    return next((parse for ending, parse in _PARSERS.items() if file.endswith(ending)), None)


_PARSERS: Mapping[str, Callable[[str, str], OtherFile]] = {
    ".css": parse_stylesheet,
    ".svg": parse_drawing,
    ".webmanifest": parse_manifest,
    "manifest.json": parse_manifest,
    ".rss": parse_feed,
    ".atom": parse_feed,
    ".xml": parse_feed,
}
"""By the end of the file's name."""
