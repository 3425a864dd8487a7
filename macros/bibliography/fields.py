r"""Fields: what one BibTeX entry says, as a reference.

Owns the conventions of our .bib files: which field means what, which of them are text (and decoded from
LaTeX), how dates, pages, identifiers and languages are written. Finding the entries in a file is left to
``reading``; what a reference must have, to ``checks``.

Fields that are not interpreted are kept as written in ``Reference.extra``. A DOI, a URL and a citekey are
never decoded from LaTeX; in a DOI and a URL, the escapes ``\_ \% \& \# \~ \$`` lose their backslash.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from types import MappingProxyType
from typing import Final
from urllib.parse import unquote

from macros.bibliography.latex import decode_latex, find_unknown_commands, unescape_identifier
from macros.bibliography.model import (
    Kind,
    Name,
    PartialDate,
    Reference,
    Status,
    StatusKind,
    Text,
    contains_han,
)
from macros.bibliography.names import parse_names
from macros.problems import Problem, Severity, did_you_mean


@dataclass(frozen=True, slots=True, kw_only=True)
class RawField:
    """The value of a field, without its braces or quotes, otherwise as written."""

    value: str
    line: int
    """1-based."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawEntry:
    """An entry as it stands in the file."""

    entry_type: str
    """Lower case, without the ``@``."""
    citekey: str
    line: int
    """1-based."""
    fields: Mapping[str, RawField]
    """By name in lower case."""


KINDS: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        "article": Kind.ARTICLE,
        "book": Kind.BOOK,
        "booklet": Kind.BOOK,
        "collection": Kind.BOOK,
        "mvbook": Kind.BOOK,
        "proceedings": Kind.BOOK,
        "incollection": Kind.CHAPTER,
        "inbook": Kind.CHAPTER,
        "chapter": Kind.CHAPTER,
        "inproceedings": Kind.CONFERENCE_PAPER,
        "conference": Kind.CONFERENCE_PAPER,
        "phdthesis": Kind.THESIS,
        "mastersthesis": Kind.THESIS,
        "thesis": Kind.THESIS,
        "standard": Kind.STANDARD,
        "online": Kind.WEB_PAGE,
        "webpage": Kind.WEB_PAGE,
        "electronic": Kind.WEB_PAGE,
        "www": Kind.WEB_PAGE,
        "techreport": Kind.REPORT,
        "report": Kind.REPORT,
        "manual": Kind.REPORT,
        "dataset": Kind.DATASET,
        "data": Kind.DATASET,
        "preprint": Kind.PREPRINT,
    }
)
"""What the types of entries mean; ``misc`` and ``unpublished`` depend on their fields (``find_kind``)."""

_TYPES_BY_FIELDS: Final = ("misc", "unpublished")

LANGUAGES: Final[Mapping[str, str]] = MappingProxyType(
    {
        name: tag
        for tag, names in {
            "en": "english american british usenglish ukenglish canadian australian eng 英文 英语",
            "zh": "chinese schinese tchinese chi zho cn 中文 汉语 中国语",
            "ja": "japanese jpn 日文 日语",
            "ko": "korean kor",
            "de": "german ngerman austrian naustrian swissgerman deutsch ger deu",
            "fr": "french francais canadien fre fra",
            "es": "spanish espanol spa",
            "pt": "portuguese portuges brazilian brazil por",
            "it": "italian italiano ita",
            "nl": "dutch nederlands dut nld",
            "ru": "russian rus",
            "uk": "ukrainian ukr",
            "pl": "polish polski pol",
            "cs": "czech cze ces",
            "sk": "slovak slo slk",
            "hu": "hungarian magyar hun",
            "ro": "romanian rum ron",
            "tr": "turkish tur",
            "el": "greek gre ell",
            "no": "norwegian norsk nor",
            "nb": "bokmal nob",
            "nn": "nynorsk nno",
            "sv": "swedish swe",
            "da": "danish dan",
            "fi": "finnish fin",
            "ar": "arabic ara",
            "fa": "persian farsi per fas",
            "he": "hebrew heb",
            "hi": "hindi hin",
            "th": "thai tha",
            "vi": "vietnamese vie",
            "id": "indonesian ind",
            "la": "latin lat",
        }.items()
        for name in (tag, *names.split())
    }
)
"""BCP 47 tags by the names that babel, biblatex, ISO 639 and Chinese reference managers use."""

MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)

