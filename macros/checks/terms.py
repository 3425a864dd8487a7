"""Terms: pages call things by the names that the glossary approves, and alike in every language.

Held against the collection with the role of a glossary (``macros.terms``); a site without one has nothing to
check here. Which words of a page are looked at is decided in ``macros.page_terms``, which blocks of two
languages correspond in ``macros.checks.parity``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from macros.blocks import CODE, HEADING, TABLE, Block
from macros.checks.page_checks import PageCheck
from macros.checks.parity import find_pairs
from macros.page_terms import PageTerms, title_spans
from macros.pages import Page
from macros.problems import Problem, Severity
from macros.records import MISSING_CODES
from macros.records.model import Path
from macros.site import Site
from macros.terms import (
    FoundForm,
    FoundTerm,
    Glossary,
    GlossaryTerm,
    form_key,
    introduces,
    is_abbreviation,
    term_paths,
)

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
                are_confused = other.id in site.glossary.confusable.get(term.id, ())
                may_share = path == other_path == ("abbreviation",) and are_confused
                if other is not term and not may_share and (term.id, path) not in said:
                    said.add((term.id, path))
                    yield _say_shared(form, term, path, other)


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


class _Part(NamedTuple):
    """A block of a page, or a cell of a table, with the terms in it."""

    page: Page
    kind: str
    start: int
    end: int
    text: str
    """As readers see it."""
    found: Sequence[FoundTerm]


@dataclass(frozen=True)
class _Parts:
    """The parts of a page in all languages, and what corresponds to what."""

    page_id: str
    site: Site

    @cached_property
    def pairs(self) -> Sequence[tuple[_Part, _Part]]:
        """Each block with each of its counterparts; of tables of one shape each cell."""
        pairs: list[tuple[_Part, _Part]] = []
        for pair in find_pairs(self.page_id, self.site):
            there, here = (pair.there.page, pair.original), (pair.here.page, pair.counterpart)
            if pair.original.kind == TABLE and _shape(pair.original) == _shape(pair.counterpart):
                pairs += zip(self._cells(*there), self._cells(*here), strict=True)
            elif pair.original.kind != CODE:
                pairs.append((self._block(*there), self._block(*here)))
        return pairs

    def counterparts_at(self, page: Page, place: int) -> Sequence[_Part]:
        """The parts that render the one in which a character stands."""
        both_ways = ((ours, theirs) for pair in self.pairs for ours, theirs in (pair, pair[::-1]))
        return [theirs for ours, theirs in both_ways if ours.page is page and ours.start <= place < ours.end]

    def _block(self, page: Page, block: Block) -> _Part:
        terms = self.site.terms_on(page)
        following = bisect_right(terms.block_starts, block.start)
        end = terms.block_starts[following] if following < len(terms.block_starts) else len(terms.text)
        return _part(page, block, block.text, (block.start, end), terms)

    def _cells(self, page: Page, table: Block) -> Iterator[_Part]:
        terms = self.site.terms_on(page)
        for row in table.rows:
            end = terms.text.find("\n", row.start)
            line = terms.text[row.start : end if end >= 0 else None]
            # Bars in code and escaped ones are blank, like all that is no word; one may stand before the row.
            written = page.source.text[row.start : row.start + len(line)]
            bars = [row.start + at for at, sign in enumerate(line) if sign == "|" and written[:at].strip()]
            bounds = [row.start, *bars[: len(row.cells) - 1]]
            bounds += [row.start + len(line)] * (len(row.cells) + 1 - len(bounds))
            for cell, span in zip(row.cells, pairwise(bounds), strict=True):
                yield _part(page, table, cell, span, terms)


def _part(page: Page, block: Block, text: str, span: tuple[int, int], terms: PageTerms) -> _Part:
    return _Part(page, block.kind, *span, text, terms.found_in(*span))


def _shape(table: Block) -> Sequence[int]:
    return [len(row.cells) for row in table.rows]


@PageCheck
def check_terms_are_approved(page_id: str, site: Site) -> Iterator[Problem]:
    """Pages use no wrong rendering of a term, and counterparts the same terms.

    ``uses-approved-terms``: a wrong rendering stands on a page in quotation marks or in the title of a work
    only. One that is right for another term is wrong where the counterpart has the term that it is wrong
    for, and not the other.
    ``translation-has-same-terms``: where a block or a cell of a table has an abbreviation, its counterpart
    names the term too, in whatever form, and no term has become one that it is confused with, not even at
    one of its places. That the full name of a term which has an abbreviation has no counterpart is a
    warning. Headings may say things in fewer words, but not others.

    Bad:  ``喝绿茶。`` and ``Drink black tea.``, with 绿茶 a wrong rendering of black tea
    Bad:  ``绿茶（GT）`` and ``Ginger tea (GT)``
    Good: ``喝红茶。`` and ``Drink black tea.``
    """
    if not site.glossary.terms:
        return
    parts = _Parts(page_id, site)
    for page in site.counterparts(page_id):
        yield from _find_wrong(page, site.terms_on(page), parts)
    for there, here in parts.pairs:
        if _ids(there) != _ids(here):
            yield from _Comparison(there, here, site).find_missing()
            yield from _Comparison(here, there, site).find_missing()


def _ids(part: _Part) -> Sequence[str]:
    return sorted([each.term.id for each in part.found])


def _find_wrong(page: Page, terms: PageTerms, parts: _Parts) -> Iterator[Problem]:
    glossary = parts.site.glossary
    for wrong in glossary.find_wrong(terms.text, page.locale):
        around = [form for form in terms.forms if form.start <= wrong.start and wrong.end <= form.end]
        if _is_within(wrong, terms.quoted) or any(
            form.end - form.start > wrong.end - wrong.start for form in around
        ):
            continue
        meant = _find_meant(page, wrong, {id_ for form in around for id_ in form.owners}, parts)
        if meant:
            names = " or ".join(f"“{glossary.terms[id_].name(page.locale)}”" for id_ in meant)
            written = terms.text[wrong.start : wrong.end]
            message = f"“{written}” is a wrong rendering of {' or '.join(meant)}"
            hint = f"write {names}; put it in quotation marks where a source is quoted"
            yield page.source.problem(wrong.start, _APPROVED, message, hint)


def _find_meant(page: Page, wrong: FoundForm, right: Set[str], parts: _Parts) -> Sequence[str]:
    """Ids of the terms for which a rendering is wrong here.

    Words may have another meaning, be it that of another term: then the counterpart has to name the term
    that is meant. What can have no other meaning, or has no counterpart, is wrong by itself.
    """
    others = parts.counterparts_at(page, wrong.start)
    if not right and (not others or is_abbreviation(page.source.text[wrong.start : wrong.end])):
        return wrong.owners
    named = [_find_named(other, parts.site) for other in others]
    return [id_ for id_ in wrong.owners if any(id_ in ids and not ids & right for ids in named)]


def _is_within(form: FoundForm | FoundTerm, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= form.start and form.end <= end for start, end in spans)


@dataclass(frozen=True)
class _Comparison:
    """A part of a page and its counterpart, which should name the same terms."""

    here: _Part
    there: _Part
    site: Site

    def find_missing(self) -> Iterator[Problem]:
        """What the counterpart should name and does not, each term once."""
        ours, theirs = (Counter(each.term.id for each in part.found) for part in (self.here, self.there))
        taken: dict[str, Problem] = {}
        for name, other in self._find_taken(ours, theirs):
            taken.setdefault(name.term.id, self._say_taken(name, other))
        yield from taken.values()
        missing = [each for each in self.here.found if each.term.id not in theirs]
        for each in {each.term.id: each for each in reversed(missing)}.values():
            severity = None if each.term.id in taken else self._severity(each)
            if severity and not self._is_said(each, self._named):
                yield replace(self._say_missing(each), severity=severity)

    def _find_taken(
        self, ours: Mapping[str, int], theirs: Mapping[str, int]
    ) -> Iterator[tuple[FoundTerm, str]]:
        """Names of terms that gave a place to one that they are confused with, and the id of that one."""
        confusable = self.site.glossary.confusable
        for other, count in theirs.items():
            if count > ours.get(other, 0) and other in confusable:
                for id_ in sorted(confusable[other] & self._our_names.keys()):
                    for name in self._find_unsaid(id_, other):
                        yield name, other

    def _find_unsaid(self, id_: str, other: str) -> Iterable[FoundTerm]:
        """Our names of a term of which the counterpart has fewer, but more of one it is confused with."""
        left = _count(self._their_names, id_, other)
        if left >= _count(self._our_names, id_, other):
            return ()
        if _count(self._their_names, other, id_) <= _count(self._our_names, other, id_):
            return ()
        named = _find_named(self.there, self.site, besides=other) - ({id_} if left else set())
        return [name for name in self._our_names[id_] if not self._is_said(name, named)]

    @cached_property
    def _our_names(self) -> Mapping[str, Sequence[FoundTerm]]:
        return _find_names(self.here, self.site)

    @cached_property
    def _their_names(self) -> Mapping[str, Sequence[FoundTerm]]:
        return _find_names(self.there, self.site)

    def _severity(self, found: FoundTerm) -> Severity | None:
        """How bad it is that a counterpart does not name a term; None where words may be said in other words.

        A term that has an abbreviation is no everyday word, but its full name may still be said in others. So
        may the codes of missing values.
        """
        if self.here.kind == HEADING or found.term.abbreviation in MISSING_CODES:
            return None
        if is_abbreviation(self._written(found)):
            return Severity.ERROR
        return Severity.WARNING if found.term.abbreviation and found.term.is_linked else None

    @cached_property
    def _named(self) -> Set[str]:
        return _find_named(self.there, self.site)

    def _is_said(self, found: FoundTerm, named: Set[str]) -> bool:
        """Whether a term is named, or two of which its name is made: tea and leaves."""
        every = self.site.glossary.find_within(self._written(found), self.here.page.locale)
        parts = [form for form in every if named & {*form.owners}]
        return found.term.id in named or any(first.end <= last.start for first in parts for last in parts)

    def _say_missing(self, found: FoundTerm) -> Problem:
        return self._problem(found, "of which no form stands here")

    def _say_taken(self, found: FoundTerm, other: str) -> Problem:
        name = self.site.glossary.terms[other].name(self.there.page.locale)
        return self._problem(found, f"in whose place “{name}” stands here")

    def _problem(self, found: FoundTerm, difference: str) -> Problem:
        source, forms = self.here.page.source, found.term.forms(self.there.page.locale)
        written = " ".join(self._written(found).split())
        place = f"{source.file}:{source.place(found.start)[0]}"
        message = f"at {place} stands “{written}” ({found.term.id}), {difference}"
        hint = f"write {' or '.join(f'“{form}”' for form in forms)}" if forms else ""
        return self.there.page.source.problem(self.there.start, _SAME, message, hint)

    def _written(self, found: FoundTerm) -> str:
        return self.here.page.source.text[found.start : found.end]


def _find_named(part: _Part, site: Site, besides: str = "") -> Set[str]:
    """Ids of all terms that a part names in any way.

    Also within other names, save those of the term ``besides``, in a run of another language, and by a wrong
    rendering, which is reported. A shared abbreviation names the term only that it means on the page.
    """
    terms = site.terms_on(part.page)
    shared = [form for form in terms.shared if part.start <= form.start < part.end]
    clear = {each.start for each in part.found}
    known = {form.owners for form in shared}
    every = [form for form in site.glossary.find_in_all_languages(part.text) if form.owners not in known]
    around = [(form.start, form.end) for form in every if besides in form.owners]
    forms = [form for form in every if not _is_within(form, around)]
    forms += [form for form in shared if form.start not in clear]
    forms += site.glossary.find_wrong(part.text, part.page.locale)
    return {each.term.id for each in part.found}.union(*(form.owners for form in forms))


def _find_names(part: _Part, site: Site) -> Mapping[str, Sequence[FoundTerm]]:
    """Id → the places where a part names a term, be it within the name of another.

    Left out are the titles of works: a page may print a title in another language than its own.
    """
    text = site.terms_on(part.page).text
    titles = [
        (part.start + start, part.start + end) for start, end in title_spans(text[part.start : part.end])
    ]
    names: dict[str, list[FoundTerm]] = {}
    for each in part.found:
        if not _is_within(each, titles):
            names.setdefault(each.term.id, []).append(each)
            for form in site.glossary.find_within(text[each.start : each.end], part.page.locale):
                if len(form.owners) == 1:
                    term, start = site.glossary.terms[form.owners[0]], each.start + form.start
                    names.setdefault(term.id, []).append(FoundTerm(term, start, each.start + form.end))
    return names


def _count(names: Mapping[str, Iterable[FoundTerm]], id_: str, besides: str) -> int:
    """At how many places a term is named, save within names of another."""
    own, others = ({(name.start, name.end) for name in names.get(key, ())} for key in (id_, besides))
    around = own | others
    return sum(
        all(name == span or not (span[0] <= name[0] and name[1] <= span[1]) for span in around)
        for name in own
    )


# Abbreviations


@PageCheck
def check_abbreviations_have_one_meaning(page_id: str, site: Site) -> Iterator[Problem]:
    """An abbreviation that several terms share has one meaning on a page (``abbreviation-has-one-meaning``).

    A page that uses it writes out one of them at least, and does not introduce it for two of them. What
    stands in quotation marks is not looked at.

    Bad:  ``绿茶（GT）和姜茶（GT）``
    Good: ``绿茶（GT）和姜茶``
    """
    for page in site.counterparts(page_id):
        terms = site.terms_on(page)
        shared: dict[str, list[FoundForm]] = {}
        for form in terms.forms:
            if len(form.owners) > 1 and not _is_within(form, terms.quoted):
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
            if introduces(terms.text, name.end, form.start):
                introduced.setdefault(name.owners[0], form)
    if len(introduced) > 1:
        last = max(introduced.values(), key=lambda form: form.start)
        message = f"“{written}” is introduced on this page for {names}"
        yield page.source.problem(last.start, _ONE_MEANING, message, "write one of them out everywhere")
