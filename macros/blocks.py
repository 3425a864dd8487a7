"""Blocks: the paragraphs, list items, tables and other parts of a page, in order and by line.

Read from what the author wrote, with the rules of Python-Markdown and of the extensions that the site
uses, without rendering anything. What stands inside a block is found by ``macros.markup``; whether the
blocks of two languages correspond is decided in ``macros.checks.parity``.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from macros.markup import AttributeList, Citation, Link, MacroCall, Markup, blank, plain_text
from macros.pages import Page, place_id
from macros.source_text import SourceText

PARAGRAPH = "paragraph"
TABLE = "table"
CODE = "code"
HEADING = "heading"
MACRO = "macro call"
LINK_DEFINITION = "link definition"

LINK_DEFINITIONS = "[links]"
"""The section of all definitions of links: they show nowhere, and stand where the author likes."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table; the line below the head is none."""

    start: int
    cells: tuple[str, ...]
    """As readers see them."""
    written: tuple[str, ...]
    """The same cells as the author wrote them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One part of a page."""

    kind: str
    """``paragraph``, ``list item``, ``numbered item``, ``table``, ``heading``, ``quotation``, ``term``,
    ``definition``, ``footnote``, ``code``, ``raw HTML``, ``macro call``, ``link definition``; the title of
    an admonition is called by its type: ``note admonition``. Its body is paragraphs."""
    section: str
    """The id of the last heading; a footnote is a section of its own: ``[^1]``."""
    start: int
    end: int
    """Offset behind its last line."""
    line: int
    text: str
    """As readers see it, without citations and macro calls; of code, as it was typed."""
    citations: tuple[Citation, ...]
    links: tuple[Link, ...]
    """Images too."""
    macro_calls: tuple[MacroCall, ...]
    source_places: tuple[str, ...]
    """What ``{: src="…" }`` says; at most one in a good page."""
    own_id: str = ""
    """What ``{: #id }`` says."""
    rows: tuple[TableRow, ...] = ()
    """Of a table."""


@lru_cache(maxsize=2048)  # every check asks for the blocks of every page
def find_blocks(page: Page) -> tuple[Block, ...]:
    """All blocks of a page, in the order of its text; a block within another follows it.

    The first paragraph of a list item is the item itself, loose or tight; later ones are paragraphs.
    """
    headings = {heading.start: heading.id for heading in page.markup.headings}
    parts = _Parts(page.markup)
    blocks, section = [], ""
    text = _blank_comments(page.source.text)
    for found in _scan(_lines(text, page.body_start)):
        if found.kind == HEADING:
            section = headings.get(found.start, "")
        blocks.append(_make_block(found, found.section or section, page.source, parts))
    return tuple(blocks)


_ID_KINDS = {
    PARAGRAPH: "p",
    "list item": "li",
    "numbered item": "li",
    TABLE: "table",
    CODE: "code",
    "term": "dt",
    "definition": "dd",
    "quotation": "quote",
}
"""What ``macros.block_ids`` calls the kinds in the ids that it gives; an admonition is a ``note``."""

_WITHIN_TEXT = ("value", "passage")
"""Macros that print a few words: alone they are a paragraph, while others make what both languages share."""

_FENCE_ID = re.compile(r"(?:`{3,}|~{3,})[^\n]*?\{[^{}\n]*#([^\s#.={}]+)")
_TAG_ID = re.compile(r"<[A-Za-z][^<>]*?\sid\s*=\s*[\"']?([^\s\"'<>]+)")
# No block to Python-Markdown, or one that ends where it begins: what stands there is a paragraph.
_HTML_IN_PARAGRAPH = re.compile(r"<(?:svg|dialog)\b|<hr\b[^<>]*>[ \t]*\n?[ \t]*[^\s<]", re.IGNORECASE)


