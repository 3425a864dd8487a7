"""What all styles of printed references share: a profile, sentences, links, pages.

A reference is a row of sentences. A style makes them (``gbt_layout``, ``vancouver_layout``), this
module closes each with a full stop and keeps the plain and the HTML form side by side. Which
profiles exist is decided in ``styles``.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape

from macros.bibliography.model import Reference, Text
from macros.bibliography.name_forms import NameForm

NOTHING = Text("", "")

_FULL_STOPS = frozenset(".?!。？！…")
_CLOSING_QUOTES = "\"'”’»」』"

_UNSAFE_IN_HREF = str.maketrans(
    {char: f"%{ord(char):02X}" for char in '<>#%"'} | dict.fromkeys(" \t\n\r", "%20")
)
_PAGE_RANGE = re.compile(r"([A-Za-z]*)([0-9]+)-\1([0-9]+)")
_DOT_AT_WORD_END = re.compile(r"\.(?=[\s<]|$)")
_DOT_INSIDE_WORDS = re.compile(r"(?<=[^\W\d_])\.(?=[^\W\d_a-z])")
_SUPPLEMENT = re.compile(r"(?:(.*\S)\s+)?(Suppl(?:ement)?\b.*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile(ABC):
    """One way to print references. The subclasses hold the marks and switches of a family of styles."""

    name: str
    """As in addresses and settings: ``gbt7714-2025``."""
    titles: Mapping[str, str]
    """As readers see it, by locale."""
    names: NameForm

    @abstractmethod
    def sentences(self, ref: Reference, *, original: Reference | None, links: bool) -> Iterator[Text]:
        """The parts of a printed reference, without the full stops between them."""


class OpenSentence(Text):
    """A sentence that gets no full stop: a following mark would become part of an address."""

    __slots__ = ()


def print_sentences(sentences: Iterable[Text]) -> Text:
    """Sentences in a row, each closed by one full stop; empty ones are left out.

    >>> print_sentences([Text("Why?", "Why?"), Text("", ""), Text("Because", "Because")]).plain
    'Why? Because.'
    """
    plain, html = [], []
    for sentence in sentences:
        if sentence.plain:
            stop = "" if isinstance(sentence, OpenSentence) or _is_closed(sentence.plain) else "."
            plain.append(sentence.plain + stop)
            html.append(sentence.html + stop)
    return Text(" ".join(plain), " ".join(html))


def _is_closed(sentence: str) -> bool:
    return sentence.rstrip(_CLOSING_QUOTES)[-1:] in _FULL_STOPS


def plain_text(text: str) -> Text:
    """A text without mark-up."""
    return Text(text, escape(text, quote=False)) if text else NOTHING


def concat(*parts: str | Text) -> Text:
    """Parts put together without anything between; strings are texts without mark-up."""
    return Text(
        "".join([part if isinstance(part, str) else part.plain for part in parts]),
        "".join([escape(part, quote=False) if isinstance(part, str) else part.html for part in parts]),
    )


def left_open(text: Text) -> OpenSentence:
    """The same text, to which no full stop will be added."""
    return OpenSentence(text.plain, text.html)


def doi_url(doi: str) -> str:
    """The address of a DOI.

    Only ``< > # % "`` and white space are encoded: older DOIs hold them
    (``10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2``) and an address may not.

    >>> doi_url("10.1000/a<1::b>2.0")
    'https://doi.org/10.1000/a%3C1::b%3E2.0'
    """
    return "https://doi.org/" + doi.translate(_UNSAFE_IN_HREF)


def link_doi(doi: str, *, links: bool) -> Text:
    """A DOI as written, linked to its address."""
    return _link(doi, doi_url(doi)) if links and doi else plain_text(doi)


def link_url(url: str, *, links: bool) -> Text:
    """An address as written, linked if it is one of the web; any other scheme stays text."""
    is_web = url[:8].lower().startswith(("http://", "https://"))
    return _link(url, url) if links and is_web else plain_text(url)


def _link(text: str, href: str) -> Text:
    return Text(text, f'<a href="{escape(href)}">{escape(text, quote=False)}</a>')


def shorten_pages(pages: str) -> str:
    """Page ranges as NLM prints them: the last page without what it shares with the first.

    Only rising ranges of numbers, with the same letters before both, are shortened, so that the whole
    range can always be read back (Citing Medicine; samples of the ICMJE).

    >>> [shorten_pages(pages) for pages in ("1040-1044", "S93-S99", "146-149, 278-279", "505-512.e1")]
    ['1040-4', 'S93-9', '146-9, 278-9', '505-512.e1']
    """
    return ", ".join(_shorten_range(part) for part in pages.split(", ")) if "-" in pages else pages


def _shorten_range(pages: str) -> str:
    match = _PAGE_RANGE.fullmatch(pages)
    if not match:
        return pages
    letters, first, last = match.groups()
    if (len(first), first) >= (len(last), last):
        return pages
    if len(first) == len(last):
        last = last[next(index for index, digit in enumerate(first) if digit != last[index]) :]
    return f"{letters}{first}-{last}"


def without_dots(title: Text) -> Text:
    """A journal's title without the dots of its abbreviations, as GB/T 7714-2025 and NLM print it.

    >>> without_dots(Text("J. Test. Sci. U.S.A.", "J. Test. Sci. U.S.A.")).plain
    'J Test Sci U S A'
    """
    if "." not in title.plain:
        return title
    return Text(_strip_dots(title.plain), _strip_dots(title.html))


def _strip_dots(text: str) -> str:
    return _DOT_AT_WORD_END.sub("", _DOT_INSIDE_WORDS.sub(" ", text))


def split_supplement(issue: str) -> tuple[str, str]:
    """An issue as printed, apart: its number and its supplement.

    >>> split_supplement("12 Suppl 7"), split_supplement("Suppl 2"), split_supplement("4")
    (('12', 'Suppl 7'), ('', 'Suppl 2'), ('4', ''))
    """
    match = _SUPPLEMENT.fullmatch(issue)
    return (match[1] or "", match[2]) if match else (issue, "")