_THESES: Final = {
    "phdthesis": {"zh": "博士学位论文", "en": "dissertation"},
    "mastersthesis": {"zh": "硕士学位论文", "en": "master's thesis"},
    "mathesis": {"zh": "硕士学位论文", "en": "master's thesis"},
}
"""What a thesis is called when its entry only says so by its type, or by biblatex's key for it."""

_REPOSITORIES: Final = {"arxiv": "arXiv", "biorxiv": "bioRxiv", "medrxiv": "medRxiv", "chinaxiv": "ChinaXiv"}

_INTERPRETED: Final = """
label langid language author editor translator title titletranslation journal journaltitle fjournal booktitle
year date month volume number issue pages eid edition version publisher school institution organization
address location type doi url urldate pmid pmcid note related relatedtype status statuschecked statusnotice
medium
"""
_UNINTERPRETED: Final = """
abstract annotation annote archiveprefix bookauthor booksubtitle chapter collaboration copyright crossref cstr
day entrysubtype eprint eprintclass eprinttype eventdate eventtitle file groups howpublished hyphenation isbn
issn issuetitle keywords lccn mainsubtitle maintitle mendeley-groups numpages options origdate owner pagetotal
pagination primaryclass pubstate series shorthand shortjournal shorttitle subtitle timestamp titleaddon venue
volumes xdata
"""
_FIELDS_TO_MEAN: Final = frozenset(_INTERPRETED.split())
_KNOWN_FIELDS: Final = _FIELDS_TO_MEAN | frozenset(_UNINTERPRETED.split())

_DASHES: Final = re.compile(r" ?(?:-{2,3}|[‐‑–—−]) ?|(?<=\w) - (?=\w)")
_YEAR: Final = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_DOI_PREFIX: Final = re.compile(r"(https?://(?:dx\.|www\.)?doi\.org/|doi:\s*)(?=\S)", re.IGNORECASE)
_DOI: Final = re.compile(r"10\.\d{4,9}/[^\s\"'`<>\\{}|^]+")
_SICI_DOI: Final = re.compile(
    r"10\.\d{4,9}/[^\s\"'`<>\\{}|^]+<[^\s\"'`<>\\{}|^]+>\d\.\d\.[A-Z0-9]{2};[0-9A-Z](?:-[0-9A-Z])?"
)
_SAFE_URL: Final = re.compile(r"https?://[^\s\"'<>\\`{}^/?#@\[\]]+(?:[/?#][^\s\"<>\\`{}^]*)?", re.IGNORECASE)
_URL_COMMAND: Final = re.compile(r"\\url\{(.*)\}")
_HTML: Final = re.compile(r"</?[A-Za-z][^<>]*>|&(?:amp|lt|gt|quot|nbsp|#\d+|#x[\da-f]+);", re.IGNORECASE)
_NO_TEXT: Final = Text("", "")


def interpret_entry(entry: RawEntry, file: str) -> tuple[Reference, list[Problem]]:
    """The reference that an entry describes, and everything that is wrong in its fields."""
    fields = _Fields(entry, file)
    kind = _read_kind(fields, entry)
    authors, authors_truncated = _read_names(fields, "author")
    editors, _ = _read_names(fields, "editor")
    translators, _ = _read_names(fields, "translator")
    title = fields.text("title")
    language = _read_language(fields, title)
    number, issue = _read_numbers(fields, kind)
    reference = Reference(
        citekey=entry.citekey,
        kind=kind,
        language=language,
        title=title,
        label=fields.plain("label"),
        authors=authors,
        authors_truncated=authors_truncated,
        editors=editors,
        translators=translators,
        date=_read_date(fields),
        container=_read_container(fields, kind),
        container_full=fields.text("fjournal"),
        volume=fields.range("volume"),
        issue=issue,
        pages=fields.range("pages", "eid"),
        edition=fields.plain("edition"),
        version=fields.plain("version"),
        number=number,
        publisher=fields.plain("publisher", "school", "institution", "organization"),
        place=fields.plain("address", "location"),
        genre=_read_genre(fields, entry.entry_type, language),
        doi=_read_doi(fields),
        url=_read_url(fields),
        accessed=_read_access_date(fields),
        pmid=fields.plain("pmid"),
        pmcid=fields.plain("pmcid"),
        translation_of=_read_translation_of(fields),
        translated_title=_read_translated_title(fields),
        status=_read_status(fields),
        note=fields.plain("note"),
        published_online_only=_read_medium(fields),
        extra=fields.rest(),
        line=entry.line,
        field_lines=fields.lines(),
    )
    return reference, fields.problems


