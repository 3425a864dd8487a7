"""Making findings about addresses, alike for all rules."""

from __future__ import annotations

from urllib.parse import unquote

from macros.built_site.model import Finding, Pointer
from macros.problems import Severity


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
        message=f'{pointer.use.element} "{pointer.use.url}" {message}',
        hint=hint,
        severity=severity,
        about=about,
        search_for=search_terms(pointer.use.url),
        is_shared=pointer.use.is_shared,
    )


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
