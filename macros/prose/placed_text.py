"""Placed text: what readers see of a file, every character with its place in the file.

Which characters readers see is decided in ``macros.prose.reading``; here they keep their places while
mark-up between them is taken out.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

OPAQUE = "\ufffc"
"""Stands for something that readers see but that is not prose: code, a macro call, another language."""

CITATION = "\ufffb"
"""Stands for a citation or the mark of a footnote: it hangs on the word before it."""

BREAK = "\u2029"
"""Stands where one text ends and another begins: between cells, between paragraphs."""

SOFT_BREAK = "\n"
"""Stands for the end of a line within a paragraph."""

Span = tuple[int, int]


@dataclass(frozen=True)
class PlacedText:
    """A text made of parts of a file."""

    text: str
    _starts: Sequence[int] = field(repr=False)
    """Where each character begins in the file, in ascending order."""
    _ends: Sequence[int] = field(repr=False)

    @classmethod
    def of(cls, text: str, start: int, end: int) -> PlacedText:
        """A part of a file as it stands there."""
        return cls(text[start:end], range(start, end), range(start + 1, end + 1))

    def replaced(self, spans: Iterable[tuple[int, int, str]]) -> PlacedText:
        """With each span replaced by one character, or by none; spans are in order and apart."""
        parts, starts, ends = list[str](), list[int](), list[int]()
        done = 0
        for start, end, mark in (*spans, (len(self.text), len(self.text), "")):
            parts += [self.text[done:start], mark]
            starts += self._starts[done:start]
            ends += self._ends[done:start]
            if mark:
                starts.append(self._starts[start])
                ends.append(self._ends[end - 1])
            done = end
        return PlacedText("".join(parts), starts, ends)

    def start_of(self, character: int) -> int:
        """Where a character begins in the file; behind the last one for the end of the text."""
        if character < len(self.text):
            return self._starts[character]
        return self._ends[-1] if self._ends else 0

    def end_of(self, character: int) -> int:
        """Where a character ends in the file."""
        return self._ends[character]

    def gap(self, character: int) -> Span:
        """What lies in the file between a character and the one before it; both ends alike if nothing."""
        return self.end_of(character - 1), self.start_of(character)

    def is_together(self, start: int, end: int) -> bool:
        """Whether nothing lies in the file between the characters of a span."""
        return all(len(set(self.gap(place))) == 1 for place in range(start + 1, end))

    def character_at(self, place: int) -> int:
        """The first character that stands at or behind a place of the file."""
        return bisect_left(self._starts, place)
