"""Settings: what ``mkdocs.yml`` says to the engine.

Read without MkDocs, so that checks and exports work without it. The languages are those of the
i18n plugin; everything else stands under ``extra: reference_site:``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
import yaml_env_tag

from macros.bibliography.styles import PROFILES
from macros.locales import Locale
from macros.problems import Problem, did_you_mean
from macros.source_text import relative_name


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteSettings:
    """Where the parts of a site lie, and how it wants its references printed."""

    root: Path
    """The folder of ``mkdocs.yml``."""
    config_file: str
    site_names: Mapping[str, str]
    """Locale code → what the site is called in that language."""
    site_url: str
    """Absolute, with a slash at its end; empty when the site has no address yet."""
    docs_dir: Path
    data_dir: Path
    bibliography_file: Path
    locales: tuple[Locale, ...]
    styles: Mapping[str, str]
    """Locale code → name of the citation style on pages of that language."""
    spellings: Mapping[str, str] = field(default_factory=dict)
    """Locale code → the variety of spelling that the site wants (``british``), where it wants one."""

    @property
    def reviews_dir(self) -> Path:
        """Where it is written down which pages somebody has compared with their counterparts."""
        return self.root / "reviews"

    @property
    def locale_codes(self) -> tuple[str, ...]:
        """The codes of all languages, in the order of ``mkdocs.yml``."""
        return tuple(locale.code for locale in self.locales)

    @property
    def default_locale(self) -> Locale:
        """The language that stands at the root of the site."""
        return next(locale for locale in self.locales if locale.is_default)

    def locale(self, code: str) -> Locale:
        """The language with this code; KeyError if the site has none."""
        return {locale.code: locale for locale in self.locales}[code]


class _ConfigLoader(yaml.SafeLoader):
    """Reads mkdocs.yml as far as we need it: ``!ENV`` as MkDocs does, other tags as nothing."""


def _construct_nothing(loader: yaml.SafeLoader, suffix: str, node: yaml.Node) -> None:
    """Tags such as ``!!python/name:`` are MkDocs' business, and we execute nothing."""


_ConfigLoader.add_constructor("!ENV", yaml_env_tag.construct_env_tag)
_ConfigLoader.add_multi_constructor("tag:yaml.org,2002:python/", _construct_nothing)


def load_settings(config_file: Path) -> tuple[SiteSettings | None, list[Problem]]:
    """The settings in a ``mkdocs.yml``; None when they cannot be made out."""
    root = config_file.resolve().parent
    name = relative_name(config_file, root)
    try:
        config = yaml.load(config_file.read_bytes(), Loader=_ConfigLoader)
    except FileNotFoundError:
        return None, [Problem(file=name, rule="file-exists", message="there is no such file")]
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        what = getattr(error, "problem", None) or str(error).splitlines()[0]
        return None, [
            Problem(
                file=name, line=line, column=column, rule="yaml-parses", message=f"this is not YAML: {what}"
            )
        ]
    ours = _mapping(_mapping(config, "extra"), "reference_site")
    problems: list[Problem] = []
    locales = _read_locales(config, ours)
    if sum(locale.is_default for locale in locales) != 1:
        message = "the i18n plugin needs its languages, exactly one of them with default: true"
        return None, [Problem(file=name, rule="settings-are-complete", message=message)]
    styles = {
        locale.code: _mapping(_mapping(ours, "languages"), locale.code).get("style", "nlm")
        for locale in locales
    }
    for style in styles.values():
        if style not in PROFILES:
            message = f'there is no citation style "{style}"'
            hint = did_you_mean(style, PROFILES)
            problems.append(Problem(file=name, rule="style-is-known", message=message, hint=hint))
    if problems:
        return None, problems
    site_url = str(config.get("site_url") or "")
    return (
        SiteSettings(
            root=root,
            config_file=name,
            site_names=_site_names(config),
            site_url=site_url if not site_url or site_url.endswith("/") else f"{site_url}/",
            docs_dir=root / str(config.get("docs_dir") or "docs"),
            data_dir=root / str(ours.get("data") or "data"),
            bibliography_file=root / str(ours.get("bibliography") or "references.bib"),
            locales=locales,
            styles=styles,
            spellings=_read_spellings(ours, locales),
        ),
        problems,
    )


def _mapping(value: Any, key: str) -> Mapping[str, Any]:
    inner = value.get(key) if isinstance(value, Mapping) else None
    return inner if isinstance(inner, Mapping) else {}


def _site_names(config: Any) -> dict[str, str]:
    """The name that a language of the i18n plugin gives, else that of the site."""
    otherwise = str(config.get("site_name") or "")
    return {
        str(language["locale"]): str(language.get("site_name", otherwise)) for language in _languages(config)
    }


def _languages(config: Any) -> list[Mapping[str, Any]]:
    """The languages of the i18n plugin that are built, as they are written."""
    plugins = config.get("plugins") if isinstance(config, Mapping) else None
    i18n: Mapping[str, Any] = next(
        (
            _mapping(plugin, "i18n")
            for plugin in plugins or ()
            if isinstance(plugin, Mapping) and "i18n" in plugin
        ),
        {},
    )
    languages: Sequence[Any] = i18n.get("languages") or ()
    return [
        language
        for language in languages
        if isinstance(language, Mapping) and "locale" in language and language.get("build", True)
    ]


def _read_locales(config: Any, ours: Mapping[str, Any]) -> tuple[Locale, ...]:
    written = _mapping(ours, "languages")
    return tuple(
        Locale(
            code=str(language["locale"]),
            lang=str(_mapping(written, str(language["locale"])).get("lang", language["locale"])),
            name=str(language.get("name", language["locale"])),
            is_default=bool(language.get("default", False)),
        )
        for language in _languages(config)
    )


def _read_spellings(ours: Mapping[str, Any], locales: Iterable[Locale]) -> dict[str, str]:
    written = {
        locale.code: _mapping(_mapping(ours, "languages"), locale.code).get("spelling") for locale in locales
    }
    return {code: str(spelling) for code, spelling in written.items() if spelling}
