"""Figures: what readers get of an entry of figures.yml, in both languages, from invented tea cultivars."""

from __future__ import annotations

import html as markup
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from macros.figures import (
    Figure,
    FigureSpec,
    build_figure,
    load_figures,
    render_figure,
    render_figure_file,
)
from macros.figures.measuring import text_width, widest, wrap_words
from macros.locales import Labels, load_labels
from macros.page_macros import check_call
from macros.problems import Problem
from macros.records import Collection, load_collections
from macros.site import Site

HERE = Path(__file__).parent
ROOT = HERE.parent
LOCALES = ("zh", "en")
SVG = "{http://www.w3.org/2000/svg}"

FIGURES = """\
colours:
  kind: matrix
  caption: {zh: 香气与茶类, en: Aroma and kind}
  note: {zh: 均为虚构。, en: All invented.}
  rows: aroma
  columns: colour
  also: {colour: [white]}
  disputed: true
stated:
  kind: completeness
  caption: {zh: 写明与否, en: What is stated}
  note: {zh: 均为虚构。, en: All invented.}
  order: [yield]
  label: name
  layer: title_says
  fields: [colour, aroma, {field: [yield, organic], header: {zh: 其他, en: Other}}]
times:
  kind: timeline
  caption: {zh: 时间, en: Times}
  note: {zh: 均为虚构。, en: All invented.}
  label: name
  each: steeps
  time: steeps.time
  mark: steeps.verdict
  ticks: [{value: 5, unit: second}, {value: 2, unit: minute}]
titles:
  kind: pairs
  caption: {zh: 正文与题目, en: Text and title}
  note: {zh: 均为虚构。, en: All invented.}
  label: name
  left: colour
  right: title_says.colour
arms:
  kind: dumbbell
  caption: {zh: 两个数值, en: Two figures}
  note: {zh: 均为虚构。, en: All invented.}
  record: yabukita
  each: steeps
  name: steeps.verdict
  first: steeps.temperature
  second: steeps.temperature
  p: steeps.note
verdicts:
  kind: directions
  caption: {zh: 评价, en: Verdicts}
  note: {zh: 均为虚构。, en: All invented.}
  label: name
  each: steeps
  measure: steeps.time
  direction: steeps.verdict
  effect: steeps.verdict
  comparison: steeps.verdict
  groups: [bitter, sweet]
  arrows: {sweet: up, bitter: down}
  fills: {sweet: solid, bitter: open}
"""

KINDS = ("colours", "stated", "times", "titles", "arms", "verdicts")

Read = Callable[[str], tuple[dict[str, FigureSpec], list[Problem]]]


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
def read(tea: Collection, tmp_path: Path) -> Read:
    def make(text: str) -> tuple[dict[str, FigureSpec], list[Problem]]:
        (tmp_path / "tea").mkdir()
        (tmp_path / "tea" / "figures.yml").write_text(text, encoding="utf-8")
        figures, problems = load_figures({"tea": tea}, tmp_path, tmp_path, LOCALES)
        return dict(figures.get("tea", {})), problems

    return make


@pytest.fixture
def figures(read: Read, tea: Collection, labels: Labels) -> dict[str, Figure]:
    specs, problems = read(FIGURES)
    assert problems == []
    return {name: build_figure(tea, spec, labels, LOCALES) for name, spec in specs.items()}


def cells(figure: Figure, locale: str) -> list[list[str]]:
    return [[cell[locale] for cell in row.cells] for row in figure.contents.rows]


# --- what is counted


def test_a_record_with_two_codes_counts_in_both_cells_and_an_empty_cell_is_zero(
    figures: dict[str, Figure],
) -> None:
    # Longjing: chestnut, green (disputed). Yabukita: seaweed or chestnut, green. Qimen: no aroma, black.
    assert [words["en"] for words in figures["colours"].contents.headers] == [
        *("Aroma", "green", "black", "white")
    ]
    assert cells(figures["colours"], "en") == [
        ["chestnut", "2 (sources disagree for 1)", "0", "0"],
        ["seaweed", "1", "0", "0"],
        ["NR not reported", "0", "1", "0"],
    ]


def test_every_empty_cell_is_drawn_as_an_open_square(figures: dict[str, Figure]) -> None:
    drawing = figures["colours"].contents.wide
    # Six empty cells, and one square in the legend.
    assert drawing.paths["open"].count("M") == 6 + 1


def test_the_line_beneath_says_how_many_report_it(figures: dict[str, Figure]) -> None:
    reported = [line["en"] for line in figures["colours"].contents.reported]
    assert reported == ["Aroma: 2 of 3 report this", "Kind of tea: 3 of 3 report this"]


def test_a_field_counts_as_stated_if_one_of_its_paths_is(figures: dict[str, Figure]) -> None:
    *_, total = cells(figures["stated"], "en")
    assert total == ["In the text, of 3", "3", "2", "2"]


