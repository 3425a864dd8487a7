"""Filtering and sorting tables: on invented apples with the script of the site, and on the real site."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from macros.locales import load_labels
from macros.records import load_collections
from macros.summary_tables import build_table, render_table

ROOT = Path(__file__).parents[2]
ASSETS = ROOT / "theme" / "assets"
LOCALES = {"zh": "zh-Hans", "en": "en"}

DEFINITIONS = "$defs:\n  missing: {enum: [NR, NA, UC, NX]}\n"

SCHEMA = """
x-title: {zh: 苹果, en: Apples}
type: object
properties:
  name: {x-title: {zh: 名称, en: Name}, x-localized: true}
  kind:
    x-title: {zh: 颜色, en: Kind}
    enum: [red, green, yellow]
    x-values: {red: {zh: 红, en: <b>red</b>}, green: {zh: 绿, en: green}, yellow: {zh: 黄, en: yellow}}
  soil:
    x-title: {zh: 土壤, en: Soil}
    if: {type: string}
    then: {$ref: "../definitions.yml#/$defs/missing"}
    else:
      type: array
      items: {enum: [clay, sand], x-values: {clay: {zh: 黏土, en: clay}, sand: {zh: 沙土, en: sand}}}
  feed:
    x-title: {zh: 施肥量, en: Feed}
    if: {type: string}
    then: {$ref: "../definitions.yml#/$defs/missing"}
    else:
      type: object
      properties:
        value: true
        unit:
          enum: [gram, kilogram, gram_per_tree]
          x-values:
            gram: {zh: 克, en: g}
            kilogram: {zh: 千克, en: kg}
            gram_per_tree: {zh: 克/株, en: g/tree}
          x-units: {kilogram: {base: gram, factor: 1000}}
"""

VIEWS = """
plain:
  caption: {zh: 全部, en: All apples}
  filters: [kind, soil]
  columns: [name, kind, soil, feed]
grouped:
  caption: {zh: 按颜色, en: Apples by kind}
  group_by: kind
  filters: [soil]
  columns: [name, feed, {field: feed, header: {zh: 再看, en: Feed again}}]
"""

APPLES = {
    "ada": ("阿达", "Ada", "green", "[clay]", "{value: 300, unit: gram}"),
    "bea": ("比亚", "Bea", "red", "[clay, sand]", "{value: 2, unit: kilogram}"),
    "cox": ("考克斯", "Cox", "red", "[sand]", "{value: 5, unit: gram_per_tree}"),
    "dan": ("丹", "Dan", "green", "NR", "NR"),
    "eva": ("伊娃", "Eva", "red", "[clay]", "{value: {min: 40, max: 90}, unit: gram}"),
    "fay": ("菲", "Fay", "yellow", "[sand]", "{value: 20, unit: gram_per_tree}"),
    "gil": ("吉尔", '<img src=x onerror="window.hit = 1">', "green", "[sand]", "UC"),
    "hal": ("哈尔", "Hal", "red", "[clay]", "{value: 1000, unit: gram}"),
}
ALL = list(APPLES)
PLAIN, GROUPED = "table-apples-plain", "table-apples-grouped"

# Worked out by hand from APPLES: grams and kilograms on one scale, grams a tree on another, missing last.
LEAST_FEED_FIRST = ["eva", "ada", "hal", "bea", "cox", "fay", "dan", "gil"]
MOST_FEED_FIRST = ["bea", "hal", "ada", "eva", "fay", "cox", "dan", "gil"]

PAGE = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><title>Apples</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="reference-site.css"><script src="tables.js" defer></script></head>
<body><a href="{other}.html" data-language-link>other language</a><article class="md-typeset">{tables}
<a href="#apple-cox">Cox</a></article></body></html>
"""


