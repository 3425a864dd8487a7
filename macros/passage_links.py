"""Passages: how a place in a source is called on a page, and the link that leads to it.

A page that rests on several sources marks each statement with the passage it comes from. What a source
prints where is read in ``macros.source_maps``.
"""

from __future__ import annotations

import re

from markupsafe import Markup as Html

from macros.records import TITLE_PLACE, text_in
from macros.render_context import RenderContext
from macros.site import Site
from macros.values import join_items

_NUMBERED = re.compile(r"[1-9][\d.]*")
_PART = re.compile(r"(?:.*-)?([a-z]+)(\d+)")


def passage_name(site: Site, place: str, locale: str) -> str:
    """How a known place is called: its source, the section by number or title, and the part of it.

    What stands in a section of its own kind (``places/1``) is called by its number alone.
    """
    source, section = site.passages[place]
    numbered = _NUMBERED.fullmatch(section.id)
    within = [
        section.id if numbered else text_in(section.title, locale),
        _part_name(site, place.partition("/")[2], locale),
    ]
    return site.labels.text("passage.name", locale).format(
        source=text_in(source.short_name, locale),
        place=join_items(within, site.labels.text("passage.between", locale)),
    )


def place_name(site: Site, place: str, locale: str) -> str:
    """How any place is called that data may name: a passage, the title of a reference, or else its id."""
    if place in site.passages:
        return passage_name(site, place, locale)
    citekey, _, part = place.partition("/")
    ref = site.bibliography.by_citekey.get(citekey)
    if part == TITLE_PLACE and ref is not None:
        return site.labels.text("passage.title", locale).format(label=ref.label or citekey)
    return place


def _part_name(site: Site, part: str, locale: str) -> str:
    found = _PART.fullmatch(part)
    kind, number = found.groups() if found else ("", part)
    words = site.labels.in_locale(locale)
    return words.get(f"passage.{kind}", words["passage.part"]).format(n=number)


def render_passage(place: str, context: RenderContext) -> Html:
    """A small link to the block that renders a place; without a link where no page does."""
    name = passage_name(context.site, place, context.locale)
    href = context.link_to_place(place)
    if href is None:
        return Html('<span class="passage">{}</span>').format(name)
    return Html('<a class="passage" href="{}">{}</a>').format(href, name)
