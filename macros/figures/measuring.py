"""How much room text takes, and where its lines break, without asking a font.

A Han character or full-width mark is one em wide, anything else 0.55 em: close enough for the system
fonts of readers, and the same on every machine.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import zip_longest

from macros.locales import LocalizedText

_LATIN_WIDTH = 0.55

_BREAKABLE = re.compile(r"[⺀-鿿豈-﫿]|[^\s⺀-鿿豈-﫿]+\s*|\s+")
"""A Han character breaks anywhere; other writing, at spaces. Marks stay with the character before."""

_NO_LINE_START = "，。、；：）》”’！？"


def text_width(text: str, size: float) -> float:
    """The width of one line.

    >>> text_width("铁观音", 10), text_width("green", 10)
    (30.0, 27.5)
    """
    ems = (1.0 if unicodedata.east_asian_width(char) in "WF" else _LATIN_WIDTH for char in text)
    return round(sum(ems) * size, 2)


def widest(words: LocalizedText, size: float) -> float:
    """The width that a text needs in whichever language takes the most."""
    return max((text_width(text, size) for text in words.values()), default=0.0)


def wrap(text: str, width: float, size: float) -> list[str]:
    """Lines of at most a width; a single word that is wider stands alone.

    >>> wrap("green spring tea", 60, 10), wrap("西湖龙井茶", 30, 10)
    (['green', 'spring tea'], ['西湖龙', '井茶'])
    """
    lines: list[str] = [""]
    for piece in _BREAKABLE.findall(text):
        is_tied = piece[0] in _NO_LINE_START
        if lines[-1] and not is_tied and text_width((lines[-1] + piece).rstrip(), size) > width:
            lines.append("")
        lines[-1] += piece
    return [line.strip() for line in lines]


def wrap_words(
    words: LocalizedText, width: float, size: float, *, is_centred: bool = False
) -> list[LocalizedText]:
    """Lines in all languages; a language that needs fewer has empty ones at the end, or around."""
    wrapped = {locale: wrap(text, width, size) for locale, text in words.items()}
    most = max(map(len, wrapped.values()), default=0)
    if is_centred:
        wrapped = {locale: [""] * ((most - len(lines)) // 2) + lines for locale, lines in wrapped.items()}
    return [dict(zip(wrapped, line, strict=True)) for line in zip_longest(*wrapped.values(), fillvalue="")]
