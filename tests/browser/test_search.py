"""The search of the header, in a real browser, on a small site of invented pages.

The site is opened from a server and from disk. Its pages carry the real partial template, script
and style sheets, and those of Material, so that colours and room are the ones that readers get.
"""

from __future__ import annotations

import functools
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import jinja2
import material
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Locator, Page, Route, expect

from macros.search_index import SearchPage, build_search_index, needed_terms, title_key, write_search_index

ROOT = Path(__file__).resolve().parents[2]
MATERIAL_STYLES = Path(material.__file__).parent / "templates" / "assets" / "stylesheets"

LABELS = {
    "zh": {
        "search.placeholder": "搜索",
        "search.label": "搜索本站",
        "search.submit": "开始搜索",
        "search.results": "找到 {n} 条结果",
        "search.none": "没有找到结果",
        "search.also": "同时搜索了：",
        "search.clear": "清除",
        "search.close": "关闭",
        "search.failed": "搜索没有加载成功",
    },
    "en": {
        "search.placeholder": "Search",
        "search.label": "Search this site",
        "search.submit": "Start the search",
        "search.results": "{n} results",
        "search.none": "Nothing found",
        "search.also": "Also searched: ",
        "search.clear": "Clear",
        "search.close": "Close",
        "search.failed": "The search could not be loaded",
    },
}
SYNONYMS = [
    ("乌龙茶", "oolong tea", "wulong"),
    ("渥堆", "pile fermentation"),
    ("儿茶素", "catechin"),
    ("半发酵", "semi-fermented"),
]
FILLER = "<h2 id='more'>其他</h2><p>" + "杯壶水火山云雨风石木金土竹花草叶根茎果实。" * 30 + "</p>"

PAGES = {
    "zh": {
        "": ("茶叶手册", "<p id='intro'>这里讲茶树和制茶。</p>"),
        "oolong/": (
            "乌龙茶",
            "<p>乌龙茶是半发酵茶。</p><h2 id='withering'>萎凋</h2><p>鲜叶在<em>日</em>光下萎凋，再进行摇青。"
            "茶多酚氧化酶的活性升高。</p>",
        ),
        "puer/": (
            "普洱茶",
            "<p>普洱茶要经过渥堆。</p><h2 id='piling'>渥堆的湿度</h2><p>堆内湿度为 73.2%。</p>",
        ),
        "catechins/": ("茶多酚", "<p>儿茶素是茶多酚的主体，EGCG 最多。乌龙茶也含儿茶素。</p>" + FILLER),
        "odd/": (
            "引号与尖括号",
            "<p>写作 &lt;img src=x onerror=alert(1)&gt; 和 “constructor” 也无妨。</p>"
            "<h2 id='bold'>&lt;b&gt;粗体&lt;/b&gt;</h2><p>题目里也有。</p>",
        ),
    },
    "en": {
        "en/": ("Tea handbook", "<p id='intro'>About tea plants and making tea.</p>"),
        "en/oolong/": (
            "Oolong tea",
            "<p>Oolong tea is half fermented.</p><h2 id='withering'>Withering</h2>"
            "<p>Leaves wither in the sun. Café owners store Camellia-sinensis leaves.</p>",
        ),
        "en/puer/": ("Pu'er tea", "<p>Pu'er tea needs pile fermentation; catechins are lost.</p>"),
    },
}


def render_page(locale: str, url: str, title: str, body: str) -> str:
    """A page with Material's header around the search, as theme/partials/header.html puts it."""
    base_url = "/".join([".."] * url.count("/")) or "."
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(ROOT / "theme"), autoescape=True)
    partial = environment.get_template("partials/search.html")
    search = partial.render(base_url=base_url, page_locale=locale, labels=LABELS[locale])
    styles = "".join(f'<link rel="stylesheet" href="{base_url}/assets/{name}">' for name in STYLES)
    return f"""<!doctype html>
<html lang="{"zh-Hans" if locale == "zh" else "en"}"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width,initial-scale=1">{styles}
<script src="{base_url}/assets/search.js" defer></script></head>
<body data-md-color-scheme="default" data-md-color-primary="teal"><header class="md-header">
<nav class="md-header__inner md-grid"><a class="md-header__button md-logo" href="#">茶</a>
<div class="md-header__title"><span class="md-ellipsis">茶叶手册 Tea handbook</span></div>
{search}</nav></header>
<main><article class="md-typeset"><h1 id="top">{title}<a class="headerlink" href="#top">¶</a></h1>{body}
<p><label>Note <input id="note"></label></p></article></main></body></html>"""


