"""Reading: the passages of prose in a page and in a file of data.

A page's blocks come from ``macros.blocks``; which of its words are in its own language is decided in
``macros.page_terms``. Of a file of data, every mapping of language → text is read, wherever it stands.
Code, addresses, citations and macro calls become marks; mark-up goes, and what it encloses stays.
References printed as such are left out, since other rules hold for them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress

import yaml

from macros.blocks import CODE, LINK_DEFINITION, MACRO, TABLE, Block, find_blocks
from macros.markup import CITATION as CITATION_PATTERN
from macros.page_terms import quoted_spans, read_words
from macros.pages import Page
from macros.prose.passages import Passage
from macros.prose.placed_text import BREAK, CITATION, OPAQUE, SOFT_BREAK, PlacedText, Span
from macros.source_text import LARGEST_YAML_DEPTH, SourceText

# Pages

_UNREAD = (CODE, MACRO, LINK_DEFINITION)
_BOX_LINE = re.compile(r"(?:!!!|\?{3}\+?|={3}[!+]*)[^\"\n]*\"(?P<title>.*)\"[ \t]*$", re.MULTILINE)
_HEADING_MARK = re.compile(r"#{1,6}[ \t]+")


def read_page(page: Page, lang: str) -> Iterator[Passage]:
    """The passages of a page, title and description first."""
    yield from _front_matter(page, lang)
    source = page.source.text
    words = read_words(page, lang)
    blocks = find_blocks(page)
    for number, block in enumerate(blocks):
        following = blocks[number + 1].start if number + 1 < len(blocks) else len(source)
        span = _span_of(block, following, source)
        if span and block.kind not in _UNREAD:
            placed = PlacedText.of(source, *span)
            yield from _passages(placed, lang, words=words[slice(*span)], is_table=block.kind == TABLE)


def _front_matter(page: Page, lang: str) -> Iterator[Passage]:
    if page.meta:
        scalars = _find_scalars(page.source.text[: page.body_start])
        for key in ("title", "description"):
            if (key,) in scalars and isinstance(page.meta.get(key), str):
                yield from _passages(_read_scalar(page.source.text, scalars[key,]), lang)


def _span_of(block: Block, following: int, source: str) -> Span | None:
    """From where a block's text begins to the end of the line above the next block."""
    if block.kind.endswith(" admonition") or block.kind == "tab":
        box = _BOX_LINE.match(source, block.start)
        return box.span("title") if box else None
    heading = _HEADING_MARK.match(source, block.start)
    start = heading.end() if heading else block.start
    end = max(source.rfind("\n", start, following), start) if following < len(source) else following
    return start, end


# Data

_Path = tuple[str | int, ...]


def read_data(source: SourceText, langs: Mapping[str, str]) -> Iterator[tuple[str, Passage]]:
    """The passages in a YAML file, each with its locale; ``langs``: locale code → language tag.

    A text in every language is a mapping with nothing but locale codes for keys. Lists of forms under a
    locale code are no prose.
    """
    scalars = _find_scalars(source.text)
    siblings: dict[_Path, set[str | int]] = {}
    for path in scalars:
        siblings.setdefault(path[:-1], set()).add(path[-1])
    for path, scalar in scalars.items():
        if path and siblings[path[:-1]] <= langs.keys():
            locale = str(path[-1])
            placed = _read_scalar(source.text, scalar)
            yield from ((locale, passage) for passage in _passages(placed, langs[locale]))


def _find_scalars(text: str) -> dict[_Path, yaml.ScalarEvent]:
    """Every text and number of a YAML file by its path; as far as it can be read, if it is not YAML."""
    found: dict[_Path, yaml.ScalarEvent] = {}
    events = yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    with suppress(yaml.YAMLError, StopIteration):  # said by whoever loads the file
        while isinstance(event := next(events), yaml.StreamStartEvent | yaml.DocumentStartEvent):
            pass
        _collect(event, (), events, found)
    return found


