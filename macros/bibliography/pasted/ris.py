"""RIS: what its tags mean.

Follows the specification of Research Information Systems and the habits of those that people paste from:
publishers, PubMed-like services, CNKI, EndNote and Zotero.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from macros.bibliography.exports.ris import TRUNCATED_AUTHORS
from macros.bibliography.fields import is_doi
from macros.bibliography.pasted.drafts import (
    Draft,
    DraftedText,
    DraftField,
    find_unclear_names,
    names_field,
    pages_field,
    raw_field,
    text_field,
    write_drafts,
)
from macros.bibliography.pasted.records import Record, TaggedLine, split_records
from macros.problems import Problem

_START: Final = re.compile(r"^TY {1,2}-", re.MULTILINE)
# Copying often eats one of the two spaces of the specification.
_LINE: Final = re.compile(r"([A-Z][A-Z0-9]) {1,2}-(?:\s+(.*)|)")

_TYPES: Final = {
    **dict.fromkeys(("JOUR", "EJOUR", "JFULL", "MGZN", "INPR", "ABST", "GEN"), "article"),
    **dict.fromkeys(("BOOK", "EBOOK", "EDBOOK"), "book"),
    **dict.fromkeys(("CHAP", "ECHAP"), "incollection"),
    **dict.fromkeys(("CONF", "CPAPER"), "inproceedings"),
    **dict.fromkeys(("DATA", "DBASE", "AGGR"), "dataset"),
    **dict.fromkeys(("ELEC", "WEB", "BLOG", "ICOMM"), "online"),
    **dict.fromkeys(("RPRT", "GOVDOC"), "report"),
    "STAND": "standard",
    "THES": "thesis",
    "UNPB": "preprint",
}
_PARTS_OF_BOOKS: Final = ("incollection", "inproceedings")

_DATE: Final = re.compile(r"(\d{4})(?:[/.-](\d{1,2})(?:[/.-](\d{1,2}))?)?")
_DOI_PREFIX: Final = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)


def is_ris(text: str) -> bool:
    """Whether a text holds at least one RIS record."""
    return bool(_START.search(text))


def draft_from_ris(text: str, file: str) -> tuple[DraftedText, list[Problem]]:
    """BibTeX entries for all RIS records of a text, and what is wrong with the records."""
    records = split_records(text, _LINE, first_tag="TY", last_tag="ER")
    problems = [problem for record in records for problem in _find_problems(record, file)]
    drafts = [_draft(record) for record in records if record.first("TY").value in _TYPES]
    return write_drafts(drafts), problems


def _find_problems(record: Record, file: str) -> Iterator[Problem]:
    kind = record.first("TY")
    if kind.value not in _TYPES:
        yield Problem(
            file=file,
            line=kind.line,
            rule="type-is-known",
            message=f'RIS type "{kind.value}" is not one that we know; the record is left out',
            hint="write JOUR for an article, ELEC for a web page, BOOK, CHAP, CONF, THES, RPRT or STAND",
        )
    yield from find_unclear_names(record.all("AU", "A1", "A2", "A3", "A4", "ED"), file)


def _draft(record: Record) -> Draft:
    entry_type = _TYPES[record.first("TY").value]
    return Draft(entry_type=entry_type, line=record.line, fields=tuple(_fields(record, entry_type)))


def _fields(record: Record, entry_type: str) -> Iterator[DraftField]:
    yield text_field("langid", record.first("LA"))
    yield from _people(record, entry_type)
    yield text_field("title", record.first("TI", "T1", "CT", "BT"))
    yield text_field("titletranslation", record.first("TT"))
    yield from _container(record, entry_type)
    yield from _numbers(record, entry_type)
    yield from _dates(record)
    yield text_field("edition", record.first("ET"))
    if entry_type in ("report", "thesis"):
        yield text_field("type", record.first("M3"))
    yield text_field("publisher", record.first("PB"))
    yield text_field(
        "address", record.first("CY", "C1") if entry_type == "inproceedings" else record.first("CY")
    )
    yield from _identifiers(record)


def _people(record: Record, entry_type: str) -> Iterator[DraftField]:
    """Where the record is a book, A2 is for the editor of its series."""
    is_truncated = any(note.value == TRUNCATED_AUTHORS for note in record.all("N1"))
    yield names_field("author", record.all("AU", "A1"), is_truncated=is_truncated)
    yield names_field("editor", record.all("A3" if entry_type == "book" else "A2", "ED"))
    yield names_field("translator", record.all("A4"))


def _container(record: Record, entry_type: str) -> Iterator[DraftField]:
    """The shorter of two titles is the abbreviation: ``JO`` is used for either. A book's T2 is a series."""
    if entry_type == "book":
        return
    full, short = record.first("T2", "JF", "BT", "JO"), record.first("J2", "JA", "JO")
    if len(short.value) > len(full.value):
        full, short = short, full
    name = "booktitle" if entry_type in _PARTS_OF_BOOKS else "journal"
    yield text_field(name, short if short.value else full)
    if short.value and short.value != full.value:
        yield text_field("fjournal", full)


