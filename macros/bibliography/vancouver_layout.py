"""The styles of medical journals, NLM and AMA: which part stands where, between which marks.

NLM follows *Citing Medicine* and the samples of the ICMJE; AMA the AMA Manual of Style. Both are one
row of sentences with the same parts in nearly the same order; the profiles in ``styles`` fill in what
differs. Names, links and full stops are made by the modules imported here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from macros.bibliography.model import Kind, Name, PartialDate, Reference, Status, StatusKind, Text
from macros.bibliography.name_forms import format_names
from macros.bibliography.printing import (
    NOTHING,
    Profile,
    concat,
    left_open,
    link_doi,
    link_url,
    plain_text,
    shorten_pages,
    split_supplement,
    without_dots,
)
from macros.bibliography.words import (
    LANGUAGE_NAMES,
    Words,
    format_edition,
    primary_language,
    words_for,
)

NOTICES: Mapping[StatusKind, str] = MappingProxyType(
    {
        StatusKind.RETRACTED: "Retraction in: ",
        StatusKind.EXPRESSION_OF_CONCERN: "Expression of concern in: ",
        StatusKind.CORRECTED: "Erratum in: ",
    }
)
"""As PubMed links an article to the notice about it."""

CITED_WITH_DATE = frozenset({Kind.WEB_PAGE, Kind.PREPRINT, Kind.DATASET})
"""Works that change: the day of access is printed even beside a DOI."""

TITLE_IN_ITALICS = frozenset({Kind.BOOK, Kind.REPORT, Kind.STANDARD, Kind.THESIS})
"""Works that stand by themselves on a shelf (AMA 3.9)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VancouverProfile(Profile):
    """Marks and switches of NLM or AMA."""

    format_date: Callable[[PartialDate], str]
    date_parts: Mapping[Kind, int]
    """How much of the date is printed: 1 year, 2 month, 3 day. Kinds not named print the year."""
    shortens_pages: bool
    full_et_al: bool
    """Whether "et al." keeps its dot inside a sentence."""
    editor_roles: Callable[[Words], tuple[str, str]]
    translator_roles: Callable[[Words], tuple[str, str]]
    italics: bool
    prints_place: bool
    book_pages: str
    """Before the pages of a part of a book: ". p. " or ":"."""
    volume_mark: str
    """Before the volume of a book."""
    says_published_online: bool
    """Whether the date of an article without volume, issue and pages is introduced by words."""
    supplement_in_brackets: bool
    """"42(suppl 2)" and "58(12)(suppl 7)", or "42 Suppl 2" and "58(12 Suppl 7)"."""
    report_number_mark: str
    doi_mark: str
    stop_after_doi: bool
    url_mark: str
    """Before an address: "Available from: " or nothing."""
    remarks_in_brackets: bool
    """Whether type, medium and day of access are set in brackets, "[dissertation]", "[Internet]" and
    "[cited 2026 Nov 22]", or are sentences: "Dissertation.", "Accessed November 22, 2026."."""
    language_at_end: bool
    """"[Title]. … Norwegian." or "Title [in Norwegian]."."""
    notice_replaces_label: bool
    """Whether a known notice of retraction is said at the end only (ICMJE sample)."""
    prints_pubmed_ids: bool

    def sentences(self, ref: Reference, *, original: Reference | None, links: bool) -> Iterator[Text]:
        """``original`` is the work that this one is the English form of; NLM names its language."""
        language = primary_language(original if original and ref.translation_of else ref)
        return _Entry(ref, self, words_for(primary_language(ref)), language, links).sentences()


