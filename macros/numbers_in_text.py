"""Numbers in running text: found however they are typed, so that one amount equals another.

Full-width digits, superscripts, powers of ten, 万 and million, ranges that print their exponent or %
once, comparators, and small numbers in words are read here. Where numbers have to stand is decided in
``macros.checks``; the words come from ``labels.yml``.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from typing import NamedTuple


class Amount(NamedTuple):
    """One number; equal however it was typed."""

    value: Decimal
    is_percent: bool = False


_MAGNITUDES = {
    "千": 3,
    "万": 4,
    "百万": 6,
    "千万": 7,
    "亿": 8,
    "十亿": 9,
    "万亿": 12,
    "hundred": 2,
    "thousand": 3,
    "million": 6,
    "billion": 9,
    "trillion": 12,
}
"""Words behind a number that stand for a power of ten, in any language."""

SIGN_MAY_FOLLOW = "为从至到了是由约达"
"""Behind another Chinese character a hyphen belongs to a name: 白茶-10."""

# Behind a digit a superscript number is an exponent; a superscript sign alone is none.
_SUPERSCRIPT = re.compile(r"(?<=\d)([⁺⁻]?[⁰¹²³⁴-⁹]+)")
_PIECE = re.compile(
    rf"\d{_SUPERSCRIPT.pattern}|(?P<alike>(?:[\x00-\x7f\u4e00-\u9fff](?![⁺⁻⁰¹²³⁴-⁹]))+)|.", re.DOTALL
)
"""What is normalised at once: a digit with its exponent, characters that stay alike, or another one."""
_SUPERSCRIPT_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")

_ONE = r"""
    (?P<sign>−|(?:(?<=[SIGN_MAY_FOLLOW])|(?<![\w%)])(?<![\d%)]\s))[-–])?
    (?:10\^(?P<power>[-+]?\d{1,3})|(?P<number>\d{1,3}(?:,\d{3}){1,9}(?:\.\d+)?|\d{1,30}(?:\.\d+)?))(?!\d)
    (?:\s*\)?\s*[×x*]\s*10\^(?P<exponent>[-+]?\d{1,3})(?!\d))?
    (?:\s*(?P<magnitude>百万|千万|十亿|万亿|[万亿]|千(?![克米瓦卡])|(?:hundred|thousand|(?:m|b|tr)illion)(?![A-Za-z])))?
    (?:\s*(?P<percent>%|per\ ?cent(?![A-Za-z])))?
