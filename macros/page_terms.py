"""Terms on pages: which terms a written page uses, and where they may become links.

Looked at are the words that the page says in its own language: code, citations, macro calls, addresses,
attributes and runs marked with another ``lang`` are blanked, and everything keeps its offset. What a term
is and how it is found is decided in ``macros.terms``.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from macros.blocks import CODE, HEADING, LINK_DEFINITION, MACRO, Block, find_blocks
from macros.markup import AttributeList, blank_spans
from macros.pages import Page, block_start
from macros.terms import FoundForm, FoundTerm, Glossary

# Every choice begins with a plain character, which lets the search skip all others.
_UNREAD = re.compile(
    r"\{[:#][^{}\n]*\}"  # attributes, the ids of headings
    r"|\((?<=\]\()(?:[^()\n]|\([^()\n]*\))*\)|\[(?<=\]\[)[^\[\]\n]*\]"  # targets of links
    r"|\[\^[^\[\]\s]+\]"  # marks of footnotes
    r"|https?://[^\s<>]+|10\.(?<!\w10\.)\d{4,9}/[^\s<>]+"  # addresses and DOIs
)
_UNREAD_LINE_STARTS = re.compile(
    r"^(?: {0,3}\[(?!\^)[^\[\]\n]+\]:[ \t]+\S+"  # definitions of links
    r"|[ \t]*(?:!!!|\?{3}\+?|={3}[!+]*) *[\w-]*(?: [\w -]+)? *\"?)",  # what stands before the title of a box
    re.MULTILINE,
)
_MARKED_HTML = re.compile(r"<(\w+)\b[^<>]*\blang=[\"']?([A-Za-z-]+)[^<>]*>.*?</\1>", re.S)
_BRACKETS = re.compile(r"!?\[(?:[^\[\]]|\[[^\[\]]*\])*\]")
_ITALICS = re.compile(r"\*(?<![*\w]\*)(?![*\s])[^*\n]+\*(?!\*)")
_QUOTED = re.compile(r"“[^“”\n]*”|‘[^‘’\n]*’|「[^「」\n]*」|『[^『』\n]*』|\"[^\"\n]*\"|" + _ITALICS.pattern)

_NOT_LINKED = (HEADING, CODE, LINK_DEFINITION, MACRO, "raw HTML", "tab")


@dataclass(frozen=True)
class PageTerms:
    """What a page says in the words of a glossary."""

    text: str
    """The page's words in its own language, each at its offset."""
    forms: tuple[FoundForm, ...]
    """Those too that belong to several terms."""
    found: tuple[FoundTerm, ...]
    blocks: tuple[Block, ...]
    """Those of the page."""

    @cached_property
    def shared(self) -> tuple[FoundForm, ...]:
        """The forms that belong to several terms."""
        return tuple(form for form in self.forms if len(form.owners) > 1)

    def found_in(self, start: int, end: int) -> tuple[FoundTerm, ...]:
        """The terms that stand in a part of the page."""
        first = bisect_left(self._starts, start)
        return self.found[first : bisect_left(self._starts, end, first)]

    @cached_property
    def _starts(self) -> Sequence[int]:
        return [each.start for each in self.found]

    @cached_property
    def block_starts(self) -> Sequence[int]:
        """Where the blocks of the page begin."""
        return [block.start for block in self.blocks]

    @cached_property
    def quoted(self) -> Sequence[tuple[int, int]]:
        """What stands in quotation marks or in italics."""
        return quoted_spans(self.text)

    @cached_property
    def links(self) -> tuple[FoundTerm, ...]:
        """The first place of each term at which it may be a link, if it may be one at all."""
        first: dict[str, FoundTerm] = {}
        for each in _linkable(self.text, self.found, self.blocks, self.block_starts):
            first.setdefault(each.term.id, each)
        return tuple(first.values())


@lru_cache(maxsize=2048)  # every page is asked for its terms, and for those that others share with it
def find_page_terms(page: Page, glossary: Glossary, lang: str) -> PageTerms:
    """The terms on a page; ``lang`` is the page's own. The page that lists the terms uses none."""
    if not glossary.terms or page.id == glossary.page_id:
        return PageTerms("", (), (), ())
    text = read_words(page, lang)
    forms = tuple(glossary.find_forms(text, page.locale))
    return PageTerms(text, forms, glossary.resolve(forms, text), find_blocks(page))


@lru_cache(maxsize=2048)  # the checks of terms and those of prose ask for the words of every page
def read_words(page: Page, lang: str) -> str:
    """The words of a page in its own language; everything else is blank."""
    text = page.markup.readable
    spans = [(part.start, part.end) for part in page.markup.citations]
    spans += [(part.start, part.end) for part in page.markup.macro_calls]
    spans += find_foreign(page, lang)
    spans += [match.span() for pattern in (_UNREAD, _UNREAD_LINE_STARTS) for match in pattern.finditer(text)]
    return blank_spans(text, spans)


def find_foreign(page: Page, lang: str) -> Iterator[tuple[int, int]]:
    """Runs and blocks that say that they are in another language than the page, in no order."""
    for match in _MARKED_HTML.finditer(page.source.text):
        if _differs(match[2], lang):
            yield match.span()
    for attributes in page.markup.attribute_lists:
        if _differs(attributes.values.get("lang", lang), lang):
            yield _run_before(page, attributes), attributes.start


def _differs(lang: str, other: str) -> bool:
    return lang.partition("-")[0].lower() != other.partition("-")[0].lower()


def _run_before(page: Page, attributes: AttributeList) -> int:
    """Where the emphasis, the link or the block begins that an attribute list speaks about."""
    text, end = page.source.text, attributes.start
    start = block_start(page, end)
    mark = re.search(r"[*_]+\Z", text[start:end])
    if mark:
        return max(text.rfind(mark[0], start, end - len(mark[0])), start)
    if text[end - 1 : end] in (")", "]"):
        return max(text.rfind("[", start, end), start)
    return start


def _linkable(
    text: str, found: Iterable[FoundTerm], blocks: Sequence[Block], starts: Sequence[int]
) -> Iterator[FoundTerm]:
    """Those outside headings, titles, links, brackets and raw HTML."""
    brackets = [match.span() for match in _BRACKETS.finditer(text)]
    for each in found:
        above = bisect_right(starts, each.start)
        kind = blocks[above - 1].kind if above else ""
        if each.term.is_linked and not (kind in _NOT_LINKED or kind.endswith(" admonition")):
            before = bisect_right(brackets, (each.start, len(text)))
            if not before or brackets[before - 1][1] <= each.start:
                yield each


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """What stands between quotation marks in a text, or in italics as the titles of works do."""
    return [match.span() for match in _QUOTED.finditer(text)]


def title_spans(text: str) -> list[tuple[int, int]]:
    """What stands in italics in a text, as the titles of works do."""
    return [match.span() for match in _ITALICS.finditer(text)]
