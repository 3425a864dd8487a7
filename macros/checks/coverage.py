"""Coverage: what the sources print stands on the pages of every language.

Held against the source maps of the site (``macros.source_maps``); a site without any has nothing to
check here. How numbers are recognised is decided in ``macros.numbers_in_text``.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from macros.locales import Labels, Locale
from macros.markup import plain_text, replace_spans
from macros.numbers_in_text import NumberWords, find_missing_figures
from macros.page_macros import render_call
from macros.problems import Problem, did_you_mean
from macros.render_context import RenderContext
from macros.site import Site
from macros.source_maps import SourceBlock, SourceMap, SourcePlace, group_blocks, read_source_maps

_RULE = "source-is-covered"
_NUMBER_WORDS = "number_words."
"""In ``labels.yml``: the words for a number, separated by spaces."""


def check_sources_are_covered(site: Site) -> Iterator[Problem]:
    """Every place of a source is rendered in every language, with its citations and its figures.

    ``source-is-covered``: at least one block names the place, and its blocks together cite what the
    source cites there and print the numbers that it prints there, at least as often. Units and words
    such as "more than" are not compared.

    Bad:  ``In 56 patients survival was higher.`` ``{: src="lin/2-p1" }``
    Good: ``In 56 patients survival was 73.2%.[@lin2017]`` ``{: src="lin/2-p1" }``
    """
    maps = read_source_maps(site.collections)
    for locale in site.settings.locales if maps else ():
        blocks = group_blocks(site.pages.values(), locale.code)
        words = _number_words(site.labels, locale.code)
        for source in maps:
            for place in source.places:
                yield from _check_place(site, source, place, blocks.get(place.id, []), locale, words)


def _check_place(
    site: Site,
    source: SourceMap,
    place: SourcePlace,
    blocks: Sequence[SourceBlock],
    locale: Locale,
    words: NumberWords,
) -> Iterator[Problem]:
    if not blocks:
        message = f"{place.id}: no block in {locale.name} renders it"
        hint = f'end the block that does with {{: src="{place.id}" }}'
        yield _problem(source, place.path, message, hint)
        return
    hint = f"look at {', '.join(_where(block) for block in blocks)}"
    for position in _find_missing_citations(place, blocks, site):
        message = f"{place.id}: the source cites “{place.citations[position]}”, the blocks in {locale.name} do not, or not as often"
        yield _problem(source, (*place.path, "citations", position), message, hint)
    text = "; ".join(_plain_block(block, site) for block in blocks)
    for position in find_missing_figures(place.figures, text, words):
        message = f"{place.id}: the source prints “{place.figures[position]}”, the blocks in {locale.name} do not, or not as often"
        yield _problem(source, (*place.path, "figures", position), message, hint)


def _problem(source: SourceMap, path: tuple[str | int, ...], message: str, hint: str) -> Problem:
    line, column = source.record.document.place_of(path)
    return Problem(
        file=source.record.file, line=line, column=column, rule=_RULE, message=message, hint=hint
    )


def _where(block: SourceBlock) -> str:
    return f"{block.page.source.file}:{block.page.source.place(block.start)[0]}"


def _find_missing_citations(place: SourcePlace, blocks: Sequence[SourceBlock], site: Site) -> Iterator[int]:
    """Positions of the citations that the blocks lack; a translation pair is one reference."""
    cited = Counter(
        site.bibliography.main_citekey(item.citekey)
        for block in blocks
        for citation in block.citations
        for item in citation.items
        if item.citekey in site.bibliography
    )
    for position, citekey in enumerate(place.citations):
        if citekey in site.bibliography:  # another rule reports one that is not
            main = site.bibliography.main_citekey(citekey)
            cited[main] -= 1
            if cited[main] < 0:
                yield position


def _plain_block(block: SourceBlock, site: Site) -> str:
    """The text of a block as readers see it, with what its macros print."""
    page = block.page
    context = RenderContext(site, page.locale, site.url(page.id, page.locale))
    spans = [
        (call.start - block.start, call.end - block.start, render_call(call, context))
        for call in page.markup.macro_calls
        if block.start <= call.start < block.end
    ]
    text = replace_spans(page.source.text[block.start : block.end], spans)
    # An exponent must not end up as further digits of its base.
    return html.unescape(plain_text(re.sub(r"<sup>([-−+\d]+)</sup>", r"^\1", text)))


def _number_words(labels: Labels, locale: str) -> NumberWords:
    return {
        word: Decimal(key.removeprefix(_NUMBER_WORDS))
        for key, texts in labels.texts.items()
        if key.startswith(_NUMBER_WORDS)
        for word in texts.get(locale, "").split()
    }


def check_source_places_exist(site: Site) -> Iterator[Problem]:
    """A block renders a place that its source has (``source-place-exists``), and maps name a place once.

    Bad:  ``{: src="lin/2-p11" }``
    Good: ``{: src="lin/2-p1" }``
    """
    maps = read_source_maps(site.collections)
    places = {place.id for source in maps for place in source.places}
    for source in maps:
        yield from _check_places_are_unique(source)
    for page in site.pages.values() if maps else ():
        for attributes in page.markup.attribute_lists:
            place = attributes.values.get("src")
            if place is not None and place not in places:
                message = f"no source has the place “{place}”"
                hint = did_you_mean(place, places)
                yield page.source.problem(attributes.start, "source-place-exists", message, hint)


def _check_places_are_unique(source: SourceMap) -> Iterator[Problem]:
    seen: set[str] = set()
    for place in source.places:
        if place.id in seen:
            line, column = source.record.document.place_of((*place.path, "id"))
            yield Problem(
                file=source.record.file,
                line=line,
                column=column,
                rule="source-place-is-unique",
                message=f"the place {place.id} stands here a second time",
                hint="give each place an id of its own",
            )
        seen.add(place.id)
