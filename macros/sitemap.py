"""The sitemap: every page with its address in each language (sitemaps.org 0.9, hreflang by XHTML links)."""

from __future__ import annotations

from collections.abc import Sequence

from macros.render_context import RenderContext, render_for_page
from macros.site import Site


def render_sitemap(site: Site, page_ids: Sequence[tuple[str, str]]) -> str:
    """The XML for pages given as (locale, id). Without dates: a date of building says nothing of a page."""
    known = set(page_ids)
    pages = [
        {
            "url": site.settings.site_url + site.url(page_id, locale),
            "alternates": [
                {"lang": other.lang, "url": site.settings.site_url + site.url(page_id, other.code)}
                for other in site.settings.locales
                if (other.code, page_id) in known
            ],
        }
        for locale, page_id in page_ids
    ]
    context = RenderContext(site, site.settings.default_locale.code, "sitemap.xml")
    return render_for_page("sitemap.xml.jinja", context, pages=pages)
