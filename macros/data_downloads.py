"""Data downloads: the records of every collection as JSON and CSV, with a Data Package that describes them.

All is made from data and schema. A collection is one table with a row a record; a field with many parts
is a table of its own, and its column in the table above holds the number of parts. Blank is a cell
only where the record says nothing: an optional field that it lacks, the unit or place of a missing value.

A spreadsheet runs a cell that begins with = + - @ as a formula (OWASP, CSV Injection). Such a text gets
an apostrophe before it, unless it is a mere number or a number with a sign of comparison (``=0.04``):
that can do nothing but show its number, and stays as it is for the programs that read it.
The JSON files hold every text unchanged, with notes, formulas and all that has no column.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from macros.locales import LocalizedText
from macros.records import (
    MISSING_CODES,
    Collection,
    Field,
    Record,
    Value,
    Vocabulary,
    find_entries,
    is_number,
    text_in,
)
from macros.site import Site

FOLDER = "downloads"

PACKAGE_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
"""Data Package v2: labelled missing values, categories, composite keys."""

LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}

_VOCABULARIES = "vocabularies"
_PACKAGE = "datapackage"
_TAKEN = (_VOCABULARIES, _PACKAGE, "references")
"""File names that no field with many parts may have."""

_BETWEEN_ITEMS = ";"
_EVERYWHERE = "*"
"""In the list of codes: the missing codes stand in every field of every collection."""

_RECORD_ID, _ENTRY_ID = "record_id", "entry_id"

_FORMULA = re.compile(r"[=+\-@\t\r]")
_HARMLESS = re.compile(r"[=+-]{0,2}(?:\d+(?:\.\d*)?|\.\d+)%?", re.ASCII)

Cell = str | int | float | bool | None
"""None is blank."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DataFile:
    """One file for readers to take away."""

    path: str
    """Relative to the root of the site."""
    title: LocalizedText
    format: str
    """``csv`` or ``json``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DataColumn:
    """One column of a table, with its cells from the first row to the last."""

    name: str
    title: LocalizedText
    cells: tuple[Cell, ...]
    path: str = ""
    """Of the field, or of its unit or relation, that the codes in it belong to."""
    vocabulary: Vocabulary | None = None
    has_lists: bool = False

    @property
    def type(self) -> str:
        """The type of its cells in a Table Schema."""
        stated = [cell for cell in self.cells if cell is not None and cell not in MISSING_CODES]
        for name, holds in (("boolean", _is_boolean), ("integer", _is_integer), ("number", is_number)):
            if stated and all(holds(cell) for cell in stated):
                return name
        return "string"


@dataclass(frozen=True, slots=True, kw_only=True)
class DataTable:
    """The records of a collection, or the parts of one field of all of them."""

    name: str
    """Of its file, without the suffix."""
    collection: Collection
    many: Field | None = None
    """The field whose parts are the rows; None where records are."""

    @property
    def title(self) -> LocalizedText:
        """What its rows are."""
        return self.many.title if self.many else self.collection.title


def list_data_files(site: Site) -> list[DataFile]:
    """What there is to download of the records, without making it; nothing if there are no collections."""
    if not site.collections:
        return []
    locales = site.settings.locale_codes
    files = []
    for table in find_tables(site.collections):
        of = {locale: text_in(table.collection.title, locale) for locale in locales}
        if table.many:
            title = _resource_title(table, site)
            files.append(DataFile(path=_path(table.name, "csv"), title=title, format="csv"))
        else:
            for suffix in ("csv", "json"):
                title = _words(site, f"downloads.records_{suffix}", of, of)
                files.append(DataFile(path=_path(table.name, suffix), title=title, format=suffix))
    for name, suffix in ((_VOCABULARIES, "csv"), (_PACKAGE, "json")):
        title = site.labels.texts[f"downloads.{name}"]
        files.append(DataFile(path=_path(name, suffix), title=title, format=suffix))
    return files


def data_downloads(site: Site) -> dict[str, bytes]:
    """Path relative to the site's root → content of every file of ``list_data_files``."""
    if not site.collections:
        return {}
    tables = find_tables(site.collections)
    columns = {table.name: read_columns(table, site, tables) for table in tables}
    files = {_path(name, "csv"): _format_csv(found) for name, found in columns.items()}
    for collection in site.collections.values():
        files[_path(collection.name, "json")] = _format_json(_collection_json(collection))
    vocabularies = _vocabulary_columns(site, tables, columns)
    files[_path(_VOCABULARIES, "csv")] = _format_csv(vocabularies)
    package = _package(site, tables, {**columns, _VOCABULARIES: vocabularies})
    files[_path(_PACKAGE, "json")] = _format_json(package)
    return files


