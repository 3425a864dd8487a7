"""Nothing in a .bib file is lost: it becomes a reference or is named in a problem. All works are invented."""

from __future__ import annotations

import logging
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from macros.bibliography import reading
from macros.bibliography.checks import check_references
from macros.bibliography.fields import is_doi, is_safe_url
from macros.bibliography.model import (
    Bibliography,
    Kind,
    Organisation,
    PartialDate,
    Person,
    Reference,
    StatusKind,
)
from macros.bibliography.reading import is_citekey, load_bibliography, parse_bibliography
from macros.problems import Problem, Severity

# Machines may be busy: how long an example takes is measured elsewhere.
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

CASES = sorted((Path(__file__).parents[1] / "cases" / "bib").glob("*.bib"))
TODAY = date(2026, 11, 22)
EXPECTATION = re.compile(r"[ \t]*% expect: ([a-z-]+(?:, [a-z-]+)*)")
SICI = "10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2"


def parse(text: str) -> tuple[Bibliography, list[Problem]]:
    return parse_bibliography(text, "references.bib")


def read_one(fields: str, entry_type: str = "article") -> Reference:
    """The reference of an entry in English with these fields, which must hold no mistake."""
    bibliography, problems = parse(f"@{entry_type}{{a, langid = {{english}}, {fields}}}")
    assert problems == []
    return bibliography.references[0]


def rules(text: str) -> set[tuple[int, str]]:
    return {(problem.line, problem.rule) for problem in parse(text)[1]}


def keys(text: str) -> list[str]:
    return [reference.citekey for reference in parse(text)[0]]


# Files of mistakes


def expectations(text: str) -> set[tuple[int, str]]:
    return {
        (number, rule)
        for number, line in enumerate(text.split("\n"), start=1)
        for match in EXPECTATION.finditer(line)
        for rule in match[1].split(", ")
    }


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_mistake_in_a_bibliography_is_reported_at_its_line(path: Path):
    text = path.read_text("utf-8")
    bibliography, problems = parse_bibliography(EXPECTATION.sub("", text), path.name)
    problems += check_references(bibliography, path.name, TODAY)
    assert {(problem.line, problem.rule) for problem in problems} == expectations(text)
    assert expectations(text) or path.stem.startswith("good-")


def test_every_rule_of_a_bibliography_has_a_file_that_breaks_it():
    sources = "".join(
        (Path(reading.__file__).parent / f"{name}.py").read_text("utf-8")
        for name in ("reading", "fields", "checks")
    )
    named = set(re.findall(r'"([a-z]+(?:-[a-z]+)*-(?:is|are|has|parses|resolves)(?:-[a-z]+)*)"', sources))
    shown = {rule for path in CASES for _, rule in expectations(path.read_text("utf-8"))}
    about_the_file = {"file-is-utf8", "file-is-readable", "file-is-not-huge"}
    assert named - about_the_file <= shown
    assert len(shown) > 20


# Nothing is lost

PIECES = (
    "@article{k1, title = {A}, langid = {en}}",
    "@article{k1, title = {B}, langid = {en}}",
    "@book(k2, title = {A (b)}, year = 2000)",
    "@ARTICLE {K1,\n title = {A}\n year = {2000},\n}",
    "@article{k3,\n title = {A {b},\n year = 2000\n}",
    '@article{k4, title = "A, year = 2000}',
    "@article{title = {A}}",
    "@article{, title = {A}}",
    "@article{k5, title = {A}, title = {B}}",
    "@article{k6, title = {A}}}, year = {2000}}",
    "@article\n{k7, title = {A}}",
    "@article{k8,, title = {A}}",
    "@article{k9, title}",
    "@article{k10}",
    "@article{林, title = {A}}",
    "@artcle{k11, title = {A}, author = {B, C, D, E}}",
    "@string{a = {b}}",
    "@string{a = {b}",
    "@comment{@article{k12, title = {A}}}",
    "@comment{\n@article{k13, title = {A}}\n}",
    '@preamble{"x"}',
    "@set{k14, entryset = {k1}}",
    "@misc{k15, title = {mail me@example.org {x}}, crossref = {k1}}",
    "% @article{k16, title = {A}}",
    "just a line",
    "}",
    "",
)
LINE_WITH_ENTRY = re.compile(r"[ \t]*@[ \t]*(\w+)\s*[{(]")