def find_kind(entry_type: str, *, has_url: bool, has_eprint: bool) -> Kind | None:
    """The kind of work that a type of entry stands for, or None for a type that we do not know.

    ``misc`` is a web page if it has a URL and otherwise a report; ``unpublished`` is a preprint if it has an
    ``eprint`` and otherwise a report.
    """
    if entry_type == "misc":
        return Kind.WEB_PAGE if has_url else Kind.REPORT
    if entry_type == "unpublished":
        return Kind.PREPRINT if has_eprint else Kind.REPORT
    return KINDS.get(entry_type)


def is_doi(text: str) -> bool:
    """Whether a text is a bare DOI; ``<`` and ``>`` belong only into the SICI form of older DOIs.

    >>> is_doi("10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2")
    True
    >>> is_doi("doi:10.1002/hep.29189"), is_doi("10.1000/x<script>")
    (False, False)
    """
    return bool(_DOI.fullmatch(text) or _SICI_DOI.fullmatch(text))


def is_safe_url(text: str) -> bool:
    """Whether a text is a web address: a host without a user's name, and nothing that ends an attribute.

    >>> is_safe_url("https://example.org/a?b=c"), is_safe_url("javascript:alert(1)")
    (True, False)
    """
    return bool(_SAFE_URL.fullmatch(text))


def normalise_dashes(text: str) -> str:
    """Ranges with one hyphen, whatever dash they were written with.

    >>> normalise_dashes("146--149, 278--279"), normalise_dashes("505–512.e1")
    ('146-149, 278-279', '505-512.e1')
    """
    return _DASHES.sub("-", text)


