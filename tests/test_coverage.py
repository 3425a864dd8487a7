"""Coverage: what a source prints is on the pages of every language, or its map says what is not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.checks import run_checks
from macros.checks.coverage import check_source_places_exist, check_sources_are_covered
from macros.coverage_table import BlockLink, coverage_tables
from macros.numbers_in_text import NumberWords, find_amounts, find_missing_figures
from macros.page_macros import check_call
from macros.problems import Problem
from macros.records import load_collections
from macros.render_context import RenderContext
from macros.rendering import render_page
from macros.site import Site
from macros.source_maps import read_source_maps

ROOT = Path(__file__).resolve().parents[1]

SCHEMA = """\
x-title: {zh: 来源, en: Sources}
x-role: source-map
type: object
properties:
  name: {x-title: {zh: 称呼, en: Name}, x-localized: true}
  sections:
    x-title: {zh: 节, en: Sections}
    type: array
    items:
      type: object
      properties:
        title: {x-title: {zh: 题目, en: Title}, x-localized: true}
        places:
          x-title: {zh: 位置, en: Places}
          type: array
          items:
            type: object
            properties:
              id: {x-title: {zh: 位置, en: Place}, type: string}
              citations: {x-title: {zh: 文献, en: References}, type: array, x-refers-to: references}
              figures: {x-title: {zh: 数字, en: Figures}, type: array}
"""

MAP = """\
name: {zh: 茶书, en: The book of tea}
sections:
  - title: {zh: 采茶, en: Picking}
    places:
      - id: 1-p1
        citations: [oolong2019, matcha2020]
        figures: [56 leaves, 16.1 %, 1×10⁵–10×10⁵ /kg, P=0.04]
      - id: 1-p2
"""

ZH = """\
---
title: 茶
description: 茶
---
# 茶 {#top}

## 采茶 {#picking}

共采 56 片[@oolong2019]，其中 16.1% 是嫩芽。
{: src="teabook/1-p1" }

- 每公斤（1～10）×10⁵ 片[@matcha2020]，P＝0.04。
{: src="teabook/1-p1" }
- 采后晾干。
{: src="teabook/1-p2" }
"""

EN = """\
---
title: Tea
description: Tea
---
# Tea {#top}

## Picking {#picking}

Of 56 leaves[@oolong2019] 16.1 % were buds.
{: src="teabook/1-p1" }

