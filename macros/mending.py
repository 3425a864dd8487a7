"""Mending: what the checks of prose find, put right in the files of the site.

What may be changed, and that nothing else is, is decided in ``macros.prose.fixing``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from macros.checks.prose import data_sources, prose_styles
from macros.files import write_file
from macros.prose import Change, fix_data, fix_page
from macros.site import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class MendedFile:
    """A file in which something can be mended."""

    path: Path
    file: str
    """Path relative to the site's folder, with forward slashes."""
    text: str
    """As it should be."""
    changes: tuple[Change, ...]


def mend_prose(site: Site) -> Iterator[MendedFile]:
    """Every page and file of data that can be mended; nothing is written."""
    styles = prose_styles(site)
    for page in site.pages.values():
        text, changes = fix_page(page, styles[page.locale])
        if changes:
            path = site.settings.root / page.source.file
            yield MendedFile(path=path, file=page.source.file, text=text, changes=tuple(changes))
    for path, source in data_sources(site):
        text, changes = fix_data(source, styles)
        if changes:
            yield MendedFile(path=path, file=source.file, text=text, changes=tuple(changes))


def write_mended(mended: MendedFile) -> None:
    """Write a mended file, with the line ends that it had."""
    line_end = "\r\n" if b"\r\n" in mended.path.read_bytes() else "\n"
    write_file(mended.path, mended.text.replace("\n", line_end).encode())


def format_change(file: str, change: Change) -> str:
    """One line for people: place, rule, and the words before and after.

    >>> change = Change(line=3, column=9, rule="no-double-space", before="green  tea", after="green tea")
    >>> format_change("docs/en/tea.md", change)
    'docs/en/tea.md:3:9: “green  tea” → “green tea” [no-double-space]'
    """
    before, after = (text.replace("\n", "⏎") for text in (change.before, change.after))
    return f"{file}:{change.line}:{change.column}: “{before}” → “{after}” [{change.rule}]"
