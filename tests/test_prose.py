"""Prose: what the rules find, what is mended, and what mending never touches."""

from __future__ import annotations

import re
import string
import subprocess
import sys
from collections import Counter
from itertools import chain
from pathlib import Path

import markdown
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from macros.blocks import find_blocks
from macros.checks.prose import check_spellings_are_known, data_sources, prose_styles
from macros.mending import mend_prose
from macros.numbers_in_text import find_amounts
from macros.pages import Page, parse_page
from macros.prose import ProseStyle, find_in_data, find_in_page, finding, fix_data, fix_page, page_passages
from macros.prose.placed_text import OPAQUE, PlacedText
from macros.site import LABEL_FILE, Site
from macros.source_text import SourceText, read_source

ROOT = Path(__file__).resolve().parents[1]
ZH = ProseStyle(lang="zh-Hans", between=" 至 ")
EN = ProseStyle(lang="en", between=" to ", spelling="british")
STYLES = {"zh": ZH, "en": EN}
FRONT = "---\ntitle: T\ndescription: D\n---\n"


def page(text: str, locale: str) -> Page:
    return parse_page(SourceText("page.md", FRONT + text), "page", locale)[0]


def rules(text: str, locale: str = "zh", style: ProseStyle | None = None) -> list[str]:
    return [each.finding.rule for each in find_in_page(page(text, locale), style or STYLES[locale])]


def fixed(text: str, locale: str = "zh") -> str:
    return fix_page(page(text, locale), STYLES[locale])[0].removeprefix(FRONT)


@pytest.mark.parametrize(
    ("bad", "good"),
    [
        ("绿茶, 红茶 (发酵).", "绿茶，红茶（发酵）。"),
        ("采摘 GABA, 随后萎凋", "采摘 GABA，随后萎凋"),
        ("绿茶（GABA), 红茶", "绿茶（GABA），红茶"),
        ("绿 茶　好", "绿茶好"),
        ("绿茶\n红茶", "绿茶红茶"),
        ("绿茶， MSC 茶 。", "绿茶，MSC 茶。"),
        ("第3天的GABA，5%的茶", "第 3 天的 GABA，5% 的茶"),
        ('称为"绿茶"的', "称为“绿茶”的"),
        ("下降 -5.2 分", "下降 −5.2 分"),
        ("−5.2～−1.7 分", "−5.2 至 −1.7 分"),
        ("含有  GABA", "含有 GABA"),
        ("绿\u200b茶\u2060", "绿茶"),
        ("绿茶, [红茶](a.md)[@b]. 乌龙", "绿茶，[红茶](a.md)[@b]。乌龙"),
        ("绿茶&amp;红茶, 茶", "绿茶&amp;红茶，茶"),
        ("绿&nbsp;茶", "绿茶"),
        ("称为&quot;绿茶&quot;的", "称为“绿茶”的"),
        ("绿茶, [红茶]\n\n[红茶]: a.md", "绿茶，[红茶]\n\n[红茶]: a.md"),
        ("绿茶 ![绿茶, 红茶](a.png)", "绿茶 ![绿茶，红茶](a.png)"),
        ("绿茶 ![绿茶, 红茶][a] 好\n\n[a]: a.png", "绿茶 ![绿茶，红茶][a] 好\n\n[a]: a.png"),
    ],
)
def test_chinese_prose_is_mended_as_the_rule_shows(bad: str, good: str):
    assert rules(bad)
    assert fixed(bad) == good
    assert rules(good) == []


@pytest.mark.parametrize(
    ("bad", "good"),
    [
        ("The color was analyzed.", "The colour was analysed."),
        ("Etiology: a tumor.", "Aetiology: a tumour."),
        ("A change of -5.2 to -1.7.", "A change of −5.2 to −1.7."),
        ("From −5.2 – −1.7 points", "From −5.2 to −1.7 points"),
        ("Green  tea", "Green tea"),
    ],
)
def test_english_prose_is_mended_as_the_rule_shows(bad: str, good: str):
    assert rules(bad, "en")
    assert fixed(bad, "en") == good
    assert rules(good, "en") == []


