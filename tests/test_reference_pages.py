"""Pages of references and lists of references, from invented works."""

import json
import re

import pytest

from macros.downloads import downloads
from macros.reference_pages import generate_reference_pages
from macros.rendering import render_page
from macros.template_values import page_values

PAGE = "---\ntitle: Brewing\ndescription: D\n---\n# Brewing {#top}\n\n"
RETRACTED = """
@article{assam1999,
  label = {1}, langid = {english}, author = {Smith, A.}, title = {Assam}, journal = {J Tea}, year = {1999},
  volume = {1}, pages = {1--2}, doi = {10.1234/tea.9}, status = {retracted}, statuschecked = {2026-11-22},
}
"""


@pytest.fixture
def site(make_site):
    text = (
        "Leaves wither. Shade took 20 days, as Brown says.[@matcha2020] Piles rest.[@puer2021; @puer2021-en]"
    )
    english = f"{PAGE}{text}\n"
    chinese = PAGE.replace("Brewing", "泡茶") + "遮荫 20 天[@matcha2020]。渥堆 45 天[@puer2021]。\n"
    return make_site({"en/brewing": english, "zh/brewing": chinese})


def reference_page(site, citekey: str, locale: str) -> str:
    return next(
        page.markdown
        for page in generate_reference_pages(site)
        if (page.citekey, page.locale) == (citekey, locale)
    )


def test_a_pair_has_one_page_in_each_language(site):
    pages = [(page.locale, page.id) for page in generate_reference_pages(site)]
    assert pages.count(("zh", "references/puer2021")) == pages.count(("en", "references/puer2021")) == 1
    assert ("en", "references/puer2021-en") not in pages


def test_a_reference_page_prints_five_styles_and_both_forms_of_a_pair(site):
    page = reference_page(site, "puer2021", "en")
    assert re.findall(r'aria-labelledby="style-([^"]+)"', page) == [
        "gbt7714-2025",
        "gbt7714-2015",
        "jch",
        "nlm",
        "ama",
    ]
    assert page.count("王小明") == 5
    assert "Pile fermentation of Pu" in page


def test_the_citing_sentence_is_that_of_the_readers_language(site):
    assert "Shade took 20 days, as Brown says." in reference_page(site, "matcha2020", "en")
    assert "遮荫" not in reference_page(site, "matcha2020", "en")
    assert "遮荫 20 天<strong>[2]</strong>。" in reference_page(site, "matcha2020", "zh")


def test_the_citing_place_is_linked(site):
    assert 'href="../../brewing/#cite-puer2021"' in reference_page(site, "puer2021", "en")


def test_a_reference_that_nobody_cites_says_so(site):
    assert "No page of this site cites it yet." in reference_page(site, "oolong2019", "en")


def test_a_truncated_list_of_authors_is_said_to_be_truncated(site):
    note = "lists only its first authors"
    assert note in reference_page(site, "matcha2020", "en")
    assert note not in reference_page(site, "sencha2022", "en")


def test_a_page_ends_with_the_references_it_cites_in_the_order_of_their_numbers(site):
    text = render_page(site.pages["en", "brewing"], site)
    assert "## References {#references}" in text
    assert re.findall(r'<li id="(ref-[^"]+)"', text) == ["ref-matcha2020", "ref-puer2021"]


def test_every_entry_leads_back_to_each_of_its_marks(make_site):
    twice = make_site({"en/brewing": PAGE + "One.[@matcha2020] Two.[@matcha2020]\n"})
    text = render_page(twice.pages["en", "brewing"], twice)
    assert re.findall(r'href="(#cite[^"]+)"', text) == ["#cite-matcha2020", "#cite-matcha2020-2"]


def test_a_page_that_prints_the_whole_bibliography_prints_no_second_list(make_site):
    site = make_site({"en/works": PAGE + "Text.[@matcha2020]\n\n{{ bibliography() }}\n"})
    text = render_page(site.pages["en", "works"], site)
    assert "{#references}" not in text
    assert text.count('<li id="ref-matcha2020"') == 1


def test_every_entry_of_the_bibliography_can_be_taken_by_reference_managers(make_site):
    site = make_site({"en/works": PAGE + "{{ bibliography() }}\n"})
    text = render_page(site.pages["en", "works"], site)
    assert text.count('class="Z3988"') == 5
    assert "rft.atitle=Shade+and+matcha" in text or "rft.atitle=Shade%20and%20matcha" in text


def test_an_entry_is_in_the_language_of_the_work_on_every_page(site):
    for locale in ("zh", "en"):
        text = render_page(site.pages[locale, "brewing"], site)
        assert re.search(r'<p lang="zh-Hans">[^<]*王小明', text)
        assert re.search(r'<p lang="en">[^<]*Brown', text)
        assert "et al" in text


def test_a_retraction_is_said_wherever_the_work_is_printed(make_site):
    site = make_site({"en/brewing": PAGE + "Text.[@assam1999]\n"}, RETRACTED)
    assert "RETRACTED" in render_page(site.pages["en", "brewing"], site)
    page = reference_page(site, "assam1999", "en")
    assert '<strong class="status">Retracted</strong>' in page
    assert "Checked on 2026-11-22" in page
    files = downloads(site)
    for suffix in ("bib", "ris", "json"):
        assert b"retracted" in files[f"downloads/references.{suffix}"].lower()


def test_downloads_hold_the_whole_list_and_each_reference(site):
    files = downloads(site)
    assert len(json.loads(files["downloads/references.json"])) == 5
    assert len(json.loads(files["downloads/references/puer2021.json"])) == 2
    assert files["downloads/references/matcha2020.ris"].startswith(b"TY  - JOUR")
    assert b"@article{matcha2020," in files["downloads/references/matcha2020.bib"]


def test_a_reference_page_describes_its_work_to_programs(site):
    generated = next(
        page for page in generate_reference_pages(site) if (page.citekey, page.locale) == ("matcha2020", "en")
    )
    values = page_values(site, "en", "references/matcha2020", generated)["reference_site"]
    assert ("citation_doi", "10.1234/tea.2") in values["meta_tags"]
    assert values["linked_data"]["@type"] == "ScholarlyArticle"
    assert [alternate["type"] for alternate in values["alternates"]] == [
        "application/x-bibtex",
        "application/x-research-info-systems",
        "application/vnd.citationstyles.csl+json",
    ]


def test_hostile_fields_are_shown_as_text(make_site):
    bib = """
@article{evil2020,
  label = {1}, langid = {english}, author = {{<script>alert(1)</script>}},
  title = {<img src=x onerror=alert(1)> "quoted"}, journal = {<b>J</b>}, year = {2020}, volume = {1},
  pages = {1--2}, doi = {10.1234/x<script>},
}
"""
    site = make_site({"en/brewing": PAGE + "Text.[@evil2020]\n"}, bib, is_good=False)
    for text in (render_page(site.pages["en", "brewing"], site), reference_page(site, "evil2020", "en")):
        assert "<script" not in text
        assert "<img" not in text
        assert "<b>" not in text


@pytest.mark.site
def test_the_citing_sentence_has_the_values_that_its_page_prints(real_site):
    page = reference_page(real_site, "lin2017", "en")
    assert "cumulative survival at 24 weeks, 73.2% vs 55.6%" in page
