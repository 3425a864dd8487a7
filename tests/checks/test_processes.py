"""Checks in several processes say what they say in one."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest

from macros.checks import CHECKS, run_checks
from macros.checks.page_checks import PageCheck
from macros.checks.processes import run_tasks
from macros.problems import Problem
from macros.site import Site

BAD_PAGES = {
    f"{locale}/{name}": f"# T {{#top}}\n\n{text} {{: #{name}-{locale} }}\n\n{text}[@nobody]\n\n[x](gone.md)\n"
    for name in "abcdefghijklmnopqrst"
    for locale, text in (("zh", "共 20 片叶,15 片。"), ("en", "Of 20 leaves  51 were whole."))
}


@pytest.mark.parametrize("processes", [1, 2, 3, 9])
def test_every_task_is_done_once(processes: int) -> None:
    tasks: list[Callable[[], list[int]]] = [partial(list, range(number)) for number in range(4)]
    assert sorted(run_tasks(tasks, processes)) == [0, 0, 0, 1, 1, 2]


def test_the_death_of_another_process_is_said() -> None:
    here = os.getpid()

    def die_elsewhere() -> list[int]:
        if os.getpid() != here:
            os._exit(3)
        time.sleep(0.02)
        return []

    with pytest.raises(RuntimeError, match="died"):
        run_tasks([die_elsewhere] * 50, processes=2)


def test_two_processes_find_what_one_finds(make_site: Callable[..., Site]) -> None:
    site = make_site(BAD_PAGES, is_good=False)
    alone = sorted(run_checks(site))
    assert len({problem.rule for problem in alone}) > 5
    assert sorted(run_checks(site, processes=2)) == alone


def test_a_check_of_pages_needs_no_other_page(make_site: Callable[..., Site]) -> None:
    site = make_site(BAD_PAGES, is_good=False)
    for check in CHECKS:
        if isinstance(check, PageCheck):
            found = list[Problem]()
            for page_id in site.page_ids:
                pages = {key: page for key, page in site.pages.items() if key[1] == page_id}
                found += check.of_page(page_id, replace(site, pages=pages))
            assert sorted(found) == sorted(check(site)), check
