"""The search index: which sections a page has, what finds them, and what readers load.

The search itself is tried in tests/browser/test_search.py.
"""

from __future__ import annotations

import gzip
import json
import math
import re
from collections import defaultdict
from pathlib import Path
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.search_index import (
    PART_LENGTH,
    SearchIndex,
    SearchPage,
    build_search_index,
    find_sections,
    find_terms,
    fold,
    needed_terms,
    title_key,
    write_search_index,
)

WITHERING = """
<!doctype html><html><head><title>Oolong - Tea</title><script>"<article>never</article>"</script></head>
<body><nav><a href="x">Elsewhere</a></nav><main><article class="text">
<a class="edit" href="edit"><svg><title>pencil</title></svg></a>
<h1 id="top">Oolong<a class="headerlink" href="#top">&para;</a></h1>
<p id="top-p1">A half fermented tea.</p>
<nav><ul><li>Contents<ul><li>inside</li></ul></li></ul></nav>
<h2 id="withering">1.1 <em>Withering</em><a class="headerlink" href="#withering">&para;</a></h2>
<p>Leaves &lt;wither&gt; in
the sun<sup class="citation">[<a href="#ref-1">12</a>]</sup>, slowly.</p>
<ol data-search="skip"><li>Smith A. <i>Tea</i>.<ol><li>deep</li></ol></li></ol>
<style>p { color: green }</style><button>Copy</button>
<table><tr><td>Time</td><td>8 h</td></tr></table>
<h5 id="small">Small print</h5><p>No section.</p>
<h3>Unnamed</h3>
</article></main><footer>Imprint</footer></body></html>
"""


def page(body: str, url: str = "tea/") -> SearchPage:
    """A finished page with a title of its own."""
    return SearchPage(url, f"<article><h1 id='top'>Tea</h1>{body}</article>")


def found(body: str) -> list[tuple[str, str]]:
    """Fragment and text of each section after the beginning of the page."""
    return [(section.fragment, section.text) for section in find_sections(page(body))[1:]]


# Sections


def test_a_section_runs_from_a_heading_with_an_id_to_the_next():
    first, withering = find_sections(SearchPage("oolong/", WITHERING))
    assert (first.url, first.fragment, first.page_title, first.heading) == ("oolong/", "", "Oolong", "Oolong")
    assert first.text == "A half fermented tea."
    assert (withering.fragment, withering.page_title, withering.heading) == (
        "withering",
        "Oolong",
        "1.1 Withering",
    )


def test_what_is_no_text_of_the_article_is_left_out():
    _, withering = find_sections(SearchPage("oolong/", WITHERING))
    assert (
        withering.text == "Leaves <wither> in the sun, slowly.\nTime\n8 h\nSmall print\nNo section.\nUnnamed"
    )


@pytest.mark.parametrize(
    ("html", "title", "text"),
    [
        ("<title>Tea</title><body><main><p>In main.</p></main>outside</body>", "Tea", "In main."),
        (
            "<html><head><title>Tea &amp; cups</title></head><body><p>In body.</p></body>",
            "Tea & cups",
            "In body.",
        ),
        ("<p>Nothing around.</p>", "cups/", "Nothing around."),
        ("<article data-search='skip'><h1>Cups</h1><p>Not for finding.</p></article>", "cups/", ""),
    ],
)
def test_a_page_without_an_article_or_a_heading_is_read_too(html: str, title: str, text: str):
    (section,) = find_sections(SearchPage("cups/", html))
    assert (section.page_title, section.text) == (title, text)


def test_a_line_wrapped_between_chinese_characters_does_not_part_them():
    assert found("<h2 id='a'>甲</h2><p>鲜叶\n  萎凋，\n再摇青 in\nthe <em>日</em>光</p>") == [
        ("a", "鲜叶萎凋，再摇青 in the 日光")
    ]


def test_characters_that_nobody_sees_are_dropped():
    sections = find_sections(page("<h2 id='a'>萎\u200b凋</h2><p>鲜\u200b叶 wither\u00ading</p>"))
    assert (sections[1].heading, sections[1].text) == ("萎凋", "鲜叶 withering")


def test_a_long_section_goes_on_as_a_part_at_a_block_with_an_id():
    long = "x" * PART_LENGTH
    assert [
        fragment for fragment, _ in found(f"<h2 id='a'>A</h2><p>{long}y</p><p>no id</p><p id='a-p3'>on</p>")
    ] == [
        "a",
        "a-p3",
    ]
    assert [fragment for fragment, _ in found(f"<h2 id='a'>A</h2><p>{long[:-9]}</p><p id='a-p2'>on</p>")] == [
        "a"
    ]


def test_only_the_first_part_of_a_section_is_found_by_its_title():
    long = "x " * PART_LENGTH
    body = f"<h2 id='a'>Steaming</h2><p>{long}</p><p id='a-p2'>{long}</p><p id='a-p3'>end</p>"
    index = build_search_index([page(body)])
    assert documents(index, title_key("Steaming")) == [1]
    assert documents(index, "steaming") == [1]


