"""NBIB: what the tags of PubMed's own format mean.

Follows the MEDLINE/PubMed data element descriptions of the National Library of Medicine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from macros.bibliography.exports.bibtex import encode_html
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
from macros.problems import Problem, Severity

_START: Final = re.compile(r"^PMID ?-", re.MULTILINE)
# Tags fill four columns and values wrap to six spaces, so a line of text cannot be taken for a tag.
_LINE: Final = re.compile(r"(?=.{4}-)([A-Z][A-Z0-9]{1,3}) *-(?:\s+(.*)|)")

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DATE: Final = re.compile(rf"(\d{{4}})(?: ({'|'.join(_MONTHS)})(?: (\d{{1,2}}))?(?![\w-]))?")
_TRANSLATION: Final = re.compile(r"\[(.*)\]\.?")
_NOTICES: Final = {"RIN": "a retraction", "ECI": "an expression of concern", "EIN": "a correction"}


def is_nbib(text: str) -> bool:
    """Whether a text holds at least one PubMed record."""
    return bool(_START.search(text))


def draft_from_nbib(text: str, file: str) -> tuple[DraftedText, list[Problem]]:
    """BibTeX entries for all PubMed records of a text, and what somebody must look at in them."""
    records = split_records(text, _LINE, first_tag="PMID", last_tag=None)
    problems = [problem for record in records for problem in _find_problems(record, file)]
    return write_drafts(_draft(record) for record in records), problems


def _draft(record: Record) -> Draft:
    is_preprint = any(line.value == "Preprint" for line in record.all("PT"))
    entry_type = "preprint" if is_preprint else "article"
    return Draft(entry_type=entry_type, line=record.line, fields=tuple(_fields(record)))


def _fields(record: Record) -> Iterator[DraftField]:
    yield names_field("author", [*(record.all("FAU") or record.all("AU")), *_organisations(record)])
    yield names_field("editor", record.all("FED") or record.all("ED"))
    yield from _titles(record)
    yield text_field("journal", record.first("TA", "JT"))
    if record.all("TA"):
        yield text_field("fjournal", record.first("JT"))
    published = record.first("DP")
    yield raw_field("date", published, _iso_date(published.value))
    yield text_field("volume", record.first("VI"))
    yield text_field("number", record.first("IP"))
    yield pages_field(record.first("PG"), record.first("PG").value)
    yield _doi(record)
    yield text_field("pmid", record.first("PMID"))
    yield text_field("pmcid", record.first("PMC"))


def _titles(record: Record) -> Iterator[DraftField]:
    """A translated title stands in brackets; TT then holds the title that the work itself bears, if known."""
    title, original, language = record.first("TI"), record.first("TT"), record.first("LA")
    translation = _TRANSLATION.fullmatch(title.value)
    text = encode_html(translation[1] if translation else title.value)
    if original.value:
        yield text_field("title", original)
        yield raw_field("titletranslation", title, text.removesuffix("."))
    else:
        yield raw_field("title", title, text)
    if translation and not original.value:
        yield raw_field("langid", language, "english")
    else:
        yield text_field("langid", language)


def _doi(record: Record) -> DraftField:
    """One of the article's identifiers, each followed by its kind in brackets."""
    dois = (line for line in record.all("LID", "AID") if line.value.endswith("[doi]"))
    line = next(dois, record.first("LID"))
    return raw_field("doi", line, line.value.removesuffix("[doi]").strip() if "[doi]" in line.value else "")


def _organisations(record: Record) -> list[TaggedLine]:
    """With the comma at the end that marks an organisation in RIS."""
    return [TaggedLine(tag="CN", value=f"{line.value},", line=line.line) for line in record.all("CN")]


def _iso_date(value: str) -> str:
    """``2012 Jul 25`` as ``2012-07-25``; of "2019 Nov-Dec" and "2018 Winter" only the year."""
    match = _DATE.match(value)
    if not match:
        return ""
    year, month, day = match.groups()
    numbers = [year, f"{_MONTHS.index(month) + 1:02d}" if month else "", day.zfill(2) if day else ""]
    return "-".join(number for number in numbers if number)


def _find_problems(record: Record, file: str) -> Iterator[Problem]:
    if record.first("TI").value.startswith("[") and not record.all("TT"):
        yield _warning(
            record.first("TI"),
            file,
            "title-is-original",
            "PubMed gives this title in translation only",
            "add the original as an entry of its own; related, relatedtype = {translationof} name it here",
        )
    for line in record.all(*_NOTICES):
        yield _warning(
            line,
            file,
            "status-is-stated",
            f"PubMed names {_NOTICES[line.tag]}: {line.value}",
            "write status, statuschecked = {the day on which you looked} and statusnotice",
        )
    yield from find_unclear_names(record.all("FAU"), file)


def _warning(line: TaggedLine, file: str, rule: str, message: str, hint: str) -> Problem:
    return Problem(
        file=file, line=line.line, rule=rule, message=message, hint=hint, severity=Severity.WARNING
    )