STYLES = [path.name for path in sorted(MATERIAL_STYLES.glob("*.css"))] + ["reference-site.css", "search.css"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The invented site."""

    directory: Path
    server: str

    def http(self, url: str) -> str:
        """Address of a page on the server."""
        return f"{self.server}/{url}"

    def file(self, url: str) -> str:
        """Address of a page on disk."""
        return (self.directory / url / "index.html").as_uri()


def write_index(directory: Path, locale: str, pages: dict[str, tuple[str, str]]) -> None:
    """Write the index of one language, of finished pages."""
    finished = [SearchPage(url, render_page(locale, url, *page)) for url, page in pages.items()]
    write_search_index(build_search_index(finished, SYNONYMS), directory / "search" / locale)


class _Handler(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: pytest's output is read by people."""


@contextmanager
def serve_site(directory: Path) -> Iterator[Site]:
    """Write the invented site and serve it."""
    (directory / "assets").mkdir()
    for path in MATERIAL_STYLES.glob("*.css"):
        (directory / "assets" / path.name).write_bytes(path.read_bytes())
    for name in ("reference-site.css", "search.css", "search.js"):
        (directory / "assets" / name).write_bytes((ROOT / "theme" / "assets" / name).read_bytes())
    for locale, pages in PAGES.items():
        for url, page in pages.items():
            (directory / url).mkdir(exist_ok=True, parents=True)
            (directory / url / "index.html").write_text(render_page(locale, url, *page), encoding="utf-8")
        write_index(directory, locale, pages)
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Handler, directory=directory))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Site(directory=directory, server=f"http://127.0.0.1:{server.server_port}")
    server.shutdown()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The invented site, for tests that leave it as it is."""
    with serve_site(tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture
def own_site(tmp_path: Path) -> Iterator[Site]:
    """The invented site, for a test that changes it."""
    with serve_site(tmp_path) as site:
        yield site


def box(page: Page) -> Locator:
    """Where a reader types."""
    return page.get_by_role("searchbox")


def results(page: Page) -> Locator:
    """The links that a search shows."""
    return page.get_by_role("search").get_by_role("listitem").get_by_role("link")


def status(page: Page) -> Locator:
    """What is read out to readers who do not see the list."""
    return page.get_by_role("search").get_by_role("status")


def ask(page: Page, query: str) -> None:
    """Type a query and wait for its answer."""
    box(page).fill("")
    expect(status(page)).to_have_text("")
    box(page).fill(query)
    expect(status(page)).not_to_have_text("")


def titles(page: Page) -> list[str]:
    """Titles of the results, in order."""
    return results(page).all_inner_texts()


# Finding


@pytest.mark.parametrize("opened", [Site.http, Site.file], ids=["from a server", "from disk"])
def test_any_part_of_two_han_characters_is_found_and_its_link_leads_there(
    page: Page, site: Site, opened: Callable[[Site, str], str]
):
    page.goto(opened(site, "catechins/"))
    ask(page, "多酚氧")
    assert titles(page) == ["萎凋"]
    results(page).first.click()
    expect(page).to_have_url(re.compile(r"/oolong/(index\.html)?#withering$"))
    expect(page.get_by_role("heading", name="萎凋")).to_be_in_viewport()


TEXT_OF_WITHERING = "鲜叶在日光下萎凋，再进行摇青"


def test_no_part_of_a_text_is_ever_missed(page: Page, site: Site):
    page.goto(site.http(""))
    text = TEXT_OF_WITHERING.split("，")[0]
    for length in (2, 5):
        for start in range(len(text) - length + 1):
            ask(page, text[start : start + length])
            assert "萎凋" in titles(page), text[start : start + length]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("乌龙茶", "乌龙茶"),
        ("渥堆", "渥堆的湿度"),
        ("茶多酚", "茶多酚"),
        ("萎凋", "萎凋"),
        ("EGCG", "茶多酚"),
    ],
)
def test_a_whole_word_finds_the_section_named_after_it_first(page: Page, site: Site, query: str, first: str):
    page.goto(site.http(""))
    ask(page, query)
    assert titles(page)[0] == first


def test_a_section_named_exactly_so_goes_before_a_page_whose_longer_title_has_the_word(
    page: Page, own_site: Site
):
    body = "<p>水与火。</p>"
    pages = {"a/": ("摇青与晾青", body), "b/": ("做青", f"{body}<h2 id='x'>2.1 摇青</h2>{body}")}
    write_index(own_site.directory, "zh", pages)
    page.goto(own_site.http(""))
    ask(page, "摇青")
    assert titles(page) == ["2.1 摇青", "摇青与晾青"]


def test_words_of_the_page_and_of_the_section_are_found_together(page: Page, site: Site):
    page.goto(site.http(""))
    ask(page, "普洱茶 湿度 73.2")
    assert titles(page) == ["渥堆的湿度"]


def test_a_single_character_is_found(page: Page, site: Site):
    page.goto(site.http(""))
    ask(page, "摇")
    assert titles(page) == ["萎凋"]


@pytest.mark.parametrize(
    ("locale", "query", "first", "also"),
    [
        ("zh", "oolong tea", "乌龙茶", "乌龙茶"),
        ("zh", "Oolong Teas", "乌龙茶", "乌龙茶"),
        ("zh", "pile-fermentation", "渥堆的湿度", "渥堆"),
        ("zh", "semi fermented", "乌龙茶", "半发酵"),
        ("en", "乌龙茶", "Oolong tea", "oolong tea"),
        ("en", "wulong", "Oolong tea", "oolong tea"),
        ("en", "儿茶素", "Pu'er tea", "catechin"),
    ],
)
def test_a_term_of_the_other_language_finds_the_page_in_this_one(
    page: Page, site: Site, locale: str, query: str, first: str, also: str
):
    page.goto(site.http("en/" if locale == "en" else ""))
    ask(page, query)
    assert titles(page)[0] == first
    expect(status(page)).to_contain_text(LABELS[locale]["search.also"] + also)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("leaves", "Withering"),
        ("ferment", "Oolong tea"),
        ("plant", "Tea handbook"),
        ("cafe", "Withering"),
        ("CAMELLIA sinensis", "Withering"),
        ("camellia-sinensis", "Withering"),
        ("ｏｏｌｏｎｇ", "Oolong tea"),
        ("owner", "Withering"),
        ("Oolong teas", "Oolong tea"),
    ],
)
def test_english_is_found_by_words_their_beginnings_and_without_accents(
    page: Page, site: Site, query: str, first: str
):
    page.goto(site.http("en/"))
    ask(page, query)
    assert titles(page)[0] == first


def test_results_are_only_of_the_language_of_the_page(page: Page, site: Site):
    page.goto(site.http("en/"))
    ask(page, "tea")
    assert results(page).count() >= 3
    assert all("/en/" in link for link in results(page).evaluate_all("links => links.map((a) => a.href)"))
    page.goto(site.http(""))
    ask(page, "茶")
    assert not any("/en/" in link for link in results(page).evaluate_all("links => links.map((a) => a.href)"))


@pytest.mark.parametrize(("query", "found"), [("多酚氧化铜", ["萎凋"]), ("酚氧化铜", [])])
def test_three_quarters_of_a_query_are_enough(page: Page, site: Site, query: str, found: list[str]):
    # Of the pairs 多酚 酚氧 氧化 化铜, the text lacks only the last: three of four, and two of three.
    page.goto(site.http(""))
    ask(page, query)
    assert titles(page) == found


def test_what_is_nowhere_is_said_not_to_be_found(page: Page, site: Site):
    page.goto(site.http(""))
    ask(page, "咖啡机")
    expect(status(page)).to_have_text("没有找到结果")
    expect(results(page)).to_have_count(0)


@settings(max_examples=200, deadline=None, database=None)
@given(st.data())
def test_the_script_cuts_text_as_the_index_does(script: Page, data: st.DataObject):
    alphabet = st.one_of(
        st.characters(exclude_categories=("Cs", "Cn", "Co")), st.sampled_from("肝硬化細々〇𠀀 -‑.5aàＡs")
    )
    text = data.draw(st.text(alphabet, max_size=12))
    assert script.evaluate("text => referenceSearch.termsOf(text)", text) == needed_terms(text)
    assert script.evaluate("text => referenceSearch.titleKey(text)", text) == title_key(text)


@pytest.fixture(scope="module")
def script(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A page with nothing but the search, shared because it is only asked to cut text."""
    path = tmp_path_factory.mktemp("script") / "index.html"
    path.write_text(render_page("zh", "", "茶", ""), encoding="utf-8")
    context = browser.new_context()
    page = context.new_page()
    page.goto(path.as_uri())
    page.add_script_tag(path=ROOT / "theme" / "assets" / "search.js")
    yield page
    context.close()


