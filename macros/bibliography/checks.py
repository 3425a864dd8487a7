"""Checks: what a reference must have, and what must hold between references.

Everything here looks at references that could be read; what is wrong with the file or with a single value is
reported where it is read (``reading``, ``fields``). Whether a reference is cited is checked with the site.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from macros.bibliography.fields import is_doi
from macros.bibliography.model import Bibliography, Kind, Reference, Text
from macros.problems import Problem, Severity, did_you_mean

EARLIEST_YEAR: Final = 1500
STATUS_IS_RECENT_FOR: Final = timedelta(days=180)

_AnyOf = tuple[str, ...]
_DATE: Final[_AnyOf] = ("year", "date")

REQUIRED_FIELDS: Final[Mapping[Kind, tuple[_AnyOf, ...]]] = MappingProxyType(
    {
        Kind.ARTICLE: (("title",), ("journal",), _DATE),
        Kind.BOOK: (("title",), ("author", "editor"), ("publisher",), _DATE),
        Kind.CHAPTER: (("author",), ("title",), ("booktitle",), _DATE),
        Kind.CONFERENCE_PAPER: (("author",), ("title",), ("booktitle",), _DATE),
        Kind.DATASET: (("title",), ("doi", "url")),
        Kind.PREPRINT: (("author",), ("title",), ("doi", "url"), _DATE),
        Kind.REPORT: (("title",), ("author", "institution"), _DATE),
        Kind.STANDARD: (("title",), ("number",)),
        Kind.THESIS: (("author",), ("title",), ("school",), _DATE),
        Kind.WEB_PAGE: (("title",), ("url",)),
    }
)
"""For each kind of work, what cannot be missing; of several names in a row, one is enough."""

_ATTRIBUTES: Final = {
    "title": "title",
    "author": "authors",
    "editor": "editors",
    "journal": "container",
    "booktitle": "container",
    "publisher": "publisher",
    "school": "publisher",
    "institution": "publisher",
    "number": "number",
    "year": "date",
    "date": "date",
    "doi": "doi",
    "url": "url",
}
_REJECTED_WHEN_READ: Final = ("year", "date", "doi", "url", "author", "editor")
"""Fields that reading leaves out, with a problem of its own, when they hold nonsense."""

_PAGE: Final = r"(?:(?=[^\W\d]*\d)\w[\w.:/]*|[ivxlcdm]+|[IVXLCDM]+)"
_PAGES: Final = re.compile(rf"{_PAGE}(?:-{_PAGE})?\+?(?:[,，] ?{_PAGE}(?:-{_PAGE})?\+?)*")
_NUMBERS: Final = re.compile(r"(?<![\w.:/-])(\d{1,12})-(\d{1,12})(?![\w.:/-])")


def check_references(bibliography: Bibliography, file: str, today: date) -> Iterator[Problem]:
    """Every problem that a bibliography has by itself; ``file`` is where its references stand."""
    yield from check_required_fields(bibliography, file)
    yield from check_dois_are_well_formed(bibliography, file)
    yield from check_dois_are_unique(bibliography, file)
    yield from check_dois_are_given(bibliography, file)
    yield from check_years(bibliography, file, today)
    yield from check_pages(bibliography, file)
    yield from check_labels_are_unique(bibliography, file)
    yield from check_translations_resolve(bibliography, file)
    yield from check_statuses_are_recent(bibliography, file, today)


def check_required_fields(bibliography: Bibliography, file: str) -> Iterator[Problem]:
    """A reference has what its kind of work cannot be cited without.

    Bad:  @article{a, title = {A blend}, year = {2020}}
    Good: @article{a, title = {A blend}, journal = {J Test}, year = {2020}}
    """
    for ref in bibliography:
        for names in REQUIRED_FIELDS[ref.kind]:
            if not any(_is_given(ref, name) for name in names):
                yield _problem(
                    file,
                    ref,
                    "",
                    "reference-has-required-fields",
                    f"this {ref.kind} has no {' or '.join(names)}",
                    f"add {names[0]} = {{…}}",
                )


def check_dois_are_well_formed(bibliography: Bibliography, file: str) -> Iterator[Problem]:
    """A DOI begins with 10., and holds no quotes, spaces or angle brackets except in the old SICI form.

    Bad:  doi = {10.1000/a"b}
    Good: doi = {10.1002/hep.29189}
    """
    for ref in bibliography:
        if ref.doi and not is_doi(ref.doi):
            message, hint = f'"{ref.doi}" is no DOI', "a DOI looks like 10.1002/hep.29189"
            yield _problem(file, ref, "doi", "doi-is-well-formed", message, hint)


def check_dois_are_unique(bibliography: Bibliography, file: str) -> Iterator[Problem]:
    """Two references have the same DOI only as the two forms of one work, under one label.

    Bad:  @article{a, doi = {10.1000/x}}  @article{b, doi = {10.1000/X}}
    Good: @article{a, doi = {10.1000/x}}  @article{b, doi = {10.1000/y}}
    """
    first_with: dict[str, Reference] = {}
    for ref in bibliography:
        first = first_with.setdefault(ref.doi.casefold(), ref) if ref.doi else ref
        if first is not ref and not _are_forms_of_one_work(first, ref):
            message = f'"{first.citekey}" on line {first.line} has the same DOI'
            hint = "delete one of the two, or correct the DOI"
            yield _problem(file, ref, "doi", "doi-is-unique", message, hint)


def check_dois_are_given(bibliography: Bibliography, file: str) -> Iterator[Problem]:
    """A journal article has a DOI, or says that it has none.

    Bad:  @article{a, title = {A blend}}
    Good: @article{a, title = {A blend}, doi = {10.1000/x}}
    Good: @article{a, title = {A blend}, doi = {}}
    """
    for ref in bibliography:
        if ref.kind is Kind.ARTICLE and not ref.translation_of and not _is_given(ref, "doi"):
            hint = "look it up at the publisher; write doi = {} if the article has none"
            yield _problem(
                file, ref, "", "doi-is-given", "the article has no DOI", hint, severity=Severity.WARNING
            )


def check_years(bibliography: Bibliography, file: str, today: date) -> Iterator[Problem]:
    """A work was published after printing began and not later than next year.

    Bad:  year = {2105}
    Good: year = {2015}
    """
    for ref in bibliography:
        if ref.year is not None and not EARLIEST_YEAR <= ref.year <= today.year + 1:
            message = f"the year {ref.year} is not between {EARLIEST_YEAR} and {today.year + 1}"
            yield _problem(
                file, ref, "date" if "date" in ref.field_lines else "year", "year-is-a-year", message
            )


def check_pages(bibliography: Bibliography, file: str) -> Iterator[Problem]:
    """Pages are page numbers, ranges of them that go up, or an article number.

    Bad:  pages = {pp. 487-491}
    Bad:  pages = {487-91}
    Good: pages = {487--491}
    """
    for ref in bibliography:
        field = "pages" if "pages" in ref.field_lines else "eid"
        if ref.pages and not _PAGES.fullmatch(ref.pages):
            hint = "write 487--491, or e62363"
            yield _problem(file, ref, field, "pages-are-pages", f'"{ref.pages}" are no pages', hint)
        for first, last in _NUMBERS.findall(ref.pages):
            if int(last) < int(first):
                message = f"the last page of {first}-{last} comes before the first"
                hint = "write both in full: 487--491"
                yield _problem(file, ref, field, "pages-are-pages", message, hint)


def check_labels_are_unique(bibliography: Bibliography, file: str) -> Iterator[Problem]:
    """A label belongs to one reference, or to an original and its translations.

    Bad:  @article{a, label = {1}}  @article{b, label = {1}}
    Good: @article{a, label = {1}}  @article{b, label = {1}, related = {a}, relatedtype = {translationof}}
    """
    for label, refs in bibliography.by_label.items():
        first, *others = refs
        for ref in others:
            if not ref.translation_of:
                message = f'the label "{label}" already belongs to "{first.citekey}" on line {first.line}'
                hint = "give it a label of its own, or say of which entry it is the translation"
                yield _problem(file, ref, "label", "label-is-unique", message, hint)


def check_translations_resolve(bibliography: Bibliography, file: str) -> Iterator[Problem]:
    """A translated form names its original, and is printed under the same label.

    Bad:  @article{a-en, label = {2}, related = {a}, relatedtype = {translationof}}  @article{a, label = {1}}
    Good: @article{a-en, label = {1}, related = {a}, relatedtype = {translationof}}  @article{a, label = {1}}
    """
    for ref in bibliography:
        original = bibliography.by_citekey.get(ref.translation_of)
        if ref.translation_of and (what := _wrong_original(ref, original)):
            hint = did_you_mean(ref.translation_of, bibliography.by_citekey) if original is None else ""
            yield _problem(file, ref, "related", "translation-resolves", what, hint)


def _wrong_original(ref: Reference, original: Reference | None) -> str:
    """What is wrong with the original that a translated form names, or an empty text."""
    if original is None:
        return f'the original "{ref.translation_of}" is no entry'
    if original.translation_of:
        return f'the original "{original.citekey}" is itself a translated form'
    if not ref.label or original.label != ref.label:
        return f'the original "{original.citekey}" has the label "{original.label}", this entry "{ref.label}"'
    return ""


def check_statuses_are_recent(bibliography: Bibliography, file: str, today: date) -> Iterator[Problem]:
    """Somebody looked for retractions and corrections in the last 180 days.

    Bad:  statuschecked = {2024-01-01}
    Good: statuschecked = {2026-11-22}
    """
    for ref in bibliography:
        if ref.status is None:
            continue
        age = today - ref.status.checked
        if age < timedelta(0):
            message = f"the status was checked on {ref.status.checked}, which is in the future"
            yield _problem(file, ref, "statuschecked", "status-is-recent", message)
        elif age > STATUS_IS_RECENT_FOR:
            message = f"the status was last checked on {ref.status.checked}, {age.days} days ago"
            hint = f"look again for a notice and write statuschecked = {{{today}}}"
            severity = Severity.WARNING
            yield _problem(file, ref, "statuschecked", "status-is-recent", message, hint, severity=severity)


def _is_given(ref: Reference, name: str) -> bool:
    value = getattr(ref, _ATTRIBUTES[name])
    if isinstance(value, Text):
        return bool(value.plain)
    return bool(value) or (name in _REJECTED_WHEN_READ and name in ref.field_lines)


def _are_forms_of_one_work(one: Reference, other: Reference) -> bool:
    is_pair = other.citekey == one.translation_of or one.citekey == other.translation_of
    return is_pair and one.label == other.label


def _problem(
    file: str,
    ref: Reference,
    field: str,
    rule: str,
    message: str,
    hint: str = "",
    *,
    severity: Severity = Severity.ERROR,
) -> Problem:
    """A problem at a field, or at the entry if it has no such field."""
    return Problem(
        file=file,
        line=ref.field_lines.get(field, ref.line),
        rule=rule,
        message=f"{ref.citekey}: {message}",
        hint=hint,
        severity=severity,
    )