@lru_cache(maxsize=2048)
def name_blocks(page: Page) -> Mapping[str, Block]:
    """The blocks that have a translation of their own, each by a name that its counterparts share.

    That is the id that the block has on the built page. What has none there (raw HTML, a later paragraph of
    a footnote, a block whose id another has taken) goes by the id that it stands below, a slash, its kind
    and its number: ``brewing/raw-html1``. Left out is what both languages share or nobody sees: tables and
    figures that macros make, and definitions of links.
    """
    named: dict[str, Block] = {}
    counts: Counter[tuple[str, str]] = Counter()
    taken = page.ids.union(_TAG_ID.findall(page.source.text, page.body_start))
    places: set[str] = set()
    section = ""
    for block in find_blocks(page):
        # Only the first block of a place is called by it (macros.rendering).
        new_places = [place_id(place) for place in block.source_places if place not in places]
        places.update(block.source_places)
        if block.kind == HEADING and block.section and not block.section.startswith("["):
            section = block.section
            named[section] = block
            continue
        kind = _id_kind(block, page)
        if not kind:
            continue
        above = f"fn:{block.section[2:-1]}" if block.section.startswith("[^") else section
        counts[above, kind] += 1
        numbered = f"{kind}{counts[above, kind]}"
        given = [block.own_id, _fence_id(block), *new_places]
        if block.kind == "footnote":
            given.append(above)
        elif kind in _COUNTED and above == section:
            counted = f"{section or 'top'}-{numbered}"
            given += [counted] if counted not in taken else []
        free = (id_ for id_ in given if id_ and id_ not in named)
        named[next(free, f"{above}/{numbered}")] = block
    return named


_COUNTED = frozenset((*_ID_KINDS.values(), "note"))


def _id_kind(block: Block, page: Page) -> str:
    """What a block counts as; an empty text for one that has no translation."""
    if block.kind.endswith(" admonition"):
        return "note"
    if block.kind == MACRO and block.macro_calls[0].name not in _WITHIN_TEXT:
        return ""
    is_html = block.kind == "raw HTML"
    if block.kind == MACRO or (is_html and _HTML_IN_PARAGRAPH.match(page.source.text, block.start)):
        return _ID_KINDS[PARAGRAPH]
    if block.kind == LINK_DEFINITION:
        return ""
    return _ID_KINDS.get(block.kind, block.kind.lower().replace(" ", "-"))


def _fence_id(block: Block) -> str:
    found = _FENCE_ID.match(block.text) if block.kind == CODE else None
    return found[1] if found else ""


def find_anchor(name: str) -> str:
    """The id on the built page to which a link to a named block leads; empty for the top of the page.

    >>> find_anchor("brewing-p2"), find_anchor("brewing/raw-html1"), find_anchor("/title")
    ('brewing-p2', 'brewing', '')
    """
    return name.partition("/")[0]


# From lines to blocks


class _Line(NamedTuple):
    start: int
    text: str
    """Without the indentation and the marks of what the line stands in."""

    def __bool__(self) -> bool:
        return bool(self.text.strip())

    def cut(self, characters: int) -> _Line:
        return _Line(self.start + characters, self.text[characters:])


class _Found(NamedTuple):
    kind: str
    lines: tuple[_Line, ...]
    section: str = ""

    @property
    def start(self) -> int:
        return self.lines[0].start

    @property
    def end(self) -> int:
        return self.lines[-1].start + len(self.lines[-1].text)


_Read = tuple[list[_Found], int]
"""Blocks, and the number of the line that follows them."""

_COMMENT = re.compile(
    r"^ *(?P<fence>`{3,}|~{3,})[^\n]*\n(?:.*?^ *(?P=fence)[`~]* *$|.*\Z)|(?P<ticks>`+)[^`\n]+(?P=ticks)"
    r"|(?P<comment><!--.*?-->)",
    re.S | re.M,
)


def _blank_comments(text: str) -> str:
    """The text with its comments blanked; what looks like one in code stays."""
    if "<!--" not in text:
        return text
    return _COMMENT.sub(lambda match: blank(match[0]) if match["comment"] else match[0], text)


