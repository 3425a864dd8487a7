"""Finished HTML as a tree of places in its text, and changes to that text.

An element knows where it begins and ends, so that what nobody changes stays as it was, to the
letter. What is changed, and why, is decided by those who use this.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape

from macros.built_site.reading import CLOSES_PARAGRAPH
from macros.built_site.tags import Attributes, TagReader

# HTML standard, "void elements".
VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
# Within these a slash closes an element (HTML standard, "foreign elements").
_FOREIGN = frozenset(("svg", "math"))

Edit = tuple[int, int, str]
"""From one place of a text to another, and what stands there instead."""


@dataclass(slots=True, kw_only=True, eq=False)
class Element:
    """An element and the four places in the text at which its tags begin and end."""

    tag: str
    attributes: Attributes
    start: int
    inner_start: int
    inner_end: int = 0
    end: int = 0
    has_slash: bool
    """Whether its start tag ends in a slash, which closes what belongs to a drawing."""
    children: list[Element] = field(default_factory=list)

    @property
    def id(self) -> str:
        """An empty text where it has none."""
        return self.attributes.get("id", "")

    @property
    def classes(self) -> list[str]:
        """The names in its ``class``."""
        return self.attributes.get("class", "").split()

    def walk(self) -> Iterator[Element]:
        """The element and all within it, in the order of the text."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting += reversed(element.children)


def parse_html(text: str) -> Element:
    """The whole text as the content of one element without tags.

    What an author left open ends with the element around it; an end tag that closes nothing counts
    as text.
    """
    builder = _TreeBuilder()
    builder.read(text)
    builder.close_to(0, len(text))
    builder.root.inner_end = builder.root.end = len(text)
    return builder.root


class _TreeBuilder(TagReader):
    """Keeps the elements that are open."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Element(tag="", attributes={}, start=0, inner_start=0, has_slash=False)
        self._open = [self.root]

    def on_start(self, tag: str, attributes: Attributes) -> None:
        start, end = self.span
        if self._open[-1].tag == "p" and tag in CLOSES_PARAGRAPH:
            self.close_to(len(self._open) - 2, start)
        # The reader of tags names the last attribute first.
        in_order = dict(reversed(list(attributes.items())))
        has_slash = self._text[end - 2] == "/"
        element = Element(tag=tag, attributes=in_order, start=start, inner_start=end, has_slash=has_slash)
        self._open[-1].children.append(element)
        self._open.append(element)
        is_closed = has_slash and any(above.tag in _FOREIGN for above in self._open)
        if is_closed or tag in VOID:
            self.close_to(len(self._open) - 2, end)

    def on_end(self, tag: str) -> None:
        depth = next((at for at in range(len(self._open) - 1, 0, -1) if self._open[at].tag == tag), 0)
        if depth:
            start, end = self.span
            element = self._open[depth]
            self.close_to(depth - 1, start)
            element.end = end

    def on_text(self, text: str) -> None:
        """Text is read from its place when it is needed."""

    def close_to(self, depth: int, place: int) -> None:
        """Close all elements that are open within one, at a place in the text."""
        for element in self._open[depth + 1 :]:
            element.inner_end = element.end = place
        del self._open[depth + 1 :]


def apply_edits(text: str, edits: Iterable[Edit], start: int, end: int) -> str:
    """A part of a text with changes; a change within a part that another one replaces is lost.

    >>> apply_edits("<p><b>one</b> two</p>", [(3, 13, "1"), (6, 9, "ONE")], 0, 21)
    '<p>1 two</p>'
    """
    parts: list[str] = []
    for edit_start, edit_end, new in sorted(edits, key=lambda edit: (edit[0], -edit[1])):
        if start <= edit_start < end:
            parts += text[start:edit_start], new
            start = edit_end
    return "".join((*parts, text[start:end]))


def change_attributes(element: Element, attributes: Mapping[str, str]) -> Edit:
    """The change that gives an element other attributes.

    Names in small letters are right in drawings too (HTML standard, "adjust SVG attributes").

    >>> [paragraph] = parse_html("<p id=a>").children
    >>> change_attributes(paragraph, {"id": "a&b", "hidden": ""})
    (0, 8, '<p id="a&amp;b" hidden="">')
    """
    written = [f'{name}="{escape(value)}"' for name, value in attributes.items()]
    tag = f"<{' '.join([element.tag, *written])}{'/' if element.has_slash else ''}>"
    return element.start, element.inner_start, tag
