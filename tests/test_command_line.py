"""The commands as a newcomer or a program calls them, in this process."""

import json
import shutil
from pathlib import Path

import pytest

from macros.command_line import main

TEA = Path(__file__).parent / "sites" / "tea"
ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def tea(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    site = tmp_path / "tea"
    shutil.copytree(TEA, site, ignore=shutil.ignore_patterns("site"))
    monkeypatch.chdir(site)
    return site


@pytest.mark.usefixtures("tea")
def test_a_site_without_errors_ends_with_zero_though_warnings_are_said(capsys):
    assert main(["check"]) == 0
    assert "warning: no page cites" in capsys.readouterr().out


def test_programs_get_a_json_list_even_when_all_is_well(tea: Path, capsys):
    (tea / "docs/en/index.md").open("a").write("\n[@sencha2022]\n")
    (tea / "docs/zh/index.md").open("a").write("\n[@sencha2022]\n")
    assert main(["sync", "index"]) == 0
    capsys.readouterr()
    assert main(["check", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_an_error_ends_with_one_and_is_marked_for_github(tea: Path, capsys):
    (tea / "docs/en/index.md").open("a").write("\n[@oolong2091]\n")
    assert main(["check", "--format", "github"]) == 1
    out = capsys.readouterr().out
    assert "::error file=docs/en/index.md,line=9,col=1,title=citation-resolves::" in out
    assert "did you mean" in out


@pytest.mark.parametrize("text", ["a: [1\n", "plugins: []\n", "", "- x\n"])
def test_a_broken_configuration_is_a_problem_and_no_traceback(tea: Path, capsys, text: str):
    (tea / "mkdocs.yml").write_text(text)
    assert main(["check"]) == 1
    assert "mkdocs.yml:" in capsys.readouterr().out


def test_an_unknown_style_in_the_configuration_is_named(tea: Path, capsys):
    config = tea / "mkdocs.yml"
    config.write_text(config.read_text().replace("style: ama", "style: amma"))
    assert main(["check"]) == 1
    assert 'no citation style "amma"' in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [[], ["chek"], ["check", "--format", "xml"], ["check-site"]])
def test_a_mistyped_command_ends_with_two_and_says_how(arguments: list[str], capsys):
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert "usage: python -m macros" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments", [["--help"], ["check", "--help"], ["references", "add", "--help"], ["check-site", "--help"]]
)
def test_help_is_there_for_every_command(arguments: list[str], capsys):
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 0
    assert "usage:" in capsys.readouterr().out


@pytest.mark.usefixtures("tea")
def test_any_bib_file_is_printed_in_file_order_one_entry_a_line(capsys):
    assert main(["bibliography", "--bib", "references.bib", "--style", "nlm"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert (
        lines[0] == "Smith AB, Jones C. Withering of Oolong leaves. J Tea. 2019;3:10-9. doi: 10.1234/tea.1."
    )
    assert len(lines) == 5


@pytest.mark.usefixtures("tea")
def test_a_bibliography_for_programs_names_its_keys(capsys):
    assert (
        main(["bibliography", "--bib", "references.bib", "--style", "gbt7714-2025", "--format", "json"]) == 0
    )
    entries = json.loads(capsys.readouterr().out)
    assert [entry["citekey"] for entry in entries][:2] == ["oolong2019", "matcha2020"]
    assert entries[2]["text"].startswith("王小明，李红. 普洱茶的渥堆")


def test_a_bib_file_that_is_not_there_is_a_problem(tmp_path: Path, capsys):
    assert main(["bibliography", "--bib", str(tmp_path / "none.bib"), "--style", "nlm"]) == 1
    assert "none.bib" in capsys.readouterr().err


PASTED = """@article{x,
  title={Rolling and firing of green tea leaves}, author={White, Anna}, journal={J Tea}, year={2024},
  volume={8}, pages={1-9}, doi={10.1234/tea.8}, language={en}, abstract={Long}
}
"""


def test_a_pasted_reference_is_written_clean_and_numbered(tea: Path):
    (tea / "pasted.bib").write_text(PASTED)
    assert main(["references", "add", "pasted.bib"]) == 0
    text = (tea / "references.bib").read_text("utf-8")
    assert "@article{white2024," in text
    assert "abstract" not in text
    assert main(["check"]) == 0


def test_a_reference_that_is_there_is_refused(tea: Path, capsys):
    before = (tea / "references.bib").read_text("utf-8")
    (tea / "pasted.bib").write_text(PASTED.replace("10.1234/tea.8", "10.1234/TEA.1"))
    assert main(["references", "add", "pasted.bib"]) == 1
    assert "oolong2019" in capsys.readouterr().err
    assert (tea / "references.bib").read_text("utf-8") == before


def test_a_trial_run_writes_nothing(tea: Path, capsys):
    before = (tea / "references.bib").read_text("utf-8")
    (tea / "pasted.bib").write_text(PASTED)
    assert main(["references", "add", "pasted.bib", "--dry-run"]) == 0
    assert "white2024" in capsys.readouterr().out
    assert (tea / "references.bib").read_text("utf-8") == before


def test_any_built_directory_can_be_checked(tmp_path: Path, capsys):
    (tmp_path / "index.html").write_text(
        '<!doctype html><html lang="en"><head><title>T</title></head>'
        '<body><a href="gone.html">x</a></body></html>'
    )
    assert main(["check-site", str(tmp_path), "--format", "json"]) == 1
    problems = json.loads(capsys.readouterr().out)
    assert ("index.html", "link-resolves") in {(problem["file"], problem["rule"]) for problem in problems}
