"""Tags are read as html.parser reads them where a page is well formed, and as browsers do elsewhere."""

from __future__ import annotations

from html import escape
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macros.built_site.tags import Attributes, TagReader

Event = tuple[str, str, dict[str, str], int]


class Recorder(TagReader):
    """Keeps what it is given."""

    def __init__(self) -> None:
        super().__init__()
        self.events: list[Event] = []

    def on_start(self, tag: str, attributes: Attributes) -> None:
        self.events.append(("start", tag, dict(attributes), self.line))

    def on_end(self, tag: str) -> None:
        self.events.append(("end", tag, {}, self.line))

    def on_text(self, text: str) -> None:
        self.events.append(("text", text, {}, self.line))


class StandardLibrary(HTMLParser):
    """Keeps the same from html.parser."""

    def __init__(self) -> None:
        super().__init__()
        self.events: list[Event] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in reversed(attrs)}
        self.events.append(("start", tag, attributes, self.getpos()[0]))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self.events.append(("end", tag, {}, self.getpos()[0]))

    def handle_data(self, data: str) -> None:
        self.events.append(("text", data, {}, self.getpos()[0]))


def read(text: str, *, is_xml: bool = False) -> list[Event]:
    """The events of a text."""
    recorder = Recorder()
    recorder.read(text, is_xml=is_xml)
    return recorder.events


def tags(text: str) -> list[str]:
    """The names of the start tags of a text."""
    return [name for kind, name, _, _ in read(text) if kind == "start"]


words = st.text(alphabet="ab 茶&<>\"'=/\n#;é", min_size=1, max_size=12)
names = st.sampled_from(["p", "a", "div", "h2", "span", "em", "td"])
attributes = st.dictionaries(st.sampled_from(["href", "id", "class", "data-x", "hidden"]), words, max_size=3)


def write_element(name: str, values: dict[str, str], content: str) -> str:
    written = "".join(f' {key}="{escape(value)}"' for key, value in values.items())
    return f"<{name}{written}>{content}</{name}>\n"


def wrap(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(write_element, names, attributes, st.lists(inner, min_size=1, max_size=3).map("".join))


pages = st.recursive(
    words.map(escape) | st.sampled_from(["<br/>", "<img src=a.png alt=''>", "<!-- <p> -->", "<HR>"]),
    wrap,
    max_leaves=12,
)


@settings(max_examples=150)
@given(pages)
def test_well_formed_pages_are_read_as_the_standard_library_reads_them(text: str) -> None:
    standard = StandardLibrary()
    standard.feed(f"<!doctype html>\n{text}")
    standard.close()
    voids = ("br", "img", "hr")
    expected = [event for event in standard.events if (event[0], event[1] in voids) != ("end", True)]
    assert read(f"<!doctype html>\n{text}") == expected


@settings(max_examples=300)
@given(st.text(alphabet="<>!-/='\" ap\n[]&", max_size=60))
def test_any_text_is_read_to_its_end_with_lines_in_order(text: str) -> None:
    lines = [line for _, _, _, line in read(text)]
    assert lines == sorted(lines)
    assert all(1 <= line <= text.count("\n") + 1 for line in lines)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<script>if (a</p>b) '<a>'</script><b>", ["script", "b"]),
        ("<script>'</scripture>'<i></SCRIPT ><b>", ["script", "b"]),
        ("<title><b></title><i>", ["title", "i"]),
        ("<textarea><a href=x></textarea><i>", ["textarea", "i"]),
        ("<!-- <a> --!><b>", ["b"]),
        ("<!--><b>", ["b"]),
        ("<!-- never closed <b>", []),
        ("<![CDATA[<a>]]><b>", ["b"]),
        ("<!doctype html><?xml?></ p><b>", ["b"]),
        ("<a title='>'><b>", ["a", "b"]),
        ("1 < 2 <3 <b>", ["b"]),
        ('<a href="never closed <b>', []),
        ("<b", []),
    ],
)
def test_what_looks_like_a_tag_is_one_only_where_browsers_read_one(text: str, expected: list[str]) -> None:
    assert tags(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<a href=x/>", {"href": "x/"}),
        ("<a href = 'x' HREF=y>", {"href": "x"}),
        ('<a b c="" d=">">', {"b": "", "c": "", "d": ">"}),
        ("<a/onload=b>", {"onload": "b"}),
        ("<a href='a&amp;b&#33;'>", {"href": "a&b!"}),
        ("<a href=>", {"href": ""}),
        ("<a = b>", {"=": "", "b": ""}),
        ("<a 'b\"c=d'>", {"'b\"c": "d'"}),
        ("<a\nhref\n=\nx\n>", {"href": "x"}),
    ],
)
def test_attributes_are_read_as_browsers_read_them(text: str, expected: dict[str, str]) -> None:
    assert read(text)[0][2] == expected


def test_a_slash_closes_elements_in_xml_only() -> None:
    drawing, page = read("<svg><style/><a/></svg>", is_xml=True), read("<p><b/></p>")
    assert [name for kind, name, _, _ in drawing if kind == "end"] == ["style", "a", "svg"]
    assert [name for kind, name, _, _ in page if kind == "end"] == ["p"]


def test_character_references_are_decoded_in_titles_and_not_in_scripts() -> None:
    texts = [
        text
        for kind, text, _, _ in read("<title>a &lt; b</title><script>a &lt; b</script>")
        if kind == "text"
    ]
    assert texts == ["a < b", "a &lt; b"]
