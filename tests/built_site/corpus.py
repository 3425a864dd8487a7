"""The corpus: what goes wrong in built sites, each with a rule, and what only looks wrong.

A row is a name, the rule that must be reported and no other (None: nothing must be), and the files
that differ from the clean site. The rows follow the faults seeded in our study of link checkers;
those marked "by nothing" were found by none of the eight tools tried there.
"""

from __future__ import annotations

from typing import Any

from tests.built_site.made_sites import CHINESE, CLEAN, ENGLISH, SITE_URL, Files, make_page, make_sitemap

Row = tuple[str, str | None, Files]


def guide(**page: Any) -> Files:
    """The Chinese guide, made otherwise; see ``make_page``."""
    return {"guide/index.html": make_page("guide/", **page)}


def body(html: str) -> Files:
    """The Chinese guide with something more on it."""
    return guide(body=html)


def head(html: str) -> Files:
    """The Chinese guide with something more in its head."""
    return guide(head=html)


def link(url: str, text: str = "x") -> Files:
    """The Chinese guide with one more link."""
    return guide(body=f'<a href="{url}">{text}</a>')


def css(text: str) -> Files:
    """Another style sheet."""
    return {"assets/style.css": text}


def swap(old: str, new: str, file: str = "guide/index.html") -> Files:
    """Other words in one file of the clean site."""
    assert old in CLEAN[file]
    return {file: CLEAN[file].replace(old, new)}


def sitemap(*paths: str) -> Files:
    """A sitemap of the four clean pages and more."""
    return {"sitemap.xml": make_sitemap("", "guide/", "en/", "en/guide/", *paths)}


def more(**page: Any) -> Files:
    """One more page, for both languages, that the guide links and the sitemap lists."""
    page = {"alternates": BOTH} | page
    return {"more/index.html": make_page("more/", **page), **link("../more/"), **sitemap("more/")}


BOTH = (("zh-Hans", "more/"), ("en", "more/"), ("x-default", "more/"))
"""A page that serves both languages names itself for each."""
CHINESE_ONLY = (("zh-Hans", "more/"), ("x-default", "more/"))
STAND_IN = {
    "en/more/index.html": """<!doctype html><html lang="en"><head><title>t</title>
<meta name="robots" content="noindex"></head><body><a href="../../more/" hreflang="zh">x</a></body></html>""",
    "en/guide/index.html": make_page("en/guide/", '<a href="../more/">more</a>'),
}
LAST = tuple((tag, "last/") for tag, _ in BOTH)
REDIRECT = """<!doctype html><html lang="en"><head><link rel="canonical" href="../guide/">
<meta http-equiv="Refresh" content="0; URL = ../{0}/ "></head>
<body><a href="../{0}/">moved</a></body></html>"""
LOCALHOST = "http://localhost:8000/guide/"
SICI = "10.1000/1(98)1:1%3C1::AID-A1%3E3.0.CO;2-"