def lines_of_entries(text: str) -> set[int]:
    """Where a person sees an entry begin: the same question as our code's, answered line by line."""
    return {
        text.count("\n", 0, start) + 1
        for start in (match.start() for match in re.finditer(r"^", text, re.MULTILINE))
        if (match := LINE_WITH_ENTRY.match(text, start))
        and match[1].lower() not in ("string", "preamble", "comment")
    }


SAYS_THAT_AN_ENTRY_IS_NOT_READ = {
    "reference-parses",
    "citekey-is-unique",
    "citekey-is-well-formed",
    "type-is-known",
}


def assert_nothing_is_lost(text: str) -> None:
    bibliography, problems = parse(text)
    read = {reference.line for reference in bibliography}
    reported = {problem.line for problem in problems if problem.rule in SAYS_THAT_AN_ENTRY_IS_NOT_READ}
    assert lines_of_entries(text) <= read | reported
    assert all(1 <= line <= text.count("\n") + 1 for line in read | {problem.line for problem in problems})


@UNHURRIED
@given(st.lists(st.sampled_from(PIECES), max_size=8))
def test_every_entry_of_any_mixture_becomes_a_reference_or_a_problem(pieces: list[str]):
    assert_nothing_is_lost("\n".join(pieces))


@UNHURRIED
@given(st.text(alphabet='@{}()",=#\\ \nab1%，é$', max_size=60))
def test_any_text_is_read_without_an_exception_and_without_a_loss(text: str):
    assert_nothing_is_lost(text)


@UNHURRIED
@given(st.sampled_from(PIECES), st.data())
def test_an_entry_cut_short_never_takes_its_neighbours_along(piece: str, data: st.DataObject):
    cut = piece[: data.draw(st.integers(0, len(piece)))]
    text = f"@article{{before, title = {{A}}}}\n{cut}\n@article{{after, title = {{B}}}}\n"
    assert {"before", "after"} <= set(keys(text))


@UNHURRIED
@given(st.lists(st.sampled_from(PIECES), max_size=8))
def test_line_ends_of_windows_and_a_byte_order_mark_change_nothing(pieces: list[str]):
    text = "\n".join(pieces)
    assert parse("\ufeff" + text.replace("\n", "\r\n")) == parse(text)


@UNHURRIED
@given(st.binary(max_size=80))
def test_any_bytes_are_read_without_an_exception(tmp_path_factory: pytest.TempPathFactory, data: bytes):
    path = tmp_path_factory.mktemp("bib") / "references.bib"
    path.write_bytes(data)
    load_bibliography(path, path.parent)


def test_a_repeated_field_keeps_its_first_value_and_the_entry():
    bibliography, problems = parse("@article{a, langid = {en},\n title = {First},\n TITLE = {Second}}")
    assert bibliography.by_citekey["a"].title.plain == "First"
    assert [(problem.line, problem.rule) for problem in problems] == [(3, "field-is-unique")]


def test_a_repeated_citekey_keeps_the_first_entry():
    bibliography, problems = parse(
        "@book{a, title = {A}, langid = {en}}\n@book{a, title = {B}, langid = {en}}"
    )
    assert [reference.title.plain for reference in bibliography] == ["A"]
    assert [(problem.line, problem.rule) for problem in problems] == [(2, "citekey-is-unique")]


def test_a_citekey_that_repeats_one_with_a_repeated_field_is_seen():
    text = "@book{a, title = {A}, title = {B}, langid = {en}}\n@book{a, title = {C}, langid = {en}}"
    assert (2, "citekey-is-unique") in rules(text)
    assert keys(text) == ["a"]


def test_no_citekey_stands_for_two_references_even_beside_one_that_differs_in_case():
    text = "".join(f"@book{{{key}, title = {{A}}, langid = {{en}}}}\n" for key in ("a", "A", "A", "a"))
    assert keys(text) == ["a", "A"]
    assert rules(text) == {(2, "citekey-is-unique"), (3, "citekey-is-unique"), (4, "citekey-is-unique")}


def test_entries_that_fail_alike_on_one_line_are_reported_once_each():
    _, problems = parse("@book{=} @book{=} @book{=}")
    assert [problem.rule for problem in problems] == ["reference-parses"] * 3


