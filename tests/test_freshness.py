"""Freshness: who changes one language is told of the other, and readers are told what is behind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.blocks import find_blocks
from macros.checks.freshness import check_published_ids_stay, check_translations_are_fresh
from macros.command_line import main
from macros.freshness import (
    Review,
    State,
    find_states,
    hash_block,
    load_reviews,
    mark_behind,
    review_page,
)
from macros.pages import Page, parse_page
from macros.render_context import RenderContext
from macros.rendering import render_page
from macros.site import Site
from macros.source_text import SourceText
from macros.translation_board import board_rows

DAY = date(2026, 3, 4)

ZH = """\
---
title: 茶
description: 茶
---
# 茶 {#top}

绿茶不发酵。

## 水 {#water}

水温 80 度。

- 泉水
- 井水

| 茶 | 度 |
|---|---|
| 绿茶 | 80 |
"""
EN = """\
---
title: Tea
description: Tea
---
# Tea {#top}

Green tea is not fermented.

## Water {#water}

The water has 80 degrees.

- spring water
- well water

| tea | degrees |
|---|---|
| green | 80 |
"""

Files = Callable[[Mapping[str, str]], Path]


def page(text: str, locale: str = "en") -> Page:
    made, problems = parse_page(SourceText(f"docs/{locale}/tea.md", text), "tea", locale)
    assert not problems
    return made


def pair(zh: str = ZH, en: str = EN) -> tuple[Page, Page]:
    return page(zh, "zh"), page(en)


@pytest.fixture
def read_review(tmp_path: Path) -> Callable[[str], Review]:
    """A function (text of a file) → the review in it."""

    def read(text: str) -> Review:
        (tmp_path / "reviews").mkdir(exist_ok=True)
        (tmp_path / "reviews/tea.yml").write_text(text, "utf-8")
        reviews, problems = load_reviews(tmp_path / "reviews", tmp_path)
        assert not problems
        return reviews["tea"]

    return read


def states(review: Review | None, zh: str = ZH, en: str = EN) -> dict[str, dict[str, State]]:
    found = find_states(pair(zh, en), review)
    return {locale: {each.name: each.state for each in blocks} for locale, blocks in found.items()}


def test_a_page_that_was_just_compared_is_current(read_review):
    review = read_review(review_page(pair(), DAY))
    assert review.reviewed == DAY
    assert set(states(review)["zh"].values()) == {State.CURRENT}
    assert states(review)["en"].keys() == {
        "page", "top", "top-p1", "water", "water-p1", "water-li1", "water-li2", "water-table1"
    }  # fmt: skip


def test_a_page_that_nobody_compared_is_unreviewed():
    assert set(states(None)["en"].values()) == {State.UNREVIEWED}


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        ("80 degrees", "85 degrees", "water-p1"),
        ("- well water", "- river water", "water-li2"),
        ("| green | 80 |", "| green | 85 |", "water-table1"),
        ("## Water", "## The water", "water"),
        ("description: Tea", "description: Tea and water", "page"),
        ("fermented.", "fermented.[@oolong2019]", "top-p1"),
        ("fermented.", "[fermented](water.md).", "top-p1"),
    ],
)
def test_a_change_on_one_side_leaves_the_other_behind(read_review, old: str, new: str, name: str):
    review = read_review(review_page(pair(), DAY))
    found = states(review, en=EN.replace(old, new))
    assert found["en"].pop(name) is State.AHEAD
    assert found["zh"].pop(name) is State.BEHIND
    assert {*found["en"].values(), *found["zh"].values()} == {State.CURRENT}


def test_a_change_on_both_sides_is_no_lag_but_wants_another_look(read_review):
    review = read_review(review_page(pair(), DAY))
    found = states(review, ZH.replace("80 度", "85 度"), EN.replace("80 degrees", "85 degrees"))
    assert found["zh"]["water-p1"] is found["en"]["water-p1"] is State.CHANGED


def test_a_new_block_is_unreviewed(read_review):
    review = read_review(review_page(pair(), DAY))
    found = states(review, ZH + "\n茶好。\n", EN + "\nTea is good.\n")
    assert found["en"]["water-p2"] is State.UNREVIEWED


@given(st.sampled_from([" ", "\n", "  \n"]))
def test_the_way_lines_are_broken_does_not_count(space: str):
    block = find_blocks(page(EN))[1]
    broken = find_blocks(page(EN.replace("Green tea is", f"Green tea{space}is")))[1]
    assert hash_block(block) == hash_block(broken)


def site_with(make_site: Callable[..., Site], review: Review, zh: str = ZH, en: str = EN) -> Site:
    return replace(make_site({"zh/tea": zh, "en/tea": en}), reviews={"tea": review})


def test_a_lone_change_is_an_error_at_its_line_that_names_the_counterpart(make_site, read_review):
    review = read_review(review_page(pair(), DAY))
    site = site_with(make_site, review, en=EN.replace("80 degrees", "85 degrees"))
    (problem,) = check_translations_are_fresh(site)
    assert (problem.file, problem.line, problem.rule) == ("docs/en/tea.md", 11, "translation-is-fresh")
    assert "docs/zh/tea.md:11" in problem.message
    assert "python -m macros sync tea --behind" in problem.hint


def test_an_id_that_others_may_link_to_must_not_disappear(make_site, read_review):
    review = read_review(review_page(pair(), DAY))
    site = site_with(make_site, review, en=EN.replace("{#water}", "{#the-water}"))
    (problem,) = check_published_ids_stay(site)
    assert (problem.file, problem.rule) == ("docs/en/tea.md", "published-id-stays")
    assert "the-water" in problem.hint


def test_a_new_review_keeps_the_ids_of_the_last(read_review):
    old = read_review(review_page(pair(EN.replace("{#water}", "{#hot-water}"), EN), DAY))
    assert "hot-water" in read_review(review_page(pair(), DAY, old)).ids


def test_a_lag_that_is_marked_is_no_error_until_the_text_changes_again(make_site, read_review):
    changed = EN.replace("80 degrees", "85 degrees")
    review = read_review(mark_behind(pair(en=changed), read_review(review_page(pair(), DAY))))
    assert not list(check_translations_are_fresh(site_with(make_site, review, en=changed)))
    again = EN.replace("80 degrees", "90 degrees")
    assert len(list(check_translations_are_fresh(site_with(make_site, review, en=again)))) == 1


def test_readers_are_told_at_the_block_and_at_the_top_of_the_page(make_site, read_review):
    review = read_review(review_page(pair(), DAY))
    site = site_with(
        make_site, review, zh=ZH.replace("80 度", "85 度").replace("| 绿茶 | 80 |", "| 绿茶 | 85 |")
    )
    text = render_page(site.pages["en", "tea"], site)
    top, at_table = text.split('<p class="behind">')[1:]
    assert "2026-03-04, 2 blocks of this page" in top
    assert '<span class="behind">' in top
    assert (
        '<a href="../../tea/#water-p1" hreflang="zh-Hans">Read the Chinese version]</a></span> The water'
        in top
    )
    assert at_table.endswith("</p>\n\n| tea | degrees |\n|---|---|\n| green | 80 |\n")
    assert "behind" not in render_page(site.pages["zh", "tea"], site)


def test_the_board_says_of_each_page_the_worst(make_site, read_review):
    review = read_review(review_page(pair(), DAY))
    site = site_with(make_site, review, en=EN.replace("80 degrees", "85 degrees"))
    pages = dict(site.pages) | {("zh", "alone"): page(ZH, "zh")}
    pages |= {("zh", "new"): page(ZH, "zh"), ("en", "new"): page(EN)}
    rows = board_rows(RenderContext(replace(site, pages=pages), "en", "en/status/"))
    assert [(row.state, row.missing) for row in rows] == [
        ("missing", ("English",)),
        ("unreviewed", ()),
        ("behind", ()),
    ]
    assert [(block.name, block.href) for block in rows[2].behind] == [
        ("Chinese water-p1", "../../tea/#water-p1")
    ]


@pytest.mark.parametrize(
    "text", ["", "- a\n", "reviewed: soon\nblocks: {}\n", "reviewed: 2026-03-04\nblocks: {top: {zh: x}}\n"]
)
def test_a_file_that_sync_did_not_write_is_said_and_does_not_count(tmp_path: Path, text: str):
    (tmp_path / "tea.yml").write_text(text, "utf-8")
    reviews, problems = load_reviews(tmp_path, tmp_path)
    assert not reviews
    assert {problem.rule for problem in problems} == {"review-is-valid"}


def test_sync_writes_what_the_next_check_accepts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    for name, text in {"zh/tea.md": ZH, "en/tea.md": EN}.items():
        (tmp_path / "docs" / name).parent.mkdir(parents=True)
        (tmp_path / "docs" / name).write_text(text, "utf-8")
    (tmp_path / "references.bib").write_text("", "utf-8")
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: Tea\nplugins:\n  - i18n:\n      languages:\n"
        "        - {locale: zh, name: 中文, default: true}\n        - {locale: en, name: English}\n",
        "utf-8",
    )
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> tuple[int, str]:
        status = main(arguments)
        return status, capsys.readouterr().out

    assert run("check")[0] == 0
    assert "did you mean" in run("sync", "tee")[1]
    assert run("sync", "tea", "--behind")[0] == 1  # nobody has compared it yet
    assert run("sync", "tea.md")[0] == 0
    assert run("check")[0] == 0
    (tmp_path / "docs/en/tea.md").write_text(EN.replace("80 degrees", "85 degrees"), "utf-8")
    assert "translation-is-fresh" in run("check")[1]
    assert run("sync", "--behind", "tea")[0] == 0
    assert "translation-is-fresh" not in run("check")[1]
