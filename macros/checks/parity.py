"""Parity: counterparts say the same, block by block, with the same figures, citations and links.

The default language is compared with every other, and what differs is said of the other. Headings are
compared in ``macros.checks.translations``; sections whose headings differ are left alone here. Where a
page is divided into blocks is decided in ``macros.blocks``, what a number is in ``macros.numbers_in_text``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from itertools import pairwise

from macros.blocks import CODE, TABLE, Block, TableRow, find_blocks
from macros.checks.page_checks import PageCheck
from macros.compared_figures import FigureWords, differences, find_difference
from macros.markup import CITATION, CitationItem, parse_citation
from macros.numbers_in_text import find_amounts
from macros.pages import Page
from macros.problems import Problem
from macros.site import Site

_SAME_BLOCKS = "translation-has-same-blocks"


@dataclass(frozen=True, kw_only=True)
class _Side:
    """One of two counterparts, and what is needed to read it."""

    page: Page
    words: FigureWords
    site: Site

    @cached_property
    def sections(self) -> Mapping[str, Sequence[Block]]:
        """Section → its blocks."""
        sections: dict[str, list[Block]] = {}
        for block in find_blocks(self.page):
            sections.setdefault(block.section, []).append(block)
        return sections

    @cached_property
    def language_part(self) -> re.Pattern[str]:
        """A part of an address that names a language: ``en/``, ``en.``, ``zh-Hans/``."""
        names = {name for locale in self.site.settings.locales for name in (locale.code, locale.lang)}
        return re.compile(rf"(?:(?<=[/.])|^)(?:{'|'.join(map(re.escape, sorted(names, reverse=True)))})[/.]")

    def place(self, block: Block) -> str:
        return f"{self.page.source.file}:{block.line}"

    def problem(self, block: Block, rule: str, message: str, hint: str = "") -> Problem:
        return self.page.source.problem(block.start, rule, message, hint)


@dataclass(frozen=True, kw_only=True)
class BlockPair:
    """A block of the default language (``original``, ``there``) and the block that renders it."""

    original: Block
    counterpart: Block
    there: _Side
    here: _Side

    def problem(self, rule: str, message: str, hint: str = "") -> Problem:
        return self.here.problem(self.counterpart, rule, message, hint)

    @property
    def place(self) -> str:
        """File and line of the original."""
        return self.there.place(self.original)


@PageCheck
def check_parity(page_id: str, site: Site) -> Iterator[Problem]:
    """Counterparts have the same blocks, and paired blocks the same content.

    ``translation-has-same-blocks``, of which only the first difference of a section is said, then for
    each pair of blocks ``-citations``, ``-figures``, ``-tables``, ``-links``, ``-images``, ``-macros`` and
    ``-footnotes`` and ``-source-places``, all in the same order. A pair of translated references is one
    reference. What is a difference between figures is said in ``macros.compared_figures``.

    Bad:  ``共 20 片叶，15 片完整[@ito2019]。`` and ``Of 20 leaves 51 were whole.[@ito2019]``
    Good: ``共 20 片叶，15 片完整[@ito2019]。`` and ``Of twenty leaves 15 were whole.[@ito2019]``
    """
    for section in _find_sections_of(page_id, site):
        yield from _compare_sections(section)


def find_pairs(page_id: str, site: Site) -> Iterator[BlockPair]:
    """Every block of a page in the default language with the one that renders it.

    As far as sections have the same blocks.
    """
    for section in _find_sections_of(page_id, site):
        yield from section.pairs


@lru_cache(maxsize=1)  # several checks ask, one after another
def _find_sections_of(page_id: str, site: Site) -> Sequence[_Section]:
    """The sections of a page in the default language, each with every counterpart."""
    original = site.pages.get((site.settings.default_locale.code, page_id))
    sections = list[_Section]()
    for page in site.counterparts(page_id) if original else ():
        if original and page is not original:
            there, here = (
                _Side(page=each, words=site.figure_words[each.locale], site=site) for each in (original, page)
            )
            sections += _find_sections(there, here)
    return sections


def _find_sections(there: _Side, here: _Side) -> Iterator[_Section]:
    """The sections that can be compared."""
    ends = _ends(there.page) & _ends(here.page)
    comparable = {section for section, _ in ends}
    for section in dict.fromkeys((*there.sections, *here.sections)):
        # In brackets stand footnotes and the like, which belong to no heading.
        if section in comparable or section.startswith("["):
            yield _Section(
                theirs=there.sections.get(section, ()),
                ours=here.sections.get(section, ()),
                there=there,
                here=here,
            )


def _ends(page: Page) -> set[tuple[str, str]]:
    """Each section with the one that follows: only with both the same can sections be compared."""
    return set(pairwise(("", *(heading.id for heading in page.markup.headings), "")))


def _compare_sections(section: _Section) -> Iterator[Problem]:
    different = [stretch for stretch in section.stretches if not stretch.is_alike]
    if different:
        yield _say_difference(section, different[0])
    for pair in section.pairs:
        for compare in _COMPARISONS:
            yield from compare(pair)


# Blocks


@dataclass(frozen=True, kw_only=True)
class _Stretch:
    """Blocks of a section that correspond, or should."""

    theirs: Sequence[Block]
    ours: Sequence[Block]
    next_theirs: Block | None = None
    """The block that follows in the default language; none at the end of the section."""
    next_ours: Block | None = None

    @property
    def is_alike(self) -> bool:
        return [block.kind for block in self.theirs] == [block.kind for block in self.ours]


@dataclass(frozen=True, kw_only=True)
class _Section:
    """One section in both languages."""

    theirs: Sequence[Block]
    ours: Sequence[Block]
    there: _Side
    here: _Side

    @property
    def pairs(self) -> Iterator[BlockPair]:
        """The blocks that correspond."""
        for stretch in self.stretches:
            if stretch.is_alike:
                for original, counterpart in zip(stretch.theirs, stretch.ours, strict=True):
                    yield BlockPair(
                        original=original, counterpart=counterpart, there=self.there, here=self.here
                    )

    @cached_property
    def stretches(self) -> list[_Stretch]:
        """One, if the kinds of the blocks are the same; else divided by what no translation changes."""
        whole = _Stretch(theirs=self.theirs, ours=self.ours)
        if whole.is_alike:
            return [whole]
        signatures, our_signatures = list(map(_signature, self.theirs)), list(map(_signature, self.ours))
        matcher = SequenceMatcher(None, signatures, our_signatures, autojunk=False)
        return [
            _Stretch(
                theirs=self.theirs[start:end],
                ours=self.ours[our_start:our_end],
                next_theirs=self.theirs[end] if end < len(self.theirs) else None,
                next_ours=self.ours[our_end] if our_end < len(self.ours) else None,
            )
            for _, start, end, our_start, our_end in matcher.get_opcodes()
        ]


def _signature(block: Block) -> Hashable:
    return (
        block.kind,
        block.source_places,
        tuple(sorted(item.citekey for citation in block.citations for item in citation.items)),
        tuple(sorted(amount.value for amount in find_amounts(block.text))),
        tuple(call.name for call in block.macro_calls),
        len(block.links),
        len(block.rows),
    )


def _say_difference(section: _Section, stretch: _Stretch) -> Problem:
    kinds = [[block.kind for block in blocks] for blocks in (stretch.theirs, stretch.ours)]
    position = next(
        (n for n, (theirs, ours) in enumerate(zip(*kinds, strict=False)) if theirs != ours),
        min(map(len, kinds)),
    )
    if len(stretch.theirs) > len(stretch.ours):
        return _say_missing(section, stretch, stretch.theirs[position])
    mine = stretch.ours[position]
    if len(stretch.theirs) == len(stretch.ours):
        other = stretch.theirs[position]
        what = f"here stands a {mine.kind}, at {section.there.place(other)} a {other.kind}: {_quote(other)}"
        return section.here.problem(mine, _SAME_BLOCKS, what)
    last = stretch.next_theirs or (section.theirs[-1] if section.theirs else None)
    near = f"near {section.there.place(last)}" if last else f"in {section.there.page.source.file}"
    what = f"this {mine.kind} has no counterpart {near}: {_quote(mine)}"
    return section.here.problem(mine, _SAME_BLOCKS, what)


def _say_missing(section: _Section, stretch: _Stretch, missing: Block) -> Problem:
    what = (
        f"a {missing.kind} is missing here, which stands at {section.there.place(missing)}: {_quote(missing)}"
    )
    if stretch.next_ours:
        hint = f"it belongs before this {stretch.next_ours.kind}"
        return section.here.problem(stretch.next_ours, _SAME_BLOCKS, what, hint)
    if section.ours:
        hint = f"it belongs at the end of the section, after this {section.ours[-1].kind}"
        return section.here.problem(section.ours[-1], _SAME_BLOCKS, what, hint)
    page = section.here.page
    return page.source.problem(page.body_start, _SAME_BLOCKS, what)


def _quote(block: Block) -> str:
    text = " ".join(block.text.split())
    return f"“{text[:39]}…”" if len(text) > 40 else f"“{text}”"


# What stands in a block


def _compare_citations(pair: BlockPair) -> Iterator[Problem]:
    theirs, ours = (_citekeys(block, pair.here.site) for block in (pair.original, pair.counterpart))
    if theirs is not None and ours is not None:
        yield from _say_unlike(pair, "citations", "cites", theirs, ours)


def _citekeys(block: Block, site: Site) -> list[str] | None:
    """What a block cites; None with a key that is not known, which another rule reports."""
    cited = list[str]()
    for citation in block.citations:
        if not all(item.citekey in site.bibliography for item in citation.items):
            return None
        cited += _cited(citation.items, site)
    return cited


def _cited(items: Iterable[CitationItem], site: Site) -> list[str]:
    """The references of one citation with the numbers of its locators, in the order of their keys."""
    keyed = ((site.bibliography.main_citekey(item.citekey), _DIGITS.findall(item.locator)) for item in items)
    # A pair cited in one bracket by both of its keys is printed once.
    return sorted({" ".join((key, *numbers)) for key, numbers in keyed})


_DIGITS = re.compile(r"\d+")


def _compare_figures(pair: BlockPair) -> Iterator[Problem]:
    if pair.original.kind == pair.counterpart.kind == TABLE:
        return
    difference = _find_difference(pair, pair.original.text, pair.counterpart.text)
    if difference:
        yield pair.problem(
            "translation-has-same-figures",
            f"at {pair.place} {difference}",
            "check both against the source; write the same figures, units and signs in both languages",
        )


def _find_difference(pair: BlockPair, original: str, counterpart: str) -> str:
    return find_difference(original, counterpart, pair.there.words, pair.here.words)


def _compare_tables(pair: BlockPair) -> Iterator[Problem]:
    rule = "translation-has-same-tables"
    theirs, ours = pair.original.rows, pair.counterpart.rows
    if len(theirs) != len(ours):
        yield pair.problem(rule, f"the table has {len(ours)} rows, the one at {pair.place} {len(theirs)}")
        return
    for number, (row, our_row) in enumerate(zip(theirs, ours, strict=True), start=1):
        place = f"{pair.there.page.source.file}:{pair.there.page.source.place(row.start)[0]}"
        for message in _compare_rows(pair, row, our_row, f"row {number}", place):
            yield pair.here.page.source.problem(our_row.start, rule, message)


def _compare_rows(pair: BlockPair, row: TableRow, our_row: TableRow, name: str, place: str) -> Iterator[str]:
    if len(row.cells) != len(our_row.cells):
        yield f"{name} has {len(our_row.cells)} cells, at {place} {len(row.cells)}"
        return
    cells = zip(row.cells, our_row.cells, row.written, our_row.written, strict=True)
    for column, (cell, our_cell, written, our_written) in enumerate(cells, start=1):
        difference = _find_difference(pair, cell, our_cell) or _compare_marks(pair, written, our_written)
        if difference:
            yield f"{name}, column {column}: at {place} {difference}"


def _compare_marks(pair: BlockPair, cell: str, our_cell: str) -> str:
    """How cells differ in what they cite, link to and call, or in that one of them is empty."""
    if bool(cell.strip()) != bool(our_cell.strip()):
        return (
            "the cell is empty, this one is not" if our_cell.strip() else "the cell is not empty, this one is"
        )
    theirs, ours = _cell_marks(pair, cell), _cell_marks(pair, our_cell)
    missing, extra = differences(theirs, ours)
    if theirs != ours and not missing and not extra:
        return f"stand {', '.join(theirs)} in this order, here in another"
    said = [f"stands {', '.join(missing)}"] if missing else []
    return "; ".join([*said, *([f"here stands {', '.join(extra)}"] if extra else [])])


_CELL_MARK = re.compile(rf"{CITATION.pattern}|\]\(\s*(?P<target>[^()\s]*)|(?P<call>\{{\{{.*?\}}\}})")


def _cell_marks(pair: BlockPair, cell: str) -> list[str]:
    marks = list[str]()
    for match in _CELL_MARK.finditer(cell):
        items = parse_citation(match[1]) if match[1] else ()
        if match[1]:
            known = not isinstance(items, str) and all(
                i.citekey in pair.here.site.bibliography for i in items
            )
            marks += _cited(items, pair.here.site) if known and not isinstance(items, str) else []
        else:
            marks.append(
                pair.here.language_part.sub("", match["target"] or "".join((match["call"] or "").split()))
            )
    return marks


def _compare_links(pair: BlockPair) -> Iterator[Problem]:
    theirs, ours = (
        [*_targets(pair, block, of_images=False), *_addresses(pair, side, block)]
        for side, block in ((pair.there, pair.original), (pair.here, pair.counterpart))
    )
    yield from _say_unlike(pair, "links", "links to", theirs, ours)


def _compare_images(pair: BlockPair) -> Iterator[Problem]:
    theirs, ours = (_targets(pair, block, of_images=True) for block in (pair.original, pair.counterpart))
    yield from _say_unlike(pair, "images", "shows", theirs, ours)


def _targets(pair: BlockPair, block: Block, *, of_images: bool) -> list[str]:
    targets = [link.target for link in block.links if link.is_image == of_images]
    return [pair.here.language_part.sub("", target) for target in targets]


_ADDRESS = re.compile(
    r"<[a-z]+[^<>]*?\s(?:href|src)=[\"'](?P<attribute>[^\"'<>]+)"
    r"|(?<!\]\()(?<!\]\(<)(?P<bare>https?://[^\s<>\"'，。；、）)\]]+)"
)


def _addresses(pair: BlockPair, side: _Side, block: Block) -> list[str]:
    """Addresses that stand in a block in other ways than as Markdown links; of code, none."""
    text = side.page.source.text
    has_none = text.find("://", block.start, block.end) < 0 and text.find("=", block.start, block.end) < 0
    if has_none or block.kind == CODE:
        return []
    found = _ADDRESS.finditer(text, block.start, block.end)
    return [pair.here.language_part.sub("", match["attribute"] or match["bare"]) for match in found]


_FOOTNOTE = re.compile(r"\[\^([^\[\]\s]+)\]")


def _compare_footnotes(pair: BlockPair) -> Iterator[Problem]:
    theirs, ours = (_FOOTNOTE.findall(block.text) for block in (pair.original, pair.counterpart))
    yield from _say_unlike(pair, "footnotes", "has the mark of the footnote", theirs, ours)


def _compare_macros(pair: BlockPair) -> Iterator[Problem]:
    theirs, ours = (
        [_call_text(call.name, call.arguments, call.keywords) for call in block.macro_calls]
        for block in (pair.original, pair.counterpart)
    )
    yield from _say_unlike(pair, "macros", "calls", theirs, ours)


def _call_text(name: str, arguments: Sequence[object], keywords: Mapping[str, object]) -> str:
    written = [repr(argument) for argument in arguments]
    return f"{name}({', '.join([*written, *(f'{key}={keywords[key]!r}' for key in sorted(keywords))])})"


def _compare_source_places(pair: BlockPair) -> Iterator[Problem]:
    theirs, ours = pair.original.source_places, pair.counterpart.source_places
    yield from _say_unlike(pair, "source-places", "renders", theirs, ours)


def _say_unlike(
    pair: BlockPair, what: str, verb: str, theirs: Sequence[str], ours: Sequence[str]
) -> Iterator[Problem]:
    """One problem if two lists differ, be it in their order only."""
    if list(theirs) == list(ours):
        return
    missing, extra = map(sorted, differences(theirs, ours))
    kind = pair.counterpart.kind
    if not missing and not extra and kind == TABLE:
        return  # said of the cells
    if not missing and not extra:
        message = f"{pair.place} {verb} {', '.join(theirs)}, this {kind} the same in another order"
        hint = "keep the order; where the language needs another one, divide the sentence"
        yield pair.problem(f"translation-has-same-{what}", message, hint)
        return
    said = [f"{pair.place} {verb} {', '.join(missing)}, this {kind} does not"] if missing else []
    said += [f"this {kind} {verb} {', '.join(extra)}, {pair.place} does not"] if extra else []
    yield pair.problem(f"translation-has-same-{what}", "; ".join(said))


_COMPARISONS: tuple[Callable[[BlockPair], Iterator[Problem]], ...] = (
    _compare_source_places,
    _compare_citations,
    _compare_figures,
    _compare_tables,
    _compare_links,
    _compare_images,
    _compare_footnotes,
    _compare_macros,
)
