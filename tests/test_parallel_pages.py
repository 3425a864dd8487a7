"""Pages with two languages side by side: made from finished HTML, of invented content."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.built_site import check_built_directory
from macros.finishing import finish_site
from macros.html_tree import Element, apply_edits, parse_html
from macros.locales import Locale
from macros.parallel_pages import Side, render_parallel_page, write_parallel_pages
from macros.site import Site

ZH = Locale(code="zh", lang="zh-Hans", name="中文", is_default=True)
EN = Locale(code="en", lang="en", name="English")
URLS = {"zh": "brewing/steps/", "en": "en/brewing/steps/"}
PAGES = {
    f"{code}/{page}": "# T {#top}\n" for code in ("zh", "en") for page in ("index", "brewing/steps", "works")
}

FRAME = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><title>Old title</title>
<link rel="canonical" href="https://tea.example/brewing/steps/">
<link rel="alternate" hreflang="en" href="https://tea.example/en/brewing/steps/">
<link rel="alternate" type="text/html" href="https://tea.example/parallel/brewing/steps/">
<link rel="prev" href="../../"><link rel="stylesheet" href="../../assets/tea.css"></head>
<body dir="ltr"><header><a href="../..">Home</a>
<nav class="language-switch" aria-label="Language"><span aria-current="true">x</span></nav>
<search data-index="../../search/zh/" data-root="../../"></search></header>
<div class="md-sidebar md-sidebar--primary"><a href="../../works/">Works</a></div>
<div class="md-sidebar md-sidebar--secondary"><a href="#heat">Heat</a></div>
<article class="md-typeset"><a class="md-content__button" href="https://code.example/">edit</a>
{article}
</article>
<footer><a href="../../works/">Next</a></footer>
<script src="../../assets/site.js" defer></script>
<script src="../../assets/blocks.js" defer data-single-language></script></body></html>"""


def page(lang: str, article: str) -> str:
    return FRAME.format(lang=lang, article=article)


Parallel = Callable[..., str]


@pytest.fixture
def site(make_site) -> Site:
    return make_site(PAGES)


@pytest.fixture
def parallel(site: Site) -> Parallel:
    """A function (Chinese article, English article) → HTML of the parallel page."""

    def render(zh: str, en: str) -> str:
        sides = [Side(ZH, URLS["zh"], page("zh-Hans", zh)), Side(EN, URLS["en"], page("en", en))]
        return render_parallel_page(site, "brewing/steps", sides)

    return render


def rows(html: str) -> list[str]:
    """The HTML of each row."""
    return [
        html[element.inner_start : element.inner_end]
        for element in parse_html(html).walk()
        if "parallel-row" in element.classes
    ]


def cells(row: str) -> list[str]:
    """The HTML of each cell of a row, without the white space around it."""
    return [
        row[element.inner_start : element.inner_end].strip()
        for element in parse_html(row).walk()
        if "parallel-cell" in element.classes
    ]


def ids(html: str) -> list[str]:
    return [element.id for element in parse_html(html).walk() if element.id]


TABLE = (
    '<div id="heat-html1"><div class="table-wrapper"><table id="t"><tr><td>1</td></tr></table></div></div>'
)

ZH_ARTICLE = f"""<h1 id="top">步骤<a class="headerlink" href="#top">¶</a></h1>
<p id="top-p1">水。<a href="#heat" id="cite-a">一</a></p>
<h2 id="heat">加热</h2>
<ul><li id="heat-li1">壶</li><li id="heat-li2">杯</li></ul>
{TABLE}"""
EN_ARTICLE = f"""<h1 id="top">Steps<a class="headerlink" href="#top">¶</a></h1>
<p id="top-p1">Water.<a href="#heat" id="cite-a">1</a></p>
<h2 id="heat">Heating</h2>
<ul><li id="heat-li1">pot</li><li id="heat-li2">cup</li></ul>
{TABLE}"""


def test_counterparts_stand_in_one_row_each_in_its_language(parallel: Parallel):
    html = parallel(ZH_ARTICLE, EN_ARTICLE)
    assert [len(cells(row)) for row in rows(html)] == [2] * 5
    assert [re.sub("<[^>]*>", "", cell) for cell in cells(rows(html)[0])] == ["步骤", "Steps"]
    assert ['lang="zh-Hans"' in row and 'lang="en"' in row for row in rows(html)] == [True] * 5


