"""Source maps: what a source prints where, and which blocks of the pages render it.

A collection whose schema says ``x-role: source-map`` has one record a source, called as the source is
in ``src="source/place"``. It lists ``sections`` with ``places``, and for each place its ``id``, the
``citations`` and the ``figures`` printed there. Whether the pages render all of it is decided in
``macros.checks.coverage``, how readers see it in ``macros.coverage_table``.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, TypeVar

from macros.locales import LocalizedText
from macros.markup import Citation, Heading, MacroCall
from macros.pages import Page, block_start, place_id
from macros.records import SOURCE_MAP, Collection, Record, Value, find_entries
from macros.records.model import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePlace:
    """A paragraph, sentence or line of a source that one can point to."""

    id: str
    """With the source, as in ``src="ito2019/3.1-p2"``."""
    path: Path
    """Where the place stands in the record's file."""
    citations: tuple[str, ...]
    """Citekeys, in order and as often as the source cites there."""
    figures: tuple[str, ...]
    """Numbers with their units, in order and as often as the source prints them there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSection:
    """A section of a source."""

    id: str
    title: LocalizedText
    places: tuple[SourcePlace, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceMap:
    """What one source prints where."""

    record: Record
    name: LocalizedText
    short_name: LocalizedText
    """For lines that have little room; the name, where the record gives no other."""
    sections: tuple[SourceSection, ...]

    @property
    def places(self) -> tuple[SourcePlace, ...]:
        """All places, in the order of the source."""
        return tuple(place for section in self.sections for place in section.places)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceBlock:
    """A block of a page that says which place of a source it renders."""

    page: Page
    place: str
    start: int
    end: int
    """Where its attribute list begins."""
    heading: Heading | None
    """The nearest above it."""
    anchor: str
    """The id by which a link reaches the block; its heading's, where it has none of its own."""
    citations: tuple[Citation, ...]
    macro_calls: tuple[MacroCall, ...]


def read_source_maps(collections: Mapping[str, Collection]) -> list[SourceMap]:
    """Every source map of a site; of a record with mistakes, which others report, what can be read."""
    return [
        SourceMap(
            record=record,
            name=_text(record.values.get("name"), record.id),
            short_name=_text(record.values.get("short_name", record.values.get("name")), record.id),
            sections=tuple(
                SourceSection(
                    id=str(_get(section, "id") or ""),
                    title=_text(_get(section, "title"), ""),
                    places=tuple(_places(collection, record, section)),
                )
                for section in collection.find(record, "sections")
            ),
        )
        for collection in collections.values()
        if collection.role == SOURCE_MAP
        for record in collection.records.values()
    ]


def _places(collection: Collection, record: Record, section: Value) -> Iterator[SourcePlace]:
    for place in find_entries(collection.fields, section, "places"):
        if _get(place, "id") is not None:
            yield SourcePlace(
                id=f"{record.id}/{_get(place, 'id')}",
                path=place.path,
                citations=_items(_get(place, "citations")),
                figures=_items(_get(place, "figures")),
            )


def _get(value: Value, key: str) -> Any:
    return value.raw.get(key) if isinstance(value.raw, Mapping) else None


def _text(written: Any, otherwise: str) -> LocalizedText:
    return written if isinstance(written, Mapping) else {"": otherwise}


def _items(written: Any) -> tuple[str, ...]:
    return tuple(map(str, written)) if isinstance(written, list) else ()


def find_source_blocks(page: Page) -> Iterator[SourceBlock]:
    """The paragraphs and list items of a page that end in ``{: src="…" }``, in order."""
    reached: set[str] = set()
    last_end = 0
    for attributes in page.markup.attribute_lists:
        place = attributes.values.get("src")
        if place is None:
            continue
        start = block_start(page, attributes.start, last_end)
        above = bisect_left(page.markup.headings, start, key=_START)
        heading = page.markup.headings[above - 1] if above else None
        # The first block of a place on its page gets an id of its own when the page is rendered.
        own = attributes.id or ("" if place in reached else place_id(place))
        yield SourceBlock(
            page=page,
            place=place,
            start=start,
            end=attributes.start,
            heading=heading,
            anchor=own or (heading.id if heading else ""),
            citations=_between(page.markup.citations, start, attributes.start),
            macro_calls=_between(page.markup.macro_calls, start, attributes.start),
        )
        reached.add(place)
        last_end = attributes.end


_START = attrgetter("start")
_Found = TypeVar("_Found", Citation, MacroCall)


def _between(found: tuple[_Found, ...], start: int, end: int) -> tuple[_Found, ...]:
    return found[bisect_left(found, start, key=_START) : bisect_left(found, end, key=_START)]


def group_blocks(pages: Iterable[Page], locale: str) -> dict[str, list[SourceBlock]]:
    """Place → the blocks of one language that render it, in the order of the pages."""
    groups: dict[str, list[SourceBlock]] = {}
    for page in pages:
        for block in find_source_blocks(page) if page.locale == locale else ():
            groups.setdefault(block.place, []).append(block)
    return groups
