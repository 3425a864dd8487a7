"""Rendering: a finished figure as a block of HTML, and as a file of its own."""

from __future__ import annotations

from collections.abc import Callable

from macros.figures.model import Figure
from macros.locales import Labels
from macros.templating import render_template


def render_figure(
    figure: Figure,
    locale: str,
    labels: Labels,
    *,
    url_for_record: Callable[[str, str], str | None] = lambda _collection, _record: None,
    url_of_file: str = "",
) -> str:
    """A figure as HTML without blank lines, so that Markdown takes it for one block."""
    html = render_template(
        "figure.html.jinja",
        figure=figure,
        contents=figure.contents,
        drawings={"wide": figure.contents.wide, "narrow": figure.contents.narrow},
        locale=locale,
        labels=labels.in_locale(locale),
        url_for_record=url_for_record,
        url_of_file=url_of_file,
    )
    return "\n".join(line for line in html.splitlines() if line.strip())


def render_figure_file(figure: Figure, locale: str, lang: str, labels: Labels) -> str:
    """The wide drawing as an SVG file that brings its own colours, light and dark."""
    return render_template(
        "figure_file.svg.jinja",
        figure=figure,
        contents=figure.contents,
        drawing=figure.contents.wide,
        locale=locale,
        lang=lang,
        labels=labels.in_locale(locale),
    )


def figure_file_name(collection: str, figure: str, locale: str) -> str:
    """Where the file stands, relative to the root of the site."""
    return f"downloads/figures/{collection}-{figure}.{locale}.svg"