LINKS: list[Row] = [
    ("missing page", "link-resolves", link("../gone/")),
    ("missing file", "link-resolves", link("table.csv")),
    ("missing page with a query", "link-resolves", link("../gone/?a=b")),
    ("one folder too high", "link-resolves", link("../../guide/")),
    ("one folder too low", "link-resolves", link("guide/")),
    ("other case", "link-resolves", link("../Guide/")),
    ("other Unicode form", "link-resolves", link("../cafe%CC%81.txt") | {"caf\u00e9.txt": "a"}),
    ("folder without index", "link-resolves", link("../assets/")),
    ("slash behind a file", "link-resolves", link("../assets/leaf.png/")),
    ("Markdown file", "link-resolves", link("../guide.md")),
    ("base path forgotten", "link-resolves", link("/guide/")),
    ("base path forgotten in a whole URL", "link-resolves", link("https://tea.example/guide/")),
    ("base path twice", "link-resolves", link("/book/book/guide/")),
    ("whole URL of a missing page", "link-resolves", link(f"{SITE_URL}gone/")),
    ("whole URL without scheme", "link-resolves", link("//tea.example/book/gone/")),
    ("percent-encoded twice", "link-resolves", link("../%25E8%258C%25B6.txt") | {"茶.txt": "a"}),
    ("not UTF-8 when decoded", "link-resolves", link("../%B2%E8.csv")),
    ("area", "link-resolves", body('<map name="m"><area href="gone/" alt="x"></map>')),
    ("form", "link-resolves", body('<form action="../gone/"><button>go</button></form>')),
    ("formaction", "link-resolves", body('<form><button formaction="../gone/">go</button></form>')),
    ("link in an inline drawing", "link-resolves", body('<svg><a xlink:href="../gone/">x</a></svg>')),
    (
        "link in a linked drawing",
        "link-resolves",
        body('<img src="../a.svg" alt="x">')
        | {"a.svg": '<svg><style/><a href="gone/"><path d=""/></a></svg>'},
    ),
    ("noscript", "link-resolves", body('<noscript><a href="../gone/">x</a></noscript>')),
    ("rel=next", "link-resolves", head('<link rel="next" href="../gone/">')),
    (
        "JSON-LD",
        "link-resolves",
        head(f'<script type="application/ld+json">{{"url": "{SITE_URL}gone/"}}</script>'),
    ),
    (
        "feed",
        "link-resolves",
        head('<link rel="alternate" type="application/rss+xml" href="../feed.xml">')
        | {"feed.xml": f"<rss><channel><item><link>{SITE_URL}gone/</link></item></channel></rss>"},
    ),
    (
        "start page of a manifest",
        "link-resolves",
        head('<link rel="manifest" href="../a.webmanifest">') | {"a.webmanifest": '{"start_url": "gone/"}'},
    ),
    (
        "search index names a missing page (by nothing)",
        "link-resolves",
        {"search/search_index.json": '{"docs": [{"location": "gone/", "text": ""}]}'},
    ),
    (
        "relative link on the 404 page (by nothing)",
        "link-resolves",
        swap('"/book/"', '"guide/"', "404.html"),
    ),
    ("empty (by nothing)", "link-is-safe", link("")),
    ("only white space", "link-is-safe", link(" ")),
    ("javascript: (by nothing)", "link-is-safe", link("javascript:void(0)")),
    ("javascript: in disguise", "link-is-safe", link(" Java&#10;Script:void(0)")),
    ("data: page", "link-is-safe", link("data:text/html,hello")),
    ("file:", "link-is-safe", link("file:///home/me/book/guide.md")),
    ("drive letter", "link-is-safe", link("C:\\book\\guide.md")),
    ("localhost", "link-is-safe", link(LOCALHOST)),
    ("climbing above the host", "link-resolves", link("/../guide/")),
    ("loopback", "link-is-safe", link("http://127.0.0.1/guide/")),
    ("host without scheme", "link-is-safe", link("www.tea-board.example/a")),
    ("DOI without scheme", "link-is-safe", link("doi.org/10.1000/1")),
    ("misspelt scheme", "link-is-safe", link("htps://tea-board.example/")),
    ("scheme twice", "link-is-safe", link("https://https://tea-board.example/")),
    ("mail without host", "link-is-safe", link("mailto:editor")),
    ("empty image", "link-is-safe", body('<img src="" alt="x">')),
]

ANCHORS: list[Row] = [
    ("missing id on another page", "anchor-exists", link("../#gone")),
    ("missing id on this page", "anchor-exists", link("#gone")),
    ("id in other case", "anchor-exists", link("#Title")),
    ("missing id in Chinese, percent-encoded", "anchor-exists", link("#%E8%90%8E%E5%87%8B")),
    ("missing id before a text fragment", "anchor-exists", link("#gone:~:text=leaf")),
    ("missing id in a whole URL", "anchor-exists", link(f"{SITE_URL}#gone")),
    (
        "id of the other language's page",
        "anchor-exists",
        link("#dry") | {"en/guide/index.html": make_page("en/guide/", '<h2 id="dry">Dry</h2>')},
    ),
    ("symbol on the page", "anchor-exists", body('<svg><use href="#gone"/></svg>')),
    (
        "symbol in a file",
        "anchor-exists",
        body('<svg><use href="../a.svg#gone"/></svg>') | {"a.svg": '<svg><symbol id="leaf"/></svg>'},
    ),
    ("id only in a comment", "anchor-exists", body('<a href="#gone">x</a><!-- <p id="gone"> -->')),
    (
        "id only in a script",
        "anchor-exists",
        body('<a href="#gone">x</a><script>"<p id=gone>"</script>'),
    ),
    (
        "search index names a missing id (by nothing)",
        "anchor-exists",
        {"search/search_index.json": '{"docs": [{"location": "guide/#gone"}]}'},
    ),
]

