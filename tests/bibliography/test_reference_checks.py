"""What a reference must have. All works are invented; the files in cases/bib show each rule in BibTeX."""

from __future__ import annotations

from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

import pytest

from macros.bibliography.checks import REQUIRED_FIELDS, check_references
from macros.bibliography.model import (
    Bibliography,
    Kind,
    PartialDate,
    Person,
    Reference,
    Status,
    StatusKind,
    Text,
)
from macros.problems import Problem, Severity

TODAY = date(2026, 11, 22)


def article(citekey: str = "gull2019", **fields: Any) -> Reference:
    """An article of which nothing is wrong, but for what is passed."""
    complete = {
        "kind": Kind.ARTICLE,
        "language": "en",
        "title": Text("On gulls", "On gulls"),
        "authors": (Person(family="Gull", given="A."),),
        "container": Text("J Test", "J Test"),
        "date": PartialDate(year=2019),
        "pages": "1-2",
        "doi": f"10.1234/{citekey}",
        "line": 10,
    }
    return Reference(citekey=citekey, **{**complete, **fields})


def check(*references: Reference, today: date = TODAY) -> list[Problem]:
    return list(check_references(Bibliography(references), "references.bib", today))


def rules(*references: Reference) -> list[str]:
    return [problem.rule for problem in check(*references)]


def test_a_complete_article_has_no_problem():
    assert check(article()) == []


def test_a_problem_stands_at_the_line_of_its_field_and_names_the_entry():
    (problem,) = check(article(pages="pp. 1", field_lines=MappingProxyType({"pages": 14})))
    assert (problem.file, problem.line) == ("references.bib", 14)
    assert problem.message.startswith("gull2019: ")


def test_a_missing_field_is_reported_at_the_entry():
    (problem,) = check(article(container=Text("", "")))
    assert (problem.line, problem.rule) == (10, "reference-has-required-fields")
    assert "journal" in problem.message


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_of_work_needs_a_title_and_more(kind: Kind):
    assert ("title",) in REQUIRED_FIELDS[kind]
    bare = Reference(citekey="a", kind=kind, language="en", title=Text("", ""), doi="", pages="")
    missing = [p for p in check(bare) if p.rule == "reference-has-required-fields"]
    assert len(missing) == len(REQUIRED_FIELDS[kind]) >= 2


def test_one_of_several_fields_is_enough():
    book = article(kind=Kind.BOOK, publisher="Feather Press", authors=(), editors=(Person(family="Wren"),))
    assert check(book) == []


def test_an_article_without_an_author_is_complete():
    assert check(article(authors=())) == []


def test_a_field_that_was_rejected_when_read_is_not_reported_as_missing_too():
    page = article(kind=Kind.WEB_PAGE, url="", field_lines=MappingProxyType({"url": 12}))
    assert check(page) == []


def test_the_same_doi_twice_is_a_problem_whatever_its_case():
    (problem,) = check(article("a", doi="10.1234/X"), article("b", doi="10.1234/x"))
    assert problem.rule == "doi-is-unique"
    assert '"a" on line 10' in problem.message


def test_a_translation_may_share_the_doi_and_the_label_of_its_original():
    original = article("zhao2020", label="2", doi="10.1234/z")
    translation = article("zhao2020-en", label="2", doi="10.1234/z", translation_of="zhao2020")
    assert check(original, translation) == []
    assert check(translation, original) == []


def test_a_translation_under_another_label_shares_nothing():
    original = article("zhao2020", label="2", doi="10.1234/z")
    translation = article("zhao2020-en", label="3", doi="10.1234/z", translation_of="zhao2020")
    assert rules(original, translation) == ["doi-is-unique", "translation-resolves"]


def test_a_label_of_two_works_is_a_problem_at_the_second():
    (problem,) = check(article("a", label="1"), article("b", label="1"))
    assert (problem.rule, problem.message[:3]) == ("label-is-unique", "b: ")