- Per kilogram 1×10⁵ to 10×10⁵ leaves (*P* = 0.04).[@matcha2020]
{: src="teabook/1-p1" }
- They dry after picking.
{: src="teabook/1-p2" }
"""

TeaMaker = Callable[..., Site]


@pytest.fixture
def make_tea(make_site: Callable[..., Site], tmp_path: Path) -> TeaMaker:
    """A function (zh=…, en=…, source_map=…, others={file: text}) → a site with one source and its map."""

    def make(
        zh: str = ZH, en: str = EN, source_map: str = MAP, others: Mapping[str, str] | None = None
    ) -> Site:
        files = {
            "data/sources/schema.yml": SCHEMA,
            "data/sources/records/teabook.yml": source_map,
            **(others or {}),
        }
        for name, text in files.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text, "utf-8")
        collections, problems = load_collections(tmp_path / "data", tmp_path, ("zh", "en"))
        assert not problems
        return replace(make_site({"zh/tea": zh, "en/tea": en}), collections=collections)

    return make


def said(problems: list[Problem]) -> list[tuple[str, int, str]]:
    return [(problem.file, problem.line, problem.message) for problem in problems]


def gaps(site: Site) -> list[tuple[str, int, str]]:
    return said(list(check_sources_are_covered(site)))


FILE = "data/sources/records/teabook.yml"


def test_a_source_rendered_in_both_languages_has_no_gaps(make_tea: TeaMaker) -> None:
    site = make_tea()
    assert gaps(site) == []
    assert list(check_source_places_exist(site)) == []


def test_a_place_that_no_block_renders_is_reported_at_its_line_in_the_map(make_tea: TeaMaker) -> None:
    en = EN.replace('{: src="teabook/1-p2" }', "")
    (problem,) = check_sources_are_covered(make_tea(en=en))
    assert (problem.file, problem.line, problem.rule) == (FILE, 8, "source-is-covered")
    assert problem.message == "teabook/1-p2 in English: no block renders it"
    assert '{: src="teabook/1-p2" }' in problem.hint


def test_a_citation_that_only_another_place_has_is_missing(make_tea: TeaMaker) -> None:
    zh = ZH.replace("[@matcha2020]", "").replace("采后晾干", "采后晾干[@matcha2020]")
    (problem,) = check_sources_are_covered(make_tea(zh=zh))
    assert (problem.file, problem.line) == (FILE, 6)
    assert "中文" in problem.message
    assert "“matcha2020”" in problem.message
    assert problem.hint == "its blocks: docs/zh/tea.md:9, docs/zh/tea.md:12"


def test_a_reference_cited_twice_by_the_source_is_cited_twice(make_tea: TeaMaker) -> None:
    source_map = MAP.replace("[oolong2019, matcha2020]", "[oolong2019, matcha2020, oolong2019]")
    assert [line for _, line, _ in gaps(make_tea(source_map=source_map))] == [6, 6]
    twice = EN.replace("[@matcha2020]", "[@matcha2020; @oolong2019]")
    zh_only = gaps(make_tea(en=twice, source_map=source_map))
    assert [message.partition(":")[0] for _, _, message in zh_only] == ["teabook/1-p1 in 中文"]


def test_either_entry_of_a_translation_pair_counts_as_the_reference(make_tea: TeaMaker) -> None:
    source_map = MAP.replace("matcha2020", "puer2021")
    site = make_tea(
        zh=ZH.replace("matcha2020", "puer2021"),
        en=EN.replace("matcha2020", "puer2021-en"),
        source_map=source_map,
    )
    assert gaps(site) == []


@pytest.mark.parametrize(
    ("written", "instead", "figure"),
    [
        ("16.1 %", "most", "16.1 %"),
        ("16.1 %", "16.1", "16.1 %"),
        ("16.1 %", "1.61 %", "16.1 %"),
        ("Of 56", "Of 65", "56 leaves"),
        ("10×10⁵", "10×10⁶", "1×10⁵–10×10⁵ /kg"),
        ("*P* = 0.04", "*P* = 0.041", "P=0.04"),
    ],
)
def test_a_figure_that_does_not_stand_in_the_blocks_is_missing(
    make_tea: TeaMaker, written: str, instead: str, figure: str
) -> None:
    (problem,) = check_sources_are_covered(make_tea(en=EN.replace(written, instead)))
    assert f"teabook/1-p1 in English: its blocks do not print “{figure}”" in problem.message
    assert problem.line == 7


def test_a_figure_in_a_block_of_another_place_does_not_count(make_tea: TeaMaker) -> None:
    en = EN.replace("Of 56 leaves", "Of the leaves").replace("They dry", "56 of them dry")
    assert ["“56 leaves”" in message for _, _, message in gaps(make_tea(en=en))] == [True]


def test_a_figure_printed_by_a_macro_counts(make_tea: TeaMaker) -> None:
    harvest = """\
x-title: {zh: 收成, en: Harvests}
type: object
properties:
  leaves:
    x-title: {zh: 片数, en: Leaves}
    type: object
    properties: {value: {type: integer}, unit: {type: string}, src: {type: string}}
"""
    others = {
        "data/harvests/schema.yml": harvest,
        "data/harvests/records/spring.yml": "leaves: {value: 56, unit: leaf, src: teabook/1-p1}\n",
    }
    en = EN.replace("Of 56 leaves", 'Of {{ value("harvests", "spring", "leaves") }} leaves')
    assert gaps(make_tea(en=en, others=others)) == []


def test_an_unknown_place_is_reported_on_the_page_with_what_was_probably_meant(make_tea: TeaMaker) -> None:
    en = EN + '\nMore.\n{: src="teabook/1-p22" }\n'
    (problem,) = check_source_places_exist(make_tea(en=en))
    assert (problem.file, problem.line, problem.rule) == ("docs/en/tea.md", 18, "source-place-exists")
    assert problem.hint == 'did you mean "teabook/1-p2"?'


def test_an_unknown_place_of_a_value_is_reported_once_in_its_record(make_tea: TeaMaker) -> None:
    harvest = """\
x-title: {zh: 收成, en: Harvests}
type: object
properties:
  leaves: {x-title: {zh: 片数, en: Leaves}, type: object}
  buds: {x-title: {zh: 芽数, en: Buds}, type: object}
  title: {x-title: {zh: 题目, en: Title}, type: object}