ASSETS: list[Row] = [
    ("img", "asset-exists", body('<img src="../gone.png" alt="x">')),
    ("img in other case", "asset-exists", body('<img src="../assets/Leaf.png" alt="x">')),
    ("srcset", "asset-exists", body('<img srcset="../assets/leaf.png, ../gone.png 2x" alt="x">')),
    ("source srcset", "asset-exists", body('<picture><source srcset="../gone.webp 480w"></picture>')),
    ("video", "asset-exists", body('<video src="../gone.mp4"></video>')),
    ("poster", "asset-exists", body('<video poster="../gone.png"></video>')),
    ("audio source", "asset-exists", body('<audio><source src="../gone.mp3"></audio>')),
    ("track", "asset-exists", body('<video><track src="../gone.vtt"></video>')),
    ("object", "asset-exists", body('<object data="../gone.svg"></object>')),
    ("embed", "asset-exists", body('<embed src="../gone.pdf">')),
    ("iframe", "asset-exists", body('<iframe src="../gone.html"></iframe>')),
    ("input image", "asset-exists", body('<input type="image" src="../gone.png" alt="x">')),
    ("script", "asset-exists", body('<script src="../gone.js"></script>')),
    ("style sheet", "asset-exists", head('<link rel="stylesheet" href="../gone.css">')),
    ("icon", "asset-exists", head('<link rel="shortcut icon" href="../gone.ico">')),
    ("preload", "asset-exists", head('<link rel="preload" as="font" href="../gone.woff2">')),
    (
        "imagesrcset",
        "asset-exists",
        head('<link rel="preload" as="image" imagesrcset="../gone.png 2x">'),
    ),
    ("manifest", "asset-exists", head('<link rel="manifest" href="../gone.webmanifest">')),
    (
        "icon of a manifest",
        "asset-exists",
        head('<link rel="manifest" href="../a.webmanifest">')
        | {"a.webmanifest": '{"icons": [{"src": "gone.png"}]}'},
    ),
    ("style attribute", "asset-exists", body('<p style="background: url(../gone.png)">x</p>')),
    ("style element", "asset-exists", body("<style>p { background: url('../gone.png') }</style>")),
    ("url() in a style sheet", "asset-exists", css('p { background: url("gone.png") }')),
    (
        "url() that does not count from the style sheet",
        "asset-exists",
        css("p { background: url(assets/leaf.png) }"),
    ),
    ("@import", "asset-exists", css('@import "gone.css";')),
    (
        "url() in an imported style sheet",
        "asset-exists",
        css("@import url(b.css);") | {"assets/b.css": "p { background: url(gone.png) }"},
    ),
    ("image in a drawing", "asset-exists", body('<svg><image xlink:href="../gone.png"/></svg>')),
    ("drawing of symbols", "asset-exists", body('<svg><use href="../gone.svg#a"/></svg>')),
    ("og:image", "asset-exists", head(f'<meta property="og:image" content="{SITE_URL}gone.png">')),
    (
        "meta refresh",
        "asset-exists",
        head('<meta http-equiv="refresh" content="9; url=../gone/">'),
    ),
    (
        "relative style sheet on the 404 page (by nothing)",
        "asset-exists",
        swap('"/book/assets/', '"assets/', "404.html"),
    ),
    ("linked file of no bytes (by nothing)", "page-is-whole", link("../a.csv") | {"a.csv": ""}),
    ("image of no bytes", "page-is-whole", {"assets/leaf.png": ""}),
    ("image that no page names (by nothing)", "asset-is-used", {"assets/old.png": "png"}),
]

