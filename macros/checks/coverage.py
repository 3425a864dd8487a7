"""Coverage: what the sources print stands on the pages of every language.

Held against the source maps of the site (``macros.source_maps``); a site without any has nothing to
check here. How numbers are recognised is decided in ``macros.numbers_in_text``.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set

from macros.markup import plain_text, replace_spans
from macros.numbers_in_text import NumberWords, find_missing_figures
from macros.page_macros import render_call
from macros.problems import Problem, did_you_mean
from macros.records import Record, find_facts
from macros.records.model import Path
from macros.render_context import RenderContext
from macros.site import Site
from macros.source_maps import (
    SourceBlock,
    SourceMap,
    SourcePlace,
    find_source_blocks,
    group_blocks,
)

_COVERED = "source-is-covered"
_EXISTS = "source-place-exists"


def check_sources_are_covered(site: Site) -> Iterator[Problem]:
    """Every place of a source is rendered in every language, with its citations and its figures.

    ``source-is-covered``: at least one block names the place, and its blocks together cite what the
    source cites there and print the numbers that it prints there, at least as often. Units and words
    such as "more than" are not compared.

    Bad:  ``Most of the leaves were whole.`` ``{: src="ito2019/2-p1" }``
    Good: ``Of 20 leaves 15 were whole.[@ito2019]`` ``{: src="ito2019/2-p1" }``
    """
    maps = site.source_maps
    for locale in site.settings.locales if maps else ():
        blocks = group_blocks(site.pages.values(), locale.code)
        words = site.figure_words[locale.code].numbers
        for source in maps:
            for place in source.places:
                found = blocks.get(place.id, [])
                for path, what in _find_gaps(place, found, site, words):
                    message = f"{place.id} in {locale.name}: {what}"
                    yield _problem(source.record, path, _COVERED, message, _hint(place, found))


def _find_gaps(
    place: SourcePlace, blocks: Sequence[SourceBlock], site: Site, words: NumberWords
) -> Iterator[tuple[Path, str]]:
    """What the blocks of one language lack: where it stands in the map, and what to say of it."""
    if not blocks:
        yield place.path, "no block renders it"
        return
    for position in _find_missing_citations(place, blocks, site):
        what = f"its blocks do not cite “{place.citations[position]}”, or less often than the source"
        yield (*place.path, "citations", position), what
    text = "; ".join(_plain_block(block, site) for block in blocks) if place.figures else ""
    for position in find_missing_figures(place.figures, text, words):
        what = f"its blocks do not print “{place.figures[position]}”, or less often than the source"
        yield (*place.path, "figures", position), what


def _hint(place: SourcePlace, blocks: Sequence[SourceBlock]) -> str:
    if not blocks:
        return f'end the block that does with {{: src="{place.id}" }}'
    return f"its blocks: {', '.join(_where(block) for block in blocks)}"


def _problem(record: Record, path: Path, rule: str, message: str, hint: str) -> Problem:
    line, column = record.document.place_of(path)
    return Problem(file=record.file, line=line, column=column, rule=rule, message=message, hint=hint)


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
        for call in block.macro_calls
    ]
    text = replace_spans(page.source.text[block.start : block.end], spans)
    # An exponent must not end up as further digits of its base.
    return html.unescape(plain_text(re.sub(r"<sup>([-−+\d]+)</sup>", r"^\1", text)))


def check_source_places_exist(site: Site) -> Iterator[Problem]:
    """Blocks and values name places that a source has (``source-place-exists``).

    A map names each of its places once (``source-place-is-unique``).

    Bad:  ``{: src="ito2019/2-p11" }``
    Good: ``{: src="ito2019/2-p1" }``
    """
    maps = site.source_maps
    places = {place.id for source in maps for place in source.places}
    for source in maps:
        yield from _check_places_are_unique(source)
    for page in site.pages.values() if maps else ():
        for block in find_source_blocks(page):
            if block.place not in places:
                message, hint = _unknown_place(block.place, places)
                yield page.source.problem(block.end, _EXISTS, message, hint)
    mapped = {source.record.id for source in maps}
    for collection in site.collections.values():
        for record in collection.records.values():
            yield from _check_places_of_values(record, mapped, places)


def _unknown_place(place: str, places: Set[str]) -> tuple[str, str]:
    return f"no source has the place “{place}”", did_you_mean(place, places)


def _check_places_of_values(record: Record, mapped: Set[str], places: Set[str]) -> Iterator[Problem]:
    """Each wrong place of a record once, at the first value that has it; a source without a map is let be."""
    said: set[str] = set()
    for path, _, place in find_facts(record.values):
        if place.partition("/")[0] in mapped and place not in places | said:
            said.add(place)
            message, hint = _unknown_place(place, places)
            yield _problem(record, path, _EXISTS, message, hint)


def _check_places_are_unique(source: SourceMap) -> Iterator[Problem]:
    seen: set[str] = set()
    for place in source.places:
        if place.id in seen:
            message = f"the place {place.id} stands here a second time"
            hint = "give each place an id of its own"
            yield _problem(source.record, (*place.path, "id"), "source-place-is-unique", message, hint)
        seen.add(place.id)