def _lines(text: str, start: int) -> list[_Line]:
    lines = []
    for line in text[start:].split("\n"):
        lines.append(_Line(start, line.rstrip()))
        start += len(line) + 1
    return lines


def _scan(lines: Sequence[_Line]) -> Iterator[_Found]:
    position = 0
    while position < len(lines):
        if not lines[position]:
            position += 1
            continue
        for read in _READERS:
            result = read(lines, position)
            if result is not None:
                found, position = result
                yield from found
                break


_INDENT = 4
_HEADING = re.compile(r"#{1,6}[ \t]")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_BOX = re.compile(r"(?:!!!|\?\?\?\+?) *([\w-]+)(?:[^\"\n]*\"(.*)\")?|===[!+]* *\"(.*)\"")
_QUOTE = re.compile(r" {0,3}> ?")
_ITEM = re.compile(r" {0,3}(?:[-*+]|(\d+\.))[ \t]+")
_DEFINITION = re.compile(r" {0,3}:[ \t]{1,3}(?=\S)")
_FOOTNOTE = re.compile(r" {0,3}(\[\^[^\]\s]+\]):[ \t]*")
_LINK_DEFINITION = re.compile(r" {0,3}\[(?!\^)[^\[\]]+\]:[ \t]+\S")
_ABBREVIATION = re.compile(r" {0,3}\*\[[^\[\]]+\]:")
_RULER = re.compile(r" {0,3}(?:(?:\*[ ]*){3,}|(?:-[ ]*){3,}|(?:_[ ]*){3,})")
_ATTRIBUTES = re.compile(r"[ ]*\{:[^{}\n]*\}[ ]*")
_UNDER_HEAD = re.compile(r"\|?[ ]*:?-+:?[ ]*(?:\|[ ]*:?-+:?[ ]*)*\|?[ ]*")
_HTML = re.compile(
    r"</?(address|article|aside|blockquote|center|dd|details|dialog|div|dl|dt|fieldset|figcaption|figure"
    r"|footer|form|h[1-6]|header|hr|iframe|li|main|math|menu|nav|ol|p|pre|script|section|style|summary|svg"
    r"|table|tbody|td|tfoot|th|thead|tr|ul|video)\b",
    re.IGNORECASE,
)
_INTERRUPTING = (_HEADING, _FENCE, _QUOTE, _DEFINITION, _BOX)
"""What ends a paragraph without an empty line. A list does not (Python-Markdown)."""


def _read_heading(lines: Sequence[_Line], position: int) -> _Read | None:
    if not _HEADING.match(lines[position].text):
        return None
    return [_Found(HEADING, (lines[position],))], position + 1


def _read_fence(lines: Sequence[_Line], position: int) -> _Read | None:
    opening = _FENCE.match(lines[position].text)
    if not opening:
        return None
    end = position + 1
    while end < len(lines) and not lines[end].text.strip().startswith(opening[1]):
        end += 1
    return [_Found(CODE, tuple(lines[position : end + 1]))], end + 1


def _read_indented_code(lines: Sequence[_Line], position: int) -> _Read | None:
    """Only reached where nothing around holds the lines: containers are read with theirs cut off."""
    end = position
    while end < len(lines) and (not lines[end] or _is_indented(lines[end])):
        end += 1
    return ([_Found(CODE, tuple(lines[position:end]))], end) if end > position else None


def _read_box(lines: Sequence[_Line], position: int) -> _Read | None:
    """An admonition, a folding box or a tab: its title, then what stands in it."""
    match = _BOX.match(lines[position].text)
    if not match:
        return None
    kind = f"{match[1]} admonition" if match[1] else "tab"
    title = _Line(lines[position].start, match[2] or match[3] or "")
    end = position + 1
    while end < len(lines) and (not lines[end] or _is_indented(lines[end])):
        end += 1
    body = [_outdent(line) for line in lines[position + 1 : end]]
    return [_Found(kind, (title,)), *_scan(body)], end


