"""Freshness: which blocks of a page have changed since somebody compared its languages.

``python -m macros sync PAGE`` writes down, in ``reviews/PAGE.yml``, what every block said when a person
had read both languages side by side: a hash of its content, never a date of a file or a commit, so that
it survives copies and rewritten histories. A block whose counterpart has changed since, and which has
not, is behind. A block is found again by what it says, in all languages or in one, and by its name only
where it says nothing that it said before: the numbers in names shift when another is put before them. How
a lag is shown is decided in ``macros.freshness_marks`` and ``macros.translation_board``; whether it may be,
in ``macros.checks.freshness``.
"""

from __future__ import annotations

import hashlib
import json
import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import Any

from macros.blocks import CODE, Block, find_blocks, name_blocks
from macros.pages import Page
from macros.problems import Problem
from macros.source_text import YamlDocument, parse_yaml, read_source

Hashes = Mapping[str, str]
"""Locale → hash of a block in that language."""

FRONT_MATTER = "/title"
"""The name under which the title and description of a page are compared; no block has it."""

_HASH_LENGTH = 12
_RULE = "review-is-valid"
_HASH = re.compile(rf"[0-9a-f]{{{_HASH_LENGTH}}}")
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_TOLD = re.compile(r"<[^<>]*?\s((?:alt|title|aria-label)\s*=\s*(?:\"[^\"]*\"|'[^']*'))")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
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
    document: YamlDocument = field(repr=False)


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
    MOVED = "moved"
    """It says what the review has of a block of another name."""
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


@lru_cache(maxsize=2048)  # states, checks and marks all ask for them
def hash_blocks(page: Page) -> Mapping[str, str]:
    """The hash of every block by its name, and that of the title and description."""
    front = [str(page.meta.get(key, "")) for key in ("title", "description")]
    return {
        FRONT_MATTER: _hash(front),
        **{name: hash_block(block, _written_html(block, page)) for name, block in name_blocks(page).items()},
    }


def hash_block(block: Block, written: str = "") -> str:
    """Equal for blocks that say and cite the same; white space and the way lines are broken do not count.

    ``written``: what it says in HTML, of which its text is not all.
    """
    return _hash(
        [
            block.text.split(),
            [[item.citekey, item.locator] for citation in block.citations for item in citation.items],
            [link.target for link in block.links],
            [[call.name, list(call.arguments), dict(call.keywords)] for call in block.macro_calls],
            list(block.source_places),
            [list(row.cells) for row in block.rows],
            *([written] if written else []),
        ]
    )


def _written_html(block: Block, page: Page) -> str:
    """Raw HTML as its author wrote it; of tags within other blocks the attributes that readers are told."""
    text = page.source.text
    if block.kind == CODE or text.find("<", block.start) < 0:
        return ""
    written = _COMMENT.sub("", text[block.start : _end(block, page)])
    if block.kind != "raw HTML":
        written = " ".join(_TOLD.findall(written))
    return " ".join(written.split())


def _end(block: Block, page: Page) -> int:
    """Where the block begins that follows, or the page ends."""
    blocks = find_blocks(page)
    following = bisect_right(blocks, block.start, key=lambda found: found.start)
    return blocks[following].start if following < len(blocks) else len(page.source.text)


_ENCODE = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode


def _hash(content: list[Any]) -> str:
    return hashlib.sha256(_ENCODE(content).encode()).hexdigest()[:_HASH_LENGTH]


