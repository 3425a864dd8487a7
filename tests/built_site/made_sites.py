"""Small built sites for the tests: a clean bilingual one, and ways to put one thing wrong in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

SITE_URL = "https://tea.example/book/"
CHINESE = "白茶的萎凋是一道缓慢的工序，叶片在竹匾上摊开，水分慢慢散去，香气随之形成，前后要用两天两夜。"
ENGLISH = (
    "Withering is a slow step: the leaves lie spread on bamboo trays, lose their water little by little and"
    " gain their scent, which takes two days and two nights in a room that is neither too warm nor too dry,"
    " as the makers of white tea have always said to those who came to learn it."
)

Files = Mapping[str, str]


def make_page(
    path: str,
    body: str = "",
    *,
    head: str = "",
    lang: str = "",
    text: str = "",
    alternates: Sequence[tuple[str, str]] | None = None,
    canonical: str | None = None,
) -> str:
    """A page as a generator would write it, right in every respect; ``path`` is its address."""
    is_english = path.startswith("en/")
    name = path.removeprefix("en/")
    lang = lang or ("en" if is_english else "zh-Hans")
    if alternates is None:
        alternates = (("zh-Hans", name), ("en", f"en/{name}"), ("x-default", name))
    up = "../" * path.count("/")
    own = "en/" if is_english else ""
    links = "\n".join(
        f'<link rel="alternate" hreflang="{tag}" href="{SITE_URL}{address}">' for tag, address in alternates
    )
    switch = " ".join(
        f'<a hreflang="{tag}" href="{up or "./"}{address}">{tag}</a>'
        for tag, address in alternates
        if address != path and tag != "x-default"
    )
    return f"""<!doctype html>
<html lang="{lang}">
<head><meta charset="utf-8"><title>{name or "home"}</title>
<link rel="canonical" href="{SITE_URL}{path if canonical is None else canonical}">
{links}
<link rel="stylesheet" href="{up}assets/style.css">
{head}</head>
<body>
<nav><a href="{up or "./"}{own}">home</a> <a href="{up}{own}guide/">guide</a> {switch}</nav>
<main><h1 id="title">{name}</h1>
<p>{text or (ENGLISH if is_english else CHINESE)}</p>
{body}
</main>
</body>
</html>
"""


def make_sitemap(*paths: str) -> str:
    """A sitemap of these addresses."""
    return (
        "<urlset>\n" + "\n".join(f"<url><loc>{SITE_URL}{path}</loc></url>" for path in paths) + "\n</urlset>"
    )


NOT_FOUND_PAGE = """<!doctype html>
<html lang="zh-Hans"><head><title>404</title><link rel="stylesheet" href="/book/assets/style.css"></head>
<body><p><a href="/book/">回到首页</a></p></body></html>
"""

CLEAN: Files = {
    "index.html": make_page("", '<img src="assets/leaf.png" alt="leaf"> <a href="guide/#title">guide</a>'),
    "guide/index.html": make_page("guide/"),
    "en/index.html": make_page("en/"),
    "en/guide/index.html": make_page("en/guide/"),
    "404.html": NOT_FOUND_PAGE,
    "assets/style.css": "main { margin: 0 }",
    "assets/leaf.png": "png",
    "sitemap.xml": make_sitemap("", "guide/", "en/", "en/guide/"),
}
"""Two pages in two languages."""


def write_site(directory: Path, files: Files) -> Path:
    """Put files on disk; ``CLEAN | {...}`` changes or adds some of the clean site."""
    for file, text in files.items():
        path = directory / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return directory
