"""Ids of blocks; the awkward cases are those of the research note on bilingual reading, section 2."""

import re
from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown

from macros.block_ids import BlockIds
from macros.blocks import find_anchor, name_blocks
from macros.pages import Page, parse_page
from macros.site import Site
from macros.source_text import SourceText

EXTENSIONS = (
    "abbr",
    "admonition",
    "attr_list",
    "def_list",
    "footnotes",
    "md_in_html",
    "sane_lists",
    "tables",
    "toc",
    "fenced_code",
)


def html(text: str) -> str:
    return Markdown(extensions=[*EXTENSIONS, BlockIds()]).convert(text)


def ids(text: str) -> list[str]:
    return re.findall(r'id="([^"]+)"', html(text))


def test_blocks_are_numbered_below_their_heading():
    text = "intro\n\n## Homing {#homing}\n\none\n\ntwo\n\n- a\n- b\n\n## Next {#next}\n\nthree\n"
    assert ids(text) == [
        "top-p1",
        "homing",
        "homing-p1",
        "homing-p2",
        "homing-li1",
        "homing-li2",
        "next",
        "next-p1",
    ]


def test_counterparts_have_the_same_ids():
    english = "## Homing {#homing}\n\none\n\n- a\n\n    b\n\n| x |\n|---|\n| 1 |\n"
    chinese = "## 归巢 {#homing}\n\n一\n\n- 甲\n\n    乙\n\n| 子 |\n|---|\n| 1 |\n"
    assert ids(english) == ids(chinese)


def test_an_explicit_id_is_kept_and_the_block_still_counts():
    assert ids("## H {#h}\n\none\n{: #claim }\n\ntwo\n") == ["h", "claim", "h-p2"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- a\n\n    more\n\n- b", ["top-li1", "top-p1", "top-li2"]),
        ("- a\n    - nested\n- b", ["top-li1", "top-li2", "top-li3"]),
        ("> quoted", ["top-quote1"]),
        ("Term\n:   meaning", ["top-dt1", "top-dd1"]),
        ('!!! note "N"\n\n    body', ["top-note1", "top-p1"]),
        ("| x |\n|---|\n| 1 |", ["top-table1"]),
        ("```\ncode\n```", ["top-code1"]),
        ("    code", ["top-code1"]),
        ("> one\n>\n> two", ["top-quote1", "top-quote2"]),
        ('> !!! note "N"\n>     body', ["top-note1", "top-quote1"]),
        ("- a\n\n    > said", ["top-li1", "top-quote1"]),
        ("![](leaf.svg)", ["top-p1"]),
        ("<img src='leaf.svg'>", ["top-p1"]),
        ("<hr>\n\nwords", ["top-p1"]),
        ("<div>\nraw\n</div>", ["top-html1"]),
        ('<ol id="own"><li>x</li></ol>', ["own"]),
        ("text[^1]\n\n[^1]: note", ["top-p1", "fnref:1", "fn:1"]),
    ],
)
def test_every_kind_of_block_has_an_id(text: str, expected: list[str]):
    assert ids(text) == expected


class _Nesting(HTMLParser):
    """Reads HTML as a browser does as far as paragraphs go: a block element ends an open one."""

    def __init__(self) -> None:
        super().__init__()
        self.stray = 0
        self._open = False

    def handle_starttag(self, tag, attrs):  # noqa: ARG002 (the name is the base class's)
        if tag in ("div", "p", "table", "ul", "ol", "pre", "dl", "blockquote", "figure", "details", "h2"):
            self._open = tag == "p"

    def handle_endtag(self, tag):
        if tag == "p":
            self.stray += not self._open
            self._open = False


@pytest.mark.parametrize(
    "text",
    [
        "```python\nx\n```",
        "<div>\n<p>raw</p>\n</div>",
        "<details><summary>s</summary>\n<p>x</p>\n</details>",
        '<div markdown="1">\n\n*inner*\n\n</div>',
        '!!! note "N"\n\n    ```\n    code\n    ```',
        "- item\n\n    ```\n    code\n    ```",
        "a <span>inline</span> b",
        "text[^1]\n\n[^1]: note\n\n    more",
        "<div>unclosed\n\ntext",
        "1. a\n\n    | x |\n    |---|\n    | 1 |\n\n2. b",
    ],
)
def test_no_paragraph_holds_a_block_and_no_id_stands_twice(text: str):
    out = html(f"before\n\n{text}\n\nafter")
    parser = _Nesting()
    parser.feed(out)
    assert parser.stray == 0
    found = re.findall(r'id="([^"]+)"', out)
    assert len(found) == len(set(found))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('<div id="top-p1">raw</div>\n\nwords', ["top-p1"]),
        ('<div><p id="top-p1">raw</p></div>\n\nwords', ["top-html1", "top-p1"]),
        ('<span id="top-p2">one</span> one\n\ntwo', ["top-p1", "top-p2"]),
        ("one\n\ntwo\n{: #top-p1 }", ["top-p1"]),
    ],
)
def test_a_counted_id_gives_way_to_one_that_the_author_gave(text: str, expected: list[str]):
    assert sorted(ids(text)) == expected


def test_what_says_that_a_block_is_behind_counts_for_nothing():
    assert ids("behind\n{: .behind }\n\n| x |\n|---|\n| 1 |\n\nwords") == ["top-table1", "top-p1"]


# The names under which macros.blocks knows the blocks are the ids that they get here