def _read_quotation(lines: Sequence[_Line], position: int) -> _Read | None:
    end, body = position, list[_Line]()
    while end < len(lines) and lines[end] and (body or _QUOTE.match(lines[end].text)):
        mark = _QUOTE.match(lines[end].text)
        body.append(lines[end].cut(mark.end() if mark else 0))
        end += 1
    if not body:
        return None
    return [
        found._replace(kind="quotation") if found.kind == PARAGRAPH else found for found in _scan(body)
    ], end


def _read_item(lines: Sequence[_Line], position: int) -> _Read | None:
    mark = _ITEM.match(lines[position].text)
    if not mark or _RULER.fullmatch(lines[position].text):
        return None
    return _read_body(lines, position, mark.end(), "numbered item" if mark[1] else "list item")


def _read_definition(lines: Sequence[_Line], position: int) -> _Read | None:
    mark = _DEFINITION.match(lines[position].text)
    return _read_body(lines, position, mark.end(), "definition") if mark else None


def _read_footnote(lines: Sequence[_Line], position: int) -> _Read | None:
    mark = _FOOTNOTE.match(lines[position].text)
    if not mark:
        return None
    found, end = _read_body(lines, position, mark.end(), "footnote")
    return [block._replace(section=mark[1]) for block in found], end


def _read_body(lines: Sequence[_Line], position: int, mark: int, kind: str) -> _Read:
    """What a list item holds: its lines, indented or following without an empty line."""
    body, end = [lines[position].cut(mark)], position + 1
    while end < len(lines):
        line = lines[end]
        is_lazy = lines[end - 1] and not any(start.match(line.text) for start in (_ITEM, *_INTERRUPTING))
        if line and not _is_indented(line) and not is_lazy:
            break
        if lines[end - 1] and _ITEM.match(_outdent(line).text):
            body.append(_Line(line.start, ""))  # a list within an item needs no empty line before it
        body.append(_outdent(line))
        end += 1
    found = list(_scan(body))
    if not found:
        found = [_Found(kind, (body[0],))]
    elif found[0].kind == PARAGRAPH:
        found[0] = found[0]._replace(kind=kind)
    return found, end


def _read_table(lines: Sequence[_Line], position: int) -> _Read | None:
    below = lines[position + 1].text if position + 1 < len(lines) else ""
    if "|" not in lines[position].text or "|" not in below or not _UNDER_HEAD.fullmatch(below):
        return None
    end = position
    while end < len(lines) and lines[end]:
        end += 1
    return [_Found(TABLE, tuple(lines[position:end]))], end


def _read_html(lines: Sequence[_Line], position: int) -> _Read | None:
    """Up to the tag that closes the first; where none does, up to the next empty line."""
    tag = _HTML.match(lines[position].text)
    if not tag:
        return None
    opening, closing = (re.compile(rf"<{slash}{tag[1]}\b", re.IGNORECASE) for slash in ("", "/"))
    depth = 0
    for end in range(position, len(lines)):
        depth += len(opening.findall(lines[end].text)) - len(closing.findall(lines[end].text))
        if depth <= 0:
            return [_Found("raw HTML", tuple(lines[position : end + 1]))], end + 1
    end = next((end for end in range(position, len(lines)) if not lines[end]), len(lines))
    return [_Found("raw HTML", tuple(lines[position:end]))], end


def _read_unseen(lines: Sequence[_Line], position: int) -> _Read | None:
    """What shows nothing at its place: definitions of links and abbreviations, rulers."""
    text = lines[position].text
    if _LINK_DEFINITION.match(text):
        return [_Found(LINK_DEFINITION, (lines[position],), LINK_DEFINITIONS)], position + 1
    return ([], position + 1) if _ABBREVIATION.match(text) or _RULER.fullmatch(text) else None


def _read_paragraph(lines: Sequence[_Line], position: int) -> _Read:
    end = position + 1
    while end < len(lines) and lines[end] and not any(s.match(lines[end].text) for s in _INTERRUPTING):
        end += 1
    following = next((line for line in lines[end : end + 2] if line), None)
    if following and _DEFINITION.match(following.text):
        return [_Found("term", (line,)) for line in lines[position:end]], end
    # Attributes alone say something of the block above, or of nothing.
    if all(_ATTRIBUTES.fullmatch(line.text) for line in lines[position:end]):
        return [], end
    return [_Found(PARAGRAPH, tuple(lines[position:end]))], end


