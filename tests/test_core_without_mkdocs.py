"""The core stands without MkDocs, whose line has ended: another generator can take over."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TEA = ROOT / "tests" / "sites" / "tea"

BLOCKED = """
import sys
for name in ("mkdocs", "material", "mkdocs_static_i18n"):
    sys.modules[name] = None
from macros.command_line import main
sys.exit(main(sys.argv[1:]))
"""


def core(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", BLOCKED, *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=TEA, capture_output=True, text=True, check=False, env=environment)


def test_checks_run_without_mkdocs():
    result = core("check")
    assert result.returncode == 0, result.stdout + result.stderr


def test_pages_are_exported_without_mkdocs_and_hold_nothing_to_expand(tmp_path: Path):
    result = core("export", "--out", str(tmp_path))
    assert result.returncode == 0, result.stdout + result.stderr
    page = (tmp_path / "en" / "brewing" / "steps.md").read_text("utf-8")
    assert 'lang: "en"' in page
    assert 'href="#ref-' in page
    for path in tmp_path.rglob("*.md"):
        text = path.read_text("utf-8")
        assert "{{" not in text
        assert "[@" not in text
    assert (tmp_path / "zh" / "references" / "puer2021.md").exists()