def test_works_without_labels_share_none():
    assert check(article("a"), article("b")) == []


def test_a_translation_of_an_unknown_entry_gets_a_hint():
    (problem,) = check(article("zhao2020", label="2"), article("b", label="3", translation_of="zhao2002"))
    assert (problem.rule, problem.hint) == ("translation-resolves", 'did you mean "zhao2020"?')


def test_a_translation_of_a_translation_or_of_itself_is_a_problem():
    references = (
        article("a", label="1"),
        article("b", label="1", translation_of="a"),
        article("c", label="1", translation_of="b"),
    )
    assert rules(*references) == ["translation-resolves"]
    assert rules(article("d", label="1", translation_of="d")) == ["translation-resolves"]


@pytest.mark.parametrize("year", [1500, 2019, 2027])
def test_years_from_printing_to_next_year_are_years(year: int):
    assert check(article(date=PartialDate(year=year))) == []


@pytest.mark.parametrize("year", [1, 1499, 2028, 9999])
def test_other_years_are_not(year: int):
    assert rules(article(date=PartialDate(year=year))) == ["year-is-a-year"]


@pytest.mark.parametrize(
    "pages",
    [
        *(
            "539-540",
            "e62363",
            "721174",
            "505-512.e1",
            "1175-1182.e2",
            "146-149, 278-279",
            "S93-S99",
            "iii-v",
        ),
        *("e1-e3", "12", "1-10+", "CD009379.pub2", "XII-XV", "99-105", "", "9-9"),
    ],
)
def test_page_numbers_ranges_and_article_numbers_are_pages(pages: str):
    assert check(article(pages=pages)) == []


@pytest.mark.parametrize(
    "pages",
    [
        *("pp. 1-2", "487-91", "??", "in press", "1--2", "1 2", "-", "1-2-3", "10-9", "1-2, 9-8", "<b>1</b>"),
        *("1" * 5000 + "!", "1,", "n/a"),
    ],
)
def test_other_texts_are_no_pages(pages: str):
    assert rules(article(pages=pages)) == ["pages-are-pages"]


def test_a_malformed_doi_is_a_problem():
    assert rules(article(doi='10.1234/a"b')) == ["doi-is-well-formed"]


def test_an_article_without_a_doi_is_a_warning_unless_it_says_so():
    (problem,) = check(article(doi=""))
    assert (problem.rule, problem.severity) == ("doi-is-given", Severity.WARNING)
    assert check(article(doi="", field_lines=MappingProxyType({"doi": 12}))) == []


def test_a_translated_form_needs_no_doi_of_its_own():
    original = article("zhao2020", label="2")
    assert check(original, article("zhao2020-en", label="2", translation_of="zhao2020", doi="")) == []


def test_other_works_need_no_doi():
    assert check(article(kind=Kind.BOOK, publisher="Feather Press", doi="")) == []


@pytest.mark.parametrize(
    ("days", "expected"), [(0, []), (180, []), (181, ["status-is-recent"]), (-1, ["status-is-recent"])]
)
def test_a_status_is_recent_for_180_days(days: int, expected: list[str]):
    status = Status(kind=StatusKind.NONE_FOUND, checked=TODAY - timedelta(days=days))
    assert rules(article(status=status)) == expected


def test_an_old_status_is_a_warning_and_one_from_the_future_an_error():
    old, early = (
        Status(kind=StatusKind.RETRACTED, checked=day) for day in (date(2024, 1, 1), date(2027, 1, 1))
    )
    assert [problem.severity for problem in check(article(status=old))] == [Severity.WARNING]
    assert [problem.severity for problem in check(article(status=early))] == [Severity.ERROR]


def test_all_problems_are_found_in_one_run():
    wrong = article(doi="x", pages="pp.", date=PartialDate(year=1066), container=Text("", ""))
    assert set(rules(wrong)) == {
        "doi-is-well-formed",
        "pages-are-pages",
        "year-is-a-year",
        "reference-has-required-fields",
    }
