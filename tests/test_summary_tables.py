"""Summary tables: what readers get of a view, in both languages, from invented tea cultivars."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.locales import Labels, load_labels
from macros.records import Collection, Column, Part, Value, check_record_references, load_collections
from macros.site import Site
from macros.summary_tables import SummaryTable, build_table, render_table
from macros.values import format_number, format_range, sort_number

HERE = Path(__file__).parent
ROOT = HERE.parent
LOCALES = ("zh", "en")

Render = Callable[..., str]


@pytest.fixture(scope="module")
def labels() -> Labels:
    loaded, problems = load_labels([ROOT / "macros" / "labels.yml"], ROOT, LOCALES)
    assert problems == []
    return loaded


@pytest.fixture(scope="module")
def tea() -> Collection:
    collections, problems = load_collections(HERE / "collections", HERE, LOCALES)
    assert problems == []
    return collections["tea"]


@pytest.fixture
def render(tea: Collection, labels: Labels) -> Render:
    def make(view: str, locale: str, **changes: Callable[..., str | None]) -> str:
        links: dict[str, Callable[..., str | None]] = {
            "url_for_reference": lambda citekey: f"../references/{citekey}/",
            "url_for_place": lambda place: f"#{place}" if place.startswith("ito2019") else None,
        }
        return render_table(build_table(tea, view, locale, labels), labels, **(links | changes))

    return make


def texts(table: SummaryTable) -> dict[str, list[str]]:
    return {row.header.text: [cell.text for cell in row.cells] for row in table.rows}


# --- numbers and words


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (56, "56"),
        (16.1, "16.1"),
        (73.0, "73.0"),
        (99999, "99999"),
        (100000, "1×10⁵"),
        (1e8, "1×10⁸"),
        (2.5e6, "2.5×10⁶"),
        (123456, "123456"),
        (1e-4, "1×10⁻⁴"),
        (0.04, "0.04"),
        (-5.17, "−5.17"),
        (12345678.5, "12345678.5"),
    ],
)
def test_a_number_keeps_its_digits(number: float, text: str) -> None:
    assert format_number(number) == text


@given(st.one_of(st.integers(-(10**15), 10**15), st.floats(-1e15, 1e15)))
def test_a_printed_number_can_be_read_back_exactly(number: float) -> None:
    text = format_number(number).replace("−", "-")
    mantissa, _, power = text.partition("×10")
    exponent = power.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")) or "0"
    assert float(f"{mantissa}e{exponent}") == number


@pytest.mark.parametrize(
    ("least", "most", "zh", "en"),
    [
        (1e5, 10e5, "1×10⁵～10×10⁵", "1×10⁵ to 10×10⁵"),
        (13, 75, "13～75", "13 to 75"),
        (-5.17, -1.67, "−5.17 至 −1.67", "−5.17 to −1.67"),
        (50, 200000, "50～2×10⁵", "50 to 2×10⁵"),
    ],
)
def test_a_range_repeats_the_power_of_its_lower_end(
    least: float, most: float, zh: str, en: str, labels: Labels
) -> None:
    assert format_range(least, most, "zh", labels) == zh
    assert format_range(least, most, "en", labels) == en


def test_both_languages_print_the_same_digits(tea: Collection, labels: Labels) -> None:
    for view in tea.views:
        zh, en = (build_table(tea, view, locale, labels) for locale in LOCALES)
        assert len(zh.rows) == len(en.rows)
        for ours, theirs in zip(zh.rows, en.rows, strict=True):
            for cell, other in zip(ours.cells, theirs.cells, strict=True):
                assert re.findall(r"[\d.⁰¹²³⁴⁵⁶⁷⁸⁹]+", cell.text) == re.findall(
                    r"[\d.⁰¹²³⁴⁵⁶⁷⁸⁹]+", other.text
                )
                assert (cell.sort_key, cell.sort_group, cell.missing) == (
                    other.sort_key,
                    other.sort_group,
                    other.missing,
                )


def test_cells_speak_the_language_of_the_page(tea: Collection, labels: Labels) -> None:
    zh = texts(build_table(tea, "overview", "zh", labels))
    en = texts(build_table(tea, "overview", "en", labels))
    assert zh["薮北"][2:5] == ["海苔或板栗", "219\u00a0丛", "1×10⁵～10×10⁵\u00a0克"]
    assert en["Yabukita"][2:5] == ["seaweed or chestnut", "219\u00a0bushes", "1×10⁵ to 10×10⁵\u00a0grams"]


def test_a_unit_is_singular_beside_one(tea: Collection, labels: Labels) -> None:
    rows = texts(build_table(tea, "overview", "en", labels))
    assert next(row for name, row in rows.items() if "Keemun" in name)[3] == "1\u00a0bush"


def test_missing_codes_are_printed_with_their_meaning_and_never_blank(
    tea: Collection, labels: Labels
) -> None:
    zh = texts(build_table(tea, "overview", "zh", labels))
    en = texts(build_table(tea, "overview", "en", labels))
    assert zh["龙井"][3] == "NR 未报告"
    assert en["Longjing"][3] == "NR not reported"
    assert zh["薮北"][1] == "NX 未提取"
    assert all(text for row in (*zh.values(), *en.values()) for text in row)


def test_a_compound_value_joins_what_is_stated(tea: Collection, labels: Labels) -> None:
    zh = texts(build_table(tea, "overview", "zh", labels))
    en = texts(build_table(tea, "overview", "en", labels))
    assert zh["薮北"][5] == "甘：70\u00a0℃，1\u00a0分钟; 苦：90～95.5\u00a0℃，10\u00a0秒"
    assert en["Yabukita"][5] == "sweet: 70\u00a0℃, 1\u00a0minute; bitter: 90 to 95.5\u00a0℃, 10\u00a0seconds"
    assert zh["祁门"][5] == "UC 原文不清"


# --- rows


def test_rows_are_ordered_by_value_not_by_text_and_missing_ones_come_last(
    tea: Collection, labels: Labels
) -> None:
    descending = build_table(tea, "overview", "zh", labels)
    assert [row.record_id for row in descending.rows] == ["yabukita", "longjing", "qimen"]
    ascending = build_table(tea, "by-colour", "zh", labels)
    assert [row.record_id for row in ascending.rows] == ["longjing", "yabukita"]


def test_a_filter_leaves_out_records_that_do_not_state_what_it_asks(tea: Collection, labels: Labels) -> None:
    rows = build_table(tea, "chestnut-only", "en", labels).rows
    assert [row.record_id for row in rows] == ["longjing", "yabukita"]


@pytest.mark.parametrize(
    ("locale", "alone", "named"),
    [("zh", "<0.05", "P<0.05"), ("en", "<\u00a00.05", "P\u00a0<\u00a00.05")],
)
def test_a_sign_of_comparison_is_set_off_as_in_the_prose_of_its_language(
    tea: Collection, labels: Labels, locale: str, alone: str, named: str
) -> None:
    yabukita = tea.records["yabukita"]
    bushes = {"shaded": {"value": "<0.05", "src": "ito2019/2-p2"}}
    tested = replace(yabukita, values={**yabukita.values, "bushes": bushes})
    columns = (
        tea.views["choices"].columns[0],
        Column(field="bushes.shaded", header={}),
        Column(field="bushes", header={}, parts=(Part(field="shaded", before={"zh": "P", "en": "P"}),)),
    )
    view = replace(tea.views["choices"], columns=columns, filters=())
    changed = replace(tea, records={"yabukita": tested}, views={"choices": view})
    (row,) = build_table(changed, "choices", locale, labels).rows
    assert [cell.text for cell in row.cells] == [alone, named]


@pytest.mark.parametrize(("unit", "text"), [("second", "9\u00a0秒后 10\u00a0秒"), (None, "9 后 10\u00a0秒")])
def test_a_word_of_a_view_has_a_space_beside_latin_writing_and_none_beside_han(
    tea: Collection, labels: Labels, unit: str | None, text: str
) -> None:
    yabukita = tea.records["yabukita"]
    steep = {"temperature": {"value": 9, "unit": unit}, "time": {"value": 10, "unit": "second"}}
    tested = replace(yabukita, values={**yabukita.values, "steeps": {"second": steep}})
    parts = (Part(field="temperature"), Part(field="time", between={"zh": "后 "}))
    columns = (tea.views["choices"].columns[0], Column(field="steeps", header={}, parts=parts))
    view = replace(tea.views["choices"], columns=columns, filters=())
    changed = replace(tea, records={"yabukita": tested}, views={"choices": view})
    (row,) = build_table(changed, "choices", "zh", labels).rows
    assert [cell.text for cell in row.cells] == [text]


def test_groups_have_the_words_of_their_vocabulary(tea: Collection, labels: Labels) -> None:
    assert [group.header for group in build_table(tea, "by-colour", "zh", labels).groups] == ["绿茶"]


def test_a_view_can_make_a_row_of_each_part(tea: Collection, labels: Labels) -> None:
    table = build_table(tea, "steeps", "en", labels)
    assert [(row.record_id, row.cells[2].text) for row in table.rows] == [
        ("yabukita", "10\u00a0seconds"),
        ("yabukita", "1\u00a0minute"),
        ("longjing", "NR not reported"),
        ("qimen", "NR not reported"),
    ]


def test_numbers_sort_in_their_base_unit(tea: Collection, labels: Labels) -> None:
    table = build_table(tea, "overview", "en", labels)
    keys = {row.record_id: (row.cells[4].sort_key, row.cells[4].sort_group) for row in table.rows}
    assert keys == {"yabukita": ("100000", "gram"), "longjing": ("2500", "gram"), "qimen": ("", "")}


def test_a_conflict_is_marked_in_the_columns_of_both_layers_and_told_in_a_note(
    tea: Collection, labels: Labels
) -> None:
    table = build_table(tea, "overview", "en", labels)
    longjing = next(row for row in table.rows if row.record_id == "longjing")
    assert [bool(cell.conflicts) for cell in longjing.cells] == [True, True, False, False, False, False]
    assert longjing.cells[0].conflicts[0].id == "longjing-colour"
    assert "Longjing, Kind of tea: green; Title: white" in table.notes


# --- HTML


def test_a_table_is_well_formed_and_has_the_structure_that_screen_readers_need(render: Render) -> None:
    root = ElementTree.fromstring(render("overview", "en"))
    wrapper = root.find("div[@class='table-wrapper']")
    assert wrapper is not None
    table = wrapper.find("table")
    assert table is not None
    caption = table.find("caption")
    assert caption is not None
    assert caption.text == "Three cultivars"
    assert wrapper.attrib == {
        "class": "table-wrapper",
        "tabindex": "0",
        "role": "region",
        "aria-labelledby": caption.get("id"),
    }
    assert [head.get("scope") for head in table.findall("thead/tr/th")] == ["col"] * 7
    for row in table.findall("tbody/tr"):
        assert [cell.tag for cell in row] == ["th", *["td"] * 6]
        assert row[0].get("scope") == "row"


def test_a_group_is_headed_for_all_its_columns(render: Render) -> None:
    root = ElementTree.fromstring(render("by-colour", "en"))
    head = root.find(".//tbody/tr[@class='row-group']/th")
    assert head is not None
    assert (head.get("scope"), head.get("colspan"), head.text) == ("rowgroup", "3", "green")


def test_the_row_head_leads_to_the_reference_and_each_value_to_its_place(render: Render) -> None:
    root = ElementTree.fromstring(render("overview", "en"))
    row = root.find(".//tr[@data-record='yabukita']")
    assert row is not None
    assert row.findall("th/a")[0].get("href") == "../references/ito2019/"
    assert [(a.text, a.get("href")) for a in row.findall("td/a")][:2] == [
        ("green", "#ito2019/2-p1"),
        ("seaweed or chestnut", "#ito2019/2-p1"),
    ]


def test_a_place_that_no_page_renders_is_kept_without_a_link(render: Render) -> None:
    html = render("overview", "en")
    assert '<span data-place="wang2021/1-p1">chestnut</span>' in html


def test_a_title_leads_to_the_page_of_its_reference(render: Render) -> None:
    html = render("overview", "en")
    assert (
        '<a class="source-place" href="../references/wang2021/" data-place="wang2021/title">white</a>' in html
    )


def test_a_conflict_leads_to_its_note_until_a_page_discusses_it(render: Render) -> None:
    def discussed(collection: str, record_id: str) -> str:
        return f"/{collection}/{record_id}/"

    assert 'class="conflict" href="#table-tea-overview-note-' in render("overview", "en")
    assert 'class="conflict" href="/disputes/longjing-colour/"' in render(
        "overview", "en", url_for_record=discussed
    )


def test_every_missing_code_in_a_table_is_explained_beneath_it_and_no_other(render: Render) -> None:
    root = ElementTree.fromstring(render("overview", "zh"))
    legend = root.find("p[@class='table-legend']")
    assert legend is not None
    explained = [span.text for span in legend.findall("span[@class='missing']")]
    assert explained == ["NR 未报告", "UC 原文不清", "NX 未提取"]
    assert "abbr" not in render("overview", "zh")


def test_a_derived_value_is_marked(render: Render) -> None:
    assert '<span data-place="ito2019/2-p2">111\u00a0丛</span><span class="basis">（推算）</span>' in render(
        "by-colour", "zh", url_for_place=lambda _: None
    )


def test_a_note_of_a_value_stands_beneath_the_table(render: Render) -> None:
    root = ElementTree.fromstring(render("overview", "en"))
    notes = {item.get("id"): item.text for item in root.findall("ol[@class='table-notes']/li")}
    marks = [a.get("href", "")[1:] for a in root.findall(".//sup/a")]
    assert [notes[mark] for mark in marks] == ["The source says “near boiling”."]


def test_nothing_in_a_record_becomes_markup(render: Render) -> None:
    html = render("overview", "en")
    assert "&lt;b&gt;Qimen&lt;/b&gt; &amp; &#34;Keemun&#34;" in html
    assert "<b>" not in html


class _Attributes(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.names |= {name for name, _ in attrs}


def test_a_table_brings_no_style_and_no_script(render: Render) -> None:
    parser = _Attributes()
    parser.feed(render("overview", "en"))
    assert not parser.tags & {"script", "style", "iframe"}
    assert not {name for name in parser.names if name == "style" or name.startswith("on")}


@pytest.mark.parametrize("view", ["overview", "by-colour", "steeps"])
def test_markdown_passes_a_table_on_as_it_is(view: str, render: Render) -> None:
    html = render(view, "zh")
    assert "\n\n" not in html
    extensions = ["attr_list", "tables", "sane_lists", "md_in_html", "admonition"]
    page = markdown.markdown(f"Before.\n\n{html}\n\nAfter.", extensions=extensions)
    assert page.split() == ["<p>Before.</p>", *html.split(), "<p>After.</p>"]
    assert html in page


# --- the real data


@pytest.mark.site
def test_the_studies_of_liver_failure_say_what_the_source_says(labels: Labels) -> None:
    """Numbers copied by hand from section 3.1 of source 004, lines 65 to 69."""
    collections, problems = load_collections(ROOT / "data", ROOT, LOCALES)
    assert problems == []
    studies = collections["studies"]
    table = build_table(studies, "liver-failure", "zh", labels)
    assert [(row.record_id, studies.records[row.record_id].values["cited_as"]) for row in table.rows] == [
        ("salama2014", 27),
        ("salama2010", 28),
        ("garg2012", 29),
        ("amer2011", 30),
        ("peng2011", 31),
        ("lin2017", 32),
        ("li2016", 33),
    ]

    def said(record: str, path: str) -> list[object]:
        return [value.content for value in studies.find(studies.records[record], path)]

    assert said("lin2017", "n.treated") == [56]
    assert said("lin2017", "dose") == [{"min": 100000, "max": 1000000}]
    assert said("lin2017", "interval") == [1]
    assert said("lin2017", "treatment_duration") == [4]
    assert said("lin2017", "follow_up.time") == [24]
    assert said("lin2017", "outcomes.treated") == ["NR", "NR", 16.1, 73.2]
    assert said("lin2017", "outcomes.control") == ["NR", "NR", 33.3, 55.6]
    assert said("lin2017", "outcomes.p") == ["NR", "NR", "=0.04", "=0.03"]
    assert said("lin2017", "n.total") == said("lin2017", "n.control") == said("lin2017", "route") == ["NR"]
    assert said("salama2014", "outcomes.treated") == [54]
    assert said("salama2014", "follow_up.time") == [26]
    assert said("salama2010", "n.treated") == [48]
    assert said("salama2010", "cells") != said("salama2010", "title_says.cells")
    assert said("amer2011", "follow_up.time") == [6]
    assert said("amer2011", "indication") == ["NR"]
    assert said("peng2011", "outcomes.timepoint") == [48, 48, 48]
    assert said("li2016", "n.treated") == [11]
    assert said("li2016", "dose") == [100000000]
    assert said("li2016", "follow_up.time") == [4, 24]
    assert said("li2016", "cointerventions") == ["NR"]
    assert said("li2016", "title_says.cointerventions") == [["plasma_exchange", "entecavir"]]


@pytest.mark.site
def test_every_reference_of_a_study_is_in_the_bibliography() -> None:
    collections, _ = load_collections(ROOT / "data", ROOT, LOCALES)
    citekeys = set(re.findall(r"^@\w+\{([^,]+),", (ROOT / "references.bib").read_text("utf-8"), re.MULTILINE))
    assert list(check_record_references(collections, citekeys)) == []


HAN = "\u4e00-\u9fff"
SLIPS = re.compile(
    rf"[{HAN}][A-Za-z0-9]|[A-Za-z0-9%⁺][{HAN}]"  # no space between Han and Latin
    rf"|[{HAN}][ \u00a0]+[{HAN}]|[ \u00a0]{{2}}"
    r"|[ \u00a0][,;:.)，。；：）]|[(，。；：（][ \u00a0]"
    r"|[,;:，。；：]{2}|\.\.|\(\)|（）"
)
QUOTED = re.compile("“[^”]*”")
"""Sources are quoted as they print it."""


@pytest.mark.site
@pytest.mark.parametrize("locale", LOCALES)
def test_no_cell_of_the_site_has_a_space_too_many_or_too_few(real_site: Site, locale: str) -> None:
    texts = {
        "".join(segment.text for segment in item)
        for collection in real_site.collections.values()
        for view in collection.views
        for row in build_table(collection, view, locale, real_site.labels).rows
        for cell in (row.header, *row.cells)
        for item in cell.items
    }
    assert len(texts) > 1000
    assert [text for text in texts if SLIPS.search(QUOTED.sub("“”", text))] == []


# --- filters and order in the browser


def choices(table: SummaryTable) -> dict[str, list[tuple[str, str, int]]]:
    return {
        known.label: [(choice.code, choice.label, choice.count) for choice in offered]
        for known, offered in table.choices()
    }


def test_a_filter_offers_the_codes_that_occur_in_the_order_of_the_schema_and_missing_ones_last(
    tea: Collection, labels: Labels
) -> None:
    """Counted by hand in the three records; the aroma of Yabukita has two codes."""
    assert choices(build_table(tea, "choices", "en", labels)) == {
        "Kind of tea": [("green", "green", 2), ("black", "black", 1)],
        "Scent": [("chestnut", "chestnut", 2), ("seaweed", "seaweed", 1), ("NR", "NR not reported", 1)],
        "Steeping": [
            ("sweet", "sweet", 1),
            ("bitter", "bitter", 1),
            ("NR", "NR not reported", 1),
            ("UC", "UC unclear in the source", 1),
        ],
        "According to the title": [("white", "white", 1), ("NX", "NX not yet extracted", 2)],
    }


def test_filters_speak_the_language_of_the_page_over_the_same_codes(tea: Collection, labels: Labels) -> None:
    zh, en = (build_table(tea, "choices", locale, labels) for locale in LOCALES)
    assert list(choices(zh)) == ["茶类", "香型", "冲泡评价", "题目所称"]
    assert choices(zh)["香型"] == [("chestnut", "板栗", 2), ("seaweed", "海苔", 1), ("NR", "NR 未报告", 1)]
    assert [row.codes for row in zh.rows] == [row.codes for row in en.rows]


def test_a_filter_that_would_not_tell_rows_apart_is_not_offered(tea: Collection, labels: Labels) -> None:
    table = build_table(tea, "choices", "en", labels)
    (group,) = table.groups
    all_green = replace(group, rows=tuple(row for row in group.rows if row.codes["colour"] == ("green",)))
    one_record = replace(group, rows=all_green.rows[1:] * 2)
    assert list(choices(replace(table, groups=(all_green,)))) == [
        "Scent",
        "Steeping",
        "According to the title",
    ]
    assert choices(replace(table, groups=(one_record,))) == {}


def test_rows_of_parts_are_filtered_by_their_own_codes(tea: Collection, labels: Labels) -> None:
    each = replace(tea.views["steeps"], filters=tea.views["choices"].filters)
    table = build_table(replace(tea, views={"steeps": each}), "steeps", "en", labels)
    assert [row.codes["steeps.verdict"] for row in table.rows] == [("bitter",), ("sweet",), ("NR",), ("UC",)]
    assert [row.codes["colour"] for row in table.rows] == [("green",), ("green",), ("green",), ("black",)]


def test_cells_carry_what_they_are_sorted_by_and_what_they_may_be_compared_with(
    tea: Collection, labels: Labels
) -> None:
    """Codes by their place in the schema (seaweed is the third), numbers in the base unit, 1 minute as 60 s.

    A part of a compound value is only compared with the same part: shaded bushes are not all bushes.
    """
    table = build_table(tea, "choices", "zh", labels)
    keys = {
        row.record_id: [(cell.sort_key, cell.sort_group, cell.missing) for cell in row.cells]
        for row in table.rows
    }
    assert keys["yabukita"] == [
        ("2", "", ""),
        ("70", "temperature degree", ""),
        ("60", "time second", ""),
        ("-1", "", ""),
        ("108", "shaded bush", ""),
    ]
    assert [missing for _, _, missing in keys["qimen"]] == ["NR", "NR", "NR", "NX", "NR"]
    assert {row.header.sort_key for row in table.rows} == {""}


def test_a_bound_stands_at_its_number_and_no_comes_before_yes() -> None:
    def number(content: object) -> str:
        return sort_number(Value(path=(), field=None, raw=content))

    assert [number(text) for text in ("<0.001", "=0.04", "≥.5", "> 12")] == ["0.001", "0.04", "0.5", "12"]
    assert [number(text) for text in ("3.10", "Yabukita", "<", "1/2", "")] == [""] * 5
    assert Decimal(number(False)) < Decimal(number(True))


def test_columns_of_one_field_have_names_of_their_own_in_addresses(tea: Collection, labels: Labels) -> None:
    keys = [header.key for header in build_table(tea, "choices", "zh", labels).headers]
    assert keys == ["name", "aroma", "steeps", "steeps.2", "organic", "bushes"]


def test_the_form_waits_for_the_script_and_labels_every_choice(render: Render) -> None:
    root = ElementTree.fromstring(render("choices", "en"))
    form = root.find("form")
    assert form is not None
    assert (form.get("hidden"), form.get("aria-label"), form.get("data-search")) == (
        "",
        "Filter: To choose from",
        "skip",
    )
    selects = {(label.text or "").strip(): label.find("select") for label in form.findall("label")}
    assert list(selects) == ["Kind of tea", "Scent", "Steeping", "According to the title"]
    kind = selects["Kind of tea"]
    assert kind is not None
    assert [(option.get("value"), option.text) for option in kind] == [
        ("", "all (3)"),
        ("green", "green (2)"),
        ("black", "black (1)"),
    ]
    assert not root.findall(".//th/button")
    assert not [element for element in root.iter("tr") if "hidden" in element.attrib]


def test_a_row_carries_its_codes_whatever_characters_they_have(
    render: Render, tea: Collection, labels: Labels
) -> None:
    root = ElementTree.fromstring(render("choices", "en"))
    row = root.find(".//tr[@data-record='yabukita']")
    assert row is not None
    assert json.loads(row.get("data-filters", "")) == {
        "colour": ["green"],
        "aroma": ["seaweed", "chestnut"],
        "steeps.verdict": ["sweet", "bitter"],
        "title_says.colour": ["NX"],
    }
    table = build_table(tea, "choices", "en", labels)
    odd = {'it\'s <b>"odd"</b> & 茶': ("a'b\" c",)}
    rows = tuple(replace(row, codes=odd) for row in table.rows)
    html = render_table(
        replace(table, groups=(replace(table.groups[0], rows=rows),), filters=()),
        labels,
        url_for_reference=lambda _: None,
        url_for_place=lambda _: None,
    )
    written = [row.get("data-filters", "") for row in ElementTree.fromstring(html).iter("tr")][1:]
    assert [json.loads(text) for text in written] == [{key: list(codes) for key, codes in odd.items()}] * 3


def test_a_table_of_one_row_has_nothing_to_choose_or_to_sort(
    render: Render, tea: Collection, labels: Labels
) -> None:
    assert "<form" in render("overview", "zh")
    view = replace(tea.views["choices"], filter="id == 'qimen'")
    table = build_table(replace(tea, views={"one": view}), "one", "zh", labels)
    html = render_table(table, labels, url_for_reference=lambda _: None, url_for_place=lambda _: None)
    assert "<form" not in html


def test_a_filter_is_not_called_as_addresses_call_the_order(tmp_path: Path) -> None:
    shutil.copytree(HERE / "collections", tmp_path / "data")
    for name, old, new in (("schema", "  aroma:", "  sort:"), ("views", "    - aroma\n", "    - sort\n")):
        file = tmp_path / "data" / "tea" / f"{name}.yml"
        file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
    _, problems = load_collections(tmp_path / "data", tmp_path, LOCALES)
    assert "choices: no filter more can be called “sort”" in {problem.message for problem in problems}
