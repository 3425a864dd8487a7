"""Ids of blocks; the awkward cases are those of the research note on bilingual reading, section 2."""

import re
from html.parser import HTMLParser

import pytest
from markdown import Markdown

from macros.block_ids import BlockIds

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
        ("```\ncode\n```", ["top-html1"]),
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
