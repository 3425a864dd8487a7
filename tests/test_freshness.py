"""Freshness: who changes one language is told of the other, and readers are told what is behind."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from macros.block_ids import BlockIds
from macros.blocks import find_anchor, find_blocks
from macros.checks.freshness import (
    check_published_ids_stay,
    check_reviews_are_kept,
    check_translations_are_fresh,
)
from macros.command_line import main
from macros.freshness import (
    Review,
    State,
    describe_recording,
    find_states,
    hash_block,
    load_reviews,
    record_review,
)
from macros.pages import Page, parse_page
from macros.render_context import RenderContext
from macros.rendering import render_page
from macros.site import Site
from macros.source_text import SourceText
from macros.translation_board import board_rows

DAY = date(2026, 3, 4)
LATER = date(2026, 5, 6)

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
    review = read_review(record_review(pair(), DAY).text)
    assert review.reviewed == DAY
    assert set(states(review)["zh"].values()) == {State.CURRENT}
    assert states(review)["en"].keys() == {
        "/title", "top", "top-p1", "water", "water-p1", "water-li1", "water-li2", "water-table1"
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
        ("description: Tea", "description: Tea and water", "/title"),
        ("fermented.", "fermented.[@oolong2019]", "top-p1"),
        ("fermented.", "[fermented](water.md).", "top-p1"),
    ],
)
def test_a_change_on_one_side_leaves_the_other_behind(read_review, old: str, new: str, name: str):
    review = read_review(record_review(pair(), DAY).text)
    found = states(review, en=EN.replace(old, new))
    assert found["en"].pop(name) is State.AHEAD
    assert found["zh"].pop(name) is State.BEHIND
    assert {*found["en"].values(), *found["zh"].values()} == {State.CURRENT}


def test_a_change_on_both_sides_is_no_lag_but_wants_another_look(read_review):
    review = read_review(record_review(pair(), DAY).text)
    found = states(review, ZH.replace("80 度", "85 度"), EN.replace("80 degrees", "85 degrees"))
    assert found["zh"]["water-p1"] is found["en"]["water-p1"] is State.CHANGED


def test_a_new_block_is_unreviewed(read_review):
    review = read_review(record_review(pair(), DAY).text)
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
    review = read_review(record_review(pair(), DAY).text)
    site = site_with(make_site, review, en=EN.replace("80 degrees", "85 degrees"))
    (problem,) = check_translations_are_fresh(site)
    assert (problem.file, problem.line, problem.rule) == ("docs/en/tea.md", 11, "translation-is-fresh")
    assert "docs/zh/tea.md:11" in problem.message
    assert "python -m macros sync tea --behind" in problem.hint


def rules(site: Site) -> list[str]:
    checks = (check_translations_are_fresh, check_reviews_are_kept, check_published_ids_stay)
    return [problem.rule for check in checks for problem in check(site)]


def test_after_a_change_on_both_sides_a_lone_one_is_still_seen(make_site, read_review):
    """Only what has been compared again is what later changes are compared with."""
    review = read_review(record_review(pair(), DAY).text)
    zh, en = ZH.replace("80 度", "85 度"), EN.replace("80 degrees", "85 degrees")
    (problem,) = check_reviews_are_kept(site_with(make_site, review, zh, en))
    assert (problem.file, problem.line, problem.rule) == ("docs/zh/tea.md", 11, "review-is-current")
    assert "changed in every language: docs/zh/tea.md:11 and docs/en/tea.md:11" in problem.message
    assert problem.hint.endswith("python -m macros sync tea")
    again = read_review(record_review(pair(zh, en), LATER, review).text)
    assert rules(site_with(make_site, again, zh, en)) == []
    site = site_with(make_site, again, zh, en.replace("has 85", "has not 85"))
    assert rules(site) == ["translation-is-fresh"]


NEW_ZH, NEW_EN = (
    text.replace("#water}\n", "#water}\n\n" + new) for text, new in ((ZH, "新段。\n"), (EN, "A new one.\n"))
)


def test_a_paragraph_put_before_others_hides_no_lone_change_behind_it(make_site, read_review):
    last = read_review(record_review(pair(), DAY).text)
    en = NEW_EN.replace("has 80", "has not 80")
    found = states(last, NEW_ZH, en)
    assert found["en"]["water-p1"] is State.UNREVIEWED
    assert (found["en"]["water-p2"], found["zh"]["water-p2"]) == (State.AHEAD, State.BEHIND)
    site = site_with(make_site, last, NEW_ZH, en)
    (problem,) = check_translations_are_fresh(site)
    assert (problem.file, problem.line) == ("docs/en/tea.md", 13)
    assert "docs/zh/tea.md:13" in problem.message
    recording = record_review(pair(NEW_ZH, en), LATER, last)
    assert [each.name for each in recording.recorded] == ["water-p1"]
    assert [each.name for each in recording.kept] == ["water-p2"]
    # Written down or not, the lone change stays one.
    assert rules(site_with(make_site, read_review(recording.text), NEW_ZH, en)) == ["translation-is-fresh"]


def test_blocks_that_only_moved_are_written_down_under_their_new_name(make_site, read_review):
    last = read_review(record_review(pair(), DAY).text)
    assert states(last, NEW_ZH, NEW_EN)["en"]["water-p2"] is State.MOVED
    recording = record_review(pair(NEW_ZH, NEW_EN), LATER, last)
    assert list(describe_recording(recording)) == ["new: water-p1", "moved: water-p2 (was water-p1)"]
    review = read_review(recording.text)
    assert review.reviewed == LATER
    assert rules(site_with(make_site, review, NEW_ZH, NEW_EN)) == []


def test_a_block_that_is_behind_stays_so_when_others_are_written_down(make_site, read_review):
    first = read_review(record_review(pair(), DAY).text)
    ahead = EN.replace("80 degrees", "85 degrees")
    marked = read_review(record_review(pair(en=ahead), DAY, first, is_behind=True).text)
    en = NEW_EN.replace("80 degrees", "85 degrees")
    review = read_review(record_review(pair(NEW_ZH, en), LATER, marked).text)
    assert review.behind.keys() == {"water-p2"}
    assert states(review, NEW_ZH, en)["zh"]["water-p2"] is State.BEHIND
    assert rules(site_with(make_site, review, NEW_ZH, en)) == []


def test_a_corrected_slip_needs_no_change_in_the_other_language_if_somebody_says_so(make_site, read_review):
    last = read_review(record_review(pair(), DAY).text)
    en = EN.replace("spring water", "spring-water").replace("80 degrees", "85 degrees")
    review = read_review(record_review(pair(en=en), LATER, last, without_change=["water-li1"]).text)
    (problem,) = check_translations_are_fresh(site_with(make_site, review, en=en))
    assert problem.line == 11


def test_what_is_gone_from_both_languages_goes_from_the_review(make_site, read_review):
    last = read_review(record_review(pair(), DAY).text)
    zh, en = ZH.replace("- 井水\n", ""), EN.replace("- well water\n", "")
    (problem,) = check_reviews_are_kept(site_with(make_site, last, zh, en))
    assert "gone: water-li2" in problem.message
    assert "water-li2" not in record_review(pair(zh, en), LATER, last).text


def test_a_page_in_two_languages_has_a_review(make_site):
    pages = {"zh/tea": ZH, "en/tea": EN, "zh/alone": ZH}
    (problem,) = check_reviews_are_kept(make_site(pages))
    assert (problem.file, problem.rule) == ("reviews/tea.yml", "review-exists")
    assert "docs/zh/tea.md, docs/en/tea.md" in problem.message


FURTHER = {
    "footnote": ("[^1]: {}", "fn:1", "fn:1"),
    "later paragraph of a footnote": ("[^1]: 1\n\n    {}", "fn:1/p1", "fn:1"),
    "footnote with a label in Han": ("[^注]: {}", "fn:注", "fn:注"),
    "folding box in HTML": ("<details><summary>T</summary>{}</details>", "top/raw-html1", "top"),
    "image in HTML": ('<img src="leaf.svg" alt="{}">', "top-p2", "top-p2"),
    "attribute in a raw block": ('<div title="{}">T</div>', "top/raw-html1", "top"),
    "code": ("```\n{}\n```", "top-code1", "top-code1"),
    "title of a tab": ('=== "{}"\n\n    T', "top/tab1", "top"),
    "heading in a list": ("- ### {}", "top/heading1", "top"),
    "value alone": ('{{{{ value("teas", "{}", "name") }}}}', "top-p2", "top-p2"),
}


@pytest.mark.parametrize(("written", "name", "anchor"), FURTHER.values(), ids=FURTHER)
def test_nothing_that_readers_see_changes_unseen(read_review, written: str, name: str, anchor: str):
    zh, en, changed = (
        text.replace("\n\n## ", f"\n\n{written.format(said)}\n\n## ", 1)
        for text, said in ((ZH, "a"), (EN, "b"), (EN, "not b"))
    )
    found = states(read_review(record_review(pair(zh, en), DAY).text), zh, changed)
    lone = [found_name for found_name, state in found["en"].items() if state is State.AHEAD]
    assert lone == [name]
    assert find_anchor(name) == anchor


def test_what_a_mark_stands_before_stays_where_it_was(make_site, read_review):
    """In a list and in a quotation, where every line begins as the first does."""
    tables = "\n- tea\n\n    | {0} |\n    |---|\n    | 1 |\n\n> said\n>\n>     {0}\n\n<div>{0}</div>\n"
    zh, en = ZH + tables.format("茶"), EN + tables.format("tea")
    review = read_review(record_review(pair(zh, en), DAY).text)
    site = site_with(make_site, review, ZH + tables.format("绿茶"), en)
    text = render_page(site.pages["en", "tea"], site)
    extensions = ["attr_list", "tables", "sane_lists", "toc", BlockIds()]
    shown, plain = (Markdown(extensions=extensions).convert(each) for each in (text, en.split("---\n", 2)[2]))
    assert text.count("{: .behind }") == 3
    assert shown.count('<p class="behind">') == 4
    ids = [re.findall('id="(.*?)"', html) for html in (shown, plain)]
    assert ids[0] == ids[1]
    for name in ("water-table2", "water-code1"):
        assert f'href="../../tea/#{name}"' in shown
    assert 'href="../../tea/#water" ' in shown  # raw HTML has no id that holds in both languages


def test_an_id_that_moves_to_other_words_is_said(make_site, read_review):
    zh, en = (text.replace("\n\n##", "\n{: #dose }\n\nB\n{: #time }\n\n##", 1) for text in (ZH, EN))
    review = read_review(record_review(pair(zh, en), DAY).text)
    swapped = (
        text.replace("#dose", "#x").replace("#time", "#dose").replace("#x", "#time") for text in (zh, en)
    )
    found = list(check_published_ids_stay(site_with(make_site, review, *swapped)))
    assert {(problem.file, problem.line) for problem in found} == {
        (f"docs/{locale}/tea.md", line) for locale in ("zh", "en") for line in (7, 10)
    }


def test_a_new_id_is_written_down_before_it_can_be_lost(make_site, read_review):
    review = read_review(record_review(pair(), DAY).text)
    zh, en = (text.replace("\n\n##", "\n{: #dose }\n\n##", 1) for text in (ZH, EN))
    assert rules(site_with(make_site, review, zh, en)) == ["review-is-current"]
    known = read_review(record_review(pair(zh, en), LATER, review).text)
    assert "dose" in known.ids
    assert "published-id-stays" in rules(site_with(make_site, known))


def test_an_id_that_others_may_link_to_must_not_disappear(make_site, read_review):
    review = read_review(record_review(pair(), DAY).text)
    site = site_with(make_site, review, en=EN.replace("{#water}", "{#the-water}"))
    (problem,) = check_published_ids_stay(site)
    assert (problem.file, problem.rule) == ("docs/en/tea.md", "published-id-stays")
    assert "the-water" in problem.hint


def test_a_new_review_keeps_the_ids_of_the_last(read_review):
    old = read_review(record_review(pair(EN.replace("{#water}", "{#hot-water}"), EN), DAY).text)
    assert "hot-water" in read_review(record_review(pair(), DAY, old).text).ids


def test_a_lag_that_is_marked_is_no_error_until_the_text_changes_again(make_site, read_review):
    changed = EN.replace("80 degrees", "85 degrees")
    last = read_review(record_review(pair(), DAY).text)
    review = read_review(record_review(pair(en=changed), LATER, last, is_behind=True).text)
    assert review.reviewed == DAY  # since when the other has not followed
    assert not list(check_translations_are_fresh(site_with(make_site, review, en=changed)))
    again = EN.replace("80 degrees", "90 degrees")
    assert len(list(check_translations_are_fresh(site_with(make_site, review, en=again)))) == 1


def test_readers_are_told_at_the_block_and_at_the_top_of_the_page(make_site, read_review):
    review = read_review(record_review(pair(), DAY).text)
    site = site_with(
        make_site, review, zh=ZH.replace("80 度", "85 度").replace("| 绿茶 | 80 |", "| 绿茶 | 85 |")
    )
    text = render_page(site.pages["en", "tea"], site)
    (top,) = text.split('<p class="behind">')[1:]
    assert "2026-03-04, 2 blocks of this page" in top
    assert '<span class="behind">' in top
    assert (
        '<a href="../../tea/#water-p1" hreflang="zh-Hans">Read the Chinese version]</a></span> The water'
        in top
    )
    (at_table,) = (line for line in text.split("\n\n") if line.endswith("{: .behind }"))
    assert 'href="../../tea/#water-table1"' in at_table
    assert text.endswith("{: .behind }\n\n| tea | degrees |\n|---|---|\n| green | 80 |\n")
    assert "behind" not in render_page(site.pages["zh", "tea"], site)


def test_the_board_says_of_each_page_the_worst(make_site, read_review):
    review = read_review(record_review(pair(), DAY).text)
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

    def change(**texts: str) -> None:
        for locale, text in texts.items():
            (tmp_path / f"docs/{locale}/tea.md").write_text(text, "utf-8")

    def run(*arguments: str) -> tuple[int, str]:
        status = main(arguments)
        return status, capsys.readouterr().out

    assert "review-exists" in run("check")[1]
    assert "did you mean" in run("sync", "tee")[1]
    assert run("sync", "tea", "--behind")[0] == 1  # nobody has compared it yet
    assert run("sync", "tea.md")[0] == 0
    assert run("check")[0] == 0
    change(en=EN.replace("80 degrees", "85 degrees"))
    assert "translation-is-fresh" in run("check")[1]
    status, said = run("sync", "tea")
    assert status == 1
    assert "translation-is-fresh" in said
    assert "--without-change water-p1" in said
    assert run("sync", "--behind", "tea")[0] == 0
    assert "translation-is-fresh" not in run("check")[1]
    assert "did you mean" in run("sync", "tea", "--without-change", "water-p2")[1]
    assert run("sync", "tea", "--without-change", "water-p1")[0] == 0
    change(en=EN.replace("80 degrees", "85 degrees").replace("Green tea", "Green leaf"))
    change(zh=ZH.replace("绿茶不", "绿叶不"))
    assert "review-is-current" in run("check")[1]
    main(["sync", "tea"])
    assert "changed in every language: top-p1\n" in capsys.readouterr().err
    assert "review-is-current" not in run("check")[1]
