"""Drafts: BibTeX entries in the making, and what RIS and NBIB have in common on the way there.

Names, pages and dates of tagged formats become those of BibTeX here. Every line of the drafted text
remembers the pasted line that it comes from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from macros.bibliography.exports.bibtex import encode_html
from macros.bibliography.model import contains_han
from macros.bibliography.pasted.records import TaggedLine
from macros.problems import Problem, Severity

_PAGE: Final = re.compile(r"([A-Za-z]*)(\d+)")
_SUFFIX: Final = re.compile(r"(.+?),? (Jr|Sr|I{2,3}|IV|2nd|3rd|4th)\.?")
_INITIALS_LAST: Final = re.compile(r"(.+) ([A-Z]{1,3})")
_NO_NAME: Final = re.compile(r"others|et\.? al\.?|等", re.IGNORECASE)
_LONGEST_HAN_NAME: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftField:
    """One field, its value in LaTeX."""

    name: str
    value: str
    line: int
    """1-based, of the pasted text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One entry."""

    entry_type: str
    line: int
    """1-based, of the pasted text."""
    fields: tuple[DraftField, ...]
    """Those without a value are not written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftedText:
    """BibTeX made from tagged records."""

    text: str
    origins: tuple[int, ...]
    """For each line of the text, the line of the pasted text that it comes from."""


def write_drafts(drafts: Iterable[Draft]) -> DraftedText:
    """All drafts as one text, under citekeys that mean nothing."""
    lines: list[tuple[str, int]] = []
    for number, draft in enumerate(drafts, start=1):
        lines.append((f"@{draft.entry_type}{{record-{number},", draft.line))
        lines += [(f"  {f.name} = {{{f.value}}},", f.line) for f in draft.fields if f.value]
        lines.append(("}", draft.line))
    return DraftedText(text="\n".join(text for text, _ in lines), origins=tuple(line for _, line in lines))


def text_field(name: str, line: TaggedLine) -> DraftField:
    """A value that is text, with or without HTML's tags for raised, lowered and italic letters."""
    return DraftField(name=name, value=encode_html(line.value), line=line.line)


def raw_field(name: str, line: TaggedLine, value: str) -> DraftField:
    """A value in the form in which BibTeX has it already."""
    return DraftField(name=name, value=value, line=line.line)


def pages_field(line: TaggedLine, pages: str) -> DraftField:
    """Pages in full, with BibTeX's two hyphens."""
    return raw_field("pages", line, encode_html(expand_pages(pages)).replace("-", "--"))


def names_field(name: str, lines: Sequence[TaggedLine], *, is_truncated: bool = False) -> DraftField:
    """A list of names from lines with one name each, or with several joined by ``;`` as CNKI joins them."""
    written = [each for line in lines for each in _split_names(line.value)]
    names = [_bibtex_name(each) for each in written if not _NO_NAME.fullmatch(each)]
    others = ["others"] if is_truncated or len(names) < len(written) else []
    return DraftField(name=name, value=" and ".join([*names, *others]), line=lines[0].line if lines else 1)


def find_unclear_names(lines: Iterable[TaggedLine], file: str) -> Iterator[Problem]:
    """A warning for each name that could be a person's or an organisation's."""
    for line in lines:
        for name in filter(_is_unclear, _split_names(line.value)):
            yield Problem(
                file=file,
                line=line.line,
                rule="name-is-a-name",
                message=f'"{name}" has no comma and is read as an organisation',
                hint='write "Family, Given" for a person, and a comma at the end of an organisation',
                severity=Severity.WARNING,
            )


def expand_pages(pages: str) -> str:
    """Page ranges with the last page in full, as all our references have them.

    >>> expand_pages("539-40"), expand_pages("S6-12"), expand_pages("146-9, 278-9"), expand_pages("e1-e3")
    ('539-540', 'S6-S12', '146-149, 278-279', 'e1-e3')
    """
    return ", ".join(_expand_range(part.strip()) for part in pages.split(","))


def _expand_range(pages: str) -> str:
    first, dash, last = re.sub("[–—]", "-", pages).partition("-")
    whole, short = _PAGE.fullmatch(first), _PAGE.fullmatch(last)
    if not dash or not whole or not short or short[1] not in ("", whole[1]):
        return pages
    shared = max(len(whole[2]) - len(short[2]), 0)
    return f"{first}-{whole[1]}{whole[2][:shared]}{short[2]}"


def _split_names(value: str) -> list[str]:
    return [name.strip() for name in re.split("[;；]", value) if name.strip()]


def _bibtex_name(name: str) -> str:
    """A name as BibTeX writes it: suffix in the middle, initials apart, organisations in braces."""
    family, *rest = (part.strip() for part in re.split("[,，]", name))
    if not any(rest):
        return _bibtex_undivided_name(family, is_organisation=bool(rest))
    given, suffix = rest[0], " ".join(rest[1:])
    if match := _SUFFIX.fullmatch(given):
        given, suffix = match[1], match[2]
    parts = (family, suffix, re.sub(r"\.(?=[^\s.\-])", ". ", given))
    return ", ".join(encode_html(part) for part in parts if part)


def _bibtex_undivided_name(name: str, *, is_organisation: bool) -> str:
    if is_organisation or not (_is_one_person(name) or _INITIALS_LAST.fullmatch(name)):
        return f"{{{encode_html(name)}}}"
    if match := _INITIALS_LAST.fullmatch(name):
        initials = " ".join(f"{letter}." for letter in match[2])
        return f"{encode_html(match[1])}, {initials}"
    return encode_html(name)


def _is_one_person(name: str) -> bool:
    """Of names without a comma: Han names of up to four letters, and single words."""
    return len(name) <= _LONGEST_HAN_NAME if contains_han(name) else " " not in name


def _is_unclear(name: str) -> bool:
    is_sure = re.search("[,，]", name) or contains_han(name) or _is_one_person(name)
    return not (is_sure or _INITIALS_LAST.fullmatch(name) or _NO_NAME.fullmatch(name))
