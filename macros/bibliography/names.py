"""Names: who wrote a work, from the way BibTeX writes it.

Owns the splitting of ``author`` and ``editor`` values into people and organisations, and what to say about
a value that is no such list. How a name is printed is decided by the citation styles.

The forms are those of Oren Patashnik's BibTeX ("First von Last", "von Last, First", "von Last, Jr, First"),
split before decoding, so that a letter in braces counts as one letter. Han names put the family name first,
with or without a comma.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from macros.bibliography.latex import decode_latex, find_closing_brace
from macros.bibliography.model import Name, Organisation, Person


class _Separator:
    """A pattern that separates only outside of all braces."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self._anywhere = re.compile(pattern, flags)
        self._with_braces = re.compile(rf"\\.|([{{}}])|(?P<cut>{pattern})", flags | re.DOTALL)

    def split(self, raw: str) -> list[str]:
        """The stripped parts between the separators."""
        if not self._anywhere.search(raw):
            return [raw.strip()]
        if "{" not in raw and "\\" not in raw:
            return [part.strip() for part in self._anywhere.split(raw)]
        parts = []
        depth = start = 0
        for match in self._with_braces.finditer(raw):
            if match[1]:
                depth = depth + 1 if match[1] == "{" else max(depth - 1, 0)
            elif depth == 0 and match["cut"]:
                parts.append(raw[start : match.start()].strip())
                start = match.end()
        return [*parts, raw[start:].strip()]


_AND: Final = _Separator(r"(?<!\S)and(?!\S)", re.IGNORECASE)
_COMMA: Final = _Separator(r",")
_SPACE: Final = _Separator(r"[\s~]+")
_OTHER_MARK: Final = _Separator(r"[;；、，]")

_ET_AL: Final = re.compile(r"(?:^|[\s,，])(et\.? al\.?|等)$", re.IGNORECASE)
_SUFFIX: Final = re.compile(r"(?:[JS]r\.?|I{2,3}|IV|2nd|3rd|4th)", re.IGNORECASE)
_INITIALS: Final = re.compile(r"(?:[A-Z]\.?-?){1,3}")
_AND_IN_BRACES: Final = re.compile(r"\sand\s", re.IGNORECASE)

_PLAIN_NAME: Final = re.compile(r"([A-ZÀ-ÖØ-Þ][\w'-]*), ([A-ZÀ-ÖØ-Þ][\w' .-]*)")
"""One family name and given names: what most names are, so that most need no further look."""

_HAN: Final = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_HAN_NAME: Final = re.compile(rf"[{_HAN}]+(?:\s+[{_HAN}]+)?")
_LONGEST_HAN_NAME: Final = 4
"""Two letters of a compound family name and two of a given name."""