def test_a_full_width_mark_in_a_title_is_not_blamed_for_a_missing_brace():
    _, problems = parse("@book{a, title = {巢箱（试行），\n@book{b, title = {B}}")
    assert "full-width" not in problems[0].hint


def test_fields_behind_a_missing_comma_are_recovered():
    bibliography, problems = parse("@book{a, title = {A}\n year = 2000\n langid = {en}}")
    reference = bibliography.by_citekey["a"]
    assert (reference.title.plain, reference.year, reference.language) == ("A", 2000, "en")
    assert reference.field_lines["langid"] == 3
    assert [(problem.line, problem.rule) for problem in problems] == [
        (1, "reference-parses"),
        (2, "reference-parses"),
    ]


def test_a_missing_comma_is_reported_where_it_is_missing():
    text = "@book{a, langid = {en},\n title = {A\n  B}\n\n year = 2000}"
    assert rules(text) == {(3, "reference-parses")}
    assert parse(text)[0].references[0].field_lines["year"] == 5


def test_a_field_behind_a_percent_sign_is_reported_and_not_read():
    bibliography, problems = parse("@book{a, langid = {en},\n % note = {x},\n title = {A}}")
    assert (bibliography.references[0].note, bibliography.references[0].title.plain) == ("", "A")
    assert [(problem.line, problem.rule) for problem in problems] == [(2, "reference-parses")]


def test_line_ends_and_tabs_in_a_value_are_single_spaces():
    reference = read_one("title = {On\n\t  gulls}, keywords = {a\n b}")
    assert (reference.title.plain, reference.extra["keywords"]) == ("On gulls", "a b")


def test_an_unread_entry_is_quoted_with_its_first_sixty_characters():
    _, problems = parse("@article{a, title = {" + "x" * 100 + "\n")
    (problem,) = problems
    assert '"@article{a, title = {' + "x" * 38 + '…"' in problem.message


def test_the_entry_after_an_unbalanced_one_is_read():
    assert keys("@book{a, title = {A {b}}\n\n@book{b, title = {B}}") == ["b"]


def test_a_mistyped_type_gets_a_hint_and_is_read_all_the_same():
    bibliography, problems = parse("@artcle{a, langid = {en}, title = {A}}")
    assert problems[0].hint == 'did you mean "article"?'
    assert len(bibliography) == 1


def test_online_entries_are_kept():
    assert read_one("title = {A}, url = {https://example.org/}", "online").kind is Kind.WEB_PAGE


def test_an_at_sign_inside_a_value_begins_no_entry():
    assert read_one("title = {LeQua @ {CLEF} (mail a@b.org)}").title.plain == "LeQua @ CLEF (mail a@b.org)"


def test_entries_in_parentheses_are_read():
    assert keys("@article(a, title = {A (b)})") == ["a"]


def test_lines_stay_right_after_a_backslash_at_the_end_of_a_line():
    bibliography, _ = parse("@book{a, abstract = {x \\\ny \\\nz}}\n@book{b, title = {B}}")
    assert bibliography.by_citekey["b"].line == 4


def test_a_double_backslash_before_a_brace_does_not_hide_the_brace():
    bibliography, _ = parse("@book{a, title = {A\\\\}, year = {2000}}\n@book{b, title = {B}}")
    assert bibliography.by_citekey["a"].year == 2000
    assert "b" in bibliography


def test_entry_and_fields_know_their_lines_counted_from_one():
    bibliography, _ = parse("\n@book{a,\n  title = {A},\n\n  year = 2000,\n}")
    reference = bibliography.references[0]
    assert (reference.line, dict(reference.field_lines)) == (2, {"title": 3, "year": 5})


def test_problems_come_in_the_order_of_the_lines():
    _, problems = parse("@book{a, title = {A\u200b}}\n@book{b}\n@book{a}\n")
    assert [problem.line for problem in problems] == sorted(problem.line for problem in problems)


def test_what_the_parser_logs_is_not_printed_beside_the_problems(caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.DEBUG):
        parse("@article{a, title = {A\n")
    assert caplog.records == []


def test_twenty_thousand_nested_braces_are_read():
    deep = "{" * 20_000 + "x" + "}" * 20_000
    reference = read_one(f"title = {deep}, author = {deep}")
    assert reference.title.plain == "x"
    assert reference.authors == (Organisation(name="x"),)


