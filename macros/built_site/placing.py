"""Placing findings: from built files back to the lines that their author wrote.

A page may say what it was made from: ``<meta name="source" content="docs/zh/page.md">``, or with a
line where one file makes many pages (``references.bib:123``). What a template repeats on many pages
is said once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

from macros.built_site.model import BuiltSite, Finding
from macros.problems import Problem

_SOURCE = re.compile(r"(?P<path>.+?)(?::(?P<line>\d+))?")

_MORE_THAN_CHANCE = 3
"""Pages with the same mistake, above which a template made it."""


@dataclass(frozen=True, slots=True)
class _Place:
    file: str
    line: int
    is_found: bool = False
    """What the finding is about was found in this line of the source."""


def place_findings(
    findings: Iterable[Finding], site: BuiltSite, source_root: Path | None = None
) -> list[Problem]:
    """One problem for findings that are the same mistake, in the order of files and lines.

    Sources are looked for below ``source_root``; without it, and where a page names no source,
    the place is the built file.
    """
    sources = _Sources(site, source_root)
    placed = [(finding, sources.place(finding)) for finding in findings]
    pages: dict[_Subject, set[str]] = {}
    for finding, _ in placed:
        pages.setdefault(_subject(finding), set()).add(finding.file)
    groups: dict[tuple[_Subject, _Place | None], list[Finding]] = {}
    for finding, place in placed:
        subject = _subject(finding)
        is_repeated = _is_repeated(finding, place, len(pages[subject]))
        groups.setdefault((subject, None if is_repeated else place), []).append(finding)
    return sorted(_make_problem(group, place) for (_, place), group in groups.items())


_Subject = tuple[str, str, str]


def _subject(finding: Finding) -> _Subject:
    return finding.rule, finding.severity, finding.about or finding.message


def _is_repeated(finding: Finding, place: _Place, pages: int) -> bool:
    """Whether a template made it: it is in the head or navigation of pages, or nobody wrote it on them."""
    if finding.is_shared:
        return pages > 1
    return bool(finding.about) and pages > _MORE_THAN_CHANCE and not place.is_found


def _make_problem(group: list[Finding], place: _Place | None) -> Problem:
    """The first finding speaks for all. What a template repeats is no mistake of the first page's author."""
    first = group[0]
    file, line = (place.file, place.line) if place else (first.file, first.line)
    built = "" if file == first.file else f" (built page {first.file}, line {first.line})"
    others = len({finding.file for finding in group}) - 1
    more = f" (and {others} more page{'s' if others > 1 else ''})" if others else ""
    return Problem(
        file=file,
        line=line,
        rule=first.rule,
        message=f"{first.message}{built}{more}",
        hint=first.hint,
        severity=first.severity,
    )


class _Sources:
    """Finds the lines of sources; reads each source at most once."""

    def __init__(self, site: BuiltSite, root: Path | None) -> None:
        self._site = site
        self._root = root.resolve() if root else None
        self._lines: dict[Path, list[str]] = {}

    def place(self, finding: Finding) -> _Place:
        """The line that the author wrote; that of the built file where the page names no source."""
        page = self._site.pages.get(finding.file)
        source = _SOURCE.fullmatch(page.source) if page else None
        path = self._find_file(source["path"]) if source else None
        if not self._root or not source or not path:
            return _Place(finding.file, finding.line)
        first = int(source["line"] or 0)
        found = _find_line(self._read(path), first, finding.search_for)
        file = path.relative_to(self._root).as_posix()
        return _Place(file, found or max(1, first), is_found=bool(found))

    def _find_file(self, name: str) -> Path | None:
        path = (self._root / name).resolve() if self._root else None
        is_inside = path and self._root and path.is_relative_to(self._root) and path.is_file()
        return path if is_inside else None

    def _read(self, path: Path) -> list[str]:
        if path not in self._lines:
            self._lines[path] = path.read_text(encoding="utf-8", errors="replace").splitlines()
        return self._lines[path]


def _find_line(lines: list[str], first: int, terms: tuple[str, ...]) -> int:
    """The first line with the best term, or 0.

    Where the page is made from one entry of a file, the entry begins at its line ``first`` and
    ends at the next empty one.
    """
    numbered = list(enumerate(lines, start=1))
    if first:
        numbered = list(takewhile(lambda line: line[1].strip(), numbered[first - 1 :]))
    for term in terms:
        start = "" if term.startswith("#") else r"(?<![\w-])"
        pattern = re.compile(rf"{start}{re.escape(term)}(?![\w-])")
        for number, line in numbered:
            if term in line and pattern.search(line):
                return number
    return 0