@pytest.mark.parametrize(
    ("base_url", "root"),
    [(".", "./"), ("../..", "../../"), ("/", "/"), ("/tea/", "/tea/"), ("/tea", "/tea/")],
)
def test_the_index_is_looked_for_on_the_own_host_on_pages_for_wrong_addresses_too(base_url: str, root: str):
    # MkDocs gives 404.html the path of the site, with its slash; "//search" would be another host.
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(ROOT / "theme"), autoescape=True)
    partial = environment.get_template("partials/search.html")
    search = partial.render(base_url=base_url, page_locale="zh", labels=LABELS["zh"])
    assert f'data-root="{root}" data-index="{root}search/zh/"' in search


# Showing


def test_a_result_shows_its_page_and_an_excerpt_with_the_words_marked(page: Page, site: Site):
    page.goto(site.http(""))
    ask(page, "萎凋 oolong tea")
    item = page.get_by_role("search").get_by_role("listitem").first
    expect(item.get_by_role("link")).to_have_text("萎凋")
    expect(item).to_contain_text("乌龙茶")
    expect(item).to_contain_text("鲜叶在日光下萎凋")
    assert set(item.locator("mark").all_inner_texts()) == {"萎凋", "乌龙茶"}


def test_an_excerpt_shows_the_place_that_matches_deep_in_a_long_text(page: Page, own_site: Site):
    start, middle = "水" * 400, "此处写着铁观音的做法。"
    write_index(own_site.directory, "zh", {"long/": ("长文", f"<p>{start}。{middle}{'火' * 400}</p>")})
    page.goto(own_site.http(""))
    ask(page, "铁观音")
    excerpt = page.get_by_role("search").get_by_role("listitem").get_by_role("paragraph")
    expect(excerpt).to_have_text(re.compile(r"^….*此处写着铁观音的做法。.*…$"))
    assert len(excerpt.inner_text()) < 160


