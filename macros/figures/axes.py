"""Two kinds along an axis: when things happened, and the two arms of one record."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from macros.figures.canvas import NARROW, WIDE, Canvas, Frame, Sign
from macros.figures.measuring import widest
from macros.figures.model import Contents, Drawing, FigureRow
from macros.figures.source import Source, amount_of, codes_of, end_of
from macros.locales import LocalizedText
from macros.records import Record, Value
from macros.values import is_bound, sort_group

_MARKS = ("solid", "ring", "hatch", "open")
"""For the codes of a vocabulary, in its order; shapes differ, not only colours."""


@dataclass(frozen=True, slots=True)
class _Moment:
    """One time that a record states."""

    record: Record
    name: LocalizedText
    time: Value
    words: LocalizedText
    meaning: LocalizedText
    style: str

    ends: tuple[float, float]
    """Where it begins and ends in the base unit."""


def build_timeline(source: Source) -> Contents:
    """The times that records state on a logarithmic axis, each labelled in its original unit."""
    records = source.records()
    moments = [moment for record in records for moment in _moments(source, record)]
    reporting = len({moment.record.id for moment in moments})
    rest = source.label("figure.rest", n=source.same(len(records) - reporting))
    times, mark = source.setting("time"), source.setting("mark")
    return Contents(
        headers=(source.title(source.setting("label")), source.title(mark), source.title(times)),
        rows=(
            *(
                FigureRow(record_id=moment.record.id, cells=(moment.name, moment.meaning, moment.words))
                for moment in moments
            ),
            FigureRow(cells=(rest, source.words(None), source.words(None))),
        ),
        reported=(source.reported(source.title(source.setting("each")), reporting, len(records)),),
        wide=_draw_timeline(source, WIDE, moments, rest),
        narrow=_draw_timeline(source, NARROW, moments, rest),
    )


def _moments(source: Source, record: Record) -> list[_Moment]:
    known = source.vocabulary(source.setting("mark"))
    found = []
    for part in source.parts(record, source.setting("each")):
        time, mark = source.inner(part, source.setting("time")), source.inner(part, source.setting("mark"))
        if time is None or mark is None:
            continue
        first, last = (amount_of(end_of(time, end)) for end in ("min", "max"))
        if first is None or last is None:
            continue
        rank = known.rank(codes_of(mark)[0]) if known else 0
        found.append(
            _Moment(
                record,
                source.field_words(record, source.setting("label")),
                time,
                source.words(time),
                source.words(mark),
                _MARKS[min(rank, len(_MARKS) - 1)],
                (first, last),
            )
        )
    return found


def _draw_timeline(source: Source, frame: Frame, moments: Sequence[_Moment], rest: LocalizedText) -> Drawing:
    canvas = Canvas(frame)
    ticks = [source.value_of_tick(source.setting("time"), tick) for tick in source.setting("ticks")]
    # Nothing on a logarithmic axis lies at zero, and nothing of another unit lies on it at all.
    units = {sort_group(tick) for tick in ticks}
    moments = [moment for moment in moments if moment.ends[0] > 0 and sort_group(moment.time) in units]
    marked = [(amount_of(tick) or 1.0, source.words(tick)) for tick in ticks]
    edges = [amount for amount, _ in marked] + [end for moment in moments for end in moment.ends]
    left, right = frame.label_width * 0.8 + 8, frame.width - 26
    low, high = math.log(min(edges)), math.log(max(edges))

    def place(days: float) -> float:
        return left + (math.log(days) - low) / ((high - low) or 1) * (right - left)

    y = top = frame.line * 2 + 6
    y += 6
    last = ""
    for moment in moments:
        if moment.record.id != last:
            canvas.line("grid", 0, y, frame.width, y)
            y = max(
                canvas.lines(0, y + frame.size * 1.15, moment.name, left - 10) - frame.size * 1.15,
                y,
            )
            y -= frame.line
        last = moment.record.id
        _draw_moment(canvas, moment, place, y + frame.line * 0.5 + 3, right)
        y += frame.line + 6
    canvas.line("grid", 0, y, frame.width, y)
    _draw_ticks(canvas, [(place(amount), words) for amount, words in marked], top, y)
    y = canvas.lines(0, y + frame.size * 1.3, rest, frame.width, style="muted") - frame.size * 0.8
    known = source.vocabulary(source.setting("mark"))
    used = {moment.style for moment in moments}
    signs = [
        Sign(style, "circle", term.label)
        for style, term in zip(_MARKS, known.terms.values() if known else (), strict=False)
        if style in used
    ]
    return canvas.finish(canvas.legend(signs, y + 8))


def _draw_moment(
    canvas: Canvas, moment: _Moment, place: Callable[[float], float], y: float, right: float
) -> None:
    first, last = (place(end) for end in moment.ends)
    if last > first:
        canvas.line("line", first, y, last, y)
        canvas.shape(moment.style, "circle", first, y, 4.5)
    canvas.shape(moment.style, "circle", last, y, 4.5)
    base = y + canvas.frame.size * 0.35
    if last + 9 + widest(moment.words, canvas.frame.size) <= right + 26:
        canvas.text(last + 9, base, moment.words)
    else:
        canvas.text(first - 9, base, moment.words, anchor="end")


def _draw_ticks(
    canvas: Canvas, ticks: Sequence[tuple[float, LocalizedText]], top: float, bottom: float
) -> None:
    """Labels alternate between two lines, so that neighbours have room."""
    for index, (x, words) in enumerate(ticks):
        canvas.line("grid", x, top - 2 - (index % 2) * canvas.frame.line, x, bottom)
        room = canvas.frame.width - x < widest(words, canvas.frame.size) / 2
        y = top - 5 - (index % 2) * canvas.frame.line
        canvas.text(
            canvas.frame.width if room else x, y, words, anchor="end" if room else "middle", style="muted"
        )


# --- two arms


@dataclass(frozen=True, slots=True)
class _Pair:
    """What one part of a record states for both arms."""

    name: LocalizedText
    values: tuple[Value, Value]
    amounts: tuple[float, float]
    words: tuple[LocalizedText, LocalizedText]
    p: LocalizedText
    said_of_p: LocalizedText


def build_dumbbell(source: Source) -> Contents:
    """The parts of one record that state a value for both arms, with their P values as printed."""
    record = source.collection.records[source.setting("record")]
    parts = source.parts(record, source.setting("each"))
    pairs = [pair for part in parts if (pair := _pair(source, part)) is not None]
    columns = [source.setting(key) for key in ("name", "first", "second", "p")]
    return Contents(
        headers=tuple(source.title(path) for path in columns),
        rows=tuple(FigureRow(cells=(pair.name, *pair.words, pair.p)) for pair in pairs),
        reported=(source.reported(source.label("figure.both_arms"), len(pairs), len(parts)),),
        wide=_draw_pairs(source, WIDE, pairs),
        narrow=_draw_pairs(source, NARROW, pairs),
    )


def _pair(source: Source, part: Value) -> _Pair | None:
    first, second = (source.inner(part, source.setting(key)) for key in ("first", "second"))
    amounts = (amount_of(first), amount_of(second))
    if first is None or second is None or amounts[0] is None or amounts[1] is None:
        return None
    if sort_group(first) != sort_group(second):
        return None  # two units have no common axis
    named = [source.words(source.inner(part, source.setting("name")))]
    time = source.inner(part, source.setting("time")) if source.setting("time") else None
    if time is not None and not time.missing:
        named.append(source.words(time))
    p = source.inner(part, source.setting("p"))
    return _Pair(
        name=source.joined(named, "value.between"),
        values=(first, second),
        amounts=(amounts[0], amounts[1]),
        words=(source.words(first), source.words(second)),
        p=source.words(p),
        said_of_p=_said_of_p(source, p),
    )


def _said_of_p(source: Source, p: Value | None) -> LocalizedText:
    """A P value behind its name: with the sign that it brings, else with a colon."""
    if is_bound(p):
        return source.words(p, before="P")
    return source.joined([source.same("P"), source.words(p)], "value.colon")


def _draw_pairs(source: Source, frame: Frame, pairs: Sequence[_Pair]) -> Drawing:
    """Each unit has an axis of its own, from zero to a round number."""
    canvas = Canvas(frame)
    signs = [
        Sign(style, "circle", source.title(source.setting(key)))
        for style, key in (("solid", "first"), ("ring", "second"))
    ]
    y = 0.0
    units = list(dict.fromkeys(sort_group(pair.values[0]) for pair in pairs))
    for unit in units:
        of_unit = [pair for pair in pairs if sort_group(pair.values[0]) == unit]
        y = _draw_axis(canvas, source, of_unit, y)
    return canvas.finish(canvas.legend(signs, y + 12))


def _draw_axis(canvas: Canvas, source: Source, pairs: Sequence[_Pair], y: float) -> float:
    frame, left, right, start = canvas.frame, 10.0, canvas.frame.width - 24, y
    amounts = [amount for pair in pairs for amount in pair.amounts]
    low, top = -_round_up(-min(amounts)) if min(amounts) < 0 else 0.0, _round_up(max(amounts))

    def place(amount: float) -> float:
        return left + (amount - low) / (top - low) * (right - left)

    axis: list[tuple[float, float]] = []
    for pair in pairs:
        y = canvas.lines(0, y + frame.size * 1.3, pair.name, frame.width, style="strong")
        y = canvas.lines(0, y, pair.said_of_p, frame.width) - frame.size * 0.6
        axis.append((y, y + 26))
        _draw_ends(canvas, pair, [place(amount) for amount in pair.amounts], y + 13)
        y += 30
    for step in range(5):
        x = left + (right - left) * step / 4
        for above, below in axis:
            canvas.line("grid", x, above, x, below)
        canvas.text(
            x,
            y + frame.size,
            source.words(_at(pairs[0].values[0], low + (top - low) * step / 4)),
            anchor="middle",
        )
    return y + frame.line if y > start else y


def _draw_ends(canvas: Canvas, pair: _Pair, places: Sequence[float], y: float) -> None:
    canvas.line("line", places[0], y, places[1], y)
    base = y + canvas.frame.size * 0.35
    for style, words, x, other in zip(("solid", "ring"), pair.words, places, reversed(places), strict=True):
        canvas.shape(style, "circle", x, y, 6)
        is_left = x < other or (x == other and style == "solid")
        canvas.text(x - 10 if is_left else x + 10, base, words, anchor="end" if is_left else "start")


def _at(like: Value, amount: float) -> Value:
    raw = {"value": int(amount) if amount == int(amount) else amount, "unit": like.detail("unit")}
    return Value(path=(), field=like.field, raw=raw)


def _round_up(number: float) -> float:
    """The next of 1, 2, 4 and 10 times a power of ten, all of which have round quarters."""
    power = 10.0 ** math.floor(math.log10(number)) if number > 0 else 1.0
    return next(factor * power for factor in (1, 2, 4, 10) if factor * power >= number)
