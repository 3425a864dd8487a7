"""Rules of prose: what holds for punctuation, spaces and signs, by the script of the text.

A rule looks at one passage and yields findings; its docstring shows Bad and Good. Rules that know words
stand in ``macros.prose.spelling``. Somebody else's words, in quotation marks or italics, are left as they
are by all rules (``macros.prose.finding``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

from macros.numbers_in_text import SIGN_MAY_FOLLOW
from macros.prose.passages import Edit, Finding, Passage, is_written_in_han
from macros.prose.placed_text import BREAK, CITATION, OPAQUE

HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f〇々"
WIDE = "，。、；：？！（）《》〈〉「」『』【】〔〕"
"""Full-width punctuation; quotation marks have the same code in all scripts."""

_OWN_SPACE = WIDE + "“”‘’"

_LATIN = "A-Za-z0-9À-ÖØ-öø-ɏͰ-Ͽ"
_FULL_WIDTH = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", ".": "。", "(": "（", ")": "）"}

Rule = Callable[[Passage], Iterator[Finding]]


# Texts in Chinese characters

_HALF_WIDTH = re.compile(r"[,;:?!.](?:(?<!\.)|(?<![.\s]\.)(?![.A-Za-z0-9]))")
_BEFORE = re.compile(rf"([{HAN}])[{CITATION} ）)”’]*\Z")
_BEFORE_STOP = re.compile(rf"[{HAN}][{CITATION}）)”’]*\Z")
_BEHIND = re.compile(rf"[{CITATION} （(“‘]*[{HAN}]")
_BRACKETS = re.compile(rf"([（(])([^()（）{BREAK}]*(?:（[^()（）{BREAK}]*）[^()（）{BREAK}]*)*)([）)])")
_REACH = 12
"""How far before a mark its neighbour is looked for: closing brackets and quotation marks."""


def find_half_width(passage: Passage) -> Iterator[Finding]:
    """Beside a Chinese character punctuation is full-width (``han-punctuation-is-full-width``).

    Source: W3C Requirements for Chinese Text Layout (clreq), punctuation.

    Bad:  ``绿茶, 红茶 (发酵).``
    Good: ``绿茶，红茶（发酵）。``
    """
    text = passage.text
    for match in _HALF_WIDTH.finditer(text):
        start, end = match.span()
        before = text[max(start - _REACH, 0) : start]
        beside = _BEFORE_STOP.search(before) if match[0] == "." else _BEFORE.search(before)
        if beside or (match[0] != "." and _BEHIND.match(text, end)):
            new = _FULL_WIDTH[match[0]]
            yield _half_width(match[0], new, start, (Edit(start, end, new),))
    for match in _BRACKETS.finditer(text):
        if match[1] + match[3] != "（）" and _is_in_han(match, text):
            edits = (Edit(*match.span(1), "（"), Edit(*match.span(3), "）"))
            yield _half_width(f"{match[1]} {match[3]}", "（ ）", match.start(), edits)


def _half_width(old: str, new: str, start: int, edits: tuple[Edit, ...]) -> Finding:
    return Finding(
        rule="han-punctuation-is-full-width",
        start=start,
        end=start + 1,
        message=f"“{old}” beside a Chinese character is half-width",
        hint=f"write {new}",
        edits=edits,
    )


def _is_in_han(match: re.Match[str], text: str) -> bool:
    """Whether brackets belong to a sentence in Chinese characters, not to a name (``CD34(+)``)."""
    start, end = match.span()
    if re.match("[×·/^%]", text[end : end + 1]):
        return False  # of a formula: (1～10)×10⁵
    is_after_name = bool(re.match(rf"[{_LATIN}{OPAQUE}\])]", text[start - 1 : start]))
    return bool(
        "（" in match[1]
        or "）" in match[3]
        or re.search(f"[{HAN}]", match[2])
        or re.search(rf"[{HAN}{WIDE}] *\Z", text[max(start - _REACH, 0) : start])
        or (not is_after_name and re.match(rf" ?[{HAN}]", text[end : end + 2]))
    )


_BLANK = " \t\u00a0\u3000"
_BETWEEN_HAN = re.compile(rf"(?<=[{HAN}])(?:[{_BLANK}]+|\n)(?=[{HAN}])")


def find_spaces_between_han(passage: Passage) -> Iterator[Finding]:
    """Between Chinese characters stands no space, nor the end of a line (``no-space-between-han``).

    Browsers show the end of a line as a space.

    Bad:  ``绿 茶``
    Good: ``绿茶``
    """
    for match in _BETWEEN_HAN.finditer(passage.text):
        what = "the line ends" if match[0] == "\n" else "a space stands"
        yield Finding(
            rule="no-space-between-han",
            start=match.start(),
            end=match.end(),
            message=f"{what} between two Chinese characters",
            hint="delete it, or write the punctuation that is missing",
            edits=(Edit(*match.span(), ""),),
        )


_BESIDE_WIDE = re.compile(
    # Begins with the space itself, of which a Chinese text has few.
    rf"[{_BLANK}](?:(?<=[{WIDE}].)[{_BLANK}]*(?=[^\s{OPAQUE}{CITATION}])"
    rf"|(?<=[^\s{OPAQUE}{CITATION}].)[{_BLANK}]*(?=[{WIDE}])"
    rf"|(?<=[{HAN}].)[{_BLANK}]*(?=[“‘])|(?<=[”’].)[{_BLANK}]*(?=[{HAN}]))"
)


def find_spaces_beside_full_width(passage: Passage) -> Iterator[Finding]:
    """Full-width punctuation brings its own space (``no-space-beside-full-width``).

    Bad:  ``绿茶， EGCG“茶”``
    Good: ``绿茶，EGCG“茶”``
    """
    for match in _BESIDE_WIDE.finditer(passage.text):
        if _ends_emphasis(match, passage):
            continue
        yield Finding(
            rule="no-space-beside-full-width",
            start=match.start(),
            end=match.end(),
            message="a space stands beside full-width punctuation",
            hint="delete it",
            edits=(Edit(*match.span(), ""),),
        )


def _ends_emphasis(match: re.Match[str], passage: Passage) -> bool:
    """Whether mark-up stands between a space and the punctuation: ``**茶。** 茶``.

    CommonMark needs that space, or shows the asterisks.
    """
    start, end = match.span()
    before, behind = passage.placed.gap(start), passage.placed.gap(end)
    is_behind = passage.text[start - 1] in _OWN_SPACE and before[0] < before[1]
    return is_behind or (passage.text[end] in _OWN_SPACE and behind[0] < behind[1])


_HAN_MEETS_LATIN = re.compile(rf"(?<=[{HAN}])(?=[{_LATIN}])|(?<=[{_LATIN}%‰°℃µ⁰¹²³⁴-⁹⁺⁻])(?=[{HAN}])")


def find_missing_spaces(passage: Passage) -> Iterator[Finding]:
    """Between a Chinese character and a Latin letter or digit stands one space.

    ``one-space-between-han-and-latin``; source: the style of autocorrect, see decisions/0005-prose-lint.md.

    Bad:  ``第3天的GABA``
    Good: ``第 3 天的 GABA``
    """
    for match in _HAN_MEETS_LATIN.finditer(passage.text):
        place = match.start()
        yield Finding(
            rule="one-space-between-han-and-latin",
            start=place,
            end=place,
            message=f"no space between “{passage.text[place - 1]}” and “{passage.text[place]}”",
            hint="write one space between a Chinese character and a letter or digit",
            edits=(Edit(place, place, " "),),
        )


_STRAIGHT = re.compile(rf"\"(?P<double>[^\"\n{BREAK}]*)\"|(?<![{_LATIN}])'(?P<single>[^'\n{BREAK}]*)'")


def find_straight_quotes(passage: Passage) -> Iterator[Finding]:
    """Chinese words stand in Chinese quotation marks (``quotation-marks-fit-the-language``).

    Bad:  ``称为"绿茶"``
    Good: ``称为“绿茶”``
    """
    text = passage.text
    for match in _STRAIGHT.finditer(text):
        start, end = match.span()
        around = text[max(start - 1, 0) : start] + text[end : end + 1]
        if re.search(f"[{HAN}]", match[0] + around):
            opening, closing = "“”" if match["double"] is not None else "‘’"
            yield Finding(
                rule="quotation-marks-fit-the-language",
                start=start,
                end=start + 1,
                message=f"straight quotation marks around {match[0]}",
                hint=f"write {opening}…{closing}",
                edits=(Edit(start, start + 1, opening), Edit(end - 1, end, closing)),
            )


_FULL_WIDTH_LATIN = re.compile(r"[Ａ-Ｚａ-ｚ０-９％]+")


def find_full_width_letters(passage: Passage) -> Iterator[Finding]:
    """Latin letters and digits are half-width (``letters-and-digits-are-half-width``).

    Bad:  ``ＧＡＢＡ ５６ 例``
    Good: ``GABA 56 例``
    """
    for match in _FULL_WIDTH_LATIN.finditer(passage.text):
        yield Finding(
            rule="letters-and-digits-are-half-width",
            start=match.start(),
            end=match.end(),
            message=f"“{match[0]}” is full-width",
            hint=f"write {unicodedata.normalize('NFKC', match[0])}",
        )


HAN_RULES: tuple[Rule, ...] = (
    find_half_width,
    find_spaces_between_han,
    find_spaces_beside_full_width,
    find_missing_spaces,
    find_straight_quotes,
    find_full_width_letters,
)


# Texts in any script

_LONGEST_TERM = 60
_IN_BRACKETS = re.compile(rf"[（(]([^()（）{OPAQUE}{CITATION}{BREAK}]{{2,{_LONGEST_TERM}}})[）)]")


def find_doubled_terms(passage: Passage) -> Iterator[Finding]:
    """Brackets do not repeat the term before them (``no-doubled-term``).

    That happens where a translation has lost the original word or the abbreviation. Which of the two is
    right a person has to know. Chinese words in a text of another script are a source's own.

    Bad:  ``茶多酚（茶多酚）``
    Good: ``茶多酚（tea polyphenols）``
    """
    for match in _IN_BRACKETS.finditer(passage.text):
        term = match[1].strip()
        before = passage.text[max(match.start() - _LONGEST_TERM - 2, 0) : match.start()].rstrip(" \n")
        is_whole = not re.match(r"[A-Za-z]", term) or not re.search(r"\w\Z", before[: -len(term)])
        is_own = is_written_in_han(passage.lang) or not re.search(f"[{HAN}]", term)
        if (
            is_own
            and re.search(r"[^\W\d_]", term)
            and before.casefold().endswith(term.casefold())
            and is_whole
        ):
            yield Finding(
                rule="no-doubled-term",
                start=match.start(),
                end=match.end(),
                message=f"the brackets repeat “{term}”",
                hint="write the other term that was meant, or no brackets",
            )


_HYPHEN = re.compile(rf"-(?=\d)(?:(?<=[{SIGN_MAY_FOLLOW}]-)|(?<![\w\-–—−./)\]］）%{OPAQUE}{CITATION}]-))")
_SUSPENDED = re.compile(r"\w(?:-\d+(?:[,，、/;； \n]|and|or|to|和|或|及|与|至)*)+\Z")


def find_hyphens_for_minus(passage: Passage) -> Iterator[Finding]:
    """A negative number has a minus sign, U+2212, before it (``minus-is-a-minus``).

    A hyphen is shorter, and a line may end behind it. In a list of names it stays: ``IL-4, -5 and -13``.

    Bad:  ``a change of -5.2 points``
    Good: ``a change of −5.2 points``
    """
    for match in _HYPHEN.finditer(passage.text):
        if not _SUSPENDED.search(passage.text, max(match.start() - 60, 0), match.start()):
            yield Finding(
                rule="minus-is-a-minus",
                start=match.start(),
                end=match.end(),
                message="a hyphen stands for a minus sign",
                hint="write −",
                edits=(Edit(*match.span(), "−"),),
            )


_MINUS_BY_MARK = re.compile(r"[～~〜–—][ \n]*[−-]|[−-]\d[\d.,]* ?%?[ \n]*[～~〜–—]")
_RANGE = re.compile(
    rf"(?:(?P<negative>(?:(?<![\w)])|(?<=[{SIGN_MAY_FOLLOW}]))[−-])|(?<![\w.,]))\d[\d.,]*(?: ?%)?"
    r"(?P<between>[ \n]*[～~〜–—][ \n]*)(?P<second>[−-])?(?=\d)"
)


def find_negative_ranges(between: str) -> Rule:
    """The rule ``range-mark-fits-its-numbers``; ``between``: the word for a range, with its spaces.

    Beside a minus sign a dash or ～ is misread.

    Bad:  ``−5.17～−1.67``
    Good: ``−5.17 至 −1.67``
    """

    def find(passage: Passage) -> Iterator[Finding]:
        if not _MINUS_BY_MARK.search(passage.text):
            return
        for match in _RANGE.finditer(passage.text):
            if match["negative"] or match["second"]:
                yield Finding(
                    rule="range-mark-fits-its-numbers",
                    start=match.start("between"),
                    end=match.end("between"),
                    message=f"“{match['between'].strip()}” beside a negative number",
                    hint=f"write{between.rstrip()}",
                    edits=(Edit(*match.span("between"), between),),
                )

    return find


UNSEEN = (
    "\u00ad\u180e\u200b-\u200f\u2028\u2060-\u2064\u202a-\u202e\u2066-\u2069\ufeff\u115f\u1160\u3164\uffa0"
)
_UNSEEN = re.compile(rf"[{UNSEEN}]")
_JOINERS = "\u200c\u200d"
_NEEDS_NO_JOINER = re.compile(rf"[\s{_LATIN}{HAN}{WIDE}\x00-\x7f“”‘’]?")


def find_unseen(passage: Passage) -> Iterator[Finding]:
    """No character is invisible (``no-unseen-character``).

    Words that hold one are found by no search. Joiners that their script needs, and emoji, stay.

    Bad:  ``green\u200btea``
    Good: ``green tea``
    """
    text = passage.text
    for match in _UNSEEN.finditer(text):
        beside = (text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1])
        if match[0] in _JOINERS and not all(_NEEDS_NO_JOINER.fullmatch(each) for each in beside):
            continue
        yield Finding(
            rule="no-unseen-character",
            start=match.start(),
            end=match.end(),
            message=f"an invisible character (U+{ord(match[0]):04X}) stands here",
            hint="delete it; copy and paste often brings it along",
            edits=(Edit(*match.span(), ""),),
        )


_SPACES = re.compile(r"  (?<=\S  ) *(?=\S)")


def find_double_spaces(passage: Passage) -> Iterator[Finding]:
    """Between words stands one space (``no-double-space``).

    Bad:  ``green  tea``
    Good: ``green tea``
    """
    for match in _SPACES.finditer(passage.text):
        beside = {passage.text[match.start() - 1], passage.text[match.end()]}
        if beside != {OPAQUE} and passage.placed.is_together(*match.span()):
            yield Finding(
                rule="no-double-space",
                start=match.start(),
                end=match.end(),
                message=f"{len(match[0])} spaces stand here",
                hint="write one",
                edits=(Edit(match.start() + 1, match.end(), ""),),
            )


COMMON_RULES: tuple[Rule, ...] = (
    find_doubled_terms,
    find_hyphens_for_minus,
    find_unseen,
    find_double_spaces,
)