def test_sections_with_the_words_unbroken_come_before_those_with_their_pieces(page: Page, own_site: Site):
    pieces = "<p>铁观很多，观音也多。</p>"
    pages = {"a/": ("甲", pieces), "b/": ("乙", "<p>这里说的是铁观音，别处不说。这句话只是为了长一点。</p>")}
    write_index(own_site.directory, "zh", pages)
    page.goto(own_site.http(""))
    ask(page, "铁观音")
    assert titles(page) == ["乙", "甲"]


def test_many_results_come_in_batches_as_the_reader_goes_on(page: Page, own_site: Site):
    pages = {f"p{n}/": (f"第{n}页", "<p>每页都说龙井。</p>") for n in range(35)}
    write_index(own_site.directory, "zh", pages)
    page.goto(own_site.http(""))
    ask(page, "龙井")
    expect(status(page)).to_have_text("找到 35 条结果")
    expect(results(page)).to_have_count(10)
    for _ in range(60):
        page.keyboard.press("ArrowDown")
        page.wait_for_timeout(10)
    expect(results(page)).to_have_count(35)
    assert len(set(titles(page))) == 35


def test_a_tall_window_is_filled_with_results_without_scrolling(page: Page, own_site: Site):
    pages = {f"p{n}/": (f"第{n}页", "<p>每页都说龙井。</p>") for n in range(35)}
    write_index(own_site.directory, "zh", pages)
    page.set_viewport_size({"width": 800, "height": 1600})
    page.goto(own_site.http(""))
    page.keyboard.press("/")
    ask(page, "龙井")
    last = page.get_by_role("search").get_by_role("listitem").nth(20)
    expect(last).to_be_visible()


