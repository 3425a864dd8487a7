"""Records of a tagged format: which line belongs to which record, under which tag.

What a tag means is left to ``ris`` and ``nbib``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TaggedLine:
    """One tag and its value, continuation lines included."""

    tag: str
    value: str
    line: int
    """1-based."""


@dataclass(frozen=True, slots=True)
class Record:
    """The lines of one record, in order; never empty."""

    lines: tuple[TaggedLine, ...]

    @property
    def line(self) -> int:
        """Where the record begins."""
        return self.lines[0].line

    def all(self, *tags: str) -> list[TaggedLine]:
        """The lines with one of these tags that say something, in the order of the record."""
        return [line for line in self.lines if line.tag in tags and line.value]

    def first(self, *tags: str) -> TaggedLine:
        """The first line with the first of these tags that is there; an empty one if there is none."""
        lines = (line for tag in tags for line in self.all(tag))
        return next(lines, TaggedLine(tag=tags[0], value="", line=self.line))


def split_records(
    text: str, line_pattern: re.Pattern[str], *, first_tag: str, last_tag: str | None
) -> list[Record]:
    """The records of a text. Lines before the first and between two of them are not looked at.

    A record begins at its first tag, so that one without a last line is not lost. The pattern has two
    groups, tag and value; a line that it does not match continues the value before it.
    """
    records: list[list[TaggedLine]] = []
    is_open = False
    for number, line in enumerate(text.split("\n"), start=1):
        match = line_pattern.fullmatch(line.rstrip())
        tag = match[1] if match else ""
        if tag == first_tag:
            records.append([])
        is_open = tag == first_tag or (is_open and tag != last_tag)
        if match and is_open:
            records[-1].append(TaggedLine(tag=tag, value=_on_one_line(match[2]), line=number))
        elif is_open and line.strip():
            records[-1][-1] = _continued(records[-1][-1], line)
    return [Record(tuple(lines)) for lines in records]


def _continued(before: TaggedLine, line: str) -> TaggedLine:
    value = _on_one_line(f"{before.value} {line}")
    return TaggedLine(tag=before.tag, value=value, line=before.line)


def _on_one_line(text: str | None) -> str:
    return " ".join((text or "").split())