@pytest.fixture(scope="session")
def orchard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one page a language, each with two tables, and the real script and styles."""
    folder = tmp_path_factory.mktemp("orchard")
    records = folder / "data" / "apples" / "records"
    records.mkdir(parents=True)
    (folder / "data" / "definitions.yml").write_text(DEFINITIONS, "utf-8")
    (records.parent / "schema.yml").write_text(SCHEMA, "utf-8")
    (records.parent / "views.yml").write_text(VIEWS, "utf-8")
    for name, (zh, en, kind, soil, feed) in APPLES.items():
        text = f"src: orchard/1\nname: {{zh: {zh}, en: '{en}'}}\nkind: {kind}\nsoil: {soil}\nfeed: {feed}\n"
        (records / f"{name}.yml").write_text(text, "utf-8")
    collections, problems = load_collections(folder / "data", folder, list(LOCALES))
    assert problems == []
    labels, problems = load_labels([ROOT / "macros" / "labels.yml"], ROOT, list(LOCALES))
    assert problems == []
    site = folder / "site"
    site.mkdir()
    for name in ("tables.js", "reference-site.css"):
        (site / name).write_bytes((ASSETS / name).read_bytes())
    for locale, lang in LOCALES.items():
        tables = [
            render_table(
                build_table(collections["apples"], view, locale, labels),
                labels,
                url_for_reference=lambda _: None,
                url_for_place=lambda _: None,
                row_id=lambda record, view=view: f"apple-{record}" if view == "plain" else "",
            )
            for view in ("plain", "grouped")
        ]
        other = next(code for code in LOCALES if code != locale)
        text = PAGE.format(lang=lang, other=other, tables="\n".join(tables))
        (site / f"{locale}.html").write_text(text, "utf-8")
    return site


@pytest.fixture(scope="session")
def apples(serve: Callable[[Path], str], orchard: Path) -> str:
    """The address of the invented pages."""
    return serve(orchard)


@pytest.fixture
def english(page: Page, apples: str) -> Page:
    """The English page of apples, opened."""
    page.goto(f"{apples}/en.html")
    return page


def part(page: Page, table: str = PLAIN) -> Locator:
    """A table with its form and notes."""
    return page.locator(".summary-table", has=page.locator(f"#{table}"))


def shown(page: Page, table: str = PLAIN) -> list[str]:
    """The records of the rows that a reader sees, in their order."""
    rows = page.locator(f"#{table} tr[data-record]").filter(visible=True)
    return [str(name) for name in rows.evaluate_all("rows => rows.map((row) => row.dataset.record)")]


def expect_said(page: Page, text: str, table: str = PLAIN) -> None:
    """Waits for what the form says, and so for the script after a link or a reset."""
    expect(part(page, table).get_by_role("status")).to_have_text(text)


def select(page: Page, label: str, table: str = PLAIN) -> Locator:
    return part(page, table).get_by_role("combobox", name=label, exact=True)


def options(page: Page, label: str) -> list[str]:
    return select(page, label).locator("option").all_inner_texts()


def choose(page: Page, label: str, code: str, table: str = PLAIN) -> None:
    select(page, label, table).select_option(code)


def sort_by(page: Page, column: str, table: str = PLAIN) -> None:
    part(page, table).get_by_role("button", name=column, exact=True).click()


def query(page: Page) -> str:
    return page.url.partition("?")[2]


def test_a_filter_leaves_the_rows_that_have_its_code_and_says_how_many(english: Page):
    assert shown(english) == ALL
    expect_said(english, "8 of 8 rows shown")
    choose(english, "Soil", "clay")
    assert shown(english) == ["ada", "bea", "eva", "hal"]
    expect_said(english, "4 of 8 rows shown")
    choose(english, "Kind", "red")
    assert shown(english) == ["bea", "eva", "hal"]
    expect_said(english, "3 of 8 rows shown")


def test_missing_values_can_be_asked_for(english: Page):
    choose(english, "Soil", "NR")
    assert shown(english) == ["dan"]


def test_each_choice_counts_the_rows_that_it_would_leave(english: Page):
    assert options(english, "Soil") == ["all (8)", "clay (4)", "sand (4)", "NR not reported (1)"]
    choose(english, "Kind", "red")
    assert options(english, "Soil") == ["all (4)", "clay (3)", "sand (2)", "NR not reported (0)"]
    assert options(english, "Kind") == ["all (8)", "<b>red</b> (4)", "green (3)", "yellow (1)"]
    choose(english, "Soil", "NR")
    assert shown(english) == []
    expect_said(english, "0 of 8 rows shown")


def test_one_button_brings_the_whole_table_back(english: Page, apples: str):
    choose(english, "Soil", "sand")
    sort_by(english, "Feed")
    part(english).get_by_role("button", name="Clear filters and order").click()
    expect_said(english, "8 of 8 rows shown")
    assert shown(english) == ALL
    assert english.url == f"{apples}/en.html"


def test_numbers_are_sorted_unit_by_unit_and_missing_ones_are_last_in_both_directions(english: Page):
    head = part(english).get_by_role("columnheader", name="Feed")
    sort_by(english, "Feed")
    assert shown(english) == LEAST_FEED_FIRST
    expect(head).to_have_attribute("aria-sort", "ascending")
    expect_said(english, "8 of 8 rows shown · Feed: ascending")
    sort_by(english, "Feed")
    assert shown(english) == MOST_FEED_FIRST
    expect(head).to_have_attribute("aria-sort", "descending")
    sort_by(english, "Feed")
    assert shown(english) == ALL
    assert head.get_attribute("aria-sort") is None


def test_codes_are_sorted_as_the_schema_lists_them_and_names_as_they_are_read(page: Page, apples: str):
    page.goto(f"{apples}/zh.html")
    sort_by(page, "颜色")
    assert shown(page) == ["bea", "cox", "eva", "hal", "ada", "dan", "gil", "fay"]
    sort_by(page, "名称")
    # ā, bǐ, dān, fēi, hā, jí, kǎo, yī
    assert shown(page) == ["ada", "bea", "dan", "fay", "hal", "gil", "cox", "eva"]
    assert page.locator(f"#{PLAIN} [aria-sort]").count() == 1


def test_the_address_keeps_filters_and_order_for_a_reload_and_for_the_other_language(
    english: Page, apples: str
):
    choose(english, "Kind", "red")
    choose(english, "Soil", "clay")
    sort_by(english, "Feed")
    sort_by(english, "Feed")
    wanted = f"{PLAIN}.kind=red&{PLAIN}.soil=clay&{PLAIN}.sort=-feed"
    assert query(english) == wanted
    english.reload()
    assert shown(english) == ["bea", "hal", "eva"]
    expect_said(english, "3 of 8 rows shown · Feed: descending")
    english.get_by_role("link", name="other language").click()
    expect(english).to_have_url(f"{apples}/zh.html?{wanted}")
    expect_said(english, "显示 3 行，共 8 行 · 按“施肥量”降序")
    assert shown(english) == ["bea", "hal", "eva"]
    english.get_by_role("link", name="other language").click()
    expect(english).to_have_url(f"{apples}/en.html?{wanted}")


def test_going_back_finds_the_table_as_it_was_left_in_one_step(english: Page, apples: str):
    choose(english, "Soil", "clay")
    sort_by(english, "Feed")
    english.goto(f"{apples}/zh.html")
    english.go_back()
    assert shown(english) == ["eva", "ada", "hal", "bea"]


def test_two_tables_of_a_page_and_what_else_an_address_says_are_kept_apart(page: Page, apples: str):
    page.goto(f"{apples}/en.html?utm=1&{GROUPED}.soil=clay#top")
    assert shown(page, GROUPED) == ["bea", "eva", "hal", "ada"]
    assert shown(page) == ALL
    choose(page, "Soil", "sand")
    assert query(page) == f"utm=1&{GROUPED}.soil=clay&{PLAIN}.soil=sand#top"
    part(page).get_by_role("button", name="Clear").click()
    expect(page).to_have_url(f"{apples}/en.html?utm=1&{GROUPED}.soil=clay#top")
    assert shown(page, GROUPED) == ["bea", "eva", "hal", "ada"]


@pytest.mark.parametrize(
    "odd",
    [
        f"{PLAIN}.soil=granite",
        f"{PLAIN}.sort=-taste",
        f"{PLAIN}.sort=-",
        f"{PLAIN}.colour=red",
        "%E0%A4%A=%",
        f"{PLAIN}.soil=<script>",
    ],
)
def test_an_address_that_asks_for_what_there_is_not_shows_the_whole_table(page: Page, apples: str, odd: str):
    page.goto(f"{apples}/en.html?{odd}")
    assert shown(page) == ALL
    expect_said(page, "8 of 8 rows shown")
    assert options(page, "Soil")[0] == "all (8)"
    expect(select(page, "Soil")).to_have_value("")


def test_a_grouped_table_keeps_its_groups_and_hides_the_heads_of_empty_ones(english: Page):
    heads = english.locator(f"#{GROUPED} .row-group").filter(visible=True)
    assert heads.all_inner_texts() == ["<b>red</b>", "green", "yellow"]
    sort_by(english, "Feed again", GROUPED)
    assert query(english) == f"{GROUPED}.sort=feed.2"
    assert shown(english, GROUPED) == ["eva", "hal", "bea", "cox", "ada", "dan", "gil", "fay"]
    assert heads.all_inner_texts() == ["<b>red</b>", "green", "yellow"]
    choose(english, "Soil", "clay", GROUPED)
    assert heads.all_inner_texts() == ["<b>red</b>", "green"]
    sort_by(english, "Feed again", GROUPED)
    sort_by(english, "Feed again", GROUPED)
    choose(english, "Soil", "", GROUPED)
    assert shown(english, GROUPED) == ["bea", "cox", "eva", "hal", "ada", "dan", "gil", "fay"]


def test_everything_can_be_done_with_the_keyboard_alone(english: Page):
    english.keyboard.press("Tab")
    english.keyboard.press("Tab")
    expect(select(english, "Kind")).to_be_focused()
    english.keyboard.press("Tab")
    english.keyboard.type("cl")
    assert shown(english) == ["ada", "bea", "eva", "hal"]
    for _ in range(6):  # the clear button, the scrollable region, four column heads
        english.keyboard.press("Tab")
    feed = part(english).get_by_role("button", name="Feed", exact=True)
    expect(feed).to_be_focused()
    english.keyboard.press("Enter")
    assert shown(english) == ["eva", "ada", "hal", "bea"]
    english.keyboard.press("Space")
    assert shown(english) == ["bea", "hal", "ada", "eva"]
    expect(feed).to_be_focused()
    for _ in range(5):
        english.keyboard.press("Shift+Tab")
    expect(part(english).get_by_role("button", name="Clear")).to_be_focused()
    english.keyboard.press("Enter")
    expect_said(english, "8 of 8 rows shown")
    expect(part(english).get_by_role("button", name="Clear")).to_be_focused()


def test_names_and_roles_are_there_for_screen_readers(english: Page):
    form = english.get_by_role("form", name="Filter: All apples")
    expect(form.get_by_role("combobox", name="Soil")).to_have_count(1)
    expect(form.get_by_role("status")).to_have_attribute("aria-live", "polite")
    button = part(english).get_by_role("columnheader").get_by_role("button", name="Soil", exact=True)
    expect(button).to_have_accessible_description("Sort by this column")
    height = button.evaluate("button => button.getBoundingClientRect().height")
    assert height >= 24  # WCAG 2.2, 2.5.8 Target Size


def test_nothing_in_the_data_becomes_markup(english: Page):
    sort_by(english, "Name")
    choose(english, "Kind", "red")
    english.wait_for_timeout(100)
    assert english.evaluate("window.hit") is None
    assert english.locator(f"#{PLAIN} img, .table-filter b").count() == 0


def test_a_link_to_a_row_that_a_filter_hides_brings_it_back(page: Page, apples: str):
    page.goto(f"{apples}/en.html?{PLAIN}.soil=clay")
    assert "cox" not in shown(page)
    page.get_by_role("link", name="Cox").click()
    expect(page.locator("#apple-cox")).to_be_in_viewport()
    page.goto(f"{apples}/zh.html?{PLAIN}.kind=green#apple-cox")
    expect(page.locator("#apple-cox")).to_be_in_viewport()
    choose(page, "颜色", "green")
    page.reload()
    assert shown(page) == ["ada", "dan", "gil"]


def test_a_copy_opened_from_disk_filters_and_sorts_as_well(page: Page, orchard: Path):
    page.goto((orchard / "en.html").as_uri())
    choose(page, "Soil", "clay")
    sort_by(page, "Feed")
    assert shown(page) == ["eva", "ada", "hal", "bea"]
    page.get_by_role("link", name="other language").click()
    expect(page).to_have_url(re.compile(r"/zh\.html\?"))
    expect_said(page, "显示 4 行，共 8 行 · 按“施肥量”升序")
    assert shown(page) == ["eva", "ada", "hal", "bea"]


def test_without_scripts_the_whole_table_is_there_and_no_dead_button(browser: Browser, apples: str):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{apples}/en.html?{PLAIN}.soil=clay")
    rows = page.locator(f"#{PLAIN} tr[data-record]")
    assert [row.is_visible() for row in rows.all()] == [True] * len(ALL)
    assert sorted(shown(page, GROUPED)) == ALL
    assert page.get_by_role("button").count() == page.get_by_role("combobox").count() == 0
    context.close()


def test_on_paper_a_filtered_table_says_that_it_is_not_whole(english: Page):
    choose(english, "Soil", "clay")
    english.emulate_media(media="print")
    expect(part(english).get_by_role("status")).to_be_visible()
    assert part(english).get_by_role("combobox").count() == 0


@pytest.mark.parametrize("locale", list(LOCALES))
def test_on_a_phone_only_the_table_scrolls_sideways(page: Page, apples: str, locale: str):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{apples}/{locale}.html?{PLAIN}.soil=clay&{PLAIN}.sort=-feed")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_script_is_small_and_puts_no_text_in_as_markup():
    script = (ASSETS / "tables.js").read_bytes()
    assert len(gzip.compress(script)) < 3072
    assert not re.search(rb"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", script)


# --- the real site

STUDIES = "sources/feng2023/clinical-research/"
FAILURE = "table-studies-liver-failure"


@pytest.mark.site
@pytest.mark.parametrize(("prefix", "count"), [("", "显示 1 行，共 7 行"), ("en/", "1 of 7 rows shown")])
def test_the_one_study_of_umbilical_cord_cells_in_liver_failure_is_found(
    page: Page, served_site: str, prefix: str, count: str
):
    """Source 004, section 3.1: seven studies, the last of them, by Li in 2016, with umbilical cord cells."""
    page.goto(f"{served_site}/{prefix}{STUDIES}?{FAILURE}.cells=uc_msc")
    assert shown(page, FAILURE) == ["li2016"]
    expect_said(page, count, FAILURE)


@pytest.mark.site
def test_the_language_switch_keeps_filters_order_and_place(page: Page, served_site: str):
    page.goto(f"{served_site}/{STUDIES}")
    choose(page, "细胞（正文）", "bm_msc", FAILURE)
    sort_by(page, "剂量", FAILURE)
    before = shown(page, FAILURE)
    assert before[0] == "lin2017"  # the only one of them whose dose is stated
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(re.compile(rf"/en/{STUDIES}\?{FAILURE}\.cells=bm_msc&{FAILURE}\.sort=dose"))
    expect_said(page, f"{len(before)} of 7 rows shown · Dose: ascending", FAILURE)
    assert shown(page, FAILURE) == before


@pytest.mark.site
@pytest.mark.parametrize("prefix", ["", "en/"])
def test_a_page_with_tables_is_no_wider_than_a_phone(page: Page, served_site: str, prefix: str):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{served_site}/{prefix}{STUDIES}?{FAILURE}.sort=-dose")
    expect(part(page, FAILURE).get_by_role("status")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.site
def test_only_pages_with_a_table_load_the_script(page: Page, served_site: str):
    for path, wanted in ((STUDIES, 1), ("about/", 0), ("bibliography/", 0)):
        page.goto(f"{served_site}/{path}")
        assert page.locator("script[src*='tables.js'][defer]").count() == wanted
