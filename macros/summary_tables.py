"""Summary tables: from the records of a collection to the rows and cells of a view.

A ``SummaryTable`` is finished: filtered, grouped, ordered and in the words of one language. Its layout
is ``templates/table.html.jinja``; browsers filter and sort it further (``theme/assets/tables.js``) by
the codes and keys that rows and cells carry. How a single value reads is decided in ``macros.values``;
what a view may ask for, in ``macros.records.views``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from operator import itemgetter

from macros.locales import Labels
from macros.records import (
    MISSING_CODES,
    NOT_EXTRACTED,
    TITLE_PLACE,
    Collection,
    Column,
    Filter,
    Part,
    Record,
    Value,
    View,
    find_entries,
    parse_expression,
    text_in,
)
from macros.templating import render_template
from macros.values import (
    format_codes,
    format_missing,
    format_value,
    order_key,
    sort_group,
    sort_number,
    space_between,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A run of text in a cell: words of the view, or one value with its place in the source."""

    text: str
    place: str = ""
    missing: str = ""
    basis: str = ""
    """In words, where a value does not simply stand in the text: from the title, derived."""
    note: int = 0
    """The number of the note beneath the table that belongs to the value; 0 for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """That sources disagree about the field of a cell, and the record that discusses it."""

    collection: str
    id: str
    note: int = 0
    """The number of the note beneath the table that says what each of them states; 0 for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell; several items where the field has several values."""

    items: tuple[tuple[Segment, ...], ...]
    sort_key: str = ""
    """A number, of the first value that is stated; empty where readers sort by the text."""
    sort_group: str = ""
    """Only cells of one group are compared: those of one part of a compound value, in one base unit."""
    missing: str = ""
    """The code, where the whole cell is missing; several if its values are missing for several reasons."""
    conflicts: tuple[Conflict, ...] = ()

    @property
    def text(self) -> str:
        """The cell as one line of plain text."""
        return "; ".join("".join(segment.text for segment in item) for item in self.items)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: a record, or a part of one where the view asks for each."""

    record_id: str
    citekey: str
    """Of the reference that the record is about; empty if there is none."""
    header: Cell
    cells: tuple[Cell, ...]
    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By the field of each filter: the codes under which readers find the row, missing codes too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowGroup:
    """Rows under one heading; a table that is not grouped has one group without heading."""

    header: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The head of a column."""

    field: str
    text: str
    key: str
    """What the address of a page calls the column: its field, numbered where several columns show it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFilter:
    """A field by whose codes readers may narrow the table."""

    field: str
    label: str
    words: Mapping[str, str]
    """Code → words, in the order in which they are offered: missing codes last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One code of a filter, and how many rows have it."""

    code: str
    label: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryTable:
    """A finished table in one language."""

    id: str
    collection: str
    view: str
    locale: str
    caption: str
    note: str
    headers: tuple[Header, ...]
    groups: tuple[RowGroup, ...]
    missing_codes: tuple[str, ...]
    """Those that occur, to be explained beneath."""
    has_conflicts: bool
    notes: tuple[str, ...] = field(default=())
    filters: tuple[TableFilter, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows in order."""
        return tuple(row for group in self.groups for row in group.rows)

    def choices(self) -> list[tuple[TableFilter, list[Choice]]]:
        """The filters that tell rows apart, each with its codes that occur; none in a table of one record."""
        if len({row.record_id for row in self.rows}) < 2:
            return []
        offered = []
        for known in self.filters:
            counts = Counter(code for row in self.rows for code in row.codes[known.field])
            found = [
                Choice(code=code, label=label, count=counts[code])
                for code, label in known.words.items()
                if code in counts
            ]
            if len(found) > 1:
                offered.append((known, found))
        return offered


def build_table(collection: Collection, view: str, locale: str, labels: Labels) -> SummaryTable:
    """A view of a collection in a language. That the view exists has been checked before."""
    return _TableBuilder(collection, collection.views[view], locale, labels).build()


@dataclass(frozen=True, slots=True)
class _Line:
    """What a row is made of: a record and, where the view asks for each, one part of it."""

    record: Record
    part: Value | None


class _TableBuilder:
    """Builds one table; gathers its notes while it goes from cell to cell."""

    def __init__(self, collection: Collection, view: View, locale: str, labels: Labels) -> None:
        self._collection, self._view = collection, view
        self._locale, self._labels = locale, labels
        self._notes: list[str] = []
        self._words: dict[str, dict[str, str]] = {known.field: {} for known in view.filters}

    def build(self) -> SummaryTable:
        """The whole table."""
        view, locale = self._view, self._locale
        groups = tuple(self._groups(self._ordered(self._lines())))
        cells = [cell for group in groups for row in group.rows for cell in (row.header, *row.cells)]
        used = {segment.missing for cell in cells for item in cell.items for segment in item}
        return SummaryTable(
            id=f"table-{self._collection.name}-{view.name}",
            collection=self._collection.name,
            view=view.name,
            locale=locale,
            caption=text_in(view.caption, locale),
            note=text_in(view.note, locale),
            headers=tuple(self._headers()),
            groups=groups,
            missing_codes=tuple(code for code in MISSING_CODES if code in used),
            has_conflicts=any(cell.conflicts for cell in cells),
            notes=tuple(self._notes),
            filters=tuple(self._filter(known) for known in view.filters),
        )

    def _headers(self) -> Iterator[Header]:
        seen: Counter[str] = Counter()
        for column in self._view.columns:
            seen[column.field] += 1
            number = seen[column.field]
            yield Header(
                field=column.field,
                text=text_in(column.header, self._locale),
                key=column.field if number == 1 else f"{column.field}.{number}",
            )

    def _filter(self, known: Filter) -> TableFilter:
        """A filter with its codes in the order of the vocabulary, once all rows are made."""
        vocabulary = self._collection.fields[known.field].vocabulary
        assert vocabulary is not None  # checked with the view
        ranks = {code: rank for rank, code in enumerate((*vocabulary.terms, "yes", "no", *MISSING_CODES))}
        found = sorted(self._words[known.field].items(), key=lambda pair: ranks.get(pair[0], 0))
        return TableFilter(field=known.field, label=text_in(known.label, self._locale), words=dict(found))

    def _codes(self, line: _Line, path: str) -> tuple[str, ...]:
        """The codes of a row for a filter; keeps their words."""
        found: dict[str, str] = {}
        for value in self._values(line, path) or [self._not_extracted(path)]:
            found |= format_codes(value, self._locale, self._labels)
        self._words[path] |= found
        return tuple(found)

    def _lines(self) -> Iterator[_Line]:
        for record in filter_records(self._collection, self._view.filter):
            if self._view.each:
                for part in self._collection.find(record, self._view.each):
                    yield _Line(record, part)
            else:
                yield _Line(record, None)

    def _ordered(self, lines: Iterable[_Line]) -> list[_Line]:
        """Sorted by the last field first, so that the first field decides."""
        ordered = list(lines)
        for key in reversed([*([self._view.group_by] if self._view.group_by else ()), *self._view.order]):
            path = key.removeprefix("-")
            keyed = [(self._order_key(line, path), line) for line in ordered]
            keyed.sort(key=itemgetter(0), reverse=path != key)
            # Missing values come last in both directions.
            ordered = [line for _, line in sorted(keyed, key=lambda pair: pair[0][0])]
        return ordered

    def _groups(self, lines: Sequence[_Line]) -> Iterator[RowGroup]:
        by_header: dict[str, list[Row]] = {}
        for line in lines:
            values = self._values(line, self._view.group_by) if self._view.group_by else []
            header = self._labels.text("list.comma", self._locale).join(
                format_value(value, self._locale, self._labels) for value in values
            )
            by_header.setdefault(header, []).append(self._row(line))
        for header, rows in by_header.items():
            yield RowGroup(header=header, rows=tuple(rows))

    def _row(self, line: _Line) -> Row:
        header, *cells = (self._cell(line, column) for column in self._view.columns)
        return Row(
            record_id=line.record.id,
            citekey=self._collection.reference_of(line.record),
            header=header,
            cells=tuple(cells),
            codes={known.field: self._codes(line, known.field) for known in self._view.filters},
        )

    def _values(self, line: _Line, path: str) -> list[Value]:
        """The values of a field for a line: below its part where the field lies there."""
        each = self._view.each
        if line.part is not None and path == each:
            return [line.part]
        if line.part is not None and path.startswith(f"{each}."):
            return find_entries(self._collection.fields, line.part, path.removeprefix(f"{each}."))
        return self._collection.find(line.record, path)

    def _order_key(self, line: _Line, path: str) -> tuple[int, str, Decimal, str]:
        return order_key(next(iter(self._values(line, path)), None))

    def _cell(self, line: _Line, column: Column) -> Cell:
        values = self._values(line, column.field) or [self._not_extracted(column.field)]
        keys: list[tuple[Part | None, Value]] = []
        items = []
        for value in values:
            stated = list(self._stated_parts(value, column.parts)) if column.parts else [(None, value)]
            keys += [(part, inner) for part, inner in stated if not inner.missing]
            items.append(self._item(stated, value))
        codes = {segment.missing for item in items for segment in item}
        return Cell(
            items=tuple(items),
            sort_key=sort_number(keys[0][1]) if keys else "",
            sort_group=_scale(*keys[0]) if keys else "",
            missing="" if keys else " ".join(code for code in MISSING_CODES if code in codes),
            conflicts=tuple(self._conflicts(line.record, self._collection.without_layer(column.field))),
        )

    def _not_extracted(self, path: str) -> Value:
        return Value(path=(), field=self._collection.fields.get(path), raw=NOT_EXTRACTED)

    def _stated_parts(self, value: Value, parts: Sequence[Part]) -> Iterator[tuple[Part | None, Value]]:
        """The parts of a compound value that are stated; if none is, the first as the missing one."""
        found = [
            (part, inner)
            for part in parts
            for inner in find_entries(self._collection.fields, value, part.field)
        ]
        stated = [(part, inner) for part, inner in found if not inner.missing]
        missing = [(None, inner) for _, inner in found] or [(None, self._not_extracted(parts[0].field))]
        yield from stated or missing[:1]

    def _item(self, stated: Sequence[tuple[Part | None, Value]], whole: Value) -> tuple[Segment, ...]:
        segments: list[Segment] = []
        for part, value in stated:
            before = text_in(part.before, self._locale) if part is not None else ""
            text = format_value(value, self._locale, self._labels, before=before)
            if part is not None:
                text = f"{text}{text_in(part.after, self._locale)}"
                if segments:
                    text = self._between(part) + text
                    text = space_between(segments[-1].text, text) + text
            segments.append(
                Segment(
                    text=text,
                    place=value.place,
                    missing=value.missing,
                    basis="" if value.missing else self._basis(value),
                    note=self._note(value),
                )
            )
        # A note on a compound value belongs behind all of it.
        segments[-1] = replace(segments[-1], note=self._note(whole) or segments[-1].note)
        return tuple(_merged(segments))

    def _between(self, part: Part) -> str:
        if part.between:
            return text_in(part.between, self._locale)
        return self._labels.text("value.between", self._locale)

    def _basis(self, value: Value) -> str:
        """What kind of place a value has, unless it is the text or its whole column says it."""
        path = value.field.path if value.field else ""
        if value.basis == "text" or self._collection.without_layer(path) != path:
            return ""
        known = value.field.details.get("basis") if value.field else None
        term = known.terms.get(value.basis) if known else None
        return text_in(term.label, self._locale) if term else value.basis

    def _note(self, value: Value) -> int:
        written = value.detail("note")
        if written is None:
            return 0
        return self._number_of_note(text_in(written, self._locale))

    def _number_of_note(self, note: str) -> int:
        if note not in self._notes:
            self._notes.append(note)
        return self._notes.index(note) + 1

    def _conflicts(self, record: Record, path: str) -> Iterator[Conflict]:
        """The conflicts that a record lists about a field, whichever layer of it a column shows."""
        fields = self._collection.fields.values()
        discussed_in = [known for known in fields if known.path.startswith("conflicts.") and known.refers_to]
        for conflict in self._collection.find(record, "conflicts"):
            about = str(conflict.raw.get("field")) if isinstance(conflict.raw, Mapping) else ""
            if about != path and not about.startswith(f"{path}."):
                continue
            for known in discussed_in:
                name = known.path.removeprefix("conflicts.")
                if known.refers_to not in ("fields", "references") and name in conflict.raw:
                    note = self._conflict_note(record, about)
                    yield Conflict(collection=known.refers_to, id=str(conflict.raw[name]), note=note)

    def _conflict_note(self, record: Record, path: str) -> int:
        """A note that tells what the record and each of its layers state about a field."""
        layers = [known for known in self._collection.fields.values() if known.is_layer]
        said = [
            (text_in(layer.title, self._locale), self._said(record, f"{layer.path}.{path}"))
            for layer in layers
        ]
        stated = [f"{name}{self._colon()}{text}" for name, text in said if text]
        if not stated or path not in self._collection.fields:
            return 0
        title = text_in(self._collection.fields[path].title, self._locale)
        ours = f"{title}{self._colon()}{self._said_or_missing(record, path)}"
        header = self._said(record, self._view.columns[0].field)
        parts = self._labels.text("value.semicolon", self._locale).join([ours, *stated])
        return self._number_of_note(f"{header}{self._labels.text('value.between', self._locale)}{parts}")

    def _colon(self) -> str:
        return self._labels.text("value.colon", self._locale)

    def _said(self, record: Record, path: str) -> str:
        """What a field says, in words; empty if it states nothing."""
        values = [value for value in self._collection.find(record, path) if not value.missing]
        words = [format_value(value, self._locale, self._labels) for value in values]
        return self._labels.text("list.comma", self._locale).join(words)

    def _said_or_missing(self, record: Record, path: str) -> str:
        """What a field says, or why it says nothing."""
        stated = self._said(record, path)
        values = () if stated else self._collection.find(record, path)
        words = [format_value(value, self._locale, self._labels) for value in values]
        return stated or self._labels.text("list.comma", self._locale).join(words)


def _scale(part: Part | None, value: Value) -> str:
    """What a value may be compared with: the same part of other cells, in the same base unit."""
    return " ".join(name for name in (part.field if part else "", sort_group(value)) if name)


def _merged(segments: Iterable[Segment]) -> Iterator[Segment]:
    """Neighbours from one place become one segment: one link for a statement, not one a word."""
    last: Segment | None = None
    for segment in segments:
        if (
            last is not None
            and not last.note
            and not segment.missing
            and ((last.place, last.missing, last.basis) == (segment.place, "", segment.basis))
        ):
            last = replace(segment, text=last.text + segment.text)
            continue
        if last is not None:
            yield last
        last = segment
    if last is not None:
        yield last


def filter_records(collection: Collection, expression: str) -> list[Record]:
    """The records for which an expression is true, in the order of their ids; all if it is empty.

    Where it asks for a value that a record does not state, it is not true.
    """
    parsed, _ = parse_expression(expression) if expression else (None, "")
    if parsed is None:
        return list(collection.records.values())
    return [
        record
        for record in collection.records.values()
        if (result := parsed.evaluate({"id": record.id, **record.values})).is_known and result.value
    ]


def place_link(
    url_for_reference: Callable[[str], str | None], url_for_place: Callable[[str], str | None]
) -> Callable[[str], str | None]:
    """What says where readers see what a value was taken from: the title of a reference, or a passage."""

    def link(place: str) -> str | None:
        citekey, _, inside = place.partition("/")
        return url_for_reference(citekey) if inside == TITLE_PLACE else url_for_place(place)

    return link


def render_table(
    table: SummaryTable,
    labels: Labels,
    *,
    url_for_reference: Callable[[str], str | None],
    url_for_place: Callable[[str], str | None],
    url_for_record: Callable[[str, str], str | None] = lambda *_: None,
    row_id: Callable[[str], str] = lambda _: "",
) -> str:
    """A table as one block of HTML without empty lines, so that Markdown passes it on as it is.

    ``url_for_record`` gets the name of a collection and an id: where a conflict is discussed.
    """
    html = render_template(
        "table.html.jinja",
        table=table,
        labels=labels.in_locale(table.locale),
        missing=[(code, format_missing(code, table.locale, labels)) for code in table.missing_codes],
        url_for_reference=url_for_reference,
        url_for_place=place_link(url_for_reference, url_for_place),
        url_for_record=url_for_record,
        row_id=row_id,
        choices=table.choices(),
    )
    return "\n".join(line.strip() for line in html.splitlines() if line.strip())
