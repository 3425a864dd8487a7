"""Adding references: from what somebody pastes to a clean entry for the end of a .bib file.

Owns the question whether a reference is new, its citekey and its label, and what of a pasted entry is kept.
The formats are read in ``reading`` and ``pasted``; nothing is written to disk here, so that a person sees the
entry before it is in the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from macros.bibliography.citekeys import next_label, propose_citekey
from macros.bibliography.exports.bibtex import format_bibtex
from macros.bibliography.model import Bibliography, Kind, Reference, Text
from macros.bibliography.pasted import DraftedText, draft_from_nbib, draft_from_ris, is_nbib, is_ris
from macros.bibliography.reading import is_citekey, parse_bibliography
from macros.problems import Problem, Severity

PASTED: Final = "pasted text"
"""How messages call a text that is no file."""

SHORTEST_TITLE: Final = 20
"""Letters and digits. Shorter titles ("Editorial", "Green tea") are shared by many works."""

_KEPT_FIELDS: Final = frozenset(
    ("archiveprefix", "cstr", "eprint", "eprintclass", "eprinttype", "isbn", "primaryclass", "series")
)
"""Of the fields that we do not interpret; the rest is somebody's notes, files and abstracts."""

_BIBTEX_START: Final = re.compile(r"@\s*[A-Za-z]+\s*[{(]")
_BIBTEX_KEY: Final = re.compile(r"(@\s*[A-Za-z]+\s*\{)([^,={}\"]*),")
_NO_WORKS: Final = re.compile(r"@\s*(?:string|comment|preamble)", re.IGNORECASE)
_LEADING_ZEROS: Final = re.compile(r"^0+(?=[1-9])")
_RETRACTED_TITLE: Final = re.compile(r"\W*(?:retract(?:ed|ion)\b|withdrawn\b|已?撤稿)", re.IGNORECASE)


