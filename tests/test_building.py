"""Building: what stands in site/ is whole and right, or it is the site that stood there before."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TEA = Path(__file__).parent / "sites" / "tea"

pytestmark = pytest.mark.site


def macros(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "macros", *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "NO_MKDOCS_2_WARNING": "1"},
    )


@pytest.fixture
def tea(tmp_path: Path) -> Path:
    """A copy of the second site that a test may spoil, with the engine where its settings expect it."""
    for part in ("macros", "theme"):
        (tmp_path / part).symlink_to(ROOT / part)
    site = tmp_path / "tests" / "sites" / "tea"
    shutil.copytree(TEA, site)
    return site


def test_a_second_site_on_another_subject_is_built_with_the_same_engine(tea: Path):
    result = macros("build", cwd=tea)
    assert result.returncode == 0, result.stdout + result.stderr
    english = (tea / "site" / "brewing" / "steps" / "index.html").read_text("utf-8")
    chinese = (tea / "site" / "zh" / "brewing" / "steps" / "index.html").read_text("utf-8")
    assert '<html lang="en"' in english
    assert '<html lang="zh-Hans"' in chinese
    assert 'hreflang="x-default" href="https://tea.example/notes/brewing/steps/"' in chinese
    assert "王小明" in english
    assert (tea / "site" / "references" / "puer2021" / "index.html").exists()
    assert (tea / "site" / "zh" / "404.html").exists()


BAD_INPUT = {
    "an unknown key": (
        "docs/en/index.md",
        "\nText.[@nobody2000]\n",
        "docs/en/index.md:9:6: error",
        "citation-resolves",
    ),
    "a broken entry": (
        "references.bib",
        "\n@article{broken, title = {x\n",
        "references.bib:",
        "reference-parses",
    ),
    "a repeated key": (
        "references.bib",
        "\n@article{oolong2019, label = {9}, langid = {english}, title = {x}}\n",
        "references.bib:",
        "citekey-is-unique",
    ),
    "an unknown macro": ("docs/en/index.md", "\n{{ tabel() }}\n", "docs/en/index.md:11:1", "macro-is-known"),
    "bad Jinja": ("docs/en/index.md", "\n{{ table( }}\n", "docs/en/index.md:13:1", "macro-syntax-parses"),
    "broken YAML": ("data/labels.yml", "a: [1\n", "data/labels.yml:", "yaml-parses"),
}


def spoil(site: Path) -> None:
    """Every mistake at once."""
    (site / "data").mkdir(exist_ok=True)
    for file, text, _, _ in BAD_INPUT.values():
        with (site / file).open("a", encoding="utf-8") as stream:
            stream.write(text)
    (site / "docs" / "zh" / "works.md").unlink()
    (site / "docs" / "zh" / "latin1.md").write_bytes("caf\xe9".encode("latin-1"))


def test_every_mistake_is_said_in_one_run_with_file_and_line(tea: Path):
    spoil(tea)
    result = macros("check", cwd=tea)
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    for name, (_, _, place, rule) in BAD_INPUT.items():
        assert any(line.startswith(place) and f"[{rule}]" in line for line in result.stdout.splitlines()), (
            f"{name}: {result.stdout}"
        )
    assert "docs/en/works.md:1:1: error" in result.stdout
    assert "[translation-exists]" in result.stdout
    assert "docs/zh/latin1.md:1:1: error: the file is not UTF-8 [file-is-utf8]" in result.stdout


def test_a_failed_build_leaves_the_site_that_was_there(tea: Path):
    (tea / "site").mkdir()
    (tea / "site" / "index.html").write_text("the old site")
    spoil(tea)
    result = macros("build", cwd=tea)
    assert result.returncode == 1
    assert [path.name for path in (tea / "site").iterdir()] == ["index.html"]
    assert (tea / "site" / "index.html").read_text() == "the old site"
    assert not list(tea.glob("site.*"))


@pytest.mark.parametrize("arguments", [["build", "--strict"], ["build"]])
def test_plain_mkdocs_refuses_a_site_with_errors_and_leaves_the_old_one(tea: Path, arguments: list[str]):
    (tea / "site").mkdir()
    (tea / "site" / "index.html").write_text("the old site")
    with (tea / "docs/en/index.md").open("a") as stream:
        stream.write("\nText.[@nobody2000]\n")
    result = subprocess.run(
        [sys.executable, "-m", "mkdocs", *arguments], cwd=tea, capture_output=True, text=True, check=False
    )
    assert result.returncode == 1
    assert 'docs/en/index.md:9:6: error: no reference "nobody2000"' in result.stdout + result.stderr
    assert "Traceback" not in result.stderr
    assert (tea / "site" / "index.html").read_text() == "the old site"


def test_a_link_broken_in_raw_html_is_found_in_the_built_site_at_its_source_line(tea: Path):
    with (tea / "docs/en/index.md").open("a") as stream:
        stream.write('\n<a href="brewing/stepps/">gone</a>\n')
    with (tea / "docs/zh/index.md").open("a") as stream:
        stream.write('\n<a href="brewing/stepps/">在</a>\n')
    assert macros("sync", "index", cwd=tea).returncode == 0
    result = macros("build", cwd=tea)
    assert result.returncode == 1
    assert "docs/en/index.md:9" in result.stdout
    assert "[link-resolves]" in result.stdout
    assert not (tea / "site").exists()


BLOCKS = """
{0}

