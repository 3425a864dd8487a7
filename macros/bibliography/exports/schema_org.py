"""A reference as schema.org JSON-LD: what search engines and harvesters read on its own page.

Only properties and types of schema.org are used. The result is a plain value; the template serialises it.
"""

from __future__ import annotations

from typing import Any, Final

from macros.bibliography.exports.common import (
    address,
    family_with_particle,
    first_and_last_page,
    full_container,
    language_tag,
    prefixed_title,
)
from macros.bibliography.model import Kind, Name, Organisation, Person, Reference, StatusKind
from macros.bibliography.printing import doi_url

_TYPES: Final = {
    Kind.ARTICLE: "ScholarlyArticle",
    Kind.BOOK: "Book",
    Kind.CHAPTER: "Chapter",
    Kind.CONFERENCE_PAPER: "ScholarlyArticle",
    Kind.DATASET: "Dataset",
    Kind.PREPRINT: "ScholarlyArticle",
    Kind.REPORT: "Report",
    Kind.STANDARD: "CreativeWork",
    Kind.THESIS: "Thesis",
    Kind.WEB_PAGE: "WebPage",
}
_WORK_STATUS: Final = {
    StatusKind.RETRACTED: "Retracted",
    StatusKind.CORRECTED: "Corrected",
    StatusKind.EXPRESSION_OF_CONCERN: "Expression of concern",
}


def schema_org(ref: Reference, url: str) -> dict[str, Any]:
    """The work as a schema.org node; ``url`` is the page of this site that describes it."""
    node = {
        "@context": "https://schema.org",
        "@type": _TYPES[ref.kind],
        "@id": doi_url(ref.doi) if ref.doi else "",
        "mainEntityOfPage": url,
        "url": address(ref),
        "name": prefixed_title(ref).plain,
        "alternateName": ref.translated_title.plain if ref.translated_title else "",
        "author": [_name(name) for name in ref.authors],
        "editor": [_name(name) for name in ref.editors],
        "translator": [_name(name) for name in ref.translators],
        "datePublished": str(ref.date) if ref.date else "",
        "inLanguage": language_tag(ref),
        "isPartOf": _container(ref),
        **_pages(ref.pages),
        "bookEdition": ref.edition if ref.kind is Kind.BOOK else "",
        "version": ref.version,
        "genre": ref.genre or ("preprint" if ref.kind is Kind.PREPRINT else ""),
        "publisher": _publisher(ref),
        "identifier": _identifiers(ref),
        **_status(ref),
    }
    return _without_empty(node)


def _without_empty(node: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in node.items() if value}


def _name(name: Name) -> dict[str, str]:
    if isinstance(name, Organisation):
        return {"@type": "Organization", "name": name.name}
    parts = {
        "@type": "Person",
        "name": _full_name(name),
        "givenName": name.given,
        "familyName": family_with_particle(name),
        "honorificSuffix": name.suffix,
    }
    return _without_empty(parts)


def _full_name(person: Person) -> str:
    if person.is_han:
        return person.family + person.given
    parts = (person.given, family_with_particle(person), person.suffix)
    return " ".join(part for part in parts if part)


def _container(ref: Reference) -> dict[str, Any]:
    """The journal around the volume around the issue, as far as each is known; else the book or site."""
    title = full_container(ref).plain
    if ref.kind is not Kind.ARTICLE:
        return _book_or_site(ref, title) if title else {}
    part: dict[str, Any] = {}
    if title:
        short = ref.container.plain if ref.container_full.plain else ""
        part = _without_empty({"@type": "Periodical", "name": title, "alternateName": short})
    for kind, property_name, value in (
        ("PublicationVolume", "volumeNumber", ref.volume),
        ("PublicationIssue", "issueNumber", ref.issue),
    ):
        if value:
            part = _without_empty({"@type": kind, property_name: value, "isPartOf": part})
    return part


def _book_or_site(ref: Reference, title: str) -> dict[str, Any]:
    if ref.kind in (Kind.CHAPTER, Kind.CONFERENCE_PAPER):
        return _without_empty({"@type": "Book", "name": title, "bookEdition": ref.edition})
    return {"@type": "CreativeWork", "name": title}


def _pages(pages: str) -> dict[str, str]:
    """``pagination`` is for what is no plain range: an article number, or runs of pages."""
    first, last = first_and_last_page(pages)
    return {"pageStart": first, "pageEnd": last} if last else {"pagination": first}


def _publisher(ref: Reference) -> dict[str, str]:
    if not ref.publisher:
        return {}
    return _without_empty({"@type": "Organization", "name": ref.publisher, "location": ref.place})


def _identifiers(ref: Reference) -> list[dict[str, str]]:
    number_name = "reportNumber" if ref.kind is Kind.REPORT else "number"
    named = (("DOI", ref.doi), ("PMID", ref.pmid), ("PMCID", ref.pmcid), (number_name, ref.number))
    return [{"@type": "PropertyValue", "propertyID": name, "value": value} for name, value in named if value]


def _status(ref: Reference) -> dict[str, str]:
    if ref.status is None or ref.status.kind is StatusKind.NONE_FOUND:
        return {}
    return {"creativeWorkStatus": _WORK_STATUS[ref.status.kind], "correction": ref.status.notice}