# The file


def test_a_file_is_named_relative_to_the_site(tmp_path: Path):
    (tmp_path / "refs").mkdir()
    (tmp_path / "refs" / "a.bib").write_text("@book{a, title = {A}}", "utf-8")
    _, problems = load_bibliography(tmp_path / "refs" / "a.bib", tmp_path)
    assert {problem.file for problem in problems} == {"refs/a.bib"}


def test_a_missing_file_is_a_problem(tmp_path: Path):
    bibliography, problems = load_bibliography(tmp_path / "references.bib", tmp_path)
    assert len(bibliography) == 0
    assert [problem.rule for problem in problems] == ["file-is-readable"]
    assert str(tmp_path) not in problems[0].message


def test_a_gb18030_file_is_read_and_to_be_converted(tmp_path: Path):
    path = tmp_path / "references.bib"
    path.write_bytes("@book{a,\n title = {巢箱温度的测量}, langid = {chinese}}".encode("gb18030"))
    bibliography, problems = load_bibliography(path, tmp_path)
    assert [(problem.line, problem.rule) for problem in problems] == [(2, "file-is-utf8")]
    assert problems[0].hint == "convert it to UTF-8: iconv -f GB18030 -t UTF-8 references.bib > new.bib"
    assert bibliography.by_citekey["a"].title.plain == "巢箱温度的测量"


def test_a_latin1_file_is_not_taken_for_a_chinese_one(tmp_path: Path):
    path = tmp_path / "references.bib"
    path.write_bytes("@book{a, title = {Zoé}, langid = {en}}\n@book{b, title = {B}}".encode("latin-1"))
    bibliography, problems = load_bibliography(path, tmp_path)
    assert "GB18030" not in problems[0].message
    assert [reference.citekey for reference in bibliography] == ["a", "b"]


def test_a_utf16_file_is_read_and_to_be_converted(tmp_path: Path):
    path = tmp_path / "references.bib"
    path.write_bytes("@book{a, title = {Zoé}, langid = {en}}".encode("utf-16"))
    bibliography, problems = load_bibliography(path, tmp_path)
    assert [problem.rule for problem in problems] == ["file-is-utf8"]
    assert bibliography.by_citekey["a"].title.plain == "Zoé"


def test_a_file_of_fifty_megabytes_is_refused_in_one_problem(tmp_path: Path):
    path = tmp_path / "references.bib"
    with path.open("wb") as stream:
        stream.truncate(50_000_000)
    bibliography, problems = load_bibliography(path, tmp_path)
    assert len(bibliography) == 0
    assert [problem.rule for problem in problems] == ["file-is-not-huge"]


def test_ten_thousand_entries_fit_into_the_largest_file():
    assert reading.MAX_BYTES / 10_000 >= 2_000


def test_a_nul_byte_is_reported_at_its_column_and_taken_out():
    bibliography, problems = parse("@book{a, langid = {en},\n title = {A\x00B}}")
    assert [(problem.line, problem.column, problem.rule) for problem in problems] == [
        (2, 12, "text-is-visible")
    ]
    assert bibliography.by_citekey["a"].title.plain == "AB"


@pytest.mark.parametrize("character", ["\u202e", "\u2066", "\u200b", "\u200f", "\u00ad", "\x1b", "\ufeff"])
def test_bidirectional_and_zero_width_characters_are_reported_and_taken_out(character: str):
    bibliography, problems = parse(f"@book{{a, langid = {{en}}, title = {{A{character}B}}}}")
    assert [problem.rule for problem in problems] == ["text-is-visible"]
    assert f"U+{ord(character):04X}" in problems[0].message
    assert bibliography.by_citekey["a"].title.plain == "AB"


def test_a_line_full_of_invisible_characters_is_one_problem():
    _, problems = parse("@book{a, langid = {en}, title = {A\u200bB\u200bC}}")
    assert len(problems) == 1


# Strings, months, crossref


def test_strings_are_joined():
    bibliography, problems = parse(
        '@string{jg = "J Gastroenterol"}\n@string{long = jg # { Hepatol}}\n'
        '@article{a, langid = {en}, journal = JG # " Suppl"}\n@article{b, langid = {en}, journal = long}'
    )
    assert problems == []
    assert [ref.container.plain for ref in bibliography] == [
        "J Gastroenterol Suppl",
        "J Gastroenterol Hepatol",
    ]


