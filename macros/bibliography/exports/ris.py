"""References as RIS, for reference managers: Zotero, EndNote, NoteExpress.

Follows the RIS specification (six characters before each value, ``TY`` first, ``ER`` last) and, where
programs differ, what Zotero's and EndNote's importers do with a tag.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from macros.bibliography.exports.common import (
    first_and_last_page,
    full_container,
    inverted_name,
    language_tag,
    notice,
    prefixed_title,
)
from macros.bibliography.model import Kind, Name, Organisation, PartialDate, Reference

# WEB is known to EndNote only; GEN becomes a journal article.
_TYPES: Final = {
    Kind.ARTICLE: "JOUR",
    Kind.BOOK: "BOOK",
    Kind.CHAPTER: "CHAP",
    Kind.CONFERENCE_PAPER: "CONF",
    Kind.DATASET: "DATA",
    Kind.PREPRINT: "UNPB",
    Kind.REPORT: "RPRT",
    Kind.STANDARD: "STAND",
    Kind.THESIS: "THES",
    Kind.WEB_PAGE: "ELEC",
}

TRUNCATED_AUTHORS: Final = "Authors truncated in source"
"""The note that stands for ``and others``: RIS has no such mark, and a person "others" must not arise."""


def format_ris(refs: Iterable[Reference]) -> str:
    """All references as one RIS text, with an empty line between records."""
    return "\n".join(_record(ref) for ref in refs)


def _record(ref: Reference) -> str:
    lines = [f"TY  - {_TYPES[ref.kind]}"]
    lines += [f"{tag}  - {_on_one_line(value)}" for tag, value in _fields(ref) if value]
    return "\n".join([*lines, "ER  - "]) + "\n"


def _on_one_line(value: str) -> str:
    return " ".join(value.split())


def _fields(ref: Reference) -> Iterator[tuple[str, str]]:
    yield "ID", ref.citekey
    yield from (("AU", _name(name)) for name in ref.authors)
    # Importers take A2 for the editor of a series where the record is a book.
    editor_tag = "A3" if ref.kind is Kind.BOOK else "A2"
    yield from ((editor_tag, _name(name)) for name in ref.editors)
    yield from (("A4", _name(name)) for name in ref.translators)
    yield "TI", prefixed_title(ref).plain
    if ref.translated_title:
        yield "TT", ref.translated_title.plain
    yield from _container(ref)
    yield "VL", ref.volume
    yield "IS", ref.issue
    yield from zip(("SP", "EP"), first_and_last_page(ref.pages), strict=True)
    yield "ET", ref.edition or ref.version
    yield "SN", ref.number
    yield "M3", ref.genre
    yield "PB", ref.publisher
    yield "CY", ref.place
    if ref.date:
        yield "PY", str(ref.date.year)
        yield "DA", _date(ref.date) if ref.date.month else ""
    yield "DO", ref.doi
    yield "UR", ref.url
    yield "Y2", _date(ref.accessed) if ref.accessed else ""
    yield "LA", language_tag(ref)
    yield from (("N1", note) for note in _notes(ref))


def _name(name: Name) -> str:
    """Without the comma at the end, importers take an organisation's last word for its family name."""
    return f"{name.name}," if isinstance(name, Organisation) else inverted_name(name)


def _container(ref: Reference) -> Iterator[tuple[str, str]]:
    """``JO`` is not used: half of the importers take it for the title, half for the abbreviation."""
    yield "T2", full_container(ref).plain
    if ref.container_full.plain:
        yield "J2", ref.container.plain


def _date(date: PartialDate) -> str:
    """``2015/03/27``; what is not known stays empty between its slashes: ``2015/03/``."""
    month = "" if date.month is None else f"{date.month:02d}"
    day = "" if date.day is None else f"{date.day:02d}"
    return f"{date.year:04d}/{month}/{day}"


def _notes(ref: Reference) -> Iterator[str]:
    yield notice(ref)
    yield TRUNCATED_AUTHORS if ref.authors_truncated else ""
    # AN would land in Zotero's "archive location"; its own habit is a line of this form.
    yield f"PMID: {ref.pmid}" if ref.pmid else ""
    yield f"PMCID: {ref.pmcid}" if ref.pmcid else ""
    yield ref.note
