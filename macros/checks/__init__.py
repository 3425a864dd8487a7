"""Checks: promises that the site's sources keep, each named by its rule.

A check is a generator that looks at the loaded site and yields problems. One that needs no other page
than the one it looks at, in all languages, is a ``PageCheck``: those of many pages may run beside each
other. What can only be seen in the built files is checked in ``macros.built_site``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial

from macros.bibliography.checks import check_references
from macros.checks.citations import check_citations_resolve, check_references_are_cited
from macros.checks.code import check_fences
from macros.checks.coverage import check_source_places_exist, check_sources_are_covered
from macros.checks.figures_in_data import check_figures_are_in_data
from macros.checks.freshness import (
    check_published_ids_stay,
    check_reviews_are_kept,
    check_reviews_have_pages,
    check_translations_are_fresh,
)
from macros.checks.links import check_links_resolve
from macros.checks.page_checks import PageCheck
from macros.checks.pages import (
    check_headings,
    check_ids,
    check_images,
    check_macro_calls,
    check_markup,
    check_page_titles,
)
from macros.checks.parity import check_parity
from macros.checks.processes import run_tasks
from macros.checks.prose import check_prose, check_prose_of_data, check_spellings_are_known
from macros.checks.terms import (
    check_abbreviations_have_one_meaning,
    check_forms_have_one_term,
    check_terms_are_approved,
)
from macros.checks.translations import (
    check_headings_match,
    check_ids_match,
    check_see_also,
    check_translations_exist,
)
from macros.problems import Problem
from macros.records import check_record_references
from macros.site import Site

Check = Callable[[Site], Iterator[Problem]]

CHECKS: tuple[Check, ...] = (
    check_markup,
    check_macro_calls,
    check_page_titles,
    check_headings,
    check_ids,
    check_images,
    check_fences,
    check_links_resolve,
    check_citations_resolve,
    check_references_are_cited,
    check_translations_exist,
    check_headings_match,
    check_ids_match,
    check_see_also,
    check_parity,
    check_forms_have_one_term,
    check_terms_are_approved,
    check_abbreviations_have_one_meaning,
    check_translations_are_fresh,
    check_reviews_are_kept,
    check_reviews_have_pages,
    check_published_ids_stay,
    check_source_places_exist,
    check_sources_are_covered,
    check_figures_are_in_data,
    check_prose,
    check_prose_of_data,
    check_spellings_are_known,
)

_PAGES_AT_ONCE = 8
"""Few, so that no process waits long for what another does last."""


def run_checks(site: Site, *, processes: int = 1) -> list[Problem]:
    """Every problem of a site, in no particular order."""
    file = site.settings.bibliography_file.relative_to(site.settings.root).as_posix()
    return [
        *run_some_checks(CHECKS, site, processes=processes),
        *check_references(site.bibliography, file, date.today()),
        *check_record_references(site.collections, site.bibliography.by_citekey),
    ]


def run_some_checks(checks: Sequence[Check], site: Site, *, processes: int = 1) -> list[Problem]:
    """Every problem that some checks find, in no particular order."""
    of_pages = [check for check in checks if isinstance(check, PageCheck)]
    tasks = [partial(_run, check, site) for check in checks if not isinstance(check, PageCheck)]
    for start in range(0, len(site.page_ids), _PAGES_AT_ONCE):
        page_ids = site.page_ids[start : start + _PAGES_AT_ONCE]
        tasks.append(partial(_run_on_pages, of_pages, page_ids, site))
    return run_tasks(tasks, processes)


def _run(check: Check, site: Site) -> list[Problem]:
    return list(check(site))


def _run_on_pages(checks: Sequence[PageCheck], page_ids: Iterable[str], site: Site) -> list[Problem]:
    return [problem for id_ in page_ids for check in checks for problem in check.of_page(id_, site)]
