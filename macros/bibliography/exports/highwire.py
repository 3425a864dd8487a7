"""A reference as Highwire Press tags: what Zotero and Google Scholar read in the head of its own page.

The tags are those that Zotero's Embedded Metadata translator and Google Scholar's guidelines for webmasters
name. Only a page about one reference carries them; a list carries COinS instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from macros.bibliography.exports.common import (
    address,
    first_and_last_page,
    full_container,
    inverted_name,
    language_tag,
    prefixed_title,
)
from macros.bibliography.model import Kind, Name, Organisation, Person, Reference

# These tags also tell Zotero what kind of work this is.
_CONTAINER_TAGS: Final = {
    Kind.ARTICLE: "citation_journal_title",
    Kind.CHAPTER: "citation_book_title",
    Kind.CONFERENCE_PAPER: "citation_conference_title",
}
_PUBLISHER_TAGS: Final = {
    Kind.THESIS: "citation_dissertation_institution",
    Kind.REPORT: "citation_technical_report_institution",
}


def highwire_tags(ref: Reference) -> tuple[tuple[str, str], ...]:
    """Name and content of every ``<meta>`` tag, one tag an author; contents are not escaped."""
    return tuple((name, content) for name, content in _tags(ref) if content)


def _tags(ref: Reference) -> Iterator[tuple[str, str]]:
    yield "citation_title", prefixed_title(ref).plain
    yield from (("citation_author", _author(name, ref)) for name in ref.authors)
    if ref.kind in _CONTAINER_TAGS:
        yield _CONTAINER_TAGS[ref.kind], full_container(ref).plain
    yield "citation_journal_abbrev", ref.container.plain if ref.container_full.plain else ""
    yield "citation_date", str(ref.date).replace("-", "/") if ref.date else ""
    yield "citation_volume", ref.volume
    yield "citation_issue", ref.issue
    yield from _pages(ref.pages)
    yield "citation_technical_report_number", ref.number if ref.kind is Kind.REPORT else ""
    yield _PUBLISHER_TAGS.get(ref.kind, "citation_publisher"), ref.publisher
    yield "citation_doi", ref.doi
    yield "citation_pmid", ref.pmid
    yield "citation_language", language_tag(ref)
    yield "citation_public_url", address(ref)


def _author(name: Name, ref: Reference) -> str:
    """``Family, Given``. Zotero splits a name without a comma at its last space."""
    text = inverted_name(name)
    if isinstance(name, Organisation):
        return f"{text}," if " " in text else text
    if len(ref.authors) == 1 and _looks_like_two_authors(name):
        # Of a single author "da Silva, L. F." Zotero makes two people, because both sides of the comma
        # hold a space; it puts the space after the full stop back itself.
        text = text.replace(". ", ".")
    return text


def _looks_like_two_authors(person: Person) -> bool:
    return " " in f"{person.particle} {person.family}".strip() and " " in person.given


def _pages(pages: str) -> Iterator[tuple[str, str]]:
    """The first page of all and the last of the first run: a dash in either would lose the other."""
    first, last = first_and_last_page(re.split(r"[,，;]", pages)[0].strip())
    yield "citation_firstpage", first
    yield "citation_lastpage", last
