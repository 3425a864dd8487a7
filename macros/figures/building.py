"""Building a figure: from its declaration and its records to the finished value."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from macros.figures.axes import build_dumbbell, build_timeline
from macros.figures.comparisons import build_directions, build_pairs
from macros.figures.matrices import build_completeness, build_matrix
from macros.figures.model import Contents, Figure, FigureSpec
from macros.figures.source import Source
from macros.locales import Labels
from macros.records import Collection

_KINDS: Mapping[str, Callable[[Source], Contents]] = {
    "matrix": build_matrix,
    "completeness": build_completeness,
    "timeline": build_timeline,
    "pairs": build_pairs,
    "dumbbell": build_dumbbell,
    "directions": build_directions,
}


def build_figure(collection: Collection, spec: FigureSpec, labels: Labels, locales: Sequence[str]) -> Figure:
    """A finished figure in all languages; the same records make the same figure, byte for byte."""
    return Figure(
        id=f"figure-{collection.name}-{spec.name}",
        collection=collection.name,
        name=spec.name,
        caption=spec.caption,
        note=spec.note,
        contents=_KINDS[spec.kind](Source(collection, spec, labels, locales)),
    )
