"""Figures in data: a number beside the citation of something that has a record stands in that record.

Held against the records of every collection whose records are about a reference. Numbers printed by a
macro come from data and are not looked at. How numbers are recognised is decided in
``macros.numbers_in_text``; which words make a number a name (``section 3``) stands in ``labels.yml``.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from macros.blocks import HEADING, TABLE, find_blocks
from macros.checks.page_checks import PageCheck
from macros.locales import Labels
from macros.markup import Citation, blank_literals, blank_spans
from macros.numbers_in_text import Amount, PlacedAmount, find_amounts, find_placed_amounts
from macros.pages import Page
from macros.problems import Problem
from macros.records import Collection, Record, Value, text_in
from macros.site import Site
from macros.values import format_value

_RULE = "figure-is-in-data"

_SUPERSCRIPT = re.compile(r"<sup>([-−+\d]+)</sup>")
_SUPERSCRIPTS = str.maketrans("0123456789-−+", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁺")
_ENTITY = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);")
# Every choice begins with a plain character, which lets the search skip all others.
_UNREAD = re.compile(
    r"\{:[^{}\n]*\}"  # attributes
    r"|\((?<=\]\()(?:[^()\n]|\([^()\n]*\))*\)|\[(?<=\]\[)[^\[\]\n]*\]"  # targets of links
    r"|(?:https?://|10\.(?<!\w10\.)\d{4,9}/)[^\s<>]+"  # addresses and DOIs
    r"|[0-9](?<!\d\d)\d{3}-\d{2}(?:-\d{2})?(?!\d)"  # dates
)
_NEXT_ITEM = re.compile(r"\n[ \t>]*(?:\d+[.)]|[-*+])?[ \t]*\Z")
"""The mark of the list item that follows a block."""
_YEAR = re.compile(r"(?:19|20)\d\d")


@PageCheck
def check_figures_are_in_data(page_id: str, site: Site) -> Iterator[Problem]:
    """A number next to the citation of a recorded reference is one that its records state.

    ``figure-is-in-data``: looked at are the paragraphs, list items and table rows that cite nothing but
    references with records; where another work is cited too, a number may be that work's. Stated is what
    a record prints in any field, layer or note; a text may also count the references that it cites, or
    their records (``2 studies, 1 reference``). Names (``B12``), dates, years, numbers of sections,
    ordinals and numbers in words are no figures here. A number with % is one only of a value with %.

    Bad:  ``Of the leaves 72.3% were whole.[@ito2019]``, if the record says 73.2%
    Good: ``Of the leaves {{ value("tea", "ito2019", "whole") }} were whole.[@ito2019]``
    """
    data = _data_of(site)
    for page in site.counterparts(page_id) if data.records else ():
        blocks = list(_find_blocks_to_check(page, site, data.records))
        text = _readable_text(page) if blocks else ""
        for start, end, cited in blocks:
            known = _counts(cited, data.records).union(*(data.stated(key, page.locale) for key in cited))
            for found in _find_figures(text, start, end, data.names[page.locale]):
                if not _is_among(found.amount, known):
                    yield _problem(page, found, [record for key in cited for _, record in data.records[key]])


class _Data:
    """What the records of a site state, found when it is first asked for."""

    def __init__(self, site: Site) -> None:
        self.names = {locale: _NameFinder(site.labels, locale) for locale in site.settings.locale_codes}
        self.records: dict[str, list[tuple[Collection, Record]]] = {}
        """Main citekey → the records about that reference."""
        self._labels = site.labels
        self._values: dict[str, Sequence[Value]] = {}
        self._stated: dict[tuple[str, str], frozenset[Amount]] = {}
        for collection in site.collections.values():
            for record in collection.records.values():
                citekey = collection.reference_of(record)
                if citekey in site.bibliography:
                    main = site.bibliography.main_citekey(citekey)
                    self.records.setdefault(main, []).append((collection, record))

    def stated(self, key: str, locale: str) -> frozenset[Amount]:
        """Every number that the records about a reference print in a language."""
        if (key, locale) not in self._stated:
            if key not in self._values:
                self._values[key] = _values(self.records[key])
            self._stated[key, locale] = _stated_amounts(self._values[key], locale, self._labels)
        return self._stated[key, locale]


@lru_cache(maxsize=1)  # every page needs it
def _data_of(site: Site) -> _Data:
    return _Data(site)


def _find_blocks_to_check(
    page: Page, site: Site, recorded: Mapping[str, object]
) -> Iterator[tuple[int, int, Set[str]]]:
    """Where the blocks begin and end that cite recorded references and no others, and what they cite."""
    citations = page.markup.citations
    starts = [citation.start for citation in citations]
    for start, end in _spans(page) if citations else ():
        first = bisect_left(starts, start)
        cited = _cited(citations[first : bisect_left(starts, end, first)], site)
        if cited and cited <= recorded.keys():
            yield start, end, cited


def _spans(page: Page) -> Iterator[tuple[int, int]]:
    """Every paragraph, list item and table row; what is neither holds no figures of its own."""
    starts: list[tuple[int, bool]] = []
    for block in find_blocks(page):
        parts = [row.start for row in block.rows] if block.kind == TABLE else [block.start]
        starts += [(part, block.kind != HEADING) for part in parts]
    starts.append((len(page.source.text), False))
    for (start, is_text), (end, _) in pairwise(starts):
        if is_text:
            yield start, end


def _cited(citations: Iterable[Citation], site: Site) -> Set[str]:
    """The references that are cited; an unknown key stands for itself."""
    keys = [item.citekey for citation in citations for item in citation.items]
    return {site.bibliography.main_citekey(key) if key in site.bibliography else key for key in keys}


def _find_figures(readable: str, start: int, end: int, names: _NameFinder) -> Iterator[PlacedAmount]:
    """The numbers of a part of a page, with their places on the page."""
    text = _NEXT_ITEM.sub(lambda match: " " * len(match[0]), readable[start:end])
    found = find_placed_amounts(text)
    for amount, is_name in zip(found, names.find(text, found), strict=True):
        if not is_name:
            yield PlacedAmount(amount.amount, start + amount.start, start + amount.end)


def _readable_text(page: Page) -> str:
    """The text of a page without mark-up; every character keeps its place."""
    written = page.source.text
    text = _ENTITY.sub(_unescape, _SUPERSCRIPT.sub(_raise, written))
    text = page.markup.readable if text == written else blank_literals(text)
    spans = [(part.start, part.end) for part in page.markup.citations]
    spans += [(part.start, part.end) for part in page.markup.macro_calls]
    return blank_spans(text, [*spans, *(match.span() for match in _UNREAD.finditer(text))])


def _raise(match: re.Match[str]) -> str:
    return match[1].translate(_SUPERSCRIPTS).ljust(len(match[0]))


def _unescape(match: re.Match[str]) -> str:
    return html.unescape(match[0]).ljust(len(match[0]))


class _NameFinder:
    """Tells names that are numbers (``section 3``, ``the 5th``, ``2019``) from amounts, in one language."""

    def __init__(self, labels: Labels, locale: str) -> None:
        before, after, between = (
            "|".join(map(re.escape, labels.text(f"number_names.{key}", locale).split()))
            for key in ("before", "after", "between")
        )
        self._before = re.compile(rf"(?<![A-Za-z])(?:{before})\s*\Z", re.IGNORECASE)
        self._after = re.compile(rf"\s*(?:{after})(?![A-Za-z])", re.IGNORECASE)
        self._between = re.compile(rf"\s*(?:{between}|[-–—~～、])\s*", re.IGNORECASE)

    def find(self, text: str, found: Sequence[PlacedAmount]) -> list[bool]:
        """For each number whether it is a name; one of several joined is one if the first or last is."""
        leads = [bool(self._before.search(text, max(0, amount.start - 20), amount.start)) for amount in found]
        trails = [bool(self._after.match(text, amount.end)) for amount in found]
        joined = [
            bool(self._between.fullmatch(text, first.end, last.start)) for first, last in pairwise(found)
        ]
        for place, is_joined in enumerate(joined):
            leads[place + 1] |= is_joined and leads[place]
        for place in reversed(range(len(joined))):
            trails[place] |= joined[place] and trails[place + 1]
        return [
            lead or trail or bool(_YEAR.fullmatch(text, amount.start, amount.end))
            for lead, trail, amount in zip(leads, trails, found, strict=True)
        ]


def _stated_amounts(values: Iterable[Value], locale: str, labels: Labels) -> frozenset[Amount]:
    """Every number that values print in a language."""
    texts = (text for value in values for text in _texts(value, locale, labels))
    return frozenset(amount for text in texts for amount in find_amounts(_UNREAD.sub(" ", text)))


def _values(records: Iterable[tuple[Collection, Record]]) -> Sequence[Value]:
    """Everything that records say."""
    return [
        value
        for collection, record in records
        for path, known in collection.fields.items()
        if not known.has_fields
        for value in collection.find(record, path)
    ]


def _texts(value: Value, locale: str, labels: Labels) -> Iterator[str]:
    if not value.missing:
        yield format_value(value, locale, labels)
        note = value.detail("note")
        if note is not None:
            yield text_in(note, locale)


def _counts(cited: Set[str], records: Mapping[str, Sequence[object]]) -> frozenset[Amount]:
    """How many references are cited, and how many records are about them."""
    counts = (len(cited), sum(len(records[key]) for key in cited))
    return frozenset(Amount(Decimal(count)) for count in counts)


def _is_among(amount: Amount, stated: Set[Amount]) -> bool:
    """Whether a number is stated. Written without %, it may still be that of a value with it."""
    return amount in stated or (not amount.is_percent and Amount(amount.value, is_percent=True) in stated)


def _problem(page: Page, found: PlacedAmount, records: Sequence[Record]) -> Problem:
    written = page.source.text[found.start : found.end].strip()
    files = " and ".join(sorted(record.file for record in records))
    return page.source.problem(
        found.start,
        _RULE,
        f"the number {written} is not in the data of what this passage cites",
        f"compare it with {files}, or print it with value()",
    )
