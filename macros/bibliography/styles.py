"""Styles: which ways of printing references there are, as tables of marks and switches.

``gbt_layout`` and ``vancouver_layout`` know the order of the parts, ``words`` the words of each
language, ``name_forms`` and ``printing`` the rest. Marks of citations in running text are in ``marks``.
Rules are taken from GB/T 7714-2025 and 2015 (through quotations and two implementations by the
maintainer of the gbt7714 BibTeX styles), *Citing Medicine* with the samples of the ICMJE, and the AMA
Manual of Style.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from operator import attrgetter
from types import MappingProxyType

from macros.bibliography.gbt_layout import ALWAYS_ONLINE, GbtProfile, Medium
from macros.bibliography.model import Kind, Reference, Text
from macros.bibliography.name_forms import NameForm, format_names
from macros.bibliography.printing import Profile, doi_url, print_sentences, shorten_pages
from macros.bibliography.vancouver_layout import VancouverProfile
from macros.bibliography.words import format_date_month_first, format_date_year_first

__all__ = [
    "PROFILES",
    "Profile",
    "doi_url",
    "format_names",
    "format_reference",
    "shorten_pages",
]


def format_reference(
    ref: Reference, profile: Profile, *, links: bool = True, original: Reference | None = None
) -> Text:
    """A whole reference, as plain text and as HTML.

    In the HTML everything is escaped and, unless ``links`` is false, DOIs and web addresses are links.
    ``original`` is the reference that ``ref`` is the translated form of; NLM and AMA name its language.
    The number in front of a reference is not part of it.
    """
    return print_sentences(profile.sentences(ref, original=original, links=links))


_TYPE_CODES: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.ARTICLE: "J",
        Kind.BOOK: "M",
        Kind.CHAPTER: "M",
        Kind.CONFERENCE_PAPER: "C",
        Kind.DATASET: "DS",
        Kind.PREPRINT: "PP",
        Kind.REPORT: "R",
        Kind.STANDARD: "S",
        Kind.THESIS: "D",
        Kind.WEB_PAGE: "EB",
    }
)

_GBT_2025 = GbtProfile(
    name="gbt7714-2025",
    titles=MappingProxyType({"zh": "GB/T 7714—2025", "en": "GB/T 7714-2025"}),
    names=NameForm(separator="，", organisation_separator="，", between_initials=" ", hyphen="-"),
    comma="，",
    colon="：",
    brackets=("（", "）"),
    doi_mark="DOI:",
    codes=_TYPE_CODES,
    comma_after_et_al=True,
    number_before_standard=True,
    repository_named=True,
    full_date_without_issue=True,
    bare_date_of_reports=True,
    access_date_of=ALWAYS_ONLINE,
)

_GBT_2015 = GbtProfile(
    name="gbt7714-2015",
    titles=MappingProxyType({"zh": "GB/T 7714—2015", "en": "GB/T 7714-2015"}),
    names=NameForm(between_initials=" ", hyphen=" ", family_in_capitals=True, particle_in_capitals=True),
    comma=", ",
    colon=": ",
    brackets=("(", ")"),
    doi_mark="DOI:",
    # 2015 has no code of its own for preprints; A is for papers kept in an archive.
    codes=MappingProxyType({**_TYPE_CODES, Kind.PREPRINT: "A"}),
    access_date_of=frozenset(Kind),
)

_JCH = replace(
    _GBT_2015,
    name="jch",
    titles=MappingProxyType({"zh": "期刊体例（JCH）", "en": "Journal house style (JCH)"}),
    names=NameForm(family_in_capitals=True),
    doi_mark="DOI: ",
    medium=Medium.PRINT,
    url_beside_doi=False,
    supplement_in_brackets=False,
)

_NLM = VancouverProfile(
    name="nlm",
    titles=MappingProxyType({"zh": "NLM（PubMed）", "en": "NLM (PubMed)"}),
    names=NameForm(
        organisation_separator="; ",
        most_names=6,
        names_before_et_al=6,
        suffixes=MappingProxyType({"II": "2nd", "III": "3rd", "IV": "4th"}),
    ),
    format_date=format_date_year_first,
    date_parts=MappingProxyType({Kind.ARTICLE: 3, Kind.DATASET: 3, Kind.PREPRINT: 3, Kind.REPORT: 2}),
    shortens_pages=True,
    full_et_al=True,
    editor_roles=attrgetter("editor"),
    translator_roles=attrgetter("translator"),
    italics=False,
    prints_place=True,
    book_pages=". p. ",
    volume_mark="Vol. ",
    says_published_online=False,
    supplement_in_brackets=False,
    report_number_mark="Report No.: ",
    doi_mark="doi: ",
    stop_after_doi=True,
    url_mark="Available from: ",
    remarks_in_brackets=True,
    language_at_end=True,
    notice_replaces_label=True,
    prints_pubmed_ids=True,
)

_AMA = VancouverProfile(
    name="ama",
    titles=MappingProxyType({"zh": "AMA（第 11 版）", "en": "AMA (11th edition)"}),
    names=NameForm(organisation_separator="; ", most_names=6, names_before_et_al=3),
    format_date=format_date_month_first,
    date_parts=MappingProxyType({Kind.DATASET: 3, Kind.PREPRINT: 3, Kind.WEB_PAGE: 3}),
    shortens_pages=False,
    full_et_al=False,
    editor_roles=attrgetter("editor_short"),
    translator_roles=attrgetter("translator_short"),
    italics=True,
    prints_place=False,
    book_pages=":",
    volume_mark="Vol ",
    says_published_online=True,
    supplement_in_brackets=True,
    report_number_mark="",
    doi_mark="doi:",
    stop_after_doi=False,
    url_mark="",
    remarks_in_brackets=False,
    language_at_end=False,
    notice_replaces_label=False,
    prints_pubmed_ids=False,
)


def _by_name(profiles: Iterable[Profile]) -> Mapping[str, Profile]:
    return MappingProxyType({profile.name: profile for profile in profiles})


PROFILES = _by_name((_GBT_2025, _GBT_2015, _JCH, _NLM, _AMA))
"""Every way to print a reference, by the name under which pages and settings know it."""
