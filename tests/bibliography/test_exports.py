"""What other programs get: the formats are read back here by readers that are not ours where there are any.

Expected values follow the formats' own documents: the RIS specification, csl-data.json of CSL 1.0.2,
ANSI/NISO Z39.88-2004, schema.org; and, for Highwire tags and COinS, what Zotero's translators do with them.
"""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from html import escape
from pathlib import Path
from types import MappingProxyType
from typing import Any
from unicodedata import normalize
from urllib.parse import unquote

import pytest
import rispy
from citeproc.source.json import CiteProcJSON
from hypothesis import example, given
from hypothesis import strategies as st

from macros.bibliography.exports import (
    format_bibtex,
    format_coins,
    format_csl_json,
    format_ris,
    highwire_tags,
    schema_org,
)
from macros.bibliography.model import (
    Bibliography,
    Kind,
    Organisation,
    PartialDate,
    Person,
    Reference,
    Status,
    StatusKind,
    Text,
)
from macros.bibliography.reading import load_bibliography, parse_bibliography

ROOT = Path(__file__).parents[2]


def plain(text: str) -> Text:
    return Text(text, escape(text, quote=False))


def day(year: int, month: int | None = None, of_month: int | None = None) -> PartialDate:
    return PartialDate(year=year, month=month, day=of_month)


