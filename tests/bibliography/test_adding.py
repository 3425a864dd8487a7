"""From what somebody pastes to an entry in our conventions. All works are invented."""

from __future__ import annotations

import re
from dataclasses import replace
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.bibliography.adding import add_reference, parse_pasted
from macros.bibliography.citekeys import propose_citekey
from macros.bibliography.exports import format_ris
from macros.bibliography.model import (
    Bibliography,
    Kind,
    Name,
    Organisation,
    PartialDate,
    Person,
    Reference,
    Text,
)
from macros.bibliography.reading import parse_bibliography
from macros.problems import Problem, Severity

EXISTING_BIB = """
@article{lin2012,
  label    = {44},
  langid   = {chinese},
  author   = {林, 沪 and others},
  title    = {山雀巢箱内温度与湿度的长期测量以及它们对雏鸟的影响},
  journal  = {巢箱研究},
  year     = {2012},
  doi      = {10.5555/CJN.2012.07},
}

@article{smith2020,
  label    = {45},
  langid   = {english},
  author   = {Smith, J.},
  title    = {Counting nest boxes in {Northern} forests: a survey},
  journal  = {Ornis},
  year     = {2020},
}
"""
EXISTING, _ = parse_bibliography(EXISTING_BIB, "references.bib")
NOTHING = Bibliography(())

RIS_OF_A_PUBLISHER = """\
Provider: Nest Press
Content: text/plain; charset="UTF-8"

TY  - JOUR
AU  - van den Broek, S.A.
AU  - Peebles, P. Z., Jr
AU  - Box Trial Group,
TI  - Nests of <i>Parus major</i> &amp; 5% more boxes in
      northern forests.
JO  - Ornis
T2  - Ornis: A Journal of Birds
PY  - 2021
DA  - 2021/03/27/
VL  - 142
IS  - 12 Suppl 7
SP  - 505
EP  - 512.e1
DO  - https://doi.org/10.5555/ornis.2021.1
UR  - https://doi.org/10.5555/ornis.2021.1
AB  - Boxes are good.
KW  - boxes
ER  -
"""
RIS_OF_CNKI = """\
TY  - JOUR
A1  - 欧阳修远;张三;李四;
AD  - 某大学
T1  - 山雀巢箱温度的测量
JF  - 巢箱研究
Y1  - 2019
VL  - 20
IS  - 07
SP  - 487
EP  - 491
LA  - 中文
ER  -
"""
NBIB = """\
PMID- 12345678
OWN - NLM
DP  - 2002 Jul 25
TI  - Long-term outcome of
      MSC-like boxes.
PG  - 284-7
LID - S0000-0000(02)00001-1 [pii]
LID - 10.5555/ajb.2002.25 [doi]
FAU - Halpern, Scott D
AU  - Halpern SD
FAU - Ubel, Peter A Jr
AU  - Ubel PA Jr
CN  - Box Trial Group
LA  - eng
PT  - Journal Article
TA  - Am J Box
JT  - American journal of boxes
VI  - 347
IP  - 4
PMC - PMC7654321
SO  - Am J Box. 2002 Jul 25;347(4):284-7. doi: 10.5555/ajb.2002.25.
"""
BIBTEX_OF_ZOTERO = r"""
@article{doe_boxes_2018,
  title = {Boxes for {Great} {Tits} \& others},
  volume = {17},
  url = {https://example.org/boxes},
  doi = {10.5555/boxes.2018},
  abstract = {Boxes are good.},
  language = {en},
  urldate = {2026-11-22},
  journal = {J Nest Box},
  publisher = {Nest Press},
  author = {Doe, Jane and M{\"u}ller, Karl},
  year = {2018},
  pages = {539--540},
  file = {Full Text:/home/me/Zotero/storage/box.pdf:application/pdf},
}
"""


def only(pasted: str) -> Reference:
    references, problems = parse_pasted(pasted)
    assert problems == []
    (reference,) = references
    return reference


def ris(*lines: str) -> str:
    return "\n".join([*(lines if lines[0].startswith("TY") else ("TY  - JOUR", *lines)), "ER  - "])


def rules(problems: list[Problem]) -> list[str]:
    return [problem.rule for problem in problems]


# --- RIS


