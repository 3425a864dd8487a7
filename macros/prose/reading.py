"""Reading: the passages of prose in a page and in a file of data.

A page's blocks come from ``macros.blocks``; which of its words are in its own language is decided in
``macros.page_terms``. Of a file of data, every mapping of language → text is read, wherever it stands.
Code, addresses, citations and macro calls become marks; mark-up goes, and what it encloses stays. A
character reference (``&nbsp;``) is the character that it shows.
References printed as such are left out, since other rules hold for them.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress

import yaml

from macros.blocks import CODE, LINK_DEFINITION, MACRO, TABLE, Block, find_blocks
from macros.markup import CITATION as CITATION_PATTERN
from macros.page_terms import find_foreign, quoted_spans, read_words
from macros.pages import Page
from macros.prose.passages import Passage
from macros.prose.placed_text import BREAK, CITATION, OPAQUE, SOFT_BREAK, PlacedText, Span
from macros.source_text import LARGEST_YAML_DEPTH, SourceText

# Pages

_UNREAD = (CODE, MACRO, LINK_DEFINITION)
_BOX_LINE = re.compile(r"(?:!!!|\?{3}\+?|={3}[!+]*)[^\"\n]*\"(?P<title>.*)\"[ \t]*$", re.MULTILINE)
_HEADING_MARK = re.compile(r"#{1,6}[ \t]+")


def read_page(page: Page, lang: str) -> Iterator[Passage]:
    """The passages of a page: title, description, body, and what is read in place of each image."""
    yield from _front_matter(page, lang)
    yield _body(page, lang)
    yield from _alt_texts(page, lang)


def _front_matter(page: Page, lang: str) -> Iterator[Passage]:
    if page.meta:
        scalars = _find_scalars(page.source.text[: page.body_start])
        for key in ("title", "description"):
            if (key,) in scalars and isinstance(page.meta.get(key), str):
                yield from _passage(_read_scalar(page.source.text, scalars[key,]), lang)


def _body(page: Page, lang: str) -> Passage:
    source, foreign = page.source.text, sorted(find_foreign(page, lang))
    # One text, not one for each block: so every rule is asked once for a page.
    spans, done = list[_Token](), 0
    for start, end, is_table in _find_prose(page):
        tokens = _find_tokens(source, start, end, is_table=is_table)
        if done < start:
            spans.append((done, start, BREAK))
        spans += _within_foreign(tokens, foreign, start, end)
        done = end
    placed = PlacedText.of(source, 0, len(source))
    shown = placed.replaced([*spans, (done, len(source), "")])
    quoted = quoted_spans(read_words(page, lang))
    return Passage(shown, lang, [_moved(start + 1, end - 1, placed, shown) for start, end in quoted])


def _alt_texts(page: Page, lang: str) -> Iterator[Passage]:
    """Each is a text by itself: the sentence around an image does not go on in it."""
    spans = list(find_alt_texts(page))
    foreign = list(find_foreign(page, lang)) if spans else []
    for start, end in spans:
        if not any(first <= start < last for first, last in foreign):
            yield from _passage(PlacedText.of(page.source.text, start, end), lang)


def find_alt_texts(page: Page) -> Iterator[Span]:
    """Where the text stands that is read in place of each image; an empty span where there is none."""
    source = page.source.text
    if "![" not in source and "<img" not in source:
        return
    for start, end, _ in _find_prose(page):
        for match in _TOKEN.finditer(source, start, end):
            if match.lastgroup == "image":
                yield match.span("alt")
            elif match.lastgroup == "tag" and match[0].startswith("<img"):
                alt = _ALT.search(source, *match.span())
                yield alt.span("alt") if alt else (match.start(), match.start())


def _find_prose(page: Page) -> Iterator[tuple[int, int, bool]]:
    """Where a page's prose stands, block by block, and whether in a table."""
    source, blocks = page.source.text, find_blocks(page)
    for number, block in enumerate(blocks):
        following = blocks[number + 1].start if number + 1 < len(blocks) else len(source)
        span = _span_of(block, following, source)
        if span and block.kind not in _UNREAD and not _PRINTED_REFERENCE.search(source, *span):
            yield *span, block.kind == TABLE


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
            yield from ((locale, passage) for passage in _passage(placed, langs[locale]))


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