WHOLE = CLEAN["guide/index.html"]
MARK_UP: list[Row] = [
    ("id twice", "id-is-unique", body('<p id="a">1</p><p id="a">2</p>')),
    ("table in a paragraph", "html-is-nested", body("<p>1<table><tr><td>2</td></tr></table></p>")),
    ("list in a paragraph", "html-is-nested", body("<p>1<ul><li>2</li></ul></p>")),
    ("paragraph in a paragraph", "html-is-nested", body("<p>1<p>2</p></p>")),
    ("link in a link", "interactive-is-not-nested", body('<a href="../">1<a href="./">2</a></a>')),
    ("button in a link", "interactive-is-not-nested", body('<a href="../"><button>1</button></a>')),
    (
        "page cut off (by nothing)",
        "page-is-whole",
        {"guide/index.html": WHOLE.partition("</main>")[0]},
    ),
    ("quote never closed", "page-is-whole", body('<p title="x>x</p>')),
    (
        "page cut off in a tag",
        "page-is-whole",
        {"guide/index.html": WHOLE.partition("</html")[0] + '<a href="'},
    ),
    ("comment never closed", "page-is-whole", body("<!-- later")),
    ("script never closed", "page-is-whole", body("<script>a()")),
    ("event handler", "script-is-safe", body('<p onclick="a()">x</p>')),
    ("event handler in capitals", "script-is-safe", body("<p OnMouseOver=a()>x</p>")),
    ("event handler behind a slash", "script-is-safe", body("<svg/onload=a()></svg>")),
    ("base element", "script-is-safe", head('<base target="_blank">')),
    ("document in an attribute", "script-is-safe", body('<iframe srcdoc="x"></iframe>')),
]

LANGUAGES: list[Row] = [
    ("no lang", "language-is-declared", swap(' lang="zh-Hans"', "")),
    (
        "lang differs from the page's own hreflang",
        "language-is-declared",
        guide(lang="fr", text="Le thé blanc"),
    ),
    (
        "404 page in the language built last",
        "language-is-declared",
        {"404.html": CLEAN["404.html"].replace("zh-Hans", "en").replace('"/book/"', '"/book/en/"')},
    ),
    (
        "page in the folder of another language",
        "language-is-declared",
        {
            "en/guide/index.html": make_page("en/guide/", '<a href="../old.html">x</a>'),
            "en/old.html": '<html lang="zh"><head><meta name="robots" content="noindex"></head></html>',
        },
    ),
    (
        "relative hreflang",
        "hreflang-is-reciprocal",
        swap(f'hreflang="en" href="{SITE_URL}', 'hreflang="en" href="../'),
    ),
    (
        "hreflang to a missing page",
        "hreflang-is-reciprocal",
        head(f'<link rel="alternate" hreflang="fr" href="{SITE_URL}fr/guide/">'),
    ),
    (
        "hreflang not answered (by nothing)",
        "hreflang-is-reciprocal",
        {
            "en/guide/index.html": make_page(
                "en/guide/", alternates=[("en", "en/guide/"), ("zh-Hans", ""), ("x-default", "guide/")]
            )
        },
    ),
    (
        "hreflang does not name the page itself",
        "hreflang-is-reciprocal",
        more(alternates=[("en", "en/guide/"), ("zh-Hans", "guide/"), ("x-default", "more/")]),
    ),
    (
        "hreflang names a page in a third language",
        "hreflang-is-reciprocal",
        more(alternates=[*BOTH, ("fr", "")])
        | {
            "index.html": CLEAN["index.html"].replace(
                "</head>", '<link rel="alternate" hreflang="fr" href="https://tea.example/book/more/"></head>'
            )
        },
    ),
    ("no x-default", "hreflang-is-reciprocal", more(alternates=BOTH[:2])),
    ("bad hreflang tag", "hreflang-is-reciprocal", more(alternates=[*BOTH, ("zh_CN", "more/")])),
    ("unregistered hreflang tag", "hreflang-is-reciprocal", more(alternates=[*BOTH, ("cn", "more/")])),
    ("unregistered region", "hreflang-is-reciprocal", more(alternates=[*BOTH, ("en-UK", "more/")])),
    ("hreflang twice", "hreflang-is-reciprocal", more(alternates=[*BOTH, ("en", "more/")])),
    ("untranslated text under lang=zh (by nothing)", "language-matches-text", guide(text=ENGLISH)),
    (
        "untranslated text behind an empty element in its language",
        "language-matches-text",
        guide(text=f'<br lang="en">{ENGLISH}'),
    ),
    (
        "Chinese text under lang=en",
        "language-matches-text",
        {"en/guide/index.html": make_page("en/guide/", text=CHINESE)},
    ),
    (
        "Chinese page without counterpart (by nothing)",
        "page-has-counterpart",
        more(alternates=CHINESE_ONLY),
    ),
    ("page without hreflang among pages with it", "page-has-counterpart", more(alternates=[])),
    (
        "a stand-in that the page does not lead to",
        "page-has-counterpart",
        more(alternates=CHINESE_ONLY) | STAND_IN,
    ),
    ("link into the other language (by nothing)", "link-stays-in-language", link("../en/")),
]

