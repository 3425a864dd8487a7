"""Problems stand where their author can mend them, once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from macros.built_site import check_built_directory
from macros.problems import Problem, Severity
from tests.built_site.made_sites import CLEAN, Files, make_page, write_site

SOURCE = """# Guide

Some words on tea.

See [withering](../wither.md#slow-step).
"""


def check(tmp_path: Path, built: Files, sources: Files | None = None) -> list[Problem]:
    """The problems of the clean site with some files changed, beside these sources."""
    write_site(tmp_path / "site", {**CLEAN, **built})
    if sources is None:
        return check_built_directory(tmp_path / "site")
    return check_built_directory(tmp_path / "site", source_root=write_site(tmp_path, sources))


def from_source(source: str, body: str) -> Files:
    """The guide, made from a source."""
    return {"guide/index.html": make_page("guide/", body, head=f'<meta name="source" content="{source}">')}


@pytest.mark.parametrize(
    ("source", "url", "line"),
    [
        ("The [step](../wither.md#slow) is slow.\n", "../#slow", 1),
        ("# Guide\n\nThe [step](../wither.md).\n", "../wither/", 3),
        ("# Guide\n\n\n![leaf](../img/leaf-2.png)\n", "../img/leaf-2.png", 4),
        ("# Guide\n\n<a href='../a%20b.csv'>\n", "../a%20b.csv", 3),
        ("# Guide\n\n[x](#萎凋)\n", "#%E8%90%8E%E5%87%8B", 3),
        ("# Guide wither-ing\n\nwithering\n\n[x](wither/)\n", "wither/", 5),
        ("# Guide\n\nnothing of it\n", "../wither/", 1),
    ],
)
def test_a_problem_stands_at_the_line_of_the_source_that_names_its_target(
    tmp_path: Path, source: str, url: str, line: int
) -> None:
    page = from_source("docs/zh/guide.md", f'\n\n\n<a href="{url}">x</a>')
    (problem,) = check(tmp_path, page, {"docs/zh/guide.md": source})
    assert (problem.file, problem.line) == ("docs/zh/guide.md", line)
    assert "(built page guide/index.html, line 1" in problem.message


@pytest.mark.parametrize(
    ("body", "source", "line"),
    [
        ('<p id="a">1</p><p id="a">2</p>', "a\n\n## A {#a}\n", 3),
        ('<p onclick="x()">1</p>', "a\n\n<p onclick='x()'>\n", 3),
        ("<p>1<table><tr><td>2</td></tr></table></p>", "A table.\n\n<table>\n", 3),
        ('<a href="../">1<a href="./">2</a></a>', "a link\n\n<a href='../'>\n", 3),
    ],
)
def test_odd_mark_up_is_looked_for_as_its_author_wrote_it(
    tmp_path: Path, body: str, source: str, line: int
) -> None:
    (problem,) = check(tmp_path, from_source("docs/zh/guide.md", body), {"docs/zh/guide.md": source})
    assert (problem.file, problem.line) == ("docs/zh/guide.md", line)


def test_a_message_stays_on_one_line_and_short(tmp_path: Path) -> None:
    page = make_page("guide/", f'<a href="java\nscript:{"x" * 9999}">x</a>')
    (problem,) = check(tmp_path, {"guide/index.html": page})
    assert "\n" not in problem.message
    assert len(problem.message) < 250


def test_the_fragment_is_looked_for_before_the_page(tmp_path: Path) -> None:
    page = from_source("a.md", '<a href="../en/guide/#slow" hreflang="en">x</a>')
    (problem,) = check(tmp_path, page, {"a.md": "[x](guide.md)\n[y](guide.md#slow)\n"})
    assert problem.line == 2


def test_one_entry_of_a_file_is_looked_through_from_its_line_to_its_end(tmp_path: Path) -> None:
    entries = (
        "@a{one,\n  doi = {10.1000/tea.}}\n\n@a{two,\n  note = {x},\n  doi = {10.1000/tea.}}\n\n@a{three}\n"
    )
    found = from_source("references.bib:4", '<a href="https://doi.org/10.1000/tea.">x</a>')
    (problem,) = check(tmp_path / "found", found, {"references.bib": entries})
    assert (problem.file, problem.line) == ("references.bib", 6)
    lost = from_source("references.bib:4", '<a href="../three/">x</a>')
    (problem,) = check(tmp_path / "lost", lost, {"references.bib": entries})
    assert (problem.file, problem.line) == ("references.bib", 4)


@pytest.mark.parametrize("source", ["docs/gone.md", "../secret.md", "/etc/hostname", ""])
def test_a_source_that_is_not_below_the_root_is_passed_over(tmp_path: Path, source: str) -> None:
    write_site(tmp_path, {"secret.md": "gone"})
    page = from_source(source, '<a href="../gone/">x</a>')
    (problem,) = check(tmp_path / "root", page, {"docs/a.md": "gone"})
    assert (problem.file, problem.line) == ("guide/index.html", 14)
    assert "built page" not in problem.message


def test_without_a_source_root_problems_stand_in_the_built_file(tmp_path: Path) -> None:
    page = from_source("docs/a.md", '<a href="../gone/">x</a>')
    (problem,) = check(tmp_path, page | {"docs/a.md": "gone"})
    assert problem.file == "guide/index.html"


def on_pages(bodies: Mapping[str, str]) -> Files:
    """These pages with something more on them."""
    leaf = {"assets/style.css": "main { background: url(leaf.png) }"}
    return leaf | {f"{path}index.html": make_page(path, body) for path, body in bodies.items()}


def test_a_broken_link_in_the_navigation_is_reported_once(tmp_path: Path) -> None:
    paths = ("", "guide/", "en/", "en/guide/")
    bodies = {path: f'<nav><a href="{"../" * path.count("/")}gone/">x</a></nav>' for path in paths}
    (problem,) = check(tmp_path, on_pages(bodies))
    assert problem.file == "en/guide/index.html"
    assert problem.message == 'a href "../../gone/" leads to no file (and 3 more pages)'


@pytest.mark.parametrize(
    "html", ['<script src="/book/gone.js"></script>', '<header><img src="/book/gone.png" alt="x"></header>']
)
def test_what_every_page_loads_is_reported_once(tmp_path: Path, html: str) -> None:
    (problem,) = check(tmp_path, on_pages(dict.fromkeys(("", "guide/"), html)))
    assert problem.message.endswith("leads to no file (and 1 more page)")


def test_what_is_missing_in_every_head_is_reported_once(tmp_path: Path) -> None:
    pages = {file: text.replace('hreflang="x-default"', "") for file, text in CLEAN.items()}
    (problem,) = check(tmp_path, pages)
    assert problem.message == 'no hreflang link is "x-default" (and 3 more pages)'


@pytest.mark.parametrize(
    ("file", "text", "line"),
    [
        ("assets/style.css", "/* one\n*/\np { background: url(gone.png) }", 3),
        (
            "guide/index.html",
            make_page("guide/", "\n<style>\np {\nbackground: url(../gone.png) }</style>"),
            17,
        ),
        ("guide/index.html", make_page("guide/", "\n\n<a\nhref='../gone/'>x</a>"), 16),
        ("search/search_index.json", '{"docs": [\n{"location": ""},\n{"location": "gone/"}]}', 3),
        ("sitemap.xml", CLEAN["sitemap.xml"].replace("<urlset>", "<urlset>\n<url><loc>x</loc></url>"), 2),
    ],
)
def test_without_a_source_a_problem_stands_at_its_line_in_the_built_file(
    tmp_path: Path, file: str, text: str, line: int
) -> None:
    (problem,) = check(tmp_path, {file: text})
    assert (problem.file, problem.line) == (file, line)


@pytest.mark.parametrize(
    ("url", "hint"),
    [
        ("../en/", 'add hreflang="en" if this is meant, else link /book/'),
        ("../en/guide/", 'add hreflang="en" if this is meant'),
    ],
)
def test_a_link_into_the_other_language_is_told_what_to_write(tmp_path: Path, url: str, hint: str) -> None:
    (problem,) = check(tmp_path, {"guide/index.html": make_page("guide/", f'<a href="{url}">x</a>')})
    assert (problem.hint, problem.severity) == (hint, Severity.WARNING)


def test_two_mistakes_in_the_navigation_are_two_problems(tmp_path: Path) -> None:
    bodies = dict.fromkeys(("", "guide/"), '<nav><a href="/book/gone/">x</a><a href="#gone">y</a></nav>')
    rules = [problem.rule for problem in check(tmp_path, on_pages(bodies))]
    assert sorted(rules) == ["anchor-exists", "link-resolves"]


def test_the_same_mistake_written_on_two_pages_is_two_problems(tmp_path: Path) -> None:
    bodies = dict.fromkeys(("", "guide/"), '<a href="/book/gone/">x</a>')
    files = [problem.file for problem in check(tmp_path, on_pages(bodies))]
    assert files == ["guide/index.html", "index.html"]


def test_one_entry_on_two_pages_is_one_problem(tmp_path: Path) -> None:
    head = '<meta name="source" content="references.bib:1">'
    link = '<a href="https://doi.org/10.1000/tea.">x</a>'
    pages = {f"{path}index.html": make_page(path, link, head=head) for path in ("guide/", "en/guide/")}
    (problem,) = check(tmp_path, pages, {"references.bib": "@a{one,\n  doi = {10.1000/tea.}}\n"})
    assert (problem.file, problem.line) == ("references.bib", 2)
    assert problem.message.endswith("(and 1 more page)")


def test_what_a_template_repeats_outside_the_navigation_is_reported_once(tmp_path: Path) -> None:
    image = '<img src="https://cdn.example/logo.png" alt="x">'
    (problem,) = check(tmp_path, on_pages(dict.fromkeys(("", "guide/", "en/", "en/guide/"), image)))
    assert problem.message.endswith("(and 3 more pages)")
