"""Relations: every link between pages can be followed in both directions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from macros.checks.translations import check_see_also
from macros.record_pages import generate_record_pages
from macros.records import load_collections
from macros.rendering import render_page
from macros.site import Site

HEAD = "---\ntitle: {title}\ndescription: D\n{more}---\n# {title} {{#top}}\n\n"

SCHEMA = """\
x-title: {zh: 茶样, en: Samples}
type: object
properties:
  name: {x-title: {zh: 名称, en: Name}, x-localized: true}
"""


def page(title: str, text: str = "", more: str = "") -> str:
    return HEAD.format(title=title, more=more) + text


@pytest.fixture
def site(make_site: Callable[..., Site], tmp_path: Path) -> Site:
    """Two topics of tea that know each other, a page of contents, and a sample with a page of its own."""
    folder = tmp_path / "data/samples"
    (folder / "records").mkdir(parents=True)
    (folder / "schema.yml").write_text(SCHEMA, "utf-8")
    (folder / "page.yml").write_text("title: name\n", "utf-8")
    (folder / "records/wuyi.yml").write_text("name: {zh: 武夷, en: Wuyi}\n", "utf-8")
    collections, problems = load_collections(tmp_path / "data", tmp_path, ("zh", "en"))
    assert not problems
    leaf = "From [steam](steam.md) and [Wuyi](../samples/wuyi.md#top), again [Wuyi](../samples/wuyi.md)."
    pages = {
        f"{locale}/{page_id}": text
        for locale in ("zh", "en")
        for page_id, text in {
            "index": page("Contents", "[Leaf](topics/leaf.md) [Steam](topics/steam.md)"),
            "topics/leaf": page("Leaf", leaf, "see_also: [topics/steam]\n"),
            "topics/steam": page("Steam", 'Hot. {{ value("samples", "wuyi", "name") }}'),
        }.items()
    }
    return replace(make_site(pages), collections=collections)


def test_a_page_with_related_pages_lists_what_it_uses_once(site: Site):
    text = render_page(site.pages["en", "topics/leaf"], site)
    related = text[text.index("{#related}") :]
    assert '<dt>See also</dt>\n<dd><a href="../steam/">Steam</a></dd>' in related
    assert '<dt>Samples</dt>\n<dd><a href="../../samples/wuyi/">Wuyi</a></dd>' in related
    assert related.count("Wuyi") == 1


def test_a_page_says_which_pages_lead_to_it_but_not_the_page_of_contents(site: Site):
    text = render_page(site.pages["zh", "topics/steam"], site)
    related = text[text.index("{#related}") :]
    assert '<dt>提到本页的页面</dt>\n<dd><a href="../leaf/">Leaf</a></dd>' in related
    assert "Contents" not in related


def test_a_page_without_relations_has_no_section_for_them(site: Site):
    assert "{#related}" not in render_page(site.pages["en", "index"], site)


def test_a_record_says_which_pages_name_it_or_print_its_values(site: Site):
    (record,) = (made for made in generate_record_pages(site) if made.locale == "en")
    related = record.markdown[record.markdown.index("{#related}") :]
    assert '<a href="../../topics/leaf/">Leaf</a>' in related
    assert '<a href="../../topics/steam/">Steam</a>' in related


def test_related_pages_that_do_not_exist_or_differ_between_languages_are_said(make_site):
    def named(pages: str) -> str:
        return page("T", "", f"see_also: {pages}\n")

    site = make_site(
        {
            "zh/leaf": named("[steam]"),
            "en/leaf": named("[steem]"),
            "zh/steam": named("leaf"),
            "en/steam": named("[steam]"),
        }
    )
    said = sorted((problem.file, problem.line, problem.rule) for problem in check_see_also(site))
    assert said == [
        ("docs/en/leaf.md", 4, "see-also-resolves"),
        ("docs/en/leaf.md", 4, "translation-has-same-see-also"),
        ("docs/en/steam.md", 4, "see-also-resolves"),
        ("docs/en/steam.md", 4, "translation-has-same-see-also"),
        ("docs/zh/steam.md", 4, "see-also-resolves"),
    ]