CHINESE = Reference(
    citekey="ouyang2019",
    kind=Kind.ARTICLE,
    language="zh",
    label="7",
    title=plain("山雀巢箱温度的测量"),
    authors=(Person(family="欧阳", given="修远"), Person(family="张", given="三")),
    authors_truncated=True,
    date=day(2019),
    container=plain("巢箱研究"),
    volume="20",
    issue="7",
    pages="487-491",
    doi="10.5555/cjn.2019.07.002",
)
PARTICLE = Reference(
    citekey="broek2021",
    kind=Kind.ARTICLE,
    language="en",
    label="8",
    title=Text(
        "Nests of Parus major+ and H2O loss: R&D at 5% of site_a #1 in Type-B boxes",
        "Nests of <i>Parus major</i><sup>+</sup> and H<sub>2</sub>O loss: "
        "R&amp;D at 5% of site_a #1 in Type-B boxes",
    ),
    authors=(
        Person(family="Broek", given="S. A.", particle="van den"),
        Person(family="Peebles", given="P. Z.", suffix="Jr"),
        Person(family="Chávez-Tapia", given="N. C."),
    ),
    authors_truncated=True,
    date=day(2021, 3),
    container=plain("J Nest Box"),
    container_full=plain("Journal of Nest Boxes & Burrows"),
    volume="142",
    issue="12 Suppl 7",
    pages="505-512.e1",
    doi="10.5555/a_b%20c#1<2",
    pmid="12345678",
    pmcid="PMC7654321",
)
ORGANISATION = Reference(
    citekey="btg2002",
    kind=Kind.ARTICLE,
    language="en",
    title=plain("Counting boxes"),
    authors=(Organisation(name="Box Trial Group"), Organisation(name="巢箱研究协作组")),
    date=day(2002, 7, 25),
    container=plain("Ornis"),
    volume="8",
    issue="4",
    pages="e62363",
)
RUNS_OF_PAGES = Reference(
    citekey="miller2021",
    kind=Kind.ARTICLE,
    language="en",
    title=plain("Boxes in two parts"),
    authors=(Person(family="Miller", given="Ann"),),
    date=day(2021),
    container=plain("Ornis"),
    volume="39",
    issue="10",
    pages="146-149, 278-279",
)
WEB_PAGE = Reference(
    citekey="nbc2015",
    kind=Kind.WEB_PAGE,
    language="en",
    title=plain("Rules for boxes (Trial)"),
    authors=(Organisation(name="National Box Commission of the Republic"),),
    date=day(2015, 3, 27),
    container=plain("Box Commission"),
    url="https://example.org/rules_1.html?a=1&b=%20",
    accessed=day(2026, 11, 22),
)
TRANSLATION = replace(
    CHINESE,
    citekey="ouyang2019-en",
    language="en",
    title=plain("Measuring temperatures in tit boxes"),
    authors=(Person(family="Ouyang", given="X. Y."), Person(family="Zhang", given="S.")),
    container=plain("Chin J Nest"),
    translation_of="ouyang2019",
)
RETRACTED = Reference(
    citekey="doe2010",
    kind=Kind.ARTICLE,
    language="en",
    title=plain("Boxes that heal"),
    authors=(Person(family="Doe", given="J."),),
    date=day(2010),
    container=plain("Ornis"),
    doi="10.5555/ornis.2010.1",
    status=Status(kind=StatusKind.RETRACTED, checked=date(2026, 11, 22), notice="Ornis. 2012;20(1):3"),
)
RETRACTED_CHINESE = replace(
    CHINESE, citekey="ouyang2018", status=Status(kind=StatusKind.RETRACTED, checked=date(2026, 11, 22))
)
CHECKED = replace(
    ORGANISATION, citekey="btg2003", status=Status(kind=StatusKind.NONE_FOUND, checked=date(2026, 1, 2))
)
OTHER_KINDS = (
    Reference(
        citekey="murray2002",
        kind=Kind.BOOK,
        language="en",
        title=plain("The box book"),
        authors=(Person(family="Murray", given="P. R."),),
        editors=(Person(family="Rosenthal", given="K. S."),),
        translators=(Person(family="Li", given="W."),),
        date=day(2002),
        edition="4th",
        publisher="Box & Sons",
        place="St. Louis",
    ),
    Reference(
        citekey="meltzer2002",
        kind=Kind.CHAPTER,
        language="en",
        title=plain("Old boxes"),
        authors=(Person(family="Meltzer", given="P. S."),),
        editors=(Person(family="Vogelstein", given="B."), Person(family="Kinzler", given="K. W.")),
        date=day(2002),
        container=plain("The box handbook"),
        publisher="Nest Press",
        place="New York",
        pages="93-113",
    ),
    Reference(
        citekey="anderson2000",
        kind=Kind.CONFERENCE_PAPER,
        language="en",
        title=plain("Boxes on trees"),
        authors=(Person(family="Anderson", given="J. C."),),
        date=day(2000),
        container=plain("Proceedings of the 3rd box meeting"),
        volume="3",
        issue="1-2",
        pages="117-122",
    ),
    Reference(
        citekey="wang2022",
        kind=Kind.THESIS,
        language="zh",
        title=plain("巢箱湿度反演方法研究"),
        authors=(Person(family="王", given="琦"),),
        date=day(2022),
        genre="博士学位论文",
        publisher="某某大学",
        place="武汉",
    ),
    Reference(
        citekey="boxes2004",
        kind=Kind.REPORT,
        language="en",
        title=plain("Report on boxes"),
        authors=(Organisation(name="Box Board"),),
        date=day(2004),
        number="BB-12",
        genre="technical report",
        publisher="Box Board",
    ),
    Reference(
        citekey="box7714",
        kind=Kind.STANDARD,
        language="zh",
        title=plain("巢箱著录规则"),
        date=day(2025),
        number="GB/T 99999-2025",
    ),
    Reference(
        citekey="doe2024",
        kind=Kind.DATASET,
        language="en",
        title=plain("Box data"),
        authors=(Person(family="Doe", given="J."),),
        date=day(2024, 5, 1),
        container=plain("Box Archive"),
        version="1",
        doi="10.5555/boxdata.1",
    ),
    Reference(
        citekey="jenkins2012",
        kind=Kind.PREPRINT,
        language="en",
        title=plain("Boxes on lattices"),
        authors=(Person(family="Jenkins", given="S. D."),),
        date=day(2012, 3, 18),
        container=plain("BoxRxiv"),
        version="2",
        url="https://example.org/abs/1112.6136",
        accessed=day(2020, 6, 24),
        published_online_only=True,
    ),
)
WITHOUT_STATUS = (
    CHINESE,
    TRANSLATION,
    PARTICLE,
    ORGANISATION,
    RUNS_OF_PAGES,
    WEB_PAGE,
    CHECKED,
    *OTHER_KINDS,
)
ALL = (*WITHOUT_STATUS, RETRACTED, RETRACTED_CHINESE)
by_citekey = pytest.mark.parametrize("ref", ALL, ids=lambda ref: ref.citekey)