_COMPOUNDS: Final = """
万俟 东方 东郭 东里 东门 乐正 亓官 令狐 仲孙 公冶 公孙 公羊 公良 公西 单于 南宫 南门 司寇 司徒
司空 司马 呼延 哥舒 壤驷 夏侯 太叔 夹谷 宇文 宗政 宰父 尉迟 左丘 巫马 微生 慕容 拓跋 拓拔 梁丘
欧阳 段干 淳于 漆雕 澹台 濮阳 独孤 申屠 百里 皇甫 第五 端木 羊舌 闻人 闾丘 赫连 西门 谷梁 贺兰
轩辕 钟离 长孙 鲜于 颛孙 上官 诸葛 完颜 耶律 纳兰 萬俟 東方 東郭 東門 樂正 仲孫 公孫 單于 南宮
司馬 壤駟 尉遲 巫馬 歐陽 獨孤 聞人 閭丘 赫連 穀梁 賀蘭 軒轅 鍾離 長孫 鮮于 顓孫 諸葛 澹臺 完顏
納蘭
"""
COMPOUND_FAMILY_NAMES: Final = frozenset(_COMPOUNDS.split())
"""Common family names of two letters, in simplified and in traditional letters; all others have one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NameFault:
    """Why a name could not be read as it was meant, and what to write."""

    name: str
    fault: str
    """The rest of a sentence that begins with the name, or all of it where there is none."""
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NameList:
    """The names of one field, as far as they can be read."""

    names: tuple[Name, ...] = ()
    truncated: bool = False
    """The list ended in ``and others``."""
    faults: tuple[NameFault, ...] = ()


_NO_NAME: Final = NameFault(name="", fault="a name is missing", hint='write "and" only between two names')
_AFTER_OTHERS: Final = NameFault(
    name="others", fault="stands before a name", hint='end the list with "and others"'
)


def parse_names(raw: str) -> NameList:
    r"""The people and organisations of an ``author`` or ``editor`` value.

    >>> parse_names("van den Engel, S. and 张三 and {World Health Organization} and others").names
    ... # doctest: +NORMALIZE_WHITESPACE
    (Person(family='Engel', given='S.', particle='van den', suffix=''),
     Person(family='张', given='三', particle='', suffix=''),
     Organisation(name='World Health Organization'))
    """
    names: list[Name] = []
    faults: list[NameFault | None] = []
    truncated = False
    parts = _AND.split(raw)
    for part in parts:
        rest, ends_here, et_al = _cut_others(part)
        truncated = truncated or ends_here
        name, fault = _parse_name(rest) if rest else (None, None if ends_here else _NO_NAME)
        names.extend([name] if name else [])
        faults.extend((et_al, fault))
    if "others" in parts[:-1]:
        faults.append(_AFTER_OTHERS)
    return NameList(
        names=tuple(names),
        truncated=truncated,
        faults=tuple(dict.fromkeys(fault for fault in faults if fault)),
    )


def _cut_others(part: str) -> tuple[str, bool, NameFault | None]:
    """A name without "others" or "et al.", whether there was one, and what is wrong with it."""
    if part == "others":
        return "", True, None
    if match := _ET_AL.search(part):
        return (
            part[: match.start()].rstrip(" ,，"),
            True,
            NameFault(name=match[1], fault="is no name", hint='write "and others"'),
        )
    return part, False, None


def _parse_name(raw: str) -> tuple[Name | None, NameFault | None]:
    if (plain := _PLAIN_NAME.fullmatch(raw)) and "--" not in raw and "''" not in raw:
        return Person(family=plain[1], given=plain[2]), None
    name, fault = _parse_some_name(raw)
    is_empty = not (name.family if isinstance(name, Person) else name.name)
    return (None, _NO_NAME) if is_empty else (name, fault)


def _parse_some_name(raw: str) -> tuple[Name, NameFault | None]:
    if raw.startswith("{") and find_closing_brace(raw, 0) == len(raw) - 1:
        return _parse_organisation(raw)
    if len(_OTHER_MARK.split(raw)) > 1:
        return _literal(raw, "holds a mark that does not separate names", 'write "and" between two names')
    parts = _COMMA.split(raw)
    if len(parts) > 3 or not all(parts):
        hint = 'write "Family, Given", "and" between two names, {{…}} around an organisation'
        return _literal(raw, "is no name", hint)
    if _HAN_NAME.fullmatch(raw) or (len(parts) > 1 and _HAN_NAME.fullmatch("".join(parts))):
        return _parse_han_name(raw, parts)
    return _parse_western_name(parts)


def _parse_organisation(raw: str) -> tuple[Name, NameFault | None]:
    name = _plain(raw)
    fault = None
    parts = _AND_IN_BRACES.split(name)
    if len(parts) > 1 and all(part.count(",") == 1 for part in parts):
        what = "is read as one organisation, because it stands in braces of its own"
        fault = NameFault(name=name, fault=what, hint="take one pair of braces away")
    return Organisation(name=name), fault


def _literal(raw: str, fault: str, hint: str) -> tuple[Name, NameFault]:
    name = _plain(raw)
    return Organisation(name=name), NameFault(name=name, fault=fault, hint=hint)


def _parse_han_name(raw: str, parts: Sequence[str]) -> tuple[Name, NameFault | None]:
    if len(parts) > 2:
        return _literal(raw, "is more than one name", 'write "and" between two names: {张三 and 李四}')
    words = parts if len(parts) == 2 else raw.split()
    if len(words) == 2:
        return Person(family=words[0], given="".join(words[1].split())), None
    if len(raw) > _LONGEST_HAN_NAME:
        return _literal(
            raw, "is too long for a person's name", "write two pairs of braces around an organisation"
        )
    family = raw[:2] if raw[:2] in COMPOUND_FAMILY_NAMES else raw[:1]
    return Person(family=family, given=raw[len(family) :]), None


def _parse_western_name(parts: Sequence[str]) -> tuple[Name, NameFault | None]:
    if len(parts) == 1:
        return _parse_first_von_last(_SPACE.split(parts[0]))
    family, given, suffix, fault = parts[0], parts[-1], "".join(parts[1:-1]), None
    if suffix and _SUFFIX.fullmatch(given) and not _SUFFIX.fullmatch(suffix):
        given, suffix = suffix, given
        fault = _wrong_order(", ".join(parts), f"{family}, {suffix}, {given}")
    return _person(_SPACE.split(family), given, suffix), fault


def _parse_first_von_last(words: list[str]) -> tuple[Name, NameFault | None]:
    if len(words) > 2 and _SUFFIX.fullmatch(words[-1]):
        *given, family, suffix = words
        right = f"{family}, {suffix}, {' '.join(given)}"
        return _person([family], " ".join(given), suffix), _wrong_order(" ".join(words), right)
    if len(words) > 1 and _INITIALS.fullmatch(words[-1]):
        *family_words, initials = words
        right = f"{' '.join(family_words)}, {initials}"
        return _person(family_words, initials), _wrong_order(" ".join(words), right)
    first = next((i for i, word in enumerate(words[:-1]) if _is_particle(word)), len(words) - 1)
    return _person(words[first:], " ".join(words[:first])), None


def _wrong_order(name: str, right: str) -> NameFault:
    return NameFault(
        name=name, fault="has its parts in an order that BibTeX reads otherwise", hint=f'write "{right}"'
    )


def _person(von_last: Sequence[str], given: str, suffix: str = "") -> Name:
    particle, family = _split_von_last(von_last)
    return Person(
        family=_plain(family),
        given=_plain(given),
        particle=_plain(particle),
        suffix=_plain(suffix).rstrip("."),
    )


def _split_von_last(words: Sequence[str]) -> tuple[str, str]:
    """The particle and the family name: the last word never belongs to the particle."""
    cut = max((i + 1 for i, word in enumerate(words[:-1]) if _is_particle(word)), default=0)
    return " ".join(words[:cut]), " ".join(words[cut:])


def _is_particle(word: str) -> bool:
    """Whether the first letter is small; a word in braces has none, unless it is an accented letter."""
    if word[:1].isalpha():
        return word[0].islower()
    if word.startswith("{") and not word.startswith("{\\"):
        return False
    return next((letter.islower() for letter in _plain(word) if letter.isalpha()), False)


def _plain(raw: str) -> str:
    return decode_latex(raw).plain
