"""Languages: which the site has, and the words that the engine itself prints in them.

Words live in ``labels.yml`` beside this file; a site may add to or replace them in
``data/labels.yml``. Nothing else in the engine asks which language a page is in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from macros.problems import Problem
from macros.source_text import parse_yaml, read_source, relative_name

LocalizedText = Mapping[str, str]
"""One text in several languages: locale code → text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Locale:
    """One language of the site."""

    code: str
    """The name of the folder below ``docs/``: ``zh``."""
    lang: str
    """BCP 47, for ``lang`` attributes and hreflang: ``zh-Hans``."""
    name: str
    """As its readers call it: ``中文``."""
    is_default: bool = False
    """The default language has no folder of its own in URLs."""

    @property
    def url_prefix(self) -> str:
        """What the URLs of this language begin with: an empty text or ``en/``."""
        return "" if self.is_default else f"{self.code}/"


@dataclass(frozen=True)
class Labels:
    """The words that the engine prints: dotted key → text in each language."""

    texts: Mapping[str, LocalizedText]

    def text(self, key: str, locale: str) -> str:
        """The words for a key. A missing key is our mistake and raises KeyError."""
        return self.texts[key][locale]

    def in_locale(self, locale: str) -> dict[str, str]:
        """All words of one language, by dotted key, as templates use them."""
        return {key: texts[locale] for key, texts in self.texts.items() if locale in texts}


def load_labels(files: Iterable[Path], root: Path, locales: Iterable[str]) -> tuple[Labels, list[Problem]]:
    """Words from several files, later ones first in rank; every key must have every language."""
    texts: dict[str, LocalizedText] = {}
    problems: list[Problem] = []
    wanted = tuple(locales)
    for path in files:
        source, found = read_source(path, root)
        problems += found
        document, found = parse_yaml(source) if source else (None, [])
        problems += found
        for key, text, place in _flatten(document.value if document else {}, ()):
            texts[key] = text
            missing = [locale for locale in wanted if locale not in text]
            if missing:
                assert document is not None
                problems.append(
                    Problem(
                        file=relative_name(path, root),
                        line=document.line_of(place),
                        rule="text-has-all-locales",
                        message=f'the label "{key}" has no text in {", ".join(missing)}',
                    )
                )
    return Labels(texts), problems


def _flatten(value: Any, path: tuple[str, ...]) -> Iterable[tuple[str, LocalizedText, tuple[str, ...]]]:
    """Leaves are mappings of language → text; whatever lies above is part of the dotted key."""
    if not isinstance(value, dict):
        return
    if value and all(isinstance(text, str) for text in value.values()):
        yield ".".join(path), value, path
        return
    for key, inner in value.items():
        yield from _flatten(inner, (*path, key))
