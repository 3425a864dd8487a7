"""Both languages side by side, and the tools at a paragraph, in a real browser on the real site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

ARTICLE = "sources/feng2023/clinical-research/"
PAGES = ["", "about/", "bibliography/", "figures/", "studies/", ARTICLE]
BLOCK = "src-feng2023-3-1-p2"

# The greatest distance between the tops of the blocks of one row, over all rows in columns.
UNEVEN = """() => {
  const rows = [...document.querySelectorAll(".parallel-row:not(.parallel-row--wide)")];
  return Math.max(...rows.map((row) => {
    const blocks = [...row.querySelectorAll(":scope > .parallel-cell > :first-child")];
    const tops = blocks.map((block) => block.getBoundingClientRect().top);
    return Math.max(...tops) - Math.min(...tops);
  }));
}"""


@pytest.fixture
def plain(browser: Browser) -> Iterator[BrowserContext]:
    """A browser with its scripts turned off."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 800})
    yield context
    context.close()


def tools(page: Page) -> Locator:
    return page.get_by_role("toolbar")


def show_button(page: Page) -> Locator:
    return tools(page).locator("button").first


def copy_button(page: Page) -> Locator:
    return tools(page).locator("button").last


# The parallel page


@pytest.mark.parametrize("path", PAGES)
def test_counterparts_begin_at_the_same_height(page: Page, served_site: str, path: str):
    page.goto(f"{served_site}/parallel/{path}")
    assert page.locator(".parallel-row").count() > 3
    assert page.evaluate(UNEVEN) < 2


@pytest.mark.parametrize("path", PAGES)
def test_on_a_phone_the_languages_alternate_and_nothing_is_too_wide(page: Page, served_site: str, path: str):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{served_site}/parallel/{path}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    first, second = page.locator(".parallel-row").nth(1).locator(".parallel-cell").all()
    above, below = first.bounding_box(), second.bounding_box()
    assert above
    assert below
    assert above["y"] + above["height"] <= below["y"]


def test_it_is_whole_without_scripts_and_from_disk(plain: BrowserContext, built_site: Path):
    page = plain.new_page()
    page.goto((built_site / "parallel" / ARTICLE / "index.html").as_uri() + f"#{BLOCK}")
    row = page.locator(f"[id='{BLOCK}']")
    expect(row).to_be_in_viewport()
    expect(row.locator(":scope > [lang=zh-Hans]")).to_contain_text("随机对照")
    expect(row.locator(":scope > [lang=en]")).to_contain_text("randomised")
    left, right = row.locator(".parallel-cell").all()
    assert abs(left.bounding_box()["y"] - right.bounding_box()["y"]) < 2
    assert page.locator("article :visible").count() > 100
    hidden = page.locator("article .parallel-cell > *").evaluate_all(
        "blocks => blocks.filter((block) => !block.checkVisibility()).length"
    )
    assert hidden == 0


def test_it_is_printed_in_two_columns(page: Page, served_site: str):
    page.emulate_media(media="print")
    # The width of A4 paper without its margins, at 96 dots an inch.
    page.set_viewport_size({"width": 718, "height": 1000})
    page.goto(f"{served_site}/parallel/{ARTICLE}")
    assert page.evaluate(UNEVEN) < 2
    expect(page.locator(".parallel-links").first).to_be_hidden()


def test_drawings_keep_their_form(page: Page, served_site: str):
    page.goto(f"{served_site}/en/figures/")
    count = "document.querySelectorAll('[lang=en] .figure-drawings svg > g > *').length"
    on_its_page = page.evaluate(count)
    page.goto(f"{served_site}/parallel/figures/")
    assert page.evaluate(count) == on_its_page > 20


def test_a_reader_goes_there_and_back_at_the_same_paragraph(page: Page, served_site: str):
    page.goto(f"{served_site}/en/{ARTICLE}#viral-cirrhosis")
    page.mouse.wheel(0, 30)
    page.wait_for_timeout(150)
    page.get_by_role("link", name="Side by side").click()
    expect(page).to_have_url(re.compile(f"/parallel/{ARTICLE}#"))
    expect(page.locator("#viral-cirrhosis")).to_be_in_viewport()
    page.locator(".language-switch").get_by_role("link", name="English").click()
    expect(page).to_have_url(re.compile(f"/en/{ARTICLE}#"))
    expect(page.locator("#viral-cirrhosis")).to_be_in_viewport()


