"""Slips of translators in the real pages: nearly all are caught, and nothing is said of good pages."""

import pytest

from macros.checks.parity import check_parity
from macros.problems import format_text
from tests.parity_faults import format_table, is_caught, plant_faults, real_site


@pytest.mark.site
def test_the_real_pages_say_the_same_in_both_languages():
    assert format_text(check_parity(real_site())) == ""


@pytest.mark.site
def test_of_at_least_200_faults_planted_in_real_pages_95_percent_are_caught():
    site = real_site()
    planted = list(plant_faults(site, of_each_kind=11))
    missed = [fault for fault in planted if not is_caught(fault, site)]
    assert len(planted) >= 200
    assert len(missed) <= 0.05 * len(planted), format_table(planted, missed)
