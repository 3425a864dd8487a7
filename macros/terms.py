"""Terms: what the records of a glossary say, and where their forms stand in a text.

A collection whose schema says ``x-role: glossary`` has one record a term: ``term`` and ``definition`` in
each language, and as far as they are known ``abbreviation``, ``pinyin``, ``topic``, ``synonyms``, ``wrong``
renderings, ``confused_with``, ``see_also``, ``places`` and ``linked``. Which part of a page is looked at is
decided in ``macros.page_terms``, what a page must keep to in ``macros.checks.terms``.

Matching needs no dictionary of a language: a form in Han stands wherever its characters stand, an
alphabetic one where a whole word does, and of several that begin at one place the longest counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, chain, pairwise, zip_longest
from typing import Any, NamedTuple

from macros.locales import Labels, LocalizedText
from macros.records import GLOSSARY, Collection, Record
from macros.records.model import Path

# Forms

_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_LETTER = rf"(?![{_HAN}])\w"
_PARTS = re.compile(rf"[{_HAN}]+|[^{_HAN}\s]+")
_BEGINS_IN_HAN = re.compile(rf"[{_HAN}]")
_IN_HAN = re.compile(rf"[{_HAN}]+")
_ENDS_IN_LETTER = re.compile(rf"{_LETTER}\Z")
# A form is one word, whatever follows: "X-12" and "X-Y" are other things than "X", "X-like" is said of it.
_WORD_BEGINS = re.compile(rf"(?<!{_LETTER})(?<!\w-)")
_WORD_ENDS = re.compile(rf"(?!{_LETTER})(?!-[0-9A-Z])")
_SPACE = r"(?:[ \t\u00a0]+|[ \t]*\n[ \t]*|-)"
_SPACE_BESIDE_HAN = r"[ \u00a0]?"

LONGEST_PREFIX = 10
"""Characters by which the forms are found that may begin at a place."""


def form_key(form: str) -> str:
    """What two spellings of one form share: case, and spaces beside Han, make no difference.

    >>> form_key("T 叶") == form_key("t叶"), form_key("Green  Tea")
    (True, 'green tea')
    """
    spaced = re.sub(rf"(?<=[{_HAN}])\s+|\s+(?=[{_HAN}])", "", form)
    return " ".join(spaced.split()).casefold()


def is_abbreviation(form: str) -> bool:
    """Whether a form is one word with capitals that mean something: all of them, or one within the word.

    >>> [is_abbreviation(form) for form in ("EGCG", "pH", "B-12", "T leaf", "Oolong", "GT 茶")]
    [True, True, True, False, False, False]
    """
    parts = _PARTS.findall(form)
    return len(parts) == 1 and _keeps_case(parts[0])


def _keeps_case(word: str) -> bool:
    return any(part != part[:1] + part[1:].lower() or part.isupper() for part in word.split("-"))


class FoundForm(NamedTuple):
    """A place of a text where a form stands, and everything that has this form."""

    start: int
    end: int
    owners: tuple[str, ...]


@dataclass(frozen=True)
class _Form:
    """One form with everything that has it."""

    written: str
    owners: tuple[str, ...]
    endings: Iterable[tuple[str, str]]

    @cached_property
    def _parts(self) -> Sequence[str]:
        return tuple(map(str, _PARTS.findall(_with_one_hyphen(self.written))))

    @cached_property
    def pattern(self) -> str:
        """What matches it where a word begins, without groups."""
        *first, last = self._parts
        lasts = sorted({last, *_plurals(last, self.endings)}, key=len, reverse=True)
        words = [*map(_word_pattern, first), f"(?:{'|'.join(map(_word_pattern, lasts))})"]
        spaces = [_SPACE_BESIDE_HAN if _is_han(a) or _is_han(b) else _SPACE for a, b in pairwise(self._parts)]
        return "".join(chain.from_iterable(zip_longest(words, spaces, fillvalue="")))

    @cached_property
    def _ends_word(self) -> bool:
        return bool(_ENDS_IN_LETTER.search(self._parts[-1])) and not _is_han(self._parts[-1])

    def found(self, match: re.Match[str] | None) -> FoundForm | None:
        """The form at a place where its pattern matches, if a word ends there too."""
        if not match or (self._ends_word and not _WORD_ENDS.match(match.string, match.end())):
            return None
        return FoundForm(match.start(), match.end(), self.owners)


class _Forms:
    """The forms that may begin where a prefix stands, the longest first."""

    def __init__(self, forms: Iterable[_Form]) -> None:
        self._forms = sorted(forms, key=lambda form: len(form.written), reverse=True)
        # Such forms are compared as they are, without the cost of making a pattern.
        self._are_in_han = all(_IN_HAN.fullmatch(form.written) for form in self._forms)

    # Patterns are made when they are first needed: of all forms a page has few.
    @cached_property
    def _any(self) -> re.Pattern[str]:
        return re.compile("|".join(f"({form.pattern})" for form in self._forms))

    @cached_property
    def _every(self) -> Sequence[tuple[_Form, re.Pattern[str]]]:
        return [(form, re.compile(form.pattern)) for form in self._forms]

    def longest_at(self, text: str, start: int) -> FoundForm | None:
        """The longest of them that stands at a place of a text."""
        if self._are_in_han:
            return next(self.all_at(text, start), None)
        match = self._any.match(text, start)
        if not match or not match.lastindex:
            return None
        # Where no word ends behind it, a shorter one may still stand here.
        return self._forms[match.lastindex - 1].found(match) or next(self.all_at(text, start), None)

    def all_at(self, text: str, start: int) -> Iterator[FoundForm]:
        """All of them that stand at a place of a text."""
        if self._are_in_han:
            found = (form for form in self._forms if text.startswith(form.written, start))
            yield from (FoundForm(start, start + len(form.written), form.owners) for form in found)
            return
        for form, pattern in self._every if self._any.match(text, start) else ():
            if one := form.found(pattern.match(text, start)):
                yield one


def _word_pattern(word: str) -> str:
    """A part of a form in any case; one with capitals that mean something only as it is written."""
    if not _keeps_case(word):
        return f"(?i:{re.escape(word)})"
    if word[0].islower():  # a capital where a sentence begins
        return f"(?i:{re.escape(word[0])}){re.escape(word[1:])}"
    return re.escape(word)


def _is_han(part: str) -> bool:
    return bool(_BEGINS_IN_HAN.match(part))


def _plurals(word: str, endings: Iterable[tuple[str, str]]) -> Iterator[str]:
    if _ENDS_IN_LETTER.search(word) and not _is_han(word):
        for old, new in endings:
            if word.endswith(old):
                yield word.removesuffix(old) + new


def read_endings(written: str) -> tuple[tuple[str, str], ...]:
    """Plural endings as ``labels.yml`` has them.

    >>> read_endings("s y/ies")
    (('', 's'), ('y', 'ies'))
    """
    pairs = (ending.rpartition("/") for ending in written.split())
    return tuple((old, new) for old, _, new in pairs)


class FormFinder:
    """Finds forms in texts of one language."""

    def __init__(self, forms: Mapping[str, Iterable[str]], endings: Sequence[tuple[str, str]] = ()) -> None:
        """``forms``: each form with the ids of what has it."""
        owners: dict[str, tuple[str, dict[str, None]]] = {}
        for form, ids in forms.items():
            if _PARTS.search(form):
                owners.setdefault(form_key(form), (form, {}))[1].update(dict.fromkeys(ids))
        by_prefix: dict[str, list[_Form]] = {}
        for form, ids_ in owners.values():
            by_prefix.setdefault(_prefix(form, endings), []).append(_Form(form, tuple(ids_), endings))
        self._within: dict[str, Sequence[FoundForm]] = {}
        self._starts = tuple(_starts(by_prefix.keys()))
        # The longest prefix that stands at a place tells of the shorter ones.
        self._forms = {
            prefix: _Forms(chain.from_iterable(by_prefix.get(part, ()) for part in accumulate(prefix)))
            for prefix in by_prefix
        }

    def find(self, text: str) -> Iterator[FoundForm]:
        """The forms in a text from left to right, none within or across another; the longest counts."""
        text, end = _with_one_hyphen(text), 0
        for start, forms in self._find_places(text):
            if start >= end and (found := forms.longest_at(text, start)):
                end = found.end
                yield found

    def find_within(self, name: str) -> Sequence[FoundForm]:
        """Every form in a name that stands in many texts; asked again, it is not looked for again."""
        if name not in self._within:
            self._within[name] = tuple(self.find_all(name))
        return self._within[name]

    def find_all(self, text: str) -> Iterator[FoundForm]:
        """Every form in a text, those too that stand within others."""
        text = _with_one_hyphen(text)
        for start, forms in self._find_places(text):
            yield from forms.all_at(text, start)

    def _find_places(self, text: str) -> Iterator[tuple[int, _Forms]]:
        """Where forms may begin in a text, with those that may."""
        folded = _folded(text)
        found = ((match.start(), match[1]) for start in self._starts for match in start.finditer(folded))
        for start, prefix in sorted(found):
            if _is_han(prefix) or _WORD_BEGINS.match(text, start):
                yield start, self._forms[prefix]


def _prefix(form: str, endings: Iterable[tuple[str, str]]) -> str:
    """What any spelling of a form begins with, as ``_folded`` has it."""
    parts = _PARTS.findall(_with_one_hyphen(form))
    stem = str(parts[0])
    if len(parts) == 1:
        stem = min((stem.removesuffix(old) for old, _ in endings), key=len, default=stem) or stem
    elif not _is_han(parts[0]) and not _is_han(parts[1]):
        stem += " "  # "t " for “T leaf” stands at few places, "t" at many
    return _folded(stem[:LONGEST_PREFIX])


def _starts(prefixes: Set[str]) -> Iterator[re.Pattern[str]]:
    """What finds the first character of each place at which a form may begin.

    That character is looked for, which is quick, and the prefix from behind it: a form may begin within the
    prefix of another.
    """
    han = [prefix for prefix in prefixes if _is_han(prefix)]
    words = [prefix for prefix in prefixes if not _is_han(prefix)]
    for some, condition in ((words, "(?<![a-z0-9].)"), (han, "")):
        if some:
            firsts = "".join(re.escape(first) for first in dict.fromkeys(prefix[0] for prefix in some))
            yield re.compile(f"[{firsts}]{condition}(?<=(?=({_any_of(some)})).)", re.DOTALL)


def _any_of(prefixes: Iterable[str]) -> str:
    """The longest of the prefixes that stands at a place, looked for by its first character."""
    by_first: dict[str, list[str]] = {}
    for prefix in sorted(prefixes, key=len, reverse=True):
        by_first.setdefault(prefix[0], []).append(re.escape(prefix[1:]))
    choices = (f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in by_first.items())
    return "|".join(choices)


def _with_one_hyphen(text: str) -> str:
    """The text with all hyphens alike; every character keeps its place, here and in lower case."""
    return text.replace("\u2010", "-").replace("\u2011", "-").replace("\u0130", "I")


def _folded(text: str) -> str:
    """In lower case, with a space for whatever may stand between two words."""
    text = text.lower()
    for gap in "\t\n\u00a0-":
        text = text.replace(gap, " ")
    return text


_INTRODUCES = re.compile(r"\s*[（(][^（）()\n]*")


def introduces(text: str, name_end: int, start: int) -> bool:
    """Whether a name that ends at a place introduces the abbreviation that begins at another.

    >>> introduces("green tea (GT)", 9, 11), introduces("green tea, or GT", 9, 14)
    (True, False)
    """
    return bool(_INTRODUCES.fullmatch(text, name_end, start))


# Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongRendering:
    """How a term must not be written."""

    locale: str
    text: str
    note: LocalizedText
    places: tuple[str, ...]
    """The places of the sources that write it so."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GlossaryTerm:
    """One term."""

    id: str
    record: Record
    names: Mapping[str, tuple[str, ...]]
    """In each language: the preferred name, then its synonyms."""
    abbreviation: str
    pinyin: str
    definition: LocalizedText
    topic: LocalizedText
    wrong: tuple[WrongRendering, ...]
    confused_with: tuple[tuple[str, LocalizedText], ...]
    """Ids of other terms, with the difference."""
    see_also: tuple[str, ...]
    places: tuple[str, ...]
    is_linked: bool
    """Whether pages link to it."""

    def name(self, locale: str) -> str:
        """What the term is called in a language; in another, if it has no name in this one."""
        names = self.names.get(locale) or next(iter(self.names.values()), ())
        return names[0] if names else self.id

    def forms(self, locale: str) -> tuple[str, ...]:
        """Everything by which a text of a language may call the term."""
        names = self.names.get(locale, ())
        return (*names, self.abbreviation) if self.abbreviation else names


