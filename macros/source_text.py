"""Source text: files as their authors wrote them, with lines and columns.

Reading a text file safely, finding the line of a character, and reading YAML so that every value
keeps its line happen here. What the text means is decided by whoever asked for it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from macros.problems import Problem

LARGEST_FILE = 20_000_000
"""Bytes. Larger than any honest source (10,000 references are about 5 MB), small enough to read at once."""

LARGEST_YAML_DEPTH = 40

UNSEEN = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\u202a-\u202e\u2066-\u2069\u200b\ufeff]")
"""Control characters, direction overrides and zero-width spaces: what a reviewer cannot see."""


@dataclass(frozen=True)
class SourceText:
    """A text file; line ends are ``\\n`` whatever they are on disk."""

    file: str
    """Path relative to the site's folder, with forward slashes."""
    text: str

    @cached_property
    def _line_starts(self) -> tuple[int, ...]:
        return (0, *(match.end() for match in re.finditer("\n", self.text)))

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column, both 1-based, of a character."""
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def problem(self, offset: int, rule: str, message: str, hint: str = "") -> Problem:
        """An error at a character of this text."""
        line, column = self.place(offset)
        return Problem(file=self.file, line=line, column=column, rule=rule, message=message, hint=hint)


def relative_name(path: Path, root: Path) -> str:
    """How a file is called in messages: relative to the site's folder where it lies inside."""
    resolved, base = path.resolve(), root.resolve()
    return resolved.relative_to(base).as_posix() if resolved.is_relative_to(base) else path.as_posix()


def read_source(path: Path, root: Path) -> tuple[SourceText | None, list[Problem]]:
    """Read a UTF-8 text file; None when nothing of it can be used."""
    file = relative_name(path, root)

    def refused(rule: str, message: str, hint: str = "", line: int = 1) -> tuple[None, list[Problem]]:
        return None, [Problem(file=file, line=line, rule=rule, message=message, hint=hint)]

    # A link could publish any file that the build can read (research: reliability, 3.1).
    if path.is_symlink():
        return refused("file-is-not-a-link", "the file is a symbolic link", "put the file itself here")
    if not path.is_file():
        return refused("file-exists", "there is no such file")
    if path.stat().st_size > LARGEST_FILE:
        return refused("file-is-not-too-large", f"the file is larger than {LARGEST_FILE // 1_000_000} MB")
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return refused("file-is-utf8", "the file is not UTF-8", "save it as UTF-8 in your editor", line)
    source = SourceText(file, text.replace("\r\n", "\n").replace("\r", "\n"))
    return source, list(_find_unseen_characters(source))


def _find_unseen_characters(source: SourceText) -> Iterator[Problem]:
    for match in UNSEEN.finditer(source.text):
        yield source.problem(
            match.start(),
            "text-is-visible",
            f"an invisible character (U+{ord(match[0]):04X}) stands here",
            "delete it; copy and paste often brings it along",
        )


@dataclass(frozen=True)
class YamlDocument:
    """The value of a YAML text, and where each part of it stands."""

    value: Any
    """Mappings, lists, text, int, float, bool and None only."""
    places: Mapping[tuple[str | int, ...], tuple[int, int]]

    def place_of(self, path: Sequence[str | int]) -> tuple[int, int]:
        """Line and column of a value, or of the nearest part around it that the text has."""
        key = tuple(path)
        while key not in self.places:
            key = key[:-1]
        return self.places[key]

    def line_of(self, path: Sequence[str | int]) -> int:
        """Line of a value; see ``place_of``."""
        return self.place_of(path)[0]


class _YamlRefusedError(Exception):
    """Carries one mistake out of the walk over a YAML text; never leaves this module."""

    def __init__(self, message: str, place: tuple[int, int], hint: str = "") -> None:
        super().__init__(message)
        self.message, self.place, self.hint = message, place, hint


