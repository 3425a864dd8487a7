"""Blocks of a page: what Python-Markdown makes of the text, by kind, section and line."""

import pytest

from macros.blocks import Block, find_blocks
from macros.pages import parse_page
from macros.source_text import SourceText


def blocks_of(text: str) -> tuple[Block, ...]:
    page, problems = parse_page(SourceText("docs/en/tea.md", text), "tea", "en")
    assert not problems
    return find_blocks(page)


def outline(text: str) -> list[tuple[str, int, str]]:
    return [(block.kind, block.line, block.text) for block in blocks_of(text)]


def test_front_matter_is_no_block_and_sections_are_called_by_their_heading():
    text = (
        "---\ntitle: Tea\n---\nBefore.\n\n# Tea {#top}\n\nWhite\ntea.\n\n## Leaves ## {#leaves}\n\nGreen.\n"
    )
    assert [(block.kind, block.section, block.line, block.text) for block in blocks_of(text)] == [
        ("paragraph", "", 4, "Before."),
        ("heading", "top", 6, "Tea"),
        ("paragraph", "top", 8, "White tea."),
        ("heading", "leaves", 11, "Leaves"),
        ("paragraph", "leaves", 13, "Green."),
    ]


def test_a_loose_list_has_the_same_blocks_as_a_tight_one():
    tight = "- one\n- two\n    - three\n    - four\n- five\n"
    loose = "- one\n\n- two\n\n    - three\n\n    - four\n\n- five\n"
    expected = [("list item", text) for text in ("one", "two", "three", "four", "five")]
    assert [(kind, text) for kind, _, text in outline(tight)] == expected
    assert [(kind, text) for kind, _, text in outline(loose)] == expected


def test_an_item_holds_what_is_indented_and_what_follows_without_an_empty_line():
    text = """1. one
goes on

    More of one.

    ```
    code
    ```
2. two
{: src="a/1" }

After.
"""
    assert outline(text) == [
        ("numbered item", 1, "one goes on"),
        ("paragraph", 4, "More of one."),
        ("code", 6, "```\ncode\n```"),
        ("numbered item", 9, "two"),
        ("paragraph", 12, "After."),
    ]
    assert blocks_of(text)[3].source_places == ("a/1",)


def test_a_list_needs_an_empty_line_before_it():
    """Python-Markdown does not let a list interrupt a paragraph."""
    assert outline("Text\n- no item\n") == [("paragraph", 1, "Text - no item")]


def test_an_admonition_is_its_title_and_what_stands_in_it():
    text = """!!! note "Beware"

    Hot.

    - item

    > said

??? tip
    Folded.

=== "Tab"

    In a tab.

Out.
"""
    assert outline(text) == [
        ("note admonition", 1, "Beware"),
        ("paragraph", 3, "Hot."),
        ("list item", 5, "item"),
        ("quotation", 7, "said"),
        ("tip admonition", 9, ""),
        ("paragraph", 10, "Folded."),
        ("tab", 12, "Tab"),
        ("paragraph", 14, "In a tab."),
        ("paragraph", 16, "Out."),
    ]


def test_a_footnote_is_a_section_of_its_own_wherever_it_stands():
    text = "# T {#top}\n\nA.[^1]\n\n[^1]: Note.\n\n    More.\n\nB.\n"
    assert [(block.kind, block.section, block.line) for block in blocks_of(text)] == [
        ("heading", "top", 1),
        ("paragraph", "top", 3),
        ("footnote", "[^1]", 5),
        ("paragraph", "[^1]", 7),
        ("paragraph", "top", 9),
    ]


def test_a_table_is_one_block_with_its_cells_as_read():
    text = "| tea | `a|b` | **share** |\n|---|:-:|---|\n| x \\| y | | 5%[@ito2019] |\n\nAfter.\n"
    table, after = blocks_of(text)
    assert (table.kind, [row.cells for row in table.rows]) == (
        "table",
        [("tea", "a|b", "share"), ("x \\| y", "", "5%")],
    )
    assert [text[row.start] for row in table.rows] == ["|", "|"]
    assert after.kind == "paragraph"


@pytest.mark.parametrize(
    "code",
    [
        "```\n# no heading\n\n- no item\n```",
        "~~~ python\n<!-- no comment -->\n~~~",
        "    # no heading\n\n    - no item",
    ],
)
def test_code_is_one_block_as_it_was_typed(code: str):
    (before, block, after) = blocks_of(f"Before.\n\n{code}\n\nAfter.\n")
    assert (before.kind, block.kind, after.kind) == ("paragraph", "code", "paragraph")
    assert block.text.strip() == code.strip()


def test_raw_html_is_one_block_to_its_closing_tag():
    text = "<div>\n<div>5\n\n# no heading</div>\n</div>\n\n<hr>\n\n<span>Words</span> in a paragraph.\n"
    assert [(kind, line) for kind, line, _ in outline(text)] == [
        ("raw HTML", 1),
        ("raw HTML", 7),
        ("paragraph", 9),
    ]


def test_terms_and_definitions_are_blocks():
    text = "Tea\nCha\n:   A drink.\n\n    Hot.\n\nLeaf\n\n:   Grows.\n"
    assert outline(text) == [
        ("term", 1, "Tea"),
        ("term", 2, "Cha"),
        ("definition", 3, "A drink."),
        ("paragraph", 5, "Hot."),
        ("term", 7, "Leaf"),
        ("definition", 9, "Grows."),
    ]


def test_what_readers_do_not_see_is_no_block():
    text = "A.\n\n<!-- B.\n\nC. -->\n\n***\n\n*[TEA]: a drink\n\n[x]: https://tea.example/\n\nD <!-- E -->.\n"
    assert [(block.kind, block.section) for block in blocks_of(text)] == [
        ("paragraph", ""),
        ("link definition", "[links]"),
        ("paragraph", ""),
    ]


def test_a_macro_call_alone_is_a_block_of_its_own_kind():
    text = '{{ table("a", view="b") }}\n\nText {{ table("a") }}.\n\n{{ one() }} {{ two() }}\n'
    assert [block.kind for block in blocks_of(text)] == ["macro call", "paragraph", "paragraph"]
    assert [call.name for call in blocks_of(text)[2].macro_calls] == ["one", "two"]


def test_a_block_has_the_citations_links_and_source_places_that_stand_in_it():
    text = 'A[@a; @b] [t](x.md).\n{: src="s/1" }\n\n- B ![i](i.svg)[@c]\n    - C[@d]\n'
    found = [
        (
            [item.citekey for citation in block.citations for item in citation.items],
            [link.target for link in block.links],
            block.source_places,
        )
        for block in blocks_of(text)
    ]
    assert found == [(["a", "b"], ["x.md"], ("s/1",)), (["c"], ["i.svg"], ()), (["d"], [], ())]


def test_text_is_as_readers_see_it():
    text = '**1**×10<sup>5</sup> &lt; [two](x.md#3) <span lang="zh">三</span>[@a2019, p. 4]\n'
    assert outline(text) == [("paragraph", 1, "1×10^5 < two 三")]
