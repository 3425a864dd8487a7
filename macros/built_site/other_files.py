"""Reading the files beside the pages that name addresses: style sheets, and lists for machines.

Each ``parse_…`` takes the text of one file and returns what it names. Nothing is executed: addresses
that a script puts together are not seen.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape

from macros.built_site.model import OtherFile, Role, Use

SITEMAP = "sitemap.xml"
SEARCH_INDEX = "search_index.json"

_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_CSS_URL = re.compile(
    r"""url\(\s*(?:"([^"\n]*)"|'([^'\n]*)'|([^"'()\s]+))\s*\)|@import\s+(?:"([^"\n]*)"|'([^'\n]*)')""",
    re.IGNORECASE,
)
_XML_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_LOCATION = re.compile(r"<(?:\w+:)?loc>\s*([^<]*?)\s*</|<xhtml:link\b[^<>]*?\shref\s*=\s*[\"']([^\"']*)")
_FEED_ADDRESS = re.compile(
    r"<(?:link|comments|guid|guid isPermaLink=\"true\")>\s*([^<]*?)\s*</"
    r"|<(?:link|enclosure|\w+:link)\b[^<>]*?\s(?:href|url)\s*=\s*[\"']([^\"']*)"
)


def find_css_urls(text: str) -> Iterator[tuple[str, int]]:
    """Every address of a style sheet with its line; ``#id`` alone means the page and is left out.

    >>> list(find_css_urls("@import 'a.css'; p { background: url(b.png) } /* url(c.png) */"))
    [('a.css', 1), ('b.png', 1)]
    """
    if "url(" not in text and "@import" not in text:
        return
    readable = _blank(_CSS_COMMENT, text)
    for match in _CSS_URL.finditer(readable):
        url = next((group for group in match.groups() if group is not None), "")
        if not url.startswith("#"):
            yield url, text.count("\n", 0, match.start()) + 1


def find_json_urls(text: str, *keys: str) -> Iterator[tuple[str, int]]:
    """The texts that stand under some keys of a JSON text, with their lines, at any depth.

    Found without parsing the whole, since a search index is many times larger than its addresses.
    """
    pattern = re.compile(rf'"(?:{"|".join(map(re.escape, keys))})"\s*:\s*("(?:[^"\\\n]|\\.)*")')
    line, position = 1, 0
    for match in pattern.finditer(text):
        line += text.count("\n", position, match.start())
        position = match.start()
        try:
            yield json.loads(match[1]), line
        except ValueError:
            yield match[1], line


def parse_stylesheet(text: str, file: str) -> OtherFile:
    """The files that a style sheet loads."""
    uses = (Use(url=url, role=Role.ASSET, line=line, element="url()") for url, line in find_css_urls(text))
    return OtherFile(file=file, resolves_from=file, uses=tuple(uses))


def parse_manifest(text: str, file: str) -> OtherFile:
    """The icons, screenshots and start page of a web app manifest."""
    uses = [
        *_json_uses(text, "src", Role.ASSET, "manifest src"),
        *_json_uses(text, "start_url", Role.RELATED, "manifest start_url"),
    ]
    return OtherFile(file=file, resolves_from=file, uses=tuple(uses))


def parse_search_index(text: str, file: str) -> OtherFile:
    """The pages and headings of a search index as MkDocs writes it, relative to the folder above."""
    folder = file.rpartition("/")[0].rpartition("/")[0]
    return OtherFile(
        file=file,
        resolves_from=f"{folder}/index.html" if folder else "index.html",
        # An empty location is the home page.
        uses=tuple(
            Use(url=use.url or "./", role=use.role, line=use.line, element=use.element)
            for use in _json_uses(text, "location", Role.RELATED, "search entry")
        ),
    )


def parse_sitemap(text: str, file: str) -> OtherFile:
    """The pages that a sitemap lists, and the translations that it names for them (sitemaps.org)."""
    return OtherFile(
        file=file, resolves_from=file, uses=tuple(_xml_uses(text, _LOCATION, Role.LISTED, "loc"))
    )


def parse_feed(text: str, file: str) -> OtherFile:
    """The pages that an RSS or Atom feed names."""
    uses = tuple(_xml_uses(text, _FEED_ADDRESS, Role.RELATED, "feed link"))
    return OtherFile(file=file, resolves_from=file, uses=uses)


def _json_uses(text: str, key: str, role: Role, element: str) -> Iterator[Use]:
    for url, line in find_json_urls(text, key):
        yield Use(url=url, role=role, line=line, element=element)


def _xml_uses(text: str, pattern: re.Pattern[str], role: Role, element: str) -> Iterator[Use]:
    readable = _blank(_XML_COMMENT, text)
    line, position = 1, 0
    for match in pattern.finditer(readable):
        line += text.count("\n", position, match.start())
        position = match.start()
        is_translation = match[1] is None
        url = unescape(match[2] if is_translation else match[1])
        yield Use(url=url, role=role, line=line, element="xhtml:link" if is_translation else element)


def _blank(comment: re.Pattern[str], text: str) -> str:
    """The text without comments; every line keeps its number."""
    return comment.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
