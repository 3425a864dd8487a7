"""Record pages: what ``page.yml`` says about the page that each record of a collection gets.

The page is put together in ``macros.record_pages``. Without the file, records have no pages of their
own; with ``listed_on`` they are rows of a table on that page, and links to a record lead to its row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from macros.problems import Problem, did_you_mean
from macros.records.mistakes import find_mistakes
from macros.records.model import RecordPage, View
from macros.records.schema import Schema, SchemaFile

_RULE = "record-page-is-valid"

_TEXT: Mapping[str, Any] = {"x-localized": True}
_NAME: Mapping[str, Any] = {"type": "string", "minLength": 1}

_PAGE: Mapping[str, Any] = {
    "type": "object",
    "properties": {
        "title": _NAME,
        "sentence": _TEXT,
        "characteristics": _NAME,
        "tables": {"type": "array", "items": _NAME},
        "note": _TEXT,
        "listed_on": _NAME,
    },
    "additionalProperties": False,
}


def read_record_page(
    source: SchemaFile, schema: Schema, views: Mapping[str, View], locales: Sequence[str]
) -> tuple[RecordPage | None, list[Problem]]:
    """The page of a collection's records; None when it has a mistake, which is said."""
    problems = find_mistakes(_PAGE, source.file, source.document, _RULE, locales)
    written = source.document.value
    if problems or not isinstance(written, Mapping):
        return None, problems
    page = RecordPage(
        title=written.get("title", ""),
        sentence=written.get("sentence", {}),
        characteristics=written.get("characteristics", ""),
        tables=tuple(written.get("tables", ())),
        note=written.get("note", {}),
        listed_on=written.get("listed_on", ""),
    )

    def unknown(path: str, name: str, kind: str, names: Mapping[str, object]) -> Problem:
        line, column = source.document.place_of([path])
        return Problem(
            file=source.file,
            line=line,
            column=column,
            rule=_RULE,
            message=f'there is no {kind} "{name}"',
            hint=did_you_mean(name, names),
        )

    if page.title and page.title not in schema.fields:
        problems.append(unknown("title", page.title, "field", schema.fields))
    for path, names in (("characteristics", (page.characteristics,)), ("tables", page.tables)):
        problems += [unknown(path, name, "view", views) for name in names if name and name not in views]
    return (None if problems else page), problems
