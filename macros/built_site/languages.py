"""Rules about languages: pages say theirs, name their counterparts, and link within it.

What concerns counterparts looks only at sites whose pages carry hreflang links. Sources: HTML
standard ("lang"), RFC 5646 (language tags), Google Search Central, "Localized versions of your
page" (absolute, self-referencing, reciprocal, x-default).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from macros.built_site.addresses import Place
from macros.built_site.findings import finding_at, finding_in_head
from macros.built_site.model import (
    Alternate,
    BuiltSite,
    Finding,
    Page,
    Role,
    is_x_default,
    primary_language,
)
from macros.problems import Severity

_TAG = re.compile(r"[a-z]{2,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?", re.IGNORECASE)
_NOT_REGISTERED: Mapping[str, str] = {"cn": "zh", "jp": "ja", "en-uk": "en-GB"}
"""Tags that are often written for others; RFC 5646's registry has none of them."""

_WRITTEN_IN_HAN = frozenset({"zh", "yue", "lzh"})
_WRITTEN_PARTLY_IN_HAN = frozenset({"ja", "ko"})
_ENOUGH_TEXT = 40
"""Han characters and words together, below which their shares say nothing."""
_HARDLY_ANY_HAN = 0.05
_MOSTLY_HAN = 0.5


def check_language_is_declared(site: BuiltSite) -> Iterator[Finding]:
    """``<html lang>`` is there, and agrees with the page's own hreflang link and its folder."""
    folders = _language_folders(site)
    for page in site.pages.values():
        if not page.lang:
            yield finding_in_head("language-is-declared", page, page.lang_line, "<html> has no lang")
        elif fault := _find_language_fault(site, page, folders):
            message = f'<html lang="{page.lang}">, but {fault}'
            yield Finding(rule="language-is-declared", file=page.file, line=page.lang_line, message=message)


def _find_language_fault(site: BuiltSite, page: Page, folders: Mapping[str, str]) -> str:
    """What contradicts the page's lang: first its own hreflang link, else the folder it lies in."""
    own = [link.hreflang for link in _own_links(site, page)]
    if own:
        return "" if any(_agree(tag, page.lang) for tag in own) else f'its hreflang link says "{own[0]}"'
    folder = page.file.partition("/")[0] if "/" in page.file else ""
    home = site.pages.get("index.html")
    if page.is_redirect:
        return ""
    if folder in folders:
        return "" if page.language == folders[folder] else f'it lies in the folder "{folder}"'
    # MkDocs builds the languages one after another, and the last one leaves its 404.html at the root
    # (ultrabug/mkdocs-static-i18n#284).
    if home and page.language != home.language and page.language in folders.values():
        return f'it lies outside that language\'s folder, beside the home page in "{home.lang}"'
    return ""


def _language_folders(site: BuiltSite) -> dict[str, str]:
    """Folders at the root that are named after a language of the site."""
    tags = {link.hreflang.lower() for page in site.pages.values() for link in page.alternates}
    tags |= site.languages
    folders = {file.partition("/")[0] for file in site.pages if "/" in file}
    return {folder: primary_language(folder) for folder in sorted(folders) if folder.lower() in tags}


def _agree(tag: str, other: str) -> bool:
    """Whether one tag is the other or a more general form of it: ``zh`` and ``zh-Hans``."""
    one, two = f"{tag.lower()}-", f"{other.lower()}-"
    return one.startswith(two) or two.startswith(one)


# hreflang


def check_hreflang_is_reciprocal(site: BuiltSite) -> Iterator[Finding]:
    """The hreflang links of a page name itself, its counterparts and a default, and are answered.

    Bad:  <link rel="alternate" hreflang="en" href="../en/guide/"> (relative)
    Good: the same absolute links, x-default among them, on both pages
    """
    for page in site.pages.values():
        if page.alternates:
            yield from _find_incomplete_set(site, page)
            for link in page.alternates:
                yield from _find_bad_link(site, page, link)


def _find_incomplete_set(site: BuiltSite, page: Page) -> Iterator[Finding]:
    line = page.alternates[0].line
    if not _own_links(site, page):
        yield finding_in_head(_RECIPROCAL, page, line, "no hreflang link names the page itself")
    if not any(is_x_default(link) for link in page.alternates):
        yield finding_in_head(_RECIPROCAL, page, line, 'no hreflang link is "x-default"')
    for tag, count in Counter(link.hreflang.lower() for link in page.alternates).items():
        if count > 1:
            yield finding_in_head(_RECIPROCAL, page, line, f'{count} hreflang links are "{tag}"')


def _find_bad_link(site: BuiltSite, page: Page, link: Alternate) -> Iterator[Finding]:
    named = f'hreflang="{link.hreflang}" names "{link.url}"'
    if not re.match(r"https?://", link.url, re.IGNORECASE):
        message = f"{named}, which is not absolute"
        yield finding_in_head(_RECIPROCAL, page, link.line, message, about="not absolute")
    if not is_x_default(link):
        yield from _find_bad_tag(page, link)
    target, _ = site.addresses.resolve(link.url, page.file)
    if target.place is Place.INSIDE and not target.file:
        yield _at_link(page, link, f"{named}, which {target.fault}", target.hint)
    elif target.place in (Place.UNSAFE, Place.NO_PAGE):
        yield _at_link(page, link, f"{named}, which {target.fault or 'is no page'}")
    other = site.pages.get(target.file)
    if other and other is not page and not is_x_default(link):
        yield from _find_unanswered_link(site, page, link, other)


