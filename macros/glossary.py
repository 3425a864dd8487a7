"""The glossary of a site: where its terms stand on the pages, and what else finds them.

Terms and their forms are read in ``macros.terms``, the words of a page in ``macros.page_terms``; both are
kept by the ``Site``. The page that lists all terms is made in ``macros.glossary_page``, the links to it in
``macros.term_links``.
"""

from __future__ import annotations

from collections.abc import Mapping

from macros.pages import Page
from macros.site import Site
from macros.terms import GlossaryTerm


def terms_on_page(site: Site, page: Page) -> tuple[GlossaryTerm, ...]:
    """The terms that a written page uses, each once, in the order of their first places."""
    return tuple(dict.fromkeys(found.term for found in site.terms_on(page).found))


def pages_with_term(site: Site) -> Mapping[str, tuple[Page, ...]]:
    """Id of a term → the written pages of all languages that use it, in the order of the site."""
    pages: dict[str, list[Page]] = {}
    for page in site.pages.values():
        for term in terms_on_page(site, page):
            pages.setdefault(term.id, []).append(page)
    return {id_: tuple(found) for id_, found in pages.items()}


def search_synonyms(site: Site, locale: str) -> list[list[str]]:
    """What finds the same as each other: all forms of each term, those of the reader's language first.

    A form that several terms share stands with each of them.
    """
    others = [other.code for other in site.other_locales(locale)]
    forms = (
        dict.fromkeys(form for code in (locale, *others) for form in term.forms(code))
        for term in site.glossary.terms.values()
    )
    return [list(found) for found in forms if len(found) > 1]