def test_no_id_is_there_twice_and_every_id_of_a_page_leads_to_its_row(parallel: Parallel):
    html = parallel(ZH_ARTICLE, EN_ARTICLE)
    assert len(ids(html)) == len(set(ids(html)))
    assert {"top", "top-p1", "heat", "heat-li1", "heat-li2", "cite-a", "t"} <= set(ids(html))
    assert 'id="heat"' not in rows(html)[2]
    assert 'id="zh-heat"' in rows(html)[2]
    assert 'id="en-heat"' in rows(html)[2]


def test_an_id_that_looks_like_a_prefixed_one_stays_unique(parallel: Parallel):
    zh = '<p id="a">一<b id="b">二</b><b id="en-b">三</b></p>'
    en = '<p id="a">1<b id="b">2</b></p>'
    html = parallel(zh, en)
    assert len(ids(html)) == len(set(ids(html)))


def test_links_within_a_page_stay_in_their_column(parallel: Parallel):
    zh, en = cells(rows(parallel(ZH_ARTICLE, EN_ARTICLE))[1])
    assert 'href="#zh-heat"' in zh
    assert 'href="#en-heat"' in en
    assert 'id="cite-a"' in zh
    assert 'id="en-cite-a"' in en


UP = "../../../"


@pytest.mark.parametrize(
    ("mark_up", "zh", "en"),
    [
        ('<a href="../kinds/#oolong">x</a>', f"{UP}brewing/kinds/#oolong", f"{UP}en/brewing/kinds/#oolong"),
        ('<a href="../../works/">x</a>', f"{UP}works/", f"{UP}en/works/"),
        ('<img src="pot.png" alt="x">', f"{UP}brewing/steps/pot.png", f"{UP}en/brewing/steps/pot.png"),
        ('<a href="https://t.example/?a=1&amp;b=2">x</a>', "https://t.example/?a=1&amp;b=2", None),
        ('<a href="/rooted/">x</a>', "/rooted/", None),
        ('<a href="mailto:tea@tea.example">x</a>', "mailto:tea@tea.example", None),
    ],
)
def test_addresses_lead_to_the_page_of_their_own_language(
    parallel: Parallel, mark_up: str, zh: str, en: str | None
):
    paragraph = f'<p id="a">{mark_up}</p>'
    both = cells(rows(parallel(paragraph, paragraph))[0])
    assert [re.findall('(?:href|src)="([^"]*)"', cell) for cell in both] == [[zh], [en or zh]]


def test_a_link_out_of_the_language_of_the_frame_says_so(parallel: Parallel):
    paragraph = '<p id="a"><a href="../kinds/">x</a> <a href="https://tea.example/">y</a></p>'
    zh, en = cells(rows(parallel(paragraph, paragraph))[0])
    assert "hreflang" not in zh
    assert en.count('hreflang="en"') == 1


def test_a_block_of_one_language_stands_beside_a_notice_in_the_other(parallel: Parallel):
    html = parallel('<p id="a">甲</p>\n<p id="c">丙</p>', '<p id="a">A</p>\n<p id="b">B</p>\n<p id="c">C</p>')
    assert [re.findall('<p id="en-(.)', row) for row in rows(html)] == [["a"], ["b"], ["c"]]
    zh, en = cells(rows(html)[1])
    assert zh == '<p class="parallel-missing">中文页面没有与此对应的段落。</p>'
    assert ">B</p>" in en
    assert 'href="../../../brewing/steps/#b"' not in html
    assert 'href="../../../en/brewing/steps/#b"' in html


def test_a_block_that_was_moved_is_paired_once(parallel: Parallel):
    html = parallel('<p id="a">甲</p><p id="b">乙</p>', '<p id="b">B</p><p id="a">A</p>')
    assert [cells(row) for row in rows(html)] == [
        ['<p id="zh-a">甲</p>', '<p id="en-a">A</p>'],
        ['<p id="zh-b">乙</p>', '<p id="en-b">B</p>'],
    ]


def test_a_mark_that_a_block_is_behind_stands_in_the_row_of_the_block(parallel: Parallel):
    of_page = '<p class="behind">全 <a href="../status/">s</a></p>'
    mark = '<p class="behind">旧</p>'
    zh = f'<h1 id="top">步骤</h1>{of_page}{mark}{TABLE}<p id="a">甲</p>{mark}<pre id="c">x</pre>'
    en = f'<h1 id="top">Steps</h1>{TABLE}<p id="a">A</p><pre id="c">x</pre>'
    html = parallel(zh, en)
    assert [len(cells(row)) for row in rows(html)] == [2] * 4
    assert [re.findall('class="behind">(.)', row) for row in rows(html)] == [["全"], ["旧"], [], ["旧"]]
    assert re.findall('<div class="parallel-row[^>]*>', html) == [
        '<div class="parallel-row" id="top">',
        '<div class="parallel-row parallel-row--wide" id="heat-html1">',
        '<div class="parallel-row" id="a">',
        '<div class="parallel-row" id="c">',
    ]
    assert "parallel-missing" not in html
    assert 'href="../../../brewing/status/"' in html


