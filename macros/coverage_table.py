"""The coverage tables: for each place of a source, what it prints and which blocks of the site render it.

Gathers what the tables say in one language; their layout is ``templates/coverage.html.jinja``. What is
missing from the pages is reported by ``macros.checks.coverage``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from macros.markup import plain_text
from macros.records import text_in
from macros.render_context import RenderContext, render_for_page
from macros.source_maps import (
    SourceBlock,
    SourceMap,
    SourcePlace,
    SourceSection,
    group_blocks,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockLink:
    """A link to the blocks of a place that stand together under one heading."""

    href: str
    """Of the first of them."""
    text: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationLink:
    """A reference that the source cites."""

    label: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageRow:
    """One place of a source."""

    place: str
    """With its source, as in ``src="ito2019/3.1-p2"``."""
    text: str
    """Without it."""
    citations: tuple[CitationLink, ...]
    figures: int
    """How many figures the source prints there."""
    blocks: tuple[BlockLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageGroup:
    """The places of one section."""

    title: str
    rows: tuple[CoverageRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageTable:
    """One source in one language."""

    id: str
    name: str
    groups: tuple[CoverageGroup, ...]
    places: int
    citations: int
    figures: int
    blocks: int


def render_coverage(context: RenderContext) -> str:
    """A table for every source of which the site has a map."""
    return render_for_page("coverage.html.jinja", context, tables=coverage_tables(context))


def coverage_tables(context: RenderContext) -> list[CoverageTable]:
    """What the tables say, in the language of the page that they stand on."""
    blocks = group_blocks(context.site.pages.values(), context.locale)
    return [_table(source, blocks, context) for source in context.site.source_maps]


def _table(source: SourceMap, blocks: dict[str, list[SourceBlock]], context: RenderContext) -> CoverageTable:
    places = source.places
    return CoverageTable(
        id=f"coverage-{source.record.id.replace('.', '-')}",
        name=text_in(source.name, context.locale),
        groups=tuple(_group(section, blocks, context) for section in source.sections),
        places=len(places),
        citations=sum(len(place.citations) for place in places),
        figures=sum(len(place.figures) for place in places),
        blocks=sum(len(blocks.get(place.id, ())) for place in places),
    )


def _group(
    section: SourceSection, blocks: dict[str, list[SourceBlock]], context: RenderContext
) -> CoverageGroup:
    return CoverageGroup(
        title=text_in(section.title, context.locale),
        rows=tuple(_row(place, blocks.get(place.id, ()), context) for place in section.places),
    )


def _row(place: SourcePlace, blocks: Sequence[SourceBlock], context: RenderContext) -> CoverageRow:
    return CoverageRow(
        place=place.id,
        text=place.id.partition("/")[2],
        citations=tuple(_citation_links(place.citations, context)),
        figures=len(place.figures),
        blocks=tuple(_block_links(blocks, context)),
    )


def _citation_links(citekeys: Iterable[str], context: RenderContext) -> Iterator[CitationLink]:
    bibliography = context.site.bibliography
    for citekey in citekeys:
        href = context.link_to_reference(citekey)
        if href is not None:
            yield CitationLink(label=bibliography.by_citekey[citekey].label or citekey, href=href)


def _block_links(blocks: Iterable[SourceBlock], context: RenderContext) -> Iterator[BlockLink]:
    links: dict[tuple[str, int], BlockLink] = {}
    for block in blocks:
        heading = block.heading
        under = (block.page.id, heading.start if heading else -1)
        if under in links:
            links[under] = replace(links[under], count=links[under].count + 1)
            continue
        fragment = f"#{block.anchor}" if block.anchor else ""
        links[under] = BlockLink(
            href=context.link_to_page(block.page.id) + fragment,
            text=plain_text(heading.text) if heading else block.page.title,
            count=1,
        )
    yield from links.values()
