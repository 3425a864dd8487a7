"""Translations: a page stands in every language, and its counterparts have the same parts and ids."""

from __future__ import annotations

from collections.abc import Iterator

from macros.blocks import HEADING
from macros.checks.page_checks import PageCheck
from macros.checks.parity import find_pairs
from macros.pages import Page
from macros.problems import Problem, did_you_mean
from macros.site import Site


@PageCheck
def check_translations_exist(page_id: str, site: Site) -> Iterator[Problem]:
    """Every page has a counterpart in every other language, or says that it has none yet.

    ``translation-exists``. A page without one is shown to readers of that language in the language it
    has, with a notice.

    Bad:  ``docs/zh/tea.md`` alone
    Good: ``docs/zh/tea.md`` and ``docs/en/tea.md``, or ``untranslated: [en]`` in the front matter
    """
    for page in site.counterparts(page_id):
        for other in site.other_locales(page.locale):
            is_written, is_marked = (other.code, page_id) in site.pages, other.code in page.untranslated
            docs = site.settings.docs_dir.relative_to(site.settings.root).as_posix()
            file = f"{docs}/{other.code}/{page_id}.md"
            if is_written and is_marked:
                message = f"the page is marked as untranslated, but {file} is there"
                yield page.source.problem(0, "translation-exists", message, "take the mark away")
            elif not is_written and not is_marked:
                yield page.source.problem(
                    0,
                    "translation-exists",
                    f"the page has no counterpart in {other.name}",
                    f"write {file}, or say untranslated: [{other.code}] in the front matter",
                )


def check_see_also(site: Site) -> Iterator[Problem]:
    """Related pages exist and are the same in every language.

    ``see-also-resolves``, ``translation-has-same-see-also``.

    Bad:  see_also: [topics/dosse]
    Good: see_also: [topics/dose]
    """
    ids_by_locale = {locale: set[str]() for locale in site.settings.locale_codes}
    for locale, page_id in site.pages:
        ids_by_locale[locale].add(page_id)
    for (locale, page_id), page in site.pages.items():
        place = page.source.text.find("see_also", 0, page.body_start)
        if "see_also" in page.meta and not page.see_also:
            message, hint = "see_also is no list of pages", "write see_also: [topics/dose]"
            yield page.source.problem(max(place, 0), "see-also-resolves", message, hint)
        known = ids_by_locale[locale]
        for name in (name for name in page.see_also if name not in known or name == page_id):
            message, hint = f'there is no other page "{name}"', did_you_mean(name, known - {page_id})
            yield page.source.problem(place, "see-also-resolves", message, hint)
        original = site.pages.get((site.settings.default_locale.code, page_id))
        if original and original.see_also != page.see_also:
            message = f"{original.source.file} names {', '.join(original.see_also) or 'none'}"
            yield page.source.problem(max(place, 0), "translation-has-same-see-also", message)


@PageCheck
def check_headings_match(page_id: str, site: Site) -> Iterator[Problem]:
    """Counterparts have the same headings, by id and level (``translation-has-same-headings``).

    Only the first difference of a pair is said: later ones mostly follow from it.
    """
    original = site.pages.get((site.settings.default_locale.code, page_id))
    for page in site.counterparts(page_id) if original else ():
        if original and page is not original:
            yield from _first_difference(original, page)


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


@PageCheck
def check_ids_match(page_id: str, site: Site) -> Iterator[Problem]:
    """An id that an author gives stands on the same block in every language (``translation-has-same-ids``).

    Links to it, the switch of languages and the pages side by side rest on that. Ids of headings are compared
    with the headings.

    Bad:  ``{: #dose }`` below a paragraph of ``docs/zh/tea.md`` alone
    Good: the same below the paragraph of ``docs/en/tea.md`` that renders it
    """
    said: set[str] = set()
    for pair in find_pairs(page_id, site):
        theirs, ours = pair.original.own_id, pair.counterpart.own_id
        if theirs != ours and HEADING not in (pair.original.kind, pair.counterpart.kind):
            said |= {theirs, ours}
            yield pair.problem(
                "translation-has-same-ids",
                f"at {pair.place} this block has {_say_id(theirs)}, here {_say_id(ours)}",
                "counterparts have the same ids",
            )
    for page in site.counterparts(page_id):
        of_headings = {heading.id for heading in page.markup.headings} | {""}
        for other in site.counterparts(page_id):
            for attributes in page.markup.attribute_lists:
                is_known = attributes.id in other.ids or attributes.id in of_headings
                if not is_known and attributes.id not in said:
                    yield page.source.problem(
                        attributes.start,
                        "translation-has-same-ids",
                        f'{other.source.file} has no id "{attributes.id}"',
                        "counterparts have the same ids",
                    )


def _say_id(id_: str) -> str:
    return f'the id "{id_}"' if id_ else "no id"
