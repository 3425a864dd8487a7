"""Generated pages: pages that no author wrote, made from references and records."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneratedPage:
    """A page in one language, ready for Markdown."""

    id: str
    locale: str
    title: str
    description: str
    markdown: str
    source: str
    """``file:line`` of what it was made from."""
    citekey: str = ""
    """Of the reference that the page describes to programs; empty for other pages."""
    text_locale: str = ""
    """The language of the text, where it is not that of the page."""
