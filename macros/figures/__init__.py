"""Figures: static drawings of a collection's records, with the same data as a table.

``model`` holds the values, ``reading`` reads ``figures.yml``, ``measuring`` and ``canvas`` know how
much room text takes and gather marks, one module a kind computes what is drawn, ``building`` picks
the kind, and ``rendering`` fills the templates. How a value reads is decided in ``macros.values``.
"""

from __future__ import annotations

from macros.figures.building import build_figure
from macros.figures.model import Drawing, Figure, FigureRow, FigureSpec
from macros.figures.reading import load_figures
from macros.figures.rendering import figure_file_name, render_figure, render_figure_file

__all__ = [
    "Drawing",
    "Figure",
    "FigureRow",
    "FigureSpec",
    "build_figure",
    "figure_file_name",
    "load_figures",
    "render_figure",
    "render_figure_file",
]