def _path(name: str, suffix: str) -> str:
    return f"{FOLDER}/{name}.{suffix}"


def _words(site: Site, key: str, collection: LocalizedText, field: LocalizedText) -> LocalizedText:
    return {
        locale: site.labels.text(key, locale).format(collection=collection[locale], field=field[locale])
        for locale in site.settings.locale_codes
    }


# Tables


def find_tables(collections: Mapping[str, Collection]) -> list[DataTable]:
    """A table for each collection, then one for each field of it with many parts, if any record has one.

    The file of such a field has its name. Where that would be said twice, the field of a layer, or a
    further one of the same name, is called by its path, and what two collections share by the collection.
    """
    found = [
        (collection, known, name)
        for collection in collections.values()
        for known, name in _many_fields(collection)
    ]
    counts = Counter(name for _, _, name in found) + Counter((*collections, *_TAKEN))
    tables = []
    for collection in collections.values():
        tables.append(DataTable(name=collection.name, collection=collection))
        for owner, known, name in found:
            if owner is collection:
                unique = name if counts[name] == 1 else f"{collection.name}-{name}"
                tables.append(DataTable(name=unique, collection=collection, many=known))
    return tables


def _many_fields(collection: Collection) -> Iterator[tuple[Field, str]]:
    """The fields with many parts of which a record has one, and what each is called in the collection."""
    layers = tuple(f"{known.path}." for known in collection.fields.values() if known.is_layer)
    many = [
        known
        for known in collection.fields.values()
        if known.is_many
        and any(True for record in collection.records.values() if _parts(collection, record, known))
    ]
    seen: set[str] = set()
    for known in sorted(many, key=lambda field: field.path.startswith(layers)):
        short = known.path.rpartition(".")[2]
        yield known, known.path.replace(".", "-") if short in seen else short
        seen.add(short)


def _parts(collection: Collection, record: Record, many: Field) -> list[Value]:
    """The parts of a field in a record, without the missing code that stands in their place."""
    return [part for part in collection.find(record, many.path) if not part.missing]


def read_columns(table: DataTable, site: Site, tables: Sequence[DataTable]) -> list[DataColumn]:
    """All columns of a table: first what names the row, then the fields in the order of the schema."""
    records = table.collection.records.values()
    rows = [(record, start) for record in records for start in _starts(table, record)]
    starts = [start for _, start in rows]
    columns = [_id_column(name, cells, site) for name, cells in _ids(table, rows)]
    parents = {other.many.path for other in tables if other.many and other.collection is table.collection}
    for known, below in _columns_of(table):
        values = [next(iter(find_entries(table.collection.fields, start, below)), None) for start in starts]
        columns += _field_columns(table, known, below, values, site)
    for path in sorted(parents, key=list(table.collection.fields).index):
        if _nearest_many(table.collection, path) == (table.many.path if table.many else ""):
            columns.append(_count_column(table, path, starts, site))
    return columns


def _starts(table: DataTable, record: Record) -> list[Value]:
    return _parts(table.collection, record, table.many) if table.many else [record.root]


def _ids(table: DataTable, rows: Sequence[tuple[Record, Value]]) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    records = tuple(record.id for record, _ in rows)
    yield (_RECORD_ID if table.many else "id"), records
    if table.many:
        yield _ENTRY_ID, tuple(_entry_id(table.collection, start) for _, start in rows)