def test_ris_of_a_publisher_is_read_whole() -> None:
    references, problems = parse_pasted(RIS_OF_A_PUBLISHER)
    (ref,) = references
    assert rules(problems) == ["language-is-declared"]
    assert ref.kind is Kind.ARTICLE
    assert ref.authors == (
        Person(family="Broek", given="S. A.", particle="van den"),
        Person(family="Peebles", given="P. Z.", suffix="Jr"),
        Organisation(name="Box Trial Group"),
    )
    assert ref.title.html == "Nests of <i>Parus major</i> &amp; 5% more boxes in northern forests."
    assert (ref.container.plain, ref.container_full.plain) == ("Ornis", "Ornis: A Journal of Birds")
    assert ref.date == PartialDate(year=2021, month=3, day=27)
    assert (ref.volume, ref.issue, ref.pages) == ("142", "12 Suppl 7", "505-512.e1")
    assert (ref.doi, ref.url) == ("10.5555/ornis.2021.1", "")


def test_names_that_cnki_joins_with_semicolons_become_people() -> None:
    ref = only(RIS_OF_CNKI)
    assert ref.authors == (
        Person(family="欧阳", given="修远"),
        Person(family="张", given="三"),
        Person(family="李", given="四"),
    )
    assert ref.language == "zh"
    assert ref.container.plain == "巢箱研究"
    assert ref.pages == "487-491"


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("林沪", Person(family="林", given="沪")),
        ("林, 沪", Person(family="林", given="沪")),
        ("Smith, John", Person(family="Smith", given="John")),
        ("Smith, J.-L.", Person(family="Smith", given="J.-L.")),
        ("Smith JA", Person(family="Smith", given="J. A.")),
        ("da Silva, L. F.", Person(family="Silva", given="L. F.", particle="da")),
        ("World Box Organization,", Organisation(name="World Box Organization")),
        ("某某巢箱研究协作组", Organisation(name="某某巢箱研究协作组")),
    ],
)
def test_a_name_in_ris(written: str, name: Name) -> None:
    assert only(ris(f"AU  - {written}", "TI  - Boxes", "LA  - en")).authors == (name,)


def test_a_name_without_a_comma_is_an_organisation_and_is_asked_about() -> None:
    references, problems = parse_pasted(ris("AU  - John Smith", "TI  - Boxes", "LA  - en"), "new.ris")
    assert references[0].authors == (Organisation(name="John Smith"),)
    assert [(problem.file, problem.line, problem.severity) for problem in problems] == [
        ("new.ris", 2, Severity.WARNING)
    ]


@pytest.mark.parametrize(
    "last", ["AU  - others", "AU  - et al.", "AU  - 等", "N1  - Authors truncated in source"]
)
def test_a_truncated_list_of_authors_has_no_person_called_others(last: str) -> None:
    ref = only(ris("AU  - Smith, J.", last, "TI  - Boxes", "LA  - en"))
    assert ref.authors == (Person(family="Smith", given="J."),)
    assert ref.authors_truncated


@pytest.mark.parametrize(
    ("lines", "pages"),
    [
        (("SP  - 487", "EP  - 91"), "487-491"),
        (("SP  - S93", "EP  - S99"), "S93-S99"),
        (("SP  - 505-512",), "505-512"),
        (("SP  - 505-512", "EP  - 512"), "505-512"),
        (("SP  - 146-149, 278-279",), "146-149, 278-279"),
        (("SP  - e62363",), "e62363"),
        (("SP  - 184", "EP  - 184"), "184"),
        (("C7  - 421",), "421"),
    ],
)
def test_pages_in_ris(lines: tuple[str, ...], pages: str) -> None:
    assert only(ris("TI  - Boxes", "LA  - en", *lines)).pages == pages


def test_the_shorter_title_of_a_journal_is_its_abbreviation() -> None:
    ref = only(ris("TI  - Boxes", "LA  - en", "T2  - J Nest Box", "JO  - Journal of Nest Boxes"))
    assert (ref.container.plain, ref.container_full.plain) == ("J Nest Box", "Journal of Nest Boxes")


def test_a_day_from_another_year_is_not_the_day_of_publication() -> None:
    ref = only(ris("TI  - Boxes", "LA  - en", "PY  - 2015", "DA  - 2024/01/02"))
    assert ref.date == PartialDate(year=2015)