@given(st.text(alphabet="<>/\"'=ap h1id&;茶 \n-!", max_size=60))
def test_no_page_is_too_odd_to_be_read(body: str):
    sections = find_sections(SearchPage("x/", f"<article>{body}</article>"))
    assert sections[0].fragment == ""


# Terms


def test_any_two_neighbouring_han_characters_and_each_alone_are_terms():
    assert {"充质", "质干", "干细", "充", "胞"} <= set(find_terms("间充质干细胞"))
    assert "胞外" not in set(find_terms("细胞，外泌体"))


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("BM-MSC", ["bm-msc", "bm", "msc"]),
        ("5‑HT", ["5-ht", "5", "ht"]),
        ("TGF-β1", ["tgf-β1", "tgf", "β1"]),
        ("ＵＣ－ＭＳＣ", ["uc-msc", "uc", "msc"]),
        ("Café, naïve", ["cafe", "naive"]),
        ("73.2% (P<0.05)", ["73.2", "p", "0.05"]),
        ("10⁶", ["106"]),
        ("", []),
    ],
)
def test_words_are_folded_and_parted_at_hyphens(text: str, terms: list[str]):
    assert list(find_terms(text)) == terms


@given(st.text(max_size=15))
def test_a_text_has_all_terms_that_a_query_of_its_words_needs(text: str):
    assert set(needed_terms(text)) <= set(find_terms(text))


@given(st.text(max_size=15))
def test_folding_twice_changes_nothing(text: str):
    assert needed_terms(fold(text)) == needed_terms(text)


# Ranking: a little engine with the formula of search.js, for one wording and without parts of words


def decode(encoded: str) -> dict[int, int]:
    """Document → level of its weight, 0 to 25."""
    levels = {}
    number = -1
    for gap, letter in re.findall(r"(\d*)([a-z])", encoded):
        number += int(gap or 0) + 1
        levels[number] = ord(letter) - ord("a")
    return levels


def documents(index: SearchIndex, term: str) -> list[int]:
    """Numbers of the documents that have a term."""
    return list(decode(index.postings.get(term, "")))


def search(index: SearchIndex, query: str) -> list[str]:
    """Headings of the sections with every term of the query, best first."""
    terms = needed_terms(query)
    scores: dict[int, float] = defaultdict(float)
    for term in terms:
        levels = decode(index.postings.get(term, ""))
        rarity = math.log(1 + (len(index.sections) - len(levels) + 0.5) / (len(levels) + 0.5))
        for number, level in levels.items():
            scores[number] += rarity * 1.25**level
    complete = set.intersection(*(set(documents(index, term)) for term in terms))
    exact = documents(index, title_key(query))
    ranked = sorted(complete, key=lambda number: -scores[number] * (3 if number in exact else 1))
    return [index.sections[number].heading for number in ranked]


TEAS = [
    SearchPage(
        "green/",
        "<h1>绿茶</h1><p>绿茶要杀青。杀青用高温，杀青后揉捻。</p><h2 id='steam'>蒸青</h2><p>用蒸汽杀青。</p>",
    ),
    SearchPage("fixing/", "<h1>杀青</h1><p>使酶失去活性。</p>"),
    SearchPage("fixing-tools/", "<h1>各地杀青所用的器具和它们的来历</h1><p>锅与筒。</p>"),
    SearchPage("white/", "<h1>白茶</h1><p>不杀青，不揉捻。绿茶与它不同。</p>"),
]


def test_a_title_goes_before_a_heading_and_a_heading_before_a_text():
    pages = [
        SearchPage("a/", "<h1>茶</h1><p>摇青，摇青，再摇青。</p>"),
        SearchPage("b/", "<h1>茶</h1><p>水。</p><h2 id='x'>摇青与时间</h2><p>火。</p>"),
        SearchPage("c/", "<h1>摇青与温度</h1><p>木。</p>"),
    ]
    assert search(build_search_index(pages), "摇青") == ["摇青与温度", "摇青与时间", "茶"]


def test_the_page_with_exactly_the_title_asked_for_is_first():
    assert search(build_search_index(TEAS), "杀青")[:2] == ["杀青", "各地杀青所用的器具和它们的来历"]


def test_a_section_is_also_found_by_the_title_of_its_page():
    assert search(build_search_index(TEAS), "绿茶 蒸汽") == ["蒸青"]


def test_a_page_of_less_weight_comes_after_its_equal():
    same = "<h1>红茶</h1><p>全发酵。</p>"
    index = build_search_index([SearchPage("a/", same, 0.4), SearchPage("b/", same)])
    light, full = decode(index.postings["红茶"]).values()
    assert 1.25 ** (full - light) == pytest.approx(1 / 0.4, rel=0.13)


# Synonyms


