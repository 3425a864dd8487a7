"""Names as references print them: order, initials, capitals, and how long a list may be.

What a name is made of was decided when it was read. Nothing here invents a name: a work without
authors has none ("佚名" and "Anon" are never printed), and names that the entry leaves out are
"et al.", not made up.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from macros.bibliography.model import Name, Organisation, Person

_TYPOGRAPHIC_HYPHENS = str.maketrans("\u2010\u2011", "--")

LONGEST_INITIALS = 3
"""A given name of so many capitals ("NC") is taken for initials without dots, as PubMed writes them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NameForm:
    """How one style prints names: marks and switches."""

    separator: str = ", "
    """Between two persons, and before "et al."."""
    organisation_separator: str = ", "
    """Between two names of which at least one is an organisation."""
    between_initials: str = ""
    """``""`` gives "Smith JL", a space "Smith J L"."""
    hyphen: str = ""
    """What stays of the hyphen of "Jean-Luc" between its initials."""
    family_in_capitals: bool = False
    particle_in_capitals: bool = False
    most_names: int = 3
    """The longest list that is printed whole."""
    names_before_et_al: int = 3
    """How many names are left of a longer list."""
    suffixes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Other forms of suffixes: III → 3rd."""


def format_names(names: Sequence[Name], form: NameForm, *, et_al: str, truncated: bool = False) -> str:
    """A list of names in the style's form, ended by ``et_al`` where names are left out.

    ``truncated`` says that the entry itself leaves names out ("and others").
    """
    leaves_out = truncated or len(names) > form.most_names
    shown = names[: form.names_before_et_al] if leaves_out else names
    pieces: list[str] = []
    for index, name in enumerate(shown):
        if index:
            alike = isinstance(name, Person) and isinstance(shown[index - 1], Person)
            pieces.append(form.separator if alike else form.organisation_separator)
        pieces.append(format_name(name, form))
    if pieces and leaves_out:
        pieces += (form.separator, et_al)
    return "".join(pieces)


def format_name(name: Name, form: NameForm) -> str:
    """One name.

    Han names keep their order, are joined and never cut to initials; organisations stay as written;
    given names in scripts without capitals are not cut either.

    >>> format_name(Person(family="欧阳", given="修"), NameForm())
    '欧阳修'
    >>> format_name(Person(family="Godard", given="Jean-Luc"), NameForm(between_initials=" ", hyphen="-"))
    'Godard J-L'
    """
    if isinstance(name, Organisation):
        return name.name
    if is_joined(name):
        parts = [name.family + name.given]
    else:
        given = _initials(name.given, form) if _has_case(name.given) else name.given
        parts = [_family(name, form), given]
    if name.suffix:
        parts.append(form.suffixes.get(name.suffix, name.suffix).rstrip("."))
    return " ".join([part for part in parts if part])


def is_joined(person: Person) -> bool:
    """Whether family and given name are written as one word: Han names.

    A family name transcribed in Han with Latin initials (昂温 P S, an example of GB/T 7714) is not.
    """
    family_and_given = person.family + person.given
    return not family_and_given.isascii() and person.is_han and not _has_case(person.given)


def _family(person: Person, form: NameForm) -> str:
    family = person.family.upper() if form.family_in_capitals else person.family
    if not person.particle:
        return family
    particle = person.particle.upper() if form.particle_in_capitals else person.particle
    return particle + family if particle[-1] in "'’-" else f"{particle} {family}"


def _initials(given: str, form: NameForm) -> str:
    if not given.isascii():
        given = unicodedata.normalize("NFC", given).translate(_TYPOGRAPHIC_HYPHENS)
    words = given.replace(".", " ").split()
    initials = [word if _is_initial(word) else _initials_of_word(word, form) for word in words]
    return form.between_initials.join(filter(None, initials))


def _is_initial(word: str) -> bool:
    return len(word) == 1 and word.isupper()


def _initials_of_word(word: str, form: NameForm) -> str:
    if len(word) <= LONGEST_INITIALS and word.isupper() and word.isalpha():
        return form.between_initials.join(word)
    return form.hyphen.join(filter(None, map(_first_letter, word.split("-"))))


def _first_letter(word: str) -> str:
    return next((char.upper() for char in word if char.isalpha()), "")


def _has_case(text: str) -> bool:
    return text.upper() != text.lower()
