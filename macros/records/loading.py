"""Loading: from the folders below ``data/`` to collections.

A folder with a ``schema.yml`` is a collection. What cannot be read is left out and said; the rest is
usable, so that one mistake does not hide another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from macros.problems import Problem
from macros.records.checks import check_facts, check_invariants
from macros.records.mistakes import RECORD_RULE, find_mistakes
from macros.records.model import Collection, Record, RecordPage, View
from macros.records.pages import read_record_page
from macros.records.schema import (
    DEFINITIONS,
    Schema,
    SchemaFile,
    build_schema,
    check_schema_file,
)
from macros.records.views import read_views
from macros.source_text import parse_yaml, read_source, relative_name

_RECORD_ID = re.compile(r"[a-z0-9]+([.-][a-z0-9]+)*")
"""Lower case only: an id is a file name and part of a URL, and some disks know no case."""


def load_collections(
    data_dir: Path, root: Path, locales: Sequence[str]
) -> tuple[Mapping[str, Collection], list[Problem]]:
    """Every collection of a site by name, and everything that is wrong with them, in one run."""
    definitions, problems = _load_definitions(data_dir, root, locales)
    collections: dict[str, Collection] = {}
    folders = sorted(path for path in data_dir.iterdir() if path.is_dir()) if data_dir.is_dir() else []
    for folder in folders:
        collection, found = _load_collection(folder, root, locales, definitions)
        problems += found
        if collection is not None:
            collections[collection.name] = collection
    return collections, problems


def _load_definitions(
    data_dir: Path, root: Path, locales: Sequence[str]
) -> tuple[SchemaFile | None, list[Problem]]:
    path = data_dir / DEFINITIONS.removeprefix("../")
    return _load_schema_file(path, root, locales) if path.exists() else (None, [])


def _load_schema_file(
    path: Path, root: Path, locales: Sequence[str]
) -> tuple[SchemaFile | None, list[Problem]]:
    source, problems = _load_yaml(path, root)
    if source is None:
        return None, problems
    is_usable, found = check_schema_file(source, locales)
    return (source if is_usable else None), [*problems, *found]


def _load_yaml(path: Path, root: Path) -> tuple[SchemaFile | None, list[Problem]]:
    source, problems = read_source(path, root)
    document, found = parse_yaml(source) if source else (None, [])
    file = relative_name(path, root)
    return (SchemaFile(file, document) if document else None), [*problems, *found]


def _load_collection(
    folder: Path, root: Path, locales: Sequence[str], definitions: SchemaFile | None
) -> tuple[Collection | None, list[Problem]]:
    source, problems = _load_schema_file(folder / "schema.yml", root, locales)
    if source is None:
        return None, problems
    schema, found = build_schema(folder.name, source, definitions)
    problems += found
    if schema is None:
        return None, problems
    views, found = _load_views(folder / "views.yml", root, schema, locales)
    problems += found
    page, found = _load_page(folder / "page.yml", root, schema, views, locales)
    problems += found
    records: dict[str, Record] = {}
    for path in _record_files(folder / "records"):
        record, found = _load_record(path, root, folder.name, schema, locales)
        problems += found
        if record is not None:
            records[record.id] = record
    problems += _check_file_names(folder / "records", root)
    collection = Collection(
        name=folder.name,
        title=schema.title,
        role=schema.role,
        fields=schema.fields,
        vocabularies=schema.vocabularies,
        records=records,
        views=views,
        page=page,
    )
    return collection, problems


def _load_views(
    path: Path, root: Path, schema: Schema, locales: Sequence[str]
) -> tuple[Mapping[str, View], list[Problem]]:
    if not path.exists():
        return {}, []
    source, problems = _load_yaml(path, root)
    views, found = read_views(source, schema, locales) if source else ({}, [])
    return views, [*problems, *found]


def _load_page(
    path: Path, root: Path, schema: Schema, views: Mapping[str, View], locales: Sequence[str]
) -> tuple[RecordPage | None, list[Problem]]:
    if not path.exists():
        return None, []
    source, problems = _load_yaml(path, root)
    page, found = read_record_page(source, schema, views, locales) if source else (None, [])
    return page, [*problems, *found]


def _load_record(
    path: Path, root: Path, collection: str, schema: Schema, locales: Sequence[str]
) -> tuple[Record | None, list[Problem]]:
    """A record; one with mistakes is kept as far as it is a mapping, so that a preview can show it."""
    source, problems = _load_yaml(path, root)
    if source is None:
        return None, problems
    mistakes = find_mistakes(schema.tree, source.file, source.document, RECORD_RULE, locales)
    problems += mistakes
    if not isinstance(source.document.value, dict):
        return None, problems
    record = Record(
        collection=collection,
        id=path.stem,
        values=source.document.value,
        file=source.file,
        document=source.document,
    )
    problems += check_facts(record)
    # What an invariant says of a record of the wrong shape would only repeat that it is wrong.
    if not any(mistake.rule == RECORD_RULE for mistake in mistakes):
        problems += check_invariants(record, schema.fields, schema.invariants)
    return record, problems


def _record_files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.yml")) if folder.is_dir() else []


def _check_file_names(folder: Path, root: Path) -> Iterator[Problem]:
    """Every file is read, and its name is an id that no other file has.

    Bad:  ``records/Yabukita.yml``, ``records/yabukita.yaml``
    Good: ``records/yabukita.yml``
    """
    seen: dict[str, str] = {}
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        file, key = relative_name(path, root), path.stem.lower()
        if path.suffix != ".yml":
            message = "this is not read: a record is one file that ends in .yml"
            yield Problem(file=file, rule="record-id-is-unique", message=message)
        elif not _RECORD_ID.fullmatch(path.stem):
            message = f"“{path.stem}” cannot be an id: small letters, digits, dots and hyphens"
            yield Problem(file=file, rule="record-id-is-unique", message=message)
        if key in seen:
            message = f"{seen[key]} has the same id"
            yield Problem(file=file, rule="record-id-is-unique", message=message)
        seen.setdefault(key, path.name)