def test_each_row_leads_to_the_paragraph_in_either_language(page: Page, served_site: str):
    for name, prefix in (("中", ""), ("EN", "en/")):
        page.goto(f"{served_site}/parallel/{ARTICLE}")
        page.locator(f"[id='{BLOCK}'] .parallel-links").get_by_role(
            "link", name=re.compile(f"^{name}")
        ).click()
        expect(page).to_have_url(f"{served_site}/{prefix}{ARTICLE}#{BLOCK}")
        expect(page.locator(f"[id='{BLOCK}']")).to_be_in_viewport()


def test_cards_and_search_work_there_as_elsewhere(page: Page, served_site: str):
    page.goto(f"{served_site}/parallel/{ARTICLE}")
    mark = page.locator("#en-cite-lin2017")
    mark.scroll_into_view_if_needed()
    mark.hover()
    expect(page.locator(".citation-card")).to_contain_text("10.1002/hep.29189")
    page.get_by_role("searchbox").fill("外泌体")
    page.locator(".search-results a, [role=option]").first.click()
    expect(page).not_to_have_url(re.compile("/parallel/"))


# The counterpart of one paragraph


@pytest.mark.parametrize(
    ("prefix", "lang", "word"), [("", "en", "randomised"), ("en/", "zh-Hans", "随机对照")]
)
def test_a_button_shows_the_paragraph_in_the_other_language(
    page: Page, served_site: str, prefix: str, lang: str, word: str
):
    page.goto(f"{served_site}/{prefix}{ARTICLE}")
    page.locator(f"[id='{BLOCK}']").hover()
    expect(show_button(page)).to_have_attribute("aria-expanded", "false")
    show_button(page).click()
    shown = page.locator(".counterpart")
    expect(shown).to_have_attribute("lang", lang)
    expect(shown).to_contain_text(word)
    expect(show_button(page)).to_have_attribute("aria-expanded", "true")
    assert page.locator(f"[id='{BLOCK}'] + .counterpart").count() == 1
    assert page.evaluate(
        "() => { const ids = [...document.querySelectorAll('[id]')].map((e) => e.id);"
        " return ids.length === new Set(ids).size }"
    )
    show_button(page).click()
    expect(shown).to_have_count(0)


def test_escape_closes_what_was_opened_and_gives_the_focus_back(page: Page, served_site: str):
    page.goto(f"{served_site}/{ARTICLE}")
    page.locator(f"[id='{BLOCK}']").hover()
    show_button(page).click()
    page.locator(".counterpart a").first.focus()
    page.keyboard.press("Escape")
    expect(page.locator(".counterpart")).to_have_count(0)
    expect(show_button(page)).to_be_focused()
    expect(show_button(page)).to_have_attribute("aria-expanded", "false")


def test_its_links_lead_where_they_led_on_their_page(page: Page, served_site: str):
    page.goto(f"{served_site}/{ARTICLE}")
    page.locator("#top-p1").hover()
    show_button(page).click()
    expect(page.locator(".counterpart")).to_be_visible()
    links = page.locator(".counterpart a").evaluate_all("links => links.map((link) => link.href)")
    assert f"{served_site}/en/sources/feng2023/overview/" in links
    assert f"{served_site}/en/{ARTICLE}#ref-feng2023" in links


def test_the_other_page_is_fetched_once_and_only_when_asked_for(page: Page, served_site: str):
    fetched: list[str] = []
    page.on(
        "request", lambda request: fetched.append(request.url) if f"/en/{ARTICLE}" in request.url else None
    )
    page.goto(f"{served_site}/{ARTICLE}")
    for block in ("top-p1", "top-p2", BLOCK):
        page.locator(f"[id='{block}']").hover()
        assert len(fetched) == (block != "top-p1")
        show_button(page).click()
        expect(show_button(page)).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".counterpart")).to_have_count(3)
    assert len(fetched) == 1