def _collect(
    event: yaml.Event, path: _Path, events: Iterator[yaml.Event], found: dict[_Path, yaml.ScalarEvent]
) -> None:
    if isinstance(event, yaml.ScalarEvent):
        found[path] = event
    elif len(path) > LARGEST_YAML_DEPTH:
        raise yaml.YAMLError
    elif isinstance(event, yaml.MappingStartEvent):
        while not isinstance(key := next(events), yaml.MappingEndEvent):
            if not isinstance(key, yaml.ScalarEvent):
                raise yaml.YAMLError
            _collect(next(events), (*path, key.value), events, found)
    elif isinstance(event, yaml.SequenceStartEvent):
        for number, inner in enumerate(events):
            if isinstance(inner, yaml.SequenceEndEvent):
                break
            _collect(inner, (*path, number), events, found)


_BLOCK_HEADER = re.compile(r"[|>][-+0-9]*[ \t]*(?:#[^\n]*)?\n[ \t]*")
_ESCAPE = re.compile(r"\\(?:\n[ \t]*|x..|u.{4}|U.{8}|.)", re.DOTALL)
_ESCAPED = {'\\"': '"', "\\\\": "\\", "\\/": "/"}


def _read_scalar(text: str, event: yaml.ScalarEvent) -> PlacedText:
    assert event.start_mark is not None  # the parser gives every event its place
    assert event.end_mark is not None
    start, end = event.start_mark.index, event.end_mark.index
    if event.style in ("|", ">"):
        header = _BLOCK_HEADER.match(text, start, end)
        inner = text[header.end() if header else start : end].rstrip()
        return PlacedText.of(text, header.end(), header.end() + len(inner)) if header else PlacedText("", ())
    if event.style == "'":
        placed = PlacedText.of(text, start + 1, end - 1)
        return placed.replaced((m.start(), m.end(), "'") for m in re.finditer("''", placed.text))
    if event.style == '"':
        placed = PlacedText.of(text, start + 1, end - 1)
        return placed.replaced((m.start(), m.end(), _unescaped(m[0])) for m in _ESCAPE.finditer(placed.text))
    return PlacedText.of(text, start, end)


def _unescaped(escape: str) -> str:
    return "" if escape.startswith("\\\n") else _ESCAPED.get(escape, OPAQUE)


# From what is written to what is read

_PRINTED_REFERENCE = re.compile(r"\[(?:[MCNJDRSPGZA]|DB|CP|EB|CM|DS)(?:/(?:OL|CD|MT|DK))?\]")
"""The mark of the kind of work that GB/T 7714 prints behind a title: ``[J]``, ``[EB/OL]``."""

_MARKS = re.compile(r"[\[\]{}<>`*_\\\n]|://|10\.\d{4}")
_LINK_TEXT = r"(?:[^\[\]\n]|\[[^\[\]\n]*\])*"
_TOKEN = re.compile(
    # What may begin a token is looked at first: most characters do not.
    rf"(?=[`<\\h1{{\[\](!*_])(?:"
    rf"(?P<definition>(?<!\S)\*?\[[^\[\]\n]+\]:)"
    rf"|(?P<code>(?<!\\)(?P<ticks>`+)(?:[^\n]|\n(?![ \t]*\n))+?(?<!`)(?P=ticks)(?!`))"
    rf"|(?P<comment><!--.*?-->)"
    rf"|(?P<escape>\\[\[\]{{}}`\\*_|])"
    rf"|(?P<address><[a-z]+:[^<>\s]+>|https?://[^\s<>，。；）]+|(?<![A-Za-z0-9.])10\.\d{{4,9}}/[^\s<>，。；）]+)"
    rf"|(?P<inline_tag></?(?:a|abbr|b|bdi|cite|dfn|em|i|kbd|mark|q|s|small|span|strong|sub|sup|u|var)\b[^<>]*>)"
    rf"|(?P<tag></?[A-Za-z][^<>]*>)"
    rf"|(?P<attributes>\{{[:#][^{{}}\n]*\}})"
    rf"|(?P<call>\{{\{{.*?\}}\}})"
    rf"|(?P<citation>{CITATION_PATTERN.pattern}|\[\^[^\[\]\s]+\])"
    rf"|(?P<target>(?<=\])\((?:[^()\n]|\([^()\n]*\))*\)|(?<=\])\[[^\[\]\n]*\])"
    rf"|(?P<image>!\[{_LINK_TEXT}\](?:\((?:[^()\n]|\([^()\n]*\))*\)|\[[^\[\]\n]*\]))"
    rf"|(?P<link>\[(?={_LINK_TEXT}\](?:\(|\[))|\](?=\(|\[))"
    rf"|(?P<emphasis>\*+|(?<!\w)_+(?=\w)|(?<=\w)_+(?!\w)))"
    rf"|(?P<paragraph_end>[ \t]*+\n(?:[ \t>]*+\n)+[ \t>]*)"
    rf"|(?P<line_end>[ \t]*+\n[ \t>]*)",
    re.DOTALL | re.MULTILINE,
)
_VISIBLE = {
    "code": OPAQUE,
    "address": OPAQUE,
    "image": OPAQUE,
    "tag": BREAK,
    "call": OPAQUE,
    "citation": CITATION,
    "definition": BREAK,
    "paragraph_end": BREAK,
    "line_end": SOFT_BREAK,
}
"""What stands for each kind of mark-up; the others leave nothing."""

