"""Fixing: what breaks a rule mended in the text of a file, where nothing else can change by it.

After every change the text is read again and compared with what it was: numbers, citations, macro calls,
links, ids, attributes, code and the structure of the blocks must be the same. A change that would touch
one of them is not made. Reading and writing files is left to the caller.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from macros.blocks import CODE, find_blocks
from macros.markup import replace_spans
from macros.numbers_in_text import find_amounts
from macros.pages import Page, parse_page
from macros.prose.finding import ProseStyle, find_in_data, find_in_page
from macros.prose.passages import PlacedFinding
from macros.source_text import SourceText, parse_yaml

MOST_ROUNDS = 10
"""A change may lay bare another one (``, `` → ``， `` → ``，``); more than three in a row were never seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing mended."""

    line: int
    column: int
    rule: str
    before: str
    after: str


def fix_page(page: Page, style: ProseStyle) -> tuple[str, list[Change]]:
    """The text of a page with everything mended that can be, and what was mended."""

    def parsed(text: str) -> Page:
        return parse_page(SourceText(page.source.file, text), page.id, page.locale)[0]

    return _fix(
        page.source,
        lambda source: find_in_page(parsed(source.text), style),
        lambda source: page_content(parsed(source.text)),
    )


def fix_data(source: SourceText, styles: Mapping[str, ProseStyle]) -> tuple[str, list[Change]]:
    """The text of a YAML file with everything mended that can be, and what was mended."""
    return _fix(source, lambda now: find_in_data(now, styles), lambda now: data_content(now, styles.keys()))


def _fix(
    source: SourceText,
    find: Callable[[SourceText], list[PlacedFinding]],
    content_of: Callable[[SourceText], Any],
) -> tuple[str, list[Change]]:
    changes: list[Change] = []
    for _ in range(MOST_ROUNDS):
        found = _apart(each for each in find(source) if each.edits)
        found = _keeping(source, found, content_of) if found else []
        if not found:
            break
        changes += [_change(each, source) for each in found]
        source = replace(source, text=_edited(source.text, found))
    return source.text, changes


def _apart(found: Iterable[PlacedFinding]) -> list[PlacedFinding]:
    """Those whose edits touch no earlier one; the others come up again in the next round."""
    kept: list[PlacedFinding] = []
    taken: list[tuple[int, int]] = []
    for each in found:
        spans = [(edit.start, edit.end) for edit in each.edits]
        if not any(start <= last and first <= end for start, end in spans for first, last in taken):
            kept.append(each)
            taken += spans
    return kept


def _keeping(
    source: SourceText, found: Sequence[PlacedFinding], content_of: Callable[[SourceText], Any]
) -> list[PlacedFinding]:
    """Those that leave the content as it is: mostly all at once, else half by half."""
    content = content_of(source)
    kept: list[PlacedFinding] = []
    waiting = [list(found)]
    while waiting:
        some = waiting.pop()
        if content_of(replace(source, text=_edited(source.text, [*kept, *some]))) == content:
            kept += some
        elif len(some) > 1:
            middle = len(some) // 2
            waiting += [some[middle:], some[:middle]]
    return kept


def _edited(text: str, found: Sequence[PlacedFinding]) -> str:
    edits = sorted((edit.start, edit.end, edit.new) for each in found for edit in each.edits)
    return replace_spans(text, edits)


_CONTEXT = 8


def _change(each: PlacedFinding, source: SourceText) -> Change:
    line, column = source.place(each.start)
    start = max(min(edit.start for edit in each.edits) - _CONTEXT, 0)
    end = max(edit.end for edit in each.edits) + _CONTEXT
    moved = [(edit.start - start, edit.end - start, edit.new) for edit in each.edits]
    before = source.text[start:end]
    after = replace_spans(before, sorted(moved))
    return Change(line=line, column=column, rule=each.finding.rule, before=before, after=after)


# What a fix never changes

_MARKS = re.compile(r"[*_`|#\[\]{}<>~]")
_DIGITS = re.compile(r"\d+")
_ADDRESSES = re.compile(r"(?:https?://|10\.\d{4,9}/)[^\s<>，。；）]+")
_DEFINED = re.compile(r"^[ \t>]*\[([^\[\]]+)\]:", re.MULTILINE)
_BRACKETED = re.compile(r"(!?)\[([^\[\]]+)\]")


def page_content(page: Page) -> tuple[Any, ...]:
    """What a page says in other ways than words, spaces and punctuation."""
    markup, blocks = page.markup, find_blocks(page)
    text = page.source.text
    return (
        Counter(_DIGITS.findall(text)),
        _ADDRESSES.findall(text),
        [(block.kind, block.section, block.own_id, block.source_places, len(block.rows)) for block in blocks],
        [block.text for block in blocks if block.kind == CODE],
        [(Counter(find_amounts(block.text)), Counter(_MARKS.findall(block.text))) for block in blocks],
        [citation.items for citation in markup.citations],
        [(call.name, call.arguments, dict(call.keywords)) for call in markup.macro_calls],
        [(heading.level, heading.id) for heading in markup.headings],
        [(link.target, link.is_image) for link in markup.links],
        _reference_labels(text),
        [text[attributes.start : attributes.end] for attributes in markup.attribute_lists],
        [mistake.rule for mistake in markup.mistakes],
        {key: value for key, value in page.meta.items() if key not in ("title", "description")},
        [key for key in ("title", "description") if isinstance(page.meta.get(key), str)],
    )


def _reference_labels(text: str) -> list[tuple[str, str]]:
    """The label of every link, image and footnote that is defined elsewhere: ``[tea]``, ``[tea][]``.

    Where the label is what readers see, mending it would part the link from its definition.
    """
    defined = {_label_key(match[1]) for match in _DEFINED.finditer(text)}
    found = ((match[1], _label_key(match[2])) for match in _BRACKETED.finditer(text)) if defined else ()
    return [(mark, key) for mark, key in found if key in defined]


def _label_key(label: str) -> str:
    """Equal for labels that Markdown takes for the same."""
    return " ".join(label.casefold().split())


def data_content(source: SourceText, locales: Iterable[str]) -> tuple[Any, ...] | None:
    """What a YAML file says in other ways than words, spaces and punctuation; None if it is not YAML."""
    document, _ = parse_yaml(source)
    codes = frozenset(locales)
    if document is None:
        return None
    numbers, addresses = _DIGITS.findall(source.text), _ADDRESSES.findall(source.text)
    return _blanked(document.value, codes), Counter(numbers), addresses


def _blanked(value: Any, codes: frozenset[str]) -> Any:
    """A value with its localized texts reduced to the numbers and marks in them."""
    if isinstance(value, list):
        return [_blanked(inner, codes) for inner in value]
    if not isinstance(value, dict):
        return value
    if value and codes.issuperset(value) and all(isinstance(text, str) for text in value.values()):
        return {
            code: (Counter(find_amounts(text)), Counter(_MARKS.findall(text))) for code, text in value.items()
        }
    return {key: _blanked(inner, codes) for key, inner in value.items()}
