"""Two kinds in words: what two fields say side by side, and in which direction things went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from macros.figures.canvas import NARROW, WIDE, Canvas, Frame, Sign
from macros.figures.matrices import disputed_fields
from macros.figures.measuring import widest
from macros.figures.model import Contents, Drawing, FigureRow
from macros.figures.source import Source, codes_of
from macros.locales import LocalizedText
from macros.records import MISSING_CODES, Record, Value

_SAME, _ONE_SIDED, _DIFFERENT = "same", "one-sided", "different"


@dataclass(frozen=True, slots=True)
class _Pair:
    """What two fields of a record say."""

    record: Record
    name: LocalizedText
    left: LocalizedText
    right: LocalizedText
    relation: str
    """A code of the conflict that the record lists, or one of the three above."""
    words: LocalizedText
    is_stated: tuple[bool, bool]
    is_contradiction: bool
    """The two differ, and not only in that one says more than the other."""


def build_pairs(source: Source) -> Contents:
    """Two fields of every record side by side; records whose two disagree come first."""
    pairs = [_pair(source, record) for record in source.records()]
    groups = _grouped(source, pairs)
    ordered = [pair for _, members in groups for pair in members]
    heads = [source.setting(f"{side}_header") or source.title(source.setting(side)) for side in _SIDES]
    return Contents(
        headers=(source.title(source.setting("label")), *heads, source.label("figure.relation")),
        rows=tuple(
            FigureRow(record_id=pair.record.id, cells=(pair.name, pair.left, pair.right, pair.words))
            for pair in ordered
        ),
        reported=tuple(
            source.reported(head, sum(pair.is_stated[index] for pair in pairs), len(pairs))
            for index, head in enumerate(heads)
        ),
        wide=_draw_pairs(source, WIDE, groups, heads),
        narrow=_draw_pairs(source, NARROW, groups, heads),
    )


_SIDES = ("left", "right")


def _pair(source: Source, record: Record) -> _Pair:
    paths = [source.setting(side) for side in _SIDES]
    codes = [source.codes(record, path) for path in paths]
    relation, words = _relation(source, record, codes)
    return _Pair(
        record=record,
        name=source.field_words(record, source.setting("label")),
        left=source.field_words(record, paths[0]),
        right=source.field_words(record, paths[1]),
        relation=relation,
        words=words,
        is_contradiction=relation in (_DIFFERENT, next(iter(_conflict_codes(source)), "")),
        is_stated=(codes[0][0] not in MISSING_CODES, codes[1][0] not in MISSING_CODES),
    )


def _relation(source: Source, record: Record, codes: Sequence[Sequence[str]]) -> tuple[str, LocalizedText]:
    """As the record itself calls the conflict; where it lists none, by comparing the codes."""
    conflict = disputed_fields(source, record).get(source.setting("left"))
    known = source.collection.fields.get("conflicts.relation")
    if conflict is not None and known is not None and known.vocabulary is not None:
        code = str(conflict.get("relation"))
        return code, source.code_words(known.path, code)
    if conflict is None and any(side[0] in MISSING_CODES for side in codes):
        return _ONE_SIDED, source.label("figure.one_sided")
    if conflict is None and set(codes[0]) == set(codes[1]):
        return _SAME, source.label("figure.same")
    return _DIFFERENT, source.label("figure.different")


def _conflict_codes(source: Source) -> list[str]:
    """What conflicts may be called, the plainest contradiction first, as the schema lists them."""
    known = source.collection.fields.get("conflicts.relation")
    return list(known.vocabulary.terms) if known and known.vocabulary else []


def _grouped(source: Source, pairs: Sequence[_Pair]) -> list[tuple[LocalizedText, list[_Pair]]]:
    order = [*_conflict_codes(source), _DIFFERENT, _ONE_SIDED, _SAME]
    groups = [[pair for pair in pairs if pair.relation == relation] for relation in order]
    return [
        (source.label("figure.group", name=group[0].words, n=source.same(len(group))), group)
        for group in groups
        if group
    ]


def _draw_pairs(
    source: Source,
    frame: Frame,
    groups: Sequence[tuple[LocalizedText, Sequence[_Pair]]],
    heads: Sequence[LocalizedText],
) -> Drawing:
    canvas = Canvas(frame)
    y = canvas.legend(
        [
            Sign("solid", "circle", heads[0]),
            Sign("ring", "circle", heads[1]),
            Sign("open", "square", source.label("figure.not_stated")),
            Sign("line", "line", source.label("figure.same")),
            Sign("dashed", "line", source.label("figure.not_same")),
        ],
        2,
    )
    for title, members in groups:
        y = canvas.lines(0, y + frame.size * 1.5, title, frame.width, style="strong") - frame.size * 0.9
        for pair in members:
            canvas.line("grid", 0, y, frame.width, y)
            y = _draw_pair(canvas, pair, y + 3)
    canvas.line("grid", 0, y, frame.width, y)
    return canvas.finish(y + 2)


def _draw_pair(canvas: Canvas, pair: _Pair, y: float) -> float:
    """On a wide surface the two stand side by side, on a narrow one beneath each other."""
    frame = canvas.frame
    if frame is WIDE:
        name_end, bond, half = 120.0, 60.0, (frame.width - 120 - 60) / 2
        x_left, x_right = name_end + half - 8, name_end + half + bond + 8
        base = y + frame.size * 1.05
        ends = [
            canvas.lines(0, base, pair.name, name_end - 6),
            canvas.lines(x_left - 10, base, pair.left, half - 20, anchor="end"),
            canvas.lines(x_right + 10, base, pair.right, half - 20),
        ]
        _draw_bond(canvas, pair, (x_left, y + frame.line * 0.55), (x_right, y + frame.line * 0.55))
        return max(ends) - frame.size * 1.05 + 3
    x = frame.label_width
    base = y + frame.size * 1.05
    name_end = canvas.lines(0, base, pair.name, x - 14)
    second = canvas.lines(x + 10, base, pair.left, frame.width - x - 12)
    end = canvas.lines(x + 10, second, pair.right, frame.width - x - 12)
    _draw_bond(canvas, pair, (x, base - frame.size * 0.35), (x, second - frame.size * 0.35))
    return max(name_end, end) - frame.size * 1.05 + 3


def _draw_bond(canvas: Canvas, pair: _Pair, left: tuple[float, float], right: tuple[float, float]) -> None:
    style = "line" if pair.relation == _SAME else "dashed"
    if pair.relation != _ONE_SIDED:
        canvas.line(style, *left, *right)
    for place, is_stated, filled in zip((left, right), pair.is_stated, ("solid", "ring"), strict=True):
        shape = "circle" if is_stated else "square"
        canvas.shape(filled if is_stated else "open", shape, *place, 4.5 if is_stated else 2.5)
    if pair.is_contradiction and canvas.frame is WIDE:
        x, y = (left[0] + right[0]) / 2, left[1]
        sign = dict.fromkeys(pair.words, "≠")
        canvas.text(x, y + canvas.frame.size * 0.36, sign, anchor="middle", style="strong")


# --- direction


@dataclass(frozen=True, slots=True)
class _Finding:
    """One measure of one record and where it went."""

    record: Record
    name: LocalizedText
    effect: str
    comparison: str
    shape: str
    style: str
    words: LocalizedText
    cells: tuple[LocalizedText, ...]
    is_known: bool


def build_directions(source: Source) -> Contents:
    """Every measure of every record with an arrow and a word; the groups that come first are said first."""
    records = source.records()
    findings = [finding for record in records for finding in _findings(source, record)]
    groups = _by_effect(source, findings)
    paths = [source.setting(key) for key in ("measure", "direction", "effect", "comparison")]
    ordered = [finding for _, members in groups for finding in members]
    reporting = len({finding.record.id for finding in findings if finding.is_known})
    return Contents(
        headers=(source.title(source.setting("label")), *(source.title(path) for path in paths)),
        rows=tuple(
            FigureRow(record_id=finding.record.id, cells=(finding.name, *finding.cells))
            for finding in ordered
        ),
        reported=(source.reported(source.title(paths[1]), reporting, len(records)),),
        wide=_draw_directions(source, WIDE, groups),
        narrow=_draw_directions(source, NARROW, groups),
    )


def _findings(source: Source, record: Record) -> list[_Finding]:
    keys = ("measure", "direction", "effect", "comparison")
    found = []
    for part in source.parts(record, source.setting("each")):
        measure, direction, effect, comparison = (source.inner(part, source.setting(key)) for key in keys)
        words = [source.words(value) for value in (measure, direction, effect, comparison)]
        codes = [_code(value) for value in (direction, effect, comparison)]
        found.append(
            _Finding(
                record=record,
                name=source.field_words(record, source.setting("label")),
                effect=codes[1],
                comparison=codes[2],
                shape=source.setting("arrows").get(codes[0], "diamond"),
                style=source.setting("fills").get(codes[2], "open"),
                words=source.label("figure.finding", measure=words[0], direction=words[1]),
                cells=tuple(words),
                is_known=codes[0] not in MISSING_CODES,
            )
        )
    return found


def _code(value: Value | None) -> str:
    return codes_of(value)[0] if value is not None else MISSING_CODES[0]


def _by_effect(source: Source, findings: Sequence[_Finding]) -> list[tuple[LocalizedText, list[_Finding]]]:
    """In the order that the author gives; what she does not name comes last."""
    first = source.setting("groups")
    order = [*first, *sorted({finding.effect for finding in findings} - set(first))]
    groups = [(code, [finding for finding in findings if finding.effect == code]) for code in order]
    path = source.setting("effect")
    return [
        (
            source.label("figure.group", name=source.code_words(path, code), n=source.same(len(members))),
            members,
        )
        for code, members in groups
        if members
    ]


def _draw_directions(
    source: Source, frame: Frame, groups: Sequence[tuple[LocalizedText, Sequence[_Finding]]]
) -> Drawing:
    canvas = Canvas(frame)
    used = [finding for _, members in groups for finding in members]
    y = canvas.legend(_direction_signs(source, used), 2)
    for title, members in groups:
        y = canvas.lines(0, y + frame.size * 1.6, title, frame.width, style="strong") - frame.size * 0.9
        by_record: dict[str, list[_Finding]] = {}
        for finding in members:
            by_record.setdefault(finding.record.id, []).append(finding)
        for findings in by_record.values():
            canvas.line("grid", 0, y, frame.width, y)
            y = _draw_findings(canvas, findings, y + 2)
    canvas.line("grid", 0, y, frame.width, y)
    return canvas.finish(y + 2)


def _draw_findings(canvas: Canvas, findings: Sequence[_Finding], y: float) -> float:
    """The findings of one record flow beside its name, as many on a line as there is room for."""
    frame, start = canvas.frame, canvas.frame.label_width * (0.68 if canvas.frame is WIDE else 0.88)
    base = y + frame.size * 1.1
    name_end = canvas.lines(0, base, findings[0].name, start - 8)
    x, room = start, frame.width - start - 16
    for finding in findings:
        width = 16 + widest(finding.words, frame.size)
        if x > start and x + width > frame.width:
            x, base = start, base + frame.line + 2
        canvas.shape(finding.style, finding.shape, x + 6, base - frame.size * 0.35, 5.5)
        next_base = canvas.lines(x + 16, base, finding.words, room)
        if canvas.count_lines(finding.words, room) > 1:
            x, base = frame.width, next_base - frame.line
        else:
            x += width + 14
    return max(name_end, base + frame.line) - frame.size * 1.1 + 4


def _direction_signs(source: Source, findings: Sequence[_Finding]) -> list[Sign]:
    """First what the arrows mean, then what their fill means; only what occurs."""
    shapes: dict[str, list[LocalizedText]] = {}
    for code, shape in source.setting("arrows").items():
        if any(finding.shape == shape for finding in findings):
            shapes.setdefault(shape, []).append(source.code_words(source.setting("direction"), code))
    fills: dict[str, list[LocalizedText]] = {}
    for code, style in source.setting("fills").items():
        if any(finding.comparison == code for finding in findings):
            fills.setdefault(style, []).append(source.code_words(source.setting("comparison"), code))
    return [
        *(Sign("line", shape, source.joined(words)) for shape, words in shapes.items()),
        *(Sign(style, "square", source.joined(words)) for style, words in fills.items()),
    ]
