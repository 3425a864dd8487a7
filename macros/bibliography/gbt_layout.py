"""The styles of GB/T 7714 and what descends from them: which part stands where, between which marks.

The order of the parts is that of chapter 4 of the standard. The profiles in ``styles`` fill in the
marks and the switches. Names, links and full stops are made by the modules imported here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from macros.bibliography.model import Kind, Name, PartialDate, Reference, Text
from macros.bibliography.name_forms import format_names
from macros.bibliography.printing import (
    NOTHING,
    Profile,
    concat,
    left_open,
    link_doi,
    link_url,
    plain_text,
    print_sentences,
    split_supplement,
    without_dots,
)
from macros.bibliography.words import Words, format_edition, primary_language, words_for

EM_SPACE = "\u2003"

IN_A_CONTAINER = frozenset({Kind.CHAPTER, Kind.CONFERENCE_PAPER})
"""Printed as ``title[M]//editors. book``."""

ALWAYS_ONLINE = frozenset({Kind.WEB_PAGE, Kind.PREPRINT, Kind.DATASET})
"""Works whose carrier is the net, whatever the entry gives as address."""

IN_A_REPOSITORY = frozenset({Kind.PREPRINT, Kind.DATASET})

WITHOUT_NUMBER = frozenset({Kind.ARTICLE, Kind.PREPRINT})
"""Works whose number does not follow the title."""

_YEAR_OF_STANDARD = re.compile(r"-(?=\d{4}$)")


class Medium(StrEnum):
    """When a work is marked as being online: [J/OL] instead of [J]."""

    AUTO = "auto"
    """As soon as it has a DOI or an address, as the styles of the Chinese Zotero community do."""
    PRINT = "print"
    """Only where an address is printed, as journals of the Chinese Medical Association do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GbtProfile(Profile):
    """Marks and switches of one edition of GB/T 7714, or of a house style that follows it."""

    comma: str
    colon: str
    brackets: tuple[str, str]
    doi_mark: str
    codes: Mapping[Kind, str]
    """Codes of document types: [J], [M], [D] …"""
    medium: Medium = Medium.AUTO
    url_beside_doi: bool = True
    """Whether an address is printed although there is a DOI."""
    comma_after_et_al: bool = False
    """"等，译" (2025) or "等译" (2015)."""
    supplement_in_brackets: bool = True
    """"27（Suppl 2）" or "27 Suppl 2"."""
    number_before_standard: bool = False
    """A standard is its number and title (2025), or has author, title: number and publisher (2015)."""
    repository_named: bool = False
    full_date_without_issue: bool = False
    """An article without volume and issue shows the day on which it went online (2025)."""
    bare_date_of_reports: bool = False
    """A report shows its full date like a publisher's year (2025), not in brackets (2015)."""
    access_date_of: frozenset[Kind]
    """Works for which the day of access is printed."""

    def sentences(self, ref: Reference, *, original: Reference | None, links: bool) -> Iterator[Text]:
        """Works are printed in their own language; that one is a translation of another is not said."""
        del original
        return _Entry(ref, self, words_for(primary_language(ref)), links).sentences()


