"""What a reference is: the values that reading makes and that styles and exports use.

Nothing here reads a file or decides how a reference looks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Text:
    """A text that may hold superscripts, subscripts and italics."""

    plain: str
    """Without any mark-up: for RIS, CSL-JSON names, search, comparison."""
    html: str
    """Escaped, with ``<sup>``, ``<sub>`` and ``<i>`` only."""


class Kind(StrEnum):
    """What sort of work a reference is, whatever BibTeX calls it."""

    ARTICLE = "article"
    BOOK = "book"
    CHAPTER = "chapter"
    CONFERENCE_PAPER = "conference-paper"
    DATASET = "dataset"
    PREPRINT = "preprint"
    REPORT = "report"
    STANDARD = "standard"
    THESIS = "thesis"
    WEB_PAGE = "web-page"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One person as the work names them."""

    family: str
    given: str = ""
    particle: str = ""
    """A non-dropping particle as printed: "van den", "da"."""
    suffix: str = ""
    """"Jr", "III"."""

    @property
    def is_han(self) -> bool:
        """Han names put the family name first, join without a space and are never initialised."""
        return contains_han(self.family + self.given)


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """An author that is not a person: never inverted, shortened or put in capitals."""

    name: str


Name = Person | Organisation


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class PartialDate:
    """A date known to the year, the month or the day."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        """ISO 8601 as far as known: ``2015``, ``2015-03``, ``2015-03-27``."""
        parts = [f"{self.year:04d}"]
        if self.month is not None:
            parts.append(f"{self.month:02d}")
            if self.day is not None:
                parts.append(f"{self.day:02d}")
        return "-".join(parts)


class StatusKind(StrEnum):
    """What happened to a work after it was published (NISO RP-45-2024)."""

    RETRACTED = "retracted"
    CORRECTED = "corrected"
    EXPRESSION_OF_CONCERN = "expression-of-concern"
    NONE_FOUND = "none-found"
    """Somebody looked, on the date given, and found no notice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """A dated statement about retraction or correction.

    In BibTeX: ``status = {retracted}``, ``statuschecked = {2026-11-22}``, ``statusnotice = {…}``.
    """

    kind: StatusKind
    checked: date
    notice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One entry of a .bib file, decoded. Empty text means that the entry does not say."""

    citekey: str
    kind: Kind
    language: str
    """BCP 47, of the work itself: ``en``, ``zh``, ``no``. Decides 等 or et al. for this entry."""
    title: Text
    label: str = ""
    """The number under which the site prints it; stable, shared by a translation pair."""
    authors: tuple[Name, ...] = ()
    authors_truncated: bool = False
    """The list ended in ``and others``: the names known are not all of them."""
    editors: tuple[Name, ...] = ()
    translators: tuple[Name, ...] = ()
    date: PartialDate | None = None
    container: Text = Text("", "")
    """Journal, book, proceedings, site or repository that holds the work."""
    container_full: Text = Text("", "")
    """The full title where ``container`` is an abbreviation (BibTeX ``fjournal``)."""
    volume: str = ""
    issue: str = ""
    """Number, supplement or both, as printed: ``3``, ``1-2``, ``Suppl 2``, ``12 Suppl 7``."""
    pages: str = ""
    """With one hyphen between first and last (``505-512.e1``); an article number also stands here."""
    edition: str = ""
    version: str = ""
    number: str = ""
    """Of a standard or a report: ``GB/T 7714-2025``."""
    publisher: str = ""
    """Publisher, school or institution."""
    place: str = ""
    genre: str = ""
    """Of a thesis or report, as printed: ``dissertation``, ``博士学位论文``."""
    doi: str = ""
    """Bare: ``10.1002/hep.29189``."""
    url: str = ""
    accessed: PartialDate | None = None
    pmid: str = ""
    pmcid: str = ""
    translation_of: str = ""
    """Citekey of the original that this entry is the translated form of."""
    translated_title: Text | None = None
    """A title in another language given within the entry itself (BibTeX ``titletranslation``)."""
    status: Status | None = None
    note: str = ""
    published_online_only: bool = False
    """The work has no print form (BibTeX ``medium = {online}``)."""
    extra: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Fields that we do not interpret, as written, for the BibTeX export."""
    line: int = 1
    """1-based line of the entry in its file."""
    field_lines: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    """1-based line of each field."""

    @property
    def year(self) -> int | None:
        """Year of publication, if known."""
        return self.date.year if self.date else None


@dataclass(frozen=True)
class Bibliography:
    """All references of a site, in the order of the file."""

    references: tuple[Reference, ...]

    @cached_property
    def by_citekey(self) -> Mapping[str, Reference]:
        """References by citekey."""
        return MappingProxyType({ref.citekey: ref for ref in self.references})

    @cached_property
    def by_label(self) -> Mapping[str, tuple[Reference, ...]]:
        """References that share a number, the original before its translation."""
        groups: dict[str, list[Reference]] = {}
        for ref in self.references:
            groups.setdefault(ref.label or ref.citekey, []).append(ref)
        return MappingProxyType(
            {
                label: tuple(sorted(refs, key=lambda ref: bool(ref.translation_of)))
                for label, refs in groups.items()
            }
        )

    def counterparts(self, citekey: str) -> tuple[Reference, ...]:
        """The reference itself and the other forms printed under its number, original first."""
        ref = self.by_citekey[citekey]
        return self.by_label[ref.label or ref.citekey]

    def main_citekey(self, citekey: str) -> str:
        """The citekey that stands for the whole group under one number (the original's)."""
        return self.counterparts(citekey)[0].citekey

    def __contains__(self, citekey: object) -> bool:
        return citekey in self.by_citekey

    def __iter__(self) -> Iterator[Reference]:
        return iter(self.references)

    def __len__(self) -> int:
        return len(self.references)


# The blocks of unified and compatibility ideographs, with the extensions of planes 2 and 3.
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")


def contains_han(text: str) -> bool:
    """Whether a text holds at least one Han character.

    >>> contains_han("茶叶科学"), contains_han("J Tea")
    (True, False)
    """
    return _HAN.search(text) is not None
