"""Terms on pages: a card says what a word means, a link leads to its entry."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

ARTICLE = "topics/fibrosis/"


def test_a_card_with_both_names_and_the_meaning_opens_on_hover_and_focus(page: Page, served_site: str):
    page.goto(f"{served_site}/en/{ARTICLE}")
    term = page.locator("a.term", has_text="hepatic stellate cell").first
    card = page.locator(".citation-card")
    term.hover()
    expect(card).to_be_visible()
    expect(card).to_contain_text("hepatic stellate cell (HSC)")
    expect(card.locator("[lang=zh-Hans]")).to_have_text("肝星状细胞")
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    term.focus()
    expect(card).to_be_visible()
    term.press("Enter")
    expect(page).to_have_url(re.compile("/en/glossary/#glossary-hepatic-stellate-cell$"))


def test_no_card_is_loaded_before_a_reader_turns_to_a_term(page: Page, served_site: str):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{served_site}/{ARTICLE}", wait_until="networkidle")
    assert not [url for url in asked if url.endswith("cards.js")]
    page.locator("a.term").first.hover()
    expect(page.locator(".citation-card")).to_be_visible()
    page.locator("a.term").nth(1).hover()
    assert len([url for url in asked if url.endswith("cards.js")]) == 1


def test_a_copy_opened_from_disk_has_the_cards_too(page: Page, built_site: Path):
    page.goto((built_site / ARTICLE / "index.html").as_uri())
    page.locator("a.term").first.hover()
    expect(page.locator(".citation-card")).to_be_visible()


def test_a_tap_opens_the_card_and_a_second_one_follows_the_link(browser: Browser, served_site: str):
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True)
    page = context.new_page()
    page.goto(f"{served_site}/{ARTICLE}")
    term = page.locator("a.term").first
    term.tap()
    expect(page.locator(".citation-card")).to_be_visible()
    assert "glossary" not in page.url
    term.tap()
    expect(page).to_have_url(re.compile("/glossary/#glossary-"))
    context.close()
