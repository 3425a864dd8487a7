"""The search index: built from finished pages, read by ``theme/assets/search.js``.

A document is a section of a page. Han text is indexed by pairs of characters, so that any part of
two characters is found without a dictionary that could disagree with the reader's query; Latin text
by words and the parts of hyphenated words. The index is cut into small script files: a reader loads
those that her query needs, from a server or from disk, and nothing before she turns to the search.

Which pages are read, and which terms mean the same, is decided by the caller; how the terms of one
query are weighed against each other, in search.js.
"""

from __future__ import annotations

import html
import json
import math
import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from string import ascii_lowercase
from zlib import crc32

from macros.files import write_file

TITLE_WEIGHT, HEADING_WEIGHT = 8, 4
"""How much a word of a page's title, or of a section's heading, counts against one in the text."""

PART_LENGTH = 3000
"""A section longer than this many characters goes on as a further document at the next block with an id."""

BYTES_IN_TERM_FILE, BYTES_IN_SECTION_FILE = 20_000, 12_000
"""Before compression, which at least halves them. Measured before it because compressors differ
between machines, and equal sites are to be equal files. Words that begin alike stay together, so
that a file of very many such words, and one of a very long block, may be larger."""

MOST_TERM_FILES = 1024

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One document of the index."""

    url: str
    """Of its page."""
    fragment: str
    """The id where it begins; empty at the beginning of the page."""
    page_title: str
    heading: str
    """The page's title, at the beginning of the page."""
    text: str
    """Blocks are divided by line feeds."""
    is_further_part: bool
    """Whether the heading stands over an earlier part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SynonymGroup:
    """Terms that mean the same."""

    searched: tuple[str, ...]
    """Those that the pages use."""
    understood: tuple[str, ...]
    """Those that only readers use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchIndex:
    """Everything that the search of one language reads."""

    sections: Sequence[Section]
    postings: Mapping[str, str]
    """Term → its documents, as ``encode_postings`` writes them."""
    synonyms: Sequence[SynonymGroup]


def build_search_index(pages: Iterable[SearchPage], synonyms: Iterable[Sequence[str]] = ()) -> SearchIndex:
    """The index of one language; ``synonyms``: groups of terms, of any language, that mean the same."""
    in_order = sorted(pages, key=lambda page: page.url)
    found = [(section, page.weight) for page in in_order for section in find_sections(page)]
    sections = [section for section, _ in found]
    in_texts = _weigh_terms(_text_to_search(section) for section in sections)
    in_headings = _weigh_terms("" if section.is_further_part else section.heading for section in sections)
    postings: dict[str, list[tuple[int, float]]] = {}
    for number, (section, page_weight) in enumerate(found):
        weights = in_texts[number]
        heading_weight = HEADING_WEIGHT if section.fragment else TITLE_WEIGHT
        for term, weight in in_headings[number].items():
            weights[term] = weights.get(term, 0) + heading_weight * weight
        if not section.is_further_part:
            weights[title_key(section.heading)] = 1
        for term, weight in weights.items():
            postings.setdefault(term, []).append((number, weight * page_weight))
    encoded = {term: encode_postings(postings[term]) for term in sorted(postings)}
    return SearchIndex(
        sections=sections, postings=encoded, synonyms=list(_group_synonyms(synonyms, list(encoded)))
    )


def _text_to_search(section: Section) -> str:
    # A section is also about what its page is about: "oolong steeping" finds "Steeping" on "Oolong".
    return f"{section.page_title}\n{section.text}" if section.fragment else section.text


def _weigh_terms(texts: Iterable[str]) -> list[dict[str, float]]:
    """The terms of each text with their weight in it: BM25 without the rarity, which search.js adds."""
    counts = [Counter(find_terms(text)) for text in texts]
    lengths = [count.total() for count in counts if count]
    average = sum(lengths) / max(len(lengths), 1)
    return [_weigh(count, count.total() / average) if count else {} for count in counts]


def _weigh(counts: Counter[str], length: float) -> dict[str, float]:
    norm = _SATURATION * (1 - _LENGTH_PART + _LENGTH_PART * length)
    return {term: times * (_SATURATION + 1) / (times + norm) for term, times in counts.items()}