def test_where_nothing_can_be_fetched_the_button_leads_to_the_parallel_page(page: Page, built_site: Path):
    page.goto((built_site / ARTICLE / "index.html").as_uri())
    page.locator(f"[id='{BLOCK}']").hover()
    show_button(page).click()
    expect(page).to_have_url((built_site / "parallel" / ARTICLE / "index.html").as_uri() + f"#{BLOCK}")


def test_a_paragraph_that_the_other_page_lacks_is_said_to_be_missing(page: Page, served_site: str):
    def without(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace(f'id="{BLOCK}"', ""))

    page.route(f"**/en/{ARTICLE}", without)
    page.goto(f"{served_site}/{ARTICLE}")
    page.locator(f"[id='{BLOCK}']").hover()
    show_button(page).click()
    expect(page.locator(".counterpart")).to_have_text(
        "The English page has nothing that corresponds to this."
    )


# By keyboard and by touch


def test_the_tools_are_one_stop_of_the_tab_key_from_which_arrows_reach_every_block(
    page: Page, served_site: str
):
    page.goto(f"{served_site}/{ARTICLE}")
    page.locator("article .md-content__button").focus()
    page.keyboard.press("Tab")
    if page.evaluate("document.activeElement.matches('.headerlink')"):
        page.keyboard.press("Tab")
    # The first block holds links of its own; behind them stand the tools.
    for _ in range(6):
        if page.evaluate("document.activeElement.closest('[role=toolbar]') !== null"):
            break
        page.keyboard.press("Tab")
    expect(show_button(page)).to_be_focused()
    first = show_button(page).get_attribute("aria-label")
    page.keyboard.press("ArrowRight")
    expect(copy_button(page)).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowLeft")
    expect(show_button(page)).to_be_focused()
    assert show_button(page).get_attribute("aria-label") != first
    expect(show_button(page)).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator(".counterpart[lang=en]")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".counterpart")).to_have_count(0)


def test_the_tools_come_to_the_block_with_the_focus(page: Page, served_site: str):
    page.goto(f"{served_site}/{ARTICLE}")
    page.locator("#cite-lin2017").focus()
    expect(page.locator(f"[id='{BLOCK}'] [role=toolbar]")).to_have_count(1)
    page.keyboard.press("Tab")
    expect(show_button(page)).to_be_focused()


def test_a_tap_shows_the_tools(browser: Browser, served_site: str):
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True)
    page = context.new_page()
    page.goto(f"{served_site}/{ARTICLE}#{BLOCK}")
    page.locator(f"[id='{BLOCK}']").tap(position={"x": 20, "y": 10})
    show_button(page).tap()
    expect(page.locator(".counterpart")).to_contain_text("randomised")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()


def test_the_words_of_the_tools_are_no_text_of_the_block(page: Page, served_site: str):
    page.goto(f"{served_site}/{ARTICLE}")
    block = page.locator(f"[id='{BLOCK}']")
    before = block.inner_text()
    block.hover()
    expect(block.locator("[role=toolbar]")).to_have_count(1)
    assert block.inner_text().strip() == before.strip()


# The address of a paragraph