def test_what_only_the_title_states_is_a_ring(tea: Collection, labels: Labels, read: Read) -> None:
    specs, _ = read(FIGURES)
    longjing = tea.records["longjing"]
    silent = replace(longjing, values={**longjing.values, "colour": "NR"})
    changed = replace(tea, records={**tea.records, "longjing": silent})
    figure = build_figure(changed, specs["stated"], labels, LOCALES)
    row = next(row for row in figure.contents.rows if row.record_id == "longjing")
    assert row.cells[1] == {"zh": "仅文献题目写明", "en": "Title only"}
    assert figure.contents.rows[-1].cells[1]["en"] == "2"


def test_times_keep_their_units_and_the_rest_is_a_count(figures: dict[str, Figure]) -> None:
    assert cells(figures["times"], "zh") == [
        *(["薮北", "甘", "1\u00a0分钟"], ["薮北", "苦", "10\u00a0秒"]),
        ["其余 2 项没有写明时间", "NR 未报告", "NR 未报告"],
    ]
    placed = {label.words["en"]: label.x for label in figures["times"].contents.wide.labels}
    assert placed["10\u00a0seconds"] < placed["1\u00a0minute"]


def test_records_whose_title_differs_come_first(figures: dict[str, Figure]) -> None:
    first, *others = cells(figures["titles"], "en")
    assert first == ["Longjing", "green", "white", "different"]
    assert {row[3] for row in others} == {"stated on one side only"}


def test_a_range_is_no_end_of_a_dumbbell(figures: dict[str, Figure]) -> None:
    assert [row[0] for row in cells(figures["arms"], "en")] == ["sweet"]
    assert figures["arms"].contents.reported[0]["en"] == "Both arms: 1 of 2 report this"


@pytest.mark.parametrize(
    ("p", "zh", "en"),
    [("<0.05", "P<0.05", "P\u00a0<\u00a00.05"), ("NR", "P：NR 未报告", "P: NR not reported")],
)
def test_a_p_value_stands_behind_its_name_as_in_prose(
    tea: Collection, labels: Labels, read: Read, p: str, zh: str, en: str
) -> None:
    specs, _ = read(FIGURES)
    yabukita = tea.records["yabukita"]
    steeps = {**yabukita.values["steeps"], "first": {**yabukita.values["steeps"]["first"], "note": p}}
    tested = replace(yabukita, values={**yabukita.values, "steeps": steeps})
    changed = replace(tea, records={**tea.records, "yabukita": tested})
    figure = build_figure(changed, specs["arms"], labels, LOCALES)
    assert {"zh": zh, "en": en} in [label.words for label in figure.contents.wide.labels]


def test_the_group_that_the_author_puts_first_is_said_first(figures: dict[str, Figure]) -> None:
    assert [row[2] for row in cells(figures["verdicts"], "en")] == [
        *("bitter", "sweet", "UC unclear in the source")
    ]


# --- what readers get


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("locale", LOCALES)
def test_a_figure_has_a_name_a_description_and_its_data(
    figures: dict[str, Figure], labels: Labels, name: str, locale: str
) -> None:
    html = render_figure(figures[name], locale, labels, url_of_file="f.svg")
    assert "\n\n" not in html
    root = ElementTree.fromstring(html)
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    drawings = root.findall(".//svg")
    assert len(drawings) == 2
    for svg in drawings:
        assert svg.get("role") == "img"
        assert svg.get("viewBox")
        assert svg.get("width") is None
        assert [
            svg.find(f"*[@id='{id_}']") is not None for id_ in svg.get("aria-labelledby", "").split()
        ] == [
            True,
            True,
        ]
        assert svg.findtext("title") == figures[name].caption[locale]
        assert all(child.get("aria-hidden") == "true" for child in svg if child.tag not in ("title", "desc"))
    table = root.find(".//details//table")
    assert table is not None
    assert all(row.find("th[@scope='row']") is not None for row in table.findall("tbody/tr"))
    assert len(table.findall("tbody/tr")) == len(figures[name].contents.rows)


@pytest.mark.parametrize("name", KINDS)
def test_both_languages_share_one_drawing_and_the_same_numbers(
    figures: dict[str, Figure], labels: Labels, name: str
) -> None:
    in_zh, in_en = (render_figure(figures[name], locale, labels) for locale in LOCALES)
    paths = re.compile(r' d="([^"]*)"')
    assert paths.findall(in_zh) == paths.findall(in_en)
    tables = [
        markup.unescape(re.sub(r"<[^>]*>", " ", html[html.index("<tbody>") :])) for html in (in_zh, in_en)
    ]
    assert re.findall(r"\d+", tables[0]) == re.findall(r"\d+", tables[1])


@pytest.mark.parametrize("name", KINDS)
def test_every_label_lies_inside_its_drawing(figures: dict[str, Figure], name: str) -> None:
    for drawing in (figures[name].contents.wide, figures[name].contents.narrow):
        for label in drawing.labels:
            width = widest(label.words, label.size)
            left = label.x - {"start": 0, "middle": width / 2, "end": width}[label.anchor]
            assert left >= -8
            assert left + width <= drawing.width + 8
            assert 0 < label.y <= drawing.height