def test_an_undefined_string_gets_a_hint_and_stays_as_it_is():
    bibliography, problems = parse("@string{jtest = {J}}\n@article{a, langid = {en},\n journal = jtset}")
    assert [(problem.line, problem.rule) for problem in problems] == [(3, "string-is-defined")]
    assert problems[0].hint == 'did you mean "jtest"?'
    assert bibliography.by_citekey["a"].container.plain == "jtset"


@pytest.mark.parametrize("month", ["feb", "FEB", "{Feb.}", "{February}", "{2}", "2", '"02"'])
def test_a_month_may_be_a_macro_a_name_or_a_number(month: str):
    assert read_one(f"year = 2000, month = {month}").date == PartialDate(year=2000, month=2)


def test_months_may_be_defined_again():
    bibliography, problems = parse(
        "@string{feb = {February}}\n@book{a, langid = {en}, year = 2000, month = feb}"
    )
    assert problems == []
    assert bibliography.references[0].date == PartialDate(year=2000, month=2)


def test_a_chapter_takes_over_what_its_book_says():
    bibliography, problems = parse(
        "@incollection{c, langid = {en}, crossref = {B}, title = {Chapter}, author = {Gull, A.}}\n"
        "@book{b, langid = {en}, title = {Book}, editor = {Wren, D.}, year = 2000,\n"
        " doi = {10.1234/b}, label = {7}}"
    )
    chapter = bibliography.by_citekey["c"]
    assert problems == []
    assert (chapter.title.plain, chapter.container.plain, chapter.year) == ("Chapter", "Book", 2000)
    assert chapter.editors == (Person(family="Wren", given="D."),)
    assert (chapter.doi, chapter.label, dict(chapter.extra)) == ("", "", {})


def test_crossref_goes_one_step_and_says_so():
    text = (
        "@book{a, langid = {en}, title = {A}}\n@book{b, langid = {en}, crossref = {a}}\n"
        "@inbook{c, langid = {en}, crossref = {b}, title = {C}}\n"
    )
    assert rules(text) == {(3, "crossref-resolves")}


def test_an_entry_that_refers_to_itself_is_read():
    assert keys("@book{a, title = {A}, crossref = {a}}") == ["a"]


# What the fields mean


@pytest.mark.parametrize(
    ("entry_type", "kind"),
    [
        ("article", Kind.ARTICLE),
        ("BOOK", Kind.BOOK),
        ("proceedings", Kind.BOOK),
        ("incollection", Kind.CHAPTER),
        ("inbook", Kind.CHAPTER),
        ("chapter", Kind.CHAPTER),
        ("inproceedings", Kind.CONFERENCE_PAPER),
        ("conference", Kind.CONFERENCE_PAPER),
        ("phdthesis", Kind.THESIS),
        ("mastersthesis", Kind.THESIS),
        ("thesis", Kind.THESIS),
        ("standard", Kind.STANDARD),
        ("online", Kind.WEB_PAGE),
        ("webpage", Kind.WEB_PAGE),
        ("electronic", Kind.WEB_PAGE),
        ("www", Kind.WEB_PAGE),
        ("techreport", Kind.REPORT),
        ("report", Kind.REPORT),
        ("dataset", Kind.DATASET),
        ("data", Kind.DATASET),
        ("preprint", Kind.PREPRINT),
        ("misc", Kind.REPORT),
        ("unpublished", Kind.REPORT),
    ],
)
def test_a_type_of_entry_stands_for_a_kind_of_work(entry_type: str, kind: Kind):
    assert read_one("title = {A}", entry_type).kind is kind


def test_misc_with_a_url_is_a_web_page_and_unpublished_with_an_eprint_a_preprint():
    assert read_one("url = {https://example.org}", "misc").kind is Kind.WEB_PAGE
    preprint = read_one("eprint = {1112.6136}, archiveprefix = {arxiv}", "unpublished")
    assert (preprint.kind, preprint.container.plain) == (Kind.PREPRINT, "arXiv")