@pytest.fixture
def clipboard(browser: Browser, served_site: str) -> Iterator[Page]:
    """A page that may write to the clipboard and read it."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=served_site)
    yield context.new_page()
    context.close()


def test_a_copied_address_lands_on_the_highlighted_block_in_both_languages(clipboard: Page, served_site: str):
    page = clipboard
    page.goto(f"{served_site}/{ARTICLE}?filter=x#top")
    page.locator(f"[id='{BLOCK}']").hover()
    copy_button(page).click()
    expect(page.locator(".block-status")).to_have_text("此段的链接已复制")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{served_site}/{ARTICLE}#{BLOCK}"
    plain_color = "getComputedStyle(document.querySelector('#top-p1')).backgroundColor"
    for address in (copied, copied.replace(ARTICLE, f"en/{ARTICLE}")):
        page.goto("about:blank")
        page.goto(address)
        block = page.locator(f"[id='{BLOCK}']")
        expect(block).to_be_in_viewport()
        assert block.evaluate("block => getComputedStyle(block).backgroundColor") != page.evaluate(
            plain_color
        )


def test_a_block_is_highlighted_on_the_parallel_page_and_when_a_script_sets_the_address(
    page: Page, served_site: str
):
    page.goto(f"{served_site}/parallel/{ARTICLE}#{BLOCK}")
    outline = "block => getComputedStyle(block).outlineStyle"
    assert page.locator(f"[id='{BLOCK}']").evaluate(outline) == "solid"
    page.evaluate("location.hash = 'liver-failure-table-html1'")
    assert page.locator("#liver-failure-table-html1").evaluate(outline) == "solid"
    assert page.locator(f"[id='{BLOCK}']").evaluate(outline) == "none"


def test_where_the_clipboard_is_refused_the_address_bar_gets_the_address_and_the_page_says_so(
    page: Page, served_site: str
):
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('refused'))")
    page.goto(f"{served_site}/en/{ARTICLE}")
    page.locator(f"[id='{BLOCK}']").hover()
    copy_button(page).click()
    expect(page.get_by_role("status").filter(has_text="Could not copy")).to_be_visible()
    expect(page).to_have_url(f"{served_site}/en/{ARTICLE}#{BLOCK}")


# Pages that nobody wrote


@pytest.mark.parametrize(("path", "has_tools"), [("references/lin2017/", 0), ("studies/lin2017/", 1)])
def test_generated_pages_have_no_parallel_page(page: Page, served_site: str, path: str, has_tools: int):
    page.goto(f"{served_site}/{path}")
    expect(page.locator(".parallel-link")).to_have_count(0)
    expect(tools(page)).to_have_count(has_tools)


def hover_near_the_end(page: Page) -> None:
    # The tools stand at the end of a block that is higher than the window: a pointer in its middle would be
    # over another block when the window has been scrolled to them.
    page.locator("#characteristics-html1 tr").nth(-4).hover()


def test_the_tables_of_a_record_have_counterparts_too(page: Page, served_site: str):
    page.goto(f"{served_site}/studies/lin2017/")
    hover_near_the_end(page)
    show_button(page).click()
    expect(page.locator("#characteristics-html1 + .counterpart")).to_contain_text("Characteristics")
    expect(copy_button(page)).to_be_visible()


def test_without_a_parallel_page_the_button_leads_to_the_other_page(page: Page, built_site: Path):
    page.goto((built_site / "studies/lin2017/index.html").as_uri())
    hover_near_the_end(page)
    show_button(page).click()
    expect(page).to_have_url(
        (built_site / "en/studies/lin2017/index.html").as_uri() + "#characteristics-html1"
    )


# From disk


@pytest.mark.parametrize(
    ("start", "link", "end"),
    [
        (f"parallel/{ARTICLE}", ".language-switch [lang=en]", f"en/{ARTICLE}"),
        (f"parallel/{ARTICLE}", f"[id='{BLOCK}'] .parallel-links [lang=en]", f"en/{ARTICLE}"),
        (f"parallel/{ARTICLE}", "#en-top-p1 a[href*=overview]", "en/sources/feng2023/overview/"),
        (f"en/{ARTICLE}", ".language-switch .parallel-link", f"parallel/{ARTICLE}"),
        (f"en/{ARTICLE}", ".md-logo", "en/"),
        ("en/studies/", "article table a[href*=lin2017]", "en/studies/lin2017/"),
    ],
)
def test_a_link_in_a_copy_on_disk_opens_the_page_and_no_list_of_files(
    page: Page, built_site: Path, start: str, link: str, end: str
):
    page.goto((built_site / start / "index.html").as_uri())
    page.locator(link).first.click()
    expect(page).to_have_url(re.compile(re.escape((built_site / end).as_uri()) + r"/index\.html(#.*)?$"))


def test_an_article_is_loaded_with_few_requests(page: Page, served_site: str):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{served_site}/{ARTICLE}")
    page.wait_for_load_state("networkidle")
    assert len([url for url in asked if not url.endswith("favicon.svg")]) <= 8
