"""What a figure is: as its author declares it, and finished in all languages.

Texts stay in every language up to the template, so that all languages share one drawing: the same
marks at the same places. Nothing here computes anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from macros.locales import LocalizedText


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureSpec:
    """One entry of ``figures.yml``; only entries without mistakes become one."""

    name: str
    kind: str
    caption: LocalizedText
    note: LocalizedText
    filter: str
    """An expression that is true for the records shown; all if empty."""
    order: tuple[str, ...]
    settings: Mapping[str, Any]
    """What the kind asks for beside, as its schema in ``reading`` allows it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """One line of text in a drawing."""

    x: float
    y: float
    """Of the base line."""
    words: LocalizedText
    """A language with an empty text prints nothing here."""
    anchor: str
    """``start``, ``middle`` or ``end``."""
    style: str
    size: float

    @property
    def kind(self) -> tuple[str, str, float]:
        """What labels that are printed in one group have in common."""
        return self.style, self.anchor, self.size


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """Marks and labels on a surface; one unit is one CSS pixel at full size."""

    width: float
    height: float
    paths: Mapping[str, str]
    """Style → path data of all marks of that style, in the order in which they are painted."""
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """One row of the table beside a figure; its first cell is its header."""

    cells: tuple[LocalizedText, ...]
    record_id: str = ""
    """The record that the row is about; empty if it is about several."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What a kind makes of its records: the data, and how they are drawn on two widths."""

    headers: tuple[LocalizedText, ...]
    rows: tuple[FigureRow, ...]
    reported: tuple[LocalizedText, ...]
    """How many of the records report what is drawn, a line for each field."""
    wide: Drawing
    narrow: Drawing


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A finished figure in all languages."""

    id: str
    collection: str
    name: str
    caption: LocalizedText
    note: LocalizedText
    contents: Contents
