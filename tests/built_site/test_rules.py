"""Each fault of the corpus is reported by its rule and by no other; nothing else is reported."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.built_site import check_built_directory
from macros.problems import format_text
from tests.built_site.corpus import CORPUS
from tests.built_site.made_sites import CLEAN, Files, write_site


@pytest.mark.parametrize(
    ("rule", "files"), [pytest.param(rule, files, id=f"{rule}: {name}") for name, rule, files in CORPUS]
)
def test_a_fault_is_reported_by_its_rule_alone(tmp_path: Path, rule: str | None, files: Files) -> None:
    problems = check_built_directory(write_site(tmp_path, {**CLEAN, **files}))
    assert {problem.rule for problem in problems} == ({rule} if rule else set()), format_text(problems)