def test_ris_without_its_last_line_or_with_one_space_is_still_read() -> None:
    references, _ = parse_pasted("TY - JOUR\nTI - One\nLA - en\nTY  - BOOK\nTI  - Two\nLA  - en\n")
    assert [(ref.title.plain, ref.kind) for ref in references] == [("One", Kind.ARTICLE), ("Two", Kind.BOOK)]


def test_windows_line_ends_change_nothing() -> None:
    assert parse_pasted(RIS_OF_CNKI.replace("\n", "\r\n")) == parse_pasted(RIS_OF_CNKI)


def test_problems_of_ris_stand_at_the_pasted_line() -> None:
    pasted = "Provider: Nest Press\n\n" + ris("DO  - nonsense", "TI  - Boxes", "LA  - en", "AU  - Smith, J.")
    _, problems = parse_pasted(pasted, "new.ris")
    assert [(problem.line, problem.rule) for problem in problems] == [(4, "doi-is-well-formed")]


def test_an_unknown_type_is_named_and_the_rest_is_read() -> None:
    references, problems = parse_pasted(
        ris("TY  - PAT", "TI  - Patent") + "\n" + ris("TI  - Boxes", "LA  - en")
    )
    assert [ref.title.plain for ref in references] == ["Boxes"]
    assert rules(problems) == ["type-is-known"]


@pytest.mark.parametrize(
    ("line", "pmid", "pmcid"),
    [
        ("AN  - 12345678", "12345678", ""),
        ("N1  - PMID: 12345678", "12345678", ""),
        ("AN  - WOS:000123", "", ""),
        ("C2  - PMC7654321", "", "PMC7654321"),
    ],
)
def test_identifiers_of_pubmed_in_ris(line: str, pmid: str, pmcid: str) -> None:
    ref = only(ris("TI  - Boxes", "LA  - en", line))
    assert (ref.pmid, ref.pmcid) == (pmid, pmcid)


@pytest.mark.parametrize(
    "line", ["M3  - 10.5555/x.1", "N1  - doi:10.5555/x.1", "UR  - https://doi.org/10.5555/x.1"]
)
def test_a_doi_in_one_of_its_legacy_places(line: str) -> None:
    assert only(ris("TI  - Boxes", "LA  - en", line)).doi == "10.5555/x.1"


def without_places(ref: Reference) -> Reference:
    return replace(ref, citekey="", label="", line=1, field_lines=MappingProxyType({}))


def test_what_we_export_as_ris_comes_back_the_same() -> None:
    (original,) = parse_bibliography(
        "@article{a2021, langid = {english}, author = {van den Broek, S. A. and Peebles, Jr, P. Z. and "
        "{Box Trial Group} and 林, 沪 and others}, title = {Boxes in {Northern} forests}, journal = {Ornis}, "
        "fjournal = {Ornis: A Journal of Birds}, date = {2021-03-27}, volume = {142}, number = {Suppl 2}, "
        "pages = {505--512.e1}, doi = {10.5555/x.1}, pmid = {12345678}, pmcid = {PMC1}}",
        "a.bib",
    )[0]
    assert without_places(only(format_ris([original]))) == without_places(original)


# --- NBIB


def test_nbib_of_pubmed_is_read_whole() -> None:
    ref = only(NBIB)
    assert ref.authors == (
        Person(family="Halpern", given="Scott D"),
        Person(family="Ubel", given="Peter A", suffix="Jr"),
        Organisation(name="Box Trial Group"),
    )
    assert ref.title.plain == "Long-term outcome of MSC-like boxes."
    assert (ref.container.plain, ref.container_full.plain) == ("Am J Box", "American journal of boxes")
    assert ref.date == PartialDate(year=2002, month=7, day=25)
    assert (ref.volume, ref.issue, ref.pages) == ("347", "4", "284-287")
    assert (ref.doi, ref.pmid, ref.pmcid) == ("10.5555/ajb.2002.25", "12345678", "PMC7654321")
    assert ref.language == "en"


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("2012", PartialDate(year=2012)),
        ("2012 Sep", PartialDate(year=2012, month=9)),
        ("2019 Nov-Dec", PartialDate(year=2019)),
        ("2018 Winter", PartialDate(year=2018)),
    ],
)
def test_dates_of_pubmed(written: str, found: PartialDate) -> None:
    assert only(NBIB.replace("2002 Jul 25\nTI", f"{written}\nTI")).date == found


