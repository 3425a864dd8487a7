"""Checks of records: what a schema cannot say.

Facts have a source and a unit, invariants and formulas hold, layers that disagree say so, and what
a record refers to exists. Whether a record has the right fields is checked in ``schema``.
"""

from __future__ import annotations

from collections.abc import Collection as Names
from collections.abc import Iterator, Mapping
from typing import Any

from macros.problems import Problem, did_you_mean
from macros.records.expressions import Expression, find_unknown_names, parse_expression
from macros.records.model import (
    MISSING_CODES,
    SOURCE_MAP,
    Collection,
    Field,
    Invariant,
    Path,
    Record,
    Value,
    find_entries,
    find_facts,
    is_number,
)


def check_facts(record: Record) -> Iterator[Problem]:
    """A value has a place in a source, and a number has a unit.

    Bad:  ``weight: {value: 40}``
    Good: ``weight: {value: 40, unit: kilogram, src: ito2019/2-p1}``
    """
    for path, fact, place in find_facts(record.values):
        if not place:
            message = f"{_name(path)}: the value has no place in a source"
            yield _problem(record, path, "value-has-source", message, "add src: reference/place")
        if _holds_number(fact["value"]) and "unit" not in fact:
            message = f"{_name(path)}: the number {_number_words(fact['value'])} has no unit"
            yield _problem(record, path, "value-has-unit", message, "add unit: …")
        if _runs_down(fact["value"]):
            message = f"{_name(path)}: the range runs down, from {_number_words(fact['value'])}"
            yield _problem(record, path, "record-invariant-holds", message, "min is the smaller number")


def check_invariants(
    record: Record, fields: Mapping[str, Field], invariants: tuple[Invariant, ...]
) -> Iterator[Problem]:
    """What must be true of a record with the right fields: formulas, invariants, open conflicts."""
    yield from _check_formulas(record, fields)
    yield from _check_stated_invariants(record, fields, invariants)
    yield from _check_layers(record, fields)


def _problem(record: Record, path: Path, rule: str, message: str, hint: str = "") -> Problem:
    line, column = record.document.place_of(path)
    return Problem(file=record.file, line=line, column=column, rule=rule, message=message, hint=hint)


def _name(path: Path) -> str:
    return ".".join(str(key) for key in path)


def _holds_number(value: Any) -> bool:
    if isinstance(value, Mapping | list):
        parts = value.values() if isinstance(value, Mapping) else value
        return any(_holds_number(part) for part in parts)
    return is_number(value)


def _runs_down(value: Any) -> bool:
    least, most = (value.get("min"), value.get("max")) if isinstance(value, Mapping) else (None, None)
    return is_number(least) and is_number(most) and least > most


def _number_words(value: Any) -> str:
    return " to ".join(map(str, value.values())) if isinstance(value, Mapping) else str(value)


def _check_formulas(record: Record, fields: Mapping[str, Field]) -> Iterator[Problem]:
    """A derived value says how it was derived, and comes out the same when worked out again."""
    for path, fact, _ in find_facts(record.values):
        if "formula" not in fact:
            if fact.get("basis") == "derived":
                message = f"{_name(path)}: a derived value needs its formula"
                yield _problem(record, path, "record-invariant-holds", message, "add formula: …")
            continue
        message, hint = _recompute(str(fact["formula"]), fact["value"], record, fields)
        if message:
            message = f"{_name(path)}: the formula {message}"
            yield _problem(record, (*path, "formula"), "record-invariant-holds", message, hint)


def _recompute(formula: str, value: Any, record: Record, fields: Mapping[str, Field]) -> tuple[str, str]:
    """Why a formula does not give a value, with a hint; empty texts if it does."""
    expression, mistake = parse_expression(formula)
    if expression is None:
        return f"cannot be read: {mistake}", ""
    for name, hint in find_unknown_names(expression, fields, ""):
        return f"names “{name}”, which is not a field", hint
    result = expression.evaluate(record.values)
    if not result.is_known:
        return f"cannot be worked out: {result.mistake or 'a value in it is missing'}", ""
    return ("", "") if result.value == value else (f"gives {result.value}, the record says {value}", "")


def _check_stated_invariants(
    record: Record, fields: Mapping[str, Field], invariants: tuple[Invariant, ...]
) -> Iterator[Problem]:
    """What the schema says must be true. An invariant about a value that is missing says nothing."""
    for invariant in invariants:
        expression, _ = parse_expression(invariant.expression)
        if expression is None:
            continue  # said at the schema
        for part in find_entries(fields, record.root, invariant.scope):
            if isinstance(part.raw, Mapping):
                yield from _check_invariant(record, part, invariant, expression)