def test_number_is_the_issue_of_an_article_and_the_number_of_a_standard():
    article = read_one("number = {Suppl 2}, volume = {27}")
    assert (article.volume, article.issue, article.number) == ("27", "Suppl 2", "")
    assert read_one("issue = {1--2}").issue == "1-2"
    standard = read_one("number = {GB/T 7714-2025}", "standard")
    assert (standard.issue, standard.number) == ("", "GB/T 7714-2025")


@pytest.mark.parametrize(
    ("written", "pages"),
    [
        ("505--512.e1", "505-512.e1"),
        ("146--149, 278--279", "146-149, 278-279"),
        ("487–491", "487-491"),
        ("S93 -- S99", "S93-S99"),
        ("e62363", "e62363"),
        ("iii--v", "iii-v"),
    ],
)
def test_pages_have_one_hyphen_between_first_and_last(written: str, pages: str):
    assert read_one(f"pages = {{{written}}}").pages == pages


def test_an_article_number_stands_in_for_pages_only_where_there_are_none():
    assert read_one("eid = {e62363}").pages == "e62363"
    both = read_one("eid = {e62363}, pages = {1--2}")
    assert (both.pages, both.extra["eid"]) == ("1-2", "e62363")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("year = {2015}", PartialDate(year=2015)),
        ("year = 2015, month = mar", PartialDate(year=2015, month=3)),
        ("date = {2015-03-27}", PartialDate(year=2015, month=3, day=27)),
        ("date = {2015-03}, year = {2015}", PartialDate(year=2015, month=3)),
        ("year = {{2015}}", PartialDate(year=2015)),
        ("title = {No date}", None),
    ],
)
def test_a_date_is_as_exact_as_the_entry(written: str, expected: PartialDate | None):
    assert read_one(written).date == expected


@pytest.mark.parametrize(
    ("declared", "language"),
    [
        ("langid = {english}", "en"),
        ("langid = {chinese}", "zh"),
        ("langid = {american}", "en"),
        ("langid = {ngerman}", "de"),
        ("langid = {norwegian}", "no"),
        ("language = {Japanese}", "ja"),
        ("language = {zh-Hans}", "zh"),
        ("language = {中文}", "zh"),
        ("langid = {chinese}, language = {english}", "zh"),
    ],
)
def test_a_declared_language_becomes_bcp_47(declared: str, language: str):
    bibliography, problems = parse(f"@book{{a, title = {{A}}, {declared}}}")
    assert (bibliography.references[0].language, problems) == (language, [])


@pytest.mark.parametrize(("title", "language"), [("巢箱温度", "zh"), ("On gulls, 3°C", "en")])
def test_an_undeclared_language_is_guessed_from_the_title_with_a_warning(title: str, language: str):
    bibliography, problems = parse(f"@book{{a, title = {{{title}}}}}")
    assert bibliography.references[0].language == language
    assert [(p.rule, p.severity) for p in problems] == [("language-is-declared", Severity.WARNING)]


def test_a_doi_is_never_decoded_as_latex():
    reference = read_one(f"doi = {{{SICI}}}")
    assert reference.doi == SICI
    assert read_one(r"doi = {10.1007/978-3-030\_1--5~x}").doi == "10.1007/978-3-030_1--5~x"


@pytest.mark.parametrize(
    ("written", "doi"),
    [
        ("https://doi.org/" + SICI.replace("<", "%3C").replace(">", "%3E"), SICI),
        ("http://dx.doi.org/10.1234/a", "10.1234/a"),
        ("doi: 10.1234/a", "10.1234/a"),
        ("DOI:10.1234/a", "10.1234/a"),
    ],
)
def test_what_stands_before_a_doi_is_taken_away_with_a_warning(written: str, doi: str):
    bibliography, problems = parse(f"@book{{a, langid = {{en}}, doi = {{{written}}}}}")
    assert bibliography.references[0].doi == doi
    assert [(problem.rule, problem.severity) for problem in problems] == [
        ("doi-is-well-formed", Severity.WARNING)
    ]


@pytest.mark.parametrize(
    "text",
    ["10.1234/a b", '10.1234/a"b', "10.1234/<script>", "10.1234/a<b>c", "10.12/a", "10.1234/", "hep.29189"],
)
def test_what_is_no_doi_is_left_out(text: str):
    assert not is_doi(text)