_LINK_TEXT = r"(?:[^\[\]\n]|\[[^\[\]\n]*\])*"
_INNER = r"(?:[^()\n]|\([^()\n]*\))*\)"
_TOKEN = re.compile(
    # A choice begins with a plain character, which lets the search skip all others, and ends with its name.
    rf"\[(?<!\S\[)[^\[\]\n]+\]:(?P<definition>)"
    rf"|\*\[(?<!\S\*\[)[^\[\]\n]+\]:(?P<abbreviation>)"
    rf"|`(?<!\\`)(?P<ticks>`*)(?:[^\n]|\n(?![ \t]*\n))+?(?<!`)`(?P=ticks)(?!`)(?P<code>)"
    rf"|<!--.*?-->(?P<comment>)"
    rf"|\\[\[\]{{}}`\\*_|](?P<escape>)"
    rf"|&(?:[A-Za-z][A-Za-z0-9]*|#[0-9]+|#[Xx][0-9A-Fa-f]+);(?P<entity>)"
    rf"|<[a-z]+:[^<>\s]+>(?P<autolink>)"
    rf"|https?://[^\s<>，。；）]+(?P<address>)"
    rf"|10\.(?<![A-Za-z0-9.]10\.)\d{{4,9}}/[^\s<>，。；）]+(?P<doi>)"
    rf"|</?(?:a|abbr|b|bdi|cite|dfn|em|i|kbd|mark|q|s|small|span|strong|sub|sup|u|var)\b[^<>]*>(?P<inline_tag>)"
    rf"|</?[A-Za-z][^<>]*>(?P<tag>)"
    rf"|\{{[:#][^{{}}\n]*\}}(?P<attributes>)"
    rf"|\{{\{{.*?\}}\}}(?P<call>)"
    rf"|{CITATION_PATTERN.pattern}(?P<citation>)"
    rf"|\[\^[^\[\]\s]+\](?P<footnote>)"
    rf"|\((?<=\]\(){_INNER}(?P<target>)"
    rf"|\[(?<=\]\[)[^\[\]\n]*\](?P<label>)"
    rf"|!\[(?P<alt>{_LINK_TEXT})\](?:\({_INNER}|\[[^\[\]\n]*\])(?P<image>)"
    rf"|\[(?={_LINK_TEXT}\](?:\(|\[))(?P<link>)"
    rf"|\](?=\(|\[)(?P<link_end>)"
    rf"|\*\**(?P<asterisks>)"
    rf"|_(?:(?<!\w_)_*(?=\w)|(?<=\w_)_*(?!\w))(?P<underscores>)"
    rf"|\n(?:[ \t>]*+\n)+[ \t>]*(?P<paragraph_end>)"
    rf"|\n[ \t>]*(?P<line_end>)",
    re.DOTALL,
)
_ALT = re.compile(r"""\salt=(?P<quote>["'])(?P<alt>.*?)(?P=quote)""", re.DOTALL)
_VISIBLE = {
    "definition": BREAK,
    "abbreviation": BREAK,
    "code": OPAQUE,
    "autolink": OPAQUE,
    "address": OPAQUE,
    "doi": OPAQUE,
    "tag": BREAK,
    "call": OPAQUE,
    "citation": CITATION,
    "footnote": CITATION,
    "image": OPAQUE,
    "paragraph_end": BREAK,
    "line_end": SOFT_BREAK,
}
"""What stands for each kind of mark-up; the others leave nothing."""

_LINE_ENDS = ("paragraph_end", "line_end")
_CELL_END = re.compile(r"^[ \t|:-]+$|[ \t]*[|\n][ \t]*", re.MULTILINE)


def _passage(placed: PlacedText, lang: str) -> Iterator[Passage]:
    """The passage that a single text is, if it is one."""
    text = placed.text
    if text and not _PRINTED_REFERENCE.search(text):
        shown = placed.replaced(_find_tokens(text, 0, len(text), is_table=False))
        quoted = [_moved(start + 1, end - 1, placed, shown) for start, end in quoted_spans(text)]
        yield Passage(shown, lang, quoted)


def _moved(start: int, end: int, before: PlacedText, after: PlacedText) -> Span:
    return after.character_at(before.start_of(start)), after.character_at(before.start_of(end))


_Token = tuple[int, int, str]


def _find_tokens(text: str, start: int, end: int, *, is_table: bool) -> list[_Token]:
    """What is no prose in a part of a text, in order and apart, with the mark that takes its place."""
    tokens = [
        (_start_of(match, start), match.end(), _mark_of(match))
        for match in _TOKEN.finditer(text, start, end)
        if not (is_table and match.lastgroup in _LINE_ENDS)
    ]
    if is_table:
        ends = [(*match.span(), BREAK) for match in _CELL_END.finditer(text, start, end)]
        tokens = _merged(tokens, ends)
    return tokens


def _within_foreign(
    tokens: Sequence[_Token], foreign: Iterable[Span], start: int, end: int
) -> Sequence[_Token]:
    """The tokens of a block, and what else in it is in another language."""
    here = [
        (max(first, start), min(last, end), OPAQUE) for first, last in foreign if first < end and last > start
    ]
    return _merged(tokens, here) if here else tokens


def _start_of(match: re.Match[str], least: int) -> int:
    """Where a token begins: the spaces before the end of a line belong to it."""
    start = match.start()
    if match.lastgroup in _LINE_ENDS:
        while start > least and match.string[start - 1] in " \t":
            start -= 1
    return start


def _mark_of(match: re.Match[str]) -> str:
    if match.lastgroup == "escape":
        return match[0][1]
    if match.lastgroup == "entity":
        shown = html.unescape(match[0])
        return shown if len(shown) == 1 else OPAQUE
    return _VISIBLE.get(match.lastgroup or "", "")


def _merged(tokens: Sequence[_Token], further: Iterable[_Token]) -> list[_Token]:
    """All tokens in order; of the further ones, sorted by start, only what lies outside the others."""
    starts = [start for start, _, _ in tokens]
    merged, done = list(tokens), 0
    for start, end, mark in further:
        done = max(start, done)
        for first, last, _ in tokens[max(bisect_left(starts, start) - 1, 0) : bisect_left(starts, end)]:
            if done < first:
                merged.append((done, first, mark))
            done = max(done, last)
        if done < end:
            merged.append((done, end, mark))
            done = end
    return sorted(merged)
