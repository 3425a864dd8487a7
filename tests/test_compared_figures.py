"""Compared figures: what is the same in two languages, and what a translator may have got wrong."""

from __future__ import annotations

import pytest

from macros.compared_figures import FigureWords, find_difference
from macros.locales import load_labels
from macros.site import LABEL_FILE

LABELS, _ = load_labels([LABEL_FILE], LABEL_FILE.parent, ("zh", "en"))
ZH, EN = FigureWords(LABELS, "zh"), FigureWords(LABELS, "en")


@pytest.mark.parametrize(
    ("original", "counterpart"),
    [
        ("萎凋 24 周，每次 5 mg/kg，56 片。", "56 leaves, 24 weeks of withering, 5 mg/kg each time."),
        ("持续 24 周。", "A 24-week period."),
        ("2 年的茶，共 3 个月", "tea of 2 years, 3 months in all"),
        ("2019 年有 3 片", "3 leaves in 2019"),
        ("两周", "2 weeks"),
        ("占 20%～30%", "20–30%"),
        ("占 20%", "20 per cent"),
        ("占 20%", "20 percent"),
        ("约 3 千万片", "about 30 million leaves"),
        ("约 2 百万片", "about 2 million leaves"),
        ("约 3 万亿元", "about 3 trillion yuan"),
        ("5 千片", "5 thousand leaves"),
        ("P<0.05", "P less than 0.05"),
        ("至少 30 片", "30 leaves or more"),
        ("不超过 30 片", "at most 30 leaves"),
        ("50 余片", "more than 50 leaves"),
        ("≥3 片", "⩾3 leaves"),
        ("变化为-5.17", "the change was −5.17"),
        ("变化为–5.17", "the change was −5.17"),
        ("从-5到-3", "from −5 to −3"),
        ("白茶-10 与红茶", "catechin-10 and black tea"),
        ("2 片茶叶", "two leaves"),
        ("21 片", "twenty-one leaves"),
        ("给茶 2 次", "tea was given twice"),
        ("2016 年 3 月", "March 2016"),
        ("III 期", "phase 3"),
        ("10 片中的 3 片", "3 of 10 leaves"),
        ("有 3 片绿茶。7 片红茶。", "Green tea had 3 leaves. Black tea had 7."),
        ("题目：茶（*A 24-month study*）", "Title: tea (*A 24-month study*)"),
        ("剂量（mg/kg）", "dose (mg/kg)"),
        ("CD34⁺ 与 CD34⁻", "CD34+ and CD34−"),
        ("两种茶", "both teas"),
        ("克服了 5 个困难", "5 obstacles were overcome"),
    ],
)
def test_what_two_languages_say_alike_is_no_difference(original: str, counterpart: str):
    assert find_difference(original, counterpart, ZH, EN) == ""
    assert find_difference(counterpart, original, EN, ZH) == ""


@pytest.mark.parametrize(
    ("original", "counterpart"),
    [
        ("每次 5 mg。", "5 g each time."),
        ("每次 5 mg/kg。", "5 mg each time."),
        ("持续 24 周。", "It lasted 24 months."),
        ("持续 24 天。", "It lasted 24 weeks."),
        ("取 10 μg。", "10 mg was taken."),
        ("共 1×10⁶ 个/kg。", "1×10⁶ leaves in all."),
        ("胆红素 171 μmol/L", "bilirubin 171 mg/dL"),
        ("保存于 4 ℃", "stored at 4 °F"),
        ("剂量（mg/kg）", "dose (mg)"),
        ("占 20‰", "20%"),
        ("约 5 千片", "about 5 leaves"),
        ("约 3 万亿元", "about 3 billion yuan"),
        ("小于 5%", "more than 5%"),
        ("≥3 片", "at most 3 leaves"),
        ("超过 30 片", "fewer than 30 leaves"),
        ("⩽30 片", "⩾30 leaves"),
        ("P<0.05", "P = 0.05"),
        ("变化为-5.17", "the change was 5.17"),
        ("变化为–5.17", "the change was 5.17"),
        ("从-5到-3", "from 5 to 3"),
        ("两项研究", "three studies"),
        ("第二次", "the three times"),
        ("III 期", "phase II"),
        ("2:1 分组", "grouped 1:2"),
        ("5/6 片", "6/5 leaves"),
        ("2016-03-13", "2016-13-03"),
        ("20～30 片", "30 to 20 leaves"),
        ("绿茶 30 片。红茶 26 片。", "Green tea had 26 leaves. Black tea had 30."),
        ("生长率 75.6% 比 53.5%。", "Growth was 53.5% against 75.6%."),
        ("先 24 周，后 48 周", "48 weeks, then 24 weeks"),
        ("CD34⁺ 叶", "CD34− leaves"),
    ],
)
def test_what_a_translator_got_wrong_is_a_difference(original: str, counterpart: str):
    assert find_difference(original, counterpart, ZH, EN)
    assert find_difference(counterpart, original, EN, ZH)


def test_a_difference_says_what_stands_on_each_side():
    assert find_difference("持续 24 周。", "It lasted 24 months.", ZH, EN) == (
        "stands 24 week, which is missing here; does not stand 24 month, which stands here"
    )