def test_several_pubmed_records_are_apart() -> None:
    references, _ = parse_pasted(f"{NBIB}\n{NBIB.replace('12345678', '23456789')}")
    assert [ref.pmid for ref in references] == ["12345678", "23456789"]


def test_a_bracketed_title_is_a_translation_of_the_title_beside_it() -> None:
    pasted = NBIB.replace(
        "TI  - Long-term outcome of\n      MSC-like boxes.", "TI  - [Anxious boxes].\nTT  - Redde kasser."
    )
    ref = only(pasted.replace("LA  - eng", "LA  - nor"))
    assert ref.title.plain == "Redde kasser."
    assert ref.translated_title == Text("Anxious boxes", "Anxious boxes")
    assert ref.language == "no"


def test_a_title_that_pubmed_has_only_in_translation_is_asked_about() -> None:
    pasted = NBIB.replace("TI  - Long-term outcome of\n      MSC-like boxes.", "TI  - [Anxious boxes].")
    references, problems = parse_pasted(pasted.replace("LA  - eng", "LA  - chi"))
    assert (references[0].title.plain, references[0].language) == ("Anxious boxes", "en")
    assert rules(problems) == ["title-is-original"]


def test_a_retraction_that_pubmed_names_is_asked_about() -> None:
    _, problems = parse_pasted(NBIB.replace("LA  - eng", "RIN - Am J Box. 2004;1(1):3. PMID: 1\nLA  - eng"))
    assert rules(problems) == ["status-is-stated"]
    assert "Am J Box. 2004;1(1):3" in problems[0].message


# --- Adding


def test_an_added_entry_is_clean_and_in_our_conventions() -> None:
    added, problems = add_reference(EXISTING, RIS_OF_CNKI)
    assert problems == []
    assert added == (
        "\n@article{ouyang2019,\n"
        "  label       = {46},\n"
        "  langid      = {chinese},\n"
        "  author      = {欧阳, 修远 and 张, 三 and 李, 四},\n"
        "  title       = {山雀巢箱温度的测量},\n"
        "  journal     = {巢箱研究},\n"
        "  year        = {2019},\n"
        "  volume      = {20},\n"
        "  number      = {7},\n"
        "  pages       = {487--491},\n"
        "}\n"
    )


def test_bibtex_of_zotero_loses_its_abstract_its_file_its_publisher_and_a_link_beside_a_doi() -> None:
    added, problems = add_reference(EXISTING, BIBTEX_OF_ZOTERO)
    assert problems == []
    assert added == (
        "\n@article{doe2018,\n"
        "  label       = {46},\n"
        "  langid      = {english},\n"
        "  author      = {Doe, Jane and Müller, Karl},\n"
        "  title       = {Boxes for {Great} {Tits} \\& others},\n"
        "  journal     = {J Nest Box},\n"
        "  year        = {2018},\n"
        "  volume      = {17},\n"
        "  pages       = {539--540},\n"
        "  doi         = {10.5555/boxes.2018},\n"
        "}\n"
    )


def test_what_is_added_can_be_read_behind_what_is_there() -> None:
    added, _ = add_reference(EXISTING, BIBTEX_OF_ZOTERO + "\n" + EXISTING_BIB.replace("lin2012", "x"))
    bibliography, problems = parse_bibliography(EXISTING_BIB + added, "references.bib")
    assert problems == []
    assert [ref.citekey for ref in bibliography] == ["lin2012", "smith2020", "doe2018"]


def test_a_full_stop_behind_a_title_goes_but_not_that_of_an_abbreviation() -> None:
    for written, kept in (
        ("Boxes.", "Boxes"),
        ("Boxes in the U.S.A.", "Boxes in the U.S.A."),
        ("Why...", "Why..."),
    ):
        added, _ = add_reference(NOTHING, ris(f"TI  - {written}", "LA  - en", "AU  - Doe, J."))
        assert re.sub("[{}]", "", added).count(f"= {kept},\n") == 1