def without_places(ref: Reference) -> Reference:
    """A reference without where in a file it stands."""
    return replace(ref, line=1, field_lines=MappingProxyType({}))


def reread_bibtex(refs: Iterable[Reference]) -> list[Reference]:
    bibliography, problems = parse_bibliography(format_bibtex(refs), "exported.bib")
    assert problems == []
    return [without_places(ref) for ref in bibliography]


# --- BibTeX


def test_bibtex_read_back_gives_the_same_references() -> None:
    refs = [replace(ref, doi="") if "<" in ref.doi else ref for ref in WITHOUT_STATUS]
    assert reread_bibtex(refs) == refs


def test_bibtex_follows_the_conventions_of_our_bib_files() -> None:
    assert format_bibtex([CHINESE]) == (
        "@article{ouyang2019,\n"
        "  label       = {7},\n"
        "  langid      = {chinese},\n"
        "  author      = {欧阳, 修远 and 张, 三 and others},\n"
        "  title       = {山雀巢箱温度的测量},\n"
        "  journal     = {巢箱研究},\n"
        "  year        = {2019},\n"
        "  volume      = {20},\n"
        "  number      = {7},\n"
        "  pages       = {487--491},\n"
        "  doi         = {10.5555/cjn.2019.07.002},\n"
        "}\n"
    )


def test_bibtex_escapes_text_but_never_a_doi_or_a_url() -> None:
    exported = format_bibtex([PARTICLE, WEB_PAGE])
    assert (
        r"title       = {Nests of \emph{{Parus} major}\textsuperscript{+} and {H}\textsubscript{2}{O} loss: "
        r"{R}\&{D} at 5\% of site\_a \#1 in {Type}-{B} boxes}," in exported
    )
    assert r"fjournal    = {Journal of Nest Boxes \& Burrows}," in exported
    assert "doi         = {10.5555/a_b%20c#1<2}," in exported
    assert "url         = {https://example.org/rules_1.html?a=1&b=%20}," in exported


def test_bibtex_writes_each_sort_of_name_so_that_bibtex_reads_it() -> None:
    exported = format_bibtex([PARTICLE, ORGANISATION])
    assert "{van den Broek, S. A. and Peebles, Jr, P. Z. and Chávez-Tapia, N. C. and others}" in exported
    assert "{{Box Trial Group} and {巢箱研究协作组}}" in exported


def test_bibtex_links_a_translation_to_its_original() -> None:
    exported = format_bibtex([TRANSLATION])
    assert "  related     = {ouyang2019},\n  relatedtype = {translationof},\n" in exported


def test_bibtex_says_a_retraction_where_every_program_shows_it() -> None:
    exported = format_bibtex([RETRACTED])
    assert "note        = {RETRACTED (checked 2026-11-22): Ornis. 2012;20(1):3}," in exported
    assert "status      = {retracted},\n  statuschecked = {2026-11-22}," in exported


def test_a_retraction_read_back_and_exported_again_is_not_said_twice() -> None:
    once = format_bibtex([RETRACTED, RETRACTED_CHINESE])
    assert format_bibtex(reread_bibtex([RETRACTED, RETRACTED_CHINESE])) == once


def test_bibtex_keeps_uninterpreted_fields_but_not_paths_of_somebodys_files() -> None:
    extra = {"isbn": "978-0-00-000000-2", "file": "me/secret.pdf", "mendeley-tags": "x", "owner": "me"}
    exported = format_bibtex([replace(CHINESE, extra=extra)])
    assert "  isbn        = {978-0-00-000000-2},\n" in exported
    assert not re.search("secret|mendeley|owner", exported)


@pytest.mark.parametrize("family", ["de la Cruz", "Smith and Wesson", "O'Neil", "Müller; Meier", "Ångström"])
def test_a_family_name_is_read_back_whole(family: str) -> None:
    refs = [replace(RUNS_OF_PAGES, authors=(Person(family=family, given="A."),))]
    assert reread_bibtex(refs) == refs


