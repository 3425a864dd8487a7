"""The check as a whole: silent on good sites, loud when it checks nothing, free of MkDocs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from macros.built_site import canary as canary_module
from macros.built_site import check_built_directory, check_built_site, load_built_site, run_canary
from macros.problems import format_text
from tests.built_site.made_sites import (
    CHINESE,
    CLEAN,
    ENGLISH,
    SITE_URL,
    Files,
    make_page,
    make_sitemap,
    write_site,
)


def rules_of(directory: Path, minimum_pages: int = 1) -> set[str]:
    """The rules of all problems of a built directory."""
    return {problem.rule for problem in check_built_directory(directory, minimum_pages=minimum_pages)}


def make_large_site(pages: int) -> Files:
    """A clean site of this many pages in two languages, each linking ten others and their headings."""
    paths = ["", *(f"step-{number}/" for number in range(1, pages // 2))]
    files: Files = {file: text for file, text in CLEAN.items() if "leaf" not in file}
    for number, path in enumerate(paths):
        near = [paths[(number + offset) % len(paths)] for offset in range(1, 11)]
        for folder, text in (("", CHINESE), ("en/", ENGLISH)):
            up = "../" * path.count("/") or "./"
            links = "".join(f'<li><a href="{up}{other}#%E8%90%8E">{other}</a></li>\n' for other in near)
            body = f'<h2 id="萎">萎</h2>\n<p>{text}</p>\n<ul>\n{links}</ul>'
            files |= {f"{folder}{path}index.html": make_page(f"{folder}{path}", body)}
    listed = [f"{folder}{path}" for folder in ("", "en/") for path in [*paths, "guide/"]]
    return files | {"sitemap.xml": make_sitemap(*listed)}


def test_a_clean_site_of_three_hundred_pages_has_no_problem(tmp_path: Path) -> None:
    site, problems = load_built_site(write_site(tmp_path, make_large_site(300)))
    problems += check_built_site(site, minimum_pages=300)
    assert not problems, format_text(problems)
    assert len(site.pages) == 303
    assert sum(1 for _ in site.pointers()) > 303 * 10


def test_a_chinese_page_declared_english_is_reported_twice(tmp_path: Path) -> None:
    """Found by none of the tools of our study: its own hreflang link and its text speak against it."""
    built = write_site(tmp_path, {**CLEAN, "guide/index.html": make_page("guide/", lang="en")})
    assert {"language-is-declared", "language-matches-text"} <= rules_of(built)


def test_a_site_without_address_and_hreflang_is_not_held_to_rules_about_them(tmp_path: Path) -> None:
    page = '<html lang="en"><head></head><body><a href="b.html">b</a><a href="zh.html">z</a></body></html>'
    files = {"index.html": page, "b.html": page, "zh.html": page.replace('"en"', '"zh"')}
    files["sitemap.xml"] = make_sitemap("")
    assert check_built_directory(write_site(tmp_path, files)) == []


def test_a_frame_of_another_host_is_a_request_and_runs_its_code(tmp_path: Path) -> None:
    page = make_page("guide/", '<iframe src="https://maps.example/"></iframe>')
    rules = rules_of(write_site(tmp_path, {**CLEAN, "guide/index.html": page}))
    assert rules == {"request-stays-on-site", "script-is-safe"}


def test_a_site_with_an_address_needs_a_sitemap(tmp_path: Path) -> None:
    files = {file: text for file, text in CLEAN.items() if file != "sitemap.xml"}
    assert rules_of(write_site(tmp_path, files)) == {"sitemap-lists-pages"}


def test_a_link_on_disk_that_leads_nowhere_is_no_file(tmp_path: Path) -> None:
    built = write_site(tmp_path, {**CLEAN, "guide/index.html": make_page("guide/", '<a href="a.csv">x</a>')})
    (built / "guide/a.csv").symlink_to("gone.csv")
    assert rules_of(built) == {"link-resolves"}


# Guards against a check of nothing


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"robots.txt": "x"},
        {"index.html": '<html lang="en"><body><p>no link at all</p></body></html>'},
    ],
    ids=["no file", "no page", "no link"],
)
def test_a_directory_with_nothing_to_check_is_a_problem(tmp_path: Path, files: Files) -> None:
    assert "site-is-not-empty" in {
        problem.rule for problem in check_built_directory(write_site(tmp_path, files))
    }


def test_a_missing_directory_is_a_problem(tmp_path: Path) -> None:
    assert "site-is-not-empty" in rules_of(tmp_path / "gone")


def test_fewer_pages_than_expected_are_a_problem(tmp_path: Path) -> None:
    built = write_site(tmp_path, CLEAN)
    assert check_built_directory(built, minimum_pages=5) == []
    assert rules_of(built, minimum_pages=6) == {"site-is-not-empty"}


def test_the_canary_is_found() -> None:
    assert run_canary() == []


def test_a_check_that_finds_nothing_is_betrayed_by_the_canary(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(canary_module, "check_built_directory", lambda _: [])
    assert run_canary() == list(canary_module.PLANTED)
    assert len(canary_module.PLANTED) == 5


# Loading


def test_the_site_url_is_the_one_that_most_pages_agree_on(tmp_path: Path) -> None:
    files = {**CLEAN, "guide/index.html": make_page("guide/", canonical="../elsewhere/guide/")}
    site, _ = load_built_site(write_site(tmp_path, files))
    assert (site.site_url, site.addresses.base) == (SITE_URL, "/book/")


def test_the_site_url_can_come_from_hreflang_links(tmp_path: Path) -> None:
    files = {file: text.replace('rel="canonical"', 'rel="bookmark"') for file, text in CLEAN.items()}
    site, _ = load_built_site(write_site(tmp_path, files))
    assert site.site_url == SITE_URL


def test_a_page_that_is_not_utf8_is_reported_and_still_checked(tmp_path: Path) -> None:
    built = write_site(tmp_path, CLEAN)
    page = make_page("guide/", '<a href="../gone/">茶</a>').encode("gb18030")
    (built / "guide/index.html").write_bytes(page)
    assert {"file-is-utf8", "link-resolves"} <= rules_of(built)


def test_the_check_does_not_import_mkdocs_or_any_other_package() -> None:
    program = (
        "import sys; before = set(sys.modules); import macros.built_site;"
        "print(*{name.partition('.')[0] for name in set(sys.modules) - before} - sys.stdlib_module_names)"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout.split() == ["macros"]