def test_markup_in_a_query_or_in_a_page_stays_text(page: Page, site: Site):
    page.goto(site.http(""))
    asked: list[str] = []
    page.on("dialog", lambda dialog: asked.append(dialog.message))
    for query in (
        "<img src=x onerror=alert(1)>",
        '"><script>alert(1)</script> 茶',
        "a'b\"c\\d`e${1}(.*[+",
        "constructor __proto__ toString",
        "%E8%8C%B6 &lt;b&gt; 茶",
    ):
        box(page).fill(query)
        page.wait_for_timeout(250)
        assert page.locator(".site-search img, .site-search script, .site-search b").count() == 0, query
        expect(status(page)).to_have_text(re.compile("没有找到结果|找到 . 条结果"))
    for query in ("写作", "尖括号", "粗体", "题目里"):
        ask(page, query)
        assert "<" in page.get_by_role("search").get_by_role("list").inner_text(), query
        assert page.locator(".site-search img, .site-search script, .site-search b").count() == 0, query
    ask(page, "onerror")
    expect(page.get_by_role("search").get_by_role("listitem")).to_contain_text("<img src=x onerror=alert(1)>")
    ask(page, "constructor")
    assert titles(page) == ["引号与尖括号"]
    assert not asked


def test_an_address_never_starts_a_search(page: Page, site: Site):
    page.goto(site.http("?q=乌龙茶"))
    page.wait_for_timeout(250)
    expect(box(page)).to_have_value("")
    expect(results(page)).to_have_count(0)


# Loading


def test_nothing_is_loaded_before_the_reader_turns_to_the_search(page: Page, site: Site):
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url) if "/search/" in request.url else None)
    page.goto(site.http("oolong/"))
    page.wait_for_timeout(300)
    assert loaded == []
    box(page).focus()
    page.wait_for_timeout(300)
    assert [url.rpartition("/")[2] for url in loaded] == ["manifest.js"]
    assert "/search/zh/" in loaded[0]


def test_a_search_that_cannot_load_says_so_and_mends_itself(page: Page, site: Site):
    page.goto(site.http(""))
    page.route("**/search/**", lambda route: route.abort())
    ask(page, "乌龙茶")
    expect(status(page)).to_have_text("搜索没有加载成功")
    page.unroute("**/search/**")
    ask(page, "乌龙茶")
    assert titles(page)[0] == "乌龙茶"


def test_a_page_that_was_open_while_the_site_was_built_anew_finds_what_is_new(page: Page, own_site: Site):
    page.goto(own_site.http(""))
    box(page).focus()
    page.wait_for_timeout(200)
    write_index(own_site.directory, "zh", PAGES["zh"] | {"a/": ("白茶", "<p>白茶不炒不揉。</p>")})
    ask(page, "不炒不揉")
    assert titles(page) == ["白茶"]


