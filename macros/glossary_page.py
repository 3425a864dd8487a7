"""The page of the glossary: every term as an entry, in the order of the reader's language.

Gathers what the entries say; their layout is ``templates/glossary.html.jinja``. By which field entries are
ordered in a language stands in ``labels.yml`` (``glossary.sorted_by``).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from macros.glossary import pages_with_term
from macros.locales import LocalizedText
from macros.pages import Page
from macros.passage_links import place_name
from macros.record_links import row_id
from macros.records import text_in
from macros.render_context import RenderContext, render_for_page
from macros.term_links import TermCard, TermName, other_texts, term_card
from macros.terms import GlossaryTerm

PAGES_SHOWN = 12
"""So many pages that use a term are listed at once; the others are folded away."""

_TONES = "\u0300\u0301\u0304\u030c"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryLink:
    """A link with what is said of it."""

    text: str
    href: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongForm:
    """A wrong rendering as an entry prints it."""

    text: str
    lang: str
    note: str
    places: tuple[EntryLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One term as the page prints it."""

    card: TermCard
    topic: str
    other_definitions: tuple[TermName, ...]
    synonyms: tuple[TermName, ...]
    wrong: tuple[WrongForm, ...]
    confused_with: tuple[EntryLink, ...]
    see_also: tuple[EntryLink, ...]
    places: tuple[EntryLink, ...]
    pages: tuple[EntryLink, ...]
    more_pages: tuple[EntryLink, ...]

    @property
    def has_more(self) -> bool:
        """Whether anything is said besides names and definition."""
        parts = (self.synonyms, self.wrong, self.confused_with, self.see_also, self.places, self.pages)
        return any(parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """The entries that begin with a letter."""

    name: str
    id: str
    entries: tuple[Entry, ...]


def render_glossary(context: RenderContext) -> str:
    """All entries under their letters."""
    return render_for_page("glossary.html.jinja", context, letters=glossary_letters(context))


def glossary_letters(context: RenderContext) -> list[Letter]:
    """The entries of a glossary by the letter that they begin with in the reader's language."""
    terms = sorted((sort_key(term, context), term.id, term) for term in context.site.glossary.terms.values())
    pages = pages_with_term(context.site)
    other = context.site.labels.text("glossary.other_letter", context.locale)
    letters = []
    for letter, found in groupby(terms, key=lambda each: _letter(each[0])):
        entries = tuple(_entry(term, pages.get(id_, ()), context) for _, id_, term in found)
        letters.append(
            Letter(name=letter or other, id=f"letter-{letter.lower() or 'other'}", entries=entries)
        )
    return letters


def sort_key(term: GlossaryTerm, context: RenderContext) -> tuple[bool, str]:
    """Where a term stands: what begins with no letter of the Latin alphabet comes first.

    Tones make no difference, ü follows u, and spaces, hyphens and the like are passed over.
    """
    by_pinyin = context.site.labels.text("glossary.sorted_by", context.locale) == "pinyin"
    written = (term.pinyin if by_pinyin else "") or term.name(context.locale)
    without_tones = "".join(c for c in unicodedata.normalize("NFD", written.casefold()) if c not in _TONES)
    key = "".join(c for c in without_tones if c.isalnum() or unicodedata.combining(c))
    return "a" <= key[:1] <= "z", key


def _letter(key: tuple[bool, str]) -> str:
    return key[1][0].upper() if key[0] else ""


def _entry(term: GlossaryTerm, pages: Iterable[Page], context: RenderContext) -> Entry:
    links = tuple(
        EntryLink(text=page.title, href=context.link_to_page(page.id))
        for page in pages
        if page.locale == context.locale
    )
    return Entry(
        card=term_card(term, context),
        topic=text_in(term.topic, context.locale),
        other_definitions=other_texts(term.definition, context),
        synonyms=tuple(_synonyms(term, context)),
        wrong=tuple(_wrong(term, context)),
        confused_with=tuple(_links_to_terms(term.confused_with, context)),
        see_also=tuple(_links_to_terms(((id_, {}) for id_ in term.see_also), context)),
        places=tuple(_links_to_places(term.places, context)),
        pages=links[:PAGES_SHOWN],
        more_pages=links[PAGES_SHOWN:],
    )


def _synonyms(term: GlossaryTerm, context: RenderContext) -> Iterator[TermName]:
    """Synonyms in the reader's language, then in the others."""
    locales = (context.site.settings.locale(context.locale), *context.site.other_locales(context.locale))
    for locale in locales:
        for name in term.names.get(locale.code, ())[1:]:
            yield TermName(text=name, lang="" if locale.code == context.locale else locale.lang)


def _wrong(term: GlossaryTerm, context: RenderContext) -> Iterator[WrongForm]:
    for wrong in term.wrong:
        yield WrongForm(
            text=wrong.text,
            lang="" if wrong.locale == context.locale else context.lang(wrong.locale),
            note=text_in(wrong.note, context.locale),
            places=tuple(_links_to_places(wrong.places, context)),
        )


def _links_to_terms(
    others: Iterable[tuple[str, LocalizedText]], context: RenderContext
) -> Iterator[EntryLink]:
    terms = context.site.glossary.terms
    for id_, note in others:
        if id_ in terms:  # another rule reports one that is not
            yield EntryLink(
                text=terms[id_].name(context.locale),
                href=f"#{row_id(terms[id_].record.collection, id_)}",
                note=text_in(note, context.locale),
            )


def _links_to_places(places: Iterable[str], context: RenderContext) -> Iterator[EntryLink]:
    """Each place with the block that renders it; one in a title (``ito2019/title``) with its reference."""
    for place in places:
        href = context.link_to_place(place) or context.link_to_reference(place.partition("/")[0])
        yield EntryLink(text=place_name(context.site, place, context.locale), href=href or "")
