"""Compared figures: how the numbers of two texts differ, whichever languages the texts are in.

Besides the numbers themselves their comparators, units and order are compared. What is a number is decided
in ``macros.numbers_in_text``; the words of a language for numbers, comparators and units stand in
``labels.yml``; which texts are held against each other is decided in ``macros.checks``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple, TypeVar

from macros.locales import Labels
from macros.numbers_in_text import (
    Amount,
    NumberWords,
    find_amounts_in_names,
    normalise,
    read_amounts,
    sign_before,
)
from macros.pages import split_sentences

# Words


@dataclass(frozen=True)
class FigureWords:
    """How one language says figures in words."""

    labels: Labels
    locale: str

    def _listed(self, key: str, *, in_all_languages: bool = False) -> Iterator[tuple[str, str]]:
        """Every form below a key of the labels, with the last part of its own key."""
        for full_key, texts in self.labels.texts.items():
            if full_key.startswith(key + "."):
                written = texts.values() if in_all_languages else [texts.get(self.locale, "")]
                for form in filter(None, _SEPARATOR.split(";".join(written))):
                    yield form, full_key.removeprefix(key + ".")

    def _numbers(self, key: str) -> dict[str, Decimal]:
        return {word: Decimal(value) for words, value in self._listed(key) for word in words.split()}

    @cached_property
    def numbers(self) -> NumberWords:
        """Words that are numbers wherever they stand: ``two``, ``twenty-one``."""
        numbers = self._numbers("number_words")
        tens = {word: value for word, value in numbers.items() if value in range(20, 100)}
        ones = {word: value for word, value in numbers.items() if value in range(2, 10)}
        ones |= dict(list(self._numbers("number_words_at_times").items())[:1])
        joined = {
            f"{first}-{second}" if first.isascii() else first + second: value + more
            for first, value in tens.items()
            for second, more in ones.items()
        }
        return NumberWords({**numbers, **joined})

    @cached_property
    def all_numbers(self) -> NumberWords:
        """With those that only sometimes say a number: ``second``, ``March``, ``II``."""
        return NumberWords({**self._numbers("number_words_at_times"), **self.numbers.values})

    @cached_property
    def _comparators_before(self) -> tuple[re.Pattern[str], Mapping[str, str]]:
        forms = {form: _SIGNS[key] for form, key in self._listed("comparators.before")}
        return re.compile(rf"({_any_of(forms)})\s*\Z"), forms

    @cached_property
    def _comparators_behind(self) -> tuple[re.Pattern[str], Mapping[str, str]]:
        forms = {form: _SIGNS[key] for form, key in self._listed("comparators.behind")}
        return re.compile(rf"[^\d\s,，。;；.]{{0,3}}?\s*({_any_of(forms)})"), forms

    def comparator(self, text: str, start: int, end: int) -> str:
        """The sign for the words before or behind a number; empty if none stand there."""
        pattern, forms = self._comparators_before
        before = pattern.search(text[max(start - _LONGEST_COMPARATOR, 0) : start].lower())
        if before:
            return forms[before[1]]
        pattern, forms = self._comparators_behind
        behind = pattern.match(text[end : end + _LONGEST_COMPARATOR].lower())
        return forms[behind[1]] if behind else ""

    @cached_property
    def _units(self) -> Mapping[str, str]:
        # Titles of works may stand in a text in another language than its own.
        listed = self._listed("units", in_all_languages=True)
        return {**{symbol: symbol for symbol in _SYMBOLS}, **dict(listed)}

    @cached_property
    def _unit(self) -> re.Pattern[str]:
        one = rf"(?:{_any_of(self._units)})(?![A-Za-z])"
        per = _any_of(self.labels.text("unit_per", self.locale).split(";"))
        return re.compile(rf"[\s-]*(?:(?P<unit>{one})|[^\W\d_]{{0,10}})(?:\s*(?:/|{per})\s*(?P<per>{one}))?")

    def unit(self, text: str, end: int) -> str:
        """The unit behind a number, by the same name in all languages; empty if none is known there."""
        match = self._unit.match(text, end)
        unit, per = (
            (self._units.get(match[part] or "", "") for part in ("unit", "per")) if match else ("", "")
        )
        unit = "" if unit == _NO_UNIT else unit
        return f"{unit}/{per}" if per else unit

    def units_in_brackets(self, text: str) -> list[str]:
        """The units that stand alone in brackets, in order."""
        found = ((match, self._unit.match(text, match.end())) for match in _OPENING.finditer(text))
        ends = [(opening.end(), unit.end()) for opening, unit in found if unit and unit["unit"]]
        return [self.unit(text, start) for start, end in ends if text[end : end + 1] == ")"]

    def names_unit(self, unit: str, text: str) -> bool:
        """Whether all parts of a unit stand in a text, beside a number or not."""
        return all(
            re.search(rf"(?<![A-Za-z])(?:{_any_of(self._forms_of(part))})(?![A-Za-z])", text)
            for part in filter(None, unit.split("/"))
        )

    def _forms_of(self, unit: str) -> list[str]:
        return [form for form, of in self._units.items() if of == unit]


_SEPARATOR = re.compile(r"\s*[;；]\s*")
_OPENING = re.compile(r"\(")
_SIGNS = {"less": "<", "more": ">", "at_most": "≤", "at_least": "≥"}
_LONGEST_COMPARATOR = 24
_NO_UNIT = "none"
_SYMBOLS = (
    *(
        "ng",
        "μg",
        "mg",
        "g",
        "kg",
        "nL",
        "μL",
        "mL",
        "dL",
        "L",
        "nm",
        "μm",
        "mm",
        "cm",
        "m",
        "cm2",
        "m2",
        "m3",
    ),
    *("pmol", "nmol", "μmol", "mmol", "mol", "U", "kU", "IU", "kPa", "mmHg", "°C", "°F", "‰", "Gy", "Hz"),
)
"""Symbols that all languages share (International System of Units)."""


def _any_of(forms: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(forms, key=len, reverse=True))) or "(?!)"


# Reading


class Figure(NamedTuple):
    """One number in digits with what stands beside it."""

    amount: Amount
    comparator: str = ""
    """``<``, ``±`` and so on, also where words stand for the sign."""
    is_in_words: bool = False
    """Whether the comparator is."""
    unit: str = ""


@dataclass(frozen=True)
class Figures:
    """The figures of one text."""

    written: str
    words: FigureWords

    @cached_property
    def _text(self) -> str:
        return normalise(self.written)

    @cached_property
    def all(self) -> Sequence[Figure]:
        """Every number in digits, in order."""
        return [self._read(match, amount) for match, amount in read_amounts(self._text)]

    def _read(self, match: re.Match[str], amount: Amount) -> Figure:
        sign = sign_before(self._text, match.start())
        worded = "" if sign else self.words.comparator(self._text, *match.span())
        unit = "" if amount.is_percent else self.words.unit(self._text, match.end())
        if unit == "year" and amount.value in _CALENDAR_YEARS:
            unit = ""
        return Figure(amount=amount, comparator=sign or worded, is_in_words=bool(worded), unit=unit)

    @cached_property
    def amounts(self) -> Sequence[Amount]:
        """Every number in digits, then those that are part of a name."""
        return [*(figure.amount for figure in self.all), *find_amounts_in_names(self._text)]

    @cached_property
    def in_words(self) -> Sequence[Amount]:
        """Numbers in words, and in Roman numerals."""
        roman = [Amount(_ROMAN_VALUES[match[0]]) for match in _ROMAN.finditer(self._text)]
        return [*self.words.numbers.find(self._text), *roman]

    @cached_property
    def perhaps_in_words(self) -> Sequence[Amount]:
        """Words that say a number, and words that may."""
        return list(self.words.all_numbers.find(self._text))

    @cached_property
    def sentences(self) -> Sequence[Figures]:
        """The figures of each sentence."""
        return [Figures(sentence, self.words) for sentence in split_sentences(self.written)]

    @cached_property
    def joined(self) -> frozenset[tuple[str, str]]:
        """Numbers joined to a ratio, a range or a date."""
        return frozenset((match[1], match[2]) for match in _JOINED.finditer(self._text))

    @cached_property
    def signed_names(self) -> frozenset[tuple[str, str]]:
        """Names that end in a number and a sign: ``X34⁺``."""
        if not _SIGN_BEHIND_DIGIT.search(self._text):
            return frozenset()
        return frozenset(
            (match[1], match[2].replace("-", "−")) for match in _SIGNED_NAME.finditer(self._text)
        )

    @cached_property
    def units_in_brackets(self) -> Sequence[str]:
        """Units that stand alone in brackets, as in the heads of tables."""
        return self.words.units_in_brackets(self._text)

    def names_unit(self, unit: str) -> bool:
        """Whether the text has a unit, wherever it stands."""
        return self.words.names_unit(unit, self._text)


_ROMAN_VALUES = {
    numeral: Decimal(value)
    for value, numeral in enumerate(("II", "III", "IV", "V", "VI", "VII", "VIII", "IX"), start=2)
}
# A lone I, V or X is more often a letter.
_ROMAN = re.compile(r"(?:I(?<![A-Za-z0-9]I)(?:II?|V|X)|V(?<![A-Za-z0-9]V)I{1,3})(?![A-Za-z0-9])")
_CALENDAR_YEARS = range(1800, 2101)
_JOINED = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)\s?%?\s?(?:[:∶/–—~〜至到-]|to)\s?(?=(\d+(?:\.\d+)?))")
_SIGNED_NAME = re.compile(r"(?<![A-Za-z0-9])([A-Za-z]+-?\d+)\(?([+−-])\)?(?!\w)")
_SIGN_BEHIND_DIGIT = re.compile(r"[0-9]\(?[+−-]\)?(?!\w)")
_DIGIT = re.compile(r"[\d⁰¹²³⁴-⁹]")


# Comparing


def find_difference(original: str, counterpart: str, words: FigureWords, own_words: FigureWords) -> str:
    """How the figures of two texts differ; an empty text where they do not.

    ``words`` are those of the original's language. A number in digits needs its like, where a small number
    may be in words; a sign needs the same sign or words for it. Units, comparators in words and numbers in
    words are held against each other where both texts say one. Where both have as many sentences, each
    sentence needs the figures of its like, and measured values the same order.
    """
    theirs, ours = Figures(original, words), Figures(counterpart, own_words)
    if not _DIGIT.search(original) and not _DIGIT.search(counterpart):
        return _differ_in_words(theirs, ours) or _differ_in_heads(theirs, ours)
    return next(filter(None, (compare(theirs, ours) for compare in _COMPARISONS)), "")


_Thing = TypeVar("_Thing", bound=Hashable)


def differences(theirs: Sequence[_Thing], ours: Sequence[_Thing]) -> tuple[list[_Thing], list[_Thing]]:
    """What stands there only, and what stands here only; the order makes no difference."""
    if theirs == ours:
        return [], []
    counted, ours_counted = Counter(theirs), Counter(ours)
    return list((counted - ours_counted).elements()), list((ours_counted - counted).elements())


def _differ_in_amounts(theirs: Figures, ours: Figures) -> str:
    missing, extra = differences(theirs.amounts, ours.amounts)
    missing = differences(missing, ours.perhaps_in_words)[0] if missing else missing
    extra = differences(extra, theirs.perhaps_in_words)[0] if extra else extra
    return _say(map(_amount_text, missing), map(_amount_text, extra))


def _differ_in_comparators(theirs: Figures, ours: Figures) -> str:
    compared, ours_compared = ([each for each in side.all if each.comparator] for side in (theirs, ours))
    if not compared and not ours_compared:
        return ""
    missing, extra = _lacking(compared, ours_compared), _lacking(ours_compared, compared)
    if not missing and not extra:
        missing, extra = _opposite(compared, ours_compared), _opposite(ours_compared, compared)
    return _say(map(_comparison_text, missing), map(_comparison_text, extra))


def _lacking(compared: Iterable[Figure], others: Iterable[Figure]) -> list[Figure]:
    """Those with a sign for which no other has the same sign, or words for it."""
    left = Counter((each.comparator, each.amount) for each in others)
    lacking = []
    for each in compared:
        left[each.comparator, each.amount] -= 1
        if left[each.comparator, each.amount] < 0 and not each.is_in_words:
            lacking.append(each)
    return lacking


def _opposite(compared: Iterable[Figure], others: Sequence[Figure]) -> list[Figure]:
    """Those that are less where all others of the amount are more, or the other way round."""
    found = []
    for each in compared:
        signs = {other.comparator for other in others if other.amount == each.amount} & _DIRECTIONS.keys()
        direction = _DIRECTIONS.get(each.comparator)
        if direction and signs and all(_DIRECTIONS[sign] != direction for sign in signs):
            found.append(each)
    return found


_DIRECTIONS = {"<": "less", "≤": "less", ">": "more", "≥": "more"}


def _differ_in_units(theirs: Figures, ours: Figures) -> str:
    missing, extra = _foreign_units(theirs, ours), _foreign_units(ours, theirs)
    return _say(map(_measure_text, missing), map(_measure_text, extra))


def _foreign_units(some: Figures, others: Figures) -> list[Figure]:
    """Those whose unit the other text does not have, or not with their number, where it has a unit."""
    known: dict[Amount, set[str]] = {}
    for other in others.all:
        if other.unit:
            known.setdefault(other.amount, set()).add(other.unit)
    return [
        each
        for each in some.all
        if each.unit
        and (
            each.unit not in known[each.amount] if each.amount in known else not others.names_unit(each.unit)
        )
    ]


def _differ_in_words(theirs: Figures, ours: Figures) -> str:
    """Numbers in words that are unlike; where only one text has one, the other may say it otherwise."""
    if not theirs.in_words or not ours.in_words:
        return ""
    missing, extra = _unsaid(theirs.in_words, ours), _unsaid(ours.in_words, theirs)
    if not missing or not extra:
        return ""
    return _say((f"{_amount_text(each)} in words" for each in missing), map(_amount_text, extra))


def _differ_in_heads(theirs: Figures, ours: Figures) -> str:
    """Units in brackets; where only one text has one, the other may say it otherwise."""
    if not theirs.units_in_brackets or not ours.units_in_brackets:
        return ""
    return _say(*differences(theirs.units_in_brackets, ours.units_in_brackets))


def _differ_in_signed_names(theirs: Figures, ours: Figures) -> str:
    names = dict(theirs.signed_names - ours.signed_names)
    turned = [name for name, _ in ours.signed_names - theirs.signed_names if name in names]
    return f"stands {turned[0]}{names[turned[0]]}, here with the other sign" if turned else ""


def _unsaid(amounts: Iterable[Amount], figures: Figures) -> list[Amount]:
    said = {*figures.amounts, *figures.perhaps_in_words}
    return [amount for amount in amounts if amount not in said]


def _differ_in_order(theirs: Figures, ours: Figures) -> str:
    if [each.amount for each in theirs.all] == [each.amount for each in ours.all]:
        return ""
    turned = [pair for pair in theirs.joined - ours.joined if pair[::-1] in ours.joined - theirs.joined]
    if turned:
        first, second = turned[0]
        return f"stand {first} and {second} joined in this order, here the other way round"
    if len(theirs.sentences) == len(ours.sentences):
        pairs = enumerate(zip(theirs.sentences, ours.sentences, strict=True), start=1)
        said = ((number, _differ_in_amounts(there, here)) for number, (there, here) in pairs)
        moved = next((f"in sentence {number} {difference}" for number, difference in said if difference), "")
        if moved:
            return moved
    return _differ_in_order_of_measured(theirs, ours)


def _differ_in_order_of_measured(theirs: Figures, ours: Figures) -> str:
    ours_measured = _measured(ours)
    for kind, amounts in _measured(theirs).items():
        if amounts != ours_measured.get(kind) and Counter(amounts) == Counter(ours_measured.get(kind)):
            return f"stand {', '.join(map(_amount_text, amounts))} in this order, here in another"
    return ""


def _measured(figures: Figures) -> Mapping[str, list[Amount]]:
    """Percentages, decimals and numbers with a unit, by kind; counts may stand in any order."""
    measured: dict[str, list[Amount]] = {}
    for each in figures.all:
        is_whole = each.amount.value == each.amount.value.to_integral_value()
        kind = "%" if each.amount.is_percent else each.unit or ("" if is_whole else "decimal")
        if kind:
            measured.setdefault(kind, []).append(each.amount)
    return measured


_COMPARISONS: tuple[Callable[[Figures, Figures], str], ...] = (
    _differ_in_amounts,
    _differ_in_comparators,
    _differ_in_units,
    _differ_in_words,
    _differ_in_heads,
    _differ_in_signed_names,
    _differ_in_order,
)


# What is said


def _amount_text(amount: Amount) -> str:
    value = f"{amount.value:f}".replace("-", "−")
    return value + "%" * amount.is_percent


def _comparison_text(figure: Figure) -> str:
    return figure.comparator + _amount_text(figure.amount)


def _measure_text(figure: Figure) -> str:
    return f"{_amount_text(figure.amount)} {figure.unit}"


def _say(missing: Iterable[str], extra: Iterable[str]) -> str:
    there, here = ", ".join(missing), ", ".join(extra)
    said = [f"stands {there}, which is missing here"] if there else []
    said += [f"does not stand {here}, which stands here"] if here else []
    return "; ".join(said)