def test_a_url_keeps_its_percent_signs_and_loses_the_escapes_of_latex():
    reference = read_one(r"url = {https://example.org/a\_b\%20c%20d?x=1\&y=~z--2}", "online")
    assert reference.url == "https://example.org/a_b%20c%20d?x=1&y=~z--2"
    assert read_one(r"url = {\url{https://example.org/}}", "online").url == "https://example.org/"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "https://",
        "https:///path",
        "//example.org",
        'https://example.org/"onclick=',
        "https://example.org/<script>",
        "https://user:secret@example.org/",
        "https://example.org\\@evil.example",
        "http://[::1",
    ],
)
def test_a_url_that_does_not_lead_to_the_web_is_emptied(url: str):
    assert not is_safe_url(url)
    bibliography, problems = parse(f"@online{{a, langid = {{en}}, url = {{{url}}}}}")
    assert bibliography.references[0].url == ""
    assert [problem.rule for problem in problems] == ["url-is-safe"]


def test_html_in_a_field_is_escaped():
    bibliography, _ = parse("@book{a, title = {<script>alert(1)</script>}, journal = {R\\&D <b>}}")
    reference = bibliography.references[0]
    assert reference.title.html == "&lt;script&gt;alert(1)&lt;/script&gt;"
    assert reference.container.html == "R&amp;D &lt;b&gt;"


def test_a_translated_form_names_its_original():
    reference = read_one("related = {lin2012}, relatedtype = {translationof}")
    assert (reference.translation_of, dict(reference.extra)) == ("lin2012", {})


def test_any_other_relation_is_kept_as_written():
    reference = read_one("related = {lin2012}, relatedtype = {reviewof}")
    assert reference.translation_of == ""
    assert dict(reference.extra) == {"related": "lin2012", "relatedtype": "reviewof"}


def test_a_status_has_a_day_and_a_notice():
    status = read_one(
        "status = {retracted}, statuschecked = {2026-11-22}, statusnotice = {J Test 2020;1:2}"
    ).status
    assert status is not None
    assert (status.kind, status.checked) == (StatusKind.RETRACTED, date(2026, 11, 22))
    assert status.notice == "J Test 2020;1:2"


def test_a_work_without_a_print_form_says_so():
    assert read_one("medium = {online}").published_online_only
    assert not read_one("medium = {print}").published_online_only


def test_fields_without_a_meaning_here_are_kept_as_written():
    assert dict(read_one(r"keywords = {R\&D,  {x}}, isbn = {1-2}").extra) == {
        "keywords": r"R\&D, {x}",
        "isbn": "1-2",
    }


def test_names_with_and_others_set_a_flag_and_add_no_name():
    reference = read_one("author = {Gull, A. and others}")
    assert (reference.authors, reference.authors_truncated) == ((Person(family="Gull", given="A."),), True)


def test_empty_fields_say_nothing_but_an_empty_doi_says_that_there_is_none():
    assert dict(read_one("title = {}, doi = {}, keywords = {}").field_lines) == {"langid": 1, "doi": 1}


def test_journal_and_full_journal_are_kept_apart():
    reference = read_one("journal = {J Tea}, fjournal = {Journal of {Tea}}")
    assert (reference.container.plain, reference.container_full.plain) == ("J Tea", "Journal of Tea")


@pytest.mark.parametrize(
    ("entry_type", "fields", "genre"),
    [
        ("phdthesis", "langid = {english}", "dissertation"),
        ("mastersthesis", "langid = {chinese}", "硕士学位论文"),
        ("thesis", "langid = {english}, type = {Habilitation}", "Habilitation"),
        ("thesis", "langid = {english}", ""),
    ],
)
def test_a_thesis_says_which_it_is(entry_type: str, fields: str, genre: str):
    bibliography, _ = parse(f"@{entry_type}{{a, {fields}}}")
    assert bibliography.references[0].genre == genre


@pytest.mark.parametrize("key", ["lin2012", "lin-2012_a", "doi:10.1234/a+b", "1"])
def test_citekeys_that_can_be_cited(key: str):
    assert is_citekey(key)


@pytest.mark.parametrize(
    "key", ["", "a b", "林", "../a", "a/../b", "/a", "a/", "a//b", "a<b", ".", "a\nb", "a&b"]
)
def test_citekeys_that_cannot_stand_in_a_path_or_a_url(key: str):
    assert not is_citekey(key)
