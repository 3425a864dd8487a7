"""Block ids: a Python-Markdown extension that gives every block of a page an id of its own.

An id is that of the heading above, the kind of block, and its number below that heading:
``homing-p2``. Counterparts have the same blocks below the same headings, so a block has the same id
in every language. Such ids count, and change when a block is put before another: what others cite
gets an explicit id, which is kept.

``macros.blocks.name_blocks`` finds the same ids in what the author wrote; what is counted here is counted
there. Within raw HTML nothing gets an id, nor does HTML itself that is no division, table, figure or list
closed where it was opened.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import STX

# After attribute lists (8), the table of contents (5) and MkDocs' own work on links (0).
_LAST = -50

_KINDS = {
    "p": "p",
    "li": "li",
    "table": "table",
    "pre": "code",
    "dt": "dt",
    "dd": "dd",
    "figure": "figure",
}
_ITEMS = ("li", "dd")
_HEADINGS = re.compile(r"h[1-6]")
_STASHED = re.compile(rf"\s*{STX}wzxhzdk:(\d+)\x03\s*")
_CODE = re.compile(r"\s*<(?:pre|div\b[^>]*\bclass=\"(?:highlight|codehilite)\b)")
_WHOLE_BLOCK = re.compile(r"\s*<(div|table|figure|ol|ul|dl|section|pre|details|form)\b.*</\1>\s*", re.S)
_TAG = re.compile(r"\s*</?([\w-]+)")
_ANOTHERS = "<!-- an element that another extension keeps -->"
_OWN_ID = re.compile(r"\s*<\w+[^>]*\sid=")
_ID = re.compile(r"\sid\s*=\s*[\"']?([^\s\"'<>]+)")
# An attribute list that belongs to no block is printed as it was typed.
_LONE_ATTRIBUTES = re.compile(r"\s*\{:[^{}\n]*\}\s*")


class BlockIds(Extension):
    """The Markdown extension; one instance serves any number of pages."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the name is Python-Markdown's)
        """Register with a converter."""
        md.treeprocessors.register(_BlockIdProcessor(md), "block-ids", _LAST)


class _BlockIdProcessor(Treeprocessor):
    """Walks the blocks in the order of the page."""

    def run(self, root: Element) -> None:
        self._root = root
        self._taken = set(self._find_ids(root))
        self._section = "top"
        self._counts: Counter[str] = Counter()
        self._walk(root, is_quoted=False)

    def _find_ids(self, root: Element) -> Iterator[str]:
        """The ids that stand on the page already, in raw HTML too."""
        yield from (element.get("id", "") for element in root.iter())
        for html in self.md.htmlStash.rawHtmlBlocks:
            if isinstance(html, str) and "id" in html:
                yield from _ID.findall(html)

    def _walk(self, parent: Element, *, is_quoted: bool) -> None:
        for child in parent:
            if parent is self._root and _HEADINGS.fullmatch(child.tag or ""):
                self._section = child.get("id") or self._section
                self._counts.clear()
            # Footnotes stand at the end of the page, whatever they belong to: they have ids of their own.
            elif "footnote" not in _classes(child):
                self._name(child, parent, is_quoted=is_quoted)
                self._walk(child, is_quoted=is_quoted or child.tag == "blockquote")

    def _name(self, block: Element, parent: Element, *, is_quoted: bool) -> None:
        html = self._stashed_block(block)
        kind = _kind_of_html(html) if html else _kind(block, parent)
        if not kind:
            return
        if kind == "p" and is_quoted:
            kind = "quote"
        self._counts[kind] += 1
        name = f"{self._section}-{kind}{self._counts[kind]}"
        if block.get("id") or name in self._taken or _OWN_ID.match(html):
            return
        if html:
            # Python-Markdown unwraps a paragraph that holds nothing but HTML, but only while it has no
            # attributes; with an id it becomes a division, since a block within a p is no HTML.
            block.tag = "div"
        block.set("id", name)
        self._taken.add(name)

    def _stashed_block(self, block: Element) -> str:
        """The HTML of a paragraph that is nothing else; empty where it is text, an image or the like."""
        stashed = _STASHED.fullmatch(block.text or "") if block.tag == "p" and not len(block) else None
        if not stashed:
            return ""
        html = self.md.htmlStash.rawHtmlBlocks[int(stashed[1])]
        if not isinstance(html, str):
            return _ANOTHERS
        tag = _TAG.match(html)
        # As Python-Markdown decides whether it unwraps the paragraph: comments count as blocks.
        is_block = tag is None or self.md.is_block_level(tag[1].lower())
        return html if is_block else ""


def _kind_of_html(html: str) -> str:
    """What raw HTML counts as; HTML that is not whole is left alone, and so is what has an id."""
    if _CODE.match(html):
        return "code"
    return "html" if _WHOLE_BLOCK.fullmatch(html) and not _OWN_ID.match(html) else ""


def _kind(block: Element, parent: Element) -> str:
    """What a block counts as; an empty text where it gets no id.

    The first paragraph of a loose list item or a definition is what it stands in. An item that begins with
    another block, such as a quotation, has no text of its own. What says that a block is behind its
    counterpart (``macros.freshness_marks``) is none of the author's blocks.
    """
    classes = _classes(block)
    if "admonition" in classes or (block.tag == "details" and classes):
        return "note"
    if block.tag == "p" and (
        (parent.tag in _ITEMS and block is parent[0])
        or "admonition-title" in classes
        or "behind" in classes
        or (not len(block) and _LONE_ATTRIBUTES.fullmatch(block.text or ""))
    ):
        return ""
    return "" if block.tag in _ITEMS and not _has_text(block) else _KINDS.get(block.tag or "", "")


_BLOCKS = frozenset(("ul", "ol", "dl", "table", "pre", "blockquote", "div", "details"))


def _has_text(item: Element) -> bool:
    if (item.text or "").strip():
        return True
    first = next(iter(item), None)
    return (
        first is not None
        and first.tag not in _BLOCKS
        and not _HEADINGS.fullmatch(first.tag or "")
        and "behind" not in _classes(first)
    )


def _classes(element: Element) -> list[str]:
    return (element.get("class") or "").split()
