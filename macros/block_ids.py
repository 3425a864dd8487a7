"""Block ids: a Python-Markdown extension that gives every block of a page an id of its own.

An id is that of the heading above, the kind of block, and its number below that heading:
``homing-p2``. Counterparts have the same blocks below the same headings, so a block has the same id
in every language. Such ids count, and change when a block is put before another: what others cite
gets an explicit id, which is kept.
"""

from __future__ import annotations

import re
from collections import Counter
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
    "blockquote": "quote",
    "figure": "figure",
}
_CONTAINERS = ("li", "dd", "blockquote")
_HEADINGS = re.compile(r"h[1-6]")
_STASHED = re.compile(rf"\s*{STX}wzxhzdk:(\d+)\x03\s*")
_WHOLE_BLOCK = re.compile(r"\s*<(div|table|figure|ol|ul|dl|section|pre|details|form)\b.*</\1>\s*", re.S)
_OWN_ID = re.compile(r"\s*<\w+[^>]*\sid=")


class BlockIds(Extension):
    """The Markdown extension; one instance serves any number of pages."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the name is Python-Markdown's)
        """Register with a converter."""
        md.treeprocessors.register(_BlockIdProcessor(md), "block-ids", _LAST)


class _BlockIdProcessor(Treeprocessor):
    """Walks the blocks in the order of the page."""

    def run(self, root: Element) -> None:
        self._taken = {element.get("id") for element in root.iter() if element.get("id")}
        self._section = "top"
        self._counts: Counter[str] = Counter()
        self._walk(root)

    def _walk(self, parent: Element) -> None:
        for child in parent:
            if _HEADINGS.fullmatch(child.tag or ""):
                self._section = child.get("id") or self._section
                self._counts.clear()
            # Footnotes stand at the end of the page, whatever they belong to: they have ids of their own.
            elif "footnote" not in (child.get("class") or "").split():
                self._name(child, parent)
                self._walk(child)

    def _name(self, block: Element, parent: Element) -> None:
        kind = self._kind(block, parent)
        if not kind:
            return
        self._counts[kind] += 1
        name = f"{self._section}-{kind}{self._counts[kind]}"
        if not block.get("id") and name not in self._taken:
            block.set("id", name)
            self._taken.add(name)

    def _kind(self, block: Element, parent: Element) -> str:
        """What a block counts as; an empty text where it gets no id.

        The first paragraph of a loose list item, a definition or a quotation is what it stands in.
        A paragraph that holds nothing but stashed HTML becomes a division around it: Python-Markdown
        unwraps such a paragraph only while it has no attributes, and a ``div`` within a ``p`` is no
        HTML. HTML that is not whole is left alone.
        """
        if block.tag == "div" and "admonition" in (block.get("class") or "").split():
            return "note"
        if block.tag == "p" and (
            (parent.tag in _CONTAINERS and block is parent[0])
            or "admonition-title" in (block.get("class") or "")
        ):
            return ""
        stashed = _STASHED.fullmatch(block.text or "") if block.tag == "p" and not len(block) else None
        if stashed:
            html = self.md.htmlStash.rawHtmlBlocks[int(stashed[1])]
            if not isinstance(html, str) or not _WHOLE_BLOCK.fullmatch(html) or _OWN_ID.match(html):
                return ""
            block.tag = "div"
            return "html"
        return _KINDS.get(block.tag or "", "")