visible = st.characters(exclude_categories=["C", "Z", "M"], include_characters=" ~\\{}$&%#_^-`'\"<>+")


@given(st.text(visible, min_size=1, max_size=40))
@example("boxes -- ``old'' ones --- for 5 $ in ~/x^2_{3} and \\textit{4}")
def test_any_visible_title_survives_a_bib_file(written: str) -> None:
    title = " ".join(normalize("NFC", f"A {written}").split())
    bibliography, _ = parse_bibliography(format_bibtex([replace(CHINESE, title=plain(title))]), "x.bib")
    assert [ref.title.plain for ref in bibliography] == [title]


# --- RIS


def reread_ris(refs: Iterable[Reference]) -> list[dict[str, Any]]:
    # rispy cuts a URL at a semicolon unless it is told not to.
    return rispy.loads(format_ris(refs), delimiter_tags_mapping={})


def test_ris_follows_the_specification() -> None:
    assert format_ris([ORGANISATION]) == (
        "TY  - JOUR\n"
        "ID  - btg2002\n"
        "AU  - Box Trial Group,\n"
        "AU  - 巢箱研究协作组,\n"
        "TI  - Counting boxes\n"
        "T2  - Ornis\n"
        "VL  - 8\n"
        "IS  - 4\n"
        "SP  - e62363\n"
        "PY  - 2002\n"
        "DA  - 2002/07/25\n"
        "LA  - en\n"
        "ER  - \n"
    )


@by_citekey
def test_ris_has_a_type_first_and_an_end_last_and_two_spaces_in_every_line(ref: Reference) -> None:
    lines = format_ris([ref]).splitlines()
    assert lines[0].startswith("TY  - ")
    assert lines[-1] == "ER  - "
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines)


def test_ris_read_back_by_rispy_has_everything() -> None:
    (record,) = reread_ris([PARTICLE])
    assert record == {
        "type_of_reference": "JOUR",
        "id": "broek2021",
        "authors": ["van den Broek, S. A.", "Peebles, P. Z., Jr", "Chávez-Tapia, N. C."],
        "title": "Nests of Parus major+ and H2O loss: R&D at 5% of site_a #1 in Type-B boxes",
        "secondary_title": "Journal of Nest Boxes & Burrows",
        "alternate_title1": "J Nest Box",
        "volume": "142",
        "number": "12 Suppl 7",
        "start_page": "505",
        "end_page": "512.e1",
        "year": "2021",
        "date": "2021/03/",
        "doi": "10.5555/a_b%20c#1<2",
        "language": "en",
        "notes": ["Authors truncated in source", "PMID: 12345678", "PMCID: PMC7654321"],
    }


def test_ris_writes_han_names_in_one_piece_and_no_person_called_others() -> None:
    (record,) = reread_ris([CHINESE])
    assert record["authors"] == ["欧阳修远", "张三"]
    assert record["notes"] == ["Authors truncated in source"]
    assert record["language"] == "zh-CN"


def test_ris_keeps_runs_of_pages_in_the_first_page() -> None:
    (record,) = reread_ris([RUNS_OF_PAGES])
    assert record["start_page"] == "146-149, 278-279"
    assert "end_page" not in record


def test_ris_of_a_web_page_has_its_site_address_and_access_date() -> None:
    (record,) = reread_ris([WEB_PAGE])
    assert record["type_of_reference"] == "ELEC"
    assert record["secondary_title"] == "Box Commission"
    assert record["urls"] == ["https://example.org/rules_1.html?a=1&b=%20"]
    assert record["access_date"] == "2026/11/22"


def test_ris_says_a_retraction_in_the_title_and_in_a_note() -> None:
    english, chinese = reread_ris([RETRACTED, RETRACTED_CHINESE])
    assert english["title"] == "RETRACTED: Boxes that heal"
    assert english["notes"] == ["RETRACTED (checked 2026-11-22): Ornis. 2012;20(1):3"]
    assert chinese["title"] == "已撤稿：山雀巢箱温度的测量"
    assert "已撤稿（2026-11-22 核查）" in chinese["notes"]


