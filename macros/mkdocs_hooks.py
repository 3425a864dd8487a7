"""The adapter to MkDocs: the only module that imports it.

Hands the site's pages to MkDocs, adds the generated pages, gives templates what they need, and runs
the last step over the built files. Decides nothing by itself.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

# MkDocs loads this file by its path, with only its own folder importable.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage

from macros.block_ids import BlockIds
from macros.checks import run_checks
from macros.citation_marks import CitationMarks, citation_targets
from macros.fallback_pages import generate_fallback_pages
from macros.finishing import finish_site
from macros.generated_pages import GeneratedPage
from macros.problems import Problem, Severity, format_text, has_errors
from macros.record_pages import generate_record_pages
from macros.reference_pages import generate_reference_pages
from macros.rendering import render_page
from macros.settings import load_settings
from macros.site import Site, load_site
from macros.table_corners import TableCorners
from macros.template_values import page_values, site_values

log = get_plugin_logger("reference-site")


@dataclass
class _Build:
    """What one run of MkDocs keeps between the builds of its languages.

    static-i18n builds each language by calling MkDocs' build again with the same hooks: the site is
    loaded, and its problems are said, only the first time.
    """

    command: str = "build"
    site: Site | None = None
    generated: Mapping[tuple[str, str], GeneratedPage] = field(default_factory=dict)
    not_found_pages: dict[str, str] = field(default_factory=dict)

    @property
    def loaded_site(self) -> Site:
        """The site; loaded before any event that asks for it."""
        assert self.site is not None
        return self.site


_build = _Build()


def _i18n(config: MkDocsConfig) -> Any:
    """The plugin static-i18n, which is not typed."""
    return config.plugins["i18n"]


def on_startup(command: str, dirty: bool) -> None:
    """Remember whether an author previews the site or it is built to be published."""
    _build.command = command


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Load and check the site, once a run; an error stops a build before it touches the old site."""
    if _i18n(config).building:
        return config
    settings, problems = load_settings(Path(config.config_file_path))
    if settings is None:
        raise Abort(format_text(problems))
    site, problems = load_site(settings)
    problems = [*problems, *run_checks(site)]
    _report(problems)
    if has_errors(problems) and _build.command != "serve":
        raise Abort("The site has errors (see above); nothing was written.")
    _build.site = site
    pages = (
        *generate_reference_pages(site),
        *generate_record_pages(site),
        *generate_fallback_pages(site),
    )
    _build.generated = {(page.locale, page.id): page for page in pages}
    _build.not_found_pages.clear()
    # `serve` calls this again with the same configuration after each change.
    named: list[Any] = [name for name in config.markdown_extensions if isinstance(name, str)]
    # Instances are as good as names to Python-Markdown; MkDocs' types know names only.
    ours: list[Any] = [CitationMarks(citation_targets(site.bibliography)), TableCorners(), BlockIds()]
    config.markdown_extensions = [*named, *ours]
    return config


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Templates do not change while a site is built: MkDocs need not look at their files for every page."""
    env.auto_reload = _build.command == "serve"
    return env


def _report(problems: list[Problem]) -> None:
    for problem in sorted(problems):
        # Strict mode counts what is logged as a warning, so our own warnings are only said.
        write = log.warning if problem.severity is Severity.ERROR else log.info
        write(format_text([problem]))


@event_priority(-200)  # after static-i18n, which would drop files without a path on disk
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated pages of the language being built, as static-i18n would have made them.

    The plugin hangs attributes of its own on files, which MkDocs' types do not know: each is ignored below.
    """
    i18n = _i18n(config)
    made = {key: _generated_file(page, config) for key, page in _build.generated.items()}
    for (locale, page_id), file in made.items():
        file.alternates = {other: made[other, page_id] for other, id_ in made if id_ == page_id}  # type: ignore[attr-defined]
        if locale == i18n.current_language:
            files.append(file)
            i18n.i18n_files_per_language[locale].append(file)
    return files


def _generated_file(page: GeneratedPage, config: MkDocsConfig) -> File:
    file = File.generated(config, f"{page.locale}/{page.id}.md", content=page.markdown)
    url = _build.loaded_site.url(page.id, page.locale)
    file.dest_uri = f"{url}index.html"
    file.url = url
    file.locale = file.locale_alternate_of = file.localization = page.locale  # type: ignore[attr-defined]
    file.norm_src_uri = f"{page.id}.md"  # type: ignore[attr-defined]
    return file


def _page_id(file: File) -> tuple[str, str]:
    """Language and id of a page, from its path below ``docs/``."""
    locale, _, path = file.src_uri.partition("/")
    return locale, path.removesuffix(".md")


def on_page_markdown(markdown: str, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
    """The page's text with its macros expanded; generated pages get their title here."""
    generated = _build.generated.get(_page_id(page.file))
    if generated is not None:
        page.meta.update(title=generated.title, description=generated.description)
        if generated.text_locale:
            page.meta["text_lang"] = _build.loaded_site.settings.locale(generated.text_locale).lang
        page.edit_url = _edit_url(generated.source, config)
        return markdown
    return render_page(_build.loaded_site.pages[_page_id(page.file)], _build.loaded_site)


def _edit_url(source: str, config: MkDocsConfig) -> str | None:
    """Where the file behind a generated page is edited: beside ``docs/``, not in it."""
    if not (config.repo_url and config.edit_uri):
        return None
    folder = config.edit_uri.rstrip("/").rpartition("/")[0]
    file, _, line = source.partition(":")
    return f"{config.repo_url.rstrip('/')}/{folder}/{file}#L{line}"


def on_page_context(
    context: dict[str, Any], page: MkDocsPage, config: MkDocsConfig, nav: Navigation
) -> dict[str, Any]:
    """What ``theme/`` needs for a page: words, languages, addresses."""
    locale, page_id = _page_id(page.file)
    return context | page_values(_build.loaded_site, locale, page_id, _build.generated.get((locale, page_id)))


def on_template_context(context: dict[str, Any], template_name: str, config: MkDocsConfig) -> dict[str, Any]:
    """The same for templates that are no page, such as ``404.html``."""
    return context | site_values(_build.loaded_site, _i18n(config).current_language)


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    """Keep each language's 404 page: MkDocs writes them all to one file, the last one winning."""
    if template_name == "404.html":
        _build.not_found_pages[_i18n(config).current_language] = output_content
    return output_content


@event_priority(-200)  # after static-i18n, which builds the other languages in this event
def on_post_build(config: MkDocsConfig) -> None:
    """The last step, once all languages are built."""
    if not _i18n(config).building:
        finish_site(Path(config.site_dir), _build.loaded_site, _build.not_found_pages)