@dataclass(frozen=True, slots=True)
class _Entry:
    """One reference on its way through one profile."""

    ref: Reference
    style: GbtProfile
    words: Words
    links: bool

    def sentences(self) -> Iterator[Text]:
        ref = self.ref
        yield plain_text(self.authors())
        yield self.title_in_container() if ref.kind in IN_A_CONTAINER else self.title()
        if ref.translators and ref.kind not in IN_A_CONTAINER:
            yield plain_text(self.translators())
        if ref.edition:
            yield plain_text(format_edition(ref.edition, self.words))
        if ref.version:
            yield plain_text(f"V{ref.version.lstrip('vV')}")
        yield self.publication()
        if self.url_is_printed:
            yield link_url(ref.url, links=self.links)
        if ref.doi:
            yield concat(self.style.doi_mark, link_doi(ref.doi, links=self.links))

    @property
    def url_is_printed(self) -> bool:
        """The address of the DOI itself says nothing that the DOI does not say."""
        ref = self.ref
        if not ref.url or not ref.doi:
            return bool(ref.url)
        return self.style.url_beside_doi and not ref.url.lower().endswith(f"doi.org/{ref.doi.lower()}")

    @property
    def is_online(self) -> bool:
        ref = self.ref
        if ref.kind in ALWAYS_ONLINE or self.url_is_printed:
            return True
        return self.style.medium is Medium.AUTO and bool(ref.doi or ref.url or ref.published_online_only)

    def authors(self) -> str:
        """The authors; the editors of a whole work stand in for them."""
        ref = self.ref
        if ref.kind is Kind.STANDARD and self.style.number_before_standard:
            return ""
        if ref.authors or ref.kind in IN_A_CONTAINER:
            return self.names(ref.authors, truncated=ref.authors_truncated)
        return self.names(ref.editors)

    def names(self, names: Sequence[Name], *, truncated: bool = False) -> str:
        return format_names(names, self.style.names, et_al=self.words.et_al, truncated=truncated)

    def translators(self) -> str:
        translators = self.names(self.ref.translators)
        if not translators:
            return ""
        is_shortened = len(self.ref.translators) > self.style.names.most_names
        glued = is_shortened and self.words.et_al_takes_role and not self.style.comma_after_et_al
        return translators + ("" if glued else self.style.comma) + self.words.translator_short[0]

    def title(self) -> Text:
        """Title, volume and number of the work itself, with its type and carrier: ``[J/OL]``."""
        ref, style = self.ref, self.style
        code = f"[{style.codes[ref.kind]}{'/OL' if self.is_online else ''}]"
        label = self.words.status_labels.get(ref.status.kind, "") if ref.status else ""
        if ref.kind is Kind.STANDARD and style.number_before_standard:
            return concat(label, self.number(), EM_SPACE if ref.number else "", ref.title, code)
        volume = self.volume() if ref.kind not in IN_A_CONTAINER else ""
        number = self.number() if ref.kind not in WITHOUT_NUMBER else ""
        return concat(
            label, ref.title, "".join(style.colon + part for part in (volume, number) if part) + code
        )

    def title_in_container(self) -> Text:
        """The part and the whole: ``title[M]//editors. book: volume``."""
        ref = self.ref
        translators = self.translators()
        part = concat(self.title(), ". " + translators if translators else "")
        if not ref.container.plain:
            return part
        volume = self.volume()
        book = concat(ref.container, self.style.colon + volume if volume else "")
        return concat(part, "//", print_sentences((plain_text(self.names(ref.editors)), left_open(book))))

    def volume(self) -> str:
        """The volume of a book; the one of a journal belongs to the publication."""
        ref = self.ref
        if ref.kind is Kind.ARTICLE or not ref.volume:
            return ""
        return self.words.volume.format(number=ref.volume) if ref.volume.isdecimal() else ref.volume

    def number(self) -> str:
        number = self.ref.number
        is_standard = self.ref.kind is Kind.STANDARD
        return _YEAR_OF_STANDARD.sub(self.words.standard_year_dash, number) if is_standard else number

    def publication(self) -> Text:
        """Where and when the work came out."""
        kind = self.ref.kind
        if kind is Kind.ARTICLE:
            return self.issue_of_journal()
        if kind is Kind.STANDARD and self.style.number_before_standard:
            return NOTHING
        if kind in ALWAYS_ONLINE or self.is_report_on_the_net():
            return concat(self.repository(), self.date_in_brackets(), self.access_date())
        return plain_text(self.imprint() + self.access_date())

    def issue_of_journal(self) -> Text:
        """``journal，year，volume（issue）：pages``; without a volume ``journal，year（issue）：pages``."""
        ref, style = self.ref, self.style
        numbers = style.comma.join(filter(None, (self.date_of_issue(), ref.volume)))
        journal = without_dots(ref.container)
        comma = style.comma if journal.plain and numbers else ""
        pages = style.colon + ref.pages if ref.pages else ""
        return concat(journal, comma + numbers + self.issue() + pages + self.access_date())

    def date_of_issue(self) -> str:
        ref = self.ref
        if self.style.full_date_without_issue and not (ref.volume or ref.issue):
            return str(ref.date or "")
        return _year(ref.date)

    def issue(self) -> str:
        ref = self.ref
        if not ref.issue:
            return ""
        if not self.style.supplement_in_brackets and ref.volume and not split_supplement(ref.issue)[0]:
            return f" {ref.issue}"
        return ref.issue.join(self.style.brackets)

    def repository(self) -> Text:
        ref = self.ref
        if not self.style.repository_named or ref.kind not in IN_A_REPOSITORY:
            return NOTHING
        return ref.container if ref.container.plain else plain_text(ref.publisher)

    def is_report_on_the_net(self) -> bool:
        """A report without publisher is dated like a web page, in the style of 2015."""
        ref = self.ref
        if ref.kind is not Kind.REPORT or self.style.bare_date_of_reports:
            return False
        return self.is_online and not (ref.publisher or ref.place or ref.pages)

    def date_in_brackets(self) -> str:
        return str(self.ref.date).join(self.style.brackets) if self.ref.date else ""

    def access_date(self) -> str:
        ref = self.ref
        is_printed = ref.accessed and ref.kind in self.style.access_date_of and self.is_online
        return f"[{ref.accessed}]" if is_printed else ""

    def imprint(self) -> str:
        """``place：publisher，year：pages``."""
        ref, style = self.ref, self.style
        publisher = style.colon.join(filter(None, (ref.place, ref.publisher)))
        whole_date = ref.kind is Kind.REPORT and style.bare_date_of_reports
        date = str(ref.date or "") if whole_date else _year(ref.date)
        return style.colon.join(filter(None, (style.comma.join(filter(None, (publisher, date))), ref.pages)))


def _year(date: PartialDate | None) -> str:
    return str(date.year) if date else ""
