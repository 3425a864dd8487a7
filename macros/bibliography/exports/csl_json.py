"""References as CSL-JSON, for citation processors: pandoc, citeproc-js, Zotero, Zettlr.

Follows csl-data.json of the Citation Style Language, version 1.0.2. Facts without a variable there stand
under ``custom``, the place that the schema gives them.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from macros.bibliography.exports.common import full_container, language_tag, notice, prefixed_title
from macros.bibliography.model import Kind, Name, Organisation, PartialDate, Reference, Status, Text

_TYPES: Final = {
    Kind.ARTICLE: "article-journal",
    Kind.BOOK: "book",
    Kind.CHAPTER: "chapter",
    Kind.CONFERENCE_PAPER: "paper-conference",
    Kind.DATASET: "dataset",
    # CSL 1.0.2: "article" is for preprints and other works that are not in a container.
    Kind.PREPRINT: "article",
    Kind.REPORT: "report",
    Kind.STANDARD: "standard",
    Kind.THESIS: "thesis",
    Kind.WEB_PAGE: "webpage",
}


def format_csl_json(refs: Iterable[Reference]) -> str:
    """All references as one CSL-JSON list, one reference a line."""
    items = (json.dumps(_item(ref), ensure_ascii=False) for ref in refs)
    return "[\n" + ",\n".join(items) + "\n]\n"


def _item(ref: Reference) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": ref.citekey,
        "type": _TYPES[ref.kind],
        "language": language_tag(ref),
        "author": [_name(name) for name in ref.authors],
        "editor": [_name(name) for name in ref.editors],
        "translator": [_name(name) for name in ref.translators],
        "issued": _date(ref.date),
        "title": _rich_text(prefixed_title(ref)),
        "translated-title": _rich_text(ref.translated_title) if ref.translated_title else "",
        "container-title": _rich_text(full_container(ref)),
        "container-title-short": _rich_text(ref.container) if ref.container_full.plain else "",
        "volume": ref.volume,
        "issue": ref.issue,
        "page": ref.pages,
        "edition": ref.edition,
        "version": ref.version,
        "number": ref.number,
        "publisher": ref.publisher,
        "publisher-place": ref.place,
        "genre": ref.genre,
        "DOI": ref.doi,
        "URL": ref.url,
        "accessed": _date(ref.accessed),
        "PMID": ref.pmid,
        "PMCID": ref.pmcid,
        "note": ". ".join(text for text in (notice(ref), ref.note) if text),
        "custom": _custom(ref),
    }
    return {variable: value for variable, value in item.items() if value}


def _name(name: Name) -> dict[str, str]:
    """Han names in two parts: processors join them without a space; organisations as a literal."""
    if isinstance(name, Organisation):
        return {"literal": name.name}
    parts = {
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "suffix": name.suffix,
    }
    return {part: text for part, text in parts.items() if text}


def _date(date: PartialDate | None) -> Mapping[str, list[list[int]]]:
    """Integers: text in date-parts breaks readers."""
    if date is None:
        return {}
    return {"date-parts": [[part for part in (date.year, date.month, date.day) if part is not None]]}


def _rich_text(text: Text) -> str:
    """CSL's rich text is ``<i>``, ``<sub>`` and ``<sup>`` in text that is otherwise not escaped."""
    return html.unescape(text.html)


def _custom(ref: Reference) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "et-al": ref.authors_truncated,
        "translation-of": ref.translation_of,
        "status": _status(ref.status) if ref.status else {},
    }
    return {name: fact for name, fact in facts.items() if fact}


def _status(status: Status) -> dict[str, str]:
    facts = {"kind": status.kind.value, "checked": status.checked.isoformat(), "notice": status.notice}
    return {name: fact for name, fact in facts.items() if fact}
