"""The language switch on many pages: the reader keeps the paragraph, and the choice is kept for her."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

PAGES = (
    "",
    "patients/",
    "how-to-read/",
    "sources-compared/",
    "about/",
    "figures/",
    "downloads/",
    "topics/cells/",
    "topics/homing/",
    "topics/fibrosis/",
    "topics/exosomes/",
    "topics/high-dose/",
    "topics/routes-and-doses/",
    "topics/liver-failure/",
    "topics/safety/",
    "sources/feng2023/mechanisms/",
    "sources/feng2023/clinical-research/",
    "sources/feng2023/problems/",
    "sources/exosome-redifferentiation/",
    "studies/lin2017/",
)
DEPTHS = (0.2, 0.5, 0.8)
TOLERANCE = 80
"""CSS pixels, from the issue that asked for the switch."""

READING = """
() => {
  const edge = document.querySelector(".md-header").getBoundingClientRect().bottom;
  const tops = {};
  for (const block of document.querySelectorAll("article [id]")) {
    tops[block.id] = block.getBoundingClientRect().top;
  }
  return { edge, tops, y: scrollY };
}
"""


def scroll_to(page: Page, share: float) -> None:
    page.evaluate(
        "share => scrollTo({ behavior: 'instant',"
        " top: share * (document.documentElement.scrollHeight - innerHeight) })",
        share,
    )


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("address", PAGES)
def test_at_any_depth_the_switch_keeps_the_block_and_back_returns(
    browser: Browser, served_site: str, address: str, width: int
):
    context = browser.new_context(viewport={"width": width, "height": 740})
    page = context.new_page()
    page.goto(f"{served_site}/{address}")
    for share in DEPTHS:
        scroll_to(page, share)
        before = page.evaluate(READING)
        page.locator("[data-language-link][lang=en]").first.click()
        page.wait_for_url(f"{served_site}/en/{address}**")
        page.wait_for_load_state("load")
        block = page.url.partition("#")[2]
        assert block, "a reader in the middle of a page must not be sent to its top"
        after = page.evaluate(READING)
        is_last_screen = after["y"] + 740 >= page.evaluate("document.documentElement.scrollHeight") - 1
        assert abs(after["tops"][block] - before["tops"][block]) <= TOLERANCE or is_last_screen
        page.go_back()
        page.wait_for_url(f"{served_site}/{address}**")
        page.wait_for_load_state("load")
        assert abs(page.evaluate(READING)["y"] - before["y"]) <= TOLERANCE
    context.close()


def test_the_language_chosen_last_is_pointed_out_and_nobody_is_redirected(page: Page, served_site: str):
    page.goto(f"{served_site}/")
    expect(page.locator("[data-language-link].is-chosen")).to_have_count(0)
    page.locator("[data-language-link][lang=en]").first.click()
    page.wait_for_url(f"{served_site}/en/**")
    expect(page.locator("[data-language-link].is-chosen")).to_have_count(0)
    page.goto(f"{served_site}/patients/")
    expect(page).to_have_url(f"{served_site}/patients/")
    expect(page.locator("[data-language-link].is-chosen")).to_have_attribute("lang", "en")
