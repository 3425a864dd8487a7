"""Spelling: one variety of a language on a whole site, British or American.

Which words the varieties spell differently stands in ``macros/words/<language>.yml``. Names (words with a
capital within a sentence, or beside another one) and somebody else's words are left alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from macros.prose.passages import Edit, Finding, Passage

_WORDS = Path(__file__).parents[1] / "words"


@dataclass(frozen=True, slots=True)
class _Lexicon:
    varieties: tuple[str, ...]
    words: Mapping[str, tuple[str, str]]
    """A word that is spelt so in one variety only → that variety, and the same word in the other one."""


def known_varieties(lang: str) -> tuple[str, ...]:
    """The varieties of a language that can be told apart.

    >>> known_varieties("en-GB"), known_varieties("zh-Hans")
    (('british', 'american'), ())
    """
    return _lexicon(lang.partition("-")[0].lower()).varieties


@cache
def _lexicon(language: str) -> _Lexicon:
    path = _WORDS / f"{language}.yml"
    if not path.exists():
        return _Lexicon((), {})
    written = yaml.safe_load(path.read_bytes())
    first, second = written["varieties"]
    pairs = [tuple(pair) for pair in written["words"]]
    for family in written["families"]:
        for stem in family["stems"].split():
            pairs += [(stem + one, stem + other) for one, other in family["endings"]]
    both = set(written["both"].split())
    words = {one: (first, other) for one, other in pairs}
    words |= {other: (second, one) for one, other in pairs}
    return _Lexicon((first, second), {word: said for word, said in words.items() if word not in both})


_WORD = re.compile(r"[A-Za-z]+")


@dataclass(frozen=True, slots=True)
class _Word:
    passage: int
    start: int
    written: str
    variety: str
    other: str

    @property
    def spelt_otherwise(self) -> str:
        return self.other.capitalize() if self.written[0].isupper() else self.other


def find_spellings(passages: Sequence[Passage], lang: str, variety: str) -> Iterator[tuple[int, Finding]]:
    """Words in the wrong variety, each with the number of its passage.

    ``spelling-is-british``, ``spelling-is-american``: the words of the other variety.
    ``spelling-is-uniform``: where no variety is wanted, the words of the rarer one, if there are both.

    Bad:  ``The color of the leaves was analyzed.``
    Good: ``The colour of the leaves was analysed.``
    """
    words = [
        word
        for number, passage in enumerate(passages)
        for word in _find_words(passage, number, _lexicon(lang.partition("-")[0].lower()), variety)
    ]
    counts = Counter(word.variety for word in words)
    if not variety and len(counts) < 2:
        return
    kept = variety or counts.most_common(1)[0][0]
    for word in words:
        if word.variety != kept:
            yield word.passage, _say(word, kept, is_wanted=bool(variety))


def _say(word: _Word, kept: str, *, is_wanted: bool) -> Finding:
    end = word.start + len(word.written)
    return Finding(
        rule=f"spelling-is-{kept if is_wanted else 'uniform'}",
        start=word.start,
        end=end,
        message=f"“{word.written}” is {word.variety.capitalize()} spelling"
        + ("" if is_wanted else f", and most words here are {kept.capitalize()}"),
        hint=f"write {word.spelt_otherwise}; put it in quotation marks or italics where a source is quoted",
        edits=(Edit(word.start, end, word.spelt_otherwise),) if is_wanted else (),
    )


def _find_words(passage: Passage, number: int, lexicon: _Lexicon, wanted: str) -> Iterator[_Word]:
    """The words of a passage that only one variety spells so; none if all are of the wanted one."""
    said = lexicon.words.keys() & set(_WORD.findall(passage.text.lower()))
    if all(lexicon.words[word][0] == wanted for word in said):
        return
    for match in _WORD.finditer(passage.text):
        variety, other = lexicon.words.get(match[0].lower(), ("", ""))
        if variety and not _is_name(match, passage.text):
            yield _Word(number, match.start(), match[0], variety, other)


_SENTENCE_START = re.compile(r"(?:\A|[.!?:。！？：\u2029“\"(（])[\s*]*\Z")
_CAPITAL_BEHIND = re.compile(r"[ -]+[A-Z]")


def _is_name(match: re.Match[str], text: str) -> bool:
    """Whether a word with a capital is part of a name, and not only the first of a sentence."""
    if match[0].islower():
        return False
    starts = _SENTENCE_START.search(text, max(match.start() - 4, 0), match.start())
    return match[0].isupper() or not starts or bool(_CAPITAL_BEHIND.match(text, match.end()))
