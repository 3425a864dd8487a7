"""The glossary: forms in texts, terms on pages, and the page that lists them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macros.glossary import pages_with_term, search_synonyms, terms_on_page
from macros.glossary_page import glossary_letters, sort_key
from macros.page_macros import check_call
from macros.records import load_collections
from macros.render_context import RenderContext
from macros.rendering import render_page
from macros.site import Site
from macros.terms import FormFinder, read_endings

TEA = Path(__file__).parent / "sites" / "tea"
"""Whose invented terms are used here."""
ENDINGS = read_endings("s es y/ies is/es")

SiteWithTerms = Callable[[Mapping[str, str]], Site]


@pytest.fixture
def tea(make_site: Callable[..., Site]) -> SiteWithTerms:
    """A function (pages) → a site with these pages and the terms of the tea site."""
    collections, problems = load_collections(TEA / "data", TEA, ("zh", "en"))
    assert not problems
    return lambda pages: replace(make_site(pages), collections=collections)


def found(forms: list[str], text: str) -> list[str]:
    finder = FormFinder({form: [form] for form in forms}, ENDINGS)
    return [text[form.start : form.end] for form in finder.find(text)]


@pytest.mark.parametrize(
    ("forms", "text", "expected"),
    [
        (["茶", "绿茶", "蒸青绿茶"], "蒸青绿茶和绿茶", ["蒸青绿茶", "绿茶"]),
        (["tea", "green tea"], "Green tea or tea", ["Green tea", "tea"]),
        (
            ["green tea"],
            "green  tea, green\ntea, green-tea, green\n\ntea",
            ["green  tea", "green\ntea", "green-tea"],
        ),
        (["tea"], "teapot, steam, i-tea, tea-X, tea-2, tea-like", ["tea"]),
        (["T 细胞"], "T细胞和 T 细胞", ["T细胞", "T 细胞"]),
        (["GT"], "喝GT茶，gt、GTX、GTs", ["GT", "GTs"]),
        (["miRNA", "mRNA"], "MiRNAs and MRNAS, mirna", ["MiRNAs"]),
        (["IL-6"], "IL-6, IL\u20116, IL-66, il-6", ["IL-6", "IL\u20116"]),
        (
            ["therapy", "analysis", "dose"],
            "therapies, analyses, Doses, dosing",
            ["therapies", "analyses", "Doses"],
        ),
        (["β-theanine"], "β-theanine", ["β-theanine"]),
    ],
)
def test_a_form_is_found_as_a_whole_word_or_wherever_its_characters_stand(
    forms: list[str], text: str, expected: list[str]
) -> None:
    assert found(forms, text) == expected


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from(["tea", "green tea", "GT", "茶", "绿茶", "T 茶"]), unique=True),
    st.text(alphabet="teagrnGT绿茶 -\n", max_size=30),
)
def test_found_forms_are_apart_in_order_and_the_longest_at_their_place(forms: list[str], text: str) -> None:
    finder = FormFinder({form: [form] for form in forms}, ENDINGS)
    places = [(form.start, form.end) for form in finder.find(text)]
    assert all(end <= start for (_, end), (start, _) in pairwise(places))
    every = [(form.start, form.end) for form in finder.find_all(text)]
    assert every == [(form.start, form.end) for form in finder.find_within(text)]
    assert all(end == max(e for s, e in every if s == start) for start, end in places)


def test_a_shared_abbreviation_means_the_term_that_alone_stands_before_it_in_full(tea: SiteWithTerms) -> None:
    glossary = tea({}).glossary

    def ids(text: str, locale: str) -> list[str]:
        return [each.term.id for each in glossary.find_terms(text, locale)]

    assert ids("GT", "en") == []
    assert ids("GT, green tea, GT", "en") == ["green-tea", "green-tea"]
    assert ids("姜茶（GT）", "zh") == ["ginger-tea", "ginger-tea"]
    assert ids("green tea, ginger tea, GT", "en") == ["green-tea", "ginger-tea"]


def test_a_shared_abbreviation_means_the_term_that_it_was_introduced_for(tea: SiteWithTerms) -> None:
    found = tea({}).glossary.find_terms("ginger tea, green tea (GT), ginger tea; GT", "en")
    assert [each.term.id for each in found] == [
        "ginger-tea",
        "green-tea",
        "green-tea",
        "ginger-tea",
        "green-tea",
    ]


def page(text: str) -> str:
    return f"---\ntitle: Green tea\ndescription: D\n---\n# T {{#top}}\n\n{text}\n"


@pytest.mark.parametrize(
    "text",
    [
        "`green tea`",
        "[x](green-tea.md)",
        '<span lang="zh-Hans">green tea</span>',
        '*Green tea*{: lang="zh-Hans" }',
        'Green tea is good.\n{: lang="zh-Hans" }',
        "[@green-tea]",
        "{: #green-tea }",
        '{{ value("x", "green tea", "y") }}',
        "https://tea.example/green-tea",
        "[x]: https://tea.example/green-tea 'x'",
    ],
)
def test_what_is_no_word_of_the_page_in_its_language_is_no_term(tea: SiteWithTerms, text: str) -> None:
    site = tea({"en/p": page(text)})
    assert terms_on_page(site, site.pages["en", "p"]) == ()


def test_a_term_leads_to_the_pages_that_use_it(tea: SiteWithTerms) -> None:
    pages = {
        "en/p": page("Black tea, green tea, black tea"),
        "en/q": page("Black teas"),
        "zh/p": page("红茶"),
    }
    site = tea({**pages, "en/glossary": page("Black tea {{ glossary() }}")})
    assert [term.id for term in terms_on_page(site, site.pages["en", "p"])] == ["black-tea", "green-tea"]
    assert [(p.locale, p.id) for p in pages_with_term(site)["black-tea"]] == [
        ("en", "p"),
        ("en", "q"),
        ("zh", "p"),
    ]


def test_a_site_without_a_glossary_has_no_terms(make_site: Callable[..., Site]) -> None:
    site = make_site({"en/p": page("Green tea {{ glossary() }}")})
    assert terms_on_page(site, site.pages["en", "p"]) == ()
    assert search_synonyms(site, "en") == []
    (call,) = site.pages["en", "p"].markup.macro_calls
    assert [mistake.rule for mistake in check_call(call, site)] == ["collection-exists"]


def test_the_search_takes_all_forms_of_a_term_for_the_same(tea: SiteWithTerms) -> None:
    assert ["green tea", "unoxidised tea", "GT", "绿茶"] in search_synonyms(tea({}), "en")
    assert ["绿茶", "GT", "green tea", "unoxidised tea"] in search_synonyms(tea({}), "zh")


# The page of the glossary


def names(site: Site, locale: str) -> list[tuple[str, list[str]]]:
    context = RenderContext(site, locale, "glossary/")
    return [
        (letter.name, [entry.card.name for entry in letter.entries]) for letter in glossary_letters(context)
    ]


def test_entries_stand_by_name_in_english_and_by_pinyin_in_chinese(tea: SiteWithTerms) -> None:
    assert names(tea({}), "en")[:3] == [
        ("B", ["black tea"]),
        ("D", ["dark tea"]),
        ("G", ["ginger tea", "green tea"]),
    ]
    assert [letter for letter, _ in names(tea({}), "zh")] == ["C", "H", "J", "L", "W", "Y", "Z"]
    assert names(tea({}), "zh")[1] == ("H", ["黑茶", "红茶"])  # hēichá before hóngchá


def test_tones_do_not_count_and_u_with_dots_follows_u(tea: SiteWithTerms) -> None:
    site = tea({})
    context, term = RenderContext(site, "zh", "glossary/"), site.glossary.terms["green-tea"]
    keys = [sort_key(replace(term, pinyin=pinyin), context) for pinyin in ("lúnzi", "lùsè", "lǜchá", "mò")]
    assert keys == sorted(keys)
    assert sort_key(replace(term, pinyin="β-chá"), context) < keys[0]


def test_an_entry_says_what_the_term_is_in_both_languages_and_where_it_leads(tea: SiteWithTerms) -> None:
    pages = {f"{locale}/glossary": page("{{ glossary() }}") for locale in ("zh", "en")}
    pages["en/p"] = page('Green tea.\n{: src="puer2021/2.1-p1" }')
    pages["zh/p"] = page('绿茶。\n{: src="puer2021/2.1-p1" }')
    site = tea(pages)
    html = render_page(site.pages["en", "glossary"], site)
    entry = html[html.index('id="glossary-green-tea"') : html.index('id="letter-l"')]
    for part in (
        "<dfn>green tea</dfn>",
        '<span lang="zh-Hans">绿茶</span>',
        "lǜchá",
        "Tea that is not oxidised.",
        '<p lang="zh-Hans">不发酵的茶。</p>',
        "kinds of tea",
        "unoxidised tea",
        '<s lang="zh-Hans">青绿色茶</s>: Word for word. So written in: <a href="../p/#src-puer2021-2-1-p1">',
        "<s>verdant tea</s>",
        '<a href="#glossary-ginger-tea">ginger tea</a>: Both are abbreviated GT.',
        '<a href="#glossary-steamed-green-tea">steamed green tea</a>',
        '<a href="../p/#src-puer2021-2-1-p1">puer2021/2.1-p1</a>, ito1999/9-p9',
        '<a href="../p/">Green tea</a>',
    ):
        assert part in entry


def test_nothing_stands_between_a_chinese_full_stop_and_what_follows(tea: SiteWithTerms) -> None:
    pages = {f"{locale}/glossary": page("{{ glossary() }}") for locale in ("zh", "en")}
    html = render_page((site := tea(pages)).pages["zh", "glossary"], site)
    assert "<s>青绿色茶</s>：逐字直译。来源的写法：" in html


def test_a_place_that_no_page_renders_leads_to_its_reference(tea: SiteWithTerms) -> None:
    site = tea({"en/glossary": page("{{ glossary() }}")})
    html = render_page(site.pages["en", "glossary"], site)
    assert '<a href="../references/puer2021/">puer2021/2.1-p1</a>, ito1999/9-p9' in html


def test_pages_beyond_the_twelfth_are_folded_away(tea: SiteWithTerms) -> None:
    pages = {f"en/p{n:02}": page("Black tea.") for n in range(15)}
    site = tea({**pages, "en/glossary": page("{{ glossary() }}")})
    html = render_page(site.pages["en", "glossary"], site)
    shown, _, folded = html.partition("<details><summary>3 more pages</summary>")
    assert shown.count('<a href="../p') == 12
    assert folded.count('<a href="../p') == 3
