"""Translations: a page stands in every language, and its counterparts have the same parts."""

from __future__ import annotations

from collections.abc import Iterator

from macros.pages import Page
from macros.problems import Problem
from macros.site import Site


def check_translations_exist(site: Site) -> Iterator[Problem]:
    """Every page has a counterpart in every other language (``translation-exists``)."""
    for (locale, page_id), page in site.pages.items():
        for other in site.other_locales(locale):
            if (other.code, page_id) not in site.pages:
                docs = site.settings.docs_dir.relative_to(site.settings.root).as_posix()
                yield page.source.problem(
                    0,
                    "translation-exists",
                    f"the page has no counterpart in {other.name}",
                    f"write {docs}/{other.code}/{page_id}.md",
                )


def check_headings_match(site: Site) -> Iterator[Problem]:
    """Counterparts have the same headings, by id and level (``translation-has-same-headings``).

    Only the first difference of a pair is said: later ones mostly follow from it.
    """
    default = site.settings.default_locale
    for page_id in site.page_ids:
        original = site.pages.get((default.code, page_id))
        for other in site.other_locales(default.code):
            counterpart = site.pages.get((other.code, page_id))
            if original and counterpart:
                yield from _first_difference(original, counterpart)


def _first_difference(original: Page, counterpart: Page) -> Iterator[Problem]:
    ours, theirs = counterpart.markup.headings, original.markup.headings
    for position in range(max(len(ours), len(theirs))):
        mine = ours[position] if position < len(ours) else None
        other = theirs[position] if position < len(theirs) else None
        if mine and other and (mine.id, mine.level) == (other.id, other.level):
            continue
        place = mine.start if mine else len(counterpart.source.text)
        expected = (
            f'a heading of level {other.level} with the id "{other.id}"' if other else "no further heading"
        )
        yield counterpart.source.problem(
            place,
            "translation-has-same-headings",
            f"{original.source.file} has {expected} here",
            "counterparts have the same headings in the same order",
        )
        return
