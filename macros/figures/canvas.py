"""The canvas: gathers marks and labels of a drawing, grouped by style so that the file stays small.

Which mark means what is decided by the kinds; how a style looks, in ``templates/figure_drawing.svg.jinja``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from macros.figures.measuring import widest, wrap_words
from macros.figures.model import Drawing, Label
from macros.locales import LocalizedText

FILLS = ("solid", "hatch", "tint", "open", "dashed", "ring")
"""What an author may choose from to fill an outline."""

STYLES = ("grid", "tint", "hatch", "open", "line", "dashed", "ring", "solid")
"""In the order in which they are painted."""

LINE_HEIGHT = 1.3

_LEGEND_GAP = 16.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The measures of a layout."""

    width: float
    size: float
    """Of the text."""
    label_width: float
    """Kept free for the names of rows."""

    @property
    def line(self) -> float:
        """From one base line to the next."""
        return round(self.size * LINE_HEIGHT, 1)


WIDE = Frame(width=700, size=13, label_width=220)
NARROW = Frame(width=320, size=11.5, label_width=112)


@dataclass(frozen=True, slots=True)
class Sign:
    """A mark of the legend and what it means."""

    style: str
    shape: str
    """``circle``, ``square``, ``line`` or the name of an arrow."""
    words: LocalizedText


class Canvas:
    """A drawing in the making."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self._paths: dict[str, list[str]] = {style: [] for style in STYLES}
        self._labels: list[Label] = []

    def path(self, style: str, data: str) -> None:
        """A mark as path data."""
        self._paths[style].append(data)

    def shape(self, style: str, shape: str, x: float, y: float, radius: float) -> None:
        """A mark around a point."""
        self.path(style, shape_path(shape, x, y, radius))

    def line(self, style: str, x: float, y: float, to_x: float, to_y: float) -> None:
        """A straight line."""
        self.path(style, f"M{_n(x)} {_n(y)}L{_n(to_x)} {_n(to_y)}")

    def box(self, style: str, x: float, y: float, width: float, height: float) -> None:
        """A rectangle by its upper left corner."""
        self.path(style, f"M{_n(x)} {_n(y)}h{_n(width)}v{_n(height)}h{_n(-width)}z")

    def text(
        self, x: float, y: float, words: LocalizedText, *, anchor: str = "start", style: str = "plain"
    ) -> None:
        """One line of text on a base line."""
        self._labels.append(
            Label(
                x=round(x, 1),
                y=round(y, 1),
                words=words,
                anchor=anchor,
                style=style,
                size=self.frame.size,
            )
        )

    def lines(
        self,
        x: float,
        y: float,
        words: LocalizedText,
        width: float,
        *,
        anchor: str = "start",
        style: str = "plain",
        is_centred: bool = False,
    ) -> float:
        """Text broken into lines from a first base line; the base line that would come next."""
        for line in wrap_words(words, width, self.frame.size, is_centred=is_centred):
            self.text(x, y, line, anchor=anchor, style=style)
            y += self.frame.line
        return y

    def count_lines(self, words: LocalizedText, width: float) -> int:
        """How many lines ``lines`` would print."""
        return len(wrap_words(words, width, self.frame.size))

    def heads(self, centres: Sequence[float], heads: Sequence[LocalizedText], y: float) -> float:
        """Names of columns as stairs, each with a line down to its column; where the columns begin.

        No text is turned, however many columns there are: the last name stands highest, so that no
        line crosses a name.
        """
        starts: list[tuple[float, float]] = []
        for x, words in reversed(list(zip(centres, heads, strict=True))):
            starts.append((x, y + self.frame.size * 0.7))
            y = self.lines(x - 6, y + self.frame.size, words, x - 8, anchor="end") - self.frame.size
        for x, start in starts:
            self.path("grid", f"M{_n(x - 4)} {_n(start)}H{_n(x)}V{_n(y + 6)}")
        return y + 8

    def legend(self, signs: Sequence[Sign], y: float) -> float:
        """What the marks mean, side by side as far as there is room; where the drawing ends."""
        x, step = 2.0, self.frame.line
        for sign in signs:
            room = self.frame.width - 26
            if x > 2 and x + 24 + widest(sign.words, self.frame.size) > self.frame.width:
                x, y = 2.0, y + step + 4
            if sign.shape == "line":
                self.line(sign.style, x, y + 6, x + 16, y + 6)
            else:
                self.shape(sign.style, sign.shape, x + 8, y + 6, 6)
            next_y = self.lines(x + 22, y + 6 + self.frame.size * 0.35, sign.words, room)
            if self.count_lines(sign.words, room) > 1:
                x, y = 2.0, next_y - self.frame.size * 0.35
            else:
                x += 22 + widest(sign.words, self.frame.size) + _LEGEND_GAP
        return y + (step + 6 if x > 2 else 2)

    def finish(self, height: float) -> Drawing:
        """The drawing."""
        return Drawing(
            width=self.frame.width,
            height=round(height, 1),
            paths={style: "".join(paths) for style, paths in self._paths.items() if paths},
            labels=tuple(self._labels),
        )


def shape_path(shape: str, x: float, y: float, radius: float) -> str:
    """The outline of a shape around a point."""
    if shape == "circle":
        arc = f"a{_n(radius)} {_n(radius)} 0 1 0 "
        return f"M{_n(x - radius)} {_n(y)}{arc}{_n(2 * radius)} 0{arc}{_n(-2 * radius)} 0z"
    if shape == "square":
        return f"M{_n(x - radius)} {_n(y - radius)}h{_n(2 * radius)}v{_n(2 * radius)}h{_n(-2 * radius)}z"
    corners = [(x + across * radius, y + down * radius) for across, down in _OUTLINES[shape]]
    return "M" + "L".join(f"{_n(px)} {_n(py)}" for px, py in corners) + "z"


_UP = ((0, -1), (0.9, 0), (0.4, 0), (0.4, 1), (-0.4, 1), (-0.4, 0), (-0.9, 0))
_OUTLINES = {
    "up": _UP,
    "down": tuple((across, -down) for across, down in _UP),
    "rising": ((0.9, -0.9), (0.9, 0.4), (0.5, 0), (-0.4, 0.9), (-0.9, 0.4), (0, -0.5), (-0.4, -0.9)),
    "level": (
        *((-1, 0), (-0.4, -0.8), (-0.4, -0.35), (0.4, -0.35), (0.4, -0.8)),
        *((1, 0), (0.4, 0.8), (0.4, 0.35), (-0.4, 0.35), (-0.4, 0.8)),
    ),
    "diamond": ((0, -1), (1, 0), (0, 1), (-1, 0)),
}
"""Corners in units of the radius."""

ARROWS = tuple(_OUTLINES)


def _n(number: float) -> str:
    """A coordinate with at most one decimal, the same on every machine."""
    return f"{round(number, 1) + 0.0:.1f}".removesuffix(".0")
