"""The whole site as read: settings, references, records and pages, and how they hang together.

A ``Site`` is made once, never changes, and is all that checks and rendering get to see.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from macros.bibliography.model import Bibliography, Reference, Text
from macros.bibliography.reading import load_bibliography
from macros.bibliography.styles import PROFILES, format_reference
from macros.compared_figures import FigureWords
from macros.figures import FigureSpec, load_figures
from macros.freshness import BlockState, Review, find_states, load_reviews
from macros.links import linked_page_id
from macros.locales import Labels, Locale, load_labels
from macros.markup import Citation, MacroCall
from macros.page_terms import PageTerms, find_page_terms
from macros.pages import Page, load_pages, page_url, place_id
from macros.problems import Problem
from macros.records import Collection, load_collections
from macros.settings import SiteSettings
from macros.source_maps import SourceMap, SourceSection, read_source_maps
from macros.terms import Glossary, read_glossary

PARALLEL_FOLDER = "parallel"
"""Where pages stand with their languages side by side."""

LABEL_FILE = Path(__file__).parent / "labels.yml"

PLACES = "source-places"
"""What a field refers to whose values are places in the sources."""


@dataclass(frozen=True, slots=True)
class CitingPlace:
    """One citation of one reference on a page."""

    page: Page
    citation: Citation
    occurrence: int
    """How often the reference has been cited on the page so far, this time included."""


@dataclass(frozen=True, eq=False)
class Site:
    """Everything that was read."""

    settings: SiteSettings
    labels: Labels
    bibliography: Bibliography
    collections: Mapping[str, Collection]
    pages: Mapping[tuple[str, str], Page]
    """By locale and page id."""
    figures: Mapping[str, Mapping[str, FigureSpec]] = field(default_factory=dict)
    """By collection and name."""
    reviews: Mapping[str, Review] = field(default_factory=dict)
    """By page id: what somebody compared, and when."""

    @cached_property
    def page_ids(self) -> tuple[str, ...]:
        """The ids of all written pages, whatever languages have them."""
        return tuple(sorted({page_id for _, page_id in self.pages}))

    def locales_of(self, page_id: str) -> tuple[Locale, ...]:
        """The languages in which a page is written, the default language first."""
        ordered = sorted(self.settings.locales, key=lambda locale: not locale.is_default)
        return tuple(locale for locale in ordered if (locale.code, page_id) in self.pages)

    def parallel_url(self, page_id: str) -> str:
        """Where a written page stands with its languages side by side; empty if it has only one."""
        if len(self.locales_of(page_id)) < 2:
            return ""
        return f"{PARALLEL_FOLDER}/{self.url(page_id, self.settings.default_locale.code)}"

    @cached_property
    def reference_page_ids(self) -> Mapping[str, str]:
        """Citekey → id of the generated page of its reference; a translation pair shares one."""
        return {
            ref.citekey: f"references/{self.bibliography.main_citekey(ref.citekey)}"
            for ref in self.bibliography
        }

    @cached_property
    def bibliography_page_id(self) -> str:
        """The id of the page that prints the whole bibliography; empty if no page does."""
        return next(
            (
                page_id
                for (_, page_id), page in self.pages.items()
                if any(call.name == "bibliography" for call in page.markup.macro_calls)
            ),
            "",
        )

    def all_page_ids(self) -> Iterator[tuple[str, str]]:
        """Locale and id of every page that is built, written and generated."""
        yield from self.pages
        for locale in self.settings.locale_codes:
            yield from ((locale, page_id) for page_id in self.generated_page_ids)

    @cached_property
    def generated_page_ids(self) -> tuple[str, ...]:
        """The ids of the pages that references and records have, the same in every language."""
        return tuple(dict.fromkeys((*self.reference_page_ids.values(), *self.record_pages)))

    @cached_property
    def record_pages(self) -> Mapping[str, tuple[str, str]]:
        """Id of a record's page (``cultivars/qimen``) → its collection and the record."""
        return {
            f"{collection.name}/{record}": (collection.name, record)
            for collection in self.collections.values()
            if collection.page is not None and not collection.page.listed_on
            for record in collection.records
        }

    @cached_property
    def cited_by(self) -> Mapping[str, tuple[CitingPlace, ...]]:
        """Main citekey → every place that cites it, in all languages, in the order of the pages."""
        places: dict[str, list[CitingPlace]] = {}
        for page in self.pages.values():
            for citekey, place in self.citing_places(page):
                places.setdefault(citekey, []).append(place)
        return {citekey: tuple(found) for citekey, found in places.items()}

    def citing_places(self, page: Page) -> Iterator[tuple[str, CitingPlace]]:
        """Main citekey and place of every citation on a page that names a known reference.

        A pair cited in one bracket by both of its keys counts once, as it is printed once.
        """
        counts: dict[str, int] = {}
        for citation in page.markup.citations:
            known = (item.citekey for item in citation.items if item.citekey in self.bibliography)
            for citekey in dict.fromkeys(self.bibliography.main_citekey(key) for key in known):
                counts[citekey] = counts.get(citekey, 0) + 1
                yield citekey, CitingPlace(page, citation, counts[citekey])

    @cached_property
    def source_places(self) -> Mapping[str, tuple[str, str]]:
        """Source place (``ito2019/3.1-p2``) → id of the page and of the block that renders it.

        Taken from the default language; the parity checks see to it that the others agree.
        """
        places: dict[str, tuple[str, str]] = {}
        for (locale, page_id), page in self.pages.items():
            if locale == self.settings.default_locale.code:
                for attributes in page.markup.attribute_lists:
                    if "src" in attributes.values:
                        place = attributes.values["src"]
                        places.setdefault(place, (page_id, attributes.id or place_id(place)))
        return places

    def linked_page_ids(self, page: Page) -> tuple[str, ...]:
        """Ids of the other pages that a page leads to by links, passages and values, each once, in order."""
        found = [(link.start, linked_page_id(link.target, page.id)) for link in page.markup.links]
        found += [(call.start, self._page_id_of_call(call)) for call in page.markup.macro_calls]
        known = (id_ for _, id_ in sorted(found) if (page.locale, id_) in self._every_page_id)
        return tuple(dict.fromkeys(id_ for id_ in known if id_ != page.id))

    def _page_id_of_call(self, call: MacroCall) -> str:
        match call.name, call.arguments:
            case "passage", (str(place), *_):
                return self.source_places.get(place, ("", ""))[0]
            case "value", (collection, record, *_):
                return f"{collection}/{record}"
        return ""

    @cached_property
    def _every_page_id(self) -> frozenset[tuple[str, str]]:
        return frozenset(self.all_page_ids())

    @cached_property
    def linking_pages(self) -> Mapping[tuple[str, str], tuple[Page, ...]]:
        """Locale and id of a page → the written pages of that language that lead to it.

        Pages that only list others (``index``) are left out: they lead everywhere.
        """
        found: dict[tuple[str, str], dict[Page, None]] = {}
        for page in self.pages.values():
            if page.id.rpartition("/")[2] != "index":
                for target in (*self.linked_page_ids(page), *page.see_also):
                    found.setdefault((page.locale, target), {})[page] = None
        return {key: tuple(pages) for key, pages in found.items()}

    def counterparts(self, page_id: str) -> tuple[Page, ...]:
        """A written page in each language that has it."""
        keys = ((locale, page_id) for locale in self.settings.locale_codes)
        return tuple(self.pages[key] for key in keys if key in self.pages)

    def page_shown(self, page_id: str, locale: str) -> Page | None:
        """The page that readers of a language get: its own, or another that says it is not translated yet."""
        if (locale, page_id) in self.pages:
            return self.pages[locale, page_id]
        return next((page for page in self.counterparts(page_id) if locale in page.untranslated), None)

    @cached_property
    def block_states(self) -> Mapping[tuple[str, str], tuple[BlockState, ...]]:
        """Locale and id of a written page → whether each of its blocks keeps up with its counterpart."""
        return {
            (locale, page_id): states
            for page_id in self.page_ids
            for locale, states in find_states(self.counterparts(page_id), self.reviews.get(page_id)).items()
        }

    @cached_property
    def records_by_place(self) -> Mapping[str, Mapping[str, list[str]]]:
        """Name of a collection → source place → the records about it.

        Collections take part that have a field of source places and a page that lists their records; not
        those with a role of their own, such as the glossary, which pages show in another way.
        """
        return {
            collection.name: _group_by_place(collection)
            for collection in self.collections.values()
            if collection.page is not None and collection.page.listed_on and not collection.role
        }

    @cached_property
    def source_maps(self) -> tuple[SourceMap, ...]:
        """What each source prints where, as far as the collections say it."""
        return tuple(read_source_maps(self.collections))

    @cached_property
    def passages(self) -> Mapping[str, tuple[SourceMap, SourceSection]]:
        """Source place (``ito2019/3.1-p2``) → the source and the section that it stands in."""
        return {
            place.id: (source, section)
            for source in self.source_maps
            for section in source.sections
            for place in section.places
        }

    @cached_property
    def glossary(self) -> Glossary:
        """The terms of the subject; none without a collection of them."""
        return read_glossary(self.collections, self.labels, self.settings.locale_codes)

    def terms_on(self, page: Page) -> PageTerms:
        """The terms that a written page uses."""
        return find_page_terms(page, self.glossary, self.settings.locale(page.locale).lang)

    @cached_property
    def figure_words(self) -> Mapping[str, FigureWords]:
        """Locale → how its language says figures in words."""
        return {code: FigureWords(self.labels, code) for code in self.settings.locale_codes}

    def formatted(self, citekey: str, locale: str) -> Text:
        """A reference as the bibliography of a language prints it."""
        return self._formatted[self.settings.styles[locale]][citekey]

    @cached_property
    def _formatted(self) -> Mapping[str, Mapping[str, Text]]:
        """Style → citekey → text, formatted once a build and never inside the page loop."""
        return {style: dict(self._format_all(style)) for style in set(self.settings.styles.values())}

    def _format_all(self, style: str) -> Iterator[tuple[str, Text]]:
        for ref in self.bibliography:
            yield ref.citekey, self.format_in_style(ref, style)

    def format_in_style(self, ref: Reference, style: str) -> Text:
        """A reference in any of the known styles."""
        original = self.bibliography.by_citekey.get(ref.translation_of)
        return format_reference(ref, PROFILES[style], original=original)

    def url(self, page_id: str, locale: str) -> str:
        """Where a page stands, relative to the root of the site."""
        return page_url(page_id, self.settings.locale(locale))

    def other_locales(self, locale: str) -> tuple[Locale, ...]:
        """The languages other than one."""
        return tuple(other for other in self.settings.locales if other.code != locale)


