"""Slips of translators in the real pages: nearly all are caught, and nothing is said of good pages."""

import pytest

from macros.problems import format_text
from macros.site import Site
from tests.parity_faults import CHECKS, add_sections, format_table, is_caught, plant_faults


@pytest.mark.site
def test_the_real_pages_say_the_same_in_both_languages(real_site: Site):
    site = add_sections(real_site)
    assert format_text(problem for check in CHECKS for problem in check(site)) == ""


@pytest.mark.site
def test_of_at_least_200_faults_planted_in_real_pages_95_percent_are_caught(real_site: Site):
    site = add_sections(real_site)
    planted = list(plant_faults(site, of_each_kind=10))
    missed = [fault for fault in planted if not is_caught(fault, site)]
    assert len(planted) >= 200
    assert len(missed) <= 0.05 * len(planted), format_table(planted, missed)
