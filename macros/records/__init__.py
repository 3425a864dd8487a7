"""Records: structured data as authors write it under ``data/``, checked and with its places kept.

``model`` holds the values, ``expressions`` the small language of filters and invariants, ``schema``
reads ``schema.yml``, ``mistakes`` holds records against it (and is the only importer of jsonschema),
``views`` reads ``views.yml``, ``loading`` puts collections together, ``checks`` says what no schema can.
How a record looks on a page is decided in ``macros.values`` and ``macros.summary_tables``.
"""

from __future__ import annotations

from macros.records.checks import check_record_references
from macros.records.expressions import parse_expression
from macros.records.loading import load_collections
from macros.records.model import (
    GLOSSARY,
    MISSING_CODES,
    NOT_EXTRACTED,
    SOURCE_MAP,
    TITLE_PLACE,
    Collection,
    Column,
    Field,
    Filter,
    Part,
    Record,
    RecordPage,
    Term,
    Value,
    View,
    Vocabulary,
    find_entries,
    find_facts,
    is_number,
    text_in,
)

__all__ = [
    "GLOSSARY",
    "MISSING_CODES",
    "NOT_EXTRACTED",
    "SOURCE_MAP",
    "TITLE_PLACE",
    "Collection",
    "Column",
    "Field",
    "Filter",
    "Part",
    "Record",
    "RecordPage",
    "Term",
    "Value",
    "View",
    "Vocabulary",
    "check_record_references",
    "find_entries",
    "find_facts",
    "is_number",
    "load_collections",
    "parse_expression",
    "text_in",
]