# What has changed


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A block in all languages of a page, beside what the review says of it."""

    name: str
    locales: tuple[str, ...]
    """Those of the page."""
    now: Hashes
    reviewed_as: str = ""
    """The name under which the review has it; empty for a block that it does not have."""
    before: Hashes = field(default_factory=dict)
    marked: Hashes = field(default_factory=dict)
    """The changed languages with what they said when somebody marked the block as behind."""

    @property
    def is_new(self) -> bool:
        """Whether the review does not have it, or not in a language that it stands in now."""
        return not self.now.keys() <= self.before.keys()

    @property
    def changed(self) -> tuple[str, ...]:
        """The languages in which it says something else than it did."""
        return tuple(locale for locale in self.locales if self.now.get(locale) != self.before.get(locale))

    @property
    def is_lone(self) -> bool:
        """Whether it has changed in some languages and not in all."""
        return not self.is_new and 0 < len(self.changed) < len(self.locales)

    @property
    def is_marked(self) -> bool:
        """Whether somebody has said that it is behind, as things are now."""
        return bool(self.marked) and all(
            self.now.get(locale) == said for locale, said in self.marked.items() if locale in self.locales
        )

    def state(self, locale: str) -> State:
        """How it stands in one language."""
        if self.is_new:
            return State.UNREVIEWED
        if not self.changed or len(self.locales) == 1:
            return State.CURRENT if self.name == self.reviewed_as else State.MOVED
        if not self.is_lone:
            return State.CHANGED
        return State.AHEAD if locale in self.changed else State.BEHIND


@dataclass(frozen=True, slots=True, kw_only=True)
class PageComparison:
    """A page beside its review."""

    blocks: tuple[Comparison, ...]
    gone: tuple[str, ...]
    """Blocks of the review that the page does not have."""
    new_ids: tuple[str, ...]
    """Ids given by authors that the review does not know."""


@lru_cache(maxsize=1)  # several checks ask, one after another
def compare_with_review(pages: tuple[Page, ...], review: Review | None) -> PageComparison:
    """What has changed in the counterparts of one page since somebody compared them."""
    by_locale = {page.locale: page for page in pages}
    now = _by_block({locale: hash_blocks(page) for locale, page in by_locale.items()})
    before = {
        name: {locale: said for locale, said in hashes.items() if locale in by_locale}
        for name, hashes in (review.blocks if review else {}).items()
    }
    reviewed_as = _find_again(now, before)
    found = set(reviewed_as.values())
    return PageComparison(
        blocks=tuple(
            Comparison(
                name=name,
                locales=tuple(by_locale),
                now=hashes,
                reviewed_as=reviewed_as.get(name, ""),
                before=before.get(reviewed_as.get(name, ""), {}),
                marked=review.behind.get(reviewed_as.get(name, ""), {}) if review else {},
            )
            for name, hashes in now.items()
        ),
        gone=tuple(name for name in before if name not in found),
        new_ids=tuple(id_ for id_ in _given_ids(by_locale.values()) if not review or id_ not in review.ids),
    )


def _by_block(hashes: Mapping[str, Hashes]) -> dict[str, dict[str, str]]:
    names = dict.fromkeys(name for found in hashes.values() for name in found)
    return {
        name: {locale: found[name] for locale, found in hashes.items() if name in found} for name in names
    }


def _given_ids(pages: Iterable[Page]) -> list[str]:
    return list(dict.fromkeys(id_ for page in pages for id_ in sorted(page.ids)))


def _find_again(now: Mapping[str, Hashes], before: Mapping[str, Hashes]) -> dict[str, str]:
    """The name that each block has in the review.

    Blocks that say in all languages what they said come first, under their own name or another; then
    those that do so in one language; what is left keeps its name.
    """
    names: dict[str, str] = {}
    left = dict.fromkeys(before)
    for find_marks in (_all_that_it_says, _what_each_language_says):
        for name in [name for name in now if name not in names and name in left]:
            if not set(find_marks(now[name])).isdisjoint(find_marks(before[name])):
                names[name] = name
                del left[name]
        _find_moved(now, before, find_marks, names, left)
    return names | {name: name for name in now if name not in names and name in left}


_FindMarks = Callable[[Hashes], Collection[Hashable]]


def _all_that_it_says(hashes: Hashes) -> Collection[Hashable]:
    return [frozenset(hashes.items())]


def _what_each_language_says(hashes: Hashes) -> Collection[Hashable]:
    return hashes.items()


def _find_moved(
    now: Mapping[str, Hashes],
    before: Mapping[str, Hashes],
    find_marks: _FindMarks,
    names: dict[str, str],
    left: dict[str, None],
) -> None:
    """Find blocks under another name; ``names`` and ``left`` are kept up to date."""
    by_mark: dict[Hashable, list[str]] = {}
    for old in left:
        for mark in find_marks(before[old]):
            by_mark.setdefault(mark, []).append(old)
    for name in [name for name in now if name not in names]:
        candidates = (old for mark in find_marks(now[name]) for old in by_mark.get(mark, ()))
        found = next((old for old in candidates if old in left), None)
        if found is not None:
            names[name] = found
            del left[found]


def find_states(pages: Iterable[Page], review: Review | None) -> dict[str, tuple[BlockState, ...]]:
    """Locale → the state of each block of the page in that language; ``pages``: all its languages."""
    by_locale = {page.locale: page for page in pages}
    compared = {found.name: found for found in compare_with_review(tuple(by_locale.values()), review).blocks}
    return {
        locale: tuple(
            BlockState(
                name=name,
                block=block,
                state=compared[name].state(locale),
                is_marked=compared[name].is_marked,
            )
            for name, block in {FRONT_MATTER: None, **name_blocks(page)}.items()
        )
        for locale, page in by_locale.items()
    }


# Review files


def load_reviews(folder: Path, root: Path) -> tuple[dict[str, Review], list[Problem]]:
    """All reviews by page id; one that cannot be read is said, and its page counts as not reviewed."""
    reviews: dict[str, Review] = {}
    problems: list[Problem] = []
    for path in sorted(folder.rglob("*.yml")):
        review, found = load_review(path, root)
        problems += found
        if review is not None:
            reviews[path.relative_to(folder).with_suffix("").as_posix()] = review
    return reviews, problems


def load_review(path: Path, root: Path) -> tuple[Review | None, list[Problem]]:
    """The review in one file; None if it cannot be read."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """What is written down of a page."""

    text: str
    """Of the file."""
    recorded: tuple[Comparison, ...]
    """Blocks of which it now says that somebody has compared them, and that it did not have so."""
    kept: tuple[Comparison, ...]
    """Blocks that changed in one language alone: it says of them what it said before."""


def record_review(
    pages: Iterable[Page],
    day: date,
    last: Review | None = None,
    *,
    is_behind: bool = False,
    without_change: Collection[str] = (),
) -> Recording:
    """The file that says: on this day, somebody compared the blocks of these counterparts.

    What has changed in one language alone since the last review is left as it was: with ``is_behind`` it
    is marked as behind, else it stays a mistake. ``without_change``: blocks whose counterpart needs no
    change, such as after a corrected slip. As long as a block is left the day of the last review stays,
    since readers are told what has changed from then on. Ids of the last review are kept, for links to
    them are still about.
    """
    pages = tuple(pages)
    compared = compare_with_review(pages, last).blocks
    kept = tuple(found for found in compared if found.is_lone and found.name not in without_change)
    names = {found.name for found in kept}
    marked = [found for found in kept if is_behind or found.is_marked]
    text = _write_review(
        last.reviewed if last and kept else day,
        {found.name: found.before if found.name in names else found.now for found in compared},
        dict.fromkeys([*(last.ids if last else ()), *_given_ids(pages)]),
        {
            found.name: {locale: found.now[locale] for locale in found.changed if locale in found.now}
            for found in marked
        },
    )
    recorded = tuple(
        found
        for found in compared
        if found.name not in names and (found.is_new or found.changed or found.name != found.reviewed_as)
    )
    return Recording(text=text, recorded=recorded, kept=kept)


def describe_recording(recording: Recording) -> Iterator[str]:
    """What has been written down that was not so before, and what was left: a line each kind."""
    lines: dict[str, list[str]] = {}
    for found in recording.recorded:
        is_moved = found.reviewed_as not in ("", found.name)
        name = f"{found.name} (was {found.reviewed_as})" if is_moved else found.name
        lines.setdefault(_what_happened(found), []).append(name)
    for found in recording.kept:
        lines.setdefault(f"{_what_happened(found)}, left as it was", []).append(found.name)
    for what, names in lines.items():
        yield f"{what}: {', '.join(names)}"


def _what_happened(found: Comparison) -> str:
    if found.is_new:
        return "new"
    if found.is_lone:
        return f"changed in {', '.join(found.changed)} alone"
    return "changed in every language" if found.changed else "moved"


def _write_review(
    day: date, blocks: Mapping[str, Hashes], ids: Iterable[str], behind: Mapping[str, Hashes]
) -> str:
    lines = [
        "# Written by python -m macros sync: what each block said when both languages were compared.",
        f"reviewed: {day.isoformat()}",
        "ids:",
        *(f"  - {_scalar(id_)}" for id_ in ids),
    ]
    for key, entries in (("blocks", blocks), ("behind", behind)):
        if entries:
            lines.append(f"{key}:")
            lines += [f"  {_scalar(name)}: {_flow(hashes)}" for name, hashes in entries.items()]
    return "\n".join(lines) + "\n"


_PLAIN = re.compile(r"(?!(?:true|false|null)$)[a-z/][a-z0-9/:-]*[a-z0-9]")


def _scalar(name: str) -> str:
    # A footnote may have any label, and "true" is no text to YAML.
    return name if _PLAIN.fullmatch(name) else json.dumps(name, ensure_ascii=False)


def _flow(hashes: Hashes) -> str:
    # In quotes: a hash of digits alone would be read as a number.
    return "{" + ", ".join(f'{locale}: "{found}"' for locale, found in hashes.items()) + "}"
