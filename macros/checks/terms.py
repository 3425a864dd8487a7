"""Terms: pages call things by the names that the glossary approves, and alike in every language.

Held against the collection with the role of a glossary (``macros.terms``); a site without one has nothing to
check here. Which words of a page are looked at is decided in ``macros.page_terms``, which blocks of two
languages correspond in ``macros.checks.parity``.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property
from operator import attrgetter

from macros.blocks import CODE, HEADING, Block
from macros.checks.parity import find_pairs
from macros.page_terms import PageTerms, quoted_spans
from macros.pages import Page
from macros.problems import Problem, Severity
from macros.records import MISSING_CODES
from macros.records.model import Path
from macros.site import Site
from macros.terms import FoundForm, FoundTerm, Glossary, GlossaryTerm, form_key, is_abbreviation, term_paths

_APPROVED = "uses-approved-terms"
_SAME = "translation-has-same-terms"
_ONE_FORM = "term-has-one-form"
_ONE_MEANING = "abbreviation-has-one-meaning"


# Forms


def check_forms_have_one_term(site: Site) -> Iterator[Problem]:
    """No form belongs to two terms of one language (``term-has-one-form``).

    Terms may share an abbreviation if one of them names the other under ``confused_with``.

    Bad:  the synonym ``绿茶`` of both green-tea and steamed-tea
    Good: ``abbreviation: GT`` of green-tea, which says that it must not be confused with ginger-tea
    """
    said: set[tuple[str, Path]] = set()
    for locale in site.settings.locale_codes:
        first: dict[str, tuple[GlossaryTerm, Path]] = {}
        for term in site.glossary.terms.values():
            for form, path in term_paths(term, locale):
                other, other_path = first.setdefault(form_key(form), (term, path))
                may_share = path == other_path == ("abbreviation",) and _are_confused(term, other)
                if other is not term and not may_share and (term.id, path) not in said:
                    said.add((term.id, path))
                    yield _say_shared(form, term, path, other)


def _are_confused(term: GlossaryTerm, other: GlossaryTerm) -> bool:
    return other.id in dict(term.confused_with) or term.id in dict(other.confused_with)


def _say_shared(form: str, term: GlossaryTerm, path: Path, other: GlossaryTerm) -> Problem:
    line, column = term.record.document.place_of(path)
    return Problem(
        file=term.record.file,
        line=line,
        column=column,
        rule=_ONE_FORM,
        message=f"“{form}” is a form of {other.id} already",
        hint="keep it at one of them; terms that share an abbreviation name each other under confused_with",
    )


# Names


@dataclass(frozen=True)
class _Blocks:
    """The blocks of all pages with the terms in them, and their counterparts."""

    site: Site

    @cached_property
    def pairs(self) -> list[tuple[Page, Block, Page, Block]]:
        """Each block with each of its counterparts, in both directions."""
        found = [
            (pair.there.page, pair.original, pair.here.page, pair.counterpart)
            for pair in find_pairs(self.site)
            if pair.original.kind not in (CODE, HEADING)
        ]
        return [*found, *((here, ours, there, theirs) for there, theirs, here, ours in found)]

    @cached_property
    def _counterparts(self) -> Mapping[tuple[Page, int], Sequence[Block]]:
        """A page and where a block of it begins → the blocks that render it."""
        found: dict[tuple[Page, int], list[Block]] = {}
        for page, block, _, other in self.pairs:
            found.setdefault((page, block.start), []).append(other)
        return found

    def terms_in(self, page: Page, block: Block) -> Sequence[FoundTerm]:
        """The terms that stand in a block."""
        terms = self.site.page_terms[page.locale, page.id]
        first = bisect_left(terms.found, block.start, key=_START)
        next_block = bisect_right(terms.block_starts, block.start)
        if next_block == len(terms.block_starts):
            return terms.found[first:]
        return terms.found[first : bisect_left(terms.found, terms.block_starts[next_block], key=_START)]

    def counterparts_at(self, page: Page, place: int) -> Sequence[Block]:
        """The blocks that render the block in which a character stands."""
        starts = self.site.page_terms[page.locale, page.id].block_starts
        start = starts[bisect_right(starts, place) - 1] if starts else 0
        return self._counterparts.get((page, start), ())


_START = attrgetter("start")


def check_terms_are_approved(site: Site) -> Iterator[Problem]:
    """Pages use no wrong rendering of a term, and counterparts the same terms.

    ``uses-approved-terms``: a wrong rendering stands on a page in quotation marks or in the title of a work
    only. One that is right for another term is wrong where the counterpart has the term that it is wrong
    for, and not the other.
    ``translation-has-same-terms``: where a block has an abbreviation, its counterpart names the term too, in
    whatever form, and no term has become one that it is confused with. That the full name of a term which
    has an abbreviation has no counterpart is a warning. Headings may say things in fewer words.

    Bad:  ``喝绿茶。`` and ``Drink black tea.``, with 绿茶 a wrong rendering of black tea
    Good: ``喝红茶。`` and ``Drink black tea.``
    """
    if not site.glossary.terms:
        return
    blocks = _Blocks(site)
    for key, page in site.pages.items():
        yield from _find_wrong(page, site.page_terms[key], blocks)
    for page, block, other_page, other in blocks.pairs:
        yield from _find_missing(page, block, other_page, other, blocks)


def _find_wrong(page: Page, terms: PageTerms, blocks: _Blocks) -> Iterator[Problem]:
    glossary = blocks.site.glossary
    quoted = quoted_spans(terms.text)
    for wrong in glossary.find_wrong(terms.text, page.locale):
        around = [form for form in terms.forms if form.start <= wrong.start and wrong.end <= form.end]
        if _is_within(wrong, quoted) or any(
            form.end - form.start > wrong.end - wrong.start for form in around
        ):
            continue
        meant = _find_meant(page, wrong, {id_ for form in around for id_ in form.owners}, blocks)
        if meant:
            names = " or ".join(f"“{glossary.terms[id_].name(page.locale)}”" for id_ in meant)
            written = terms.text[wrong.start : wrong.end]
            message = f"“{written}” is a wrong rendering of {' or '.join(meant)}"
            hint = f"write {names}; put it in quotation marks where a source is quoted"
            yield page.source.problem(wrong.start, _APPROVED, message, hint)


def _find_meant(page: Page, wrong: FoundForm, right: Set[str], blocks: _Blocks) -> Sequence[str]:
    """Ids of the terms for which a rendering is wrong here.

    Words may have another meaning, be it that of another term: then the counterpart has to name the term
    that is meant. What can have no other meaning, or has no counterpart, is wrong by itself.
    """
    others = blocks.counterparts_at(page, wrong.start)
    if not right and (not others or is_abbreviation(page.source.text[wrong.start : wrong.end])):
        return wrong.owners
    named = [blocks.site.glossary.mentions(other.text) for other in others]
    return [id_ for id_ in wrong.owners if any(id_ in ids and not ids & right for ids in named)]


def _is_within(form: FoundForm, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= form.start and form.end <= end for start, end in spans)


def _find_missing(
    page: Page, block: Block, other_page: Page, other: Block, blocks: _Blocks
) -> Iterator[Problem]:
    here = {each.term.id: each for each in reversed(blocks.terms_in(page, block))}
    there = {each.term.id for each in blocks.terms_in(other_page, other)}
    # Only names that the other block has and this one has not can have taken the place of a term.
    strange = [blocks.site.glossary.terms[id_] for id_ in there - here.keys()]
    missing = [
        (each, severity)
        for id_, each in here.items()
        if id_ not in there and (severity := _severity(page, each, strange))
    ]
    named = _named(other_page, other, blocks.site.glossary) if missing else frozenset()
    for each, severity in sorted(missing, key=lambda pair: pair[0].start):
        if each.term.id not in named and not _is_said_in_parts(page, each, named, blocks.site.glossary):
            yield replace(_say_missing(page, each, other_page, other), severity=severity)


def _named(page: Page, block: Block, glossary: Glossary) -> Set[str]:
    """Ids of all terms that a block names in any way.

    Also within other names, in a run of another language, and by a wrong rendering, which is reported.
    """
    wrong = glossary.find_wrong(block.text, page.locale)
    return glossary.mentions(block.text) | {id_ for form in wrong for id_ in form.owners}


def _is_said_in_parts(page: Page, found: FoundTerm, named: Set[str], glossary: Glossary) -> bool:
    """Whether a name is made of two others that are named: “tea of green leaves”, green leaves and tea."""
    text = page.source.text[found.start : found.end]
    parts = [form for form in glossary.find_all(text, page.locale) if named & {*form.owners}]
    return any(first.end <= last.start for first in parts for last in parts)


def _severity(page: Page, found: FoundTerm, strange: Iterable[GlossaryTerm]) -> Severity | None:
    """How bad it is that a counterpart does not name a term; None where words may be said in other words.

    A term that has an abbreviation is no everyday word, but its full name may still be said in others. So
    may the codes of missing values.
    """
    term = found.term
    if any(_are_confused(term, other) for other in strange):
        return Severity.ERROR
    if term.abbreviation in MISSING_CODES:
        return None
    if is_abbreviation(page.source.text[found.start : found.end]):
        return Severity.ERROR
    return Severity.WARNING if term.abbreviation and term.is_linked else None


def _say_missing(page: Page, found: FoundTerm, other_page: Page, other: Block) -> Problem:
    place = f"{page.source.file}:{page.source.place(found.start)[0]}"
    written = " ".join(page.source.text[found.start : found.end].split())
    forms = found.term.forms(other_page.locale)
    message = f"at {place} stands “{written}” ({found.term.id}), of which no form stands here"
    hint = f"write {' or '.join(f'“{form}”' for form in forms)}" if forms else ""
    return other_page.source.problem(other.start, _SAME, message, hint)


# Abbreviations


def check_abbreviations_have_one_meaning(site: Site) -> Iterator[Problem]:
    """An abbreviation that several terms share has one meaning on a page (``abbreviation-has-one-meaning``).

    A page that uses it writes out one of them at least, and does not introduce it for two of them. What
    stands in quotation marks is not looked at.

    Bad:  ``绿茶（GT）和姜茶（GT）``
    Good: ``绿茶（GT）和姜茶``
    """
    for key, page in site.pages.items():
        terms = site.page_terms[key]
        quoted = quoted_spans(terms.text)
        shared: dict[str, list[FoundForm]] = {}
        for form in terms.forms:
            if len(form.owners) > 1 and not _is_within(form, quoted):
                shared.setdefault(form_key(terms.text[form.start : form.end]), []).append(form)
        for places in shared.values():
            yield from _find_second_meaning(page, terms, places, site.glossary)


def _find_second_meaning(
    page: Page, terms: PageTerms, places: Sequence[FoundForm], glossary: Glossary
) -> Iterator[Problem]:
    owners, written = places[0].owners, terms.text[places[0].start : places[0].end]
    full = [form for form in terms.forms if len(form.owners) == 1 and form.owners[0] in owners]
    names = " or ".join(f"“{glossary.terms[id_].name(page.locale)}”" for id_ in owners)
    if not full:
        message = f"“{written}” may mean {names}, and none of them stands on this page"
        yield page.source.problem(
            places[0].start, _ONE_MEANING, message, "write it out where it is first used"
        )
        return
    introduced: dict[str, FoundForm] = {}
    for form in places:
        for name in full:
            if _INTRODUCES.fullmatch(terms.text, name.end, form.start):
                introduced.setdefault(name.owners[0], form)
    if len(introduced) > 1:
        last = max(introduced.values(), key=lambda form: form.start)
        message = f"“{written}” is introduced on this page for {names}"
        yield page.source.problem(last.start, _ONE_MEANING, message, "write one of them out everywhere")


_INTRODUCES = re.compile(r"\s*[（(][^（）()\n]*")