@pytest.mark.parametrize(
    "text",
    [
        "白细胞介素-10、IL-4、-13 与 CD34(+) 细胞",
        "比为 2:1，(1～10)×10⁵ 个，10⁵～10⁹",
        "原文印“绿茶, 红茶 (红茶)”",
        "`绿茶, 红茶` 与 {{ value('a', '绿茶, 红茶') }} 和 [@a, 第3页]",
        "**采摘。** 随后萎凋",
        '<span lang="en">Tea,  tea (tea)</span>与茶',
        "王小明, 李红. 普洱茶的渥堆[J]. 茶学, 2021, 5: 7-9.",
        "[绿茶](茶,茶.md '标题, 一')与 <https://tea.example/茶,茶>",
        "| 绿茶   |  5 |\n|:--|--:|\n| 红茶   |  6 |",
        "*[GABA]: 氨基丁酸",
        "    绿茶, 红茶",
        "10&nbsp;例绿茶&hellip;&ensp;5&nbsp;%，&copy;茶",
        "`绿茶&nbsp;红茶` &unknown;茶",
        "见图 ![](a.png) 与 ![Tea, tea (tea)](b.png){: lang=en }",
    ],
)
def test_what_is_right_in_chinese_stays(text: str):
    assert rules(text) == []
    assert fixed(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "“its color was analyzed” and *The color of tea*",
        "the National Center Tea Program agrees",
        "Catechin-3, -5 and -13; pages 3–5; a 2:1 ratio; well-known",
        "Prints 绿茶 (绿茶), then uses 绿茶.",
        "two analyses, a meter and a program",
        "Line ends  \nwith a break",
    ],
)
def test_what_is_right_in_english_stays(text: str):
    assert rules(text, "en") == []
    assert fixed(text, "en") == text


@pytest.mark.parametrize(
    "link",
    ["[绿茶,红茶]", "[绿茶,红茶][]", "[绿茶, 红茶][绿茶,红茶]", "[绿茶,\n红茶]", "![绿茶,红茶]", "[^绿 茶]"],
)
def test_what_is_defined_elsewhere_is_still_found_there(link: str):
    text = f"见{link}, 茶\n\n[绿茶,红茶]: a.md\n\n[绿茶, 红茶]: b.md\n\n[^绿 茶]: 注"
    mended = fixed(text)
    assert "，茶\n" in mended
    targets = [
        re.findall('(?:href|src)="([^"]*)"', markdown.markdown(each, extensions=["footnotes"]))
        for each in (text, mended)
    ]
    assert targets[0]
    assert targets[1] == targets[0]


def test_a_finding_stands_at_its_line_and_column():
    source = page("绿茶。\n\n红茶和**绿茶**, 乌龙茶", "zh")
    assert [source.source.place(each.start) for each in find_in_page(source, ZH)] == [(7, 10)]


def test_a_doubled_term_is_left_to_a_person():
    assert rules("茶多酚（茶多酚）") == ["no-doubled-term"]
    assert fixed("茶多酚（茶多酚）") == "茶多酚（茶多酚）"


def test_a_joiner_stays_where_its_script_needs_it():
    assert rules("می‌خواهم", "en") == []
    assert rules("tea‌pot", "en") == ["no-unseen-character"]


def test_what_only_autocorrect_sees_is_said_under_its_name(monkeypatch):
    monkeypatch.setattr(finding, "HAN_RULES", ())
    assert rules("第3天, 绿茶") == ["autocorrect-agrees"] * 3
    assert rules("原文印“第3天, 绿茶”；白细胞介素-10、Shao 2014：54%、`代码3天`天") == []


# Spelling


def test_without_a_wish_the_rarer_spelling_is_reported_and_not_mended():
    style = ProseStyle(lang="en")
    text = "The colour and the flavour, then a color."
    assert rules(text, "en", style) == ["spelling-is-uniform"]
    assert fix_page(page(text, "en"), style)[1] == []
    assert rules("The color and the flavor.", "en", style) == []


def test_american_spelling_can_be_wished_too():
    style = ProseStyle(lang="en", spelling="american")
    assert rules("The colour; two analyses", "en", style) == ["spelling-is-american"]


def test_the_title_of_a_work_keeps_its_spelling():
    style = ProseStyle(lang="en", spelling="british", titles=frozenset({"thecoloroftea"}))
    source = SourceText("a.yml", "title: {zh: 茶色, en: The color of tea.}\n")
    assert find_in_data(source, {"zh": ZH, "en": style}) == []
    assert len(find_in_data(source, STYLES)) == 1


def test_no_word_is_the_british_form_of_one_pair_and_the_american_of_another():
    written = yaml.safe_load((ROOT / "macros/words/en.yml").read_text("utf-8"))
    pairs = [
        (stem + one, stem + other)
        for family in written["families"]
        for stem in family["stems"].split()
        for one, other in family["endings"]
    ]
    pairs += [(one, other) for one, other in written["words"]]
    assert len(pairs) > 1500
    assert all(set(word) <= set(string.ascii_lowercase) for word in chain(*pairs))
    assert not {one for one, _ in pairs} & {other for _, other in pairs} - set(written["both"].split())


