"""Checks: promises that the site's sources keep, each named by its rule.

A check is a generator that looks at the loaded site and yields problems. What can only be seen in
the built files is checked in ``macros.built_site``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from multiprocessing import get_all_start_methods

from macros.bibliography.checks import check_references
from macros.checks.citations import check_citations_resolve, check_references_are_cited
from macros.checks.code import check_fences
from macros.checks.coverage import check_source_places_exist, check_sources_are_covered
from macros.checks.figures_in_data import check_figures_are_in_data
from macros.checks.freshness import (
    check_published_ids_stay,
    check_reviews_are_kept,
    check_translations_are_fresh,
)
from macros.checks.links import check_links_resolve
from macros.checks.pages import (
    check_headings,
    check_ids,
    check_images,
    check_macro_calls,
    check_markup,
    check_page_titles,
)
from macros.checks.parity import check_parity
from macros.checks.processes import run_beside
from macros.checks.prose import check_prose
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

COMPARING: tuple[Check, ...] = (
    check_translations_exist,
    check_headings_match,
    check_ids_match,
    check_see_also,
    check_parity,
    check_forms_have_one_term,
    check_terms_are_approved,
    check_abbreviations_have_one_meaning,
)
"""What holds the languages against each other. They share what they read of a page."""

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
    check_translations_are_fresh,
    check_reviews_are_kept,
    check_published_ids_stay,
    check_source_places_exist,
    check_sources_are_covered,
    check_figures_are_in_data,
    check_prose,
    *COMPARING,
)


def run_checks(site: Site, *, in_two_processes: bool = False) -> list[Problem]:
    """Every problem that the checks find, in no particular order.

    ``in_two_processes``: what compares the languages runs beside the rest, where the system can fork.
    """
    if in_two_processes and "fork" in get_all_start_methods():
        others = [check for check in CHECKS if check not in COMPARING]
        problems = run_beside(partial(_run, COMPARING, site), partial(_run, others, site))
    else:
        problems = _run(CHECKS, site)
    file = site.settings.bibliography_file.relative_to(site.settings.root).as_posix()
    problems += check_references(site.bibliography, file, date.today())
    problems += check_record_references(site.collections, site.bibliography.by_citekey)
    return problems


def _run(checks: Iterable[Check], site: Site) -> list[Problem]:
    return [problem for check in checks for problem in check(site)]
