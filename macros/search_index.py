"""The search index: built from finished pages, read by ``theme/assets/search.js``.

A document is a section of a page. Han text is indexed by pairs of characters, so that any part of
two characters is found without a dictionary that could disagree with the reader's query; Latin text
by words and the parts of hyphenated words. The index is cut into small script files: a reader loads
those that her query needs, from a server or from disk, and nothing before she types.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from zlib import crc32

TITLE_WEIGHT, HEADING_WEIGHT = 8, 4
"""How often a word of a page's title, or of a section's heading, counts against one in the text."""

TERMS_IN_SHARD = 400
DOCUMENTS_IN_SHARD = 12

# Okapi BM25 with the usual constants (Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework").
_SATURATION, _LENGTH_PART = 1.2, 0.75


@dataclass(frozen=True, slots=True)
class SearchPage:
    """A finished page."""

    url: str
    """Relative to the root of the site."""
    html: str
    weight: float = 1
    """How much its sections count against those of other pages."""


@dataclass(slots=True)
class Section:
    """One document of the index."""

    url: str
    page_title: str
    heading: str
    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """Everything that the search of one language reads."""

    sections: Sequence[Section]
    postings: Mapping[str, Sequence[tuple[int, int]]]
    """Term → documents and their scores, in tenths."""
    words: Sequence[str]
    """Latin terms, for finding parts of words."""
    synonyms: Sequence[Sequence[str]]


def build_search_index(pages: Iterable[SearchPage], synonyms: Iterable[Sequence[str]] = ()) -> SearchIndex:
    """The index of one language; ``synonyms``: groups of terms that mean the same."""
    sections = [section for page in pages for section in find_sections(page)]
    counts = [_count_terms(section) for section in sections]
    average = sum(count.total() for count in counts) / max(len(counts), 1)
    found_in: Counter[str] = Counter(term for count in counts for term in count)
    postings: dict[str, list[tuple[int, int]]] = {}
    for number, count in enumerate(counts):
        norm = _SATURATION * (1 - _LENGTH_PART + _LENGTH_PART * count.total() / average)
        for term, times in sorted(count.items()):
            rarity = math.log(1 + (len(sections) - found_in[term] + 0.5) / (found_in[term] + 0.5))
            score = rarity * times * (_SATURATION + 1) / (times + norm)
            postings.setdefault(term, []).append(
                (number, max(1, round(10 * score * sections[number].weight)))
            )
    words = sorted(term for term in postings if term[0].isascii())
    return SearchIndex(sections, dict(sorted(postings.items())), words, [tuple(group) for group in synonyms])


def _count_terms(section: Section) -> Counter[str]:
    counts: Counter[str] = Counter(find_terms(section.text))
    for text, weight in ((section.page_title, TITLE_WEIGHT), (section.heading, HEADING_WEIGHT)):
        for term in find_terms(text):
            counts[term] += weight
        # Single characters are found in titles only: in texts they would be found everywhere.
        for character in filter(_is_han, normalise(text)):
            counts[character] += weight
    return counts


# Terms; search.js cuts queries in the same way

_RUNS = re.compile(r"[a-z0-9]+(?:[-./'][a-z0-9]+)*|[\u3400-\u9fff\U00020000-\U0003134f]+|[^\W_a-z0-9]+")


def normalise(text: str) -> str:
    """Text as it is compared: full-width as half-width, small letters, no accents.

    >>> normalise("ＭＳＣ Chávez")
    'msc chavez'
    """
    decomposed = unicodedata.normalize("NFKD", text).lower()
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c)))


def find_terms(text: str) -> Iterator[str]:
    """The terms of a text.

    >>> list(find_terms("UC-MSC 肝硬化"))
    ['uc-msc', 'uc', 'msc', '肝硬', '硬化']
    """
    for run in _RUNS.findall(normalise(text)):
        if _is_han(run[0]):
            yield from (run[at : at + 2] for at in range(len(run) - 1))
            if len(run) == 1:
                yield run
        else:
            yield run
            parts = re.split(r"[-./']", run)
            if len(parts) > 1:
                yield from (part for part in parts if part)


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" or "\U00020000" <= character <= "\U0003134f"


# Sections of a page


def find_sections(page: SearchPage) -> list[Section]:
    """The sections of a page's article, each from a heading with an id to the next."""
    reader = _ArticleReader(page)
    reader.feed(page.html)
    reader.close()
    # A heading alone says nothing that its page does not; the page itself is found by its title.
    return [section for section in reader.sections if section.text or "#" not in section.url]


