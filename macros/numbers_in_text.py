"""Numbers in running text: found however they are typed, so that one amount equals another.

Full-width digits, superscripts, powers of ten, ranges that print their exponent or % once, and small
numbers in words are read here. Where numbers have to stand is decided in ``macros.checks``; the words
come from ``labels.yml``.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

NumberWords = Mapping[str, Decimal]
"""Number words of one language, in small letters: ``two`` → 2."""


@dataclass(frozen=True, slots=True)
class Amount:
    """One number; equal however it was typed."""

    value: Decimal
    is_percent: bool = False


# Behind a digit a superscript number is an exponent; a superscript sign alone is none.
_SUPERSCRIPT = re.compile(r"(?<=\d)([⁺⁻]?[⁰¹²³⁴-⁹]+)")
_SUPERSCRIPT_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")

_ONE = r"""
    (?P<sign>−|(?<!\w)-)?
    (?:10\^(?P<power>[-+]?\d{1,3})|(?P<number>\d{1,3}(?:,\d{3}){1,9}(?:\.\d+)?|\d{1,30}(?:\.\d+)?))(?!\d)
    (?:\s*\)?\s*[×x*]\s*10\^(?P<exponent>[-+]?\d{1,3})(?!\d))?
    (?:\s*(?P<percent>%))?
"""
_NUMBER = re.compile(
    # Digits inside a name are no number: B12, Q-10.
    rf"(?<![A-Za-zͰ-Ͽ0-9.^])(?<![^\W\d_]-){_ONE}",
    re.VERBOSE,
)
_BETWEEN = re.compile(r"\s*[-–—~〜]\s*")
"""From one end of a range to the other."""

_WITHOUT_NAMES = re.sub(r"\?P<\w+>", "?:", _ONE)
_AMOUNTS = re.compile(rf"[<>≤≥≈]?\(?{_WITHOUT_NAMES}(?:{_BETWEEN.pattern}{_WITHOUT_NAMES})?", re.VERBOSE)
"""A number or a range, with nothing else around it."""


def find_amounts(text: str) -> list[Amount]:
    """Every number in digits, in order; both ends of a range in the power of ten and % of the later.

    >>> [str(amount.value) for amount in find_amounts("vitamin B12, (1～10)×10⁵/kg in ５６ leaves")]
    ['1E+5', '1.0E+6', '56']
    >>> find_amounts("20–30 %") == find_amounts("20% to 30%")
    True
    """
    text = _normalise(text)
    matches = list(_NUMBER.finditer(text))
    amounts = [_amount(match) for match in matches]
    for place in reversed(range(len(matches) - 1)):
        first, last = matches[place], matches[place + 1]
        if _BETWEEN.fullmatch(text, first.end(), last.start()):
            amounts[place] = _as_in(amounts[place], first, amounts[place + 1], last)
    return amounts


def find_amounts_in_words(text: str, words: NumberWords) -> Iterator[Amount]:
    """Every small number in words.

    >>> words = {"two": Decimal(2), "二": Decimal(2), "十": Decimal(10)}
    >>> [amount.value for amount in find_amounts_in_words("Two of twenty-two; 二项，十二项", words)]
    [Decimal('2'), Decimal('2')]
    """
    if not words:
        return
    letters = re.escape("".join(sorted(set("".join(words)))))
    pattern = rf"(?<![-A-Za-z{letters}])(?:{'|'.join(map(re.escape, words))})(?![A-Za-z{letters}])"
    for match in re.finditer(pattern, text, re.IGNORECASE):
        yield Amount(words[match[0].lower()])


def find_missing_figures(figures: Sequence[str], text: str, words: NumberWords) -> Iterator[int]:
    """The positions of the figures that do not stand in a text, or not as often as among the figures.

    A figure is a number or a range, then perhaps a unit, which is not compared (``24 weeks``,
    ``<5 %``, ``1×10⁵–10×10⁵ /kg``). Anything else (``P=0.04``, ``2023-03-13``, ``39(5):10-18``) must
    stand in the text as it is, but for spaces and letter case. Words count only for what digits leave open.
    """
    read = [_read_figure(figure) for figure in figures]
    text = _normalise(text)
    for position, amounts in enumerate(read):
        if amounts is None:
            text, found = _literal(figures[position]).subn(" ", text, count=1)
            if not found:
                yield position
    stated = Counter(find_amounts(text))
    in_words = Counter(find_amounts_in_words(text, words))
    for position, amounts in enumerate(read):
        taken = [_take(amount, stated) or _take(amount, in_words) for amount in amounts or ()]
        if not all(taken):
            yield position


def _normalise(text: str) -> str:
    text = _SUPERSCRIPT.sub(lambda match: f"^{match[1].translate(_SUPERSCRIPT_DIGITS)}", text)
    return unicodedata.normalize("NFKC", text)


def _amount(match: re.Match[str]) -> Amount:
    value = Decimal(1 if match["power"] else match["number"].replace(",", ""))
    value = value.scaleb(int(match["power"] or 0) + int(match["exponent"] or 0))
    return Amount(-value if match["sign"] else value, bool(match["percent"]))


def _as_in(amount: Amount, first: re.Match[str], later: Amount, last: re.Match[str]) -> Amount:
    if last["exponent"] and not (first["exponent"] or first["power"]):
        amount = replace(amount, value=amount.value.scaleb(int(last["exponent"])))
    return replace(amount, is_percent=amount.is_percent or later.is_percent)


def _read_figure(figure: str) -> list[Amount] | None:
    """The amounts of a figure; None if it is not a number or a range with a unit."""
    text = re.sub(r"\s+%", "%", _normalise(figure))
    number = text.partition(" ")[0]
    return find_amounts(number) if _AMOUNTS.fullmatch(number) else None


def _literal(figure: str) -> re.Pattern[str]:
    characters = re.escape("".join(_normalise(figure).split()))
    spaced = r"\s*".join(re.findall(r"\\?.", characters))
    return re.compile(rf"(?<!\d){spaced}(?!\d)", re.IGNORECASE)


def _take(amount: Amount, left: Counter[Amount]) -> bool:
    """Whether an amount is left; it is taken away."""
    left[amount] -= 1
    return left[amount] >= 0