CANONICAL = f'canonical" href="{SITE_URL}'
LISTING: list[Row] = [
    ("canonical names another page (by nothing)", "canonical-is-own-url", guide(canonical="en/guide/")),
    ("canonical is relative", "canonical-is-own-url", swap(CANONICAL, 'canonical" href="../')),
    (
        "canonical without base path",
        "canonical-is-own-url",
        swap(CANONICAL, 'canonical" href="https://tea.example/'),
    ),
    (
        "canonical with the wrong scheme",
        "canonical-is-own-url",
        swap(CANONICAL, 'canonical" href="http://tea.example/book/'),
    ),
    ("canonical to a missing page", "canonical-is-own-url", guide(canonical="gone/")),
    (
        "canonical twice",
        "canonical-is-own-url",
        head(f'<link rel="canonical" href="{SITE_URL}guide/">'),
    ),
    ("canonical missing", "canonical-is-own-url", swap('rel="canonical"', 'rel="bookmark"')),
    (
        "page missing in the sitemap (by nothing)",
        "sitemap-lists-pages",
        {"sitemap.xml": make_sitemap("", "en/", "en/guide/")},
    ),
    ("sitemap names a missing page", "sitemap-lists-pages", sitemap("gone/")),
    ("sitemap names a page twice", "sitemap-lists-pages", sitemap("guide/")),
    ("sitemap names the 404 page", "sitemap-lists-pages", sitemap("404.html")),
    (
        "sitemap names another site",
        "sitemap-lists-pages",
        swap("</urlset>", "<url><loc>https://elsewhere.example/</loc></url></urlset>", "sitemap.xml"),
    ),
    ("orphan (by nothing)", "page-is-linked", more() | guide()),
    (
        "orphans that link each other",
        "page-is-linked",
        {
            **sitemap("more/", "last/"),
            "more/index.html": make_page("more/", '<a href="../last/">x</a>', alternates=BOTH),
            "last/index.html": make_page("last/", '<a href="../more/">x</a>', alternates=LAST),
        },
    ),
    (
        "page linked only from its counterpart",
        "page-is-linked",
        {
            "more/index.html": make_page("more/"),
            "en/more/index.html": make_page("en/more/"),
            **link("../more/"),
            **sitemap("more/", "en/more/"),
        },
    ),
]

HOUSE_RULES: list[Row] = [
    ("image from elsewhere", "request-stays-on-site", body('<img src="https://cdn.example/a" alt="x">')),
    ("script from elsewhere", "request-stays-on-site", body('<script src="//cdn.example/a"></script>')),
    ("style sheet", "request-stays-on-site", head('<link rel="stylesheet" href="//fonts.example/a">')),
    ("preconnect", "request-stays-on-site", head('<link rel="preconnect" href="//fonts.example">')),
    ("font", "request-stays-on-site", css("@font-face { src: url(https://fonts.example/a.woff2) }")),
    ("form", "request-stays-on-site", body('<form action="https://list.example/join"></form>')),
    ("DOI with a full stop", "doi-link-is-right", link("https://doi.org/10.1000/tea.1.")),
    ("DOI with a bracket too many", "doi-link-is-right", link("https://doi.org/10.1000/tea.1)")),
    ("DOI without suffix", "doi-link-is-right", link("https://doi.org/10.1000")),
    ("DOI with its label", "doi-link-is-right", link("https://doi.org/doi:10.1000/tea.1")),
    ("DOI twice", "doi-link-is-right", link("https://doi.org/https://doi.org/10.1000/tea.1")),
    ("DOI with bare <>", "doi-link-is-right", link("https://doi.org/10.1000/1(98)1&lt;1::AID&gt;3.0")),
    ("DOI with bare %", "doi-link-is-right", link("https://doi.org/10.1000/100%")),
    ("DOI with bare #", "doi-link-is-right", link(f"https://doi.org/{SICI}#")),
    (
        "DOI text differs (by nothing)",
        "doi-link-is-right",
        link("https://doi.org/10.1000/tea.1", " 10.1000/tea.2 "),
    ),
    (
        "DOI text in two elements differs",
        "doi-link-is-right",
        link("https://doi.org/10.1000/tea.1", "doi:10.1000/<b>tea.2</b>"),
    ),
    ("old resolver", "doi-link-is-right", link("http://dx.doi.org/10.1000/tea.1")),
]