def test_a_spelling_that_nobody_knows_is_said(make_site):
    site = make_site()
    wished = Site(
        **{
            **{name: getattr(site, name) for name in ("labels", "bibliography", "collections", "pages")},
            "settings": type(site.settings)(
                **{
                    name: getattr(site.settings, name)
                    for name in site.settings.__dataclass_fields__
                    if name != "spellings"
                },
                spellings={"en": "brittish"},
            ),
        }
    )
    problems = list(check_spellings_are_known(wished))
    assert [problem.hint for problem in problems] == ['did you mean "british"?']


# Data

DATA = """\
# 绿茶, 红茶
id: a, b
title: {zh: "称为\\"绿茶\\", 红茶", en: 'the tea''s color'}
count: -5
note:
  zh: >-
    绿茶和
    红茶, 共3种
  en: A change of -5.2
synonyms: {zh: ["绿茶, 红茶"], en: [color]}
other: {zh: 绿茶, count: "红茶, 乌龙"}
"""


def test_texts_in_every_language_are_mended_in_data_and_nothing_else():
    text, changes = fix_data(SourceText("a.yml", DATA), STYLES)
    assert (
        text
        == """\
# 绿茶, 红茶
id: a, b
title: {zh: "称为“绿茶”，红茶", en: 'the tea''s colour'}
count: -5
note:
  zh: >-
    绿茶和红茶，共 3 种
  en: A change of −5.2
synonyms: {zh: ["绿茶, 红茶"], en: [color]}
other: {zh: 绿茶, count: "红茶, 乌龙"}
"""
    )
    assert {change.line for change in changes} == {3, 7, 8, 9}


def test_a_file_that_is_not_yaml_is_left_to_those_who_load_it():
    assert fix_data(SourceText("a.yml", "a: {zh: 绿茶, 红茶\n"), STYLES)[1] == []


# Places


def test_places_are_kept_when_parts_are_replaced_twice():
    placed = (
        PlacedText.of("xx abc '' def", 3, 13).replaced([(4, 6, "'")]).replaced([(0, 1, ""), (6, 7, OPAQUE)])
    )
    assert placed.text == f"bc ' d{OPAQUE}f".replace(f"d{OPAQUE}f", f"{OPAQUE}ef")
    assert [placed.start_of(character) for character in range(7)] == [4, 5, 6, 7, 9, 10, 11]
    assert placed.is_together(0, 4)
    assert placed.character_at(9) == 4


# What a fix never touches

HAN_WORD = st.sampled_from(["绿茶", "红茶", "的", "采摘", "万", "第", "茶多酚", "和"])
LATIN_WORD = st.sampled_from(
    ["GABA", "IL-10", "tea", "color", "Analyzed", "CD34(+)", "P", "β", "mg/kg", "-13"]
)
NUMBER = st.sampled_from(
    ["3", "-5.17", "−1.67", "5%", "1×10⁵", "2:1", "1,000", "24", "５６", "10(6)", "(1～10)×10⁵", "0.05"]
)
MARK = st.sampled_from(
    [*",;:?!.()（），。、～~–—-\"'“”‘’*_|#>%/ ", "  ", " ", "**", "\u200b", "\u3000", "\n"]
)
KEPT = st.sampled_from(
    [
        "[@oolong2019, p. 3]",
        "[@a; @b]",
        '{{ value("a, b", "c") }}',
        "{: #id-1 }",
        '{: src="feng2023/3.1-p2" }',
        "`a, 茶 (b)`",
        "[茶, tea](../茶,茶.md#a)",
        "![叶, 叶](leaf.svg)",
        "<https://tea.example/茶,茶>",
        "10.1234/tea,茶",
        '<span lang="en">Tea,  tea</span>',
        "<!-- 茶, 茶 -->",
        "[^1]",
        "\\[茶, 茶\\]",
        "*Tea, 茶*",
    ]
)
INLINE = st.lists(st.one_of(HAN_WORD, LATIN_WORD, NUMBER, MARK, MARK, KEPT), min_size=1, max_size=16).map(
    "".join
)
BLOCK = st.one_of(
    INLINE,
    INLINE.map(lambda text: "## " + text.replace("\n", " ") + " {#heading}"),
    INLINE.map(lambda text: "- " + text),
    INLINE.map(lambda text: '!!! note "' + text.replace("\n", " ") + '"\n    茶, 茶'),
    st.tuples(INLINE, INLINE).map(lambda cells: f"| a | b |\n|---|---|\n| {cells[0]} | {cells[1]} |"),
    INLINE.map(lambda text: "```\n" + text + "\n```"),
)
BODY = st.lists(BLOCK, min_size=1, max_size=4).map("\n\n".join)