def _check_invariant(
    record: Record, part: Value, invariant: Invariant, expression: Expression
) -> Iterator[Problem]:
    result = expression.evaluate({"id": record.id, **part.raw})
    holds = bool(result.value) if result.is_known else not result.mistake
    if not holds:
        name = f"{_name(part.path)}: " if part.path else ""
        why = f" ({result.mistake})" if result.mistake else ""
        message = f"{name}{' / '.join(invariant.message.values())}{why}"
        hint = f"must be true: {invariant.expression}"
        yield _problem(record, part.path, "record-invariant-holds", message, hint)


def _check_layers(record: Record, fields: Mapping[str, Field]) -> Iterator[Problem]:
    """Where a layer states another value than the record itself, ``conflicts`` names the field.

    Nothing is repaired or preferred silently: readers see both values and the conflict.
    """
    conflicts = record.values.get("conflicts")
    listed = conflicts if isinstance(conflicts, list) else []
    named = {item.get("field") for item in listed if isinstance(item, Mapping)}
    for layer in (field.path for field in fields.values() if field.is_layer):
        if record.values.get(layer) in (None, *MISSING_CODES):
            continue
        for name in [name for name in _single_fields(fields, layer) if name not in named]:
            ours, theirs = (find_entries(fields, record.root, path) for path in (name, f"{layer}.{name}"))
            if _disagree(ours, theirs):
                message = f"{name}: {layer} states another value, and conflicts does not name the field"
                hint = f"add {{field: {name}, …}} to conflicts"
                yield _problem(record, theirs[0].path, "conflict-is-listed", message, hint)


def _single_fields(fields: Mapping[str, Field], layer: str) -> Iterator[str]:
    """The fields of a layer that hold one value: parts of lists have no counterpart in another layer."""
    many = tuple(f"{known.path}." for known in fields.values() if known.is_many)
    for path, known in fields.items():
        if path.startswith(f"{layer}.") and not (known.has_fields or known.is_many or path.startswith(many)):
            yield path.removeprefix(f"{layer}.")


def _disagree(ours: list[Value], theirs: list[Value]) -> bool:
    """Whether both state one value and it is not the same. Lists are compared as sets."""
    if len(ours) != 1 or len(theirs) != 1 or any(value.missing for value in (*ours, *theirs)):
        return False
    return _comparable(ours[0]) != _comparable(theirs[0])


def _comparable(value: Value) -> object:
    content = value.content
    unordered = frozenset(map(str, content)) if isinstance(content, list) else content
    return unordered, value.detail("unit")


def check_record_references(collections: Mapping[str, Collection], citekeys: Names[str]) -> Iterator[Problem]:
    """Every reference, source, field and record that a record names exists.

    A collection that the site does not have is not looked into. A place lies in a reference or in a
    source that has a map: a source need not be a reference.

    Bad:  ``reference: ito2091``
    Good: ``reference: ito2019``
    """
    sources = {*citekeys, *_mapped_sources(collections)}
    for collection in collections.values():
        for record in collection.records.values():
            yield from _check_named(record, collection, collections, citekeys)
            yield from _check_sources(record, sources)


def _mapped_sources(collections: Mapping[str, Collection]) -> Iterator[str]:
    for collection in collections.values():
        if collection.role == SOURCE_MAP:
            yield from collection.records


def _check_named(
    record: Record, collection: Collection, collections: Mapping[str, Collection], citekeys: Names[str]
) -> Iterator[Problem]:
    known: dict[str, Names[str]] = {name: other.records for name, other in collections.items()}
    known |= {"references": citekeys, "fields": collection.fields}
    for field in collection.fields.values():
        if field.refers_to not in known:
            continue
        for value in collection.find(record, field.path):
            names = value.content if isinstance(value.content, list) else [value.content]
            for name in [name for name in names if isinstance(name, str) and not value.missing]:
                if name not in known[field.refers_to]:
                    message = f"{_name(value.path)}: “{name}” is not among the {field.refers_to}"
                    hint = did_you_mean(name, known[field.refers_to])
                    yield _problem(record, value.path, "record-reference-resolves", message, hint)


def _check_sources(record: Record, sources: Names[str]) -> Iterator[Problem]:
    for path, place in _find_sources(record.values, ()):
        key = place.partition("/")[0]
        if key not in sources:
            message = f"{_name(path)}: there is no reference or source “{key}”"
            yield _problem(record, path, "record-reference-resolves", message, did_you_mean(key, sources))


def _find_sources(raw: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(raw, Mapping):
        if isinstance(raw.get("src"), str):
            yield (*path, "src"), raw["src"]
        for key, inner in raw.items():
            yield from _find_sources(inner, (*path, key))
    elif isinstance(raw, list):
        for index, inner in enumerate(raw):
            yield from _find_sources(inner, (*path, index))
