"""Citation marks: a Python-Markdown extension that turns ``[@key]`` into numbered links.

The marks of a page link to the page's own list of references (``#ref-key``), and the list links
back to each mark (``#cite-key``, ``#cite-key-2``); the list itself is made in ``macros.rendering``.
Numbers are those of references.bib, the same on every page. Code, links and HTML attributes are
never touched: Markdown has dealt with them before this pattern is tried.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

from macros.bibliography.marks import collapse_labels
from macros.bibliography.model import Bibliography
from macros.markup import CITATION, CitationItem, find_markup, parse_citation, replace_spans

# Markdown has read code (190), links (160) and HTML tags (90) when a pattern of this rank is tried.
_AFTER_LINKS_AND_TAGS = 85
# After inline patterns (20) and before attribute lists (8) are applied.
_AFTER_INLINE = 15


@dataclass(frozen=True, slots=True)
class CitationTarget:
    """What a citekey leads to."""

    label: str
    """The number printed."""
    citekey: str
    """Of the entry that stands for the number in lists: the original's, for a translation pair."""


def citation_targets(bibliography: Bibliography) -> dict[str, CitationTarget]:
    """The target of every citekey."""
    return {
        ref.citekey: CitationTarget(ref.label or ref.citekey, bibliography.main_citekey(ref.citekey))
        for ref in bibliography
    }


def mark_id(citekey: str, occurrence: int) -> str:
    """The id of a citation mark: ``cite-ito2019`` for the first on its page, then ``cite-ito2019-2``."""
    return f"cite-{citekey}" if occurrence == 1 else f"cite-{citekey}-{occurrence}"


def reference_id(citekey: str) -> str:
    """The id of an entry in a list of references."""
    return f"ref-{citekey}"


class CitationMarks(Extension):
    """The Markdown extension; one instance serves any number of pages."""

    def __init__(self, targets: Mapping[str, CitationTarget]) -> None:
        super().__init__()
        self._targets = targets

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the name is Python-Markdown's)
        """Register with a converter; numbering of occurrences begins anew with each."""
        marks = _MarkProcessor(md, self._targets)
        md.inlinePatterns.register(marks, "citation", _AFTER_LINKS_AND_TAGS)
        md.treeprocessors.register(_MarkPlacer(md), "citation-place", _AFTER_INLINE)


class _MarkMaker:
    """Makes the marks of one page and numbers the occurrences of each reference on it."""

    def __init__(self, targets: Mapping[str, CitationTarget]) -> None:
        self._targets = targets
        self._occurrences: Counter[str] = Counter()

    def make(self, items: tuple[CitationItem, ...]) -> Element:
        """``<sup class="citation">`` with a link for each number."""
        mark = Element("sup", {"class": "citation"})
        last = self._text(mark, "[")
        known: dict[str, CitationTarget] = {}
        locators: dict[str, str] = {}
        for item in items:
            target = self._targets.get(item.citekey, CitationTarget(f"?{item.citekey}", ""))
            known[target.label] = target
            locators[target.label] = item.locator
        for position, run in enumerate(collapse_labels(list(known))):
            if position:
                last = self._text(mark, ",", last)
            last = self._run(mark, [known[label] for label in run], locators, last)
        self._text(mark, "]", last)
        return mark

    def _run(
        self, mark: Element, run: list[CitationTarget], locators: Mapping[str, str], last: Element | None
    ) -> Element | None:
        """``[38-39]``: both ends are links; what lies between keeps its place for the way back."""
        for place, target in enumerate(run):
            if place and place == len(run) - 1:
                last = self._text(mark, "-", last)
            last = self._link(mark, target, is_shown=place in (0, len(run) - 1))
            if locators[target.label]:
                last = self._text(mark, f", {locators[target.label]}", last)
        return last

    def _link(self, mark: Element, target: CitationTarget, *, is_shown: bool) -> Element:
        if not target.citekey:
            unknown = SubElement(mark, "span", {"class": "citation-unknown"})
            unknown.text = target.label
            return unknown
        self._occurrences[target.citekey] += 1
        attributes = {"id": mark_id(target.citekey, self._occurrences[target.citekey])}
        if not is_shown:
            return SubElement(mark, "span", attributes)
        attributes |= {"href": f"#{reference_id(target.citekey)}", "role": "doc-biblioref"}
        link = SubElement(mark, "a", attributes)
        link.text = target.label
        return link

    @staticmethod
    def _text(mark: Element, text: str, last: Element | None = None) -> Element | None:
        if last is None:
            mark.text = (mark.text or "") + text
        else:
            last.tail = (last.tail or "") + text
        return last


class _MarkProcessor(InlineProcessor):
    ANCESTOR_EXCLUDES = ("a",)

    def __init__(self, md: Markdown, targets: Mapping[str, CitationTarget]) -> None:
        super().__init__(CITATION.pattern, md)
        self._maker = _MarkMaker(targets)

    # The name and the wider type are Python-Markdown's.
    def handleMatch(  # type: ignore[override]  # noqa: N802
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002
    ) -> tuple[Element | None, int | None, int | None]:
        items = parse_citation(m[1])
        if isinstance(items, str):  # already reported by the check of the page's text
            return None, None, None
        return self._maker.make(items), m.start(0), m.end(0)


_FULL_WIDTH = "。，；：、！？"
_HALF_WIDTH = ".,;"


class _MarkPlacer(Treeprocessor):
    """Puts marks before full-width punctuation and behind half-width, wherever they were typed.

    Chinese texts print the mark before the stop, English ones behind it; the punctuation itself
    tells which it is, so that a quotation keeps the custom of its own language.
    """

    def run(self, root: Element) -> None:
        for parent in root.iter():
            previous: Element | None = None
            for child in parent:
                if child.tag == "sup" and child.get("class") == "citation":
                    self._place(parent, previous, child)
                previous = child

    @staticmethod
    def _place(parent: Element, previous: Element | None, mark: Element) -> None:
        before = (parent.text if previous is None else previous.tail) or ""
        after = mark.tail or ""
        if before.rstrip()[-1:] in tuple(_FULL_WIDTH):
            before = before.rstrip()
            before, after = before[:-1], before[-1] + after.lstrip(" ")
        elif after[:1] in tuple(_HALF_WIDTH) and not after[1:2].isalnum():
            before, after = before.rstrip(" ") + after[0], after[1:]
        if previous is None:
            parent.text = before
        else:
            previous.tail = before
        mark.tail = after


def render_citations(markdown: str, targets: Mapping[str, CitationTarget]) -> str:
    """The Markdown with its citations as HTML, for generators that do not know the extension."""
    maker = _MarkMaker(targets)
    spans = [
        (citation.start, citation.end, tostring(maker.make(citation.items), encoding="unicode"))
        for citation in find_markup(markdown).citations
    ]
    return replace_spans(markdown, spans)