def test_a_check_that_found_nothing_is_no_warning_to_readers() -> None:
    (record,) = reread_ris([CHECKED])
    assert record["title"] == "Counting boxes"
    assert "notes" not in record


def test_a_concern_shows_before_the_title_and_a_correction_in_a_note() -> None:
    status = Status(kind=StatusKind.EXPRESSION_OF_CONCERN, checked=date(2026, 11, 22))
    doubted = replace(ORGANISATION, status=status)
    corrected = replace(ORGANISATION, status=replace(status, kind=StatusKind.CORRECTED, notice="Ornis 9:1"))
    first, second = reread_ris([doubted, corrected])
    assert first["title"] == "EXPRESSION OF CONCERN: Counting boxes"
    assert (second["title"], second["notes"]) == (
        "Counting boxes",
        ["Corrected (checked 2026-11-22): Ornis 9:1"],
    )


def test_ris_has_one_record_a_reference_and_an_end_for_each() -> None:
    exported = format_ris(ALL)
    assert [record["id"] for record in reread_ris(ALL)] == [ref.citekey for ref in ALL]
    assert exported.count("\nER  - \n") == len(ALL)


def test_ris_editors_stand_where_importers_look_for_them() -> None:
    book, chapter, *_ = reread_ris(OTHER_KINDS)
    assert book["tertiary_authors"] == ["Rosenthal, K. S."]
    assert book["subsidiary_authors"] == ["Li, W."]
    assert chapter["secondary_authors"] == ["Vogelstein, B.", "Kinzler, K. W."]


@given(st.text(st.characters(exclude_categories=["C"]), min_size=1).filter(str.strip))
def test_any_title_fits_on_one_line_of_ris(written: str) -> None:
    (record,) = reread_ris([replace(CHINESE, title=plain(written))])
    assert record["title"] == " ".join(written.split())


# --- CSL-JSON: the rules are those of csl-data.json (Citation Style Language 1.0.2), written out by hand

CSL_TYPES = """
article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection
dataset document entry entry-dictionary entry-encyclopedia figure graphic hearing interview legal_case
legislation manuscript map motion_picture musical_score pamphlet paper-conference patent performance
periodical personal_communication post post-weblog regulation report review review-book software song speech
standard thesis treaty webpage
"""
CSL_TEXTS = """
language title translated-title container-title container-title-short volume issue page edition version number
publisher publisher-place genre DOI URL PMID PMCID note
"""
CSL_NAMES = frozenset(("author", "editor", "translator"))
CSL_NAME_PARTS = frozenset(("family", "given", "non-dropping-particle", "suffix", "literal"))
CSL_DATES = frozenset(("issued", "accessed"))


def csl_violations(item: dict[str, Any]) -> list[str]:
    texts = set(CSL_TEXTS.split())
    wrong = [key for key in ("id", "type") if not isinstance(item.get(key), str)]
    wrong += ["type"] if item["type"] not in CSL_TYPES.split() else []
    wrong += [key for key in item if key not in texts | CSL_NAMES | CSL_DATES | {"id", "type", "custom"}]
    wrong += [key for key in texts & item.keys() if not (isinstance(item[key], str) and item[key])]
    for key in CSL_NAMES & item.keys():
        for name in item[key]:
            wrong += [f"{key}.{part}" for part in name if part not in CSL_NAME_PARTS]
            wrong += [key] if not all(isinstance(text, str) and text for text in name.values()) else []
            wrong += [key] if ("literal" in name) == ("family" in name) else []
    for key in CSL_DATES & item.keys():
        (parts,) = item[key]["date-parts"]
        wrong += [key] if not (1 <= len(parts) <= 3 and all(type(part) is int for part in parts)) else []
    return wrong if isinstance(item.get("custom", {}), dict) else [*wrong, "custom"]


def reread_csl(refs: Iterable[Reference]) -> list[dict[str, Any]]:
    items = json.loads(format_csl_json(refs))
    assert isinstance(items, list)
    return items


@by_citekey
def test_csl_json_keeps_the_rules_of_the_schema(ref: Reference) -> None:
    (item,) = reread_csl([ref])
    assert csl_violations(item) == []


