"""Placed text: what readers see of a file, every character with its place in the file.

Which characters readers see is decided in ``macros.prose.reading``; here they keep their places while
mark-up between them is taken out.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

OPAQUE = "\ufffc"
"""Stands for something that readers see but that is not prose: code, a macro call, another language."""

CITATION = "\ufffb"
"""Stands for a citation or the mark of a footnote: it hangs on the word before it."""

BREAK = "\u2029"
"""Stands where one text ends and another begins: between cells, between paragraphs."""

SOFT_BREAK = "\n"
"""Stands for the end of a line within a paragraph."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Run:
    """Characters that stand together in the file, or one that stands for ``start`` to ``end`` of it."""

    at: int
    start: int
    end: int


@dataclass(frozen=True)
class PlacedText:
    """A text made of parts of a file."""

    text: str
    _runs: tuple[_Run, ...] = field(repr=False)

    @classmethod
    def of(cls, text: str, start: int, end: int) -> PlacedText:
        """A part of a file as it stands there."""
        return cls(text[start:end], (_Run(0, start, end),) if end > start else ())

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(run.at for run in self._runs)

    def replaced(self, spans: Iterable[tuple[int, int, str]]) -> PlacedText:
        """With each span replaced by one character, or by none; spans are in order and apart."""
        parts: list[str] = []
        runs: list[_Run] = []
        length = done = 0
        for start, end, mark in (*spans, (len(self.text), len(self.text), "")):
            for run in self._runs_within(done, start):
                runs.append(_Run(length + run.at - done, run.start, run.end))
            length += start - done
            parts += [self.text[done:start], mark]
            if mark:
                runs.append(_Run(length, self.start_of(start), self.end_of(end - 1)))
                length += 1
            done = end
        return PlacedText("".join(parts), tuple(runs))

    def _runs_within(self, start: int, end: int) -> Iterator[_Run]:
        """The runs between two characters, cut at them."""
        if start >= end:
            return
        for position in range(bisect_right(self._starts, start) - 1, len(self._runs)):
            run, last = self._runs[position], self._end_at(position)
            if run.at >= end:
                return
            if last - run.at != run.end - run.start:
                yield run
                continue
            first, stop = max(run.at, start), min(last, end)
            yield _Run(first, run.start + first - run.at, run.start + stop - run.at)

    def _end_at(self, position: int) -> int:
        return self._starts[position + 1] if position + 1 < len(self._starts) else len(self.text)

    def start_of(self, character: int) -> int:
        """Where a character begins in the file; behind the last one for the end of the text."""
        if character >= len(self.text):
            return self._runs[-1].end if self._runs else 0
        run = self._runs[bisect_right(self._starts, character) - 1]
        return run.start + character - run.at

    def end_of(self, character: int) -> int:
        """Where a character ends in the file."""
        position = bisect_right(self._starts, character) - 1
        run = self._runs[position]
        is_plain = self._end_at(position) - run.at == run.end - run.start
        return run.start + character - run.at + 1 if is_plain else run.end

    def gap(self, character: int) -> Span:
        """What lies in the file between a character and the one before it; both ends alike if nothing."""
        return self.end_of(character - 1), self.start_of(character)

    def is_together(self, start: int, end: int) -> bool:
        """Whether nothing lies in the file between the characters of a span."""
        return all(len(set(self.gap(place))) == 1 for place in range(start + 1, end))

    def character_at(self, place: int) -> int:
        """The first character that stands at or behind a place of the file."""
        low, high = 0, len(self.text)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if self.start_of(middle) < place else (low, middle)
        return low
