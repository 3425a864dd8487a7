"""Terms: one form a term, approved names on pages, the same terms in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from macros.checks.terms import (
    check_abbreviations_have_one_meaning,
    check_forms_have_one_term,
    check_terms_are_approved,
)
from macros.problems import Problem, Severity
from macros.records import load_collections
from macros.site import Site

CASES = Path(__file__).resolve().parents[1] / "cases" / "terms"
TEA = Path(__file__).resolve().parents[1] / "sites" / "tea"
"""Whose invented terms are used here."""

EXPECTATION = re.compile(r"<!-- expect: ([a-z-]+(?:, [a-z-]+)*)")
CHECKS = (check_forms_have_one_term, check_terms_are_approved, check_abbreviations_have_one_meaning)

PAGE = "---\ntitle: T\ndescription: D\n---\n# T {{#top}}\n\n{}\n"
SCHEMA = (TEA / "data" / "glossary" / "schema.yml").read_text("utf-8")


def problems_of(site: Site) -> list[Problem]:
    return [problem for check in CHECKS for problem in check(site)]


@pytest.mark.parametrize("path", sorted(CASES.iterdir()), ids=lambda path: path.name)
def test_a_slip_in_the_use_of_terms_is_reported_at_its_line(
    path: Path, make_site: Callable[..., Site]
) -> None:
    texts = {file.stem: file.read_text("utf-8") for file in path.glob("*.md")}
    collections, _ = load_collections(TEA / "data", TEA, ("zh", "en"))
    site = replace(
        make_site({f"{locale}/p": text for locale, text in texts.items()}), collections=collections
    )
    expected = {
        (f"docs/{locale}/p.md", number, rule)
        for locale, text in texts.items()
        for number, line in enumerate(text.splitlines(), start=1)
        for match in EXPECTATION.finditer(line)
        for rule in match[1].split(", ")
    }
    assert {(problem.file, problem.line, problem.rule) for problem in problems_of(site)} == expected
    assert expected or path.name.startswith("good-")


MakeSite = Callable[..., Site]


def site_with_terms(folder: Path, make_site: MakeSite, pages: Mapping[str, str], **records: str) -> Site:
    data = folder / "data" / "glossary"
    (data / "records").mkdir(parents=True)
    (data / "schema.yml").write_text(SCHEMA, "utf-8")
    for name, text in records.items():
        (data / "records" / f"{name}.yml").write_text(f"{text}definition: {{zh: 甲, en: A}}\n", "utf-8")
    collections, problems = load_collections(folder / "data", folder, ("zh", "en"))
    assert not problems
    return replace(make_site(pages), collections=collections)


def shared_forms(tmp_path: Path, make_site: MakeSite, **records: str) -> list[tuple[str, int, str]]:
    site = site_with_terms(tmp_path, make_site, {}, **records)
    return [(Path(p.file).stem, p.line, p.message) for p in check_forms_have_one_term(site)]


def test_no_form_belongs_to_two_terms(tmp_path: Path, make_site: Callable[..., Site]) -> None:
    found = shared_forms(
        tmp_path,
        make_site,
        a="term: {zh: 绿茶, en: green tea}\nabbreviation: GT\n",
        b="term: {zh: 姜茶, en: ginger tea}\nabbreviation: GT\nsynonyms:\n  en: [Green  Tea]\n",
    )
    assert found == [("b", 2, "“GT” is a form of a already"), ("b", 4, "“Green  Tea” is a form of a already")]


def test_terms_that_name_each_other_as_confused_may_share_an_abbreviation(
    tmp_path: Path, make_site: Callable[..., Site]
) -> None:
    confused = "confused_with: [{term: a, note: {zh: 甲, en: A}}]\n"
    records = {
        "a": "term: {zh: 绿茶, en: green tea}\nabbreviation: GT\n",
        "b": f"term: {{zh: 姜茶, en: ginger tea}}\nabbreviation: GT\n{confused}",
    }
    assert shared_forms(tmp_path, make_site, **records) == []


def test_a_name_may_be_the_same_in_two_languages_and_twice_at_one_term(
    tmp_path: Path, make_site: Callable[..., Site]
) -> None:
    records = {"a": "term: {zh: Sencha, en: sencha}\nabbreviation: S\nsynonyms: {zh: [sencha]}\n"}
    assert shared_forms(tmp_path, make_site, **records) == []


def test_a_site_without_a_glossary_has_nothing_to_check(make_site: Callable[..., Site]) -> None:
    page = "---\ntitle: T\ndescription: D\n---\n# T {#top}\n\nGT\n"
    assert problems_of(make_site({"en/p": page, "zh/p": page})) == []


def test_a_full_name_without_its_like_is_a_warning_and_an_abbreviation_an_error(
    make_site: Callable[..., Site],
) -> None:
    collections, _ = load_collections(TEA / "data", TEA, ("zh", "en"))
    severities = []
    for text in ("用叶水分分析。", "用 LWA。"):
        site = make_site({"zh/p": PAGE.format(text), "en/p": PAGE.format("Use the balance.")})
        problems = check_terms_are_approved(replace(site, collections=collections))
        severities += [problem.severity for problem in problems]
    assert severities == [Severity.WARNING, Severity.ERROR]


@pytest.mark.parametrize(
    ("chinese", "english", "taken"),
    [
        ("喝绿茶。", "Drink green tea cake.", ["en: green-tea", "zh: cake"]),
        ("喝绿茶饼。", "Drink green tea.", ["en: cake", "zh: green-tea"]),
        ("绿茶采摘。", "Pick the green tea cake.", ["en: green-tea"]),
        ("绿茶饼和绿茶。", "Green tea cake and green tea cake.", ["en: green-tea", "zh: cake"]),
        ("绿茶饼和绿茶。", "Green tea and green tea cake.", []),
        ("绿茶饼和绿茶。", "Green tea cake and its kin.", []),
        ("绿茶采摘。", "Pick the green tea.", []),
    ],
)
def test_a_name_within_the_name_that_took_its_place_does_not_stand_for_it(
    tmp_path: Path, make_site: MakeSite, chinese: str, english: str, taken: list[str]
) -> None:
    confused = "confused_with: [{term: green-tea, note: {zh: 甲, en: A}}]\n"
    records = {
        "green-tea": "term: {zh: 绿茶, en: green tea}\n",
        "cake": f"term: {{zh: 绿茶饼, en: green tea cake}}\n{confused}",
        "picking": "term: {zh: 绿茶采摘, en: green tea picking}\n",
    }
    pages = {"zh/p": PAGE.format(chinese), "en/p": PAGE.format(english)}
    problems = list(check_terms_are_approved(site_with_terms(tmp_path, make_site, pages, **records)))
    assert all(problem.severity is Severity.ERROR for problem in problems)
    found = [(Path(p.file).parent.name, re.findall(r"\(([a-z-]+)\)", p.message)) for p in problems]
    assert sorted(f"{locale}: {id_}" for locale, (id_,) in found) == taken


def test_a_term_that_took_the_place_of_another_is_named(make_site: MakeSite) -> None:
    collections, _ = load_collections(TEA / "data", TEA, ("zh", "en"))
    pages = {"zh/p": PAGE.format("绿茶（GT）。"), "en/p": PAGE.format("Ginger tea (GT).")}
    site = replace(make_site(pages), collections=collections)
    found = [(p.file, p.line, p.message, p.hint) for p in check_terms_are_approved(site)]
    assert found == [
        (
            "docs/en/p.md",
            7,
            "at docs/zh/p.md:7 stands “绿茶” (green-tea), in whose place “ginger tea” stands here",
            "write “green tea” or “unoxidised tea” or “GT”",
        ),
        (
            "docs/zh/p.md",
            7,
            "at docs/en/p.md:7 stands “Ginger tea” (ginger-tea), in whose place “绿茶” stands here",
            "write “姜茶” or “GT”",
        ),
    ]