def parse_yaml(source: SourceText, first_line: int = 1) -> tuple[YamlDocument | None, list[Problem]]:
    """Read YAML of plain values.

    Anchors, aliases, merge keys and tags are refused (a 430-byte file can stand for gigabytes);
    so are repeated keys, of which YAML readers silently keep the last. Only ``true``, ``false``,
    ``null`` and JSON numbers are not text: ``NO``, ``12:30`` and dates stay as written.
    ``first_line`` is the line of the file at which the text begins (front matter).
    """

    def refused(place: tuple[int, int], message: str, hint: str = "") -> tuple[None, list[Problem]]:
        line, column = place
        return None, [
            Problem(
                file=source.file, line=line, column=column, rule="yaml-parses", message=message, hint=hint
            )
        ]

    try:
        builder = _YamlBuilder(source.text, first_line)
        return YamlDocument(builder.value, builder.places), []
    except _YamlRefusedError as refusal:
        return refused(refusal.place, refusal.message, refusal.hint)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = (mark.line + first_line, mark.column + 1) if mark else (first_line, 1)
        return refused(place, f"this is not YAML: {error.problem or error.context}")
    except yaml.YAMLError as error:  # an unprintable character: the reader's error carries no mark
        return refused((first_line, 1), f"this is not YAML: {str(error).splitlines()[0]}")


_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
_WORDS: Mapping[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}


class _YamlBuilder:
    """Builds the value from parser events, so that aliases are refused before they are followed."""

    def __init__(self, text: str, first_line: int) -> None:
        self.places: dict[tuple[str | int, ...], tuple[int, int]] = {}
        self._first_line = first_line
        self._events = (
            event
            for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
            if not isinstance(event, yaml.StreamStartEvent | yaml.DocumentStartEvent)
        )
        first = next(self._events)
        self.value = None if isinstance(first, yaml.StreamEndEvent) else self._build(first, ())
        self.places.setdefault((), (first_line, 1))
        rest = [event for event in self._events if isinstance(event, yaml.NodeEvent)]
        if rest:
            raise _YamlRefusedError(
                "a second document begins here", self._place(rest[0]), "one file, one document"
            )

    def _place(self, event: yaml.Event) -> tuple[int, int]:
        mark = event.start_mark
        assert mark is not None  # the parser gives every event its place
        return mark.line + self._first_line, mark.column + 1

    def _build(self, event: yaml.Event, path: tuple[str | int, ...]) -> Any:
        place = self._place(event)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _YamlRefusedError(
                "anchors and aliases (& and *) are not read here", place, "write the value out"
            )
        if len(path) > LARGEST_YAML_DEPTH:
            raise _YamlRefusedError(f"more than {LARGEST_YAML_DEPTH} levels deep", place)
        if getattr(event, "tag", None) not in (None, "!"):
            raise _YamlRefusedError(
                "tags (!) are not read here", place, "write plain text, numbers and lists"
            )
        self.places[path] = place
        if isinstance(event, yaml.MappingStartEvent):
            return self._build_mapping(path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._build_list(path)
        assert isinstance(event, yaml.ScalarEvent)
        # The C parser writes an empty style for plain text, the Python one none at all.
        return event.value if event.style else _plain_value(event.value)

    def _build_mapping(self, path: tuple[str | int, ...]) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            place = self._place(event)
            if not isinstance(event, yaml.ScalarEvent) or event.anchor:
                raise _YamlRefusedError("a key must be plain text", place)
            key = event.value
            if key == "<<":
                raise _YamlRefusedError("merge keys (<<) are not read here", place, "write the values out")
            if key in mapping:
                raise _YamlRefusedError(
                    f'the key "{key}" stands here a second time', place, "keep one of them"
                )
            mapping[key] = self._build(next(self._events), (*path, key))
            self.places[(*path, key)] = place
        return mapping

    def _build_list(self, path: tuple[str | int, ...]) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._build(event, (*path, len(items))))
        return items


def _plain_value(text: str) -> str | int | float | bool | None:
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _NUMBER.fullmatch(text) else text


_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


def split_front_matter(source: SourceText) -> tuple[dict[str, Any], int, list[Problem]]:
    """The values between the two ``---`` lines at the top, and where the body begins."""
    match = _FRONT_MATTER.match(source.text)
    if not match:
        return {}, 0, []
    document, problems = parse_yaml(SourceText(source.file, match[1]), first_line=2)
    value = document.value if document else {}
    if value is not None and not isinstance(value, dict):
        problems.append(source.problem(0, "yaml-parses", "front matter must be lines of the form key: value"))
        value = {}
    return value or {}, match.end(), problems