class FoundTerm(NamedTuple):
    """A place of a text where a term stands."""

    term: GlossaryTerm
    start: int
    end: int


@dataclass(frozen=True, eq=False)
class Glossary:
    """All terms of a site; without any, where no collection has the role."""

    terms: Mapping[str, GlossaryTerm]
    collection: Collection | None = None
    _forms: Mapping[str, FormFinder] = field(default_factory=dict, repr=False)
    _wrong: Mapping[str, FormFinder] = field(default_factory=dict, repr=False)

    @cached_property
    def confusable(self) -> Mapping[str, frozenset[str]]:
        """Id of a term → ids of those that are easily taken for it, whichever of the two says so."""
        found: dict[str, set[str]] = {}
        for term in self.terms.values():
            for other, _ in term.confused_with:
                found.setdefault(term.id, set()).add(other)
                found.setdefault(other, set()).add(term.id)
        return {id_: frozenset(others) for id_, others in found.items()}

    @property
    def page_id(self) -> str:
        """The id of the page that lists the terms; empty if none does."""
        page = self.collection.page if self.collection else None
        return page.listed_on if page else ""

    def find_forms(self, text: str, locale: str) -> Iterator[FoundForm]:
        """Longest forms in a text of a language, with the ids of all terms that have them."""
        return self._forms[locale].find(text) if locale in self._forms else iter(())

    def find_terms(self, text: str, locale: str) -> tuple[FoundTerm, ...]:
        """The terms in a text of a language."""
        return self.resolve(self.find_forms(text, locale), text)

    def resolve(self, found: Iterable[FoundForm], text: str) -> tuple[FoundTerm, ...]:
        """The terms meant by forms that stand in this order in a text.

        A form that several terms share means the term that it was last introduced for: “green tea (GT)”;
        before that the one that alone stands before it in full, and if there are several none.
        """
        terms: list[FoundTerm] = []
        ends: dict[str, int] = {}
        introduced: dict[tuple[str, ...], str] = {}
        for form in found:
            id_ = form.owners[0]
            if len(form.owners) == 1:
                ends[id_] = form.end
            else:
                before = [owner for owner in form.owners if owner in ends]
                for owner in before:
                    if introduces(text, ends[owner], form.start):
                        introduced[form.owners] = owner
                id_ = introduced.get(form.owners) or (before[0] if len(before) == 1 else "")
            if id_:
                terms.append(FoundTerm(self.terms[id_], form.start, form.end))
        return tuple(terms)

    def find_within(self, name: str, locale: str) -> Sequence[FoundForm]:
        """Every form in a name of a language, the name itself too."""
        return self._forms[locale].find_within(name) if locale in self._forms else ()

    def find_in_all_languages(self, text: str) -> Iterator[FoundForm]:
        """Every form of any language in a text, those too that stand within others."""
        return chain.from_iterable(finder.find_all(text) for finder in self._forms.values())

    def find_wrong(self, text: str, locale: str) -> Iterator[FoundForm]:
        """Wrong renderings in a text of a language, with the ids of the terms that they are wrong for."""
        return self._wrong[locale].find(text) if locale in self._wrong else iter(())