def test_csl_json_of_a_chinese_article() -> None:
    assert reread_csl([CHINESE]) == [
        {
            "id": "ouyang2019",
            "type": "article-journal",
            "language": "zh-CN",
            "author": [{"family": "欧阳", "given": "修远"}, {"family": "张", "given": "三"}],
            "issued": {"date-parts": [[2019]]},
            "title": "山雀巢箱温度的测量",
            "container-title": "巢箱研究",
            "volume": "20",
            "issue": "7",
            "page": "487-491",
            "DOI": "10.5555/cjn.2019.07.002",
            "custom": {"et-al": True},
        }
    ]


def test_csl_json_has_rich_text_particles_suffixes_and_both_titles_of_a_journal() -> None:
    (item,) = reread_csl([PARTICLE])
    assert item["title"].startswith(
        "Nests of <i>Parus major</i><sup>+</sup> and H<sub>2</sub>O loss: R&D at 5%"
    )
    assert item["author"][0] == {"family": "Broek", "given": "S. A.", "non-dropping-particle": "van den"}
    assert item["author"][1] == {"family": "Peebles", "given": "P. Z.", "suffix": "Jr"}
    assert item["container-title"] == "Journal of Nest Boxes & Burrows"
    assert item["container-title-short"] == "J Nest Box"
    assert item["issued"] == {"date-parts": [[2021, 3]]}


def test_csl_json_keeps_organisations_whole() -> None:
    (item,) = reread_csl([ORGANISATION])
    assert item["author"] == [{"literal": "Box Trial Group"}, {"literal": "巢箱研究协作组"}]


def test_csl_json_names_the_original_of_a_translation() -> None:
    (item,) = reread_csl([TRANSLATION])
    assert item["custom"] == {"et-al": True, "translation-of": "ouyang2019"}


def test_csl_json_says_a_retraction_in_title_note_and_data() -> None:
    english, chinese = reread_csl([RETRACTED, RETRACTED_CHINESE])
    assert english["title"] == "RETRACTED: Boxes that heal"
    assert english["note"] == "RETRACTED (checked 2026-11-22): Ornis. 2012;20(1):3"
    assert english["custom"] == {
        "status": {"kind": "retracted", "checked": "2026-11-22", "notice": "Ornis. 2012;20(1):3"}
    }
    assert chinese["title"] == "已撤稿：山雀巢箱温度的测量"


# --- COinS


def zotero_reads(coins: str) -> list[tuple[str, str]]:
    """As Zotero's reader takes a ContextObject apart: at & and =, with + and %2B for a space."""
    pairs = [part.split("=") for part in coins.split("&")]
    assert all(len(pair) == 2 for pair in pairs)
    return [(key, unquote(re.sub(r"\+|%2[bB]", " ", value))) for key, value in pairs]


def test_coins_of_an_article() -> None:
    assert zotero_reads(format_coins(replace(ORGANISATION, doi="10.5555/x=y&z"))) == [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_id", "info:doi/10.5555/x=y&z"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:journal"),
        ("rft.genre", "article"),
        ("rft.atitle", "Counting boxes"),
        ("rft.jtitle", "Ornis"),
        ("rft.volume", "8"),
        ("rft.issue", "4"),
        ("rft.pages", "e62363"),
        ("rft.aucorp", "Box Trial Group"),
        ("rft.aucorp", "巢箱研究协作组"),
        ("rft.date", "2002-07-25"),
        ("rft.language", "en"),
    ]


@by_citekey
def test_coins_are_ascii_and_need_no_escaping_but_of_the_ampersand(ref: Reference) -> None:
    coins = format_coins(ref)
    assert coins.isascii()
    assert not re.search(r"[\s\"'<>+]", coins)
    assert dict(zotero_reads(coins))["ctx_ver"] == "Z39.88-2004"


def test_coins_encode_all_that_has_a_meaning_in_an_address() -> None:
    assert "rft_id=info%3Adoi%2F10.5555%2Fornis.2010.1&" in format_coins(RETRACTED)


