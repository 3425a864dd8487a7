"""Words that a printed reference needs, by the language of the work that it names.

A reference speaks the language of its work, whatever page it stands on: 等 after Chinese authors
and "et al." after English ones, side by side in one list. What stands here is data: a new language
is a new row. Words of the page around the references are labels of the site, not these.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from macros.bibliography.model import PartialDate, Reference, StatusKind, contains_han


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of one language. A pair is for one person and for several."""

    et_al: str
    et_al_takes_role: bool
    """Whether "translator" may follow "et al." without a mark: 等译."""
    edition: str
    """Template; knows ``number`` (4) and ``ordinal`` (4th)."""
    volume: str
    """Template for one volume of a book; knows ``number``."""
    editor: tuple[str, str]
    editor_short: tuple[str, str]
    translator: tuple[str, str]
    translator_short: tuple[str, str]
    thesis: str
    """What a thesis is called that does not say it itself."""
    standard_year_dash: str
    """Before the year in the number of a standard: GB/T 7714—2025, but IEEE 1012-2016."""
    status_labels: Mapping[StatusKind, str]
    """What is set before the title of a work that readers must not take at face value."""


WORDS: Mapping[str, Words] = MappingProxyType(
    {
        "en": Words(
            et_al="et al.",
            et_al_takes_role=False,
            edition="{ordinal} ed",
            volume="v.{number}",
            editor=("editor", "editors"),
            editor_short=("ed", "eds"),
            translator=("translator", "translators"),
            translator_short=("trans", "trans"),
            thesis="dissertation",
            standard_year_dash="-",
            status_labels=MappingProxyType(
                {
                    StatusKind.RETRACTED: "RETRACTED: ",
                    StatusKind.EXPRESSION_OF_CONCERN: "EXPRESSION OF CONCERN: ",
                }
            ),
        ),
        "zh": Words(
            et_al="等",
            et_al_takes_role=True,
            edition="{number} 版",
            volume="卷{number}",
            editor=("编", "编"),
            editor_short=("编", "编"),
            translator=("译", "译"),
            translator_short=("译", "译"),
            thesis="学位论文",
            standard_year_dash="—",
            status_labels=MappingProxyType(
                {StatusKind.RETRACTED: "已撤稿：", StatusKind.EXPRESSION_OF_CONCERN: "关注声明："}
            ),
        ),
    }
)
"""By primary language. A language without a row of its own uses the English words."""

LANGUAGE_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "ar": "Arabic",
        "bg": "Bulgarian",
        "ca": "Catalan",
        "cs": "Czech",
        "da": "Danish",
        "de": "German",
        "el": "Greek",
        "es": "Spanish",
        "fa": "Persian",
        "fi": "Finnish",
        "fr": "French",
        "he": "Hebrew",
        "hr": "Croatian",
        "hu": "Hungarian",
        "id": "Indonesian",
        "it": "Italian",
        "ja": "Japanese",
        "ko": "Korean",
        "nb": "Norwegian",
        "nl": "Dutch",
        "nn": "Norwegian",
        "no": "Norwegian",
        "pl": "Polish",
        "pt": "Portuguese",
        "ro": "Romanian",
        "ru": "Russian",
        "sk": "Slovak",
        "sl": "Slovenian",
        "sr": "Serbian",
        "sv": "Swedish",
        "th": "Thai",
        "tr": "Turkish",
        "uk": "Ukrainian",
        "vi": "Vietnamese",
        "zh": "Chinese",
    }
)
"""English names of languages (ISO 639), as NLM and AMA name the language of a work not in English."""

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

_ORDINAL_WORDS: Mapping[str, str] = MappingProxyType(
    {
        word: str(number)
        for number, word in enumerate(
            ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"), 1
        )
    }
)

_NUMBERED_EDITION = re.compile(
    r"(?:第\s*)?([0-9]{1,3})\s*(?:st|nd|rd|th)?\s*(?:ed\.?|edn\.?|edition|版)?", re.IGNORECASE
)


def primary_language(ref: Reference) -> str:
    """The first part of the work's language tag; guessed from the title where the entry is silent.

    >>> from macros.bibliography.model import Kind, Text
    >>> primary_language(Reference(citekey="a", kind=Kind.BOOK, language="zh-Hans", title=Text("A", "A")))
    'zh'
    """
    if ref.language:
        return ref.language.partition("-")[0].lower()
    return "zh" if contains_han(ref.title.plain) else "en"


def words_for(language: str) -> Words:
    """The words of a primary language."""
    return WORDS.get(language, WORDS["en"])


def format_edition(edition: str, words: Words) -> str:
    """An edition in words; nothing for a first one, which no style prints.

    What is not a plain number ("Rev. ed.", "修订版") stays as written.

    >>> format_edition("4", WORDS["en"]), format_edition("第3版", WORDS["zh"])
    ('4th ed', '3 版')
    >>> format_edition("First", WORDS["en"])
    ''
    """
    numbered = _NUMBERED_EDITION.fullmatch(edition)
    number = str(int(numbered[1])) if numbered else _ORDINAL_WORDS.get(edition.lower(), "")
    if number == "1":
        return ""
    return words.edition.format(number=number, ordinal=ordinal(int(number))) if number else edition


def ordinal(number: int) -> str:
    """An English ordinal.

    >>> [ordinal(number) for number in (2, 3, 11, 21, 112)]
    ['2nd', '3rd', '11th', '21st', '112th']
    """
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def format_date_year_first(date: PartialDate) -> str:
    """A date as NLM writes it.

    >>> format_date_year_first(PartialDate(year=2002, month=7, day=25))
    '2002 Jul 25'
    """
    return " ".join(part for part in (str(date.year), month_name(date)[:3], _day(date)) if part)


def format_date_month_first(date: PartialDate) -> str:
    """A date as AMA writes it.

    >>> format_date_month_first(PartialDate(year=2019, month=6, day=7))
    'June 7, 2019'
    """
    month, day = month_name(date), _day(date)
    return f"{month} {day}, {date.year}" if day else f"{month} {date.year}".lstrip()


def month_name(date: PartialDate) -> str:
    """The month in English; an empty text where it is not known."""
    return MONTHS[date.month - 1] if date.month and 1 <= date.month <= 12 else ""


def _day(date: PartialDate) -> str:
    return str(date.day) if date.day and month_name(date) else ""
