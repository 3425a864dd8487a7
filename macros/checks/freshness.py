"""Freshness: who changes one language changes the other, or says that it is behind."""

from __future__ import annotations

from collections.abc import Iterator

from macros.freshness import State
from macros.pages import Page
from macros.problems import Problem, did_you_mean
from macros.site import Site


def check_translations_are_fresh(site: Site) -> Iterator[Problem]:
    """No block has changed alone since its page was reviewed (``translation-is-fresh``).

    Either its counterpart changes too, or the review says that it is behind; then readers are told so at
    the block. A page that nobody has reviewed yet is not held to this. ``review-is-valid``: a review is
    of a page that exists.

    Bad:  a new sentence in ``docs/zh/tea.md``, nothing in ``docs/en/tea.md``
    Good: the same, and ``python -m macros sync tea --behind``
    """
    for page_id, review in site.reviews.items():
        if page_id not in site.page_ids:
            yield Problem(
                file=review.file,
                rule="review-is-valid",
                message=f'there is no page "{page_id}"',
                hint=did_you_mean(page_id, site.page_ids) or "delete the file",
            )
    for (_, page_id), page in site.pages.items():
        if page_id in site.reviews:
            yield from _check_page(page, site)


def check_published_ids_stay(site: Site) -> Iterator[Problem]:
    """An id that a reviewed page had is still there: others link to it (``published-id-stays``).

    Bad:  ``## Water {#water}`` becomes ``## Water {#the-water}``
    Good: the heading changes, the id does not
    """
    for page_id, review in site.reviews.items():
        for page in site.counterparts(page_id):
            gone = [id_ for id_ in review.ids if id_ not in page.ids]
            for id_ in gone:
                yield page.source.problem(
                    page.body_start,
                    "published-id-stays",
                    f'the id "{id_}", to which others may have linked, is gone',
                    did_you_mean(id_, page.ids - set(review.ids))
                    or f"give it to what stands in its place, or take it out of {review.file}",
                )


def _check_page(page: Page, site: Site) -> Iterator[Problem]:
    review = site.reviews[page.id]
    for found in site.block_states[page.locale, page.id]:
        if found.state is State.AHEAD and not found.is_marked:
            others = ", ".join(
                _place(other, found.name, site) for other in site.counterparts(page.id) if other is not page
            )
            yield page.source.problem(
                found.block.start if found.block else 0,
                "translation-is-fresh",
                f"this has changed since the languages were compared on {review.reviewed}; "
                f"its counterpart has not: {others}",
                f"change it too, or say that it is behind: python -m macros sync {page.id} --behind",
            )


def _place(page: Page, name: str, site: Site) -> str:
    states = {found.name: found for found in site.block_states[page.locale, page.id]}
    block = states[name].block if name in states else None
    return f"{page.source.file}:{block.line if block else 1}"
