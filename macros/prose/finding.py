"""Finding: what breaks a rule of prose in one page or one file of data, with its place there.

Reported once: of two rules that see the same characters the first speaks. What stands in quotation marks
or in italics is somebody else's, and nothing is said about it but what nobody can see.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from macros.pages import Page
from macros.prose.autocorrect import find_differences
from macros.prose.passages import Finding, Passage, PlacedFinding, is_written_in_han, place
from macros.prose.reading import read_data, read_page
from macros.prose.rules import COMMON_RULES, HAN_RULES, Rule, find_negative_ranges
from macros.prose.spelling import find_spellings
from macros.source_text import SourceText


@dataclass(frozen=True, slots=True, kw_only=True)
class ProseStyle:
    """How the site writes one language."""

    lang: str
    """BCP 47."""
    spelling: str = ""
    """The variety of spelling (``british``); where nothing is said, only mixing is found."""
    between: str = "–"
    """From one end of a range to the other where one of them is negative: `` to ``."""
    titles: frozenset[str] = frozenset()
    """Titles of works as ``title_key`` makes them: a text that is one is left as it was printed."""


_NO_LETTER = re.compile(r"[\W_]+")


def title_key(title: str) -> str:
    """Equal for titles that differ in punctuation, spaces and capitals only."""
    return _NO_LETTER.sub("", title).casefold()


def page_passages(page: Page, style: ProseStyle) -> tuple[Passage, ...]:
    """The prose of a page as readers see it."""
    return tuple(read_page(page, style.lang))


def find_in_page(page: Page, style: ProseStyle) -> list[PlacedFinding]:
    """What breaks a rule on a page, in the order of the text."""
    return sorted(_find(page_passages(page, style), style), key=_start)


def find_in_data(source: SourceText, styles: Mapping[str, ProseStyle]) -> list[PlacedFinding]:
    """What breaks a rule in a YAML file, in the order of the text; ``styles``: by locale code."""
    by_locale: dict[str, list[Passage]] = {}
    for locale, passage in read_data(source, {locale: style.lang for locale, style in styles.items()}):
        by_locale.setdefault(locale, []).append(passage)
    found = (each for locale, passages in by_locale.items() for each in _find(passages, styles[locale]))
    return sorted(found, key=_start)


def _start(placed: PlacedFinding) -> int:
    return placed.start


def _find(passages: Sequence[Passage], style: ProseStyle) -> Iterator[PlacedFinding]:
    is_han = is_written_in_han(style.lang)
    rules: tuple[Rule, ...] = (*COMMON_RULES, find_negative_ranges(style.between))
    if is_han:
        rules = (*HAN_RULES, *rules)
    found = [
        (number, finding)
        for number, passage in enumerate(passages)
        for rule in rules
        for finding in rule(passage)
    ]
    found += find_spellings(passages, style.lang, style.spelling)
    if is_han:
        found += find_differences(passages)
    for number, finding in _without_repetitions(found):
        if not _is_anothers(finding, passages[number], style.titles):
            yield place(finding, passages[number])


def _without_repetitions(found: Iterable[tuple[int, Finding]]) -> Iterator[tuple[int, Finding]]:
    """Without findings that touch an earlier one of another rule."""
    taken: dict[tuple[int, int], str] = {}
    for number, finding in found:
        places = [(number, place) for place in range(finding.start, finding.end + 1)]
        if all(taken.get(place, finding.rule) == finding.rule for place in places):
            taken.update(dict.fromkeys(places, finding.rule))
            yield number, finding


def _is_anothers(finding: Finding, passage: Passage, titles: Set[str]) -> bool:
    if title_key(passage.text_around(finding.start, finding.end)) in titles:
        return True
    if finding.rule == "no-unseen-character":
        return False
    spans = [(edit.start, edit.end) for edit in finding.edits] or [(finding.start, finding.end)]
    return any(passage.is_quoted(start, max(end, start + 1)) for start, end in spans)