def kept(text: str, locale: str) -> list[object]:
    """Everything that a fix must leave alone, found here by patterns of the test's own."""
    parsed = parse_page(SourceText("page.md", text), "page", locale)[0]
    blocks = find_blocks(parsed)
    return [
        Counter(re.findall(r"\d+", text)),
        Counter(amount for block in blocks for amount in find_amounts(block.text)),
        re.findall(r"\[@[^\]]*\]", text),
        re.findall(r"\{\{.*?\}\}", text, re.DOTALL),
        re.findall(r"\{[:#][^{}\n]*\}", text),
        re.findall(r"\]\([^()\n]*\)", text),
        re.findall(r"(?<![A-Za-z0-9])10\.\d{4}/[\w,]+", text),
        re.findall(r"`[^`\n]*`", text),
        [citation.items for citation in parsed.markup.citations],
        [link.target for link in parsed.markup.links],
        [(block.kind, block.section, block.own_id, block.source_places, len(block.rows)) for block in blocks],
    ]


@settings(max_examples=150, deadline=None)
@given(BODY, st.sampled_from(["zh", "en"]))
def test_mending_twice_is_mending_once_and_touches_no_number_key_id_or_macro(body: str, locale: str):
    before = page(body, locale)
    after = fix_page(before, STYLES[locale])[0]
    assert kept(after, locale) == kept(before.source.text, locale)
    again = parse_page(SourceText("page.md", after), "page", locale)[0]
    assert fix_page(again, STYLES[locale]) == (after, [])


@settings(max_examples=150, deadline=None)
@given(INLINE, INLINE, st.sampled_from(["'", '"', None]))
def test_mending_data_twice_is_mending_once_and_touches_nothing_but_texts(
    zh: str, en: str, style: str | None
):
    record = {"id": "a, 茶", "n": [-5, 2.5], "text": {"zh": zh, "en": en}, "forms": {"zh": [zh]}}
    text = yaml.dump(record, allow_unicode=True, default_style=style, width=40)
    after, _ = fix_data(SourceText("a.yml", text), STYLES)
    assert Counter(re.findall(r"\d+", after)) == Counter(re.findall(r"\d+", text))
    loaded, original = yaml.safe_load(after), yaml.safe_load(text)
    assert {**loaded, "text": None} == {**original, "text": None}
    assert fix_data(SourceText("a.yml", after), STYLES) == (after, [])


# The real site


@pytest.mark.site
def test_nothing_is_left_to_mend_on_the_real_site(real_site: Site):
    assert [mended.file for mended in mend_prose(real_site)] == []


@pytest.mark.site
def test_real_pages_with_every_mistake_put_into_them_are_mended_and_keep_what_counts(real_site: Site):
    styles = prose_styles(real_site)
    for before in real_site.pages.values():
        head, body = before.source.text[: before.body_start], before.source.text[before.body_start :]
        spoilt = head + body.replace("，", ", ").replace("。", ". ").replace("（", " (").replace("−", "-")
        source = SourceText(before.source.file, spoilt)
        spoilt_page = parse_page(source, before.id, before.locale)[0]
        after, _ = fix_page(spoilt_page, styles[before.locale])
        assert kept(after, before.locale) == kept(spoilt, before.locale)
        again = parse_page(SourceText("a.md", after), before.id, before.locale)[0]
        assert fix_page(again, styles[before.locale]) == (after, [])


@pytest.mark.site
def test_the_prose_of_every_real_page_and_record_is_seen(real_site: Site):
    styles = prose_styles(real_site)
    for source in real_site.pages.values():
        assert page_passages(source, styles[source.locale])
    assert sum(1 for _ in data_sources(real_site)) > 100


def test_the_words_of_the_engine_itself_keep_the_rules():
    source, _ = read_source(LABEL_FILE, ROOT)
    assert source is not None
    found = find_in_data(source, STYLES)
    # Its lists of words for numbers are separated by spaces.
    found = [each for each in found if each.finding.rule != "no-space-between-han"]
    assert [(source.place(each.start), each.finding.message) for each in found] == []


def test_the_command_prints_each_change_with_its_place_and_writes_only_when_asked(tmp_path: Path):
    (tmp_path / "docs/zh").mkdir(parents=True)
    target = tmp_path / "docs/zh/index.md"
    target.write_bytes(
        "---\r\ntitle: T\r\ndescription: D\r\n---\r\n# 茶 {#top}\r\n\r\n绿茶, 红茶\r\n".encode()
    )
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: T\nplugins:\n  - i18n:\n      languages:\n        - {locale: zh, default: true}\n",
        "utf-8",
    )
    command = [sys.executable, "-m", "macros", "fix", "--config", str(tmp_path / "mkdocs.yml")]
    dry = subprocess.run([*command, "--dry-run"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert dry.stdout.startswith("docs/zh/index.md:7:3: ")
    assert "绿茶, 红茶" in target.read_text("utf-8")
    subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert target.read_bytes().endswith("\r\n\r\n绿茶，红茶\r\n".encode())