- {0}[^1]

    | {0} |
    |---|
    | 1 |

        {0}

> {0}
>
> {0}
>
> !!! note "{0}"
>     {0}

```
{0}
```

<div>{0}</div>

<hr>

<details><summary>{0}</summary>{0}</details>

![{0}](https://tea.example/leaf.svg)

{0}
:   {0}

    {0}

[^1]: {0}

    {0}

{{{{ bibliography() }}}}
"""


def test_a_block_of_any_kind_can_be_behind_and_its_mark_leads_to_its_counterpart(tea: Path):
    def write(locale: str, said: str) -> None:
        title = f"---\ntitle: {said}\ndescription: {said}\n---\n# {said} {{#top}}\n"
        (tea / f"docs/{locale}/works.md").write_text(title + BLOCKS.format(said), "utf-8")

    config = tea / "mkdocs.yml"
    extensions = "markdown_extensions:\n  - def_list\n  - footnotes\n"
    config.write_text(config.read_text("utf-8").replace("markdown_extensions:\n", extensions), "utf-8")
    write("en", "boat")
    write("zh", "船")
    assert macros("sync", "works", cwd=tea).returncode == 0
    write("zh", "舟")
    assert macros("sync", "works", "--behind", cwd=tea).returncode == 0
    result = macros("build", cwd=tea)
    assert result.returncode == 0, result.stdout + result.stderr
    html = (tea / "site/works/index.html").read_text("utf-8")
    marked = re.findall(r'href="\.\./zh/works/(?:#([^"]+))?" hreflang="zh-Hans">Read', html)
    counted = [
        "top-p1", "top-li1", "top-table1", "top-code1", "top-quote1", "top-quote2", "top-note1", "top-quote3",
        "top-code2", "top", "top", "top-p2", "top-dt1", "top-dd1", "top-p3", "fn:1", "fn:1",
    ]  # fmt: skip
    assert marked == counted
    chinese = (tea / "site/zh/works/index.html").read_text("utf-8")
    assert all(f'id="{id_}"' in chinese for id_ in counted)


def test_two_builds_are_equal_to_the_byte(tea: Path):
    for name in ("one", "two"):
        assert macros("build", "--out", name, cwd=tea).returncode == 0
    files = {
        name: {
            path.relative_to(tea / name): path.read_bytes()
            for path in (tea / name).rglob("*")
            if path.is_file()
        }
        for name in ("one", "two")
    }
    assert files["one"] == files["two"]
    assert len(files["one"]) > 30


def test_the_real_site_has_all_its_pages(built_site: Path):
    for path in ("", "sources/feng2023/clinical-research/", "bibliography/", "about/"):
        for prefix in ("", "en/"):
            assert (built_site / prefix / path / "index.html").exists()
    assert len(list((built_site / "references").iterdir())) == 65
    assert len(list((built_site / "en" / "references").iterdir())) == 65


def test_the_real_bibliography_prints_each_entry_in_its_own_language(built_site: Path):
    for prefix in ("", "en/"):
        text = (built_site / prefix / "bibliography" / "index.html").read_text("utf-8")
        entry = text[text.index('id="ref-lin2012"') : text.index('id="ref-shi2021"')]
        assert "等" in entry
        assert "et al" in entry


def test_links_to_edit_a_page_open_the_file_that_made_it(built_site: Path):
    page = (built_site / "en/sources/feng2023/clinical-research/index.html").read_text("utf-8")
    assert "/edit/main/docs/en/sources/feng2023/clinical-research.md" in page
    reference = (built_site / "references/lin2017/index.html").read_text("utf-8")
    line = next(
        number
        for number, text in enumerate((ROOT / "references.bib").read_text("utf-8").splitlines(), start=1)
        if text.startswith("@article{lin2017,")
    )
    assert f"/edit/main/references.bib#L{line}" in reference
