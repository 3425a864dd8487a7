"""Term links: the first place of each term on a page leads to its entry, and a card says what it means.

The links are put into the Markdown, at the offsets that ``macros.page_terms`` knows, and not into the tree
of a Markdown extension: whatever generator renders the page gets them (``macros.export`` too), no extension
has to be told which page it is at, and HTML that Markdown stashes away needs no second reading. A link is
inline HTML, which every Markdown passes on.

The cards of a language are one script beside the page that lists the terms, loaded by
``theme/assets/reference-site.js`` when a reader first turns to a term: pages carry none of them, and a copy
opened from disk has them too. Without the script, a link is a link.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup as Html
from markupsafe import escape

from macros.locales import LocalizedText
from macros.pages import Page
from macros.record_links import link_to_record, row_id
from macros.records import text_in
from macros.render_context import RenderContext
from macros.site import Site
from macros.terms import GlossaryTerm


@dataclass(frozen=True, slots=True, kw_only=True)
class TermName:
    """A name of a term and the language that it is in."""

    text: str
    lang: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TermCard:
    """What a card says of a term."""

    id: str
    """Of its entry on the page that lists the terms."""
    name: str
    others: tuple[TermName, ...]
    """What it is called in the other languages."""
    abbreviation: str
    pinyin: str
    definition: str


def term_link_spans(page: Page, context: RenderContext) -> Iterator[tuple[int, int, str]]:
    """Where a page names a term for the first time, and the link that takes the place of the words."""
    if not has_entries(context):
        return
    for found in context.site.terms_on(page).links:
        href = link_to_record(context, found.term.record.collection, found.term.id)
        link = Html('<a class="term" href="{}">').format(escape(href or ""))
        yield found.start, found.end, f"{link}{page.source.text[found.start : found.end]}</a>"


def has_entries(context: RenderContext) -> bool:
    """Whether the language has a page that lists the terms."""
    return (context.locale, context.site.glossary.page_id) in context.site.pages


def card_file(site: Site, locale: str) -> tuple[str, str] | None:
    """The path of the script with the cards of a language, and the script; None without a list of terms."""
    if (locale, site.glossary.page_id) not in site.pages:
        return None
    url = site.url(site.glossary.page_id, locale)
    context = RenderContext(site, locale, url)
    cards = {
        card.id: [
            card.name,
            card.abbreviation,
            [[o.lang, o.text] for o in card.others],
            card.pinyin,
            card.definition,
        ]
        for card in (term_card(term, context) for term in site.glossary.terms.values())
    }
    written = json.dumps(cards, ensure_ascii=False, separators=(",", ":"))
    return f"{url}cards.js", f"referenceCards({written});\n"


def term_card(term: GlossaryTerm, context: RenderContext) -> TermCard:
    """A card in the language of the page."""
    return TermCard(
        id=row_id(term.record.collection, term.id),
        name=term.name(context.locale),
        others=other_names(term, context),
        abbreviation=term.abbreviation,
        pinyin=term.pinyin,
        definition=text_in(term.definition, context.locale),
    )


def other_names(term: GlossaryTerm, context: RenderContext) -> tuple[TermName, ...]:
    """The preferred name in each other language."""
    return tuple(
        TermName(text=term.names[locale.code][0], lang=locale.lang)
        for locale in context.site.other_locales(context.locale)
        if term.names.get(locale.code)
    )


def other_texts(text: LocalizedText, context: RenderContext) -> tuple[TermName, ...]:
    """A text in each other language that it has."""
    return tuple(
        TermName(text=str(text[locale.code]), lang=locale.lang)
        for locale in context.site.other_locales(context.locale)
        if text.get(locale.code)
    )
