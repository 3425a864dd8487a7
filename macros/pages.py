"""Pages: every Markdown page of every language, and its counterparts.

A page's id is its path below the language's folder without ``.md``; pages of the same id are
translations of each other. What a page must hold is decided in ``macros.checks``, how it is
rendered in ``macros.rendering``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from macros.locales import Locale
from macros.markup import Citation, MacroCall, Markup, find_markup, plain_text, replace_spans
from macros.problems import Problem
from macros.source_text import SourceText, read_source, split_front_matter


@dataclass(frozen=True, kw_only=True, eq=False)
class Page:
    """One page in one language, as its author wrote it."""

    id: str
    """Path below the language's folder without ``.md``: ``sources/ito2019/overview``."""
    locale: str
    source: SourceText
    meta: Mapping[str, Any]
    """Front matter."""
    body_start: int
    """Offset at which the front matter ends."""
    markup: Markup

    @property
    def title(self) -> str:
        """From the front matter, else the first heading, else the id."""
        headings = (heading.text for heading in self.markup.headings if heading.level == 1)
        return str(self.meta.get("title") or plain_text(next(headings, "")) or self.id)

    @property
    def see_also(self) -> tuple[str, ...]:
        """Ids of related pages, which the front matter names."""
        written = self.meta.get("see_also")
        return tuple(map(str, written)) if isinstance(written, list) else ()

    @property
    def untranslated(self) -> tuple[str, ...]:
        """Codes of the languages that the front matter says the page is not written in yet."""
        written = self.meta.get("untranslated")
        return tuple(map(str, written)) if isinstance(written, list) else ()

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of headings and blocks that links may name."""
        ids = {heading.id for heading in self.markup.headings}
        for attributes in self.markup.attribute_lists:
            ids.add(attributes.id)
            if "src" in attributes.values:
                ids.add(place_id(attributes.values["src"]))
        return frozenset(ids - {""})


def place_id(place: str) -> str:
    """The id of the first block of a page that renders a source place.

    >>> place_id("ito2019/3.1-p2")
    'src-ito2019-3-1-p2'
    """
    return "src-" + place.replace("/", "-").replace(".", "-")


def page_url(page_id: str, locale: Locale) -> str:
    """Where a page stands on the built site, relative to its root; folders end in a slash.

    >>> page_url("harvest/index", Locale(code="en", lang="en", name="English"))
    'en/harvest/'
    """
    path = "" if page_id == "index" else page_id.removesuffix("/index") + "/"
    return locale.url_prefix + path


def load_pages(
    docs_dir: Path, root: Path, locales: Iterable[Locale]
) -> tuple[dict[tuple[str, str], Page], list[Problem]]:
    """All pages by (locale, id), in the order of their paths."""
    pages: dict[tuple[str, str], Page] = {}
    problems: list[Problem] = []
    for locale in locales:
        folder = docs_dir / locale.code
        for path in sorted(folder.rglob("*.md")):
            source, found = read_source(path, root)
            problems += found
            if source is None:
                continue
            page_id = path.relative_to(folder).with_suffix("").as_posix()
            page, found = parse_page(source, page_id, locale.code)
            problems += found
            pages[locale.code, page_id] = page
    return pages, problems


def parse_page(source: SourceText, page_id: str, locale: str) -> tuple[Page, list[Problem]]:
    """A page from its text, with what is wrong in its front matter."""
    meta, body_start, problems = split_front_matter(source)
    markup = find_markup(source.text, body_start)
    page = Page(id=page_id, locale=locale, source=source, meta=meta, body_start=body_start, markup=markup)
    return page, problems


# Blocks, and the sentence that cites

LONGEST_SENTENCE = 120
"""Characters of a citing sentence that are shown beside a reference."""

SENTENCE_MARK = "\ue000"
"""Stands in a citing sentence where the citation was; never typed by an author."""

_BLOCK_END = re.compile(r"\n[ \t]*\n|\n(?=[ \t]*(?:[-*+]|\d+[.)])[ \t])|(?<=\n)(?=#)")
_BLOCK_START = re.compile(r"^[ \t]*(?:(?:[-*+>]|\d+[.)]|#{1,6})[ \t]+|!!!.*\n[ \t]*)?")
# Behind a full-width stop, or behind a half-width one before a capital or a digit; a mark that stands
# behind the stop still belongs to the sentence. "et al." and "vs." end none.
_SENTENCE_END = re.compile(
    rf"(?<=[。！？])(?!{SENTENCE_MARK})"
    rf"|(?<=[。！？]{SENTENCE_MARK})"
    rf"|(?:(?<=[.!?])(?<!\bal\.)(?<!\bvs\.)|(?<=[.!?]{SENTENCE_MARK}))\s+(?=[A-Z0-9“\"(])"
)


def block_start(page: Page, offset: int, after: int = 0) -> int:
    """Where the paragraph, list item or heading begins in which a character stands.

    Not before ``after``, from which on it is looked for: the end of a block above, where one is known.
    """
    # An empty line is an end, so nothing is looked for before the last one.
    after = max(after, page.body_start, page.source.text.rfind("\n\n", 0, offset))
    ends = _BLOCK_END.finditer(page.source.text, after, offset)
    return max((end.end() for end in ends), default=after)


def _citing_block(page: Page, citation: Citation) -> tuple[int, int]:
    """Where the paragraph, list item or table cell begins and ends in which a citation stands."""
    text = page.source.text
    start = block_start(page, citation.start)
    end_match = _BLOCK_END.search(text, citation.end)
    end = end_match.start() if end_match else len(text)
    line_start = text.rfind("\n", 0, citation.start) + 1
    if text[line_start : citation.start].lstrip().startswith("|"):
        start = text.rfind("|", 0, citation.start) + 1
        end = min(place for place in (text.find("|", citation.end), end) if place >= 0)
    return start, end


# Beside a bracket or a full stop; the hashes of reviews rest on what plain_text makes of a block.
_EMPHASIS_LEFT = re.compile(r"(?<=\S)\*(?!\w)|(?<!\w)\*(?=\S)")


def _span_of_call(text: str, call: MacroCall, said: str) -> tuple[int, int, str]:
    """Where a call stands and what it says; the space before one that says nothing goes with it."""
    start = call.start if said else len(text[: call.start].rstrip(" "))
    return start, call.end, said


def split_sentences(text: str) -> list[str]:
    """The sentences of a text as readers see it.

    >>> split_sentences("共 3 片。好！ Of 5 leaves, e.g. these, et al. 2 fell. The rest stayed.")
    ['共 3 片。', '好！', ' Of 5 leaves, e.g. these, et al. 2 fell.', 'The rest stayed.']
    """
    return [sentence for sentence in _SENTENCE_END.split(text) if sentence.strip()]


def citing_sentence(
    page: Page, citation: Citation, say_call: Callable[[MacroCall], str] = lambda _: ""
) -> str:
    """The sentence or table cell in which a citation stands, as a reader sees it, about 120 characters.

    ``SENTENCE_MARK`` stands in place of the citation. ``say_call``: what a macro call prints there.

    Where it is longer, the part before the citation is kept: that is what the citation supports.
    """
    start, end = _citing_block(page, citation)
    text = page.source.text[:end]
    spans = [
        _span_of_call(text, call, say_call(call))
        for call in page.markup.macro_calls
        if start <= call.start < end
    ]
    spans = sorted([*spans, (citation.start, citation.end, SENTENCE_MARK)])
    block = replace_spans(text, [(0, start, ""), *spans])
    block = _EMPHASIS_LEFT.sub("", plain_text(_BLOCK_START.sub("", block)))
    sentence = next((part for part in _SENTENCE_END.split(block) if SENTENCE_MARK in part), block)
    before, _, after = sentence.strip().partition(SENTENCE_MARK)
    if len(before) > LONGEST_SENTENCE:
        # Not within a word: Han has none, Latin is cut at a space.
        before = "…" + re.sub(r"^[A-Za-z0-9]*\s+", "", before[-LONGEST_SENTENCE:])
    room = max(LONGEST_SENTENCE - len(before), 0)
    return before + SENTENCE_MARK + (after if len(after) <= room else after[:room].rstrip() + "…")
