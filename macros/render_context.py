"""The context of rendering: for which site, language and page something is rendered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from macros.links import relative_url
from macros.site import Site
from macros.templating import render_template


@dataclass(frozen=True, slots=True)
class RenderContext:
    """For whom something is rendered: the site, the language, and the page that it stands on."""

    site: Site
    locale: str
    url: str
    """Of the page, relative to the root of the site."""
    reader: str = ""
    """The language of the page, where it shows a text in another."""

    def link_to_page(self, page_id: str) -> str:
        """The address of a page in the language of the reader."""
        return relative_url(self._url_of(page_id), self.url)

    def stands_on(self, page_id: str) -> bool:
        """Whether the page is the one with this id."""
        return self.url == self._url_of(page_id)

    def _url_of(self, page_id: str) -> str:
        return self.site.url(page_id, self.reader or self.locale)

    def link_to_file(self, path: str) -> str:
        """The address of a file, given relative to the root of the site."""
        return relative_url(path, self.url)

    def link_to_reference(self, citekey: str) -> str | None:
        """The address of a reference's page, if the bibliography has it."""
        page_id = self.site.reference_page_ids.get(citekey)
        return self.link_to_page(page_id) if page_id else None

    def link_to_place(self, place: str) -> str | None:
        """The address of the block that renders a source place, if a page does."""
        if place not in self.site.source_places:
            return None
        page_id, block = self.site.source_places[place]
        return f"{self.link_to_page(page_id)}#{block}"

    def lang(self, language: str) -> str:
        """The ``lang`` of a text in a language, as the site declares it for its own pages."""
        return next(
            (locale.lang for locale in self.site.settings.locales if locale.code == language), language
        )


def render_for_page(name: str, context: RenderContext, **values: Any) -> str:
    """A template with the words of the page's language as ``labels`` and the page as ``context``."""
    labels = context.site.labels.in_locale(context.locale)
    return render_template(name, labels=labels, context=context, **values)
