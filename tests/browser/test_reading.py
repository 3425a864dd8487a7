"""What a reader does, in a real browser, on the real site."""

import re

import pytest
from playwright.sync_api import Page, expect

ARTICLE = "sources/feng2023/clinical-research/"


def section_at_top(page: Page) -> str:
    """The id of the section that a reader has before her eyes."""
    return page.evaluate(
        """() => [...document.querySelectorAll("article h2")]
            .filter((heading) => heading.getBoundingClientRect().top < 200).at(-1)?.id"""
    )


def top_of(page: Page, block: str) -> float:
    """How far below the top of the window a block begins."""
    return page.locator(f"[id='{block}']").evaluate("block => block.getBoundingClientRect().top")


def test_from_the_home_page_to_a_citation_its_reference_and_back(page: Page, served_site: str):
    page.goto(f"{served_site}/")
    page.locator("article").get_by_role("link", name=re.compile(r"^3\.1 ")).first.click()
    expect(page).to_have_url(re.compile(f"{ARTICLE}#liver-failure"))
    mark = page.locator("#cite-lin2017")
    expect(mark).to_have_text("32")
    mark.click()
    expect(page).to_have_url(re.compile("#ref-lin2017$"))
    entry = page.locator("#ref-lin2017")
    expect(entry).to_be_in_viewport()
    expect(entry).to_contain_text("Hepatology")
    entry.locator("[role=doc-backlink]").first.click()
    expect(page).to_have_url(re.compile("#cite-lin2017$"))
    expect(mark).to_be_in_viewport()


def test_a_reference_has_a_page_that_leads_back_to_the_sentence(page: Page, served_site: str):
    page.goto(f"{served_site}/{ARTICLE}#ref-lin2017")
    page.locator("#ref-lin2017 .reference-links > a").click()
    expect(page).to_have_url(f"{served_site}/references/lin2017/")
    expect(page.locator("article")).to_contain_text("10.1002/hep.29189")
    page.locator("ol.cited-in a[href*='clinical-research']").first.click()
    expect(page).to_have_url(re.compile(f"{ARTICLE}#cite-lin2017$"))
    expect(page.locator("#cite-lin2017")).to_be_in_viewport()


TOPS = """() => Object.fromEntries([...document.querySelectorAll("article [id]")]
    .map((block) => [block.id, block.getBoundingClientRect().top]))"""


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("depth", [30, 333])
@pytest.mark.parametrize("section", ["liver-failure", "viral-cirrhosis", "other-causes"])
def test_switching_the_language_keeps_the_place(
    page: Page, served_site: str, section: str, depth: int, width: int
):
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(f"{served_site}/{ARTICLE}#{section}")
    page.mouse.wheel(0, depth)
    page.wait_for_timeout(150)
    before, tops = section_at_top(page), page.evaluate(TOPS)
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(re.compile(f"/en/{ARTICLE}#"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.wait_for_timeout(150)
    block = page.url.partition("#")[2]
    assert section_at_top(page) == before
    assert abs(top_of(page, block) - tops[block]) <= 80
    page.go_back()
    expect(page).to_have_url(f"{served_site}/{ARTICLE}#{section}")
    page.wait_for_timeout(150)
    assert abs(top_of(page, block) - tops[block]) <= 80


def test_without_scripts_the_switch_leads_to_the_same_page(browser, served_site: str):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served_site}/{ARTICLE}")
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(f"{served_site}/en/{ARTICLE}")
    context.close()


@pytest.mark.parametrize(("prefix", "word"), [("", "间充质干细胞"), ("en/", "mesenchymal")])
def test_search_finds_the_subject_of_the_site(page: Page, served_site: str, prefix: str, word: str):
    page.goto(f"{served_site}/{prefix}")
    page.get_by_role("searchbox").fill(word)
    result = page.locator("[role=option] , .search-results a").first
    expect(result).to_be_visible()
    result.click()
    expect(page.locator("article")).to_contain_text(re.compile(word, re.IGNORECASE))
    expect(page.locator("html")).to_have_attribute("lang", "en" if prefix else "zh-Hans")


def test_a_card_shows_the_reference_on_hover_and_focus_and_escape_closes_it(page: Page, served_site: str):
    page.goto(f"{served_site}/{ARTICLE}")
    mark = page.locator("#cite-lin2017")
    card = page.locator(".citation-card")
    mark.scroll_into_view_if_needed()
    mark.hover()
    expect(card).to_be_visible()
    expect(card).to_contain_text("10.1002/hep.29189")
    card.hover()
    page.wait_for_timeout(400)
    expect(card).to_be_visible()
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    mark.focus()
    expect(card).to_be_visible()
    expect(mark).to_have_attribute("aria-describedby", "citation-card")


def test_a_tap_shows_the_card_and_a_second_one_follows_the_link(browser, served_site: str):
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True)
    page = context.new_page()
    page.goto(f"{served_site}/{ARTICLE}")
    mark = page.locator("#cite-lin2017")
    mark.scroll_into_view_if_needed()
    mark.tap()
    expect(page.locator(".citation-card")).to_be_visible()
    assert "#ref-lin2017" not in page.url
    mark.tap()
    expect(page).to_have_url(re.compile("#ref-lin2017$"))
    context.close()


def test_one_card_lists_all_references_of_a_group_in_the_order_printed(page: Page, served_site: str):
    page.goto(f"{served_site}/{ARTICLE}")
    mark = page.locator("sup.citation", has_text="[38-39]").first
    mark.scroll_into_view_if_needed()
    mark.locator("a").first.hover()
    labels = page.locator(".citation-card").inner_text()
    assert labels.index("[38]") < labels.index("[39]")


def test_the_bibliography_is_filtered_by_text_year_and_use(page: Page, served_site: str):
    page.goto(f"{served_site}/en/bibliography/")
    items = page.locator("ol.references > li:not([hidden])")
    expect(items).to_have_count(65)
    page.get_by_label("Author, title or journal").fill("hepatology lin")
    expect(page.locator("#ref-lin2017")).to_be_visible()
    assert items.count() < 10
    page.get_by_role("button", name="Clear").click()
    page.get_by_label("From year").fill("2022")
    assert {int(year) for year in items.evaluate_all("items => items.map((item) => item.dataset.year)")} <= {
        2022,
        2023,
        2024,
        2025,
    }
    page.get_by_role("button", name="Clear").click()
    expect(items).to_have_count(65)


def test_a_wrong_address_says_so_in_both_languages(page: Page, served_site: str):
    for path, lang in (("404.html", "zh-Hans"), ("en/404.html", "en")):
        page.goto(f"{served_site}/{path}")
        expect(page.locator("html")).to_have_attribute("lang", lang)
        expect(page.locator("article")).to_contain_text("找不到页面")
        expect(page.locator("article")).to_contain_text("Page not found")
        expect(page.locator("article > p").first).not_to_be_empty()


@pytest.mark.parametrize("path", ["", f"{ARTICLE}", "bibliography/", "references/lin2012/", "about/"])
@pytest.mark.parametrize("prefix", ["", "en/"])
def test_nothing_is_wider_than_a_phone(page: Page, served_site: str, prefix: str, path: str):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{served_site}/{prefix}{path}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_scheme_of_the_readers_system_is_kept(browser, served_site: str, scheme: str):
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{served_site}/")
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    brightness = sum(int(part) for part in re.findall(r"\d+", background)[:3])
    assert (brightness > 600) == (scheme == "light")
    context.close()
