"""Freshness: which blocks of a page have changed since somebody compared its languages.

``python -m macros sync PAGE`` writes down, in ``reviews/PAGE.yml``, what every block said when a person
had read both languages side by side: a hash of its content, never a date of a file or a commit, so that
it survives copies and rewritten histories. A block whose counterpart has changed since, and which has
not, is behind. How that is shown is decided in ``macros.freshness_marks`` and
``macros.translation_board``; whether it may be, in ``macros.checks.freshness``.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

from macros.blocks import Block, name_blocks
from macros.pages import Page
from macros.problems import Problem
from macros.source_text import YamlDocument, parse_yaml, read_source

Hashes = Mapping[str, str]
"""Locale → hash of a block in that language."""

FRONT_MATTER = "page"
"""The name under which the title and description of a page are compared."""

_HASH_LENGTH = 12
_RULE = "review-is-valid"
_HASH = re.compile(rf"[0-9a-f]{{{_HASH_LENGTH}}}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What a page said when its languages were last compared."""

    file: str
    reviewed: date
    blocks: Mapping[str, Hashes]
    """By the name of the block."""
    ids: tuple[str, ...] = ()
    """The ids that authors have given, then or at an earlier review: others may have linked to them."""
    behind: Mapping[str, Hashes] = field(default_factory=dict)
    """What is known to be behind: for a block, the changed languages with what they said when somebody
    marked it. A later change of them is not known yet."""
    document: YamlDocument = field(repr=False, compare=False)