def _find_bad_tag(page: Page, link: Alternate) -> Iterator[Finding]:
    tag = link.hreflang.lower()
    correct = _NOT_REGISTERED.get(tag, _NOT_REGISTERED.get(primary_language(tag), ""))
    if correct or not _TAG.fullmatch(tag):
        message = f'hreflang="{link.hreflang}" is not the tag of a language'
        hint = f'did you mean "{correct}"?' if correct else 'such as "en", "zh-Hans", "pt-BR"'
        yield finding_in_head(_RECIPROCAL, page, link.line, message, hint=hint)


def _find_unanswered_link(site: BuiltSite, page: Page, link: Alternate, other: Page) -> Iterator[Finding]:
    if not any(_leads_to(site, other, back, page) for back in other.alternates):
        message = f'hreflang="{link.hreflang}" names "{other.url or other.file}", which does not name it back'
        yield _at_link(page, link, message, f"both pages need the same hreflang links as {page.file}")
        return
    tags = {primary_language(own.hreflang) for own in _own_links(site, other)} or {other.language}
    if primary_language(link.hreflang) not in tags:
        yield _at_link(page, link, f'hreflang="{link.hreflang}" names a page with lang="{other.lang}"')


def _own_links(site: BuiltSite, page: Page) -> list[Alternate]:
    return [link for link in page.alternates if not is_x_default(link) and _leads_to(site, page, link, page)]


def _leads_to(site: BuiltSite, page: Page, link: Alternate, other: Page) -> bool:
    return site.addresses.resolve(link.url, page.file)[0].file == other.file


_RECIPROCAL = "hreflang-is-reciprocal"


def _at_link(page: Page, link: Alternate, message: str, hint: str = "") -> Finding:
    return Finding(rule=_RECIPROCAL, file=page.file, line=link.line, message=message, hint=hint)


# Counterparts


def check_page_has_counterpart(site: BuiltSite) -> Iterator[Finding]:
    """Every page names a page in another language of the site (a warning).

    A page that serves several languages names itself for each of them. Pages that are kept from
    search engines, views of other pages, redirects and 404 pages need none; nor do those that say
    of another language that they are not written in it: they and a page that is kept from search
    engines lead to each other by links with ``hreflang``.
    """
    if len(site.languages) < 2:
        return
    replaced = _find_replaced(site)
    for page in site.pages.values():
        named = {primary_language(link.hreflang) for link in page.alternates if not is_x_default(link)}
        needs_none = page.is_noindex or page.is_redirect or page.is_not_found_page or page.file in site.views
        if len(named) < 2 and not needs_none and page.file not in replaced:
            yield Finding(
                rule="page-has-counterpart",
                file=page.file,
                line=page.alternates[0].line if page.alternates else 1,
                message="the page names no counterpart in another language",
                hint="translate it, or mark it noindex until it is",
                severity=Severity.WARNING,
                about=page.file,
            )


def _find_replaced(site: BuiltSite) -> set[str]:
    """The pages for which another one stands in, in a language in which they are not written."""
    switches = {
        (pointer.file, pointer.target.file)
        for pointer in site.pointers(Role.LINK)
        if pointer.use.hreflang and pointer.target.file in site.pages
    }
    return {
        file
        for file, other in switches
        if (other, file) in switches
        and site.pages[other].is_noindex
        and site.pages[other].language != site.pages[file].language
    }


def check_link_stays_in_language(site: BuiltSite) -> Iterator[Finding]:
    """A link leads to the page in its own language where there is one (a warning).

    A link that is meant to change the language says so: <a hreflang="en" href="…">.
    """
    counterparts = {page.file: _find_counterparts(site, page) for page in site.pages.values()}
    for pointer in site.pointers(Role.LINK):
        page, other = site.pages.get(pointer.file), site.pages.get(pointer.target.file)
        if not page or not other or page.language == other.language:
            continue
        if pointer.use.hreflang or page.is_redirect:
            continue
        better = counterparts[other.file].get(page.language, other.file)
        if better == other.file:
            continue
        hint = f'add hreflang="{other.lang}" if this is meant'
        if better != page.file:
            hint += f", else link {site.addresses.url_of(site.pages[better].url)}"
        yield finding_at(
            "link-stays-in-language",
            pointer,
            f'leads from a page in "{page.lang}" to one in "{other.lang}"',
            about=other.file,
            hint=hint,
            severity=Severity.WARNING,
        )


def _find_counterparts(site: BuiltSite, page: Page) -> dict[str, str]:
    """Primary language → file, of the pages that the page's hreflang links lead to."""
    found = {
        primary_language(link.hreflang): site.addresses.resolve(link.url, page.file)[0].file
        for link in page.alternates
        if not is_x_default(link)
    }
    return {language: file for language, file in found.items() if file in site.pages}


# Text


def check_language_matches_text(site: BuiltSite) -> Iterator[Finding]:
    """A page declared Chinese is written in Chinese characters, and one in another language is not.

    Only prose counts: no navigation, code, or text marked with another ``lang``.
    """
    for page in site.pages.values():
        amount = page.han_characters + page.words
        language = page.language
        if not language or page.is_redirect or amount < _ENOUGH_TEXT or language in _WRITTEN_PARTLY_IN_HAN:
            continue
        share = page.han_characters / amount
        is_wrong = share < _HARDLY_ANY_HAN if language in _WRITTEN_IN_HAN else share > _MOSTLY_HAN
        if is_wrong:
            yield Finding(
                rule="language-matches-text",
                file=page.file,
                line=page.lang_line,
                message=f'<html lang="{page.lang}">, but {share:.0%} of the text is in Chinese characters',
                hint="translate the page, or mark the text with its own lang",
            )
