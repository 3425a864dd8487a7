"""Views: what ``views.yml`` says about the tables of a collection.

A view names its columns by field, filters with an expression, and may group and order its rows and
offer readers filters of their own. How a table is made of it is decided in ``macros.summary_tables``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from macros.locales import LocalizedText
from macros.problems import Problem, did_you_mean
from macros.records.expressions import find_unknown_names, parse_expression
from macros.records.mistakes import find_mistakes
from macros.records.model import Column, Field, Filter, Part, Path, View
from macros.records.schema import Schema, SchemaFile

_TEXT: Mapping[str, Any] = {"x-localized": True}
_MARK: Mapping[str, Any] = {"if": {"type": "string"}, "else": _TEXT}
"""The same in every language when it is plain text: ``before: " vs "``."""

_FIELD: Mapping[str, Any] = {"type": "string", "minLength": 1}

_PART: Mapping[str, Any] = {
    "if": {"type": "string"},
    "else": {
        "type": "object",
        "properties": {"field": _FIELD, "between": _MARK, "before": _MARK, "after": _MARK},
        "required": ["field"],
        "additionalProperties": False,
    },
}

_COLUMN: Mapping[str, Any] = {
    "if": {"type": "string"},
    "else": {
        "type": "object",
        "properties": {
            "field": _FIELD,
            "header": _TEXT,
            "parts": {"type": "array", "items": _PART, "minItems": 1},
        },
        "required": ["field"],
        "additionalProperties": False,
    },
}

_FILTER: Mapping[str, Any] = {
    "if": {"type": "string"},
    "else": {
        "type": "object",
        "properties": {"field": _FIELD, "header": _TEXT},
        "required": ["field"],
        "additionalProperties": False,
    },
}

_VIEWS: Mapping[str, Any] = {
    "type": "object",
    "propertyNames": {"pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
    "additionalProperties": {
        "type": "object",
        "properties": {
            "caption": _TEXT,
            "note": _TEXT,
            "filter": {"type": "string", "minLength": 1},
            "each": _FIELD,
            "group_by": _FIELD,
            "filters": {"type": "array", "items": _FILTER},
            "order": {"type": "array", "items": _FIELD},
            "columns": {"type": "array", "items": _COLUMN, "minItems": 1},
        },
        "required": ["caption", "columns"],
        "additionalProperties": False,
    },
}

_RULE = "view-is-valid"

SORT = "sort"
"""Beside the fields of the filters, what the address of a page calls the order of a table."""


def read_views(
    source: SchemaFile, schema: Schema, locales: Sequence[str]
) -> tuple[dict[str, View], list[Problem]]:
    """The views of a collection; one with a mistake is left out, and the mistake is said."""
    problems = find_mistakes(_VIEWS, source.file, source.document, _RULE, locales)
    if any(problem.rule == _RULE for problem in problems) or not isinstance(source.document.value, Mapping):
        return {}, problems
    views: dict[str, View] = {}
    for name, written in source.document.value.items():
        found = list(_check_view(source, name, written, schema.fields))
        problems += found
        if not found:
            views[name] = _build_view(name, written, schema.fields, locales)
    return views, problems


def _build_view(
    name: str, written: Mapping[str, Any], fields: Mapping[str, Field], locales: Sequence[str]
) -> View:
    columns = tuple(_column(column, fields, locales) for column in written["columns"])
    return View(
        name=name,
        caption=written["caption"],
        columns=columns,
        filters=tuple(_filter(offered, columns, fields) for offered in written.get("filters", ())),
        filter=written.get("filter", ""),
        each=written.get("each", ""),
        group_by=written.get("group_by", ""),
        order=tuple(written.get("order", ())),
        note=written.get("note", {}),
    )


def _column(written: Any, fields: Mapping[str, Field], locales: Sequence[str]) -> Column:
    column: Mapping[str, Any] = {"field": written} if isinstance(written, str) else written
    parts = [{"field": part} if isinstance(part, str) else part for part in column.get("parts", ())]
    return Column(
        field=column["field"],
        header=column.get("header", fields[column["field"]].title),
        parts=tuple(
            Part(
                field=part["field"],
                between=_mark(part["between"], locales) if "between" in part else {},
                before=_mark(part.get("before", ""), locales),
                after=_mark(part.get("after", ""), locales),
            )
            for part in parts
        ),
    )


def _filter(written: Any, columns: Sequence[Column], fields: Mapping[str, Field]) -> Filter:
    """A filter is called what it says, or like the column of its field, or like the field."""
    offered: Mapping[str, Any] = {"field": written} if isinstance(written, str) else written
    name = offered["field"]
    headers = (column.header for column in columns if column.field == name and not column.parts)
    return Filter(field=name, label=offered.get("header") or next(headers, fields[name].title))


def _mark(written: Any, locales: Sequence[str]) -> LocalizedText:
    return dict.fromkeys(locales, written) if isinstance(written, str) else written


def _check_view(
    source: SchemaFile, name: str, written: Mapping[str, Any], fields: Mapping[str, Field]
) -> Iterator[Problem]:
    """Every field that a view names exists and can stand where it stands."""

    def wrong(path: Path, message: str, hint: str = "") -> Problem:
        line = source.document.line_of((name, *path))
        return Problem(file=source.file, line=line, rule=_RULE, message=f"{name}: {message}", hint=hint)

    for path, field in _named_fields(written):
        if field not in fields:
            yield wrong(path, f"there is no field “{field}”", did_you_mean(field, fields))
    for index, column in enumerate(written["columns"]):
        field = column if isinstance(column, str) else column["field"]
        known = fields.get(field)
        has_parts = isinstance(column, Mapping) and "parts" in column
        if known and known.has_fields and not has_parts:
            yield wrong(("columns", index), f"“{field}” has fields of its own", "say which: parts: […]")
        if known and has_parts and not known.has_fields:
            yield wrong(("columns", index), f"“{field}” has no fields of its own", "leave out its parts")
    each = fields.get(written.get("each", ""))
    if each and not each.is_many:
        yield wrong(("each",), f"“{each.path}” is one value, not several", "leave out each")
    for index, found in _check_filters(written, fields):
        yield wrong(("filters", index), *found)
    if "filter" in written:
        yield from (wrong(("filter",), *found) for found in _check_filter(written["filter"], fields))


def _filter_fields(written: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    for index, offered in enumerate(written.get("filters", ())):
        yield index, offered if isinstance(offered, str) else offered["field"]


def _named_fields(written: Mapping[str, Any]) -> Iterator[tuple[Path, str]]:
    for index, column in enumerate(written["columns"]):
        if isinstance(column, str):
            yield ("columns", index), column
            continue
        yield ("columns", index, "field"), column["field"]
        for number, part in enumerate(column.get("parts", ())):
            field = part if isinstance(part, str) else part["field"]
            yield ("columns", index, "parts", number), f"{column['field']}.{field}"
    for index, field in _filter_fields(written):
        yield ("filters", index), field
    for key in ("each", "group_by"):
        if key in written:
            yield (key,), written[key]
    for index, field in enumerate(written.get("order", ())):
        yield ("order", index), field.removeprefix("-")


def _check_filters(
    written: Mapping[str, Any], fields: Mapping[str, Field]
) -> Iterator[tuple[int, tuple[str, str]]]:
    """Readers choose among the codes of a vocabulary; each filter has a name of its own in addresses."""
    seen = {SORT: "that is what addresses call the order of a table: rename the field"}
    for index, field in _filter_fields(written):
        known = fields.get(field)
        if known and known.vocabulary is None:
            hint = "filters are for fields whose values are listed in an enum with x-values"
            yield index, (f"“{field}” has no vocabulary to choose from", hint)
        if field in seen:
            yield index, (f"no filter more can be called “{field}”", seen[field])
        seen.setdefault(field, "one filter for a field is enough")


def _check_filter(text: str, fields: Mapping[str, Field]) -> Iterator[tuple[str, str]]:
    expression, mistake = parse_expression(text)
    if expression is None:
        yield f"the filter cannot be read: {mistake}", ""
        return
    for unknown, hint in find_unknown_names(expression, fields, "", ("id",)):
        yield f"the filter names “{unknown}”, which is not a field", hint
