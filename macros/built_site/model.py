"""What is known of a built site: pages, other files that name addresses, and what a rule finds.

Only values stand here. ``reading`` and ``other_files`` make them from text, ``addresses`` says
which file an address leads to, the rules compare them, ``placing`` turns findings into problems.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property
from pathlib import Path

from macros.built_site.addresses import Addresses, Target
from macros.problems import Severity

NOT_FOUND_PAGE = "404.html"
"""What static hosts serve for every address that has no file."""


class Role(Enum):
    """What an address on a page is for."""

    LINK = auto()
    """Followed by readers: ``a``, ``area``."""
    FORM = auto()
    """Where a form is sent."""
    RELATED = auto()
    """Named for machines: ``link rel=next``, ``og:url``, JSON-LD, feeds, search entries."""
    ASSET = auto()
    """Loaded by the browser with the page: images, scripts, style sheets, media."""
    FRAME = auto()
    """Another document shown inside the page."""
    PREVIEW = auto()
    """An image or media file for those who share the page: ``og:image``."""
    REFRESH = auto()
    """Where the page sends its reader: ``meta http-equiv=refresh``."""
    HINT = auto()
    """A host that the browser is asked to contact early: ``preconnect``, ``dns-prefetch``."""
    LISTED = auto()
    """An entry of the sitemap."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One place that names an address."""

    url: str
    """As written, character references decoded."""
    role: Role
    line: int
    element: str
    """For messages: ``a href``, ``img src``, ``url()``."""
    is_shared: bool = False
    """In the head, navigation, header or footer, which a template repeats on many pages."""
    hreflang: str = ""
    text: str = ""
    """The words of a link to a DOI; empty for all others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternate:
    """``<link rel="alternate" hreflang="…">``."""

    hreflang: str
    url: str
    line: int


class Oddity(Enum):
    """Mark-up that a rule forbids, as the reader of HTML meets it."""

    REPEATED_ID = auto()
    BASE_ELEMENT = auto()
    EVENT_HANDLER = auto()
    FRAME_WITH_CODE = auto()
    NESTED_INTERACTIVE = auto()
    BROKEN_PARAGRAPH = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class OddMarkup:
    """One piece of forbidden mark-up."""

    kind: Oddity
    line: int
    name: str
    """The id, attribute or element."""
    other: str = ""
    """What it clashes with: the line of the first id, the element around it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The facts of one HTML file."""

    file: str
    """Relative to the built directory, with forward slashes."""
    lang: str
    lang_line: int
    source: str
    """``path`` or ``path:line`` of what the page was made from; empty if it does not say."""
    uses: tuple[Use, ...]
    alternates: tuple[Alternate, ...]
    canonicals: tuple[tuple[str, int], ...]
    """Address and line of each ``link rel=canonical``."""
    ids: AbstractSet[str]
    """And the names of ``<a name>``."""
    odd_markup: tuple[OddMarkup, ...]
    han_characters: int
    """In the prose: not navigation, code, or text marked as another language."""
    words: int
    """Words of alphabets, in the same text."""
    is_noindex: bool
    is_whole: bool
    """``</html>`` was reached."""

    @property
    def url(self) -> str:
        """The address below the site's root: ``guide/``, ``404.html``, empty for the home page."""
        return self.file.removesuffix("index.html") if self.is_index else self.file

    @property
    def is_index(self) -> bool:
        """Whether the file answers for its folder."""
        return self.file == "index.html" or self.file.endswith("/index.html")

    @property
    def resolves_from(self) -> str:
        """The file from whose folder its relative addresses count: itself."""
        return self.file

    @property
    def is_not_found_page(self) -> bool:
        """Whether hosts show this page in place of missing ones, at any depth."""
        return self.file.rpartition("/")[2] == NOT_FOUND_PAGE

    @property
    def is_redirect(self) -> bool:
        """Whether the page only sends its reader elsewhere."""
        return any(use.role is Role.REFRESH for use in self.uses)

    @property
    def language(self) -> str:
        """The first part of ``lang``: ``zh`` of ``zh-Hans``."""
        return primary_language(self.lang)


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherFile:
    """A style sheet, drawing, manifest, feed, sitemap or search index."""

    file: str
    resolves_from: str
    """The file from whose folder its relative addresses count."""
    uses: tuple[Use, ...]
    ids: AbstractSet[str] = frozenset()
    """Of a drawing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointer:
    """A use, and where it leads."""

    file: str
    """The file that the use stands in."""
    use: Use
    target: Target
    fragment: str
    """As written, without ``#``."""


@dataclass(frozen=True, kw_only=True)
class BuiltSite:
    """A built directory, read once."""

    directory: Path
    pages: Mapping[str, Page]
    """By file, in alphabetical order."""
    other_files: Mapping[str, OtherFile]
    sizes: Mapping[str, int]
    """Every file and its size in bytes."""
    addresses: Addresses
    pointers_by_role: Mapping[Role, Sequence[Pointer]]

    @property
    def site_url(self) -> str:
        """The public address of the root with a slash at its end, or empty."""
        return self.addresses.site_url

    @cached_property
    def languages(self) -> frozenset[str]:
        """Primary languages that any page names in its hreflang links; ``x-default`` is none."""
        return frozenset(
            primary_language(alternate.hreflang)
            for page in self.pages.values()
            for alternate in page.alternates
            if not is_x_default(alternate)
        )

    @cached_property
    def views(self) -> Mapping[str, str]:
        """Pages that only show another page differently: their file → the file of that page.

        Both say so: the view in its canonical link, the page in a ``link rel=alternate`` without
        hreflang (HTML standard, "alternate representations").
        """
        return {
            pointer.target.file: pointer.file
            for pointer in self.pointers(Role.RELATED)
            if pointer.use.element == "link rel=alternate"
            and pointer.target.file != pointer.file
            and self._names_as_canonical(pointer.target.file, pointer.file)
        }

    def _names_as_canonical(self, file: str, other: str) -> bool:
        page = self.pages.get(file)
        return page is not None and any(
            self.addresses.resolve(url, file)[0].file == other for url, _ in page.canonicals
        )

    def pointers(self, *roles: Role) -> Iterator[Pointer]:
        """Every use in these roles, or in all, with where it leads."""
        for role in roles or self.pointers_by_role:
            yield from self.pointers_by_role.get(role, ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a rule found in a built file, before anyone looked for its place in the sources."""

    rule: str
    file: str
    line: int
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR
    about: str = ""
    """What the finding is about (a resolved address, an id): equal findings are told apart by it."""
    search_for: tuple[str, ...] = ()
    """What to look for in the source of the page, best first."""
    is_shared: bool = False
    """See ``Use.is_shared``."""


def primary_language(tag: str) -> str:
    """The first part of a language tag, in small letters.

    >>> primary_language("zh-Hans"), primary_language("EN")
    ('zh', 'en')
    """
    return tag.partition("-")[0].strip().lower()


def is_x_default(alternate: Alternate) -> bool:
    """Whether the link is the one for readers of no listed language."""
    return alternate.hreflang.lower() == "x-default"
