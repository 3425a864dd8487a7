r"""References as BibTeX, in the conventions of our own .bib files.

Reading the result back gives the same references (``reading``); the one addition is a sentence in ``note``
about a retraction, a correction or a concern, because other programs do not know our ``status`` field.
Text is UTF-8; only what LaTeX would take for a command is escaped, and nothing in a DOI or a URL.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final

from macros.bibliography.exports.common import notice
from macros.bibliography.fields import LANGUAGES
from macros.bibliography.model import Kind, Name, Organisation, Person, Reference

_ENTRY_TYPES: Final = {
    Kind.ARTICLE: "article",
    Kind.BOOK: "book",
    Kind.CHAPTER: "incollection",
    Kind.CONFERENCE_PAPER: "inproceedings",
    Kind.DATASET: "dataset",
    Kind.PREPRINT: "preprint",
    Kind.REPORT: "report",
    Kind.STANDARD: "standard",
    Kind.THESIS: "thesis",
    Kind.WEB_PAGE: "online",
}
_PUBLISHER_FIELDS: Final = {
    Kind.REPORT: "institution",
    Kind.THESIS: "school",
    Kind.WEB_PAGE: "organization",
}
_PARTS_OF_BOOKS: Final = (Kind.CHAPTER, Kind.CONFERENCE_PAPER)
# What reference managers note for themselves: paths of their user's files, groups, time stamps.
_PRIVATE_FIELD: Final = re.compile(r"file|owner|timestamp|groups|(?:bdsk|mendeley)-.*")

_COMMANDS: Final = {"sup": "textsuperscript", "sub": "textsubscript", "i": "emph", "em": "emph"}
_LATEX_FOR_TAGS: Final = {
    **{f"<{tag}>": f"\\{command}{{" for tag, command in _COMMANDS.items()},
    **{f"</{tag}>": "}" for tag in _COMMANDS},
}
_TAG: Final = re.compile(f"({'|'.join(_LATEX_FOR_TAGS)})", re.IGNORECASE)
_SPECIAL: Final = re.compile(r"[&%#_${}\\~^\u00a0]|-(?=-)|`(?=`)|'(?=')")
_ESCAPES: Final = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "\u00a0": "~",
    # Two of these side by side would be read as a dash or a quotation mark.
    "-": "-{}",
    "`": "`{}",
    "'": "'{}",
}
_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_NEEDS_BRACES: Final = re.compile(r"[,;；、，]|\band\b|^\s*others\s*$", re.IGNORECASE)


# No such number holds a brace, and one alone would swallow the rest of the file.
_NO_BRACES = str.maketrans("", "", "{}")


def format_bibtex(refs: Iterable[Reference]) -> str:
    """All references as BibTeX entries, with an empty line between them."""
    return "\n".join(_entry(ref) for ref in refs)


def encode_latex(plain: str) -> str:
    r"""A plain text with LaTeX's special characters escaped.

    >>> encode_latex("R&D of 5% at #1_a")
    'R\\&D of 5\\% at \\#1\\_a'
    """
    return _SPECIAL.sub(lambda match: _ESCAPES.get(match[0], f"\\{match[0]}"), plain)


def encode_html(marked_up: str, *, protect_capitals: bool = False) -> str:
    r"""A text with ``<sup>``, ``<sub>`` and ``<i>`` as LaTeX; braces keep capitals on request.

    The first word needs braces only for capitals after its first letter.

    >>> encode_html("In EGCG<sup>+</sup> leaves &amp; C-grade loss", protect_capitals=True)
    'In {EGCG}\\textsuperscript{+} leaves \\& {C}-grade loss'
    """
    pieces: list[str] = []
    is_first_word = True
    for part in _TAG.split(marked_up):
        text = html.unescape(part)
        if part.lower() in _LATEX_FOR_TAGS:
            pieces.append(_LATEX_FOR_TAGS[part.lower()])
        elif protect_capitals:
            pieces.append(_encode_words(text, is_first_word))
            is_first_word = is_first_word and not _WORD.search(text)
        else:
            pieces.append(encode_latex(text))
    return "".join(pieces)


def _encode_words(text: str, starts_title: bool) -> str:
    """Escaped text in which every word with a capital stands in braces, so that no style makes it small."""
    pieces: list[str] = []
    position = 0
    for match in _WORD.finditer(text):
        word = match[0]
        looked_at = word[1:] if starts_title and not pieces else word
        is_lower = looked_at == looked_at.lower()
        pieces += [encode_latex(text[position : match.start()]), word if is_lower else f"{{{word}}}"]
        position = match.end()
    return "".join([*pieces, encode_latex(text[position:])])


def _entry(ref: Reference) -> str:
    lines = [f"  {name:<11} = {{{value}}}," for name, value in _fields(ref) if value]
    return "\n".join([f"@{_ENTRY_TYPES[ref.kind]}{{{ref.citekey},", *lines, "}"]) + "\n"


def _fields(ref: Reference) -> Iterator[tuple[str, str]]:
    yield "label", encode_latex(ref.label)
    yield "langid", language_name(ref.language)
    yield "author", _name_list(ref.authors, truncated=ref.authors_truncated)
    yield "editor", _name_list(ref.editors)
    yield "translator", _name_list(ref.translators)
    yield "title", encode_html(ref.title.html, protect_capitals=True)
    yield "titletranslation", encode_html(ref.translated_title.html) if ref.translated_title else ""
    yield from _container_fields(ref)
    yield "pages", _with_ranges(ref.pages)
    yield from _publication_fields(ref)
    yield "doi", ref.doi
    yield "url", ref.url
    yield "urldate", str(ref.accessed) if ref.accessed else ""
    yield "pmid", ref.pmid.translate(_NO_BRACES)
    yield "pmcid", ref.pmcid.translate(_NO_BRACES)
    yield "medium", "online" if ref.published_online_only else ""
    yield from _status_fields(ref)
    yield "related", ref.translation_of
    yield "relatedtype", "translationof" if ref.translation_of else ""
    yield from _other_fields(ref.extra)


def _container_fields(ref: Reference) -> Iterator[tuple[str, str]]:
    yield "booktitle" if ref.kind in _PARTS_OF_BOOKS else "journal", encode_html(ref.container.html)
    yield "fjournal", encode_html(ref.container_full.html)
    if ref.date:
        yield "date" if ref.date.month else "year", str(ref.date)
    yield "volume", _with_ranges(ref.volume)
    yield "number" if ref.kind is Kind.ARTICLE else "issue", _with_ranges(ref.issue)


def _with_ranges(numbers: str) -> str:
    """BibTeX writes the dash of a range as two hyphens."""
    return encode_latex(numbers).replace("-", "--")


def _publication_fields(ref: Reference) -> Iterator[tuple[str, str]]:
    yield "edition", encode_latex(ref.edition)
    yield "version", encode_latex(ref.version)
    yield "number", encode_latex(ref.number)
    yield "type", encode_latex(ref.genre)
    yield _PUBLISHER_FIELDS.get(ref.kind, "publisher"), encode_latex(ref.publisher)
    yield "address", encode_latex(ref.place)


def _status_fields(ref: Reference) -> Iterator[tuple[str, str]]:
    """The notice also stands in ``note``, which every BibTeX style and reference manager shows."""
    sentence = "" if notice(ref) in ref.note else notice(ref)
    yield "note", encode_latex(". ".join(text for text in (ref.note, sentence) if text))
    if ref.status:
        yield "status", ref.status.kind.value
        yield "statuschecked", ref.status.checked.isoformat()
        yield "statusnotice", encode_latex(ref.status.notice)


def _other_fields(extra: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Fields that we do not interpret, as they were written."""
    return ((name, value) for name, value in extra.items() if not _PRIVATE_FIELD.fullmatch(name))


@lru_cache
def language_name(tag: str) -> str:
    """The name of a language in ``langid``; a language that we cannot name keeps its tag.

    >>> language_name("zh"), language_name("en"), language_name("eu")
    ('chinese', 'english', 'eu')
    """
    return next((name for name, known in LANGUAGES.items() if known == tag and name != tag), tag)


def _name_list(names: tuple[Name, ...], *, truncated: bool = False) -> str:
    written = [_name(name) for name in names]
    return " and ".join([*written, "others"] if truncated else written)


def _name(name: Name) -> str:
    r"""``van den Engel, S.``, ``Peebles, Jr, P. Z.``, ``林, 沪``, ``{World Health Organization}``."""
    if isinstance(name, Organisation):
        return f"{{{encode_latex(name.name)}}}"
    parts = (_family(name), encode_latex(name.suffix), encode_latex(name.given))
    return ", ".join(part for part in parts if part)


def _family(person: Person) -> str:
    """Braces where a family name would be read as two names, or its first word as a particle."""
    family = encode_latex(person.family)
    is_ambiguous = " " in family and family[0].islower()
    if is_ambiguous or _NEEDS_BRACES.search(family):
        family = f"{{{family}}}"
    return f"{encode_latex(person.particle)} {family}".strip()