def test_an_answer_that_comes_late_is_not_put_over_a_newer_one(page: Page, own_site: Site):
    rare = "".join(chr(0x6000 + number) for number in range(6000))
    pages = {f"p{n}/": (f"第{n}页", f"<p>{rare[n * 200 : n * 200 + 200]}</p>") for n in range(30)}
    write_index(own_site.directory, "zh", {**PAGES["zh"], **pages})
    page.goto(own_site.http(""))
    held: list[Route] = []
    page.route("**/terms-*", lambda route: route.continue_() if held else held.append(route))
    box(page).fill("萎凋")
    page.wait_for_timeout(300)
    assert held
    # The two words are in different files, or the second would have to wait for the first.
    ask(page, "普洱茶")
    assert titles(page)[0] == "普洱茶"
    held[0].continue_()
    page.wait_for_timeout(300)
    assert titles(page)[0] == "普洱茶"


def test_an_answer_that_comes_after_escape_does_not_open_the_results_again(page: Page, own_site: Site):
    page.goto(own_site.http(""))
    held: list[Route] = []
    page.route("**/terms-*", lambda route: held.insert(0, route))
    box(page).fill("萎凋")
    page.wait_for_timeout(300)
    assert held
    page.locator("article").click()
    held[0].continue_()
    page.wait_for_timeout(300)
    expect(results(page)).to_have_count(0)


def test_letters_on_their_way_to_chinese_characters_start_no_search(page: Page, site: Site):
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url) if "/terms-" in request.url else None)
    page.goto(site.http(""))
    box(page).focus()
    keyboard = page.context.new_cdp_session(page)
    keyboard.send("Input.imeSetComposition", {"text": "wei", "selectionStart": 3, "selectionEnd": 3})
    page.wait_for_timeout(300)
    expect(box(page)).to_have_value("wei")
    assert loaded == []
    keyboard.send("Input.insertText", {"text": "萎凋"})
    expect(results(page)).to_have_text(["萎凋"])


# Using it