def test_a_doi_that_is_there_in_other_letters_is_refused() -> None:
    pasted = ris("TI  - Something else", "LA  - en", "DO  - 10.5555/cjn.2012.07")
    added, problems = add_reference(EXISTING, pasted, "new.ris")
    assert added == ""
    assert [(problem.rule, problem.file, problem.line) for problem in problems] == [
        ("reference-is-new", "new.ris", 1)
    ]
    assert "lin2012" in problems[0].message


@pytest.mark.parametrize(
    "title",
    [
        "Counting nest boxes in northern forests: A survey.",
        "COUNTING NEST-BOXES IN NORTHERN FORESTS – A SURVEY",
    ],
)
def test_a_title_that_is_there_is_refused_whatever_its_capitals_and_marks(title: str) -> None:
    added, problems = add_reference(EXISTING, ris(f"TI  - {title}", "LA  - en", "PY  - 2021"))
    assert added == ""
    assert "smith2020" in problems[0].message


@pytest.mark.parametrize(
    ("title", "is_new"),
    [("Nest boxes: part 123456", True), ("Nest boxes: part 1234567", False)],
)
def test_a_title_of_fewer_than_twenty_letters_is_no_proof(title: str, is_new: bool) -> None:
    existing = Bibliography((replace(EXISTING.references[1], title=Text(title, title)),))
    added, _ = add_reference(existing, ris(f"TI  - {title}", "LA  - en", "AU  - Doe, J."))
    assert bool(added) == is_new


def test_two_pasted_copies_are_added_once() -> None:
    added, problems = add_reference(NOTHING, BIBTEX_OF_ZOTERO + BIBTEX_OF_ZOTERO.replace("doe_", "other_"))
    assert added.count("@article") == 1
    assert rules(problems) == ["reference-is-new"]


def test_a_translation_that_says_so_shares_doi_label_and_citekey_of_its_original() -> None:
    pasted = (
        "@article{x, langid = {english}, author = {Lin, H.}, title = {Measuring boxes}, year = {2012}, "
        "doi = {10.5555/CJN.2012.07}, related = {lin2012}, relatedtype = {translationof}}"
    )
    added, problems = add_reference(EXISTING, pasted)
    assert problems == []
    assert added.startswith("\n@article{lin2012-en,\n  label       = {44},\n")
    again, problems = add_reference(parse_bibliography(EXISTING_BIB + added, "x.bib")[0], pasted)
    assert (again, rules(problems)) == ("", ["reference-is-new"])


def test_a_pair_that_is_pasted_together_stays_a_pair() -> None:
    pasted = (
        "@article{a, langid = {chinese}, author = {张, 三}, title = {巢箱}, year = {2013}, "
        "doi = {10.5555/1}}\n"
        "@article{b, langid = {english}, author = {Zhang, S.}, title = {Boxes}, year = {2013}, "
        "doi = {10.5555/1}, related = {a}, relatedtype = {translationof}}"
    )
    added, problems = add_reference(EXISTING, pasted)
    assert problems == []
    assert re.findall("@article{(.*),", added) == ["zhang2013", "zhang2013-en"]
    assert added.count("label       = {46}") == 2
    assert "related     = {zhang2013}" in added


def test_a_relation_to_nothing_is_left_out_and_named() -> None:
    pasted = (
        "@article{b, langid = {english}, author = {Zhang, S.}, title = {Boxes}, year = {2013}, "
        "related = {nowhere}, relatedtype = {translationof}}"
    )
    added, problems = add_reference(EXISTING, pasted)
    assert "related" not in added
    assert rules(problems) == ["translation-has-original"]


def test_a_retraction_in_the_title_is_asked_about() -> None:
    _, problems = add_reference(NOTHING, ris("TI  - RETRACTED: Boxes", "LA  - en", "AU  - Doe, J."))
    assert rules(problems) == ["status-is-stated"]


@pytest.mark.parametrize("key", ["", "林沪2012", "a b"])
def test_an_entry_is_not_lost_for_a_citekey_that_is_replaced_anyway(key: str) -> None:
    added, problems = add_reference(
        NOTHING,
        f"@article{{{key}, langid = {{english}}, author = {{Doe, J.}}, title = {{Boxes}}, year = 2013}}",
    )
    assert (added.startswith("\n@article{doe2013,"), problems) == (True, [])