def _entry_id(collection: Collection, part: Value) -> str:
    """The names of a part and of the parts around it; those of a list are counted from 1.

    Names of fields are left out: ``second``, and of a list in a list ``2.1``.
    """
    names, fields = [], ""
    for key in part.path:
        path = f"{fields}.{key}" if fields else str(key)
        if isinstance(key, str) and path in collection.fields:
            fields = path
        else:
            names.append(str(key + 1) if isinstance(key, int) else key)
    return ".".join(names)


def _id_column(name: str, cells: tuple[Cell, ...], site: Site) -> DataColumn:
    return DataColumn(name=name, title=site.labels.texts[f"downloads.{name}"], cells=cells)


def _columns_of(table: DataTable) -> Iterator[tuple[Field, str]]:
    """The fields that are columns of a table, and their paths below its rows."""
    fields = table.collection.fields
    above = table.many.path if table.many else ""
    if table.many and not table.many.has_fields:
        yield table.many, ""
    for path, known in fields.items():
        if not (known.has_fields or known.is_many) and _nearest_many(table.collection, path) == above:
            yield known, path.removeprefix(f"{above}.") if above else path


def _nearest_many(collection: Collection, path: str) -> str:
    """The path of the innermost field with many parts that holds a field; empty if none does."""
    above = path.rpartition(".")[0]
    while above and not collection.fields[above].is_many:
        above = above.rpartition(".")[0]
    return above


def _count_column(table: DataTable, path: str, starts: Sequence[Value], site: Site) -> DataColumn:
    """How many parts a field has, or the missing code that stands in their place."""
    below = path.removeprefix(f"{table.many.path}.") if table.many else path
    found = [find_entries(table.collection.fields, start, below) for start in starts]
    name = f"{below}.count"
    title = _title(table, path, "count", site)
    return DataColumn(name=name, title=title, cells=tuple(_count(values) for values in found))


def _count(values: Sequence[Value]) -> Cell:
    return next((value.missing for value in values if value.missing), len(values) or None)


# Columns of a field


def _field_columns(
    table: DataTable, known: Field, below: str, values: Sequence[Value | None], site: Site
) -> Iterator[DataColumn]:
    """The columns of a field: one, or one for each end of a range or each language; then unit, place, …"""
    name = below or "value"
    stated = [value for value in values if value is not None and not value.missing]
    contents = [value.content for value in stated]
    title = _title(table, known.path, "", site)

    def column(suffix: str, cells: Iterable[Cell], vocabulary: Vocabulary | None = None) -> DataColumn:
        return DataColumn(
            name=f"{name}.{suffix}" if suffix else name,
            title=_title(table, known.path, suffix, site) if suffix else title,
            cells=tuple(cells),
            path=f"{known.path}.{suffix}" if suffix else known.path,
            vocabulary=vocabulary,
            has_lists=any(isinstance(content, list) for content in contents) and not suffix,
        )

    if any(_is_range(content) for content in contents):
        for end in ("min", "max"):
            yield column(end, (_cell(value, end) for value in values))
    elif any(isinstance(item, Mapping) for content in contents for item in _items(content)):
        for locale in site.settings.locale_codes:
            yield column(locale, (_cell(value, locale) for value in values))
    else:
        yield column("", (_cell(value, "") for value in values), known.vocabulary)
    if "unit" in known.details:
        yield column("unit", (_detail(value, "unit") for value in values), known.details["unit"])
    if any(value.detail("relation") for value in stated):
        yield column(
            "relation", (_detail(value, "relation") for value in values), known.details.get("relation")
        )
    if known.is_fact:
        yield column("place", (_place(value) for value in values))


def _place(value: Value | None) -> Cell:
    return value.place or None if value is not None and not value.missing else None


def _is_range(content: Any) -> bool:
    return isinstance(content, Mapping) and is_number(content.get("min")) and is_number(content.get("max"))


def _items(content: Any) -> list[Any]:
    return content if isinstance(content, list) else [content]


def _cell(value: Value | None, key: str) -> Cell:
    """What stands in a cell; ``key`` chooses an end of a range, or a language."""
    if value is None or value.missing:
        return value.missing if value else None
    if isinstance(value.content, list):
        return _BETWEEN_ITEMS.join(_format_cell(_one(item, key)) for item in value.content)
    return _one(value.content, key)


