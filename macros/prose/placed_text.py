"""Placed text: what readers see of a file, every character with its place in the file.

Which characters readers see is decided in ``macros.prose.reading``; here they keep their places while
mark-up between them is taken out.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
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


_Run = tuple[int, int, int]
"""From which character on they stand side by side in the file, where that one begins there, and where it
ends: a mark may stand for many characters, and is a run of its own."""

_FAR = sys.maxsize


@dataclass(frozen=True)
class PlacedText:
    """A text made of parts of a file."""

    text: str
    _runs: Sequence[_Run] = field(repr=False)

    @classmethod
    def of(cls, text: str, start: int, end: int) -> PlacedText:
        """A part of a file as it stands there."""
        return cls(text[start:end], [(0, start, start + 1)])

    def replaced(self, spans: Iterable[tuple[int, int, str]]) -> PlacedText:
        """With each span replaced by one character, or by none; spans are in order and apart."""
        parts, runs = list[str](), list[_Run]()
        done = length = 0
        for start, end, mark in (*spans, (len(self.text), len(self.text), "")):
            if done < start:
                runs += self._runs_between(done, start, length - done)
                parts.append(self.text[done:start])
                length += start - done
            if mark:
                runs.append((length, self.start_of(start), self.end_of(end - 1)))
                parts.append(mark)
                length += 1
            done = end
        return PlacedText("".join(parts), runs)

    def _runs_between(self, first: int, last: int, moved: int) -> Iterator[_Run]:
        """The runs of a part of the text, as many characters further on."""
        number = self._number_of_run(first)
        while number < len(self._runs) and self._runs[number][0] < last:
            character, start, end = self._runs[number]
            skipped = max(first - character, 0)
            yield character + skipped + moved, start + skipped, end + skipped
            number += 1

    def _number_of_run(self, character: int) -> int:
        return bisect_right(self._runs, (character, _FAR, _FAR)) - 1

    def start_of(self, character: int) -> int:
        """Where a character begins in the file; behind the last one for the end of the text."""
        if character >= len(self.text):
            return self.end_of(len(self.text) - 1) if self.text else 0
        first, start, _ = self._runs[self._number_of_run(character)]
        return start + character - first

    def end_of(self, character: int) -> int:
        """Where a character ends in the file."""
        first, _, end = self._runs[self._number_of_run(character)]
        return end + character - first

    def gap(self, character: int) -> Span:
        """What lies in the file between a character and the one before it; both ends alike if nothing."""
        return self.end_of(character - 1), self.start_of(character)

    def is_together(self, start: int, end: int) -> bool:
        """Whether nothing lies in the file between the characters of a span."""
        return all(len(set(self.gap(place))) == 1 for place in range(start + 1, end))

    def character_at(self, place: int) -> int:
        """The first character that stands at or behind a place of the file."""
        number = bisect_right(self._runs, place, key=lambda run: run[1]) - 1
        if number < 0:
            return 0
        behind = self._runs[number + 1][0] if number + 1 < len(self._runs) else len(self.text)
        return min(self._runs[number][0] + place - self._runs[number][1], behind)
