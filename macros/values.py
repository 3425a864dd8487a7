"""Values: how one value of a record reads in a language.

Numbers keep their digits in every language; words, marks and units come from the schema and from
``labels.yml``. Which values stand in which table is decided in ``macros.summary_tables``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

from macros.bibliography.model import contains_han
from macros.locales import Labels
from macros.records import Term, Value, Vocabulary, is_number, text_in

_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")

_FIRST_POWER = 5
"""From 10⁵ on (and below 10⁻³) round numbers are written as powers of ten."""

_MOST_DIGITS = 3
"""With more digits than these a number is not round, and is written out."""

_SIGNS = "=<>≤≥"
_BOUND = re.compile(rf"([{_SIGNS}])\s*(-?\d*\.?\d+)", re.ASCII)
"""A number with a sign of comparison, as ``<0.001``: it stands at its number."""

_WRITING = ("%", "⁺", "⁻")
"""Signs that words and numbers end with, beside letters and digits."""

NO_BREAK_SPACE = "\u00a0"


def format_number(number: int | float, exponent: int | None = None) -> str:
    """A number with the same digits in every language; with an exponent, in that power of ten.

    >>> format_number(73.2), format_number(100000), format_number(123456), format_number(-0.5)
    ('73.2', '1×10⁵', '123456', '−0.5')
    >>> format_number(1000000, exponent=5)
    '10×10⁵'
    """
    exact = Decimal(repr(number)) if isinstance(number, float) else Decimal(number)
    power = _natural_exponent(exact) if exponent is None else exponent
    digits = _plain(exact.scaleb(-power)) if power else _written(number)
    times = f"×10{str(power).translate(_SUPERSCRIPTS)}" if power else ""
    return (digits + times).replace("-", "−")


def _written(number: int | float) -> str:
    """All digits as the author gave them, 73.0 too; only forms such as 2e+16 are written out."""
    text = repr(number)
    return _plain(Decimal(text)) if "e" in text else text


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _natural_exponent(number: Decimal) -> int:
    """The power of ten in which a number is written: 0 for ordinary numbers."""
    magnitude = number.adjusted() if number else 0
    is_round = len(number.normalize().as_tuple().digits) <= _MOST_DIGITS
    return magnitude if is_round and (magnitude >= _FIRST_POWER or magnitude < -3) else 0


def format_range(least: int | float, most: int | float, locale: str, labels: Labels) -> str:
    """A range; both ends in the power of ten of the lower, so that none is left to be guessed.

    A range mark would be read as a minus before a negative number, which therefore gets a word.
    """
    exponent = _natural_exponent(Decimal(repr(least)))
    if exponent == 0 and _natural_exponent(Decimal(repr(most))):
        ends = (format_number(least), format_number(most))
    else:
        ends = (format_number(least, exponent), format_number(most, exponent))
    mark = "value.negative_range" if least < 0 else "value.range"
    return labels.text(mark, locale).format(least=ends[0], most=ends[1])


def format_value(value: Value, locale: str, labels: Labels, *, before: str = "") -> str:
    """A value as readers see it, with its unit; a missing code with what it means.

    ``before``: words that it stands behind. A sign of comparison is set off from them as it is from its
    number: ``P = 0.04``.
    """
    if value.missing:
        return before + format_missing(value.missing, locale, labels)
    text = _format_content(value.content, value, locale, labels)
    if before and not before[-1].isspace() and text.startswith(tuple(_SIGNS)):
        before += labels.text("value.sign_space", locale)
    text, unit = before + text, _unit(value)
    if unit is None:
        return text
    is_one = value.content == 1
    name = text_in(unit.singular if is_one and unit.singular else unit.label, locale)
    return f"{text}{'' if unit.is_closed else NO_BREAK_SPACE}{name}"


def format_missing(code: str, locale: str, labels: Labels) -> str:
    """A missing code with its short meaning: ``NR not reported``."""
    return f"{code} {labels.text(f'missing.{code}', locale)}"


def _format_content(content: Any, value: Value, locale: str, labels: Labels) -> str:
    if isinstance(content, bool):
        return labels.text("value.yes" if content else "value.no", locale)
    if is_number(content):
        return format_number(content)
    if isinstance(content, list):
        items = [_format_content(item, value, locale, labels) for item in content]
        return join_items(items, _list_mark(value, locale, labels))
    if isinstance(content, Mapping):
        least, most = content.get("min"), content.get("max")
        if is_number(least) and is_number(most):
            return format_range(least, most, locale, labels)
        return text_in(content, locale)
    bound = _find_bound(content)
    if bound:
        return f"{bound[1]}{labels.text('value.sign_space', locale)}{bound[2].replace('-', '−')}"
    return _label(value.field.vocabulary if value.field else None, str(content), locale)


def _find_bound(content: Any) -> re.Match[str] | None:
    return _BOUND.fullmatch(content) if isinstance(content, str) else None


def is_bound(value: Value | None) -> bool:
    """Whether a value is a number with a sign of comparison."""
    return value is not None and _find_bound(value.content) is not None


def _list_mark(value: Value, locale: str, labels: Labels) -> str:
    """Between the items of a list: the list mark of the language, or the relation that is stated."""
    relation = value.detail("relation")
    known = value.field.details.get("relation") if value.field else None
    if relation is None or known is None:
        return labels.text("list.comma", locale)
    return labels.text("value.relation", locale).format(word=_label(known, str(relation), locale))


def join_items(items: Sequence[str], mark: str) -> str:
    """Items with a mark between; where Han meets Latin writing, with the space between the two.

    >>> join_items(["铁观音", "Sencha"], "或"), join_items(["铁观音", "龙井"], "或")
    ('铁观音或 Sencha', '铁观音或龙井')
    """
    pieces = [piece for item in items for piece in (mark, item) if piece][bool(mark) :]
    return "".join(space_between(left, right) + right for left, right in pairwise(("", *pieces)))


def space_between(left: str, right: str) -> str:
    """The space that stands between two texts if one ends in Han and the other begins in Latin writing."""
    meeting = (left[-1:], right[:1])
    is_writing = all(char.isalnum() or char in _WRITING for char in meeting) and all(meeting)
    return " " if is_writing and contains_han(meeting[0]) != contains_han(meeting[1]) else ""


def _label(vocabulary: Vocabulary | None, code: str, locale: str) -> str:
    term = vocabulary.terms.get(code) if vocabulary else None
    return text_in(term.label, locale) if term else code


def _unit(value: Value) -> Term | None:
    known = value.field.details.get("unit") if value.field else None
    return known.terms.get(str(value.detail("unit"))) if known else None


def format_codes(value: Value, locale: str, labels: Labels) -> dict[str, str]:
    """Each code that a value holds, a missing code too, with its words: what readers filter by."""
    if value.missing:
        return {value.missing: format_missing(value.missing, locale, labels)}
    items = value.content if isinstance(value.content, list) else [value.content]
    return {_code(item): _format_content(item, value, locale, labels) for item in items}


def _code(item: Any) -> str:
    return ("yes" if item else "no") if isinstance(item, bool) else str(item)


def sort_number(value: Value) -> str:
    """What a cell is sorted by, the same in every language, on a scale of its own for each ``sort_group``.

    Numbers are in the base unit, ranges by their lower end, codes by their position in the vocabulary.
    Empty for missing values, and for texts, which every language sorts by what it shows.
    """
    position = _position(value)
    return "" if position is None else _plain(position)


def sort_key(value: Value) -> str:
    """A value for machines, the same in every language.

    Numbers are in the base unit (see ``sort_group``), ranges by their lower end; codes stay codes.
    Empty for missing values and for texts in several languages.
    """
    amount = _amount(value)
    if amount is not None:
        return _plain(amount)
    if value.missing or isinstance(value.content, Mapping):
        return ""
    items = value.content if isinstance(value.content, list) else [value.content]
    return " ".join(str(item) for item in items)


def sort_group(value: Value) -> str:
    """The base unit of a number: numbers of different groups are never put on one scale."""
    unit = _unit(value)
    return unit.base if unit else ""


def order_key(value: Value | None) -> tuple[int, str, Decimal, str]:
    """For ordering rows: vocabularies in the order of the schema, numbers by size, missing values last."""
    if value is None or value.missing:
        return (1, "", Decimal(0), "")
    position = _position(value)
    return (0, sort_group(value), position or Decimal(0), "" if position is not None else sort_key(value))


def _position(value: Value) -> Decimal | None:
    """Where a value stands on the scale of its field; None for what has no scale."""
    if value.missing:
        return None
    first = value.content[0] if isinstance(value.content, list) and value.content else value.content
    if isinstance(first, bool):
        return Decimal(first) - 2  # before the codes of a field that holds both
    if value.field and value.field.vocabulary:
        return Decimal(value.field.vocabulary.rank(first))
    bound = _find_bound(first)
    return Decimal(bound[2]) if bound else _amount(value)


def _amount(value: Value) -> Decimal | None:
    """A number, or the lower end of a range, in its base unit; None for anything else."""
    least = value.content.get("min") if isinstance(value.content, Mapping) else value.content
    if not is_number(least):
        return None
    unit = _unit(value)
    return Decimal(repr(least)) * Decimal(repr(unit.factor if unit else 1))