def test_a_reader_with_a_keyboard_finds_opens_and_leaves(page: Page, site: Site):
    page.goto(site.http(""))
    page.keyboard.press("/")
    expect(box(page)).to_be_focused()
    expect(box(page)).to_have_value("")
    page.keyboard.insert_text("乌龙茶")
    expect(results(page)).to_have_count(3)
    page.keyboard.press("ArrowDown")
    expect(results(page).nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(results(page).nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(box(page)).to_be_focused()
    page.keyboard.press("Escape")
    expect(results(page)).to_have_count(0)
    expect(box(page)).to_be_focused()
    expect(box(page)).to_have_value("乌龙茶")
    page.keyboard.press("Enter")
    expect(results(page).first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(site.http("oolong/"))


def test_a_slash_typed_into_another_field_stays_there(page: Page, site: Site):
    page.goto(site.http(""))
    page.locator("#note").press("/")
    expect(page.locator("#note")).to_have_value("/")
    expect(page.locator("#note")).to_be_focused()


def test_leaving_by_tab_or_by_a_press_elsewhere_closes_the_results(page: Page, site: Site):
    page.goto(site.http(""))
    ask(page, "普洱茶")
    results(page).last.focus()
    page.keyboard.press("Tab")
    expect(results(page)).to_have_count(0)
    ask(page, "渥堆")
    page.locator("article").click()
    expect(results(page)).to_have_count(0)


def test_clearing_empties_the_field_and_the_list(page: Page, site: Site):
    page.goto(site.http(""))
    ask(page, "普洱茶")
    page.get_by_role("button", name="清除").click()
    expect(box(page)).to_have_value("")
    expect(box(page)).to_be_focused()
    expect(results(page)).to_have_count(0)


def test_every_control_has_a_name_and_the_count_is_read_out(page: Page, site: Site):
    page.goto(site.http(""))
    ask(page, "渥堆")
    expect(page.get_by_role("search", name="搜索本站")).to_be_visible()
    expect(page.get_by_role("searchbox", name="搜索本站")).to_be_visible()
    for button in page.locator(".site-search button").all():
        assert button.get_attribute("aria-label") or button.inner_text(), button.evaluate("b => b.outerHTML")
    expect(status(page)).to_have_text(re.compile(r"^找到 \d 条结果"))
    assert page.locator(".site-search [id]").count() == 1


def test_without_scripts_no_search_is_offered(browser: Browser, site: Site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.http(""))
    expect(page.locator(".site-search__input")).to_be_hidden()
    context.close()


def test_nothing_moves_in_the_header_when_the_script_starts(page: Page, site: Site):
    page.goto(site.http(""))
    before = page.locator(".site-search").bounding_box()
    page.evaluate("document.querySelector('.site-search').classList.remove('is-ready')")
    assert page.locator(".site-search").bounding_box() == before


def test_on_a_phone_the_search_opens_over_the_header_and_closes_again(page: Page, site: Site):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(site.http(""))
    expect(box(page)).to_be_hidden()
    opener = page.get_by_role("button", name="搜索本站")
    opener.click()
    expect(box(page)).to_be_focused()
    expect(opener).to_have_attribute("aria-expanded", "true")
    ask(page, "乌龙茶")
    for part in (".site-search__field", ".site-search__close", ".site-search__panel"):
        bounds = page.locator(part).bounding_box()
        assert bounds
        assert bounds["x"] >= 0
        assert bounds["x"] + bounds["width"] <= 360
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_role("button", name="关闭").click()
    expect(box(page)).to_be_hidden()
    expect(opener).to_be_focused()
    page.keyboard.press("/")
    expect(box(page)).to_be_focused()


@pytest.mark.parametrize("width", [360, 1280])
def test_everything_to_press_is_at_least_24_pixels_wide_and_high(page: Page, site: Site, width: int):
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(site.http(""))
    opener = page.get_by_role("button", name="搜索本站")
    targets = [opener.bounding_box()] if width == 360 else []
    page.keyboard.press("/")
    ask(page, "茶")
    for target in page.locator(".site-search :is(button, li, input):visible").all():
        targets.append(target.bounding_box())
    assert len(targets) > 5
    assert all(target and target["width"] >= 24 and target["height"] >= 24 for target in targets), targets


CONTRAST = """element => {
  const channels = (text) => [...text.match(/[0-9.]+/g).map(Number), 1].slice(0, 4);
  const over = ([r, g, b, a], back) => [r, g, b].map((c, at) => c * a + back[at] * (1 - a));
  const backOf = (node) => node
    ? over(channels(getComputedStyle(node).backgroundColor), backOf(node.parentElement)) : [255, 255, 255];
  const light = (colour) => colour.map((c) => c / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, at) => sum + c * [0.2126, 0.7152, 0.0722][at], 0);
  const back = backOf(element);
  const [a, b] = [light(over(channels(getComputedStyle(element).color), back)), light(back)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}"""
"""Relative luminance and contrast ratio as WCAG 2.2 defines them."""


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["default", "slate"])
def test_text_has_the_contrast_that_wcag_asks_for(page: Page, site: Site, scheme: str, width: int):
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(site.http(""))
    page.evaluate("scheme => document.body.dataset.mdColorScheme = scheme", scheme)
    page.keyboard.press("/")
    ask(page, "萎凋 oolong tea")
    results(page).first.hover()
    parts = page.locator(".site-search :is(input, button, a, p, li > span, mark):visible").all()
    assert len(parts) > 8
    for part in parts:
        assert part.evaluate(CONTRAST) >= 4.5, part.evaluate("p => p.outerHTML")


def test_focus_can_be_seen(page: Page, site: Site):
    page.goto(site.http(""))
    page.keyboard.press("/")
    ask(page, "渥堆")
    field = page.locator(".site-search__field")
    assert field.evaluate("f => parseFloat(getComputedStyle(f).outlineWidth)") >= 2
    page.keyboard.press("ArrowDown")
    item = page.get_by_role("search").get_by_role("listitem").first
    assert item.evaluate("i => parseFloat(getComputedStyle(i).outlineWidth)") >= 2
    assert item.evaluate("i => getComputedStyle(i).outlineStyle") == "solid"
