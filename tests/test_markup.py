import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macros.markup import blank_literals, find_markup, parse_citation, plain_text


def keys(text: str) -> list[list[str]]:
    return [[item.citekey for item in citation.items] for citation in find_markup(text).citations]


def mistakes(text: str) -> list[str]:
    return [mistake.rule for mistake in find_markup(text).mistakes]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x[@a].", [["a"]]),
        ("x[@a; @b]", [["a", "b"]]),
        ("x[@a；@b]", [["a", "b"]]),
        ("x[@a;\n@b]", [["a", "b"]]),
        ("| a[@a] | b[@b] |", [["a"], ["b"]]),
        ("- a[@a]\n\n    b[@b]", [["a"], ["b"]]),
        ('!!! note "n"\n\n    a[@a]', [["a"]]),
        ("[^1]: a[@a]", [["a"]]),
        ("## H[@a] {#h}", [["a"]]),
        ("键@key中文 [@key]中文", [["key"]]),
    ],
)
def test_citations_are_found_wherever_markdown_reads_text(text: str, expected: list[list[str]]):
    assert keys(text) == expected
    assert mistakes(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "`[@a]`",
        "``x ` [@a]``",
        "```\n[@a]\n```",
        "~~~ text\n[@a]\n~~~",
        "text\n\n    [@a]\n",
        '<a title="[@a]">x</a>',
        "<!-- [@a] -->",
        r"\[@a]",
        "mail@example.org [x@example.org]",
    ],
)
def test_code_comments_attributes_and_escapes_hold_no_citations(text: str):
    assert keys(text) == []
    assert mistakes(text) == []


def test_a_locator_is_kept_with_its_key():
    items = parse_citation("@a, p. 3; @b，第 4 页")
    assert [(item.citekey, item.locator) for item in items] == [("a", "p. 3"), ("b", "第 4 页")]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("[@a，@b]", "citation-parses"),
        ("[@a, @b]", "citation-parses"),
        ("[@]", "citation-parses"),
        ("[see @a]", "citation-parses"),
        ("[text [@a]](x.md)", "citation-is-outside-links"),
        ("{{ table( }}", "macro-syntax-parses"),
        ("{{ table", "macro-syntax-parses"),
        ("{{ config }}", "macro-syntax-parses"),
        ("{% for x in y %}", "macro-syntax-parses"),
        ("{{ a() }}{{ b() ", "macro-syntax-parses"),
        ("{{ table(config) }}", "macro-arguments-are-literal"),
        ("{{ table(x='a' ~ 'b') }}", "macro-arguments-are-literal"),
        ("{{ cycler.__init__.__globals__ }}", "macro-syntax-parses"),
    ],
)
def test_what_cannot_be_read_is_a_mistake(text: str, rule: str):
    assert mistakes(text) == [rule]


def test_a_macro_call_has_a_name_and_literal_arguments():
    [call] = find_markup('a {{ table("s", view="v", rows=[1, 2]) }} b').macro_calls
    assert (call.name, call.arguments, call.keywords) == ("table", ("s",), {"view": "v", "rows": [1, 2]})


def test_macro_calls_in_code_are_left_alone():
    assert find_markup("`{{ a() }}`\n\n```\n{{ b() }}\n{% x %}\n```\n").macro_calls == ()


def test_headings_give_level_text_and_explicit_id():
    headings = find_markup("# A {#top}\n\n## B 归巢 {: #homing .x }\n\n### C\n\n```\n# no\n```\n").headings
    assert [(h.level, h.text, h.id) for h in headings] == [
        (1, "A", "top"),
        (2, "B 归巢", "homing"),
        (3, "C", ""),
    ]


def test_links_images_and_definitions_are_found_with_their_targets():
    links = find_markup("[a](x.md#y) ![b](<p q.png> 'title') [c](z_(1).md)\n\n[d]: w.md").links
    assert [(link.target, link.is_image) for link in links] == [
        ("x.md#y", False),
        ("p q.png", True),
        ("z_(1).md", False),
        ("w.md", False),
    ]


def test_a_source_place_is_an_attribute_of_its_block():
    [attributes] = find_markup('text\n{: src="feng2023/3.1-p2" #a }').attribute_lists
    assert (attributes.id, attributes.values) == ("a", {"src": "feng2023/3.1-p2"})


def test_plain_text_is_what_a_reader_sees():
    assert plain_text("**总**[胆红素](x.md#a)[@a]下降 `x`{: #b }") == "总胆红素下降 x"


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="[@]a;，`{}%<>!()#\n \\~-:\"'=", max_size=60))
def test_no_text_is_too_odd_to_be_searched_and_offsets_are_kept(text: str):
    find_markup(text)
    assert len(blank_literals(text)) == len(text)
