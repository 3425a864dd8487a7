"""Prose: pages and data are written in one style (``macros.prose``), in every language alike.

Looked at are the written pages and every text in several languages below the data folder.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from macros.checks.page_checks import PageCheck
from macros.locales import Locale
from macros.problems import Problem, did_you_mean
from macros.prose import ProseStyle, find_in_data, find_in_page, known_varieties, title_key
from macros.prose.passages import PlacedFinding
from macros.site import Site
from macros.source_text import UNSEEN, SourceText, read_source


@lru_cache(maxsize=1)  # every page asks
def prose_styles(site: Site) -> Mapping[str, ProseStyle]:
    """Locale code → how the site writes that language."""
    titles = frozenset(title_key(ref.title.plain) for ref in site.bibliography)
    return {locale.code: _style(site, locale, titles) for locale in site.settings.locales}


def _style(site: Site, locale: Locale, titles: frozenset[str]) -> ProseStyle:
    spelling = site.settings.spellings.get(locale.code, "")
    return ProseStyle(
        lang=locale.lang,
        spelling=spelling if spelling in known_varieties(locale.lang) else "",
        between=site.labels.text("value.negative_range", locale.code).format(least="", most=""),
        titles=titles,
    )


def data_sources(site: Site) -> Iterator[tuple[Path, SourceText]]:
    """Every YAML file of data that can be read; but labels, which are single words and lists of them."""
    for path in sorted(site.settings.data_dir.rglob("*.yml")):
        source, _ = read_source(path, site.settings.root)
        if source is not None and path != site.settings.data_dir / "labels.yml":
            yield path, source


@PageCheck
def check_prose(page_id: str, site: Site) -> Iterator[Problem]:
    """Prose keeps the rules of ``macros.prose``; each is named and shown at the function that finds it.

    Bad:  ``绿茶, 红茶 (发酵)有3种.``
    Good: ``绿茶，红茶（发酵）有 3 种。``
    """
    for page in site.counterparts(page_id):
        yield from _problems(find_in_page(page, prose_styles(site)[page.locale]), page.source)


def check_prose_of_data(site: Site) -> Iterator[Problem]:
    """The texts of records keep the same rules as pages."""
    for _, source in data_sources(site):
        yield from _problems(find_in_data(source, prose_styles(site)), source)


def check_spellings_are_known(site: Site) -> Iterator[Problem]:
    """The spelling wanted for a language is one that can be told apart (``spelling-is-known``).

    Bad:  ``en: {spelling: oxford}``
    Good: ``en: {spelling: british}``
    """
    for locale in site.settings.locales:
        spelling, known = site.settings.spellings.get(locale.code, ""), known_varieties(locale.lang)
        if spelling and spelling not in known:
            yield Problem(
                file=site.settings.config_file,
                rule="spelling-is-known",
                message=f'there is no spelling "{spelling}" of {locale.name}',
                hint=did_you_mean(spelling, known) or f"known: {', '.join(known) or 'none'}",
            )


def _problems(found: list[PlacedFinding], source: SourceText) -> Iterator[Problem]:
    for each in found:
        # Reading the file has already said it of the characters that no file may hold.
        if each.finding.rule == "no-unseen-character" and UNSEEN.match(source.text, each.start):
            continue
        yield source.problem(each.start, each.finding.rule, each.finding.message, each.finding.hint)