def _group_by_place(collection: Collection) -> dict[str, list[str]]:
    paths = [path for path, field in collection.fields.items() if field.refers_to == PLACES]
    by_place: dict[str, list[str]] = {}
    for record in collection.records.values():
        for value in (value for path in paths for value in collection.find(record, path)):
            places = value.content if isinstance(value.content, list) else [str(value.content)]
            for place in places:
                by_place.setdefault(place, []).append(record.id)
    return by_place


def load_site(settings: SiteSettings) -> tuple[Site, list[Problem]]:
    """Read all files of a site; what could not be read is missing from it and said in the problems."""
    locales = settings.locale_codes
    label_files = [LABEL_FILE, settings.data_dir / "labels.yml"]
    labels, label_problems = load_labels(
        [path for path in label_files if path.exists()], settings.root, locales
    )
    bibliography, bibliography_problems = load_bibliography(settings.bibliography_file, settings.root)
    collections, record_problems = load_collections(settings.data_dir, settings.root, locales)
    figures, figure_problems = load_figures(collections, settings.data_dir, settings.root, locales)
    pages, page_problems = load_pages(settings.docs_dir, settings.root, settings.locales)
    reviews, review_problems = load_reviews(settings.reviews_dir, settings.root)
    site = Site(settings, labels, bibliography, collections, pages, figures, reviews)
    return site, [
        *label_problems,
        *bibliography_problems,
        *record_problems,
        *figure_problems,
        *page_problems,
        *review_problems,
    ]