def read_glossary(collections: Mapping[str, Collection], labels: Labels, locales: Iterable[str]) -> Glossary:
    """The terms of a site; of a record with mistakes, which others report, what can be read."""
    collection = next((found for found in collections.values() if found.role == GLOSSARY), None)
    if collection is None:
        return Glossary({})
    terms = {record.id: _read_term(collection, record) for record in collection.records.values()}
    finders, wrong = {}, {}
    for locale in locales:
        endings = read_endings(labels.text("glossary.plural_endings", locale))
        forms = _owners((form, term.id) for term in terms.values() for form in term.forms(locale))
        finders[locale] = FormFinder(forms, endings)
        renderings = ((w.text, t.id) for t in terms.values() for w in t.wrong if w.locale == locale)
        wrong[locale] = FormFinder(_owners(renderings), endings)
    return Glossary(terms, collection, finders, wrong)


def _owners(forms: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    owners: dict[str, list[str]] = {}
    for form, id_ in forms:
        owners.setdefault(form, []).append(id_)
    return owners


def term_paths(term: GlossaryTerm, locale: str) -> Iterator[tuple[str, Path]]:
    """Each form of a term in a language, and where it stands in the record."""
    values = term.record.values
    yield from ((form, ("term", locale)) for form in term.names.get(locale, ())[:1])
    for place, synonym in enumerate(_items(_mapping(values.get("synonyms")).get(locale))):
        yield synonym, ("synonyms", locale, place)
    if term.abbreviation:
        yield term.abbreviation, ("abbreviation",)


def _read_term(collection: Collection, record: Record) -> GlossaryTerm:
    values = record.values
    synonyms = _mapping(values.get("synonyms"))
    topics = collection.fields["topic"].vocabulary if "topic" in collection.fields else None
    topic = str(values.get("topic", ""))
    return GlossaryTerm(
        id=record.id,
        record=record,
        names={
            locale: (str(name), *_items(synonyms.get(locale)))
            for locale, name in _mapping(values.get("term")).items()
        },
        abbreviation=str(values.get("abbreviation", "")),
        pinyin=str(values.get("pinyin", "")),
        definition=_text(values.get("definition")),
        topic=topics.terms[topic].label if topics and topic in topics.terms else {"": topic},
        wrong=tuple(
            WrongRendering(
                locale=str(wrong.get("language", "")),
                text=str(wrong.get("text", "")),
                note=_text(wrong.get("note")),
                places=_items(wrong.get("places")),
            )
            for wrong in _mappings(values.get("wrong"))
        ),
        confused_with=tuple(
            (str(other.get("term", "")), _text(other.get("note")))
            for other in _mappings(values.get("confused_with"))
        ),
        see_also=_items(values.get("see_also")),
        places=_items(values.get("places")),
        is_linked=values.get("linked") is not False,
    )


def _mapping(written: Any) -> Mapping[str, Any]:
    return written if isinstance(written, Mapping) else {}


def _mappings(written: Any) -> list[Mapping[str, Any]]:
    return [item for item in written if isinstance(item, Mapping)] if isinstance(written, list) else []


def _items(written: Any) -> tuple[str, ...]:
    return tuple(map(str, written)) if isinstance(written, list) else ()


def _text(written: Any) -> LocalizedText:
    return written if isinstance(written, Mapping) else {"": str(written or "")}