def parse_pasted(text: str, file: str = PASTED) -> tuple[list[Reference], list[Problem]]:
    """The references of a pasted text in BibTeX, RIS or PubMed's format, and what is wrong in it.

    Citekeys and labels are those of the pasted text, or made up; ``add_reference`` replaces them.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    if is_ris(text):
        return _parse_drafted(*draft_from_ris(text, file), file)
    if is_nbib(text):
        return _parse_drafted(*draft_from_nbib(text, file), file)
    if _BIBTEX_START.search(text):
        bibliography, problems = parse_bibliography(_with_citekeys(text), file)
        return list(bibliography), problems
    hint = "paste what the publisher, PubMed, CNKI or Zotero exports as BibTeX or RIS"
    message = "this is neither BibTeX nor RIS nor PubMed's format"
    return [], [Problem(file=file, rule="paste-is-readable", message=message, hint=hint)]


def add_reference(existing: Bibliography, pasted: str, file: str = PASTED) -> tuple[str, list[Problem]]:
    """Entries to append to the .bib file, each after an empty line, and what somebody must look at.

    What the bibliography has already is refused: the same DOI, or the same title of at least 20 letters and
    digits, in either of a work's languages. A translation of a reference that is there is new.
    """
    references, problems = parse_pasted(pasted, file)
    added: list[Reference] = []
    new_citekeys: dict[str, str] = {}
    for pasted_ref in references:
        known = Bibliography((*existing, *added))
        original = new_citekeys.get(pasted_ref.translation_of, pasted_ref.translation_of)
        ref = replace(pasted_ref, translation_of=original)
        if duplicate := _find_duplicate(ref, known, file):
            problems.append(duplicate)
            continue
        new = _renamed(_cleaned(ref, known), known)
        problems += _find_open_questions(ref, new, file)
        new_citekeys[pasted_ref.citekey] = new.citekey
        added.append(new)
    return "".join(f"\n{format_bibtex([ref])}" for ref in added), sorted(problems)


def _parse_drafted(
    drafted: DraftedText, problems: list[Problem], file: str
) -> tuple[list[Reference], list[Problem]]:
    """References and problems of a drafted text, at the lines of the text that was pasted."""
    bibliography, more = parse_bibliography(drafted.text, file)
    references = [
        replace(
            ref,
            line=drafted.origins[ref.line - 1],
            field_lines=MappingProxyType(
                {name: drafted.origins[line - 1] for name, line in ref.field_lines.items()}
            ),
        )
        for ref in bibliography
    ]
    moved = [replace(problem, line=drafted.origins[problem.line - 1], column=1) for problem in more]
    return references, sorted([*problems, *moved])


def _with_citekeys(text: str) -> str:
    """The text with a citekey wherever an entry has none that we can read (CNKI leaves it empty).

    It is replaced anyway, and an entry must not be lost for it.
    """

    def repaired(match: re.Match[str]) -> str:
        if is_citekey(match[2].strip()) or _NO_WORKS.match(match[1]):
            return match[0]
        return f"{match[1]}pasted-{match.start()},"

    return _BIBTEX_KEY.sub(repaired, text)


def _find_duplicate(ref: Reference, known: Bibliography, file: str) -> Problem | None:
    for other in known:
        same = _what_is_same(ref, other)
        if same and not _is_another_form(ref, other):
            return Problem(
                file=file,
                line=ref.line,
                rule="reference-is-new",
                message=f"the bibliography has this {same} already: {other.citekey}",
                hint=f"cite {other.citekey}; to add its translation, write related = {{{other.citekey}}} and "
                "relatedtype = {translationof} into the pasted BibTeX",
            )
    return None


def _what_is_same(ref: Reference, other: Reference) -> str:
    if ref.doi and ref.doi.casefold() == other.doi.casefold():
        return "DOI"
    return "title" if _comparable_titles(ref) & _comparable_titles(other) else ""


def _comparable_titles(ref: Reference) -> set[str]:
    titles = (title.plain for title in (ref.title, ref.translated_title) if title)
    comparable = {"".join(filter(str.isalnum, title.casefold())) for title in titles}
    return {title for title in comparable if len(title) >= SHORTEST_TITLE}


def _is_another_form(ref: Reference, other: Reference) -> bool:
    """Whether the entry calls itself a translation of the other, or of what the other is a translation of."""
    if not ref.translation_of or ref.language == other.language:
        return False
    return ref.translation_of in (other.citekey, other.translation_of)


def _cleaned(ref: Reference, known: Bibliography) -> Reference:
    """The reference as our conventions have it: nothing that no style prints or that is said elsewhere."""
    is_article = ref.kind is Kind.ARTICLE
    is_linked_by_doi = bool(ref.doi) and is_article
    return replace(
        ref,
        title=_without_full_stop(ref.title),
        translated_title=_without_full_stop(ref.translated_title) if ref.translated_title else None,
        volume=_LEADING_ZEROS.sub("", ref.volume),
        issue=_LEADING_ZEROS.sub("", ref.issue),
        publisher="" if is_article else ref.publisher,
        place="" if is_article else ref.place,
        url="" if is_linked_by_doi else ref.url,
        accessed=ref.accessed if ref.url and not is_linked_by_doi else None,
        translation_of=ref.translation_of if ref.translation_of in known else "",
        extra=MappingProxyType({name: text for name, text in ref.extra.items() if name in _KEPT_FIELDS}),
    )


def _without_full_stop(title: Text) -> Text:
    """``Green tea.`` loses its full stop; "in the U.S.A." and "Why..." keep theirs."""
    last_word = title.plain.rsplit(" ", 1)[-1]
    if not title.html.endswith((".", "。")) or "." in last_word[:-1]:
        return title
    return Text(title.plain[:-1], title.html[:-1])


def _renamed(ref: Reference, known: Bibliography) -> Reference:
    """Under a citekey and a label of its own; a translation shares its original's label."""
    original = known.by_citekey.get(ref.translation_of)
    label = original.label if original else next_label(known)
    taken = {citekey.casefold() for citekey in known.by_citekey}
    return replace(ref, label=label, citekey=propose_citekey(ref, known, taken) or f"reference{label}")


def _find_open_questions(pasted: Reference, new: Reference, file: str) -> Iterator[Problem]:
    """What only a person can decide about a new entry."""

    def warning(rule: str, message: str, hint: str) -> Problem:
        return Problem(
            file=file,
            line=pasted.line,
            rule=rule,
            message=f"{new.citekey}: {message}",
            hint=hint,
            severity=Severity.WARNING,
        )

    if new.status is None and _RETRACTED_TITLE.match(new.title.plain):
        yield warning(
            "status-is-stated",
            "the title speaks of a retraction",
            "take the word out of the title; write status = {retracted}, statuschecked, statusnotice",
        )
    if new.citekey == f"reference{new.label}":
        yield warning(
            "citekey-is-well-formed",
            "no name can be written in Latin letters, so the citekey is only a number",
            "write the first author's family name in Latin letters and the year",
        )
    if pasted.translation_of and not new.translation_of:
        yield warning(
            "translation-has-original",
            f'"{pasted.translation_of}" is not in the bibliography; related is left out',
            "add the original first, then name it in related",
        )
