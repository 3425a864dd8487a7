"""Passages: a statement on a page leads to the block that renders the place it rests on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from macros.page_macros import check_call
from macros.passage_links import passage_name
from macros.records import load_collections
from macros.rendering import render_page
from macros.site import Site

SCHEMA = """\
x-title: {zh: 来源, en: Sources}
x-role: source-map
type: object
properties:
  name: {x-title: {zh: 称呼, en: Name}, x-localized: true}
  short_name: {x-title: {zh: 简称, en: Short name}, x-localized: true}
  sections:
    x-title: {zh: 节, en: Sections}
    type: array
    items:
      type: object
      properties:
        id: {x-title: {zh: 节号, en: Number}, type: string}
        title: {x-title: {zh: 题目, en: Title}, x-localized: true}
        places:
          x-title: {zh: 位置, en: Places}
          type: array
          items:
            type: object
            properties:
              id: {x-title: {zh: 位置, en: Place}, type: string}
"""

MAP = """\
name: {zh: 茶书：采茶与制茶, en: "The book of tea: picking and making"}
short_name: {zh: 茶书, en: Book of tea}
sections:
  - {id: "0", title: {zh: 引言, en: Introduction}, places: [{id: 0-p1}]}
  - {id: "2.1", title: {zh: 采茶, en: Picking}, places: [{id: 2.1-p3}]}
  - {id: abstract, title: {zh: 摘要, en: Abstract}, places: [{id: abstract-s12}]}
"""

HEAD = "---\ntitle: T\ndescription: D\n---\n# T {#top}\n\n"
SOURCE = HEAD + 'Leaves are picked.\n{: src="teabook/2.1-p3" }\n'


@pytest.fixture
def make_tea(make_site: Callable[..., Site], tmp_path: Path) -> Callable[[str], Site]:
    """A function (text) → a site whose page ``topics/leaf`` has the text in both languages."""

    def make(text: str) -> Site:
        (tmp_path / "data/sources/records").mkdir(parents=True)
        (tmp_path / "data/sources/schema.yml").write_text(SCHEMA, "utf-8")
        (tmp_path / "data/sources/records/teabook.yml").write_text(MAP, "utf-8")
        collections, problems = load_collections(tmp_path / "data", tmp_path, ("zh", "en"))
        assert not problems
        pages = {
            "zh/tea": SOURCE,
            "en/tea": SOURCE,
            "zh/topics/leaf": HEAD + text,
            "en/topics/leaf": HEAD + text,
        }
        return replace(make_site(pages), collections=collections)

    return make


@pytest.mark.parametrize(
    ("place", "zh", "en"),
    [
        ("teabook/2.1-p3", "茶书，2.1 第 3 段", "Book of tea, 2.1, para 3"),
        ("teabook/0-p1", "茶书，引言第 1 段", "Book of tea, Introduction, para 1"),
        ("teabook/abstract-s12", "茶书，摘要第 12 句", "Book of tea, Abstract, sentence 12"),
    ],
)
def test_a_passage_is_called_by_source_section_and_part(make_tea, place: str, zh: str, en: str):
    site = make_tea("Text")
    assert passage_name(site, place, "zh") == zh
    assert passage_name(site, place, "en") == en


def test_a_passage_leads_to_the_block_that_renders_it(make_tea):
    site = make_tea('Picked young. {{ passage("teabook/2.1-p3") }}')
    html = render_page(site.pages["en", "topics/leaf"], site)
    assert '<a class="passage" href="../../tea/#src-teabook-2-1-p3">Book of tea, 2.1, para 3</a>' in html


def test_a_passage_that_no_page_renders_is_named_without_a_link(make_tea):
    site = make_tea('Early tea. {{ passage("teabook/0-p1") }}')
    html = render_page(site.pages["zh", "topics/leaf"], site)
    assert '<span class="passage">茶书，引言第 1 段</span>' in html


def test_a_mistyped_place_is_said_with_the_likely_one(make_tea):
    site = make_tea('{{ passage("teabook/2.1-p8") }}')
    (call,) = site.pages["en", "topics/leaf"].markup.macro_calls
    (mistake,) = check_call(call, site)
    assert mistake.rule == "source-place-exists"
    assert "teabook/2.1-p3" in mistake.hint