def _group_synonyms(groups: Iterable[Sequence[str]], indexed: Sequence[str]) -> Iterator[SynonymGroup]:
    """The groups that lead to something; ``indexed``: all terms of the index, in order."""
    for group in groups:
        terms = [term for term in dict.fromkeys(_visible(term).strip() for term in group) if find_runs(term)]
        searched = tuple(term for term in terms if all(_is_used(t, indexed) for t in needed_terms(term)))
        if searched and len(terms) > 1:
            understood = tuple(term for term in terms if term not in searched)
            yield SynonymGroup(searched=searched, understood=understood)


def _is_used(term: str, indexed: Sequence[str]) -> bool:
    # Also as the beginning of a word, as search.js finds it: "cultivar" where pages say "cultivars".
    at = bisect_left(indexed, term)
    return at < len(indexed) and indexed[at].startswith(term)


# Terms. search.js cuts queries in the same way; a test compares the two.

_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
_WORD = rf"[0-9]+(?:\.[0-9]+)+|[^\W_{_HAN}]+"
_PIECES = re.compile(rf"[{_HAN}]+|{_WORD}")
_RUNS = re.compile(rf"[{_HAN}]+|(?:{_WORD})(?:-(?:{_WORD}))*")
_STARTS_WITH_HAN = re.compile(rf"[{_HAN}]")

_NUMBER = re.compile(r"^(?:[0-9.]+ )+")
_ACCENTS = re.compile("[\u0300-\u036f]")
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")


def _visible(text: str) -> str:
    # The search of others put U+200B between words, and readers copied it with the text.
    return _INVISIBLE.sub("", text)


def fold(text: str) -> str:
    """Text as it is compared: full-width as half-width, small letters, no accents, one kind of hyphen.

    >>> fold("ＴＥＡ Maté 5‑min")
    'tea mate 5-min'
    """
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", _visible(text)).lower()
    return unicodedata.normalize("NFC", _DASHES.sub("-", _ACCENTS.sub("", decomposed)))


def find_runs(text: str) -> list[str]:
    """The unbroken stretches of Han, and the words with their hyphens.

    >>> find_runs("Pu-Erh是后发酵茶，73.2%")
    ['pu-erh', '是后发酵茶', '73.2']
    """
    return _RUNS.findall(fold(text))


def find_terms(text: str) -> Iterator[str]:
    """What a text is found by. Single Han characters too, for queries of one character.

    >>> list(find_terms("Pu-Erh 铁观音"))
    ['pu-erh', 'pu', 'erh', '铁', '观', '音', '铁观', '观音']
    """
    for run in find_runs(text):
        if _STARTS_WITH_HAN.match(run):
            yield from run
            yield from _pairs(run)
        else:
            yield run
            if "-" in run:
                yield from run.split("-")


def needed_terms(query: str) -> list[str]:
    """The terms that a text must have to hold a query.

    >>> needed_terms("Pu-Erh 铁观音 香")
    ['pu', 'erh', '铁观', '观音', '香']
    """
    terms: list[str] = []
    for piece in _PIECES.findall(fold(query)):
        is_pairs = len(piece) > 1 and _STARTS_WITH_HAN.match(piece)
        terms.extend(_pairs(piece) if is_pairs else [piece])
    return terms


def _pairs(run: str) -> Iterator[str]:
    return (one + other for one, other in pairwise(run))


def title_key(title: str) -> str:
    """The term that finds the sections with exactly this title, whatever their number.

    >>> title_key("3.1 Pu-Erh制作")
    '=pu-erh 制作'
    """
    # Nobody types a longer one, and titles of papers would fill the index.
    return "=" + _NUMBER.sub("", " ".join(find_runs(title)))[:40]


# Sections of a page


def find_sections(page: SearchPage) -> list[Section]:
    """The beginning of a page's article, then each part that begins at a heading with an id."""
    reader = _ArticleReader()
    reader.read(_find_article(page.html))
    first = reader.drafts[0]
    title = first.heading_text() or _find_title(page.html) or page.url
    return [
        Section(
            url=page.url,
            fragment=draft.fragment,
            page_title=title,
            heading=draft.heading_text() or title,
            text=_clean(draft.text),
            is_further_part=draft.is_further_part,
        )
        for draft in reader.drafts
    ]


_NOT_TEXT = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_ARTICLE_PARTS = tuple(
    re.compile(rf"<{tag}\b.*</{tag}\s*>", re.DOTALL | re.IGNORECASE) for tag in ("article", "main", "body")
)
_TITLE = re.compile(r"<title\b[^>]*>(.*?)</title\s*>", re.DOTALL | re.IGNORECASE)


def _find_article(source: str) -> str:
    source = _NOT_TEXT.sub("", source)
    parts = (pattern.search(source) for pattern in _ARTICLE_PARTS)
    return next((part[0] for part in parts if part), source)