def _numbers(record: Record, entry_type: str) -> Iterator[DraftField]:
    """EndNote writes the issue of some articles under M1, and an article number under C7."""
    yield text_field("volume", record.first("VL"))
    if entry_type == "article":
        yield text_field("number", record.first("IS", "M1"))
    else:
        yield text_field("issue", record.first("IS"))
    if entry_type in ("report", "standard"):
        yield text_field("number", record.first("SN"))
    first, last = record.first("SP", "C7"), record.first("EP")
    is_range = last.value not in ("", first.value) and not re.search("[-–,]", first.value)
    yield pages_field(first, f"{first.value}-{last.value}" if is_range else first.value)


def _dates(record: Record) -> Iterator[DraftField]:
    """The year of PY; month and day of another tag only if that tells the same year."""
    of_year = record.first("PY", "Y1", "DA")
    year = _iso_date(of_year.value)[:4]
    dated = [line for line in record.all("DA", "Y1", "PY") if _iso_date(line.value).startswith(f"{year}-")]
    best = dated[0] if dated else of_year
    yield raw_field("date", best, _iso_date(best.value))
    if record.all("UR"):
        yield raw_field("urldate", record.first("Y2"), _iso_date(record.first("Y2").value))


def _iso_date(value: str) -> str:
    match = _DATE.match(value)
    return "-".join(part.zfill(2) for part in match.groups() if part) if match else ""


def _identifiers(record: Record) -> Iterator[DraftField]:
    doi, url = _doi_line(record), record.first("UR")
    yield raw_field("doi", doi, _DOI_PREFIX.sub("", doi.value, count=1))
    yield raw_field("url", url, "" if _DOI_PREFIX.match(url.value) else url.value)
    yield _matched_field("pmid", r"PMID: *(\d{1,8})", record.all("N1", "C1"), r"(\d{1,8})", record.all("AN"))
    yield _matched_field("pmcid", r"PMCID: *(PMC\d+)", record.all("N1", "C1"), r"(PMC\d+)", record.all("C2"))


def _doi_line(record: Record) -> TaggedLine:
    """DO; else one of the places where others put it, if a DOI and nothing else stands there."""
    elsewhere = (
        line
        for line in record.all("M3", "N1", "L3", "UR")
        if is_doi(_DOI_PREFIX.sub("", line.value, count=1))
    )
    given = record.first("DO")
    return given if given.value else next(elsewhere, given)


def _matched_field(
    name: str, in_note: str, notes: list[TaggedLine], alone: str, lines: list[TaggedLine]
) -> DraftField:
    """An identifier that RIS has no tag for: from a note that names it, else from a tag where it is usual."""
    candidates = [(in_note, line) for line in notes] + [(alone, line) for line in lines]
    for pattern, line in candidates:
        if match := re.fullmatch(pattern, line.value):
            return raw_field(name, line, match[1])
    return DraftField(name=name, value="", line=1)
