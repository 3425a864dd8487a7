"""A number beside a citation is in the data of what is cited: what is reported, where, and what is let be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from macros.checks.figures_in_data import check_figures_are_in_data
from macros.numbers_in_text import find_amounts, find_placed_amounts
from macros.pages import parse_page
from macros.problems import Problem
from macros.records import load_collections
from macros.site import Site
from macros.source_text import SourceText

HERE = Path(__file__).parent
ROOT = HERE.parent

BIB = """
@article{ito2019,
  label = {1}, langid = {english}, author = {Ito, A.}, title = {Shade}, journal = {J Tea}, year = {2019},
}
@article{wang2021,
  label = {2}, langid = {english}, author = {Wang, B.}, title = {Two teas}, journal = {J Tea}, year = {2021},
}
@article{other2020,
  label = {3}, langid = {english}, author = {Other, C.}, title = {None}, journal = {J Tea}, year = {2020},
}
"""

Check = Callable[..., list[Problem]]


@pytest.fixture
def check(make_site: Callable[..., Site]) -> Check:
    """What is wrong with a body in a language, on a site that holds the invented tea records."""
    collections, _ = load_collections(HERE / "collections", HERE, ("zh", "en"))

    def find(body: str, locale: str = "en", pages: Mapping[str, str] | None = None) -> list[Problem]:
        site = make_site(pages or {f"{locale}/page": body}, BIB, is_good=False)
        return list(check_figures_are_in_data(replace(site, collections=collections)))

    return find


def test_a_number_that_no_record_states_is_reported_at_its_line_and_column(check: Check) -> None:
    (problem,) = check("# T {#top}\n\nOf 219 bushes\n109 were shaded.[@ito2019]\n")
    assert (problem.file, problem.line, problem.column) == ("docs/en/page.md", 4, 1)
    assert (problem.rule, problem.severity) == ("figure-is-in-data", "error")
    assert "109" in problem.message
    assert "tea/records/yabukita.yml" in problem.hint


@pytest.mark.parametrize(
    ("locale", "body"),
    [
        ("en", "Of 219 bushes 108 were shaded, 111 were not, and 1×10⁵ to 10×10⁵ grams picked.[@ito2019]"),
        ("zh", "219 丛中 108 丛遮荫，111 丛露天，共采（1～10）×10⁵ 克[@ito2019]。"),
        ("zh", "共采 １×10<sup>5</sup> 克到 1&times;10⁶ 克，水温 95.5 ℃[@ito2019]。"),
        ("en", "It gave 100,000 to 1,000,000 grams.[@ito2019]"),
        ("en", "Steeped at 70 degrees for 1 minute, then at 90 for 10 seconds.[@ito2019]"),
        ("en", 'The bushes were {{ value("tea", "yabukita", "bushes.total") }} in number.[@ito2019]'),
    ],
)
def test_what_a_record_states_may_be_written_in_any_form(check: Check, locale: str, body: str) -> None:
    assert check(f"{body}\n", locale) == []


@pytest.mark.parametrize(
    ("locale", "body"),
    [
        ("en", "B12, IL-10, CD34(+), TGF-β1 and Q-10 are in `1234` leaves.[@ito2019]"),
        ("zh", "B12、IL-10、CD34⁺、TGF-β1 和维生素 B6[@ito2019]。"),
        ("en", "See section 3.2, sections 4 and 5.1 and figure 7; the 33rd bush.[@ito2019]"),
        ("zh", "见 3.2 节、4.1 和 5 节；第 33 丛，第 4 和第 5 节，Ⅰ 型[@ito2019]。"),
        ("en", "Picked on 2019-05-17, on 17 May 2018 and in 2021.[@ito2019]"),
        ("zh", "2018 年 5 月和 2019-05-17 采[@ito2019]。"),
        ("en", "[Page 33](other33.md#s44), https://tea.example/55 and 10.1234/tea.66.[@ito2019]"),
        ("en", "These are 2 cultivars of 1 reference.[@wang2021]"),
    ],
)
def test_names_dates_addresses_and_counts_of_what_is_cited_are_no_figures(
    check: Check, locale: str, body: str
) -> None:
    assert check(f"{body}\n", locale) == []


def test_every_paragraph_list_item_and_table_row_is_a_passage_of_its_own(check: Check) -> None:
    body = (
        "- 61 leaves\n- 62 leaves[@ito2019]\n1. 63 leaves\n\n"
        "64 leaves\n\n65 leaves\n[@ito2019]\n\n"
        '!!! note "66 leaves"\n    67 leaves[@ito2019]\n\n'
        "| a | b |\n|---|---|\n| 68 | x |\n| 69 | x[@ito2019] |\n"
    )
    assert [problem.message.split()[2] for problem in check(body)] == ["62", "65", "67", "69"]


def test_a_passage_that_cites_a_work_without_a_record_too_is_let_be(check: Check) -> None:
    assert check("Of 77 bushes.[@ito2019; @other2020]\n") == []
    assert check("Of 77 bushes.[@other2020]\n") == []
    assert check("Of 77 bushes.\n") == []


def test_several_references_are_looked_up_together(check: Check) -> None:
    assert check("219 grew there[@ito2019] and 2.5 kilograms here.[@wang2021]\n") == []
    assert len(check("219 grew there and 2.5 kilograms here.[@wang2021]\n")) == 1


def test_a_percentage_is_not_the_number_of_something_else(check: Check) -> None:
    (problem,) = check("108% were shaded.[@ito2019]\n")
    assert "108%" in problem.message


def test_numbers_have_their_places_in_the_text_as_written() -> None:
    text = "温度 ９０～95.5 ℃，(1–10)×10⁵/kg，P＜0.05，B12，３５％"
    found = find_placed_amounts(text)
    assert [text[one.start : one.end].strip() for one in found] == [
        "９０",
        "95.5",
        "1",
        "10)×10⁵",
        "0.05",
        "３５％",
    ]
    assert [one.amount for one in found] == find_amounts(text)


# The real pages


def changed(site: Site, locale: str, old: str, new: str) -> Site:
    """The site with one text changed on its page of the clinical studies."""
    page = site.pages[locale, "sources/feng2023/clinical-research"]
    assert page.source.text.count(old) == 1
    text = page.source.text.replace(old, new)
    other, _ = parse_page(SourceText(page.source.file, text), page.id, locale)
    return replace(site, pages={(locale, page.id): other})


@pytest.mark.site
def test_no_page_of_the_site_is_reported(real_site: Site) -> None:
    assert list(check_figures_are_in_data(real_site)) == []


@pytest.mark.site
@pytest.mark.parametrize("locale", ["zh", "en"])
def test_transposed_digits_of_lin_2017_are_reported(real_site: Site, locale: str) -> None:
    written = '{{ value("studies", "lin2017", "outcomes.survival-24w.treated") }}'
    assert list(check_figures_are_in_data(changed(real_site, locale, written, "73.2%"))) == []
    (problem,) = check_figures_are_in_data(changed(real_site, locale, written, "72.3%"))
    assert "72.3%" in problem.message
    assert "data/studies/records/lin2017.yml" in problem.hint


@pytest.mark.site
@pytest.mark.parametrize(
    ("locale", "old", "new"),
    [
        ("en", "(P = 0.03)", "(P = 0.05)"),
        ("zh", "（P=0.04）", "（P=0.4）"),
        ("en", "10×10⁵ cells/kg", "10×10⁶ cells/kg"),
        ("zh", "有 54% 的患者", "有 45% 的患者"),
        ("en", "followed them for 24 weeks", "followed them for 42 weeks"),
        ("zh", "52.1% 提高到 71.2%[@guo2019]", "52.1% 提高到 72.1%[@guo2019]"),
    ],
)
def test_a_changed_figure_of_the_real_page_is_reported(
    real_site: Site, locale: str, old: str, new: str
) -> None:
    assert list(check_figures_are_in_data(changed(real_site, locale, old, new)))
