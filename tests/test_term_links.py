"""Links to terms: the first place of each on a page, and its card. Terms are those of the tea site."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from markdown import Markdown

from macros.block_ids import BlockIds
from macros.citation_marks import CitationMarks, citation_targets, render_citations
from macros.pages import parse_page
from macros.records import load_collections
from macros.rendering import render_page
from macros.site import Site
from macros.source_text import SourceText
from macros.term_links import card_file

TEA = Path(__file__).parent / "sites" / "tea"
EXTENSIONS = [
    "abbr",
    "admonition",
    "attr_list",
    "def_list",
    "footnotes",
    "md_in_html",
    "sane_lists",
    "tables",
]

HEAD = "---\ntitle: T\ndescription: D\n---\n# T {#top}\n\n"

PageMaker = Callable[..., tuple[Site, str]]


@pytest.fixture
def render(make_site: Callable[..., Site]) -> PageMaker:
    """A function (text, locale) → the site and the Markdown of its page ``a/p``."""
    collections, problems = load_collections(TEA / "data", TEA, ("zh", "en"))
    assert not problems

    def make(
        text: str, locale: str = "en", page_id: str = "a/p", listed_in: str = "zh en"
    ) -> tuple[Site, str]:
        pages = {f"{code}/glossary": HEAD + "{{ glossary() }}\n" for code in listed_in.split()}
        site = replace(make_site(pages), collections=collections)
        page, _ = parse_page(SourceText("docs/p.md", HEAD + text + "\n"), page_id, locale)
        site = replace(site, pages={**site.pages, (locale, page_id): page})
        return site, render_page(page, site)

    return make


def links(markdown: str) -> list[tuple[str, str]]:
    return re.findall(r'<a class="term" href="([^"]*)">([^<]*)</a>', markdown)


def test_the_first_place_of_a_term_leads_to_its_entry_in_the_language_of_the_page(render: PageMaker) -> None:
    assert links(render("Green tea and green teas and black tea.")[1]) == [
        ("../../glossary/#glossary-green-tea", "Green tea"),
        ("../../glossary/#glossary-black-tea", "black tea"),
    ]
    assert links(render("绿茶和绿茶。", "zh")[1]) == [("../../glossary/#glossary-green-tea", "绿茶")]


@pytest.mark.parametrize(
    "text",
    [
        "## Green tea {#green-tea}",
        "[green tea](x.md)",
        "[green tea][x]\n\n[x]: https://tea.example/green-tea",
        "![green tea](x.svg)",
        "`green tea`",
        "```\ngreen tea\n```",
        "    green tea",
        '!!! note "Green tea"',
        '<span lang="zh-Hans">green tea</span>',
        '*green tea*{: lang="zh-Hans" }',
        '<figure><figcaption markdown="1">Green tea</figcaption></figure>',
        "<button>\n\n<div>green tea</div>\n\n</button>",
        "<div>\ngreen tea\n</div>",
        "<!-- green tea -->",
        "*[green tea]: A tea",
    ],
)
def test_headings_titles_links_code_captions_and_other_languages_hold_no_links(
    render: PageMaker, text: str
) -> None:
    assert links(render(text)[1]) == []
    assert links(render(f"{text}\n\nThen green tea.")[1]) == [
        ("../../glossary/#glossary-green-tea", "green tea")
    ]


def test_common_terms_the_page_of_the_glossary_and_a_language_without_it_get_no_links(
    render: PageMaker,
) -> None:
    assert links(render("Tea.")[1]) == []
    assert links(render("Green tea.", page_id="glossary")[1]) == []
    assert links(render("Green tea.", listed_in="zh")[1]) == []


@pytest.mark.parametrize(
    "text",
    [
        "Green tea.",
        "- **Green tea**: x\n- y",
        "| a | b |\n|---|---|\n| green tea | x |",
        "> green tea",
        '!!! note "x"\n\n    Green tea.',
        "x[^1]\n\n[^1]: Green tea.",
        "green tea\n:   x",
        "1. x\n\n    green tea",
        "*green tea*",
        "Green\ntea.",
        'x green tea.\n{: src="puer2021/1-p1" }',
    ],
)
def test_markdown_makes_the_same_page_but_for_the_link(render: PageMaker, text: str) -> None:
    site, body = render(text)
    extensions = [*EXTENSIONS, CitationMarks(citation_targets(site.bibliography)), BlockIds()]
    html = Markdown(extensions=extensions).convert(body)
    plain = Markdown(extensions=extensions).convert(re.sub(r'<a class="term"[^>]*>|</a>', "", body))
    assert html.count('<a class="term" href="../../glossary/#glossary-green-tea">') == 1
    assert re.sub(r'<a class="term"[^>]*>([^<]*)</a>', r"\1", html) == plain


def test_the_cards_of_a_language_stand_in_one_script_beside_its_glossary(render: PageMaker) -> None:
    site, _ = render("x")
    found = card_file(site, "zh")
    assert found is not None
    path, script = found
    assert path == "glossary/cards.js"
    cards = json.loads(script.removeprefix("referenceCards(").removesuffix(");\n"))
    assert len(cards) == len(site.glossary.terms)
    assert cards["glossary-green-tea"] == ["绿茶", "GT", [["en", "green tea"]], "lǜchá", "不发酵的茶。"]


def test_a_language_without_a_glossary_has_no_cards(render: PageMaker) -> None:
    assert card_file(render("x", listed_in="zh")[0], "en") is None


def test_citations_are_numbered_as_they_are_without_links(render: PageMaker) -> None:
    site, markdown = render("Green tea.[@oolong2019] Black tea.[@oolong2019]")
    html = render_citations(markdown, citation_targets(site.bibliography))
    assert re.findall(r'id="(cite-[^"]*)"', html) == ["cite-oolong2019", "cite-oolong2019-2"]
