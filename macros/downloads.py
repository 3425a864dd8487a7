"""Downloads: files that readers and programs take away, by their path on the site."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from macros.bibliography.exports.bibtex import format_bibtex
from macros.bibliography.exports.csl_json import format_csl_json
from macros.bibliography.exports.ris import format_ris
from macros.bibliography.model import Reference
from macros.data_downloads import FOLDER, DataFile, data_downloads, list_data_files
from macros.figures import build_figure, figure_file_name, render_figure_file
from macros.render_context import RenderContext, render_for_page
from macros.site import Site

_REFERENCE_FORMATS: Mapping[str, Callable[[Sequence[Reference]], str]] = {
    "bib": format_bibtex,
    "ris": format_ris,
    "json": format_csl_json,
}


def downloads(site: Site) -> dict[str, bytes]:
    """Path relative to the site's root → content of every download."""
    files = data_downloads(site)
    for suffix, write in _REFERENCE_FORMATS.items():
        files[f"{FOLDER}/references.{suffix}"] = write(site.bibliography.references).encode()
        for ref in site.bibliography:
            if site.bibliography.main_citekey(ref.citekey) == ref.citekey:
                forms = site.bibliography.counterparts(ref.citekey)
                files[f"downloads/references/{ref.citekey}.{suffix}"] = write(forms).encode()
    return files | _figure_files(site)


def list_downloads(site: Site) -> list[DataFile]:
    """What readers are offered as a list: the data, then the whole bibliography in each format."""
    references = [
        DataFile(
            path=f"{FOLDER}/references.{suffix}",
            title=site.labels.texts[f"downloads.references_{suffix}"],
            format=suffix,
        )
        for suffix in _REFERENCE_FORMATS
    ]
    return [*list_data_files(site), *references]


def render_downloads(context: RenderContext) -> str:
    """The list of downloads as a table."""
    return render_for_page("downloads.html.jinja", context, files=list_downloads(context.site))


def _figure_files(site: Site) -> dict[str, bytes]:
    """Every figure in every language, with its own colours."""
    files: dict[str, bytes] = {}
    for name, specs in site.figures.items():
        for spec in specs.values():
            figure = build_figure(site.collections[name], spec, site.labels, site.settings.locale_codes)
            for locale in site.settings.locales:
                svg = render_figure_file(figure, locale.code, locale.lang, site.labels)
                files[figure_file_name(name, spec.name, locale.code)] = svg.encode()
    return files