def test_a_mark_behind_the_last_block_is_kept(parallel: Parallel):
    html = parallel('<p id="a">甲</p><p class="behind">旧</p>', '<p id="a">A</p>')
    assert [re.findall('class="behind">(.)', row) for row in rows(html)] == [["旧"]]


def test_blocks_without_an_id_are_paired_by_what_stands_before_them(parallel: Parallel):
    html = parallel('<p id="a">甲</p><hr><p id="b">乙</p>', '<hr><p id="a">A</p><hr><p id="b">B</p>')
    assert [re.findall("<hr>|<p id", row) for row in rows(html)] == [
        ["<hr>"],
        ["<p id", "<p id"],
        ["<hr>", "<hr>"],
        ["<p id", "<p id"],
    ]


def test_every_row_links_to_itself_and_to_both_versions(parallel: Parallel):
    row = rows(parallel(ZH_ARTICLE, EN_ARTICLE))[3]
    links = re.findall('<a href="([^"]*)"[^>]*aria-label="([^"]+)"', row)
    assert [href for href, _ in links] == [
        "#heat-li1",
        "../../../brewing/steps/#heat-li1",
        "../../../en/brewing/steps/#heat-li1",
    ]
    assert len({label for _, label in links}) == 3


def test_raw_html_keeps_its_references(parallel: Parallel):
    raw = """<div id="raw"><svg viewBox="0 0 9 9" aria-labelledby="name"><title id="name">leaf</title>
<path id="leaf" d="M0 0"/><use href="#leaf"/><rect fill="url(#leaf)"/></svg><p>left open
<p>again<img srcset="a.png 1x, b.png 2x" alt="">
<label for="r">r</label><input type="radio" id="r" name="kind">
<span style="background: url(leaf.png)">x</span></div>
<p id="after">after</p>"""
    html = parallel(raw, raw)
    assert len(rows(html)) == 2
    _, en = cells(rows(html)[0])
    assert 'aria-labelledby="en-name"' in en
    assert 'href="#en-leaf"' in en
    assert '<rect fill="url(#en-leaf)"/></svg>' in en
    assert 'srcset="../../../en/brewing/steps/a.png 1x, ../../../en/brewing/steps/b.png 2x"' in en
    assert "url(../../../en/brewing/steps/leaf.png)" in en
    assert 'for="en-r"' in en
    assert 'name="en-kind"' in en
    assert len(ids(html)) == len(set(ids(html)))


def test_what_only_scripts_show_and_what_edits_is_left_out(parallel: Parallel):
    html = parallel('<p id="a">甲</p><form hidden><input id="x"></form>', '<p id="a">A</p>')
    for word in ("<form", "md-content__button", "headerlink", "blocks.js", "md-sidebar--secondary"):
        assert word not in html
    assert 'src="../../../assets/site.js"' in html


def test_a_table_of_data_is_given_the_whole_width(parallel: Parallel):
    html = parallel(ZH_ARTICLE, EN_ARTICLE)
    assert re.findall('class="parallel-row([^"]*)"', html) == ["", "", "", "", " parallel-row--wide"]


def test_a_folded_table_is_not(parallel: Parallel):
    folded = f'<figure id="f"><details>{TABLE}</details></figure>'
    assert "parallel-row--wide" not in parallel(folded, folded)


def test_the_frame_is_that_of_the_default_language(parallel: Parallel):
    html = parallel(ZH_ARTICLE, EN_ARTICLE)
    assert '<html lang="zh-Hans">' in html
    assert '<link rel="canonical" href="https://tea.example/brewing/steps/">' in html
    assert 'rel="alternate"' not in html
    assert 'rel="prev"' not in html
    assert "<title>T – 中英对照 / Side by side</title>" in html
    assert 'href="../../../assets/tea.css"' in html
    assert 'data-index="../../../search/zh/"' in html
    assert '<body dir="ltr" class="parallel-page">' in html


def test_the_switch_leads_to_both_pages_and_the_footer_to_the_next_parallel_page(parallel: Parallel):
    html = parallel(ZH_ARTICLE, EN_ARTICLE)
    switch = html[html.index("language-switch") : html.index("</nav>")]
    assert re.findall('href="([^"]*)"', switch) == ["../../../brewing/steps/", "../../../en/brewing/steps/"]
    assert '<footer><a href="../../works/">' in html
    assert '<a href="../../../works/">Works</a>' in html