def test_synonyms_that_no_page_uses_are_understood_but_not_searched():
    groups = [("杀青", "fixing", "kill-green"), ("咖啡", "coffee"), ("白茶",), ("  ", "绿茶")]
    (group,) = build_search_index(TEAS, groups).synonyms
    assert (group.searched, group.understood) == (("杀青",), ("fixing", "kill-green"))


def test_a_synonym_that_pages_use_in_the_plural_is_searched():
    pages = [SearchPage("a/", "<h1>Leaves</h1><p>Catechins and kettles.</p>")]
    (group,) = build_search_index(pages, [("儿茶素", "catechin")]).synonyms
    assert group.searched == ("catechin",)


# Files


def read_files(directory: Path) -> dict[str, tuple[str, object]]:
    """Name → version and value, as the script's function gets them."""
    files = {}
    for path in directory.iterdir():
        call = path.read_text("utf-8")
        assert call.startswith("referenceSearch(")
        assert call.endswith(");\n")
        name, version, value = json.loads(
            f"[{call.removeprefix('referenceSearch(').removesuffix(chr(41) + ';' + chr(10))}]"
        )
        assert name == path.stem
        files[name] = (version, value)
    return files


def many_pages(count: int) -> list[SearchPage]:
    """Pages with words of their own."""
    return [
        SearchPage(
            f"p{number}/",
            f"<h1>Page {number:03}</h1><h2 id='s'>{chr(0x4E00 + number)}茶</h2>"
            + "".join(
                f"<p id='s-p{n}'>{crc32(bytes([number, n])):x} {chr(0x5000 + number + n) * 40}</p>"
                for n in range(60)
            ),
        )
        for number in range(count)
    ]


def test_two_builds_are_equal_to_the_byte_whatever_the_order_of_pages(tmp_path: Path):
    pages = many_pages(30)
    write_search_index(build_search_index(pages, [("茶", "tea")]), tmp_path / "one")
    write_search_index(build_search_index(reversed(pages), [("茶", "tea")]), tmp_path / "two")
    one, two = ({p.name: p.read_bytes() for p in (tmp_path / name).iterdir()} for name in ("one", "two"))
    assert len(one) > 10
    assert one == two


def test_no_file_is_near_ten_kilobytes_compressed(tmp_path: Path):
    write_search_index(build_search_index(many_pages(80)), tmp_path)
    assert max(len(gzip.compress(path.read_bytes())) for path in tmp_path.iterdir()) < 10_000


def test_every_term_and_section_is_in_a_file_of_the_same_version(tmp_path: Path):
    index = build_search_index(many_pages(30))
    write_search_index(index, tmp_path)
    files = read_files(tmp_path)
    assert len({version for version, _ in files.values()}) == 1
    terms = {t: d for name, (_, value) in files.items() if name.startswith("terms") for t, d in value.items()}
    assert terms == index.postings
    starts = files["manifest"][1]["sectionFiles"]
    texts = [section for number in range(len(starts)) for section in files[f"sections-{number}"][1]]
    assert [text for *_, text in texts] == [section.text for section in index.sections]
    assert all(
        files[f"sections-{number}"][1][0][4] == index.sections[start].text
        for number, start in enumerate(starts)
    )


@pytest.mark.parametrize(
    ("term", "start"),
    [("matcha", "mat"), ("uc-msc", "uc-"), ("肝", "肝"), ("肝硬", "肝硬"), ("=肝硬 化", "肝硬")],
)
def test_a_term_is_in_the_file_that_the_script_works_out_from_its_beginning(
    tmp_path: Path, term: str, start: str
):
    pages = [*many_pages(30), page("<h2 id='a'>肝硬 化</h2><p>Matcha, UC-MSC</p>")]
    write_search_index(build_search_index(pages), tmp_path)
    files = read_files(tmp_path)
    count = files["manifest"][1]["termFiles"]
    assert count > 1
    assert term in files[f"terms-{crc32(start.encode()) % count}"][1]


def test_another_text_makes_another_version(tmp_path: Path):
    versions = []
    for text in ("红茶", "绿茶"):
        write_search_index(build_search_index([page(f"<p>{text}</p>")]), tmp_path)
        versions.append(read_files(tmp_path)["manifest"][0])
    assert versions[0] != versions[1]


def test_files_of_an_earlier_and_larger_index_do_not_stay(tmp_path: Path):
    write_search_index(build_search_index(many_pages(30)), tmp_path)
    write_search_index(build_search_index(many_pages(1)), tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["manifest.js", "sections-0.js", "terms-0.js"]


def test_an_index_of_nothing_can_be_written(tmp_path: Path):
    write_search_index(build_search_index([]), tmp_path)
    assert read_files(tmp_path)["manifest"][1]["documents"] == 0


def test_no_file_holds_a_zero_width_space(tmp_path: Path):
    pages = [page("<h2 id='a'>萎\u200b凋</h2><p>鲜\u200b叶</p>")]
    write_search_index(build_search_index(pages, [("萎\u200b凋", "wither\u200bing")]), tmp_path)
    assert not any("\u200b" in path.read_text("utf-8") for path in tmp_path.iterdir())
