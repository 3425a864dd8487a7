"""Making findings about addresses, alike for all rules."""

from __future__ import annotations

from urllib.parse import unquote

from macros.built_site.model import Finding, Page, Pointer
from macros.problems import Severity

_LONGEST_SHOWN = 150


def finding_at(
    rule: str,
    pointer: Pointer,
    message: str,
    *,
    about: str,
    hint: str = "",
    severity: Severity = Severity.ERROR,
) -> Finding:
    """A finding about one address; ``about`` is the same wherever it leads to the same place."""
    return Finding(
        rule=rule,
        file=pointer.file,
        line=pointer.use.line,
        message=f'{pointer.use.element} "{_shorten(pointer.use.url)}" {message}',
        hint=hint,
        severity=severity,
        about=about,
        search_for=search_terms(pointer.use.url),
        is_shared=pointer.use.is_shared,
    )


def finding_in_head(
    rule: str, page: Page, line: int, message: str, *, about: str = "", hint: str = ""
) -> Finding:
    """A finding about the head of a page, which a template repeats on every page."""
    return Finding(
        rule=rule, file=page.file, line=line, message=message, hint=hint, about=about, is_shared=True
    )


def _shorten(url: str) -> str:
    """The URL as a message can show it: on one line, without a whole picture in it."""
    line = " ".join(url.split())
    return line if len(line) <= _LONGEST_SHOWN else f"{line[:_LONGEST_SHOWN]}…"


def search_terms(url: str) -> tuple[str, ...]:
    """What an author may have written for an address: the heading's id, the page, the file.

    >>> search_terms("../guide/#%E5%BD%92")
    ('#%E5%BD%92', '#归', 'guide.md', 'guide')
    """
    address, _, fragment = url.partition("#")
    name = address.partition("?")[0].rstrip("/").rpartition("/")[2]
    terms = [f"#{fragment}", f"#{unquote(fragment)}"] if fragment else []
    if name.strip("."):
        stem = unquote(name).removesuffix(".html")
        terms += [f"{stem}.md", unquote(name), name]
    return tuple(dict.fromkeys(terms))
