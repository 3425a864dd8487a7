"""What several export formats share: names, pages, notices, language tags and the address of a DOI.

Nothing here belongs to one format. The words are those of the reference's own language, because an
exported record leaves the page, and with it the page's language.
"""

from __future__ import annotations

import re
from typing import Final

from macros.bibliography.model import Name, Organisation, Person, Reference, StatusKind, Text
from macros.bibliography.printing import doi_url
from macros.bibliography.words import primary_language, words_for

_STATUS_SENTENCES: Final = {
    "en": {
        StatusKind.RETRACTED: "RETRACTED (checked {checked}){notice}",
        StatusKind.EXPRESSION_OF_CONCERN: "EXPRESSION OF CONCERN (checked {checked}){notice}",
        StatusKind.CORRECTED: "Corrected (checked {checked}){notice}",
    },
    "zh": {
        StatusKind.RETRACTED: "已撤稿（{checked} 核查）{notice}",
        StatusKind.EXPRESSION_OF_CONCERN: "期刊发表了关注声明（{checked} 核查）{notice}",
        StatusKind.CORRECTED: "已更正（{checked} 核查）{notice}",
    },
}
_NOTICE_MARKS: Final = {"en": ": ", "zh": "："}
_RANGE: Final = re.compile(r"([^-,;\s]+)-([^-,;\s]+)")


def language_tag(ref: Reference) -> str:
    """BCP 47 as reference managers know it: a bare ``zh`` becomes ``zh-CN``, which their styles ask for.

    Words such as "中文" would switch bilingual citation styles off.
    """
    return "zh-CN" if ref.language == "zh" else ref.language


def prefixed_title(ref: Reference) -> Text:
    """The title, after the words that every reader of a retracted or doubted work must see."""
    if ref.status is None:
        return ref.title
    label = words_for(primary_language(ref)).status_labels.get(ref.status.kind, "")
    return Text(label + ref.title.plain, label + ref.title.html)


def notice(ref: Reference) -> str:
    """What happened to the work after publication, when somebody checked that, and the notice itself."""
    status = ref.status
    if status is None or status.kind is StatusKind.NONE_FOUND:
        return ""
    language = "zh" if primary_language(ref) == "zh" else "en"
    mark = _NOTICE_MARKS[language] if status.notice else ""
    return _STATUS_SENTENCES[language][status.kind].format(
        checked=status.checked.isoformat(), notice=mark + status.notice
    )


def family_with_particle(person: Person) -> str:
    """The part of a name that stands before the comma: ``van den Engel``."""
    return f"{person.particle} {person.family}" if person.particle else person.family


def inverted_name(name: Name) -> str:
    """``van den Engel, S.``, ``Peebles, P. Z., Jr``, ``林沪``; an organisation as it is.

    Han names have neither comma nor space: reference managers of the Chinese community keep them in one
    field, and a comma would give readers "沪 林".
    """
    if isinstance(name, Organisation):
        return name.name
    if name.is_han:
        return name.family + name.given
    parts = (family_with_particle(name), name.given, name.suffix)
    return ", ".join(part for part in parts if part)


def first_and_last_page(pages: str) -> tuple[str, str]:
    """First and last page of one plain range; anything else is one text without a last page.

    >>> first_and_last_page("505-512.e1"), first_and_last_page("146-149, 278-279")
    (('505', '512.e1'), ('146-149, 278-279', ''))
    """
    match = _RANGE.fullmatch(pages)
    return (match[1], match[2]) if match else (pages, "")


def address(ref: Reference) -> str:
    """Where a reader finds the work: its own address, else that of its DOI, else an empty text."""
    return ref.url or (doi_url(ref.doi) if ref.doi else "")


def full_container(ref: Reference) -> Text:
    """The full title of the journal or book, or the only form of it that is known."""
    return ref.container_full if ref.container_full.plain else ref.container
