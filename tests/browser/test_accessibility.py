"""Reading otherwise: with keys alone, with large letters, with a screen reader."""

from __future__ import annotations

from importlib.resources import files

import pytest
from playwright.sync_api import Browser, Page, expect

AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")

# One of each kind of page; both languages have the same templates.
PAGES = (
    "",
    "topics/liver-failure/",
    "sources-compared/",
    "en/studies/",
    "studies/lin2017/",
    "en/figures/",
    "en/bibliography/",
    "references/lin2012/",
    "en/glossary/",
    "coverage/",
    "en/status/",
    "parallel/topics/safety/",
    "404.html",
)

# The last entries of a list are made as the first are: axe need not look at hundreds.
LISTS = "article, tbody, .glossary, .glossary > section, ol, .site-nav ul ul"
SHORTEN = """lists => {
  for (const list of document.querySelectorAll(lists)) {
    [...list.children].slice(list.matches("article") ? 25 : 3).forEach((entry) => entry.remove());
  }
}"""

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WHAT_COLOUR_AND_WIDTH_CHANGE = {"type": "rule", "values": ["color-contrast", "target-size"]}
VIOLATIONS = """async (runOnly) => {
  const { violations } = await axe.run({ runOnly, resultTypes: ["violations"], preload: false });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}"""


def violations(page: Page, rules: object = STANDARDS) -> list[str]:
    """What axe-core finds: rules and elements. Most of the page is gone afterwards."""
    page.evaluate(SHORTEN, LISTS)
    page.evaluate(AXE)
    return [str(found) for found in page.evaluate(VIOLATIONS, rules)]


@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing_on_each_kind_of_page(page: Page, served_site: str, address: str):
    page.goto(f"{served_site}/{address}")
    assert violations(page) == []


@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing_on_each_kind_of_page_in_the_dark_and_on_a_phone(
    page: Page, served_site: str, address: str
):
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{served_site}/{address}")
    assert violations(page, WHAT_COLOUR_AND_WIDTH_CHANGE) == []


def test_axe_finds_nothing_in_what_opens_over_a_page(page: Page, served_site: str):
    page.goto(f"{served_site}/en/topics/safety/")
    page.get_by_role("toolbar").get_by_role("button").first.press("Enter")
    expect(page.locator(".counterpart")).to_be_visible()
    page.locator("article a.term").first.focus()
    expect(page.locator(".citation-card")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("searchbox").fill("liver")
    expect(page.locator(".search-results a").first).to_be_visible()
    assert violations(page) == []
    page.set_viewport_size({"width": 360, "height": 800})
    page.keyboard.press("Escape")
    page.locator(".menu-button").click()
    expect(page.get_by_role("link", name="Bibliography").first).to_be_visible()
    assert violations(page) == []


# With keys alone

FOCUS = """() => {
  const element = document.activeElement;
  if (element === document.body) return null;
  const across = [0.1, 0.5, 0.9];
  const points = [...element.getClientRects()].flatMap(({ left, top, width, height }) =>
    across.flatMap((x) => across.map((y) => [left + x * width, top + y * height])));
  const ring = getComputedStyle(element.closest(".site-search__field") ?? element);
  return {
    name: element.outerHTML.slice(0, 120),
    isSeen: points.some(([x, y]) => {
      const seen = document.elementFromPoint(x, y);
      return seen && (element.contains(seen) || seen.contains(element));
    }),
    hasRing: ring.outlineStyle !== "none" && parseFloat(ring.outlineWidth) >= 2,
  };
}"""


@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
@pytest.mark.parametrize(
    ("address", "width"), [("topics/safety/", 1280), ("en/studies/lin2017/", 360), ("en/downloads/", 360)]
)
def test_what_has_the_focus_is_seen_and_marked_on_the_whole_way_through_a_page(
    page: Page, served_site: str, address: str, width: int, key: str
):
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(f"{served_site}/{address}")
    # Cards belong to the mark that has the focus and go with it, a moment later.
    page.add_style_tag(content=".citation-card { display: none }")
    for stop in range(400):
        page.keyboard.press(key)
        focus = page.evaluate(FOCUS)
        if focus is None:
            break
        assert focus["isSeen"], f"stop {stop} is hidden: {focus['name']}"
        assert focus["hasRing"], f"stop {stop} is not marked: {focus['name']}"
    assert stop > 30


def test_the_navigation_of_narrow_windows_is_a_matter_of_keys_too(page: Page, served_site: str):
    page.set_viewport_size({"width": 360, "height": 700})
    page.goto(f"{served_site}/en/topics/safety/")
    button = page.get_by_role("button", name="Navigation")
    link = page.get_by_role("navigation", name="Navigation").get_by_role("link", name="Safety and harms")
    expect(link).to_be_hidden()
    button.focus()
    page.keyboard.press("Enter")
    expect(link).to_be_in_viewport()
    expect(link).to_have_attribute("aria-current", "page")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#site-nav') !== null")
    page.keyboard.press("Escape")
    expect(link).to_be_hidden()
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect(link).to_be_visible()
    page.locator("#site-nav a").last.focus()
    page.keyboard.press("Tab")
    expect(link).to_be_hidden()


def test_the_navigation_needs_no_script(browser: Browser, served_site: str):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 700})
    page = context.new_page()
    page.goto(f"{served_site}/en/")
    page.get_by_role("button", name="Navigation").click()
    page.get_by_role("link", name="Bibliography").first.click()
    expect(page).to_have_url(f"{served_site}/en/bibliography/")
    context.close()


# Room: 320 CSS pixels are a window of 1280 at 400 % (WCAG 2.2, 1.4.10).


@pytest.mark.parametrize("address", PAGES)
def test_a_page_at_400_percent_is_not_wider_than_its_window(page: Page, served_site: str, address: str):
    page.set_viewport_size({"width": 320, "height": 256})
    page.goto(f"{served_site}/{address}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("address", ["", "en/topics/safety/", "parallel/topics/safety/", "en/bibliography/"])
@pytest.mark.parametrize("width", [360, 1280])
def test_letters_of_twice_the_size_have_room(page: Page, served_site: str, address: str, width: int):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{served_site}/{address}")
    page.add_style_tag(content="html { font-size: 250% !important }")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_tools_that_come_to_a_block_change_nothing_of_the_page(page: Page, served_site: str):
    page.goto(f"{served_site}/en/sources-compared/")
    table = page.locator("#trials-table1")
    look = "table => [getComputedStyle(table).display, getComputedStyle(table).fontSize]"
    before = page.evaluate("document.documentElement.scrollHeight"), table.evaluate(look)
    for block in ("#top-p1", "#trials-table1", "#trials-p1"):
        page.locator(block).hover()
        expect(page.locator(f"{block} + .block-tools, {block} > .block-tools")).to_have_css("opacity", "1")
        assert (page.evaluate("document.documentElement.scrollHeight"), table.evaluate(look)) == before