# Which pages


def build(site: Site, directory: Path, article: str = '<h1 id="top">T</h1><p id="top-p1">x</p>') -> None:
    """Write every page of a site as if it had been built."""
    for locale, page_id in site.all_page_ids():
        path = directory / site.url(page_id, locale) / "index.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page("zh-Hans" if locale == "zh" else "en", article), "utf-8")


def test_a_page_in_one_language_has_no_parallel_page(make_site, tmp_path: Path):
    site = make_site({"zh/index": "# T {#top}\n", "en/index": "# T {#top}\n", "zh/only": "# T {#top}\n"})
    assert site.parallel_url("index") == "parallel/"
    assert site.parallel_url("only") == ""
    build(site, tmp_path)
    write_parallel_pages(tmp_path, site)
    assert sorted(path.parent.name for path in tmp_path.glob("parallel/**/index.html")) == ["parallel"]


def test_parallel_pages_are_in_neither_the_sitemap_nor_the_search(site: Site, tmp_path: Path):
    build(site, tmp_path)
    finish_site(tmp_path, site, {})
    assert (tmp_path / "parallel" / "brewing" / "steps" / "index.html").exists()
    written = [tmp_path / "sitemap.xml", *tmp_path.glob("search/**/*.js")]
    assert len(written) > 2
    assert not [path for path in written if "parallel" in path.read_text("utf-8")]


# The check of built sites

HOME = "https://tea.example/"
TEXT = "<p>白茶的萎凋是一道缓慢的工序，叶片在竹匾上摊开，水分慢慢散去，香气随之形成，前后要用两天两夜。</p>"
OWN = '<link rel="canonical" href="{home}"><link rel="alternate" type="text/html" href="{home}parallel/">'


def check(directory: Path, head: str, view_head: str, listed: tuple[str, ...] = ("",)) -> set[str]:
    """The rules that a home page, a second page at parallel/ and their sitemap break."""
    (directory / "parallel").mkdir()
    for path, links in (("index.html", head), ("parallel/index.html", view_head)):
        (directory / path).write_text(
            f'<!doctype html><html lang="zh"><head><title>t</title>{links.format(home=HOME)}</head>'
            f'<body><a href="{HOME}">home</a><a href="{HOME}parallel/">parallel</a>{TEXT}</body></html>',
            "utf-8",
        )
    entries = "".join(f"<url><loc>{HOME}{path}</loc></url>" for path in listed)
    (directory / "sitemap.xml").write_text(f"<urlset>{entries}</urlset>", "utf-8")
    return {problem.rule for problem in check_built_directory(directory, site_url=HOME)}


def test_a_view_that_its_page_names_may_name_that_page_as_canonical(tmp_path: Path):
    assert check(tmp_path, OWN, '<link rel="canonical" href="{home}">') == set()


def test_a_canonical_link_to_a_page_that_knows_nothing_of_it_is_still_wrong(tmp_path: Path):
    own = '<link rel="canonical" href="{home}">'
    assert check(tmp_path, own, own) == {"canonical-is-own-url", "sitemap-lists-pages"}


def test_a_page_named_as_a_view_that_does_not_agree_counts_for_itself(tmp_path: Path):
    own = '<link rel="canonical" href="{home}parallel/">'
    assert check(tmp_path, OWN, own) == {"sitemap-lists-pages"}


def test_a_view_does_not_belong_in_the_sitemap(tmp_path: Path):
    rules = check(tmp_path, OWN, '<link rel="canonical" href="{home}">', listed=("", "parallel/"))
    assert rules == {"sitemap-lists-pages"}


# The tree


def check_places(element: Element) -> None:
    place = element.inner_start
    for child in element.children:
        assert place <= child.start <= child.inner_start <= child.inner_end <= child.end
        place = child.end
        check_places(child)
    assert place <= element.inner_end


PIECES = (
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<br>",
    "<li>",
    "</ul>",
    "<path/>",
    "<svg>",
    "</svg>",
    "<!--x-->",
    "x",
)


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_every_element_lies_within_its_parent_whatever_was_left_open(text: str):
    root = parse_html(text)
    check_places(root)
    assert apply_edits(text, [], 0, len(text)) == text


def test_a_paragraph_that_was_left_open_ends_before_the_next_block():
    root = parse_html("<p>one<p>two<h2>three</h2></div><p>four")
    assert [child.tag for child in root.children] == ["p", "p", "h2", "p"]
