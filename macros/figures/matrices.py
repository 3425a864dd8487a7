"""Two kinds made of rows and columns: how many records have which pair of codes, and who states what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from macros.figures.canvas import NARROW, WIDE, Canvas, Frame, Sign
from macros.figures.model import Contents, Drawing, FigureRow
from macros.figures.source import Source, is_stated
from macros.locales import LocalizedText
from macros.records import MISSING_CODES, Record


@dataclass(frozen=True, slots=True)
class _Count:
    """How many records have a pair of codes, and for how many of them a column is disputed."""

    records: int
    disputed: int


def build_matrix(source: Source) -> Contents:
    """Codes of one field by codes of another, with the number of records; none is drawn, not left out.

    A record with several codes counts in each of their cells.
    """
    rows, columns = (source.spec.settings[key] for key in ("rows", "columns"))
    records = source.records()
    row_codes, column_codes = (_codes(source, records, path) for path in (rows, columns))
    counts = _count_pairs(source, records, rows, columns)
    heads = [source.code_words(columns, code) for code in column_codes]
    names = [source.code_words(rows, code) for code in row_codes]
    grid = [[counts.get((row, column), _Count(0, 0)) for column in column_codes] for row in row_codes]
    return Contents(
        headers=(source.title(rows), *heads),
        rows=tuple(
            FigureRow(cells=(name, *(_count_words(source, count) for count in line)))
            for name, line in zip(names, grid, strict=True)
        ),
        reported=tuple(_reported(source, records, path) for path in (rows, columns)),
        wide=_draw_matrix(source, WIDE, heads, names, grid),
        narrow=_draw_matrix(source, NARROW, heads, names, grid),
    )


def _reported(source: Source, records: Sequence[Record], path: str) -> LocalizedText:
    stated = [record for record in records if source.codes(record, path)[0] not in MISSING_CODES]
    return source.reported(source.title(path), len(stated), len(records))


def _codes(source: Source, records: Sequence[Record], path: str) -> list[str]:
    """The codes that occur or that the author wants drawn, in the order of the schema; missing last."""
    found = {code for record in records for code in source.codes(record, path)}
    found |= set((source.setting("also") or {}).get(path, ()))
    known = source.vocabulary(path)
    listed = [code for code in (known.terms if known else ()) if code in found]
    missing = [code for code in MISSING_CODES if code in found]
    return [*listed, *sorted(found - {*listed, *missing}), *missing]


def _count_pairs(
    source: Source, records: Sequence[Record], rows: str, columns: str
) -> Mapping[tuple[str, str], _Count]:
    counts: dict[tuple[str, str], _Count] = {}
    for record in records:
        disputed = source.setting("disputed") is True and columns in disputed_fields(source, record)
        for row in source.codes(record, rows):
            for column in source.codes(record, columns):
                so_far = counts.get((row, column), _Count(0, 0))
                counts[row, column] = _Count(so_far.records + 1, so_far.disputed + disputed)
    return counts


def disputed_fields(source: Source, record: Record) -> dict[str, Mapping[str, object]]:
    """The fields about which a record lists a conflict, with what it says of it."""
    conflicts = (value.raw for value in source.find(record, "conflicts"))
    return {str(raw.get("field")): raw for raw in conflicts if isinstance(raw, Mapping)}


def _count_words(source: Source, count: _Count) -> LocalizedText:
    if not count.disputed:
        return source.same(count.records)
    return source.label("figure.disputed_count", n=source.same(count.records), m=source.same(count.disputed))


def _draw_matrix(
    source: Source,
    frame: Frame,
    heads: Sequence[LocalizedText],
    names: Sequence[LocalizedText],
    grid: Sequence[Sequence[_Count]],
) -> Drawing:
    canvas = Canvas(frame)
    pitch = min((frame.width - frame.label_width - 4) / max(len(heads), 1), 48)
    centres = [frame.label_width + pitch * (index + 0.5) for index in range(len(heads))]
    side = min(pitch - 2, frame.size * 2.2)
    y = canvas.heads(centres, heads, 0)
    for name, line in zip(names, grid, strict=True):
        height = max(side + 4, canvas.count_lines(name, frame.label_width - 8) * frame.line + 6)
        _row_name(canvas, name, y, height)
        for x, count in zip(centres, line, strict=True):
            _draw_count(canvas, source, count, x, y + height / 2, side)
        y += height
    signs = [
        Sign("tint", "square", source.label("figure.count")),
        Sign("open", "square", source.label("figure.none")),
    ]
    if any(count.disputed for line in grid for count in line):
        signs.append(Sign("hatch", "square", source.label("figure.disputed")))
    return canvas.finish(canvas.legend(signs, y + 12))


def _draw_count(canvas: Canvas, source: Source, count: _Count, x: float, y: float, side: float) -> None:
    if not count.records:
        canvas.shape("open", "square", x, y, side * 0.2)
        return
    canvas.box("tint", x - side / 2, y - side / 2, side, side)
    share = side * count.disputed / count.records
    if share:
        canvas.box("hatch", x - side / 2, y + side / 2 - share, side, share)
    canvas.text(x, y + canvas.frame.size * 0.35, source.same(count.records), anchor="middle", style="strong")


def _row_name(canvas: Canvas, name: LocalizedText, y: float, height: float) -> None:
    """The name of a row in the middle of its height, with a hairline beneath the row."""
    frame = canvas.frame
    lines = canvas.count_lines(name, frame.label_width - 8)
    first = y + (height - lines * frame.line) / 2 + frame.size * 0.95
    canvas.lines(0, first, name, frame.label_width - 8, is_centred=True)
    canvas.line("grid", 0, y + height, frame.width, y + height)


# --- completeness


@dataclass(frozen=True, slots=True)
class _Asked:
    """A column of the completeness figure: one field, or several of which one is enough."""

    paths: tuple[str, ...]
    header: LocalizedText


def build_completeness(source: Source) -> Contents:
    """Which record states which field: in its text, only in another layer, or not at all."""
    records, asked = source.records(), [_asked(source, written) for written in source.setting("fields")]
    states = [[_state(source, record, column) for column in asked] for record in records]
    totals = [sum(line[index] == "solid" for line in states) for index in range(len(asked))]
    names = [source.field_words(record, source.setting("label")) for record in records]
    heads = [column.header for column in asked]
    words = {sign.style: sign.words for sign in _completeness_signs(source)}
    footer = source.label("figure.total", all=source.same(len(records)))
    return Contents(
        headers=(source.title(source.setting("label")), *heads),
        rows=(
            *(
                FigureRow(record_id=record.id, cells=(name, *(words[state] for state in line)))
                for record, name, line in zip(records, names, states, strict=True)
            ),
            FigureRow(cells=(footer, *(source.same(total) for total in totals))),
        ),
        reported=(_reported_each(source, heads, totals, len(records)),),
        wide=_draw_dots(source, WIDE, heads, names, states, footer, totals),
        narrow=_draw_dots(source, NARROW, heads, names, states, footer, totals),
    )


def _reported_each(
    source: Source, heads: Sequence[LocalizedText], totals: Sequence[int], out_of: int
) -> LocalizedText:
    counts = (
        {locale: f"{words} {total}" for locale, words in head.items()}
        for head, total in zip(heads, totals, strict=True)
    )
    return source.label("figure.reported_each", all=source.same(out_of), list=source.joined(counts))


def _asked(source: Source, written: str | Mapping[str, object]) -> _Asked:
    if isinstance(written, str):
        return _Asked((written,), source.title(written))
    field, header = written["field"], written.get("header")
    paths = tuple(field) if isinstance(field, list) else (str(field),)
    return _Asked(paths, header if isinstance(header, Mapping) else source.title(paths[0]))


def _state(source: Source, record: Record, asked: _Asked) -> str:
    layer = source.setting("layer")
    if any(is_stated(value.raw) for path in asked.paths for value in source.find(record, path)):
        return "solid"
    elsewhere = (f"{layer}.{path}" for path in asked.paths) if layer else ()
    if any(is_stated(value.raw) for path in elsewhere for value in source.find(record, path)):
        return "ring"
    return "open"


def _completeness_signs(source: Source) -> list[Sign]:
    layer = source.setting("layer")
    signs = [Sign("solid", "circle", source.label("figure.stated"))]
    if layer:
        signs.append(Sign("ring", "circle", source.label("figure.layer_only", layer=source.title(layer))))
    return [*signs, Sign("open", "square", source.label("figure.not_stated"))]


def _draw_dots(
    source: Source,
    frame: Frame,
    heads: Sequence[LocalizedText],
    names: Sequence[LocalizedText],
    states: Sequence[Sequence[str]],
    footer: LocalizedText,
    totals: Sequence[int],
) -> Drawing:
    canvas = Canvas(frame)
    pitch = min((frame.width - frame.label_width - 4) / len(heads), 48)
    centres = [frame.label_width + pitch * (index + 0.5) for index in range(len(heads))]
    radius = min(pitch * 0.32, 5)
    y = canvas.heads(centres, heads, 0)
    for name, line in zip(names, states, strict=True):
        height = max(frame.line + 4, canvas.count_lines(name, frame.label_width - 8) * frame.line + 4)
        _row_name(canvas, name, y, height)
        for x, state in zip(centres, line, strict=True):
            shape, size = ("square", radius * 0.5) if state == "open" else ("circle", radius)
            canvas.shape(state, shape, x, y + height / 2, size)
        y += height
    height = max(frame.line + 6, canvas.count_lines(footer, frame.label_width - 8) * frame.line + 6)
    _row_name(canvas, footer, y, height)
    for x, total in zip(centres, totals, strict=True):
        canvas.text(x, y + height / 2 + frame.size * 0.35, source.same(total), anchor="middle", style="plain")
    return canvas.finish(canvas.legend(_completeness_signs(source), y + height + 12))
