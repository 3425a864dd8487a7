"""Table corners: a Python-Markdown extension for tables whose first column names their rows.

An author says so by leaving the first cell of the head empty. The empty cell becomes a plain one, for a
heading without words helps nobody (axe: empty-table-header), and the first cells of the rows become
their headings (WCAG 2.2, 1.3.1; technique H63).
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

# After the inline text (20), so that what an author wrote in the corner is known.
_AFTER_INLINE = 15


class TableCorners(Extension):
    """The Markdown extension; one instance serves any number of pages."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the name is Python-Markdown's)
        """Register with a converter."""
        md.treeprocessors.register(_CornerProcessor(md), "table-corners", _AFTER_INLINE)


class _CornerProcessor(Treeprocessor):
    def run(self, root: Element) -> None:
        for table in root.iter("table"):
            corner = table.find("./thead/tr[1]/th[1]")
            if corner is not None and _is_empty(corner):
                corner.tag = "td"
                _name_rows(table)


def _name_rows(table: Element) -> None:
    for cell in table.findall("./tbody/tr/td[1]"):
        if not _is_empty(cell):
            cell.tag = "th"
            cell.set("scope", "row")


def _is_empty(cell: Element) -> bool:
    return not (len(cell) or (cell.text or "").strip())
