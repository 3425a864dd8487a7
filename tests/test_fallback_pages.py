"""Fallback: a page that is not written in a language is shown in another, and is said to be so."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from macros.checks.translations import check_translations_exist
from macros.fallback_pages import generate_fallback_pages

ROOT = Path(__file__).resolve().parents[1]
TEA = Path(__file__).parent / "sites" / "tea"


def page(more: str = "") -> str:
    return f"---\ntitle: T\ndescription: D\n{more}---\n# T {{#top}}\n\nText.\n"


def test_a_page_may_stand_alone_only_if_it_says_so(make_site):
    site = make_site({"zh/a": page(), "zh/b": page("untranslated: [en]\n")})
    assert [problem.file for problem in check_translations_exist(site)] == ["docs/zh/a.md"]


def test_the_mark_must_go_once_the_page_is_written(make_site):
    site = make_site({"zh/a": page("untranslated: [en]\n"), "en/a": page()})
    (problem,) = check_translations_exist(site)
    assert "docs/en/a.md is there" in problem.message


def test_only_languages_that_lack_a_page_get_the_text_of_another(make_site):
    site = make_site({"zh/a": page(), "zh/b": page(), "en/b": page()})
    (made,) = generate_fallback_pages(site)
    assert (made.id, made.locale, made.text_locale) == ("a", "en", "zh")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The second site without the Chinese page on brewing, built and checked."""
    folder = tmp_path_factory.mktemp("fallback")
    for part in ("macros", "theme"):
        (folder / part).symlink_to(ROOT / part)
    site = folder / "tests" / "sites" / "tea"
    shutil.copytree(TEA, site)
    (site / "docs/zh/brewing/steps.md").unlink()
    english = site / "docs/en/brewing/steps.md"
    text = english.read_text("utf-8")
    english.write_text(text.replace("---\n", "---\nuntranslated: [zh]\n", 1), "utf-8")
    result = subprocess.run(
        [sys.executable, "-m", "macros", "build"],
        cwd=site,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return site / "site"


@pytest.mark.site
def test_its_address_shows_the_other_text_with_a_notice_in_the_language_of_the_reader(built: Path):
    html = (built / "zh/brewing/steps/index.html").read_text("utf-8")
    assert '<html lang="zh-Hans"' in html
    assert "本页还没有中文版，下面是英文原文。" in html
    body = html[html.index('<div lang="en">') :]
    assert 'id="steps"' in body


@pytest.mark.site
def test_it_is_in_no_search_and_no_sitemap_and_no_page_of_its_own_to_search_engines(built: Path):
    html = (built / "zh/brewing/steps/index.html").read_text("utf-8")
    assert '<meta name="robots" content="noindex">' in html
    assert 'rel="canonical"' not in html
    assert "hreflang" not in html[: html.index("</head>")]
    assert "zh/brewing/steps" not in (built / "sitemap.xml").read_text("utf-8")
    texts = "".join(path.read_text("utf-8") for path in (built / "search/zh").glob("*.js"))
    assert "brewing/steps" not in texts


@pytest.mark.site
def test_the_original_links_to_it_but_does_not_call_it_a_translation(built: Path):
    html = (built / "brewing/steps/index.html").read_text("utf-8")
    head, _, body = html.partition("</head>")
    assert re.search(r'<a href="\.\./\.\./zh/brewing/steps/" hreflang="zh-Hans"[^>]*>中文', body)
    assert 'hreflang="zh-Hans"' not in head