def test_coins_keep_han_names_whole_and_others_inverted() -> None:
    authors = [value for key, value in zotero_reads(format_coins(CHINESE)) if key == "rft.au"]
    assert authors == ["欧阳修远", "张三"]
    authors = [value for key, value in zotero_reads(format_coins(PARTICLE)) if key == "rft.au"]
    assert authors == ["van den Broek, S. A.", "Peebles, P. Z., Jr", "Chávez-Tapia, N. C."]


def test_coins_of_a_web_page_use_dublin_core() -> None:
    pairs = dict(zotero_reads(format_coins(WEB_PAGE)))
    assert pairs["rft_val_fmt"] == "info:ofi/fmt:kev:mtx:dc"
    assert pairs["rft.type"] == "webpage"
    assert pairs["rft_id"] == "https://example.org/rules_1.html?a=1&b=%20"
    assert pairs["rft.aucorp"] == "National Box Commission of the Republic"


@pytest.mark.parametrize(
    ("citekey", "genre"),
    [
        ("murray2002", "book"),
        ("meltzer2002", "bookitem"),
        ("anderson2000", "proceeding"),
        ("boxes2004", "report"),
    ],
)
def test_coins_of_books_and_their_parts(citekey: str, genre: str) -> None:
    (ref,) = (ref for ref in OTHER_KINDS if ref.citekey == citekey)
    assert f"rft.genre={genre}" in format_coins(ref).split("&")


def test_coins_say_a_retraction() -> None:
    assert dict(zotero_reads(format_coins(RETRACTED)))["rft.atitle"] == "RETRACTED: Boxes that heal"


# --- Highwire


def test_highwire_tags_of_an_article() -> None:
    assert highwire_tags(PARTICLE) == (
        ("citation_title", "Nests of Parus major+ and H2O loss: R&D at 5% of site_a #1 in Type-B boxes"),
        ("citation_author", "van den Broek, S. A."),
        ("citation_author", "Peebles, P. Z., Jr"),
        ("citation_author", "Chávez-Tapia, N. C."),
        ("citation_journal_title", "Journal of Nest Boxes & Burrows"),
        ("citation_journal_abbrev", "J Nest Box"),
        ("citation_date", "2021/03"),
        ("citation_volume", "142"),
        ("citation_issue", "12 Suppl 7"),
        ("citation_firstpage", "505"),
        ("citation_lastpage", "512.e1"),
        ("citation_doi", "10.5555/a_b%20c#1<2"),
        ("citation_pmid", "12345678"),
        ("citation_language", "en"),
        ("citation_public_url", "https://doi.org/10.5555/a_b%2520c%231%3C2"),
    )


def test_highwire_pages_never_hold_a_dash() -> None:
    tags = dict(highwire_tags(RUNS_OF_PAGES))
    assert (tags["citation_firstpage"], tags["citation_lastpage"]) == ("146", "149")


def test_highwire_names_of_han_people_and_organisations() -> None:
    names = [value for name, value in highwire_tags(CHINESE) if name == "citation_author"]
    assert names == ["欧阳修远", "张三"]
    names = [value for name, value in highwire_tags(ORGANISATION) if name == "citation_author"]
    assert names == ["Box Trial Group,", "巢箱研究协作组"]


def test_a_single_author_with_a_particle_is_not_taken_for_two_people() -> None:
    # Zotero splits the only author at the comma when both sides of it hold a space.
    ref = replace(RUNS_OF_PAGES, authors=(Person(family="Silva", given="L. F.", particle="da"),))
    assert ("citation_author", "da Silva, L.F.") in highwire_tags(ref)


def test_highwire_says_a_retraction() -> None:
    assert highwire_tags(RETRACTED)[0] == ("citation_title", "RETRACTED: Boxes that heal")


# --- schema.org

PAGE = "https://boxes.example/references/doe2010/"


