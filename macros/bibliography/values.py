"""Values: the right-hand side of a BibTeX field or ``@string``.

Owns the braces, quotes, bare words and ``#`` of BibTeX's grammar, and finds the place where a comma is
missing. What a value means is decided in ``fields``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from macros.bibliography.latex import find_closing_brace

_PLAIN: Final = re.compile(r'\{([^{}\\]*)\}|"([^{}"\\]*)"|(\d+)')
_BARE_WORD: Final = re.compile(r'[^\s#{}",=]+')
_QUOTE_OR_BRACE: Final = re.compile(r'\\.|([{}"])', re.DOTALL)
_JOINT: Final = re.compile(r"\s*#\s*")
_WHITE_SPACE: Final = re.compile(r"[ \t\n]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A right-hand side, as far as it is a value."""

    text: str
    """Joined, without its braces or quotes, on one line."""
    undefined: tuple[str, ...] = ()
    """Words without braces that are no ``@string``; they stand in the text as they are."""
    rest: str = ""
    """What follows, where nothing should, from the end of the value on."""
    rest_line: int = 0
    """Number of line ends before the rest."""


def parse_plain_value(raw: str) -> str | None:
    """The text of a value that is one pair of braces or quotes, or one number, with nothing in it to look at.

    >>> parse_plain_value("{A title}"), parse_plain_value("jan")
    ('A title', None)
    """
    match = _PLAIN.fullmatch(raw)
    return _on_one_line(match[match.lastindex or 0]) if match else None


def parse_value(raw: str, strings: Mapping[str, str]) -> Value:
    """Braced, quoted and bare pieces joined by ``#``, up to the first thing that cannot belong to them.

    ``strings`` are the ``@string`` texts by name in lower case.

    >>> parse_value('jg # " Suppl"', {"jg": "J Gastroenterol"}).text
    'J Gastroenterol Suppl'
    >>> parse_value("{A title} year = 2000", {}).rest
    ' year = 2000'
    """
    texts: list[str] = []
    undefined: list[str] = []
    start = end = 0
    while piece := _find_piece(raw, start):
        text, is_word, end = piece
        if is_word and not text.isdecimal():
            undefined.extend([] if text.lower() in strings else [text])
            text = strings.get(text.lower(), text)
        texts.append(text)
        joint = _JOINT.match(raw, end)
        if not joint:
            break
        start = joint.end()
    return Value(
        text=_on_one_line("".join(texts)),
        undefined=tuple(undefined),
        rest=raw[end:].rstrip(),
        rest_line=raw.count("\n", 0, end),
    )


def _find_piece(raw: str, start: int) -> tuple[str, bool, int] | None:
    """Text of the piece that begins here, whether it is a bare word, and where it ends."""
    opener = raw[start : start + 1]
    if opener in ("{", '"'):
        close = find_closing_brace(raw, start) if opener == "{" else _find_closing_quote(raw, start)
        close = len(raw) if close < 0 else close
        return raw[start + 1 : close], False, close + 1
    word = _BARE_WORD.match(raw, start)
    return (word[0], True, word.end()) if word else None


def _find_closing_quote(raw: str, start: int) -> int:
    depth = 0
    for match in _QUOTE_OR_BRACE.finditer(raw, start + 1):
        if match[1] == '"' and depth == 0:
            return match.start()
        if match[1]:
            depth += {"{": 1, "}": -1}.get(match[1], 0)
    return -1


def _on_one_line(text: str) -> str:
    if "\n" in text or "\t" in text or "  " in text:
        text = _WHITE_SPACE.sub(" ", text)
    return text.strip(" ")
