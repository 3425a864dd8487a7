"""The source of a figure: its records in order, and its words in all languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from macros.figures.model import FigureSpec
from macros.locales import Labels, LocalizedText
from macros.records import MISSING_CODES, Collection, Record, Value, Vocabulary, find_entries, is_number
from macros.summary_tables import filter_records
from macros.values import format_missing, format_value, order_key, sort_key


@dataclass(frozen=True, slots=True)
class Source:
    """What a kind may ask for."""

    collection: Collection
    spec: FigureSpec
    labels: Labels
    locales: Sequence[str]

    def records(self) -> list[Record]:
        """Those that the figure shows, in its order; missing values come last."""
        ordered = filter_records(self.collection, self.spec.filter)
        for path in reversed(self.spec.order):
            ordered.sort(key=lambda record: order_key(next(iter(self.find(record, path)), None)))
        return ordered

    def setting(self, key: str) -> Any:
        """What the author wrote under a key; None if nothing."""
        return self.spec.settings.get(key)

    def find(self, record: Record, path: str) -> list[Value]:
        """The values of a record's field."""
        return self.collection.find(record, path)

    def parts(self, record: Record, each: str) -> list[Value]:
        """The parts of a record at a field, without a missing code in their stead."""
        return [part for part in self.find(record, each) if not part.missing]

    def inner(self, part: Value, path: str) -> Value | None:
        """The value of a field that lies in a part; None if the part does not hold it."""
        above = f"{part.field.path}." if part.field else ""
        found = find_entries(self.collection.fields, part, path.removeprefix(above))
        return found[0] if found else None

    def codes(self, record: Record, path: str) -> list[str]:
        """The codes that a record states for a field, or the missing code."""
        found = [code for value in self.find(record, path) for code in codes_of(value)]
        return list(dict.fromkeys(found)) or [MISSING_CODES[0]]

    def vocabulary(self, path: str) -> Vocabulary | None:
        """The codes that a field may hold."""
        return self.collection.fields[path].vocabulary

    def code_words(self, path: str, code: str) -> LocalizedText:
        """A code of a field, or a missing code, in words."""
        if code in MISSING_CODES:
            return {locale: format_missing(code, locale, self.labels) for locale in self.locales}
        known = self.vocabulary(path)
        term = known.terms.get(code) if known else None
        if term is None and code in ("yes", "no"):
            return self.label(f"value.{code}")
        return term.label if term else self.same(code)

    def words(self, value: Value | None, before: str = "") -> LocalizedText:
        """A value in words, behind others if there are any."""
        shown = value or Value(path=(), field=None, raw=MISSING_CODES[0])
        return {locale: format_value(shown, locale, self.labels, before=before) for locale in self.locales}

    def field_words(self, record: Record, path: str) -> LocalizedText:
        """All that a record says for a field."""
        return self.joined([self.words(value) for value in self.find(record, path)] or [self.words(None)])

    def title(self, path: str) -> LocalizedText:
        """What a field is called."""
        return self.collection.fields[path].title

    def same(self, text: object) -> LocalizedText:
        """A text that all languages share: a number, a sign."""
        return dict.fromkeys(self.locales, str(text))

    def label(self, key: str, **values: LocalizedText) -> LocalizedText:
        """Words of the engine with others filled in."""
        return {
            locale: self.labels.text(key, locale).format(
                **{name: words[locale] for name, words in values.items()}
            )
            for locale in self.locales
        }

    def joined(self, many: Iterable[LocalizedText], mark: str = "list.comma") -> LocalizedText:
        """Several texts as one, with a mark of the language between."""
        listed = list(many)
        return {
            locale: self.labels.text(mark, locale).join(words[locale] for words in listed if words[locale])
            for locale in self.locales
        }

    def reported(self, title: LocalizedText, n: int, out_of: int) -> LocalizedText:
        """How many report what is drawn."""
        return self.label("figure.reported", field=title, n=self.same(n), all=self.same(out_of))

    def value_of_tick(self, path: str, written: Mapping[str, Any]) -> Value:
        """A number with a unit that the author put on an axis, as if it were a value of a field."""
        return Value(path=(), field=self.collection.fields[path], raw=written)


def codes_of(value: Value) -> list[str]:
    """The codes of a value, or its missing code."""
    content = value.content if isinstance(value.content, list) else [value.content]
    return [("yes" if code else "no") if isinstance(code, bool) else str(code) for code in content]


def end_of(value: Value, end: str) -> Value:
    """One end of a range as a value of its own; the value itself if it is no range."""
    content = value.content
    if isinstance(content, Mapping) and isinstance(value.raw, Mapping):
        return replace(value, raw={**value.raw, "value": content[end]})
    return value


def is_stated(raw: Any) -> bool:
    """Whether something written states anything: a fact, or at least one part of a mapping or list."""
    if isinstance(raw, Mapping):
        if "value" in raw:
            return is_stated(raw["value"])
        return any(is_stated(inner) for key, inner in raw.items() if key not in ("src", "basis"))
    if isinstance(raw, list):
        return any(is_stated(inner) for inner in raw)
    return raw is not None and raw not in MISSING_CODES


def amount_of(value: Value | None) -> float | None:
    """A single number in its base unit; None for a missing value, a range or anything else."""
    return float(sort_key(value)) if value is not None and is_number(value.content) else None
