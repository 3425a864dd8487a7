"""What the templates of ``theme/`` are given, whatever generator renders them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from macros.bibliography.exports.highwire import highwire_tags
from macros.bibliography.exports.schema_org import schema_org
from macros.freshness_marks import language_name
from macros.generated_pages import GeneratedPage
from macros.links import relative_url
from macros.locales import Locale
from macros.site import Site


def page_values(site: Site, locale: str, page_id: str, generated: GeneratedPage | None) -> dict[str, Any]:
    """Values for one page: ``reference_site`` with words, languages, and what the page was made from."""
    url = site.url(page_id, locale)
    written = site.locales_of(page_id) or site.settings.locales
    # Of a page in one language, that one is for readers of every other (hreflang "x-default").
    for_others = next((other for other in written if other.is_default), written[0])
    languages = [
        {
            "code": other.code,
            "lang": other.lang,
            "name": other.name,
            "is_current": other.code == locale,
            "href": relative_url(site.url(page_id, other.code), url),
            "absolute": site.settings.site_url + site.url(page_id, other.code),
            "is_written": other in written,
            "is_for_others": other is for_others,
        }
        for other in site.settings.locales
    ]
    values = {
        **_common(site, locale),
        "languages": languages,
        "fallback": _fallback(site, locale, generated),
        "source": generated.source if generated else site.pages[locale, page_id].source.file,
        "meta_tags": [],
        "linked_data": None,
        "alternates": [],
    }
    if generated is None:
        values["parallel"] = _parallel(site, page_id, url)
    if generated is None or page_id in site.record_pages:
        counterparts = [other for other in written if other.code != locale]
        values["block_tools"] = _block_tools(site, locale, page_id, counterparts)
    if generated is not None and generated.citekey:
        ref = site.bibliography.by_citekey[generated.citekey]
        values |= {
            "meta_tags": highwire_tags(ref),
            "linked_data": schema_org(ref, site.settings.site_url + url),
            "alternates": [
                {"type": kind, "href": relative_url(f"downloads/references/{ref.citekey}.{suffix}", url)}
                for kind, suffix in _ALTERNATE_FORMATS
            ],
        }
    return {"reference_site": values}


def _fallback(site: Site, locale: str, generated: GeneratedPage | None) -> dict[str, str] | None:
    """What readers are told of a text in another language than that of its page."""
    if generated is None or not generated.text_locale:
        return None
    own, language = (language_name(site, code, locale) for code in (locale, generated.text_locale))
    return {
        "lang": site.settings.locale(generated.text_locale).lang,
        "notice": site.labels.text("fallback.notice", locale).format(own=own, language=language),
    }


def _parallel(site: Site, page_id: str, url: str) -> dict[str, str] | None:
    """The addresses of a written page's parallel page."""
    parallel_url = site.parallel_url(page_id)
    if not parallel_url:
        return None
    return {"href": relative_url(parallel_url, url), "absolute": site.settings.site_url + parallel_url}


def _block_tools(site: Site, locale: str, page_id: str, others: Sequence[Locale]) -> dict[str, Any]:
    """What ``theme/assets/blocks.js`` needs to know of a page; ``others``: the languages that have it too."""
    url = site.url(page_id, locale)
    words = {name: site.labels.text(f"parallel.{name}", locale) for name in _BLOCK_TOOL_WORDS}
    counterparts = [
        {
            "lang": other.lang,
            "name": other.name,
            "label": words["show"].format(language=other.name),
            "missing": site.labels.text("parallel.missing", other.code),
            "href": relative_url(site.url(page_id, other.code), url),
        }
        for other in others
    ]
    return {"words": words, "counterparts": counterparts}


_BLOCK_TOOL_WORDS = ("tools", "show", "copy", "copied", "copy_failed")

_ALTERNATE_FORMATS = (
    ("application/x-bibtex", "bib"),
    ("application/x-research-info-systems", "ris"),
    ("application/vnd.citationstyles.csl+json", "json"),
)


def site_values(site: Site, locale: str) -> dict[str, Any]:
    """Values for what is not a page, such as the page for wrong addresses: it links to home pages."""
    languages = [
        {
            "code": other.code,
            "lang": other.lang,
            "name": other.name,
            "is_current": other.code == locale,
            "href": site.settings.site_url + other.url_prefix,
            "absolute": "",
        }
        for other in site.settings.locales
    ]
    others = [
        {
            "lang": other.lang,
            "href": site.settings.site_url + other.url_prefix,
            "title": site.labels.text("not_found.title", other.code),
            "home": site.labels.text("not_found.home", other.code),
        }
        for other in site.other_locales(locale)
    ]
    values = {
        **_common(site, locale),
        "languages": languages,
        "not_found_elsewhere": others,
        "home": site.settings.site_url + site.settings.locale(locale).url_prefix,
        "source": "",
        "meta_tags": [],
        "linked_data": None,
        "alternates": [],
    }
    return {"reference_site": values}


def _common(site: Site, locale: str) -> dict[str, Any]:
    return {
        "labels": site.labels.in_locale(locale),
        "locale": locale,
        "lang": site.settings.locale(locale).lang,
    }