def _one(content: Any, key: str) -> Cell:
    """One plain value. A record with mistakes, reported elsewhere, gives what it has."""
    found = content.get(key) if isinstance(content, Mapping) else content
    return found if found is None or isinstance(found, str | int | float) else str(found)


def _detail(value: Value | None, key: str) -> Cell:
    detail = value.detail(key) if value is not None and not value.missing else None
    return None if detail is None else str(detail)


def _title(table: DataTable, path: str, suffix: str, site: Site) -> LocalizedText:
    """The titles of a field and of those around it within the table, then of what is said of it."""
    fields, above = table.collection.fields, table.many.path if table.many else ""
    chain: list[LocalizedText] = []
    while path and path != above:
        chain.insert(0, fields[path].title)
        path = path.rpartition(".")[0]
    titles = {}
    for locale in site.settings.locale_codes:
        words = [text_in(title, locale) for title in chain] or [text_in(table.title, locale)]
        if suffix in site.settings.locale_codes:
            words.append(site.settings.locale(suffix).name)
        elif suffix:
            words.append(site.labels.text(f"downloads.{suffix}", locale))
        titles[locale] = site.labels.text("value.colon", locale).join(words)
    return titles


# Files


def _is_boolean(cell: object) -> bool:
    return isinstance(cell, bool)


def _is_integer(cell: object) -> bool:
    return isinstance(cell, int) and not isinstance(cell, bool)