"""
    record = """\
leaves: {value: 56, unit: leaf, src: teabook/1-p3}
buds: {value: 9, unit: bud, src: teabook/1-p3}
title: {value: tea, src: oolong2019/title}
"""
    others = {"data/harvests/schema.yml": harvest, "data/harvests/records/spring.yml": record}
    (problem,) = check_source_places_exist(make_tea(others=others))
    assert (problem.file, problem.line) == ("data/harvests/records/spring.yml", 1)


def test_a_place_that_stands_twice_in_a_map_is_reported(make_tea: TeaMaker) -> None:
    (problem,) = check_source_places_exist(make_tea(source_map=MAP + "      - id: 1-p2\n"))
    assert (problem.file, problem.line, problem.rule) == (FILE, 9, "source-place-is-unique")


def test_a_site_without_source_maps_may_name_any_place(make_site: Callable[..., Site]) -> None:
    site = make_site({"en/tea": EN, "zh/tea": ZH})
    assert not [*check_sources_are_covered(site), *check_source_places_exist(site)]


def test_a_map_with_mistakes_is_read_as_far_as_it_goes(
    make_site: Callable[..., Site], tmp_path: Path
) -> None:
    records = tmp_path / "data" / "sources" / "records"
    records.mkdir(parents=True)
    (records.parent / "schema.yml").write_text(SCHEMA, "utf-8")
    for name, text in {
        "text": "sections: none\n",
        "list": "sections: [one, two]\n",
        "places": "name: 7\nsections:\n  - places: [x, {lines: 3}, {id: 1, citations: x, figures: [7]}]\n",
    }.items():
        (records / f"{name}.yml").write_text(text, "utf-8")
    collections, problems = load_collections(tmp_path / "data", tmp_path, ("zh", "en"))
    assert problems
    site = replace(make_site({"en/tea": EN, "zh/tea": ZH}), collections=collections)
    assert [place.id for source in read_source_maps(collections) for place in source.places] == ["places/1"]
    assert len(gaps(site)) == 2
    assert coverage_tables(RenderContext(site, "en", "en/tea/"))


# Numbers


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        ("56 leaves", "共５６片"),
        ("16.1 %", "１６.１％"),
        ("20 %–30 %", "20–30 %"),
        ("20 %–30 %", "20% to 30%"),
        ("<5 %", "小于 5%"),
        ("10⁵–10⁹", "10^5 to 10^9"),
        ("1×10⁵–10×10⁵ /kg", "(1～10)×10⁵"),
        ("1×10⁵–10×10⁵ /kg", "1–10×10⁵"),
        ("1,500 leaves", "1500"),
        ("−5.17 K", "约−5.17"),
        ("20 (century)", "in the 20th century"),
        ("P=0.04", "(P ＝ 0.04)"),
        ("2023-03-13", "on 2023-03-13."),
        ("39(5):1010-1018", "39(5): 1010-1018"),
        ("2 weeks", "两周"),
        ("2 weeks", "Two weeks"),
        ("0.5 years", "half a year"),
    ],
)
def test_a_figure_is_found_however_it_is_typed(figure: str, text: str) -> None:
    words = NumberWords({"两": Decimal(2), "two": Decimal(2), "half": Decimal("0.5")})
    assert list(find_missing_figures([figure], text, words)) == []


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        ("10 leaves", "Q-10, B10, 10⁵, 10%, 1.10, 100"),
        ("5 %", "15%, 5 leaves, 0.5%"),
        ("1×10⁵–10×10⁵ /kg", "1×10⁵ to 10×10⁶"),
        ("2 weeks", "twenty-two weeks, 十二周, network"),
        ("P=0.04", "P=0.041, 0.04"),
        ("2023-03-13", "2023-03-14, 13"),
        ("5 K", "−5 K"),
    ],
)
def test_a_figure_is_not_found_in_other_numbers_or_in_names(figure: str, text: str) -> None:
    words = NumberWords({"两": Decimal(2), "二": Decimal(2), "十": Decimal(10), "two": Decimal(2)})
    assert list(find_missing_figures([figure], text, words)) == [0]


NO_WORDS = NumberWords({})


def test_a_figure_printed_twice_has_to_stand_twice() -> None:
    figures = ["24 weeks", "24 weeks", "2 teas"]
    assert list(find_missing_figures(figures, "24 weeks, 2 teas", NO_WORDS)) == [1]
    assert list(find_missing_figures(figures, "24 weeks, 2 teas, at 24 weeks", NO_WORDS)) == []


def test_a_date_does_not_also_stand_for_the_year_in_it() -> None:
    assert list(find_missing_figures(["2023", "2023-03-13"], "on 2023-03-13", NO_WORDS)) == [0]


@given(st.text(alphabet="0123456789.,-–~×^⁵⁻%() xPİ=−一二两万", max_size=40))
def test_no_text_is_too_odd_to_be_read(text: str) -> None:
    list(NumberWords({"二": Decimal(2), "six": Decimal(6)}).find(text))
    list(find_missing_figures([text], text, NO_WORDS))


NUMBERS = st.from_regex(r"(0|[1-9][0-9]{0,5})(\.[0-9]{1,3})?", fullmatch=True)


@given(
    NUMBERS,
    NUMBERS,
    st.sampled_from(["{}", "{}–{}", "{} – {}", "<{}"]),
    st.sampled_from(["", "×10⁵", " %", "%", " weeks"]),
)
def test_a_figure_stands_in_a_sentence_that_prints_it(least: str, most: str, form: str, unit: str) -> None:
    figure = form.format(least, most) + unit
    assert list(find_missing_figures([figure], f"共 {figure} of them.", NO_WORDS)) == []


@given(st.integers(min_value=0, max_value=10**9), st.integers(min_value=-9, max_value=9))
def test_powers_of_ten_keep_their_value(number: int, exponent: int) -> None:
    (typed,) = find_amounts(f"{number}×10^{exponent}")
    assert typed.value == Decimal(number) * Decimal(10) ** exponent


# The table for readers


def test_blocks_under_one_heading_are_one_link_to_the_first_of_them(make_tea: TeaMaker) -> None:
    (table,) = coverage_tables(RenderContext(make_tea(), "en", "en/coverage/"))
    first, second = table.groups[0].rows
    assert (table.name, table.groups[0].title) == ("The book of tea", "Picking")
    assert (table.places, table.citations, table.figures, table.blocks) == (2, 2, 4, 3)
    assert first.blocks == (BlockLink(href="../tea/#src-teabook-1-p1", text="Picking", count=2),)
    assert second.blocks == (BlockLink(href="../tea/#src-teabook-1-p2", text="Picking", count=1),)
    assert [(citation.label, citation.href) for citation in first.citations] == [
        ("1", "../references/oolong2019/"),
        ("2", "../references/matcha2020/"),
    ]


def test_the_macro_prints_each_source_in_the_language_of_the_page(make_tea: TeaMaker) -> None:
    call = "\n{{ coverage() }}\n"
    site = make_tea(zh=ZH + call, en=EN + call)
    chinese, english = (render_page(site.pages[locale, "tea"], site) for locale in ("zh", "en"))
    assert '<caption id="coverage-teabook-caption">茶书</caption>' in chinese
    assert '<caption id="coverage-teabook-caption">The book of tea</caption>' in english
    assert '<a href="./#src-teabook-1-p1">Picking</a> (2 paragraphs)' in english


def test_the_macro_without_any_source_map_is_a_mistake(make_site: Callable[..., Site]) -> None:
    site = make_site({"en/tea": EN + "\n{{ coverage() }}\n"})
    (call,) = site.pages["en", "tea"].markup.macro_calls
    assert [mistake.rule for mistake in check_call(call, site)] == ["collection-exists"]


# The real site


@pytest.mark.site
def test_the_real_site_renders_its_five_sources_whole_in_both_languages(real_site: Site) -> None:
    site = real_site
    counted = {
        source.record.id: (
            len(source.places),
            sum(len(place.citations) for place in source.places),
            sum(len(place.figures) for place in source.places),
        )
        for source in read_source_maps(site.collections)
    }
    # Counted in the source texts: [n] marks, and numbers that are not part of a name.
    assert counted == {
        "feng2023": (38, 66, 74),
        "bozorgi2025": (19, 0, 5),
        "zhang2025": (13, 0, 5),
        "exosome-redifferentiation": (18, 0, 0),
        "high-dose-recovery": (18, 0, 0),
    }
    rules = {"source-is-covered", "source-place-exists", "source-place-is-unique"}
    assert [problem for problem in run_checks(site) if problem.rule in rules] == []
