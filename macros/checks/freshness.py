"""Freshness: who changes one language changes the other, or says that it is behind.

A review always says what its pages say: so a later change of one side is seen, whatever has changed before,
and the difference of two versions of a review shows what somebody claims to have compared.
"""

from __future__ import annotations

from collections.abc import Iterator

from macros.blocks import Block, name_blocks
from macros.checks.page_checks import PageCheck
from macros.freshness import Comparison, Review, State, compare_with_review
from macros.pages import Page
from macros.problems import Problem, did_you_mean
from macros.site import Site

_MOST_NAMED = 6
"""Blocks that one message names."""


@PageCheck
def check_translations_are_fresh(page_id: str, site: Site) -> Iterator[Problem]:
    """No block has changed alone since its page was reviewed (``translation-is-fresh``).

    Either its counterpart changes too, or the review says that it is behind; then readers are told so at
    the block.

    Bad:  a new sentence in ``docs/zh/tea.md``, nothing in ``docs/en/tea.md``
    Good: the same, and ``python -m macros sync tea --behind``
    """
    review, pages = site.reviews.get(page_id), site.counterparts(page_id)
    if review is None:
        return
    for found in compare_with_review(pages, review).blocks:
        if found.is_lone and not found.is_marked:
            for page in pages:
                if found.state(page.locale) is State.AHEAD:
                    yield _say_change(found, page, pages, review)


@PageCheck
def check_reviews_are_kept(page_id: str, site: Site) -> Iterator[Problem]:
    """Every page in several languages has a review, and that says what the page says.

    ``review-exists``, ``review-is-current``: what has changed in all languages has been compared again.

    Bad:  a new paragraph in ``docs/zh/tea.md`` and in ``docs/en/tea.md``
    Good: the same, and ``python -m macros sync tea``
    """
    pages = site.counterparts(page_id)
    if len(pages) > 1 and page_id in site.reviews:
        yield from _check_review(pages, site.reviews[page_id])
    elif len(pages) > 1:
        folder = site.settings.reviews_dir.relative_to(site.settings.root).as_posix()
        yield Problem(
            file=f"{folder}/{page_id}.yml",
            rule="review-exists",
            message="nobody has written down that these say the same: "
            + ", ".join(page.source.file for page in pages),
            hint=f"compare them, then: python -m macros sync {page_id}",
        )


def check_reviews_have_pages(site: Site) -> Iterator[Problem]:
    """A review is of a page that exists (``review-is-valid``).

    Bad:  ``reviews/green-tea.yml`` after ``docs/zh/green-tea.md`` has become ``docs/zh/tea.md``
    Good: ``reviews/tea.yml``
    """
    for page_id, review in site.reviews.items():
        if page_id not in site.page_ids:
            yield Problem(
                file=review.file,
                rule="review-is-valid",
                message=f'there is no page "{page_id}"',
                hint=did_you_mean(page_id, site.page_ids) or "delete the file",
            )


@PageCheck
def check_published_ids_stay(page_id: str, site: Site) -> Iterator[Problem]:
    """An id that a reviewed page had is still there, on the same words: others link to it.

    ``published-id-stays``.

    Bad:  ``## Water {#water}`` becomes ``## Water {#the-water}``
    Good: the heading changes, the id does not
    """
    review, pages = site.reviews.get(page_id), site.counterparts(page_id)
    if review is None:
        return
    for page in pages:
        gone = [id_ for id_ in review.ids if id_ not in page.ids]
        for id_ in gone:
            yield page.source.problem(
                page.body_start,
                "published-id-stays",
                f'the id "{id_}", to which others may have linked, is gone',
                did_you_mean(id_, page.ids - set(review.ids))
                or f"give it to what stands in its place, or take it out of {review.file}",
            )
    for found in compare_with_review(pages, review).blocks:
        yield from _check_id_has_not_moved(found, pages, review)


def _check_id_has_not_moved(found: Comparison, pages: tuple[Page, ...], review: Review) -> Iterator[Problem]:
    old = found.reviewed_as
    if found.name == old or old not in review.ids:
        return
    for page in pages:
        blocks = name_blocks(page)
        if old in blocks and found.name in blocks:
            yield page.source.problem(
                blocks[old].start,
                "published-id-stays",
                f'the id "{old}", to which others may have linked, stood on what is now at '
                f"{page.source.file}:{blocks[found.name].line}",
                "an id stays with its words; what is new gets a new one",
            )


def _say_change(found: Comparison, page: Page, pages: tuple[Page, ...], review: Review) -> Problem:
    others = ", ".join(_place(found.name, other) for other in pages if other is not page)
    block = name_blocks(page).get(found.name)
    command = f"python -m macros sync {page.id}"
    return page.source.problem(
        _start(block),
        "translation-is-fresh",
        f"this has changed since the languages were compared on {review.reviewed}; "
        f"its counterpart has not: {others}",
        f"change it too; or say that it is behind: {command} --behind; "
        f"or that it needs no change: {command} --without-change {found.name}",
    )


def _check_review(pages: tuple[Page, ...], review: Review) -> Iterator[Problem]:
    compared = compare_with_review(pages, review)
    page = pages[0]
    changed, moved, new = (
        [found for found in compared.blocks if found.state(page.locale) is state]
        for state in (State.CHANGED, State.MOVED, State.UNREVIEWED)
    )
    # One that is marked as behind keeps what the review has of it, under its present name.
    moved += [found for found in compared.blocks if found.is_lone and found.name != found.reviewed_as]
    said = [
        *_say_blocks("changed in every language", changed, pages),
        *_say_blocks("new", new, pages),
        *_say_blocks("moved", moved, pages),
        *([f"gone: {_list(compared.gone)}"] if compared.gone else []),
        *([f"new ids: {_list(compared.new_ids)}"] if compared.new_ids and not new else []),
    ]
    if said:
        blocks = name_blocks(page)
        starts = [_start(blocks.get(found.name)) for found in (*changed, *new, *moved)]
        yield page.source.problem(
            min(starts, default=0),
            "review-is-current",
            f"{review.file} does not say what the page says. {'; '.join(said)}",
            f"compare the languages there, then: python -m macros sync {page.id}",
        )


def _say_blocks(what: str, found: list[Comparison], pages: tuple[Page, ...]) -> list[str]:
    places = [" and ".join(_place(block.name, page) for page in pages) for block in found]
    return [f"{what}: {_list(places)}"] if places else []


def _list(names: list[str] | tuple[str, ...]) -> str:
    more = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _place(name: str, page: Page) -> str:
    blocks = name_blocks(page)
    return f"{page.source.file}:{blocks[name].line if name in blocks else 1}"


def _start(block: Block | None) -> int:
    return block.start if block else 0
