"""Reading ``figures.yml``: which figures a collection has.

Each entry says its kind, its caption and note in every language, and what its kind asks for. What is
wrong is said as ``figure-is-valid`` with its line, and only figures without mistakes are kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from macros.figures.canvas import ARROWS, FILLS
from macros.figures.model import FigureSpec
from macros.problems import Problem, did_you_mean
from macros.records import Collection, parse_expression
from macros.records.expressions import find_unknown_names
from macros.records.mistakes import find_mistakes
from macros.source_text import YamlDocument, parse_yaml, read_source, relative_name

_RULE = "figure-is-valid"

_TEXT: Mapping[str, Any] = {"x-localized": True}
_FIELD: Mapping[str, Any] = {"type": "string", "minLength": 1}
_FIELDS: Mapping[str, Any] = {"type": "array", "items": _FIELD, "minItems": 1}
_TICK: Mapping[str, Any] = {
    "type": "object",
    "properties": {"value": {"type": "number", "exclusiveMinimum": 0}, "unit": {"type": "string"}},
    "required": ["value"],
    "additionalProperties": False,
}
_ASKED: Mapping[str, Any] = {
    "if": {"type": "string"},
    "else": {
        "type": "object",
        "properties": {
            "field": {"if": {"type": "array"}, "then": _FIELDS, "else": _FIELD},
            "header": _TEXT,
        },
        "required": ["field"],
        "additionalProperties": False,
    },
}

_COMMON: Mapping[str, Any] = {
    "kind": {"type": "string"},
    "caption": _TEXT,
    "note": _TEXT,
    "filter": _FIELD,
    "order": _FIELDS,
}

_KINDS: Mapping[str, tuple[Mapping[str, Any], Sequence[str]]] = {
    "matrix": (
        {
            "rows": _FIELD,
            "columns": _FIELD,
            "also": {"type": "object", "additionalProperties": _FIELDS},
            "disputed": {"type": "boolean"},
        },
        ("rows", "columns"),
    ),
    "completeness": (
        {"label": _FIELD, "layer": _FIELD, "fields": {"type": "array", "items": _ASKED, "minItems": 1}},
        ("label", "fields"),
    ),
    "timeline": (
        {
            **dict.fromkeys(("label", "each", "time", "mark"), _FIELD),
            "ticks": {"type": "array", "items": _TICK, "minItems": 2},
        },
        ("label", "each", "time", "mark", "ticks"),
    ),
    "pairs": (
        {
            **dict.fromkeys(("label", "left", "right"), _FIELD),
            "left_header": _TEXT,
            "right_header": _TEXT,
        },
        ("label", "left", "right"),
    ),
    "dumbbell": (
        dict.fromkeys(("record", "each", "name", "first", "second", "p", "time"), _FIELD),
        ("record", "each", "name", "first", "second", "p"),
    ),
    "directions": (
        {
            **dict.fromkeys(("label", "each", "measure", "direction", "effect", "comparison"), _FIELD),
            "groups": _FIELDS,
            "arrows": {"type": "object", "additionalProperties": {"enum": list(ARROWS)}},
            "fills": {"type": "object", "additionalProperties": {"enum": list(FILLS)}},
        },
        ("label", "each", "measure", "direction", "effect", "comparison", "groups", "arrows", "fills"),
    ),
}
"""What a kind may say beside the common keys, and what it must."""

_FIELD_KEYS = (
    *("label", "layer", "rows", "columns", "each", "time", "mark", "left", "right"),
    *("name", "first", "second", "p", "measure", "direction", "effect", "comparison"),
)

_NAMED = {"type": "object", "propertyNames": {"pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}}

_WITH_VOCABULARY = ("rows", "columns", "mark", "left", "right", "direction", "effect", "comparison")


def load_figures(
    collections: Mapping[str, Collection], data_dir: Path, root: Path, locales: Sequence[str]
) -> tuple[Mapping[str, Mapping[str, FigureSpec]], list[Problem]]:
    """The figures of every collection by name, and everything that is wrong with them."""
    figures: dict[str, Mapping[str, FigureSpec]] = {}
    problems: list[Problem] = []
    for collection in collections.values():
        path = data_dir / collection.name / "figures.yml"
        if not path.exists():
            continue
        source, found = read_source(path, root)
        problems += found
        document, found = parse_yaml(source) if source else (None, [])
        problems += found
        if document is not None:
            figures[collection.name], found = _read(relative_name(path, root), document, collection, locales)
            problems += found
    return figures, problems


def _read(
    file: str, document: YamlDocument, collection: Collection, locales: Sequence[str]
) -> tuple[Mapping[str, FigureSpec], list[Problem]]:
    problems = find_mistakes(_NAMED, file, document, _RULE, locales)
    if problems:
        return {}, problems
    figures: dict[str, FigureSpec] = {}
    for name in document.value:
        found = _find_figure_mistakes(file, document, name, collection, locales)
        problems += found
        if not found:
            figures[name] = _build(name, document.value[name])
    return figures, problems


def _build(name: str, written: Mapping[str, Any]) -> FigureSpec:
    return FigureSpec(
        name=name,
        kind=written["kind"],
        caption=written["caption"],
        note=written["note"],
        filter=written.get("filter", ""),
        order=tuple(written.get("order", ())),
        settings={key: value for key, value in written.items() if key not in _COMMON},
    )


def _find_figure_mistakes(
    file: str, document: YamlDocument, name: str, collection: Collection, locales: Sequence[str]
) -> list[Problem]:
    written = document.value[name]
    kind = written.get("kind") if isinstance(written, Mapping) else None
    known = _KINDS.get(kind) if isinstance(kind, str) else None
    of_kind, required = known or ({}, ())
    schema = {
        "type": "object",
        "properties": {**_COMMON, **of_kind, "kind": {"enum": list(_KINDS)}},
        "required": ["kind", "caption", "note", *required],
        **({"additionalProperties": False} if known else {}),
    }
    problems = find_mistakes(schema, file, document, _RULE, locales, (name,))
    if problems or not known:
        return problems
    found = [*_check_fields(written, collection), *_check_names(written, collection)]
    return [
        Problem(
            file=file,
            line=document.line_of((name, *path)),
            rule=_RULE,
            message=f"{name}: {message}",
            hint=hint,
        )
        for path, message, hint in found
    ]


_Mistake = tuple[tuple[str | int, ...], str, str]


def _check_fields(written: Mapping[str, Any], collection: Collection) -> Iterator[_Mistake]:
    """Every field that a figure names exists and is of the sort that stands there."""
    fields = collection.fields
    for path, field in _named_fields(written):
        if field not in fields:
            yield path, f"there is no field “{field}”", did_you_mean(field, fields)
    for key in _WITH_VOCABULARY:
        known = fields.get(written.get(key, ""))
        if known and known.vocabulary is None:
            yield (key,), f"“{known.path}” has no vocabulary", "name a field with an enum and x-values"
    each = fields.get(written.get("each", ""))
    if each and not each.is_many:
        yield ("each",), f"“{each.path}” is one value, not several", "name a field with many parts"
    layer = fields.get(written.get("layer", ""))
    if layer and not layer.is_layer:
        yield ("layer",), f"“{layer.path}” is no layer", "name a field with x-layer"


def _named_fields(written: Mapping[str, Any]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for key in _FIELD_KEYS:
        if key in written:
            yield (key,), written[key]
    for index, field in enumerate(written.get("order", ())):
        yield ("order", index), field
    for index, asked in enumerate(written.get("fields", ())):
        named = asked["field"] if isinstance(asked, Mapping) else asked
        for field in named if isinstance(named, list) else [named]:
            yield ("fields", index), field
    for field in written.get("also", {}):
        yield ("also", field), field


def _check_names(written: Mapping[str, Any], collection: Collection) -> Iterator[_Mistake]:
    """Records, codes, units and the filter are those of the collection."""
    record = written.get("record", "")
    if record and record not in collection.records:
        yield ("record",), f"there is no record “{record}”", did_you_mean(record, collection.records)
    for path, field, code in _named_codes(written):
        known = collection.fields.get(field)
        terms = known.vocabulary.terms if known and known.vocabulary else {}
        if terms and code not in terms:
            yield path, f"“{code}” is no code of “{field}”", did_you_mean(code, terms)
    time = collection.fields.get(written.get("time", ""))
    units = time.details["unit"].terms if time and "unit" in time.details else {}
    for index, tick in enumerate(written.get("ticks", ())):
        if tick.get("unit", "") not in units:
            message = f"“{tick.get('unit', '')}” is no unit of “{written['time']}”"
            yield ("ticks", index), message, did_you_mean(str(tick.get("unit", "")), units)
    expression, mistake = parse_expression(written.get("filter", "true"))
    if expression is None:
        yield ("filter",), f"the filter cannot be read: {mistake}", ""
    elif "filter" in written:
        for unknown, hint in find_unknown_names(expression, collection.fields, "", ("id",)):
            yield ("filter",), f"the filter names “{unknown}”, which is not a field", hint


def _named_codes(written: Mapping[str, Any]) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    for field, codes in written.get("also", {}).items():
        for index, code in enumerate(codes):
            yield ("also", field, index), field, code
    for key, field_key in (("groups", "effect"), ("arrows", "direction"), ("fills", "comparison")):
        for code in written.get(key, ()):
            yield (key,), written[field_key], code
