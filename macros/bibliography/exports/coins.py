"""A reference as COinS (ContextObjects in Spans): what Zotero finds in a list on a web page.

The value is that of ``title`` in ``<span class="Z3988" title="…"></span>``: an OpenURL 1.0 ContextObject in
key/encoded-value form (ANSI/NISO Z39.88-2004). The template that prints it escapes ``&`` for HTML. Keys
follow the matrices for journals, books and dissertations; all other kinds use Dublin Core, with Zotero's
names for ``rft.type``, the only names that its reader understands.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import quote

from macros.bibliography.exports.common import (
    first_and_last_page,
    full_container,
    inverted_name,
    language_tag,
    prefixed_title,
)
from macros.bibliography.model import Kind, Organisation, Reference

_DUBLIN_CORE_TYPES: Final = {
    Kind.DATASET: "dataset",
    Kind.PREPRINT: "preprint",
    Kind.STANDARD: "standard",
    Kind.WEB_PAGE: "webpage",
}
_BOOK_GENRES: Final = {
    Kind.BOOK: "book",
    Kind.CHAPTER: "bookitem",
    Kind.CONFERENCE_PAPER: "proceeding",
    Kind.REPORT: "report",
}


def format_coins(ref: Reference) -> str:
    """The ContextObject of one reference, ready for the ``title`` of a span after HTML escaping."""
    # "%20", never "+": Zotero's reader takes both "+" and "%2B" for a space.
    return "&".join(f"{key}={quote(value, safe='')}" for key, value in _pairs(ref) if value)


def _pairs(ref: Reference) -> Iterator[tuple[str, str]]:
    yield "ctx_ver", "Z39.88-2004"
    yield "rft_id", f"info:doi/{ref.doi}" if ref.doi else ""
    yield "rft_id", f"info:pmid/{ref.pmid}" if ref.pmid else ""
    yield "rft_id", ref.url
    if ref.kind is Kind.ARTICLE:
        yield from _journal_pairs(ref)
    elif ref.kind in _BOOK_GENRES:
        yield from _book_pairs(ref)
    elif ref.kind is Kind.THESIS:
        yield from _dissertation_pairs(ref)
    else:
        yield from _dublin_core_pairs(ref)
    yield from _author_pairs(ref)
    yield "rft.date", str(ref.date) if ref.date else ""
    yield "rft.language", language_tag(ref)


def _journal_pairs(ref: Reference) -> Iterator[tuple[str, str]]:
    yield "rft_val_fmt", "info:ofi/fmt:kev:mtx:journal"
    yield "rft.genre", "article"
    yield "rft.atitle", prefixed_title(ref).plain
    yield "rft.jtitle", full_container(ref).plain
    yield "rft.stitle", ref.container.plain if ref.container_full.plain else ""
    yield "rft.volume", ref.volume
    yield "rft.issue", ref.issue
    yield from _page_pairs(ref)


def _book_pairs(ref: Reference) -> Iterator[tuple[str, str]]:
    yield "rft_val_fmt", "info:ofi/fmt:kev:mtx:book"
    yield "rft.genre", _BOOK_GENRES[ref.kind]
    if ref.kind in (Kind.CHAPTER, Kind.CONFERENCE_PAPER):
        yield "rft.atitle", prefixed_title(ref).plain
        yield "rft.btitle", full_container(ref).plain
    else:
        yield "rft.btitle", prefixed_title(ref).plain
    yield "rft.place", ref.place
    yield "rft.pub", ref.publisher
    yield "rft.edition", ref.edition
    yield from _page_pairs(ref)


def _dissertation_pairs(ref: Reference) -> Iterator[tuple[str, str]]:
    yield "rft_val_fmt", "info:ofi/fmt:kev:mtx:dissertation"
    yield "rft.title", prefixed_title(ref).plain
    yield "rft.inst", ref.publisher
    yield "rft.degree", ref.genre


def _dublin_core_pairs(ref: Reference) -> Iterator[tuple[str, str]]:
    yield "rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"
    yield "rft.type", _DUBLIN_CORE_TYPES[ref.kind]
    yield "rft.title", prefixed_title(ref).plain
    yield "rft.source", full_container(ref).plain
    yield "rft.publisher", ref.publisher


def _page_pairs(ref: Reference) -> Iterator[tuple[str, str]]:
    first, last = first_and_last_page(ref.pages)
    yield "rft.pages", ref.pages
    yield "rft.spage", first if last else ""
    yield "rft.epage", last


def _author_pairs(ref: Reference) -> Iterator[tuple[str, str]]:
    """``aucorp`` keeps an organisation whole; ``au`` would lose all but its last word to a given name."""
    for name in ref.authors:
        yield ("rft.aucorp" if isinstance(name, Organisation) else "rft.au"), inverted_name(name)