class State(Enum):
    """How a block stands to its counterparts."""

    CURRENT = "current"
    """Nothing has changed since the review."""
    AHEAD = "ahead"
    """It has changed, a counterpart has not."""
    BEHIND = "behind"
    """A counterpart has changed, it has not."""
    CHANGED = "changed"
    """All languages have changed: probably together, but nobody has compared them again."""
    UNREVIEWED = "unreviewed"
    """Not in the review."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockState:
    """One block of one page in one language."""

    name: str
    block: Block | None
    """None for the title and description of the page."""
    state: State
    is_marked: bool = False
    """Whether somebody has said that it is behind, or that its counterpart is, as things are now."""


def hash_blocks(page: Page) -> dict[str, str]:
    """The hash of every block by its name, and that of the title and description."""
    front = [str(page.meta.get(key, "")) for key in ("title", "description")]
    return {
        FRONT_MATTER: _hash(front),
        **{name: hash_block(block) for name, block in name_blocks(page).items()},
    }


def hash_block(block: Block) -> str:
    """Equal for blocks that say and cite the same; white space and the way lines are broken do not count."""
    return _hash(
        [
            block.text.split(),
            [[item.citekey, item.locator] for citation in block.citations for item in citation.items],
            [link.target for link in block.links],
            [[call.name, list(call.arguments), dict(call.keywords)] for call in block.macro_calls],
            list(block.source_places),
            [list(row.cells) for row in block.rows],
        ]
    )


def _hash(content: list[Any]) -> str:
    written = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()[:_HASH_LENGTH]


def find_states(pages: Iterable[Page], review: Review | None) -> dict[str, tuple[BlockState, ...]]:
    """Locale → the state of each block of the page in that language; ``pages``: all its languages."""
    by_locale = {page.locale: page for page in pages}
    now = {locale: hash_blocks(page) for locale, page in by_locale.items()}
    states = {}
    for locale, page in by_locale.items():
        blocks: dict[str, Block | None] = {FRONT_MATTER: None, **name_blocks(page)}
        states[locale] = tuple(
            BlockState(
                name=name,
                block=block,
                state=_state(locale, _changed(name, now, review)),
                is_marked=_is_marked(name, now, review),
            )
            for name, block in blocks.items()
        )
    return states


def _changed(name: str, now: Mapping[str, Hashes], review: Review | None) -> Mapping[str, bool] | None:
    """Which languages have changed; None for a block that the review of some language does not know."""
    reviewed = review.blocks.get(name, {}) if review else {}
    if not now.keys() <= reviewed.keys():
        return None
    return {locale: hashes.get(name) != reviewed[locale] for locale, hashes in now.items()}


def _state(locale: str, changed: Mapping[str, bool] | None) -> State:
    if changed is None:
        return State.UNREVIEWED
    if all(changed.values()):
        return State.CHANGED if len(changed) > 1 else State.CURRENT
    if not any(changed.values()):
        return State.CURRENT
    return State.AHEAD if changed[locale] else State.BEHIND


def _is_marked(name: str, now: Mapping[str, Hashes], review: Review | None) -> bool:
    marked = review.behind.get(name, {}) if review else {}
    return bool(marked) and all(
        now[locale].get(name) == said for locale, said in marked.items() if locale in now
    )


# Review files


def load_reviews(folder: Path, root: Path) -> tuple[dict[str, Review], list[Problem]]:
    """All reviews by page id; one that cannot be read is said, and its page counts as not reviewed."""
    reviews: dict[str, Review] = {}
    problems: list[Problem] = []
    for path in sorted(folder.rglob("*.yml")):
        review, found = _load_review(path, root)
        problems += found
        if review is not None:
            reviews[path.relative_to(folder).with_suffix("").as_posix()] = review
    return reviews, problems


def _load_review(path: Path, root: Path) -> tuple[Review | None, list[Problem]]:
    source, problems = read_source(path, root)
    document, found = parse_yaml(source) if source else (None, [])
    problems = [*problems, *found]
    if source is None or document is None:
        return None, problems
    written = document.value if isinstance(document.value, Mapping) else {}
    day, blocks, behind = written.get("reviewed"), written.get("blocks"), written.get("behind", {})
    ids = written.get("ids", [])
    is_sound = _is_day(day) and _are_hashes(blocks) and _are_hashes(behind) and isinstance(ids, list)
    if not is_sound or not isinstance(blocks, Mapping):
        hint = "these files are written by: python -m macros sync PAGE"
        return None, [*problems, source.problem(0, _RULE, "this is not the record of a review", hint)]
    return (
        Review(
            file=source.file,
            reviewed=date.fromisoformat(str(day)),
            blocks=blocks,
            ids=tuple(map(str, ids)),
            behind=behind,
            document=document,
        ),
        problems,
    )


def _is_day(written: Any) -> bool:
    try:
        date.fromisoformat(str(written))
    except ValueError:
        return False
    return True


def _are_hashes(written: Any) -> bool:
    return isinstance(written, Mapping) and all(
        isinstance(hashes, Mapping) and all(_HASH.fullmatch(str(found)) for found in hashes.values())
        for hashes in written.values()
    )


def review_page(pages: Iterable[Page], day: date, last: Review | None = None) -> str:
    """The text of the file that says: on this day, somebody compared all blocks of these counterparts.

    Ids of the last review are kept, for links to them are still about.
    """
    by_locale = {page.locale: page for page in pages}
    given = [id_ for page in by_locale.values() for id_ in sorted(page.ids)]
    ids = dict.fromkeys([*(last.ids if last else ()), *given])
    blocks = _by_block({locale: hash_blocks(page) for locale, page in by_locale.items()})
    return _write_review(day, blocks, tuple(ids), {})


def mark_behind(pages: Iterable[Page], review: Review) -> str:
    """The text of the file that keeps a review and says which blocks are known to be behind it."""
    now = {page.locale: hash_blocks(page) for page in pages}
    behind: dict[str, dict[str, str]] = {}
    for name in review.blocks:
        changed = _changed(name, now, review) or {}
        if any(changed.values()) and not all(changed.values()):
            behind[name] = {
                locale: now[locale][name]
                for locale, is_changed in changed.items()
                if is_changed and name in now[locale]
            }
    return _write_review(review.reviewed, review.blocks, review.ids, behind)


def _by_block(hashes: Mapping[str, Hashes]) -> dict[str, dict[str, str]]:
    names = dict.fromkeys(name for found in hashes.values() for name in found)
    return {
        name: {locale: found[name] for locale, found in hashes.items() if name in found} for name in names
    }


def _write_review(
    day: date, blocks: Mapping[str, Hashes], ids: Iterable[str], behind: Mapping[str, Hashes]
) -> str:
    lines = [
        "# Written by python -m macros sync: what each block said when both languages were compared.",
        f"reviewed: {day.isoformat()}",
        "ids:",
        *(f"  - {id_}" for id_ in ids),
    ]
    for key, entries in (("blocks", blocks), ("behind", behind)):
        if entries:
            lines.append(f"{key}:")
            lines += [f"  {name}: {_flow(hashes)}" for name, hashes in entries.items()]
    return "\n".join(lines) + "\n"


def _flow(hashes: Hashes) -> str:
    # In quotes: a hash of digits alone would be read as a number.
    return "{" + ", ".join(f'{locale}: "{found}"' for locale, found in hashes.items()) + "}"
