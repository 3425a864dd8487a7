"""Passages: pieces of prose as readers see them, and what is found in them.

Here are only the values that the other modules hand on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from macros.prose.placed_text import BREAK, PlacedText, Span

# ISO 15924 and BCP 47: what says of a language tag that its text is written in Chinese characters.
_HAN_SUBTAGS = frozenset({"zh", "yue", "wuu", "lzh", "hans", "hant", "hani"})


@cache
def is_written_in_han(lang: str) -> bool:
    """Whether a text in a language is written in Chinese characters, with their punctuation.

    >>> [is_written_in_han(lang) for lang in ("zh-Hans", "und-Hant", "en")]
    [True, True, False]
    """
    return not _HAN_SUBTAGS.isdisjoint(lang.lower().split("-"))


@dataclass(frozen=True, slots=True)
class Passage:
    """The title or the whole body of a page, or one text of a record; ``BREAK`` parts its paragraphs."""

    placed: PlacedText
    lang: str
    """BCP 47."""
    quoted: Sequence[Span] = ()
    """What stands in quotation marks or in italics: somebody else's words, or the title of a work."""

    @property
    def text(self) -> str:
        """As readers see it, with marks for what is no prose (``macros.prose.placed_text``)."""
        return self.placed.text

    def text_around(self, start: int, end: int) -> str:
        """The paragraph, heading or cell in which a span stands."""
        behind = self.text.find(BREAK, end)
        return self.text[self.text.rfind(BREAK, 0, start) + 1 : behind if behind >= 0 else None]

    def is_quoted(self, start: int, end: int) -> bool:
        """Whether a span touches somebody else's words."""
        return any(start < last and first < end for first, last in self.quoted)


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters of a passage, and what is to stand there instead."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that breaks a rule."""

    rule: str
    start: int
    end: int
    message: str
    hint: str = ""
    edits: tuple[Edit, ...] = ()
    """What mends it without touching what is said; none where a person has to decide."""


@dataclass(frozen=True, slots=True)
class PlacedFinding:
    """A finding with its places in the file."""

    finding: Finding
    start: int
    edits: tuple[Edit, ...]
    """In characters of the file; none where mark-up is in the way."""


def place(finding: Finding, passage: Passage) -> PlacedFinding:
    """A finding, in places of the file."""
    edits = [_place_edit(edit, passage.placed) for edit in finding.edits]
    placed = [edit for edit in edits if edit is not None]
    is_whole = len(placed) == len(edits)
    return PlacedFinding(finding, passage.placed.start_of(finding.start), tuple(placed) if is_whole else ())


def _place_edit(edit: Edit, placed: PlacedText) -> Edit | None:
    if edit.end > edit.start:
        if not placed.is_together(edit.start, edit.end):
            return None
        return Edit(placed.start_of(edit.start), placed.end_of(edit.end - 1), edit.new)
    # Where mark-up stands between, only a person sees on which side of it the new text belongs.
    before, behind = placed.gap(edit.start)
    return Edit(before, before, edit.new) if before == behind else None