def test_schema_org_of_an_article() -> None:
    assert schema_org(CHINESE, PAGE) == {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "@id": "https://doi.org/10.5555/cjn.2019.07.002",
        "mainEntityOfPage": PAGE,
        "url": "https://doi.org/10.5555/cjn.2019.07.002",
        "name": "山雀巢箱温度的测量",
        "author": [
            {"@type": "Person", "name": "欧阳修远", "givenName": "修远", "familyName": "欧阳"},
            {"@type": "Person", "name": "张三", "givenName": "三", "familyName": "张"},
        ],
        "datePublished": "2019",
        "inLanguage": "zh-CN",
        "isPartOf": {
            "@type": "PublicationIssue",
            "issueNumber": "7",
            "isPartOf": {
                "@type": "PublicationVolume",
                "volumeNumber": "20",
                "isPartOf": {"@type": "Periodical", "name": "巢箱研究"},
            },
        },
        "pageStart": "487",
        "pageEnd": "491",
        "identifier": [{"@type": "PropertyValue", "propertyID": "DOI", "value": "10.5555/cjn.2019.07.002"}],
    }


def test_schema_org_names_people_in_reading_order() -> None:
    authors = schema_org(PARTICLE, PAGE)["author"]
    assert authors[0]["name"] == "S. A. van den Broek"
    assert authors[0]["familyName"] == "van den Broek"
    assert authors[1]["name"] == "P. Z. Peebles Jr"


def test_schema_org_reflects_a_retraction() -> None:
    node = schema_org(RETRACTED, PAGE)
    assert node["name"] == "RETRACTED: Boxes that heal"
    assert node["creativeWorkStatus"] == "Retracted"
    assert node["correction"] == "Ornis. 2012;20(1):3"
    assert "creativeWorkStatus" not in schema_org(CHECKED, PAGE)


def test_schema_org_gives_runs_of_pages_as_pagination() -> None:
    assert schema_org(RUNS_OF_PAGES, PAGE)["pagination"] == "146-149, 278-279"


# --- The whole bibliography of the site


@pytest.fixture(scope="module")
def site_references() -> Bibliography:
    bibliography, problems = load_bibliography(ROOT / "references.bib", ROOT)
    assert problems == []
    return bibliography


@pytest.mark.site
def test_every_reference_of_the_site_goes_through_all_formats(site_references: Bibliography) -> None:
    refs = [without_places(ref) for ref in site_references]
    assert reread_bibtex([ref for ref in refs if not ref.status]) == [ref for ref in refs if not ref.status]
    records = reread_ris(refs)
    assert [record["id"] for record in records] == [ref.citekey for ref in refs]
    assert [len(record.get("authors", [])) for record in records] == [len(ref.authors) for ref in refs]
    assert [record.get("doi", "") for record in records] == [ref.doi for ref in refs]
    items = reread_csl(refs)
    assert [csl_violations(item) for item in items] == [[] for _ in refs]
    for ref in refs:
        assert dict(zotero_reads(format_coins(ref)))["ctx_ver"] == "Z39.88-2004"
        assert dict(highwire_tags(ref))["citation_title"].endswith(ref.title.plain)
        assert json.loads(json.dumps(schema_org(ref, PAGE)))["name"].endswith(ref.title.plain)


@pytest.mark.site
def test_the_site_exports_its_bibliography_as_it_is_written(site_references: Bibliography) -> None:
    written = (ROOT / "references.bib").read_text(encoding="utf-8").splitlines()
    exported = format_bibtex(site_references).splitlines()
    # Greek letters stand in formulas in the file and as letters in the export.
    fields = {line for line in written if line.startswith(("  ", "@")) and "$" not in line}
    assert fields - set(exported) == set()


def test_every_record_of_the_site_is_read_alike_by_an_independent_reader_of_csl_json() -> None:
    bibliography, _ = load_bibliography(ROOT / "references.bib", ROOT)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # citeproc-py says which of the standard's fields it has no use for
        source = CiteProcJSON(json.loads(format_csl_json(bibliography.references)))
    assert set(source) == set(bibliography.by_citekey)
    for ref in bibliography:
        read = source[ref.citekey]
        assert re.sub(r"<[^>]+>", "", str(read["title"])) == ref.title.plain
        assert str(read.get("DOI", "")) == ref.doi
        assert str(read.get("page", "")).replace("–", "-") == ref.pages
        assert len(read["author"]) == len(ref.authors)
        assert read["issued"]["year"] == ref.year