def _find_title(source: str) -> str:
    found = _TITLE.search(source)
    return " ".join(_visible(html.unescape(found[1])).split()) if found else ""


_VOID = frozenset(
    ("area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
_SKIPPED = frozenset(("button", "form", "nav", "noscript", "select", "svg", "template"))
_SKIPPED_CLASSES = frozenset(("headerlink", "footnote-backref", "citation"))
"""Marks on the text and not text; a citation in a sentence would part the words around it."""
_HEADINGS = frozenset(("h1", "h2", "h3", "h4"))
_BLOCKS = _HEADINGS | {
    *("address", "article", "aside", "blockquote", "body", "br", "caption", "dd", "details", "div", "dl"),
    *("dt", "figcaption", "figure", "footer", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre"),
    *("section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
}

# Finished pages are well formed, and a pattern reads them in less than half the time of html.parser.
_TAG = re.compile(r"""<(/?)([a-zA-Z][a-zA-Z0-9-]*)([^>"']*(?:(?:"[^"]*"|'[^']*')[^>"']*)*)>""")
_ATTRIBUTE = re.compile(r"""([^\s"'=<>/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")

_BREAK = "\x1e"
"""Stands between blocks while a page is read: line feeds of the source are spaces."""


@dataclass(slots=True, kw_only=True)
class _Draft:
    """A section that is being read."""

    fragment: str
    heading: str = ""
    text: str = ""
    is_further_part: bool = False

    def heading_text(self) -> str:
        return _clean(self.heading).replace("\n", " ")


class _ArticleReader:
    """Gathers the text of an article by sections."""

    def __init__(self) -> None:
        self.drafts = [_Draft(fragment="")]
        self._skipped_tag = ""
        self._skipped_depth = 0
        self._heading_tag = ""

    def read(self, source: str) -> None:
        end = 0
        for tag in _TAG.finditer(source):
            self._read_text(source[end : tag.start()])
            name = tag[2].lower()
            if self._skipped_tag:
                self._count_skipped(name, is_end=bool(tag[1]))
            elif tag[1]:
                self._read_end(name)
            else:
                self._read_start(name, _read_attributes(tag[3]))
            end = tag.end()
        self._read_text(source[end:])

    def _read_text(self, source: str) -> None:
        if not source or self._skipped_tag:
            return
        draft = self.drafts[-1]
        if self._heading_tag:
            draft.heading += html.unescape(source)
        else:
            draft.text += html.unescape(source)

    def _read_start(self, name: str, attributes: Mapping[str, str]) -> None:
        if _is_skipped(name, attributes):
            self._skipped_tag, self._skipped_depth = ("", 0) if name in _VOID else (name, 1)
        elif name in _HEADINGS and self._start_section(name, attributes.get("id", "")):
            self._heading_tag = name
        elif name in _BLOCKS:
            self._break()
            identifier = attributes.get("id", "")
            if identifier and len(self.drafts[-1].text) > PART_LENGTH:
                heading = self.drafts[-1].heading
                self.drafts.append(_Draft(fragment=identifier, heading=heading, is_further_part=True))

    def _start_section(self, name: str, identifier: str) -> bool:
        """Whether a heading is one of a section. The first h1 is the title of the page."""
        if name == "h1" and len(self.drafts) == 1 and not self.drafts[0].heading:
            return True
        if identifier:
            self.drafts.append(_Draft(fragment=identifier))
        return bool(identifier)

    def _read_end(self, name: str) -> None:
        if name == self._heading_tag:
            self._heading_tag = ""
        elif name in _BLOCKS:
            self._break()

    def _count_skipped(self, name: str, *, is_end: bool) -> None:
        if name == self._skipped_tag:
            self._skipped_depth += -1 if is_end else 1
            if not self._skipped_depth:
                self._skipped_tag = ""

    def _break(self) -> None:
        self._read_text(_BREAK)


def _read_attributes(source: str) -> dict[str, str]:
    # Most tags have none, or none that matters here.
    if "id" not in source and "class" not in source and "data-search" not in source:
        return {}
    return {
        name.lower(): html.unescape(double or single or bare)
        for name, double, single, bare in _ATTRIBUTE.findall(source)
    }


def _is_skipped(name: str, attributes: Mapping[str, str]) -> bool:
    return (
        name in _SKIPPED
        or attributes.get("data-search") == "skip"
        or not _SKIPPED_CLASSES.isdisjoint(attributes.get("class", "").split())
    )


_WIDE = rf"[{_HAN}\u3000-\u303f\uff00-\uffef]"
_LINE_FEED_IN_CHINESE = re.compile(rf"(?<={_WIDE})[ \t]*\r?\n\s*(?={_WIDE})")


def _clean(text: str) -> str:
    """Blocks on lines of their own, one space between words, none where a Chinese line was wrapped."""
    text = _LINE_FEED_IN_CHINESE.sub("", _visible(text))
    blocks = (" ".join(block.split()) for block in text.split(_BREAK))
    return "\n".join(block for block in blocks if block)


# Files

_STEP = 1.25
_WEIGHTS = tuple(round(0.08 * _STEP**level, 4) for level in range(26))
"""What the letters a to z stand for: a quarter more each, from the least weight to the greatest."""
_BETWEEN = tuple(weight * math.sqrt(_STEP) for weight in _WEIGHTS[:-1])


def encode_postings(postings: Iterable[tuple[int, float]]) -> str:
    """Documents, ascending: how many are passed over, if any, then a letter for the weight.

    >>> encode_postings([(0, 0.08), (1, 0.1), (12, 21)])
    'ab10z'
    """
    encoded = []
    expected = 0
    for number, weight in postings:
        if number > expected:
            encoded.append(str(number - expected))
        encoded.append(ascii_lowercase[bisect_left(_BETWEEN, weight)])
        expected = number + 1
    return "".join(encoded)


def write_search_index(index: SearchIndex, directory: Path) -> None:
    """Write the scripts that the search of one language loads; equal indexes make equal files."""
    term_files = _share_out_terms(index.postings)
    starts, section_files = _share_out_sections(index.sections)
    values: dict[str, object] = {f"terms-{number}": terms for number, terms in enumerate(term_files)}
    values |= {f"sections-{number}": sections for number, sections in enumerate(section_files)}
    manifest = {
        "documents": len(index.sections),
        "termFiles": len(term_files),
        "sectionFiles": starts,
        "weights": _WEIGHTS,
        "synonyms": [[group.searched, group.understood] for group in index.synonyms],
    }
    texts = {name: _json(value) for name, value in (values | {"manifest": manifest}).items()}
    # A reader may hold the manifest of one build and get a file of the next: each says of which it is.
    version = f"{crc32(''.join(texts.values()).encode()):08x}"
    for old in directory.glob("*.js"):
        if old.stem not in texts:
            old.unlink()
    for name, text in texts.items():
        # Scripts and not JSON: a page opened from disk may load a script, but not fetch a file.
        write_file(directory / f"{name}.js", f'referenceSearch("{name}","{version}",{text});\n'.encode())


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _file_key(term: str) -> str:
    """What is looked for together is in one file: words that begin alike, and titles that begin so.

    >>> _file_key("oolong"), _file_key("=oolong harvest"), _file_key("=铁观音")
    ('ool', 'ool', '铁观')
    """
    start = term.removeprefix("=")
    return start[: 2 if _STARTS_WITH_HAN.match(start) else 3]


def _share_out_terms(postings: Mapping[str, str]) -> list[dict[str, str]]:
    sizes: Counter[int] = Counter()
    for term, documents in postings.items():
        sizes[crc32(_file_key(term).encode())] += len(term.encode()) + len(documents) + 6
    files = 1
    while files < MOST_TERM_FILES and _largest(sizes, files) > BYTES_IN_TERM_FILE:
        files *= 2
    shared: list[dict[str, str]] = [{} for _ in range(files)]
    for term, documents in postings.items():
        shared[crc32(_file_key(term).encode()) % files][term] = documents
    return shared


def _largest(sizes: Mapping[int, int], files: int) -> int:
    totals: Counter[int] = Counter()
    for code, size in sizes.items():
        totals[code % files] += size
    return max(totals.values(), default=0)


def _share_out_sections(sections: Sequence[Section]) -> tuple[list[int], list[list[object]]]:
    """The number of the first section in each file, and the files: pages with their sections."""
    starts: list[int] = []
    files: list[list[object]] = []
    size = BYTES_IN_SECTION_FILE
    for number, section in enumerate(sections):
        length = len(f"{section.heading}{section.text}".encode())
        if size + length > BYTES_IN_SECTION_FILE:
            starts.append(number)
            files.append([])
            size = 0
        size += length
        files[-1].append([section.url, section.fragment, section.page_title, section.heading, section.text])
    return starts, files