CONTROLS: list[Row] = [
    ("the clean site", None, {}),
    ("index.html spelt out", None, link("../index.html")),
    ("folder without slash", None, link("../guide")),
    ("root of the site without slash", None, link("/book")),
    ("path with base", None, link("/book/guide/")),
    ("whole URL of this site", None, link(f"{SITE_URL}guide/#title")),
    ("whole URL without scheme", None, link("//tea.example/book/guide/")),
    ("another site on the same host", None, link("https://tea.example/coffee/")),
    ("root of the host", None, link("https://tea.example/")),
    ("white space around", None, link(" ../\n")),
    ("query", None, link("../guide/?q=a%20b#title")),
    ("query only", None, link("?page=2")),
    ("dots in the path", None, link("./../guide/./../")),
    ("#", None, link("#")),
    ("#top", None, link("#top")),
    ("#Top", None, link("#Top")),
    ("text fragment", None, link("#:~:text=slow%20step")),
    ("text fragment behind an id", None, link("../#title:~:text=slow")),
    ("percent-encoded id in Chinese", None, body('<h2 id="萎凋">x</h2><a href="#%E8%90%8E%E5%87%8B">x</a>')),
    ("bare id in Chinese", None, body('<h2 id="萎凋">x</h2><a href="#萎凋">x</a>')),
    ("id that looks percent-encoded", None, body('<h2 id="100%25">x</h2><a href="#100%25">x</a>')),
    ("host that begins like a private one", None, link("https://10.tea-board.example/")),
    ("name and id alike", None, body('<a name="old"></a><p id="old">x</p>')),
    ("anchor by name", None, body('<a name="old"></a><a href="#old">x</a>')),
    ("page of a PDF", None, link("../a.pdf#page=3") | {"a.pdf": "pdf"}),
    ("percent-encoded file in Chinese", None, link("../assets/%E8%8C%B6.csv") | {"assets/茶.csv": "a"}),
    ("space and plus in a name", None, link("../a%20b+c.csv") | {"a b+c.csv": "a"}),
    ("mail", None, link("mailto:a@tea.example,c@tea.example?subject=x")),
    ("telephone", None, link("tel:+86-10-1")),
    ("link without href", None, body('<a id="here">x</a>')),
    ("another host", None, link("https://www.tea-board.example/a?b#c")),
    ("image in the URL itself", None, body('<img src="data:image/png;base64,AA==" alt="x">')),
    (
        "srcset with a comma in a URL",
        None,
        body('<img srcset="../assets/a,b.png 2x" alt="x">') | {"assets/a,b.png": "png"},
    ),
    ("url() in a comment", None, css("/* url(gone.png) */ p { clip-path: url(#a) }")),
    ("empty style sheet", None, css("")),
    (
        "a page that another, kept from search engines, stands in for",
        None,
        more(alternates=CHINESE_ONLY, body='<a href="../en/more/" hreflang="en">x</a>') | STAND_IN,
    ),
    ("files that hosts look for by name", None, {"favicon.ico": "i", "robots.txt": "", ".nojekyll": ""}),
    (
        "view of a drawing",
        None,
        body('<img src="../a.svg#svgView(viewBox(0,0,1,1))" alt="x">') | {"a.svg": "<svg></svg>"},
    ),
    (
        "symbol in a file",
        None,
        body('<svg><use xlink:href="../a.svg#a"/></svg>') | {"a.svg": '<svg><symbol id="a"/></svg>'},
    ),
    ("og:image on another host", None, head('<meta property="og:image" content="https://cdn.example/a">')),
    ("og:url", None, head(f'<meta property="og:url" content="{SITE_URL}guide/">')),
    (
        "JSON-LD",
        None,
        head(f'<script type="application/ld+json">{{"url": "{SITE_URL}", "name": "gone/"}}</script>'),
    ),
    ("link in a comment", None, body('<!-- <a href="gone/"> -->')),
    ("link in a script", None, body('<script>"<a href=gone/>"</script>')),
    ("link in a text area", None, body('<textarea><a href="gone/"></textarea>')),
    ("attributes that begin like others", None, body('<div data-href="gone/" data-onclick="x">x</div>')),
    (
        "same id on two pages",
        None,
        body('<p id="a">1</p>') | {"en/index.html": make_page("en/", '<p id="a">')},
    ),
    ("end tags left out", None, body("<p>1<p>2<ul><li>3<li>4</ul><table><tr><td><p>5<td>6</table>")),
    ("div in a button in a paragraph", None, body("<p>1<button><div>2</div></button></p>")),
    ("image in a link", None, body('<a href="../"><img src="../assets/leaf.png" alt="x"></a>')),
    ("button beside links", None, body('<a href="../">1</a><button>2</button><a href="./">3</a>')),
    ("frame of this site", None, more() | body('<iframe src="../more/"></iframe>')),
    (
        "Chinese title on an English page",
        None,
        {"en/guide/index.html": make_page("en/guide/", f"<blockquote>{CHINESE[:20]}</blockquote>")},
    ),
    ("Latin names and numbers on a Chinese page", None, body("<p>Camellia sinensis, 12.5 kg, 25 °C</p>")),
    (
        "fallback text that says its language",
        None,
        guide(text="尚未翻译", body=f'<div lang="en"><div>x</div>{ENGLISH * 3}</div>'),
    ),
    ("program on a Chinese page", None, body(f"<pre><code>{ENGLISH * 9}</code></pre>")),
    ("hardly any text", None, guide(text="12 34 56")),
    ("page for both languages", None, more()),
    ("lang more general than hreflang", None, guide(lang="zh")),
    ("lang more special than hreflang", None, guide(lang="zh-Hans-CN")),
    ("mail to two people", None, link("mailto:a@tea.example, c@tea.example")),
    ("counterpart link that says so", None, body('<a hreflang="en" href="../en/guide/">English</a>')),
    (
        "link to a page that is only in the other language",
        None,
        {
            **link("../en/more/"),
            "en/more/index.html": make_page(
                "en/more/",
                head='<meta name="robots" content="noindex">',
                alternates=[("en", "en/more/"), ("x-default", "en/more/")],
            ),
        },
    ),
    (
        "unlisted page with noindex",
        None,
        more(head='<meta name="robots" content="NoIndex, follow">') | sitemap(),
    ),
    ("redirect from an old address", None, {"old/index.html": REDIRECT.format("guide")}),
    (
        "page reached through a redirect",
        None,
        more() | link("../old/") | {"old/index.html": REDIRECT.format("more")},
    ),
    (
        "sitemap of sitemaps",
        None,
        {
            "sitemap.xml": f"<sitemapindex><sitemap><loc>{SITE_URL}a.xml</loc></sitemap></sitemapindex>",
            "a.xml": CLEAN["sitemap.xml"],
        },
    ),
    (
        "sitemap with translations",
        None,
        swap("</url>", f'<xhtml:link hreflang="en" href="{SITE_URL}en/"/></url>', "sitemap.xml"),
    ),
    (
        "search index",
        None,
        {"search/search_index.json": r'{"docs": [{"location": "", "text": "\"location\": \"x\""}]}'},
    ),
    (
        "DOI with encoded <>#",
        None,
        link(f"https://doi.org/{SICI}%23", "10.1000/1(98)1:1&lt;1::AID-A1&gt;3.0.CO;2-#"),
    ),
    ("DOI text in other case, with label", None, link("https://doi.org/10.1000/TEA.1", "doi: 10.1000/tea.1")),
    ("DOI text as URL", None, link("https://doi.org/10.1000/tea.1", "https://doi.org/10.1000/tea.1")),
    ("DOI behind words", None, link("https://doi.org/10.1000/tea.1", "the first report")),
    ("DOI that ends in a bracket", None, link("https://doi.org/10.1000/S0140(05)1(2)")),
    ("the DOI Foundation", None, link("https://www.doi.org/the-identifier/what-is-a-doi/")),
]

CORPUS: list[Row] = [*LINKS, *ANCHORS, *ASSETS, *MARK_UP, *LANGUAGES, *LISTING, *HOUSE_RULES, *CONTROLS]
