"""The words that the engine prints: each is printed somewhere."""

from __future__ import annotations

import re
from pathlib import Path

from macros.locales import load_labels
from macros.site import LABEL_FILE

ROOT = Path(__file__).resolve().parents[1]
CODE = "\n".join(
    path.read_text("utf-8")
    for folder in ("macros", "theme")
    for path in sorted((ROOT / folder).rglob("*"))
    if path.suffix in {".py", ".jinja", ".html", ".js"}
)
QUOTED = set(re.findall(r"""["'`]([\w.-]+)["'`]""", CODE))
# f"missing.{code}", "glossary." ~ name
BEGINNINGS = {
    match[1] or match[2]
    for match in re.finditer(r"""f["']([a-z_]+\.[a-z_]*)\{|["']([a-z_]+\.[a-z_]*)["'] ~""", CODE)
}

WITH_NUMBERS_OR_FORMATS = (
    *("number_words.", "number_words_at_times.", "comparators.", "units."),
    *("downloads.records_", "downloads.references_"),
)
"""What follows these beginnings is no word of the code: numbers, units, and formats of files."""


def is_printed(key: str) -> bool:
    """The key stands in the code in full, or both its beginning and the rest of it do."""
    return (
        key in QUOTED
        or key.startswith(WITH_NUMBERS_OR_FORMATS)
        or any(key.startswith(start) and key.removeprefix(start) in QUOTED for start in BEGINNINGS)
    )


def test_no_label_is_left_that_nothing_prints() -> None:
    labels, problems = load_labels([LABEL_FILE], ROOT, ("zh", "en"))
    assert problems == []
    assert [key for key in labels.texts if not is_printed(key)] == []