def _format_csv(columns: Sequence[DataColumn]) -> bytes:
    """RFC 4180 with CRLF, and a byte-order mark, by which spreadsheets know UTF-8."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(column.name for column in columns)
    for row in zip(*(column.cells for column in columns), strict=True):
        writer.writerow(disarm(_format_cell(cell)) for cell in row)
    return stream.getvalue().encode("utf-8-sig")


def _format_cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, str):
        return cell
    number = f"{Decimal(repr(cell)):f}"
    return number.rstrip("0").rstrip(".") if "." in number else number


def disarm(text: str) -> str:
    """A text as a cell that no spreadsheet runs as a formula.

    >>> [disarm(text) for text in ("=1+1", "@SUM(A1)", "-", "=0.04", "-12.5", "a=b")]
    ["'=1+1", "'@SUM(A1)", "'-", '=0.04', '-12.5', 'a=b']
    """
    return f"'{text}" if _FORMULA.match(text) and not _HARMLESS.fullmatch(text) else text


def _format_json(content: Any) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _collection_json(collection: Collection) -> dict[str, Any]:
    return {
        "collection": collection.name,
        "title": collection.title,
        "fields": {path: _field_json(known) for path, known in collection.fields.items()},
        "vocabularies": {
            name: {code: term.label for code, term in known.terms.items()}
            for name, known in collection.vocabularies.items()
        },
        "records": [{"id": record.id, **record.values} for record in collection.records.values()],
    }


def _field_json(known: Field) -> dict[str, Any]:
    """The title of a field, and the names of the vocabularies of its value, unit, basis and relation."""
    details = {name: vocabulary.name for name, vocabulary in known.details.items()}
    if known.vocabulary:
        details = {"value": known.vocabulary.name, **details}
    return {"title": known.title, **({"vocabularies": details} if details else {})}


def _vocabulary_columns(
    site: Site, tables: Sequence[DataTable], columns: Mapping[str, Sequence[DataColumn]]
) -> list[DataColumn]:
    """The words for every code, field by field; the missing codes first, which every field may hold."""
    rows: list[tuple[tuple[str, str, str], LocalizedText]] = [
        ((_EVERYWHERE, _EVERYWHERE, code), site.labels.texts[f"missing.{code}"]) for code in MISSING_CODES
    ]
    for table in tables:
        for column in columns[table.name]:
            for code, term in column.vocabulary.terms.items() if column.vocabulary else ():
                if code not in MISSING_CODES:
                    rows.append(((table.collection.name, column.path, code), term.label))
    named = [
        _id_column(name, tuple(keys[position] for keys, _ in rows), site)
        for position, name in ((0, "collection"), (1, "field"), (2, "code"))
    ]
    for locale in site.settings.locales:
        texts = tuple(text_in(label, locale.code) for _, label in rows)
        title = dict.fromkeys(site.settings.locale_codes, locale.name)
        named.append(DataColumn(name=locale.code, title=title, cells=texts))
    return named


# The Data Package


def _package(
    site: Site, tables: Sequence[DataTable], columns: Mapping[str, Sequence[DataColumn]]
) -> dict[str, Any]:
    resources = [
        _table_resource(table.name, _resource_title(table, site), columns[table.name], _keys(table), site)
        for table in tables
    ]
    title = site.labels.texts[f"downloads.{_VOCABULARIES}"]
    keys = {"primaryKey": ["collection", "field", "code"]}
    resources.append(
        _table_resource(_VOCABULARIES, title, columns[_VOCABULARIES], keys, site, has_codes=True)
    )
    return {
        "$schema": PACKAGE_PROFILE,
        "name": _package_name(site.settings.site_url),
        "title": " · ".join(dict.fromkeys(site.settings.site_names.values())),
        "licenses": [LICENCE],
        "resources": resources,
    }


def _package_name(site_url: str) -> str:
    """The address of the site as a name: small letters, digits, dots and hyphens."""
    return re.sub(r"[^a-z0-9.]+", "-", site_url.partition("://")[2].lower()).strip("-.") or "data"


def _resource_title(table: DataTable, site: Site) -> LocalizedText:
    if table.many is None:
        return table.title
    locales = site.settings.locale_codes
    of = {locale: text_in(table.collection.title, locale) for locale in locales}
    # With what stands around it: the parts of a layer are called as those of the record itself.
    whole = DataTable(name=table.name, collection=table.collection)
    return _words(site, "downloads.parts", of, _title(whole, table.many.path, "", site))


def _keys(table: DataTable) -> dict[str, Any]:
    if table.many is None:
        return {"primaryKey": ["id"]}
    reference = {"resource": table.collection.name, "fields": ["id"]}
    return {
        "primaryKey": [_RECORD_ID, _ENTRY_ID],
        "foreignKeys": [{"fields": [_RECORD_ID], "reference": reference}],
    }


def _table_resource(
    name: str,
    title: LocalizedText,
    columns: Sequence[DataColumn],
    keys: Mapping[str, Any],
    site: Site,
    *,
    has_codes: bool = False,
) -> dict[str, Any]:
    """One table. ``has_codes``: the missing codes in it are its subject, and nothing in it is missing."""
    missing = [] if has_codes else _missing_values(site)
    return {
        "name": name.lower(),
        "type": "table",
        "path": f"{name}.csv",
        "title": _in_all_languages(title),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": [_field_descriptor(column) for column in columns],
            "missingValues": missing,
            **keys,
        },
    }


def _missing_values(site: Site) -> list[dict[str, str]]:
    labels = {code: site.labels.texts[f"missing.{code}"] for code in MISSING_CODES}
    labels[""] = site.labels.texts["downloads.blank"]
    return [{"value": code, "label": _in_all_languages(label)} for code, label in labels.items()]


def _field_descriptor(column: DataColumn) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": column.name,
        "type": column.type,
        "title": _in_all_languages(column.title),
    }
    terms = column.vocabulary.terms if column.vocabulary and column.type == "string" else {}
    # A field may hold numbers or yes and no beside its codes: then they are not all that it can hold.
    if (
        terms
        and not column.has_lists
        and not any(isinstance(cell, bool | int | float) for cell in column.cells)
    ):
        described["categories"] = [
            {"value": code, "label": _in_all_languages(term.label)}
            for code, term in terms.items()
            if code not in MISSING_CODES
        ]
    return described


def _in_all_languages(text: LocalizedText) -> str:
    """A descriptor has one text only: that of every language, each once."""
    return " / ".join(dict.fromkeys(text.values()))
