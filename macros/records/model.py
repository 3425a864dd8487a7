"""What a collection of records is: the values that loading makes and that checks and tables use.

Nothing here reads a file or knows how a value looks. A field is called by its dotted path
(``harvest.weight``); a record's value by the path of keys and list positions in its file.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeGuard

from macros.locales import LocalizedText
from macros.source_text import YamlDocument

MISSING_CODES = ("NR", "NA", "UC", "NX")
"""Not reported, not applicable, unclear in the source, not yet extracted: values, never blanks."""

NOT_EXTRACTED = "NX"

TITLE_PLACE = "title"
"""The place of a work's own title, as ``citekey/title``: what the title says, not what the text says."""

PLACE_KEYS = ("src", "basis")
"""Keys that any mapping may have: the place of what it says, and what kind of place that is."""

SOURCE_MAP = "source-map"
"""The role of a collection whose records say what stands where in a source (``macros.source_maps``)."""

GLOSSARY = "glossary"
"""The role of a collection whose records are the terms of the subject (``macros.glossary``)."""

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One value of a vocabulary, or one unit."""

    code: str
    label: LocalizedText
    singular: LocalizedText = dataclasses.field(default_factory=dict)
    """The label beside the number 1, where it differs: ``week``."""
    base: str = ""
    """Of a unit: the unit in which values are compared; its own code if nothing else is said."""
    factor: float = 1.0
    """Of a unit: how many of the base unit it is."""
    is_closed: bool = False
    """Of a unit: written without a space after the number, as % is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The codes that a field may hold, in the order of the schema."""

    name: str
    terms: Mapping[str, Term]

    def rank(self, code: object) -> int:
        """The position of a code; behind all others if it is none of them."""
        return next((rank for rank, known in enumerate(self.terms) if known == code), len(self.terms))


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a schema."""

    path: str
    """Dotted, without list positions and names of entries: ``harvests.weight``."""
    title: LocalizedText
    vocabulary: Vocabulary | None = None
    details: Mapping[str, Vocabulary] = dataclasses.field(default_factory=dict)
    """Of a fact: the codes of its ``unit``, ``basis`` and ``relation``."""
    is_fact: bool = False
    """Its value stands as ``{value: …, src: …}``."""
    is_many: bool = False
    """A list of parts, or a mapping of named parts, which its path passes over."""
    has_fields: bool = False
    """A mapping of further fields."""
    is_layer: bool = False
    """Says the same fields as the mapping around it, from another witness."""
    refers_to: str = ""
    """``references``, ``fields`` or the name of a collection: what its text must name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One value of a record, or a part of it with values of its own."""

    path: Path
    """Where it stands in the record's file."""
    field: Field | None
    """None for the record as a whole."""
    raw: Any
    """As written: a fact, a missing code, plain text or number, or a mapping of further values."""
    place: str = ""
    """The place in a source: its own ``src`` or that of the nearest mapping around it."""
    basis: str = "text"
    """What kind of place that is; its own ``basis`` or that of the nearest mapping around it."""

    @property
    def missing(self) -> str:
        """The missing code, or an empty text."""
        return self.content if isinstance(self.content, str) and self.content in MISSING_CODES else ""

    @property
    def content(self) -> Any:
        """The value itself, without its unit and its place."""
        return self.raw["value"] if is_fact(self.raw) else self.raw

    def detail(self, key: str) -> Any:
        """What is said beside the value: ``unit``, ``note``, ``relation``, ``formula``; else None."""
        return self.raw.get(key) if isinstance(self.raw, Mapping) else None


def text_in(text: LocalizedText, locale: str) -> str:
    """A text in a language, or in the nearest one that it has: a mistake elsewhere still previews."""
    return str(text.get(locale) or next(iter(text.values()), "")) if isinstance(text, Mapping) else str(text)