_READERS: tuple[Callable[[Sequence[_Line], int], _Read | None], ...] = (
    _read_indented_code,
    _read_heading,
    _read_fence,
    _read_box,
    _read_quotation,
    _read_item,
    _read_definition,
    _read_footnote,
    _read_table,
    _read_html,
    _read_unseen,
    _read_paragraph,
)


def _is_indented(line: _Line) -> bool:
    return line.text.startswith((" " * _INDENT, "\t"))


def _outdent(line: _Line) -> _Line:
    if line.text.startswith("\t"):
        return line.cut(1)
    spaces = len(line.text) - len(line.text.lstrip(" "))
    return line.cut(min(spaces, _INDENT))


# From lines to what they say


_Part = TypeVar("_Part", Citation, Link, MacroCall, AttributeList)


class _Located(Generic[_Part]):
    """Parts of one kind, found by their place."""

    def __init__(self, parts: Sequence[_Part]) -> None:
        self._parts: Sequence[_Part] = parts
        self._starts = [part.start for part in parts]

    def within(self, start: int, end: int) -> tuple[_Part, ...]:
        first = bisect_left(self._starts, start)
        return tuple(self._parts[first : bisect_left(self._starts, end, first)])


class _Parts:
    """What stands in the blocks of a page."""

    def __init__(self, markup: Markup) -> None:
        self.citations = _Located(markup.citations)
        self.links = _Located(markup.links)
        self.macro_calls = _Located(markup.macro_calls)
        self.attribute_lists = _Located(markup.attribute_lists)


def _make_block(found: _Found, section: str, source: SourceText, parts: _Parts) -> Block:
    start, end = found.start, found.end
    calls = parts.macro_calls.within(start, end)
    attributes = parts.attribute_lists.within(start, end)
    written = "\n".join(line.text for line in found.lines)
    is_macro = found.kind == PARAGRAPH and len(calls) == 1 and bool(_ONLY_A_CALL.fullmatch(written))
    if found.kind == HEADING:
        written = _HEADING_MARKS.sub("", written)
    return Block(
        kind=MACRO if is_macro else found.kind,
        section=section,
        start=start,
        end=end,
        line=source.place(start)[0],
        text=written if found.kind == CODE else _as_read(written),
        citations=parts.citations.within(start, end),
        links=parts.links.within(start, end),
        macro_calls=calls,
        source_places=tuple(found.values["src"] for found in attributes if "src" in found.values),
        own_id=next((found.id for found in attributes if found.id), ""),
        rows=tuple(_rows(found.lines)) if found.kind == TABLE else (),
    )


_ONLY_A_CALL = re.compile(r"\s*\{\{.*\}\}\s*(?:\{:[^{}]*\}\s*)*", re.S)
_HEADING_MARKS = re.compile(r"^#{1,6}[ \t]+|[ \t]*#*[ \t]*(?:\{:?[^{}]*\})?[ \t]*$")
_CELL_END = re.compile(r"((?:`[^`]*`|\\.|[^|\\])*)(?:\||$)")
_EXPONENT = re.compile(r"<sup>([-−+\d]+)</sup>")


def _as_read(markdown: str) -> str:
    # An exponent must not end up as further digits of its base.
    return html.unescape(plain_text(_EXPONENT.sub(r"^\1", markdown)))


def _rows(lines: Sequence[_Line]) -> Iterator[TableRow]:
    for line in (lines[0], *lines[2:]):
        inner = line.text.strip().removeprefix("|").removesuffix("|")
        cells = [match[1] for match in _CELL_END.finditer(inner) if match.start() < len(inner) or not inner]
        yield TableRow(line.start, tuple(map(_as_read, cells)), tuple(cells))
