"""Fallback: a page that is not written in a language is shown in another, and is said to be so."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from macros.built_site.addresses import is_relative
from macros.checks.translations import check_translations_exist
from macros.fallback_pages import generate_fallback_pages
from macros.html_tree import Element, parse_html
from macros.moved_html import resolve_path

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


@pytest.mark.parametrize(("written", "reader"), [("zh", "en"), ("en", "zh")])
def test_what_the_text_of_another_language_links_to_is_in_the_language_of_the_reader(
    make_site, written: str, reader: str
):
    pages = {f"{locale}/all": page() + "{{ bibliography() }}\n" for locale in ("zh", "en")}
    site = make_site(pages | {f"{written}/a": page(f"untranslated: [{reader}]\n") + "\nSo [@oolong2019].\n"})
    (made,) = generate_fallback_pages(site)
    links = re.findall('href="([^"#]+)', made.markdown)
    root = site.url("a", reader)
    there = {resolve_path(link, root) for link in links if is_relative(link)}
    assert there == {site.url("references/oolong2019", reader)}


def build(folder: Path, written: str, missing: str) -> tuple[Path, str]:
    """The second site with the page on brewing in one language only, built and checked; and what was said."""
    for part in ("macros", "theme"):
        (folder / part).symlink_to(ROOT / part)
    site = folder / "tests" / "sites" / "tea"
    shutil.copytree(TEA, site)
    (site / f"docs/{missing}/brewing/steps.md").unlink()
    original = site / f"docs/{written}/brewing/steps.md"
    text = original.read_text("utf-8")
    original.write_text(text.replace("---\n", f"---\nuntranslated: [{missing}]\n", 1), "utf-8")
    result = subprocess.run(
        [sys.executable, "-m", "macros", "build"],
        cwd=site,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
    )
    said = result.stdout + result.stderr
    assert result.returncode == 0, said
    return site / "site", said


@pytest.fixture(scope="module")
def english_only(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Written in the default language of that site only."""
    return build(tmp_path_factory.mktemp("fallback"), "en", "zh")


@pytest.fixture(scope="module")
def chinese_only(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Written only in a language that is not the default one."""
    return build(tmp_path_factory.mktemp("fallback"), "zh", "en")


@pytest.fixture(scope="module")
def built(english_only: tuple[Path, str]) -> Path:
    """The site that lacks the Chinese page."""
    return english_only[0]


@pytest.mark.site
@pytest.mark.parametrize(
    ("name", "url", "lang"),
    [("english_only", "brewing/steps/", "en"), ("chinese_only", "zh/brewing/steps/", "zh-Hans")],
)
def test_a_page_in_one_language_is_the_one_for_all_readers_and_is_built_without_a_warning(
    request: pytest.FixtureRequest, name: str, url: str, lang: str
):
    site, said = request.getfixturevalue(name)
    assert "steps" not in said
    head = (site / url / "index.html").read_text("utf-8").partition("</head>")[0]
    address = f"https://tea.example/notes/{url}"
    assert re.findall('hreflang="([^"]*)" href="([^"]*)"', head) == [(lang, address), ("x-default", address)]


@pytest.mark.site
@pytest.mark.parametrize(
    ("name", "url", "lang"),
    [("english_only", "zh/brewing/steps/", "en"), ("chinese_only", "brewing/steps/", "zh-Hans")],
)
def test_what_is_lent_says_its_language_wherever_it_stands(
    request: pytest.FixtureRequest, name: str, url: str, lang: str
):
    site, _ = request.getfixturevalue(name)
    html = (site / url / "index.html").read_text("utf-8")
    other = (site / url / "../../index.html").read_text("utf-8")
    lent = re.findall('<h[1-3] id="[^"]*">([^<]*)', html)
    assert len(lent) > 1
    for text in (html, other):
        body = text[text.index("<body") :]
        found = list(re.finditer("|".join(map(re.escape, lent)), body))
        assert found
        assert {nearest_language(parse_html(body), each.start()) for each in found} == {lang}


def nearest_language(root: Element, place: int) -> str:
    """The ``lang`` of the innermost element around a place that has one."""
    around = [each for each in root.walk() if each.start <= place < each.end and "lang" in each.attributes]
    return around[-1].attributes["lang"] if around else ""


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