def find_date(text: str) -> PartialDate | None:
    """The date that a text is, ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``, or None."""
    match = _YEAR.fullmatch(text)
    if not match:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        whole = date(year or 0, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return None
    return PartialDate(year=whole.year, month=month, day=day)


def excerpt(text: str, width: int = 60) -> str:
    """The beginning of a text on one line, for a message."""
    line = " ".join(text.split())
    return line if len(line) <= width else line[: width - 1] + "…"


class _Fields:
    """The fields of one entry. Each is handed out once; what nobody asks for is the rest."""

    def __init__(self, entry: RawEntry, file: str) -> None:
        self.problems: list[Problem] = []
        self._entry = entry
        self._file = file
        self._left = dict(entry.fields)

    def __contains__(self, name: str) -> bool:
        return name in self._entry.fields and bool(self._entry.fields[name].value)

    def take(self, *names: str) -> tuple[str, str]:
        """Name and value of the first of these fields that says anything."""
        for name in names:
            if name in self._left:
                value = self._left.pop(name).value
                if value:
                    return name, value
        return names[0], ""

    def peek(self, *names: str) -> tuple[str, str]:
        """The same, without taking the field away from the rest."""
        for name in names:
            if name in self:
                return name, self._entry.fields[name].value
        return names[0], ""

    def text(self, *names: str) -> Text:
        """The field as a reader sees it."""
        return self._decode(*self.take(*names))

    def plain(self, *names: str) -> str:
        """The same without mark-up."""
        return self.text(*names).plain

    def range(self, *names: str) -> str:
        """The same, with one hyphen for every dash."""
        name, value = self.take(*names)
        return self._decode(name, normalise_dashes(value)).plain

    def _decode(self, name: str, value: str) -> Text:
        if not value:
            return _NO_TEXT
        text = decode_latex(value)
        self.report_commands(name, value)
        if ("<" in value or "&" in value) and (match := _HTML.search(value)):
            self.report(
                "text-is-not-html",
                f'{name} holds "{excerpt(match[0], 20)}", which is printed as it stands',
                name,
                r"write LaTeX: \textsuperscript{+}, \textsubscript{2}, \emph{…}, \&",
                severity=Severity.WARNING,
            )
        return text

    def lines(self) -> Mapping[str, int]:
        """The lines of the fields that say something; an empty ``doi`` says that the work has none."""
        given = {
            name: field.line for name, field in self._entry.fields.items() if field.value or name == "doi"
        }
        return MappingProxyType(given)

    def rest(self) -> Mapping[str, str]:
        """The fields that nobody asked for, as written; a name that looks mistyped is reported."""
        for name in self._left:
            if meant := _find_meant_field(name):
                self.report(
                    "field-is-known",
                    f'the field "{name}" is not used',
                    name,
                    f'did you mean "{meant}"?',
                    severity=Severity.WARNING,
                )
        return MappingProxyType({name: field.value for name, field in self._left.items() if field.value})

    def report_commands(self, name: str, value: str) -> None:
        for command in find_unknown_commands(value):
            self.report(
                "latex-is-known",
                f'"{command}" in {name} is not understood and is printed as it stands',
                name,
                "write the letter itself, in UTF-8",
                severity=Severity.WARNING,
            )

    def report(
        self, rule: str, message: str, field: str, hint: str = "", *, severity: Severity = Severity.ERROR
    ) -> None:
        """Note a problem at a field, or at the entry if it has no such field."""
        at = self._entry.fields.get(field)
        self.problems.append(
            Problem(
                file=self._file,
                line=at.line if at else self._entry.line,
                rule=rule,
                message=f"{self._entry.citekey}: {message}",
                hint=hint,
                severity=severity,
            )
        )


@lru_cache(maxsize=256)
def _find_meant_field(name: str) -> str:
    """The known field of which an unknown one looks like a mistyped form, or an empty text."""
    if name in _KNOWN_FIELDS:
        return ""
    near = get_close_matches(name, sorted(_FIELDS_TO_MEAN), n=1, cutoff=0.8)
    return near[0] if near and abs(len(near[0]) - len(name)) <= 1 else ""


def _read_kind(fields: _Fields, entry: RawEntry) -> Kind:
    has_url = "url" in fields
    kind = find_kind(entry.entry_type, has_url=has_url, has_eprint="eprint" in fields)
    if kind:
        return kind
    fields.report(
        "type-is-known",
        f'there is no type "@{entry.entry_type}"; the entry is read as @misc',
        "",
        did_you_mean(entry.entry_type, [*KINDS, *_TYPES_BY_FIELDS]),
    )
    return Kind.WEB_PAGE if has_url else Kind.REPORT


def _read_names(fields: _Fields, role: str) -> tuple[tuple[Name, ...], bool]:
    name, value = fields.take(role)
    if not value:
        return (), False
    listed = parse_names(value)
    for fault in listed.faults:
        subject = f'"{excerpt(fault.name)}" ' if fault.name else ""
        fields.report("name-is-a-name", f"{subject}{fault.fault} ({role})", name, fault.hint)
    fields.report_commands(name, value)
    return listed.names, listed.truncated


def _read_language(fields: _Fields, title: Text) -> str:
    """Of the work: ``langid`` or ``language``; guessed from the title, and reported, if neither says."""
    name, declared = fields.take("langid", "language")
    primary = declared.lower().replace("_", "-").split("-")[0].strip("{} ")
    if primary in LANGUAGES:
        return LANGUAGES[primary]
    guess = "zh" if not title.plain.isascii() and contains_han(title.plain) else "en"
    wrong = (
        f'"{excerpt(declared)}" is no language that we know'
        if declared
        else "the entry does not say its language"
    )
    fields.report(
        "language-is-declared",
        f'{wrong}; "{guess}" is assumed from the title',
        name,
        did_you_mean(primary, LANGUAGES) or "write langid = {english} or langid = {chinese}",
        severity=Severity.WARNING,
    )
    return guess


def _read_numbers(fields: _Fields, kind: Kind) -> tuple[str, str]:
    """The number of a standard or report, and the issue of a periodical."""
    if kind is Kind.ARTICLE:
        return "", fields.range("number", "issue")
    return fields.plain("number"), fields.range("issue")


def _read_container(fields: _Fields, kind: Kind) -> Text:
    if kind in (Kind.CHAPTER, Kind.CONFERENCE_PAPER):
        return fields.text("booktitle", "journal", "journaltitle")
    container = fields.text("journal", "journaltitle", "booktitle")
    if container.plain or kind is not Kind.PREPRINT:
        return container
    _, repository = fields.peek("eprinttype", "archiveprefix")
    return decode_latex(_REPOSITORIES.get(repository.lower(), repository))


def _read_genre(fields: _Fields, entry_type: str, language: str) -> str:
    genre = fields.plain("type")
    words = _THESES.get(genre or entry_type, {})
    return words.get(language, words.get("en", genre))


def _read_translated_title(fields: _Fields) -> Text | None:
    title = fields.text("titletranslation")
    return title if title.plain else None


def _read_date(fields: _Fields) -> PartialDate | None:
    """``date``, or ``year`` with ``month``."""
    _, year = fields.take("year")
    _, month = fields.take("month")
    name, written = fields.take("date")
    if not written:
        return _read_year_and_month(fields, year, month)
    found = _read_iso_date(fields, name, written)
    if found and year and find_date(_without_wrapping(year)) != PartialDate(year=found.year):
        fields.report(
            "year-is-a-year",
            f'the year "{excerpt(year)}" contradicts the date "{written}"',
            "year",
            "keep one of them",
        )
    return found or _read_year_and_month(fields, year, month)


def _read_year_and_month(fields: _Fields, year: str, month: str) -> PartialDate | None:
    if not year:
        return None
    found = _read_iso_date(fields, "year", year)
    if not month or not found or found.month:
        return found
    number = _find_month(month)
    if number is None:
        fields.report(
            "month-is-a-month",
            f'"{excerpt(month)}" is no month',
            "month",
            "write month = jan, or month = {1}",
        )
    return PartialDate(year=found.year, month=number)


def _find_month(text: str) -> int | None:
    """1 to 12 for a number, an English name or its beginning of three letters.

    >>> _find_month("3"), _find_month("mar"), _find_month("March"), _find_month("Mars")
    (3, 3, 3, None)
    """
    if text.isdecimal():
        return int(text) if len(text) <= 2 and 1 <= int(text) <= 12 else None
    word = text.lower().rstrip(".")
    for number, name in enumerate(MONTHS, start=1):
        if word in (name, name[:3], "sept" if number == 9 else name):
            return number
    return None


def _read_iso_date(fields: _Fields, name: str, written: str) -> PartialDate | None:
    found = find_date(_without_wrapping(written))
    if found is None:
        fields.report(
            "year-is-a-year",
            f'"{excerpt(written)}" is no date that exists ({name})',
            name,
            "write four digits for the year, and 2015-03-27 for a day",
        )
    return found


def _read_access_date(fields: _Fields) -> PartialDate | None:
    name, written = fields.take("urldate")
    return _read_iso_date(fields, name, written) if written else None


def _read_doi(fields: _Fields) -> str:
    """The bare DOI, or an empty text if it is not well-formed."""
    name, written = fields.take("doi")
    doi = unescape_identifier(_without_wrapping(written))
    if prefix := _DOI_PREFIX.match(doi):
        doi = doi[prefix.end() :]
        doi = unquote(doi) if prefix[0].startswith("http") else doi
        fields.report(
            "doi-is-well-formed",
            f'the DOI begins with "{prefix[0].strip()}"',
            name,
            f"write doi = {{{doi}}}",
            severity=Severity.WARNING,
        )
    if doi and not is_doi(doi):
        fields.report(
            "doi-is-well-formed",
            f'"{excerpt(doi)}" is no DOI and is left out',
            name,
            "a DOI looks like 10.1002/hep.29189",
        )
        return ""
    return doi


def _read_url(fields: _Fields) -> str:
    """The URL, or an empty text if it is not one that a reader may follow."""
    name, written = fields.take("url")
    url = unescape_identifier(_without_wrapping(written))
    if url and not is_safe_url(url):
        fields.report(
            "url-is-safe",
            f'"{excerpt(url)}" is no web address and is left out',
            name,
            "write an address that begins with https:// or http://; %20 for a space, %22 for a quote",
        )
        return ""
    return url


def _without_wrapping(written: str) -> str:
    r"""An identifier without ``\url{…}`` or spare braces around it."""
    if match := _URL_COMMAND.fullmatch(written):
        written = match[1]
    return written.strip("{} ")


def _read_translation_of(fields: _Fields) -> str:
    if fields.peek("relatedtype")[1].lower() != "translationof":
        return ""
    fields.take("relatedtype")
    return fields.take("related")[1]


def _read_status(fields: _Fields) -> Status | None:
    _, written = fields.take("status")
    _, checked = fields.take("statuschecked")
    notice = fields.plain("statusnotice")
    if not written:
        return None
    if written not in {*StatusKind}:
        known = ", ".join(StatusKind)
        fields.report(
            "status-is-known",
            f'"{excerpt(written)}" is no status',
            "status",
            did_you_mean(written, StatusKind) or f"known are {known}",
        )
        return None
    found = find_date(checked)
    if not found or not found.month or not found.day:
        fields.report(
            "status-is-dated",
            "the status does not say on which day it was checked",
            "statuschecked" if checked else "status",
            "write statuschecked = {2026-11-22}",
        )
        return None
    return Status(kind=StatusKind(written), checked=date(found.year, found.month, found.day), notice=notice)


def _read_medium(fields: _Fields) -> bool:
    """Whether the work has no print form; any other ``medium`` stays in the rest."""
    if fields.peek("medium")[1].lower() != "online":
        return False
    fields.take("medium")
    return True