@dataclass(frozen=True, slots=True)
class _Entry:
    """One reference on its way through one profile."""

    ref: Reference
    style: VancouverProfile
    words: Words
    language: str
    """Of the work; of the original where the entry is a translation."""
    links: bool

    def sentences(self) -> Iterator[Text]:
        yield self.authors()
        yield from _BODIES[self.ref.kind](self)
        if self.style.language_at_end:
            yield plain_text(self.foreign_language())
        yield from self.access()
        if self.style.prints_pubmed_ids:
            yield plain_text(self.pubmed_ids())
        if self.ref.status:
            yield plain_text(self.notice(self.ref.status))

    # Names

    def names(self, names: Sequence[Name], *, truncated: bool = False) -> str:
        et_al = self.words.et_al if self.style.full_et_al else self.words.et_al.rstrip(".")
        return format_names(names, self.style.names, et_al=et_al, truncated=truncated)

    def authors(self) -> Text:
        """The authors; the editors of a whole work stand in for them."""
        ref = self.ref
        if ref.authors or ref.kind in (Kind.CHAPTER, Kind.CONFERENCE_PAPER):
            return plain_text(self.names(ref.authors, truncated=ref.authors_truncated))
        return self.editors()

    def editors(self) -> Text:
        return self.names_with_role(self.ref.editors, self.style.editor_roles(self.words))

    def translators(self) -> Text:
        return self.names_with_role(self.ref.translators, self.style.translator_roles(self.words))

    def names_with_role(self, names: Sequence[Name], roles: tuple[str, str]) -> Text:
        return plain_text(f"{self.names(names)}, {roles[len(names) > 1]}") if names else NOTHING

    # Titles

    def title(self, medium: str = "") -> Text:
        """The title; in brackets (NLM) or with its language (AMA) where it is a translation."""
        ref = self.ref
        shown = ref.title
        is_translated = bool(ref.translation_of)
        if ref.translated_title and self.language != "en" and not is_translated:
            shown, is_translated = ref.translated_title, True
        if self.style.italics and ref.kind in TITLE_IN_ITALICS:
            shown = _italic(shown)
        if is_translated:
            shown = self.marked_as_translation(shown)
        return concat(self.status_label(), shown, f" [{medium}]" if medium else "")

    def marked_as_translation(self, title: Text) -> Text:
        if self.style.language_at_end:
            return concat("[", title, "]")
        language = self.foreign_language()
        return concat(title, f" [in {language}]" if language else "")

    def foreign_language(self) -> str:
        return LANGUAGE_NAMES.get(self.language, "")

    def status_label(self) -> str:
        status = self.ref.status
        if not status or (status.notice and self.style.notice_replaces_label):
            return ""
        return self.words.status_labels.get(status.kind, "")

    def container(self, *, is_journal: bool = False) -> Text:
        container = without_dots(self.ref.container) if is_journal else self.ref.container
        return _italic(container) if self.style.italics else container

    # Bodies, by kind

    def article(self) -> Iterator[Text]:
        yield self.title()
        yield concat(self.container(is_journal=True), f" [{self.internet}]" if self.internet else "")
        yield plain_text(self.issue_of_journal())

    def book(self) -> Iterator[Text]:
        yield self.title(self.internet)
        yield from self.volume_and_edition()
        if self.ref.authors:
            yield self.editors()
        yield self.translators()
        yield plain_text(self.imprint())

    def part_of_book(self) -> Iterator[Text]:
        ref = self.ref
        yield self.title()
        yield self.translators()
        editors = self.editors()
        medium = f" [{self.internet}]" if self.internet else ""
        if editors.plain:
            yield concat("In: ", editors)
        if ref.container.plain:
            yield concat("" if editors.plain else "In: ", self.container(), medium)
        yield from self.volume_and_edition()
        yield plain_text(self.imprint())

    def thesis(self) -> Iterator[Text]:
        genre = self.ref.genre or self.words.thesis
        if self.style.remarks_in_brackets:
            yield self.title(f"{genre} on the {self.internet}" if self.internet else genre)
        else:
            yield self.title()
            yield plain_text(_upper_first(genre))
        yield plain_text(self.imprint())

    def report(self) -> Iterator[Text]:
        ref = self.ref
        yield self.title(self.internet)
        yield plain_text(ref.genre)
        yield from self.volume_and_edition()
        yield plain_text(self.imprint())
        yield plain_text(self.style.report_number_mark + ref.number if ref.number else "")

    def standard(self) -> Iterator[Text]:
        yield self.title(self.internet)
        yield plain_text(self.ref.number)
        yield from self.volume_and_edition()
        yield plain_text(self.imprint())

    def web_page(self) -> Iterator[Text]:
        """A page of a named site is printed under the site's name by NLM, before it by AMA."""
        site = self.ref.container
        if self.style.remarks_in_brackets and site.plain:
            yield concat(site, f" [{self.internet}]" if self.internet else "")
            yield plain_text(self.imprint())
            yield self.title()
        else:
            yield self.title(self.internet)
            yield site
            yield plain_text(self.imprint() if self.style.remarks_in_brackets else self.date())

    def preprint(self) -> Iterator[Text]:
        yield self.title()
        if self.style.remarks_in_brackets:
            repository = self.repository()
            yield concat(repository, " [Preprint]" if repository.plain else "[Preprint]")
            yield self.version()
            yield plain_text(self.date())
        else:
            yield self.repository()
            yield self.version()
            date = self.date()
            yield plain_text(f"Preprint posted online {date}" if date else "Preprint")

    def dataset(self) -> Iterator[Text]:
        yield self.title("dataset" if self.style.remarks_in_brackets else "")
        yield self.version()
        repository, date = self.repository(), self.date()
        if self.style.remarks_in_brackets:
            yield concat(repository, "; " if repository.plain and date else "", date)
        else:
            yield repository
            yield plain_text(date)

    # Parts

    def repository(self) -> Text:
        return self.ref.container if self.ref.container.plain else plain_text(self.ref.publisher)

    def version(self) -> Text:
        return plain_text(f"Version {self.ref.version.lstrip('vV')}" if self.ref.version else "")

    def volume_and_edition(self) -> Iterator[Text]:
        ref = self.ref
        if ref.volume:
            yield plain_text(self.style.volume_mark + ref.volume if ref.volume.isdecimal() else ref.volume)
        if ref.edition:
            yield plain_text(format_edition(ref.edition, self.words))

    def issue_of_journal(self) -> str:
        """``date;volume(issue):pages``."""
        ref = self.ref
        pages = shorten_pages(ref.pages) if self.style.shortens_pages else ref.pages
        if self.style.says_published_online and not (ref.volume or ref.issue or pages):
            return f"Published online {self.style.format_date(ref.date)}" if ref.date else ""
        numbers = ref.volume + (self.issue() if ref.issue else "")
        date = self.date()
        return date + (";" if date and numbers else "") + numbers + (f":{pages}" if pages else "")

    def issue(self) -> str:
        number, supplement = split_supplement(self.ref.issue)
        if self.style.supplement_in_brackets:
            return (f"({number})" if number else "") + (f"({_lower_first(supplement)})" if supplement else "")
        if self.ref.volume and not number:
            return f" {supplement}"
        return f"({self.ref.issue})"

    def imprint(self) -> str:
        """``place: publisher; date``, and the pages of a part."""
        ref, style = self.ref, self.style
        publisher = ": ".join(filter(None, (ref.place if style.prints_place else "", ref.publisher)))
        imprint = "; ".join(filter(None, (publisher, self.date())))
        return f"{imprint}{style.book_pages}{ref.pages}".lstrip(". :") if ref.pages else imprint

    # Dates and addresses

    @property
    def url_is_printed(self) -> bool:
        return bool(self.ref.url) and not self.ref.doi

    @property
    def internet(self) -> str:
        return "Internet" if self.style.remarks_in_brackets and self.url_is_printed else ""

    def date(self) -> str:
        """As much of the date as the kind of work prints; with the day of access in NLM."""
        date = self.ref.date
        parts = self.style.date_parts.get(self.ref.kind, 1)
        shown = self.style.format_date(_cut(date, parts)) if date else ""
        accessed = self.access_date() if self.style.remarks_in_brackets else ""
        return " ".join(filter(None, (shown, f"[cited {accessed}]" if accessed else "")))

    def access_date(self) -> str:
        ref = self.ref
        is_printed = ref.accessed and (self.url_is_printed or ref.kind in CITED_WITH_DATE)
        return self.style.format_date(ref.accessed) if is_printed and ref.accessed else ""

    def access(self) -> Iterator[Text]:
        """The DOI or, without one, the address, which never gets a full stop."""
        ref, style = self.ref, self.style
        if self.access_date() and not style.remarks_in_brackets:
            yield plain_text(f"Accessed {self.access_date()}")
        if ref.doi:
            doi = concat(style.doi_mark, link_doi(ref.doi, links=self.links))
            yield doi if style.stop_after_doi else left_open(doi)
        elif ref.url:
            yield left_open(concat(style.url_mark, link_url(ref.url, links=self.links)))

    def pubmed_ids(self) -> str:
        ref = self.ref
        ids = (f"PMID: {ref.pmid}" if ref.pmid else "", f"PMCID: {ref.pmcid}" if ref.pmcid else "")
        return "; ".join(filter(None, ids))

    def notice(self, status: Status) -> str:
        mark = NOTICES.get(status.kind, "")
        return mark + status.notice if mark and status.notice else ""


_BODIES: Mapping[Kind, Callable[[_Entry], Iterator[Text]]] = MappingProxyType(
    {
        Kind.ARTICLE: _Entry.article,
        Kind.BOOK: _Entry.book,
        Kind.CHAPTER: _Entry.part_of_book,
        Kind.CONFERENCE_PAPER: _Entry.part_of_book,
        Kind.DATASET: _Entry.dataset,
        Kind.PREPRINT: _Entry.preprint,
        Kind.REPORT: _Entry.report,
        Kind.STANDARD: _Entry.standard,
        Kind.THESIS: _Entry.thesis,
        Kind.WEB_PAGE: _Entry.web_page,
    }
)


def _italic(text: Text) -> Text:
    return Text(text.plain, f"<i>{text.html}</i>") if text.plain else NOTHING


def _upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def _cut(date: PartialDate, parts: int) -> PartialDate:
    """The first parts of a date: its year, its month, its day."""
    if parts == 1:
        return PartialDate(year=date.year)
    return date if parts == 3 else PartialDate(year=date.year, month=date.month)