_VOID = frozenset(("br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))
_NOT_READ = frozenset(("script", "style", "template", "nav", "button", "form"))
_BLOCKS = frozenset(("p", "li", "td", "th", "tr", "dt", "dd", "div", "h1", "h2", "h3", "h4", "br", "caption"))


@dataclass
class _Open:
    """An element that is open while the page is read."""

    tag: str
    is_read: bool
    is_heading: bool = False


class _ArticleReader(HTMLParser):
    """Gathers the text of ``<article>`` by sections."""

    def __init__(self, page: SearchPage) -> None:
        super().__init__(convert_charrefs=True)
        self.sections: list[Section] = []
        self._page = page
        self._open: list[_Open] = []
        self._in_article = False
        self._page_title = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag == "article":
            self._in_article = True
        if not self._in_article or tag in _VOID:
            self._space(tag)
            return
        inherited = not self._open or self._open[-1].is_read
        skipped = (
            tag in _NOT_READ
            or attributes.get("data-search") == "skip"
            or "headerlink" in (attributes.get("class") or "").split()
        )
        element = _Open(tag, inherited and not skipped)
        identifier = attributes.get("id")
        if element.is_read and tag in ("h1", "h2", "h3", "h4") and identifier:
            element.is_heading = True
            url = self._page.url if tag == "h1" else f"{self._page.url}#{identifier}"
            self.sections.append(Section(url, self._page_title, "", "", self._page.weight))
        self._open.append(element)
        self._space(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "article":
            self._in_article = False
            self._open.clear()
            return
        while any(element.tag == tag for element in self._open):
            element = self._open.pop()
            if element.is_heading:
                self._finish_heading(element.tag)
            if element.tag == tag:
                break
        self._space(tag)

    def handle_data(self, data: str) -> None:
        if self._in_article and self.sections and self._open and self._open[-1].is_read:
            section = self.sections[-1]
            if any(element.is_heading for element in self._open):
                section.heading += data
            else:
                section.text += data

    def _space(self, tag: str) -> None:
        if self.sections and tag in _BLOCKS:
            self.sections[-1].text += " "

    def _finish_heading(self, tag: str) -> None:
        section = self.sections[-1]
        section.heading = " ".join(section.heading.split())
        if tag == "h1":
            self._page_title = section.heading
        section.page_title = self._page_title

    def close(self) -> None:
        super().close()
        for section in self.sections:
            section.text = " ".join(section.text.split())


# Files


def write_search_index(index: SearchIndex, directory: Path) -> None:
    """Write the scripts that the search of one language loads; equal indexes make equal files."""
    directory.mkdir(parents=True, exist_ok=True)
    shards = max(1, math.ceil(len(index.postings) / TERMS_IN_SHARD))
    by_shard: dict[int, dict[str, list[int]]] = {number: {} for number in range(shards)}
    for term, postings in index.postings.items():
        flat = [value for posting in postings for value in posting]
        by_shard[crc32(term.encode()) % shards][term] = flat
    for number, terms in by_shard.items():
        _write(directory / f"terms-{number}.js", f"terms-{number}", terms)
    for start in range(0, len(index.sections), DOCUMENTS_IN_SHARD):
        number = start // DOCUMENTS_IN_SHARD
        texts = [section.text for section in index.sections[start : start + DOCUMENTS_IN_SHARD]]
        _write(directory / f"texts-{number}.js", f"texts-{number}", texts)
    manifest = {
        "shards": shards,
        "textsInShard": DOCUMENTS_IN_SHARD,
        "documents": [[section.url, section.heading, section.page_title] for section in index.sections],
        "words": " ".join(index.words),
        "synonyms": index.synonyms,
    }
    _write(directory / "manifest.js", "manifest", manifest)


def _write(path: Path, name: str, value: object) -> None:
    # Scripts and not JSON: a page opened from disk may load a script, but not fetch a file.
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    path.write_text(f"referenceSearch({json.dumps(name)},{text})", encoding="utf-8")