_LINE_ENDS = ("paragraph_end", "line_end")
_CELL_END = re.compile(r"^[ \t|:-]+$|[ \t]*[|\n][ \t]*", re.MULTILINE)
_WORD = re.compile(r"\S+")


def _passages(placed: PlacedText, lang: str, *, words: str = "", is_table: bool = False) -> Iterator[Passage]:
    """The passage that a part of a file is, if it is one.

    ``words``: the part with everything blank that is not in the language; nothing if all of it is.
    """
    text = placed.text
    if not text or _PRINTED_REFERENCE.search(text):
        return
    quoted = [(start + 1, end - 1) for start, end in quoted_spans(words or text)]
    shown = placed
    if is_table or _MARKS.search(text):
        shown = placed.replaced(_find_spans(text, words, is_table))
        quoted = [_moved(span, placed, shown) for span in quoted]
    yield Passage(shown, lang, quoted)


def _moved(span: Span, before: PlacedText, after: PlacedText) -> Span:
    start, end = span
    return after.character_at(before.start_of(start)), after.character_at(before.start_of(end))


_Token = tuple[int, int, str]


def _find_spans(text: str, words: str, is_table: bool) -> list[_Token]:
    """What is no prose in a text, in order and apart, with the mark that takes its place."""
    matches = [m for m in _TOKEN.finditer(text) if not (is_table and m.lastgroup in _LINE_ENDS)]
    tokens = [(match.start(), match.end(), _mark_of(match)) for match in matches]
    if is_table:
        tokens = _merged(tokens, ((*match.span(), BREAK) for match in _CELL_END.finditer(text)))
    if words:
        foreign = (
            (*match.span(), OPAQUE)
            for match in _WORD.finditer(text)
            if words[match.start() : match.end()] != match[0]
        )
        own = set(tokens)
        tokens = [
            (start, end, mark)
            for start, end, mark in _merged(tokens, foreign)
            if (start, end, mark) in own or words[start:end] != text[start:end]
        ]
    return tokens


def _mark_of(match: re.Match[str]) -> str:
    return match[0][1] if match.lastgroup == "escape" else _VISIBLE.get(match.lastgroup or "", "")


def _merged(tokens: Sequence[_Token], further: Iterable[_Token]) -> list[_Token]:
    """All tokens in order; of the further ones only what lies outside the others."""
    starts = [start for start, _, _ in tokens]
    merged = list(tokens)
    for start, end, mark in further:
        done = start
        for first, last, _ in tokens[max(bisect_left(starts, start) - 1, 0) : bisect_left(starts, end)]:
            if done < first:
                merged.append((done, first, mark))
            done = max(done, last)
        if done < end:
            merged.append((done, end, mark))
    return sorted(merged)