def test_a_hostile_label_stays_text(figures: dict[str, Figure], labels: Labels) -> None:
    for text in (
        render_figure(figures["stated"], "en", labels),
        render_figure_file(figures["stated"], "en", "en", labels),
    ):
        root = ElementTree.fromstring(text)
        assert not [element for element in root.iter() if element.tag.endswith("}b") or element.tag == "b"]
        assert '<b>Qimen</b> & "Keemun"' in "".join(root.itertext())


@pytest.mark.parametrize("name", KINDS)
def test_a_file_brings_its_own_colours(figures: dict[str, Figure], labels: Labels, name: str) -> None:
    root = ElementTree.fromstring(render_figure_file(figures[name], "zh", "zh-Hans", labels))
    assert root.tag == f"{SVG}svg"
    assert "prefers-color-scheme: dark" in (root.findtext(f"{SVG}style") or "")


def test_the_same_records_make_the_same_figure(
    figures: dict[str, Figure], tea: Collection, labels: Labels, tmp_path: Path
) -> None:
    specs, _ = load_figures({"tea": tea}, tmp_path, tmp_path, LOCALES)
    for name, spec in specs["tea"].items():
        again = build_figure(tea, spec, labels, LOCALES)
        assert render_figure(again, "en", labels) == render_figure(figures[name], "en", labels)


def test_records_are_linked_from_the_table(figures: dict[str, Figure], labels: Labels) -> None:
    html = render_figure(
        figures["stated"], "en", labels, url_for_record=lambda collection, record: f"/{collection}/{record}"
    )
    assert '<a href="/tea/longjing">Longjing</a>' in html


# --- how much room text takes


def test_han_takes_one_em_and_latin_a_little_more_than_half() -> None:
    assert text_width("肝（a1", 20) == 20 + 20 + 11 + 11


def test_the_shorter_language_gets_empty_lines() -> None:
    lines = wrap_words({"zh": "骨髓", "en": "bone marrow"}, 40, 10)
    assert lines == [{"zh": "骨髓", "en": "bone"}, {"zh": "", "en": "marrow"}]


# --- mistakes of authors


@pytest.mark.parametrize(
    ("old", "new", "line", "part"),
    [
        ("kind: matrix", "kind: pie", 2, "pie"),
        ("  rows: aroma\n", "", 1, "rows"),
        ("rows: aroma", "rows: aromas", 5, "aromas"),
        ("rows: aroma", "rows: yield", 5, "no vocabulary"),
        ("[white]", "[whit]", 7, "whit"),
        ("layer: title_says", "layer: bushes", 15, "no layer"),
        ("each: steeps\n  time", "each: bushes\n  time", 22, "not several"),
        ("unit: minute", "unit: minut", 25, "minut"),
        ("record: yabukita", "record: yabukit", 37, "yabukit"),
        ("groups: [bitter", "groups: [biter", 53, "biter"),
        ("bitter: down", "bitter: sideways", 54, "sideways"),
        ("disputed: true", "disputed: true\n  filter: kolour == 'green'", 9, "kolour"),
        ("disputed: true", "disputed: true\n  filter: '1 +'", 9, "filter"),
        ("disputed: true", "disputed: true\n  colour: red", 9, "colour"),
    ],
)
def test_a_mistake_in_figures_yml_is_said_with_its_line(
    read: Read, old: str, new: str, line: int, part: str
) -> None:
    assert old in FIGURES
    figures, problems = read(FIGURES.replace(old, new, 1))
    assert {problem.rule for problem in problems} == {"figure-is-valid"}
    assert line in [problem.line for problem in problems]
    assert part in " ".join(problem.message for problem in problems)
    assert len(figures) == len(KINDS) - 1


def test_a_caption_needs_every_language(read: Read) -> None:
    _, problems = read(FIGURES.replace("caption: {zh: 时间, en: Times}", "caption: {zh: 时间}"))
    assert [problem.rule for problem in problems] == ["text-has-all-locales"]


@pytest.mark.parametrize(
    ("call", "rule"),
    [
        ('figure("coffee", "times")', "collection-exists"),
        ('figure("tea", "tims")', "figure-exists"),
        ('figure("tea")', "macro-arguments-fit"),
        ('figure("tea", "times")', ""),
    ],
)
def test_a_call_names_a_figure_that_exists(
    make_site: Callable[..., Site], tea: Collection, read: Read, call: str, rule: str
) -> None:
    specs, _ = read(FIGURES)
    made = make_site({"en/index": "---\ntitle: Tea\n---\n\n# Tea {#top}\n\n{{ " + call + " }}\n"})
    site = replace(made, collections={"tea": tea}, figures={"tea": specs})
    (found,) = site.pages["en", "index"].markup.macro_calls
    assert [mistake.rule for mistake in check_call(found, site)] == ([rule] if rule else [])
