"""What autocorrect says about texts in Chinese characters; the only importer of autocorrect_py.

It is asked where it would write something else, and never writes. What it does not see, and which of its
rules are switched off and why, stands here and in ``decisions/0005-prose-lint.md``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache

import autocorrect_py

from macros.markup import replace_spans
from macros.prose.passages import Finding, Passage
from macros.prose.placed_text import BREAK, CITATION, OPAQUE

RULES = {
    "space-word": 1,
    "space-punctuation": 1,
    "fullwidth": 1,
    "no-space-fullwidth": 1,
    "no-space-fullwidth-quote": 1,
    # Wants spaces around half-width brackets; beside Chinese characters ours are full-width.
    "space-bracket": 0,
    # These would type spaces around names that hold a hyphen or a dollar, and around code, which is hidden.
    "space-dash": 0,
    "space-dollar": 0,
    "space-backticks": 0,
    # Takes every short text without a Chinese character for English: “Shao 2020：IL-6”.
    "halfwidth-punctuation": 0,
    # Takes a year before a colon for a time of day: “2014：54%”. We have a rule of our own.
    "halfwidth-word": 0,
    # Knows the names of software only.
    "spellcheck": 0,
}

_HIDDEN = re.compile(
    r"[A-Za-z][\w.,'’&()/-]*(?: +[\w.,'’&()/-]*[A-Za-z][\w.,'’&()/-]*)+"  # English of two words and more
    r"|-[\w-]+"  # the end of a name in two scripts: 白细胞介素-10
    rf"|[{CITATION}]"
)


def find_differences(passages: Sequence[Passage]) -> Iterator[tuple[int, Finding]]:
    """What autocorrect would write differently (``autocorrect-agrees``): the passage's number, and where.

    Bad:  ``绿茶“红茶” ，``
    Good: ``绿茶“红茶”，``
    """
    texts = [_shown(passage) for passage in passages]
    # All at once: a call costs more than the text of a paragraph.
    wanted = _format("\n".join(texts)).split("\n")
    line = 0
    for number, text in enumerate(texts):
        start = 0
        for written in text.split("\n"):
            for finding in _differences(written, wanted[line], start) if wanted[line] != written else ():
                if _is_prose_around(finding, passages[number]):
                    yield number, finding
            start += len(written) + 1
            line += 1


def _is_prose_around(finding: Finding, passage: Passage) -> bool:
    """Whether no mark-up stands there: behind emphasis a space may be needed (``macros.prose.rules``)."""
    first, last = max(finding.start - 1, 0), min(finding.end + 1, len(passage.text))
    return passage.placed.is_together(first, last)


def _shown(passage: Passage) -> str:
    """What autocorrect gets to see; every character keeps its place."""
    text = replace_spans(
        passage.text, [(start, end, OPAQUE * (end - start)) for start, end in passage.quoted]
    )
    text = _HIDDEN.sub(lambda match: OPAQUE * len(match[0]), text)
    return text.replace(BREAK, "\n")


def _format(text: str) -> str:
    _configure()
    return autocorrect_py.format(text)


@cache
def _configure() -> None:
    # The stubs of autocorrect_py leave this function out.
    autocorrect_py.load_config(json.dumps({"rules": RULES}))  # type: ignore[attr-defined]


def _differences(written: str, wanted: str, offset: int) -> Iterator[Finding]:
    matcher = SequenceMatcher(None, written, wanted, autojunk=False)
    for kind, start, end, first, last in matcher.get_opcodes():
        # Beside something hidden it judges what it cannot see.
        if kind != "equal" and OPAQUE not in written[max(start - 1, 0) : end + 1]:
            around = written[max(start - 4, 0) : end + 4]
            meant = written[max(start - 4, 0) : start] + wanted[first:last] + written[end : end + 4]
            yield Finding(
                rule="autocorrect-agrees",
                start=offset + start,
                end=offset + end,
                message=f"autocorrect would not write “{around}”",
                hint=f"write “{meant}”",
            )