@pytest.mark.parametrize("pasted", ["", "Doe J. Boxes. Ornis. 2020.", '{"title": "Boxes"}'])
def test_what_is_no_reference_is_said_to_be_none(pasted: str) -> None:
    added, problems = add_reference(EXISTING, pasted)
    assert (added, rules(problems)) == ("", ["paste-is-readable"])


PIECES = st.sampled_from(
    (
        *(
            "TY  - JOUR",
            "TY  - ",
            "ER  - ",
            "PMID- 1",
            "@article{a,",
            "}",
            "AU  - a;b, c",
            "AU  - ,",
            "A1  - 等",
        ),
        *(
            "TI  - {x",
            "TT  - [x]",
            "title = {x},",
            "SP  - -",
            "EP  - 5",
            "Y1  - 20/",
            "DO  - 10.1/{",
            "  more }",
        ),
    )
)


@given(st.one_of(st.text(), st.lists(PIECES).map("\n".join)))
def test_whatever_is_pasted_what_is_added_can_be_read(pasted: str) -> None:
    added, _ = add_reference(EXISTING, pasted)
    bibliography, _ = parse_bibliography(added, "references.bib")
    assert len(bibliography) == added.count("\n@")


# --- Citekeys


def ref_by(*authors: Name, title: str = "Boxes", year: int | None = 2012) -> Reference:
    return Reference(
        citekey="",
        kind=Kind.ARTICLE,
        language="en",
        title=Text(title, title),
        authors=authors,
        date=PartialDate(year=year) if year else None,
    )


@pytest.mark.parametrize(
    ("ref", "citekey"),
    [
        (ref_by(Person(family="Chávez-Tapia", given="N. C.")), "chaveztapia2012"),
        (ref_by(Person(family="Broek", given="S.", particle="van den")), "broek2012"),
        (ref_by(Person(family="Øster", given="A.")), "oster2012"),
        (ref_by(Person(family="林", given="沪")), "lin2012"),
        (ref_by(Person(family="诸葛", given="亮")), "zhuge2012"),
        (ref_by(Organisation(name="National Box Commission of the Republic")), "nbc2012"),
        (ref_by(Organisation(name="巢箱研究组"), Person(family="Doe", given="J.")), "doe2012"),
        (ref_by(title="On the use of boxes"), "boxes2012"),
        (ref_by(Person(family="Doe", given="J."), year=None), "doe"),
        (ref_by(title="巢箱"), ""),
    ],
)
def test_a_citekey_is_family_name_and_year(ref: Reference, citekey: str) -> None:
    assert propose_citekey(ref, NOTHING, ()) == citekey


def test_a_citekey_that_is_taken_gets_a_letter() -> None:
    ref = ref_by(Person(family="Doe", given="J."))
    assert propose_citekey(ref, NOTHING, ("doe2012",)) == "doe2012b"
    assert propose_citekey(ref, NOTHING, ("doe2012", "doe2012b")) == "doe2012c"


def test_a_citekey_differs_from_all_others_in_more_than_capitals() -> None:
    existing, _ = parse_bibliography("@book{Doe2012, langid = {english}, title = {X}}", "x.bib")
    added, _ = add_reference(existing, ris("TI  - Boxes", "LA  - en", "AU  - Doe, J.", "PY  - 2012"))
    assert added.startswith("\n@article{doe2012b,")


def test_a_work_without_any_latin_letter_gets_a_numbered_citekey_and_a_question() -> None:
    added, problems = add_reference(EXISTING, ris("TI  - 巢箱", "LA  - zh", "AU  - 巢箱研究协作组某某"))
    assert added.startswith("\n@article{reference46,")
    assert rules(problems) == ["citekey-is-well-formed"]


def test_a_label_is_one_more_than_the_highest() -> None:
    existing, _ = parse_bibliography(
        "@book{a, label = {9}, title = {X}}\n@book{b, label = {10}, title = {Y}}\n@book{c, label = {S1}}",
        "x.bib",
    )
    added, _ = add_reference(existing, ris("TI  - Boxes", "LA  - en"))
    assert "label       = {11}" in added


def test_a_brace_in_a_number_swallows_nothing() -> None:
    added, _ = add_reference(EXISTING, "PMID- {\nTI  - Steaming and rolling of sencha leaves")
    bibliography, _ = parse_bibliography(added, "references.bib")
    assert len(bibliography) == 1
