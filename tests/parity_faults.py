"""Faults for the parity checks: slips of translators, planted one at a time into real pages.

``python -m tests.parity_faults`` prints how many of each kind are caught. The places are drawn by chance
from a fixed seed, so every run plants the same faults. The real pages have no Markdown table, image or
negative number; a section of invented content with them is added to copies of both languages.
"""

from __future__ import annotations

import random
import re
import sys
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from macros.blocks import find_blocks
from macros.checks.parity import check_parity
from macros.checks.terms import check_abbreviations_have_one_meaning, check_terms_are_approved
from macros.checks.translations import check_headings_match
from macros.pages import Page, parse_page
from macros.settings import load_settings
from macros.site import Site, load_site
from macros.source_text import SourceText
from macros.terms import introduces

ROOT = Path(__file__).resolve().parents[1]
SEED = 20261122
OF_EACH_KIND = 20

Edit = tuple[int, int, str]
"""Start, end and what stands there instead."""

ADDED = {
    "zh": """
## 附 {{#added-for-tests}}

改变为 −{a}.17 至 −1.{b}（P<0.0{b}），每次 {a}×10⁵～{b}×10⁵ 个，n≥{a}，共 {b}0 万个。

| 茶 | 叶 | 占比 |
|---|---|---|
| 白 | {a} | {b}5% |
| 绿 | {b}1 | {a}0.5% |

![叶](https://tea.example/leaf-{a}.svg)

见 [茶](https://tea.example/zh/tea-{a}) 和 ![芽](https://tea.example/zh/bud-{b}.svg)。
""",
    "en": """
## Added {{#added-for-tests}}

The change was −{a}.17 to −1.{b} (P < 0.0{b}), {a}×10⁵ to {b}×10⁵ cells each time, n ≥ {a}, {b}00,000 in all.

| tea | leaves | share |
|---|---|---|
| white | {a} | {b}5% |
| green | {b}1 | {a}0.5% |

![Leaf](https://tea.example/leaf-{a}.svg)

See [tea](https://tea.example/en/tea-{a}) and ![bud](https://tea.example/en/bud-{b}.svg).
""",
}


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One slip on one page."""

    kind: str
    locale: str
    page_id: str
    line: int
    text: str
    """The page with the slip."""
    is_in_added_section: bool


def add_sections(site: Site) -> Site:
    """The site with the added section on every page of both languages."""
    numbers = {page_id: number for number, page_id in enumerate(site.page_ids)}
    pages = {}
    for (locale, page_id), page in site.pages.items():
        section = ADDED[locale].format(a=2 + numbers[page_id] % 4, b=6 + numbers[page_id] % 3)
        pages[locale, page_id] = _page(page, page.source.text.rstrip() + "\n" + section)
    return replace(site, pages=pages)


def plant_faults(site: Site, of_each_kind: int = OF_EACH_KIND) -> Iterator[Fault]:
    """The same faults in every run, at most so many of each kind, each on an otherwise good page."""
    for kind, find_edits in KINDS.items():
        locale = "zh" if find_edits is _wrong_renderings else "en"
        pages = {page_id: page for (code, page_id), page in site.pages.items() if code == locale}
        chance = random.Random(f"{SEED} {kind}")
        places = [
            (page_id, edit) for page_id, page in sorted(pages.items()) for edit in find_edits(page, site)
        ]
        for page_id, (start, end, text) in chance.sample(places, min(of_each_kind, len(places))):
            source = pages[page_id].source
            yield Fault(
                kind=kind,
                locale=locale,
                page_id=page_id,
                line=source.place(start)[0],
                text=source.text[:start] + text + source.text[end:],
                is_in_added_section=start > source.text.index("{#added-for-tests}"),
            )


def is_caught(fault: Fault, site: Site) -> bool:
    """Whether the checks report the page that has the fault, and at all pages no other."""
    keys = [("zh", fault.page_id), ("en", fault.page_id)]
    pair = {key: site.pages[key] for key in keys}
    key = (fault.locale, fault.page_id)
    pair[key] = _page(pair[key], fault.text)
    broken = replace(site, pages=pair)
    return any(True for check in CHECKS for _ in check(broken))


def _page(page: Page, text: str) -> Page:
    changed, problems = parse_page(SourceText(page.source.file, text), page.id, page.locale)
    assert not problems
    return changed


CHECKS = (
    check_parity,
    check_headings_match,
    check_terms_are_approved,
    check_abbreviations_have_one_meaning,
)

# Where a fault of each kind can be planted, and what it looks like

_HIDDEN = re.compile(
    r"\[@[^\]]*\]|\]\([^)]*\)|</?[a-z][^>]*>|\{[:{#].*?\}|^\|.*$", re.IGNORECASE | re.MULTILINE
)
_NUMBER = r"(?<![\w.^%-])\d+(?:\.\d+)?(?![\d\w-])"

FindEdits = Callable[[Page, Site], Iterator[Edit]]


def _in_words(pattern: str, change: Callable[[re.Match[str]], str]) -> FindEdits:
    """At every match in the words of a page: not in citations, targets, attributes, macros or tables."""

    def find(page: Page, _: Site) -> Iterator[Edit]:
        text = _HIDDEN.sub(lambda match: "\0" * len(match[0]), page.source.text)
        for match in re.compile(pattern).finditer(text, page.body_start):
            yield match.start(), match.end(), change(match)

    return find


def _other_digit(match: re.Match[str]) -> str:
    """One digit changed: the one that the number itself picks."""
    number = match[0]
    places = [place for place, character in enumerate(number) if character.isdigit()]
    place = places[len(number) * 7 % len(places)]
    return number[:place] + str((int(number[place]) + 3) % 9 + (place == 0)) + number[place + 1 :]


def _both(*finders: FindEdits) -> FindEdits:
    def find(page: Page, site: Site) -> Iterator[Edit]:
        for finder in finders:
            yield from finder(page, site)

    return find


def _dropped_citations(page: Page, _: Site) -> Iterator[Edit]:
    for citation in page.markup.citations:
        yield citation.start, citation.end, ""


def _changed_citations(page: Page, site: Site) -> Iterator[Edit]:
    citekeys = sorted({site.bibliography.main_citekey(ref.citekey) for ref in site.bibliography})
    for citation in page.markup.citations:
        mine = {site.bibliography.main_citekey(item.citekey) for item in citation.items}
        others = [citekey for citekey in citekeys if citekey not in mine]
        yield citation.start, citation.end, f"[@{others[citation.start % len(others)]}]"


def _swapped_cells(page: Page, _: Site) -> Iterator[Edit]:
    for match in re.finditer(r"^\| (\w+) \| (\d\S*) \| (\S+) \|$", page.source.text, re.MULTILINE):
        yield match.start(), match.end(), f"| {match[1]} | {match[3]} | {match[2]} |"
    for match in re.finditer(r"^\| white \| (\S+) (.*)\n\| green \| (\S+)", page.source.text, re.MULTILINE):
        yield match.start(), match.end(), f"| white | {match[3]} {match[2]}\n| green | {match[1]}"


def _swapped(find: FindEdits, *, across_sentences: bool = False) -> FindEdits:
    """Two neighbours of one block that are unlike change places."""

    def swap(page: Page, site: Site) -> Iterator[Edit]:
        text = page.source.text
        starts = [block.start for block in find_blocks(page)]
        for (start, end, _), (next_start, next_end, _) in pairwise(find(page, site)):
            first, between, second = text[start:end], text[end:next_start], text[next_start:next_end]
            is_one_block = bisect_right(starts, start) == bisect_right(starts, next_start)
            if first != second and is_one_block and (". " in between or not across_sentences):
                yield start, next_end, second + between + first

    return swap


def _citations(page: Page, _: Site) -> Iterator[Edit]:
    yield from ((citation.start, citation.end, "") for citation in page.markup.citations)


def _targets(page: Page, _: Site) -> Iterator[Edit]:
    for match in re.finditer(r"(?<=\]\()[^()]+(?=\))", page.source.text):
        yield match.start(), match.end(), ""


def _dropped(*kinds: str) -> FindEdits:
    """A block with its attribute list."""

    def find(page: Page, _: Site) -> Iterator[Edit]:
        text = page.source.text
        for block in find_blocks(page):
            if block.kind in kinds:
                start = text.rfind("\n", 0, block.start) + 1
                end = re.compile(r"\n(?!\{:)|\Z").search(text, block.start)
                assert end is not None
                yield start, end.end(), ""

    return find


def _changed_targets(page: Page, _: Site) -> Iterator[Edit]:
    targets = [*sorted({link.target for link in page.markup.links}), "elsewhere.md"]
    for match in re.finditer(r"(?<!\!)\[[^\[\]]*(?:\[[^\]]*\])?[^\[\]]*\]\(([^)]*)\)", page.source.text):
        others = [target for target in targets if target != match[1]]
        yield match.start(1), match.end(1), others[match.start() % len(others)]


def _dropped_images(page: Page, _: Site) -> Iterator[Edit]:
    for match in re.finditer(r"!\[[^\]]*\]\([^)]*\)", page.source.text):
        yield match.start(), match.end(), ""


def _changed_arguments(page: Page, _: Site) -> Iterator[Edit]:
    for call in page.markup.macro_calls:
        text = page.source.text[call.start : call.end]
        last = re.search(r'"([^"]*)"[^"]*$', text)
        changed = (
            text[: last.start(1)] + "all-others" + text[last.end(1) :]
            if last
            else text.replace("()", '("all")')
        )
        yield call.start, call.end, changed


def _changed_sources(page: Page, _: Site) -> Iterator[Edit]:
    places = [*sorted({place for block in find_blocks(page) for place in block.source_places}), "other/1-p1"]
    for match in re.finditer(r'\{: src="([^"]*)" \}', page.source.text):
        others = [place for place in places if place != match[1]]
        yield match.start(1), match.end(1), others[match.start() % len(others)]
        yield match.start(), match.end(), ""


def _confused_terms(page: Page, site: Site) -> Iterator[Edit]:
    """The name of another term that the glossary says is easily taken for this one."""
    for found in site.terms_on(page).found:
        for other, _ in found.term.confused_with:
            yield found.start, found.end, site.glossary.terms[other].name(page.locale)


def _wrong_expansions(page: Page, site: Site) -> Iterator[Edit]:
    """The name of another term before the abbreviation that a page introduces for this one."""
    text, found = site.terms_on(page).text, site.terms_on(page).found
    for name, abbreviation in pairwise(found):
        if name.term is abbreviation.term and introduces(text, name.end, abbreviation.start):
            others = site.glossary.confusable.get(name.term.id, ())
            for other in sorted(others):
                yield name.start, name.end, site.glossary.terms[other].name(page.locale)


def _wrong_renderings(page: Page, site: Site) -> Iterator[Edit]:
    """What the glossary calls a wrong rendering of the term."""
    for found in site.terms_on(page).found:
        for wrong in found.term.wrong:
            if wrong.locale == page.locale:
                yield found.start, found.end, wrong.text


_SWAPPED = {"<": ">", ">": "<", "≥": "≤", "≤": "≥"}
_OTHER_UNIT = {"day": "hour", "week": "month", "month": "week", "year": "month", "kg": "mg", "mL": "L"}
_OTHER_WORD = dict(pairwise(("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "two")))
_OPPOSITE = {
    "more than": "less than",
    "less than": "more than",
    "fewer than": "more than",
    "at least": "at most",
    "at most": "at least",
    "above": "below",
    "below": "above",
}

KINDS: Mapping[str, FindEdits] = {
    "changed digit": _in_words(_NUMBER, _other_digit),
    "changed digit in a name": _in_words(r"(?<=[A-Za-z])-?\d+", _other_digit),
    "dropped number": _in_words(_NUMBER + "%?", lambda _: ""),
    "decimal point lost": _in_words(r"(?<=\d)\.(?=\d)", lambda _: ""),
    "lost %": _in_words(r"(?<=\d)%", lambda _: ""),
    "flipped sign": _both(
        _in_words(r"−(?=\d)", lambda _: ""), _in_words(r"(?<= )(?=\d+(?:\.\d+)?%? )", lambda _: "−")
    ),
    "dropped ×10⁵": _in_words(r"×10[⁰¹²³⁴-⁹]+", lambda _: ""),
    "exponent lost or flat": _in_words(r"(?<=10)[⁰¹²³⁴-⁹]+", lambda match: "" if match.start() % 2 else "5"),
    "dropped 万": _in_words(r"(?<=\d),000", lambda _: ""),
    "changed comparator": _in_words(r"[<>≤≥](?= ?\d)", lambda match: _SWAPPED[match[0]]),
    "dropped comparator": _in_words(r"[<>≤≥] (?=\d)", lambda _: ""),
    "opposite comparator": _in_words(
        rf"\b(?:{'|'.join(_OPPOSITE)})(?= \d)", lambda match: _OPPOSITE[match[0]]
    ),
    "changed unit": _in_words(
        rf"(?<=\d[ -])(?:{'|'.join(_OTHER_UNIT)})(?=s?\b)", lambda match: _OTHER_UNIT[match[0]]
    ),
    "changed number in words": _in_words(
        rf"\b(?:{'|'.join(_OTHER_WORD)})\b", lambda match: _OTHER_WORD[match[0]]
    ),
    "numbers of 2 sentences swapped": _swapped(_in_words(_NUMBER, lambda _: ""), across_sentences=True),
    "percentages swapped": _swapped(_in_words(r"\d+(?:\.\d+)?(?=%)", lambda _: "")),
    "citations swapped": _swapped(_citations),
    "link targets swapped": _swapped(_targets),
    "missing citation": _dropped_citations,
    "changed citation": _changed_citations,
    "swapped table cell": _swapped_cells,
    "dropped paragraph": _dropped("paragraph"),
    "dropped list item": _dropped("list item", "numbered item"),
    "dropped heading": _dropped("heading"),
    "changed link target": _changed_targets,
    "dropped image": _dropped_images,
    "changed macro argument": _changed_arguments,
    "changed or dropped src": _changed_sources,
    "term taken for another": _confused_terms,
    "wrong expansion": _wrong_expansions,
    "wrong rendering (zh)": _wrong_renderings,
}


def format_table(planted: Sequence[Fault], missed: Sequence[Fault]) -> str:
    """Kind, planted, of these in the added section, caught; then what was missed, by page and line."""
    rows = [
        (
            kind,
            sum(fault.kind == kind for fault in planted),
            sum(fault.kind == kind and fault.is_in_added_section for fault in planted),
            sum(fault.kind == kind for fault in planted) - sum(fault.kind == kind for fault in missed),
        )
        for kind in KINDS
    ]
    added = sum(fault.is_in_added_section for fault in planted)
    rows.append(("in all", len(planted), added, len(planted) - len(missed)))
    lines = [f"{'kind':<32}{'planted':>8}{'(added)':>8}{'caught':>8}"]
    lines += [f"{kind:<32}{count:>8}{f'({added})':>8}{caught:>8}" for kind, count, added, caught in rows]
    lines.append(f"{1 - len(missed) / len(planted):.1%} caught")
    lines += [
        f"missed: {fault.kind}, docs/{fault.locale}/{fault.page_id}.md:{fault.line}" for fault in missed
    ]
    return "\n".join(lines)


def main() -> None:
    """Print the table; an argument says how many faults of each kind."""
    settings, _ = load_settings(ROOT / "mkdocs.yml")
    assert settings is not None
    site = add_sections(load_site(settings)[0])
    planted = list(plant_faults(site, int(sys.argv[1]) if len(sys.argv) > 1 else OF_EACH_KIND))
    print(format_table(planted, [fault for fault in planted if not is_caught(fault, site)]))


if __name__ == "__main__":
    main()