def is_number(value: object) -> TypeGuard[int | float]:
    """Whether a value is a number; true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_fact(raw: object) -> bool:
    """Whether a part of a record is a value with its unit and place."""
    return isinstance(raw, Mapping) and "value" in raw


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One file of a collection."""

    collection: str
    id: str
    """The name of its file without ``.yml``."""
    values: Mapping[str, Any]
    file: str
    """Path relative to the site's folder."""
    document: YamlDocument = dataclasses.field(repr=False, compare=False)

    def line_of(self, path: Sequence[str | int]) -> int:
        """The line on which a value stands."""
        return self.document.line_of(path)

    @property
    def root(self) -> Value:
        """The record as a whole, from which ``find_entries`` starts."""
        return Value(path=(), field=None, raw=self.values, place=_text(self.values.get("src"), ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One piece of a compound cell, printed only where the record states it."""

    field: str
    between: LocalizedText = dataclasses.field(default_factory=dict)
    """Between this piece and the one before it, if one was printed."""
    before: LocalizedText = dataclasses.field(default_factory=dict)
    after: LocalizedText = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a view."""

    field: str
    header: LocalizedText
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """A field by whose codes readers may narrow a table."""

    field: str
    label: LocalizedText


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A named table of a collection."""

    name: str
    caption: LocalizedText
    columns: tuple[Column, ...]
    filter: str = ""
    """An expression that is true for the records shown; all if empty."""
    each: str = ""
    """A field with many parts: then every part is a row, not every record."""
    group_by: str = ""
    filters: tuple[Filter, ...] = ()
    """What readers may narrow the table by; ``filter`` has chosen its rows before."""
    order: tuple[str, ...] = ()
    """Fields; a ``-`` before one turns its order round. Records come by id where nothing else is said."""
    note: LocalizedText = dataclasses.field(default_factory=dict)
    """Printed beneath the table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invariant:
    """What must be true of a record, or of each part of it at a path."""

    scope: str
    """Dotted path of the mapping that the expression speaks about; empty for the record."""
    expression: str
    message: LocalizedText


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPage:
    """What the page of a record shows."""

    title: str = ""
    """The field that names the record; its id if there is none."""
    sentence: LocalizedText = dataclasses.field(default_factory=dict)
    """A template that makes one plain sentence from the fields."""
    characteristics: str = ""
    """The view whose columns are shown as a list of fields and values."""
    tables: tuple[str, ...] = ()
    """Views shown as tables, with the rows of the record."""
    note: LocalizedText = dataclasses.field(default_factory=dict)
    listed_on: str = ""
    """The id of the page whose tables hold the records, where they have no pages of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """A folder of records with one schema. Records are in the order of their ids."""

    name: str
    title: LocalizedText
    fields: Mapping[str, Field]
    """By dotted path, in the order of the schema."""
    vocabularies: Mapping[str, Vocabulary]
    """By name: that of its definition, or the path of the only field that has it."""
    records: Mapping[str, Record]
    views: Mapping[str, View]
    role: str = ""
    """What the engine uses the records for beside tables: ``SOURCE_MAP``, ``GLOSSARY``, or nothing."""
    page: RecordPage | None = None

    def value_at(self, record: Record, path: str) -> Value | None:
        """The value at a path with the names of its parts: ``steeps.second.time``."""
        wanted = tuple(path.split("."))
        fields = (known for known in self.fields if known.rpartition(".")[2] == wanted[-1])
        values = (value for known in fields for value in self.find(record, known))
        return next((value for value in values if value.path == wanted), None)

    def find(self, record: Record, path: str) -> list[Value]:
        """The values of a record at a field's dotted path; several where a part of the path is many."""
        return find_entries(self.fields, record.root, path)

    def without_layer(self, path: str) -> str:
        """The field of the record itself that a layer's field speaks about."""
        for known in self.fields.values():
            if known.is_layer and path.startswith(f"{known.path}."):
                return path.removeprefix(f"{known.path}.")
        return path

    def reference_of(self, record: Record) -> str:
        """The citekey of the reference that a record is about; empty if its schema has no such field."""
        for path, known in self.fields.items():
            if known.refers_to == "references" and isinstance(record.values.get(path), str):
                return str(record.values[path])
        return ""


def find_entries(fields: Mapping[str, Field], start: Value, path: str) -> list[Value]:
    """The values at a dotted path below a value.

    A field with many parts gives each of them. A missing code on the way stands for everything
    below it. What an optional field does not hold is not among them.
    """
    found = [start]
    for name in path.split(".") if path else ():
        found = [value for parent in found for value in _step(fields, parent, name)]
    return found


def _step(fields: Mapping[str, Field], parent: Value, name: str) -> Iterator[Value]:
    above = f"{parent.field.path}." if parent.field else ""
    known = fields.get(above + name)
    if parent.missing:
        yield replace(parent, field=known)
    elif isinstance(parent.raw, Mapping) and name in parent.raw:
        inner = _child(parent, name, known)
        yield from _entries_of(inner) if known and known.is_many else (inner,)


def _entries_of(many: Value) -> Iterator[Value]:
    """The parts of a list or of a mapping of named parts; a missing code is its own only part."""
    if isinstance(many.raw, list):
        for index in range(len(many.raw)):
            yield _child(many, index, many.field)
    elif isinstance(many.raw, Mapping):
        for name in many.raw:
            yield _child(many, name, many.field)
    else:
        yield many


def _child(parent: Value, key: str | int, known: Field | None) -> Value:
    raw = parent.raw[key]
    own = raw if isinstance(raw, Mapping) else {}
    return Value(
        path=(*parent.path, key),
        field=known,
        raw=raw,
        place=_text(own.get("src"), parent.place),
        basis=_text(own.get("basis"), parent.basis),
    )


def find_facts(raw: Any, path: Path = (), place: str = "") -> Iterator[tuple[Path, Mapping[str, Any], str]]:
    """Every fact in a record, known to its schema or not: its path, itself, and its place."""
    if isinstance(raw, Mapping):
        place = _text(raw.get("src"), place)
        if is_fact(raw):
            yield path, raw, place
            return
        for key, inner in raw.items():
            yield from find_facts(inner, (*path, key), place)
    elif isinstance(raw, list):
        for index, inner in enumerate(raw):
            yield from find_facts(inner, (*path, index), place)


def _text(written: Any, otherwise: str) -> str:
    return written if isinstance(written, str) else otherwise
