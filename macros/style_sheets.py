"""Style sheets: one file a site, without what no page of it can use.

A theme's styles are made for every site that may use the theme; most readers of one site wait for rules
that fit nothing there. Rules are left out whose selectors name a class or an id that stands in no page and
no script, then custom properties that nothing reads. Whatever is not understood is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from macros.files import write_file

_STRING = r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'"
_COMMENT = r"/\*.*?\*/"
_TOKEN = re.compile(rf"{_COMMENT}|{_STRING}|url\([^\"')]*\)|[{{}};]|[^{{}};\"'/u]+|.", re.S)
_CLASS_OR_ID = re.compile(r"[.#]((?:[\w-]|[^\x00-\x7f]|\\.)+)")
_NOT_NEEDED = re.compile(rf"{_STRING}|:(?:not|is|where|has)\((?:[^()]|\([^()]*\))*\)|\[[^\]]*\]")
_LINK = re.compile(
    r"<link\b(?=[^>]*\srel=[\"']?stylesheet\b)[^>]*\shref=[\"']?"
    r"(?P<root>[^\"'\s>]*?)(?P<path>assets/[^\"'\s>]+\.css)[^>]*>\s*"
)
_ASKS_FOR_FILES = re.compile(r"@import|url\(\s*(?![\"']?(?:data:|#))")
_WORD = re.compile(r"[\w-]+")
_ATTRIBUTE = re.compile(r"\s(?:class|id)=(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+))")
_CUSTOM_PROPERTY = re.compile(rf"(--[\w-]+)\s*:((?:{_STRING}|url\([^\"')]*\)|[^;\"'])*)(?:;|$)")
_READ = re.compile(r"var\(\s*(--[\w-]+)")
_GROUPS = ("@media", "@supports", "@layer", "@container")


@dataclass(frozen=True, slots=True)
class _Rule:
    """A statement (``body`` is None), or a prelude with what stands between its braces."""

    prelude: str
    body: str | None = None


def merge_style_sheets(directory: Path) -> None:
    """Put one trimmed sheet in the place of those that the pages of a built site link.

    A sheet that asks for other files by relative addresses is left as it is, for it would not find them.
    """
    pages = {path: path.read_text("utf-8") for path in sorted(directory.rglob("*.html"))}
    names = dict.fromkeys(match["path"] for page in pages.values() for match in _LINK.finditer(page))
    sheets = {name: (directory / name).read_text("utf-8") for name in names if (directory / name).is_file()}
    merged = {name: sheet for name, sheet in sheets.items() if not _ASKS_FOR_FILES.search(sheet)}
    scripts = (path.read_text("utf-8") for path in sorted(directory.glob("assets/*.js")))
    read = {name for page in pages.values() for name in _READ.findall(page)}
    sheet = trim_style_sheets(merged.values(), find_words(pages.values(), scripts), read).encode()
    target = f"assets/style.{crc32(sheet):08x}.css"
    write_file(directory / target, sheet)
    for path, page in pages.items():
        write_file(path, _link_once(page, merged, target).encode())
    for name in merged:
        for leftover in (directory / name, directory / f"{name}.map"):
            leftover.unlink(missing_ok=True)


def _link_once(page: str, merged: Mapping[str, str], target: str) -> str:
    """The page with its first link to a merged sheet leading to the target, and without the others."""
    is_first = True

    def replace(match: re.Match[str]) -> str:
        nonlocal is_first
        if match["path"] not in merged:
            return match[0]
        link = f'<link rel="stylesheet" href="{match["root"]}{target}">' if is_first else ""
        is_first = False
        return link

    return _LINK.sub(replace, page)


def find_words(pages: Iterable[str], scripts: Iterable[str]) -> frozenset[str]:
    """The classes and ids of pages, and every word of scripts, which may set classes."""
    words: set[str] = set()
    for page in pages:
        for values in _ATTRIBUTE.findall(page):
            words.update(" ".join(values).split())
    for script in scripts:
        words.update(_WORD.findall(script))
    return frozenset(words)


def trim_style_sheets(sheets: Iterable[str], words: Set[str], read: Set[str] = frozenset()) -> str:
    """The sheets as one, in their order, without rules for classes and ids that are not among the words.

    ``read``: custom properties that pages read (``var(--paper)`` in a drawing).

    >>> trim_style_sheets(["a{color:red} .x,.y{color:blue} @media print{.x{color:black}}"], {"y"})
    'a{color:red}.y{color:blue}'
    """
    kept = "".join(_trim(sheet, words) for sheet in sheets)
    return _without_unread_properties(kept, read)


def _trim(sheet: str, words: Set[str]) -> str:
    return "".join(_trim_rule(rule, words) for rule in _parse(sheet))


def _trim_rule(rule: _Rule, words: Set[str]) -> str:
    if rule.body is None:
        return "" if rule.prelude.startswith("@charset") else f"{rule.prelude};"
    if rule.prelude.startswith(_GROUPS):
        body = _trim(rule.body, words)
        return f"{rule.prelude}{{{body}}}" if body else ""
    if rule.prelude.startswith("@"):
        return f"{rule.prelude}{{{rule.body}}}"
    kept = [selector for selector in _split_selectors(rule.prelude) if _may_fit(selector, words)]
    return f"{','.join(kept)}{{{rule.body}}}" if kept and rule.body else ""


def _parse(sheet: str) -> Iterator[_Rule]:
    prelude: list[str] = []
    body: list[str] = []
    depth = 0
    for match in _TOKEN.finditer(sheet):
        token = match[0]
        if token.startswith("/*"):
            continue
        if token == "{":
            depth += 1
        if token == "}":
            depth -= 1
        if depth == 0 and token in ("}", ";"):
            written = "".join(prelude).strip()
            if token == "}":
                yield _Rule(written, _squeeze("".join(body[1:])))
            elif written:
                yield _Rule(written)
            prelude, body = [], []
        else:
            (body if depth else prelude).append(token)


def _squeeze(body: str) -> str:
    return re.sub(r"\s*\n\s*", " ", body).strip()


def _split_selectors(prelude: str) -> list[str]:
    """The selectors of a list; commas within brackets divide nothing.

    >>> _split_selectors("a:is(b,c), d")
    ['a:is(b,c)', 'd']
    """
    selectors, depth, start = [], 0, 0
    for place, character in enumerate(prelude):
        depth += (character in "([") - (character in ")]")
        if character == "," and not depth:
            selectors.append(prelude[start:place].strip())
            start = place + 1
    return [*selectors, prelude[start:].strip()]


def _may_fit(selector: str, words: Set[str]) -> bool:
    """Whether all classes and ids that an element must have are among the words."""
    needed = _CLASS_OR_ID.findall(_NOT_NEEDED.sub("", selector))
    return all(re.sub(r"\\(.)", r"\1", name) in words for name in needed)


def _without_unread_properties(sheet: str, by_pages: Set[str]) -> str:
    """Without the custom properties that nothing reads, until those that only they read are gone too."""
    read = by_pages | set(_READ.findall(sheet))
    while True:
        sheet = _drop_properties(sheet, read)
        still_read = by_pages | set(_READ.findall(sheet))
        if still_read == read:
            return sheet
        read = still_read


def _drop_properties(sheet: str, read: Set[str]) -> str:
    written = []
    for rule in _parse(sheet):
        if rule.body is None:
            written.append(f"{rule.prelude};")
            continue
        if rule.prelude.startswith(_GROUPS):
            body = _drop_properties(rule.body, read)
        else:
            body = _CUSTOM_PROPERTY.sub(lambda match: match[0] if match[1] in read else "", rule.body)
        if body:
            written.append(f"{rule.prelude}{{{body}}}")
    return "".join(written)