""".replace("SIGN_MAY_FOLLOW", SIGN_MAY_FOLLOW)
_NUMBER = re.compile(
    # Digits inside a name are no number: B12, Q-10.
    rf"(?=[−\d–-])(?<![A-Za-zͰ-Ͽ0-9.^])(?<![^\W\d_{SIGN_MAY_FOLLOW}]-){_ONE}",
    re.VERBOSE,
)
_BETWEEN = re.compile(r"\s*[-–—~〜]\s*")
"""From one end of a range to the other."""

_WITHOUT_NAMES = re.sub(r"\?P<\w+>", "?:", _ONE)
_AMOUNTS = re.compile(rf"[<>≤≥≈]?\(?{_WITHOUT_NAMES}(?:{_BETWEEN.pattern}{_WITHOUT_NAMES})?", re.VERBOSE)
"""A number or a range, with nothing else around it."""


_COMPARATOR = re.compile(r"(<=|>=|[<>≤≥≈±⩽≦⩾≧≪≫])\s*\Z")
_SAME_COMPARATOR = {"<=": "≤", ">=": "≥", "⩽": "≤", "≦": "≤", "⩾": "≥", "≧": "≥", "≪": "<", "≫": ">"}


def find_amounts(text: str) -> list[Amount]:
    """Every number in digits, in order; both ends of a range in the power of ten and % of the later.

    >>> [str(amount.value) for amount in find_amounts("vitamin B12, (1～10)×10⁵/kg in ５６ leaves")]
    ['1E+5', '1.0E+6', '56']
    >>> find_amounts("20–30 %, 35 万") == find_amounts("20% to 30%, 350,000")
    True
    """
    return [amount for _, amount in read_amounts(normalise(text))]


class PlacedAmount(NamedTuple):
    """A number, and where its digits begin and what belongs to it ends in the text as written."""

    amount: Amount
    start: int
    end: int


def find_placed_amounts(text: str) -> list[PlacedAmount]:
    """What ``find_amounts`` finds, with its place in the text.

    >>> [(found.start, found.end) for found in find_placed_amounts("(1×10⁵～２×10⁵)")]
    [(1, 6), (7, 12)]
    """
    pieces, places = list[str](), list[int]()
    for match in _PIECE.finditer(text):
        pieces.append(match["alike"] or _normalise_piece(match[0]))
        places += range(*match.span()) if match["alike"] else [match.start()] * len(pieces[-1])
    places.append(len(text))
    return [
        PlacedAmount(amount, places[match.start()], places[match.end()])
        for match, amount in read_amounts("".join(pieces))
    ]


def read_amounts(text: str) -> list[tuple[re.Match[str], Amount]]:
    """Every number of a normalised text, with the place of everything that belongs to it."""
    matches = list(_NUMBER.finditer(text))
    amounts = [_amount(match) for match in matches]
    for place in reversed(range(len(matches) - 1)):
        first, last = matches[place], matches[place + 1]
        if _BETWEEN.fullmatch(text, first.end(), last.start()):
            amounts[place] = _as_in(amounts[place], first, amounts[place + 1], last)
    return list(zip(matches, amounts, strict=True))


def sign_before(text: str, start: int) -> str:
    """The comparator in signs before a number of a normalised text; empty where none stands."""
    match = _COMPARATOR.search(text, max(start - 8, 0), start)
    return _SAME_COMPARATOR.get(match[1], match[1]) if match else ""


_IN_NAME = re.compile(rf"\d(?:(?<=[A-Za-zͰ-Ͽ].)|(?<=[^\W\d_{SIGN_MAY_FOLLOW}]-.))\d{{0,29}}(?:\.\d+)?")


def find_amounts_in_names(text: str) -> list[Amount]:
    """The numbers of a normalised text that ``find_amounts`` leaves out because they are part of a name.

    >>> [str(amount.value) for amount in find_amounts_in_names("vitamin B12, catechin-10, 20 leaves")]
    ['12', '10']
    """
    return [Amount(Decimal(match[0])) for match in _IN_NAME.finditer(text)]


_LATIN = "a-zß-öø-ɏ"


@dataclass(frozen=True)
class NumberWords:
    """Words of one language for numbers."""

    values: Mapping[str, Decimal]
    """In small letters: ``two`` → 2."""

    def find(self, text: str) -> Iterator[Amount]:
        """Every number in words: whole words, and whole runs of the characters of other scripts.

        Behind a word more may follow with a hyphen: ``two-leaf``.

        >>> words = NumberWords({"two": Decimal(2), "二": Decimal(2), "十": Decimal(10)})
        >>> [amount.value for amount in words.find("Two of twenty-two; 二项，十二项，two-leaf")]
        [Decimal('2'), Decimal('2'), Decimal('2')]
        """
        for match in self._pattern.finditer(text.lower()):
            yield Amount(self.values[match[0]])

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        latin = {word for word in self.values if re.match(f"[{_LATIN}]", word)}
        other = self.values.keys() - latin
        characters = re.escape("".join(sorted({character for word in other for character in word})))
        choices = [
            *_choices(latin, rf"(?<![{_LATIN}].)(?<![{_LATIN}]-.)", rf"(?![{_LATIN}])"),
            *_choices(other, rf"(?<![{characters}].)", rf"(?![{characters}])"),
        ]
        return re.compile("|".join(choices) or "(?!)")


def _choices(words: Set[str], before: str, behind: str) -> Iterator[str]:
    """The longest of the words that begin with a character, for each such character."""
    by_first: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        by_first.setdefault(word[0], []).append(re.escape(word[1:]))
    for first, rest in by_first.items():
        # A choice begins with a plain character, which lets the search skip all others.
        yield f"{re.escape(first)}{before}(?:{'|'.join(rest)}){behind}"


def find_missing_figures(figures: Sequence[str], text: str, words: NumberWords) -> Iterator[int]:
    """The positions of the figures that do not stand in a text, or not as often as among the figures.

    A figure is a number or a range, then perhaps a unit, which is not compared (``24 weeks``,
    ``<5 %``, ``1×10⁵–10×10⁵ /kg``). Anything else (``P=0.04``, ``2023-03-13``, ``39(5):10-18``) must
    stand in the text as it is, but for spaces and letter case. Words count only for what digits leave open.
    """
    read = [_read_figure(figure) for figure in figures]
    text = normalise(text)
    for position, amounts in enumerate(read):
        if amounts is None:
            text, found = _literal(figures[position]).subn(" ", text, count=1)
            if not found:
                yield position
    stated = Counter(find_amounts(text))
    left = [(position, amount) for position, amounts in enumerate(read) for amount in amounts or ()]
    left = [(position, amount) for position, amount in left if not _take(amount, stated)]
    in_words = Counter(words.find(text) if left else ())
    yield from dict.fromkeys(position for position, amount in left if not _take(amount, in_words))


def normalise(text: str) -> str:
    """The text with its characters in one form each, exponents behind ``^``."""
    if text.isascii():
        return text
    text = _SUPERSCRIPT.sub(lambda match: f"^{match[1].translate(_SUPERSCRIPT_DIGITS)}", text)
    return unicodedata.normalize("NFKC", text)


@lru_cache(maxsize=8192)
def _normalise_piece(text: str) -> str:
    # A character, mostly; the different ones are few.
    return normalise(text)


def _amount(match: re.Match[str]) -> Amount:
    value = Decimal(1 if match["power"] else match["number"].replace(",", ""))
    value = value.scaleb(int(match["power"] or 0) + int(match["exponent"] or 0) + _magnitude(match))
    return Amount(-value if match["sign"] else value, bool(match["percent"]))


def _as_in(amount: Amount, first: re.Match[str], later: Amount, last: re.Match[str]) -> Amount:
    if last["exponent"] and not (first["exponent"] or first["power"]):
        amount = amount._replace(value=amount.value.scaleb(int(last["exponent"])))
    if not first["magnitude"]:
        amount = amount._replace(value=amount.value.scaleb(_magnitude(last)))
    return amount._replace(is_percent=amount.is_percent or later.is_percent)


def _magnitude(match: re.Match[str]) -> int:
    return _MAGNITUDES.get(match["magnitude"] or "", 0)


@cache
def _read_figure(figure: str) -> tuple[Amount, ...] | None:
    """The amounts of a figure; None if it is not a number or a range with a unit."""
    text = re.sub(r"\s*(?:[–—~〜]|-(?=\s))\s*(?=\d)", "–", normalise(figure))
    text = re.sub(rf"\s+(?=%|{'|'.join(_MAGNITUDES)})", "", text)
    number = text.partition(" ")[0]
    return tuple(find_amounts(number)) if _AMOUNTS.fullmatch(number) else None


def _literal(figure: str) -> re.Pattern[str]:
    characters = re.escape("".join(normalise(figure).split()))
    spaced = r"\s*".join(re.findall(r"\\?.", characters))
    return re.compile(rf"(?<!\d){spaced}(?!\d)", re.IGNORECASE)


def _take(amount: Amount, left: Counter[Amount]) -> bool:
    """Whether an amount is left; it is taken away."""
    left[amount] -= 1
    return left[amount] >= 0