COMMON = tuple(name for name in EXTENSIONS if name not in ("md_in_html", "fenced_code"))
PLAIN = Markdown(extensions=[*COMMON, "fenced_code", BlockIds()])
PYMDOWNX = ("pymdownx.highlight", "pymdownx.superfences", "pymdownx.details", "pymdownx.tabbed")
FENCES_ANYWHERE = Markdown(extensions=[*COMMON, *PYMDOWNX, BlockIds()])
Lines = list[str]

FENCE = ["```python", "code", "", "# code", "```"]
WITHIN = [
    ["Some words."],
    ["Two", "lines."],
    ["![Leaf](leaf.svg)"],
    ["`code`"],
    ["<br>"],
    ["| a | b |", "|---|---|", "| 1 | 2 |"],
]
AT_THE_MARGIN = [
    FENCE,
    ["~~~", "code", "~~~"],
    ["``` { .python #fence }", "code", "```"],
    ["Words:", "", "    code"],
    ["***"],
    ["<hr>"],
    ["<hr>", "Words below it."],
    ["<div>raw</div>"],
    ["<div>", "<p>raw</p>", "</div>"],
    ["<p>raw</p>"],
    ["<aside>", "raw", "</aside>"],
    ["<details><summary>raw</summary>", "", "<p>raw</p>", "", "</details>"],
    ['<div id="h-p2">raw</div>'],
    ["<svg viewBox='0 0 1 1'><path d='M0 0'/></svg>"],
    ["[^1]: A note.", "", "    More of it."],
    ["A claim.", "{: #claim }"],
    ["Term", "Word", ":   Meaning.", "", "    More of it."],
    ["Term", "", ":   Meaning.", "", ":   Another."],
    ["<!-- a comment", "", "-->"],
    ["## Next {#next}"],
]
ONCE = ("## ", "[^1]", "A claim", "``` {", '<div id="')


def lay_out(blocks: Sequence[Lines]) -> Lines:
    return [line for block in blocks for line in (*block, "")][:-1]


def indent(lines: Lines, mark: str = "    ") -> Lines:
    return [mark + lines[0], *(f"    {line}".rstrip() for line in lines[1:])]


def quote(lines: Lines) -> Lines:
    return [f"> {line}".rstrip() for line in lines]


def nested(depth: int, leaves: list[Lines]) -> st.SearchStrategy[Lines]:
    """Blocks below each other, some of them lists, quotations and boxes with blocks in them."""
    leaf = st.sampled_from(leaves)
    if not depth:
        return st.lists(leaf, min_size=1, max_size=2).map(lay_out)
    inner = nested(depth - 1, leaves)
    items = st.lists(
        st.one_of(st.just(["Item."]), inner.map(lambda i: ["Item.", "", *i])), min_size=1, max_size=2
    )
    lists = st.builds(
        lambda found, mark: lay_out([indent(item, mark) for item in found]),
        items,
        st.sampled_from(["-   ", "1.  "]),
    )
    boxes = inner.map(lambda lines: ['!!! note "Title"', "", *indent(lines)])
    return st.lists(st.one_of(leaf, lists, boxes, inner.map(quote)), min_size=1, max_size=3).map(lay_out)


def pages_with(leaves: list[Lines]) -> st.SearchStrategy[Lines]:
    blocks = st.one_of(st.sampled_from(AT_THE_MARGIN), nested(2, leaves))
    return st.lists(
        blocks,
        min_size=1,
        max_size=5,
        unique_by=lambda block: block[0] if block[0].startswith(ONCE) else id(block),
    ).map(lay_out)


def page_of(text: str) -> Page:
    page, problems = parse_page(SourceText("docs/en/tea.md", text), "tea", "en")
    assert not problems
    return page


# How much raw HTML is one block is for Python-Markdown to say; footnotes and tabs stand elsewhere.
NAMED_APART = re.compile(r"fn(ref)?:|__tabbed|.*-html")


def check_names(lines: Lines, converter: Markdown) -> None:
    text = "\n".join(["# T {#h}", "", *lines, ""])
    built = re.findall(r'id="([^"]+)"', converter.reset().convert(text))
    named = name_blocks(page_of(text))
    assert {find_anchor(name) for name in named} <= {*built, ""}
    raw_ids = re.findall(r'<div id="(.*?)"', text)
    found = [id_ for id_ in built if not NAMED_APART.match(id_) and id_ not in raw_ids]
    assert [name for name in named if name == find_anchor(name) and not NAMED_APART.match(name)] == found


@settings(deadline=None)
@given(pages_with(WITHIN))
def test_names_of_blocks_are_their_ids_on_the_page(lines: Lines):
    check_names(lines, PLAIN)


@settings(deadline=None)
@given(
    pages_with([*WITHIN, FENCE, ['??? tip "Title"', "", "    Folded."], ['=== "Title"', "", "    In a tab."]])
)
def test_names_of_blocks_are_their_ids_where_code_is_fenced_anywhere(lines: Lines):
    check_names(lines, FENCES_ANYWHERE)


@pytest.mark.site
def test_every_block_of_the_real_pages_has_its_id(real_site: Site, built_site: Path):
    for (locale, page_id), page in real_site.pages.items():
        html = (built_site / real_site.url(page_id, locale) / "index.html").read_text("utf-8")
        found = re.findall(r'\sid="([^"]+)"', html)
        names = [name for name in name_blocks(page) if name == find_anchor(name)]
        assert [id_ for id_ in found if id_ in names] == names, page.source.file
