"""Rules about addresses: they lead somewhere, are safe to follow, and load nothing from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from urllib.parse import unquote

from macros.built_site.addresses import Place, is_relative
from macros.built_site.findings import finding_at
from macros.built_site.model import BuiltSite, Finding, Pointer, Role
from macros.problems import Severity, did_you_mean

_MEDIA = re.compile(r".*\.(?:png|jpe?g|gif|webp|avif|svg|pdf|mp3|mp4|webm|csv|xlsx|zip)")
_FOUND_BY_NAME = re.compile(r"(?:.*/)?(?:favicon\.\w+|apple-touch-icon[\w-]*\.png)")


def check_link_resolves(site: BuiltSite) -> Iterator[Finding]:
    """Links and forms lead to a page or file of the site, or out of it.

    Bad:  <a href="/guide/"> on a site served below /reference/; <a href="Guide/"> for guide/
    Good: <a href="../guide/">
    """
    yield from _find_unanswered(site, "link-resolves", Role.LINK, Role.FORM, Role.RELATED)


def check_asset_exists(site: BuiltSite) -> Iterator[Finding]:
    """What pages and style sheets load, show to sharers or send their reader to is there.

    Bad:  <img srcset="plot.png, plot-large.png 2x"> without plot-large.png
    Good: background: url(data:image/png;base64,…)
    """
    roles = (Role.ASSET, Role.FRAME, Role.PREVIEW, Role.REFRESH)
    yield from _find_unanswered(site, "asset-exists", *roles)


def _find_unanswered(site: BuiltSite, rule: str, *roles: Role) -> Iterator[Finding]:
    for pointer in site.pointers(*roles):
        target = pointer.target
        if target.place is not Place.INSIDE:
            continue
        if not target.file:
            yield finding_at(rule, pointer, target.fault, about=target.path, hint=target.hint)
        elif _is_lost_at_depth(site, pointer):
            message = "is relative, but this page is shown in place of missing ones at any depth"
            hint = f"write {site.addresses.url_of(target.path)}"
            yield finding_at(rule, pointer, message, about=target.path, hint=hint)


def _is_lost_at_depth(site: BuiltSite, pointer: Pointer) -> bool:
    page = site.pages.get(pointer.file)
    return bool(page and page.is_not_found_page and is_relative(pointer.use.url))


def check_anchor_exists(site: BuiltSite) -> Iterator[Finding]:
    """A fragment names an id of the page or drawing that it leads to.

    ``#``, ``#top`` and text fragments (``#:~:text=``) need no id (HTML standard, "scrolling to a
    fragment": it counts as written first, then percent-decoded).
    """
    for pointer in site.pointers():
        file = pointer.target.file
        if not pointer.fragment or not file:
            continue
        name, _, _ = pointer.fragment.partition(":~:")
        ids = _ids_of(site, file)
        if not name or name.lower() == "top" or ids is None or name in ids or unquote(name) in ids:
            continue
        if file not in site.pages and re.search(r"[(=]", name):
            continue  # a view of a drawing: #svgView(…), #xywh=…
        is_own = file == pointer.file
        where = "this page" if is_own else f'"{file}"'
        yield finding_at(
            "anchor-exists",
            pointer,
            f'names the id "{unquote(name)}", which {where} has not',
            about=f"{'' if is_own else file}#{name}",
            hint=did_you_mean(unquote(name), ids),
        )


def _ids_of(site: BuiltSite, file: str) -> AbstractSet[str] | None:
    if file in site.pages:
        return site.pages[file].ids
    return site.other_files[file].ids if file.endswith(".svg") and file in site.other_files else None


def check_link_is_safe(site: BuiltSite) -> Iterator[Finding]:
    """No address is empty, runs code, or works only for its author.

    Bad:  <a href="">, <a href="javascript:go()">, <a href="http://localhost/">, <a href="www.example.org">
    Good: <a href="#">, <a href="https://www.example.org/">
    """
    for pointer in site.pointers():
        use, target = pointer.use, pointer.target
        fault = target.fault if target.place is Place.UNSAFE else ""
        if use.role is Role.LINK and target.scheme in ("data", "blob", "about"):
            fault = f"begins with {target.scheme}:"
        if fault:
            yield finding_at("link-is-safe", pointer, fault, about=use.url, hint=target.hint)


def check_request_stays_on_site(site: BuiltSite) -> Iterator[Finding]:
    """Opening a page asks no other host for anything; links to other hosts are fine.

    Bad:  <link rel="preconnect" href="https://fonts.example">, url(//cdn.example/x.woff2)
    Good: <a href="https://journal.example/">
    """
    for pointer in site.pointers(Role.ASSET, Role.FRAME, Role.HINT, Role.FORM):
        host = pointer.target.host
        if pointer.target.place is Place.ELSEWHERE and host != site.addresses.host:
            message = f"asks another host ({host})"
            hint = "put a copy on the site"
            yield finding_at("request-stays-on-site", pointer, message, about=pointer.use.url, hint=hint)


def check_asset_is_used(site: BuiltSite) -> Iterator[Finding]:
    """Every image and download is named by some page, style sheet, manifest or feed (a warning).

    Scripts and style sheets are left out: scripts load further ones by names that only they know.
    """
    named = {pointer.target.file for pointer in site.pointers()}
    for file in site.sizes:
        if _MEDIA.fullmatch(file) and file not in named and not _FOUND_BY_NAME.fullmatch(file):
            yield Finding(
                rule="asset-is-used",
                file=file,
                line=1,
                message="no page names this file",
                hint="link it, or delete it",
                severity=Severity.WARNING,
            )


# Links to DOIs

_DOI_HOSTS = ("doi.org", "www.doi.org", "dx.doi.org")
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")
_DOI_AS_TEXT = re.compile(
    r"(?:doi:\s*|(?:https?://)?(?:dx\.|www\.)?doi\.org/)?(?P<doi>10\.\d{4,9}(?:\.\d+)*/\S+)", re.IGNORECASE
)
_MUST_BE_ENCODED = re.compile(r"[<>\"{}|\\^`\s#]|%(?![0-9A-Fa-f]{2})")
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060"))


def check_doi_link_is_right(site: BuiltSite) -> Iterator[Finding]:
    """A link to a DOI is well formed and says the DOI that it leads to.

    Source: DOI Handbook, appendix "DOI Name Encoding Rules for URL Presentation" (``%``, ``"``, ``#``
    and spaces must be encoded, ``<`` and ``>`` and a few more should). Case makes no difference.

    Bad:  <a href="https://doi.org/10.1000/ab.1.">10.1000/ab.1</a>
    Good: <a href="https://doi.org/10.1000/1234(98)1%3C1::AID%3E3.0">10.1000/1234(98)1&lt;1::AID&gt;3.0</a>
    """
    for pointer in site.pointers(Role.LINK):
        if pointer.target.host in _DOI_HOSTS:
            for message, hint, severity in _find_doi_faults(pointer):
                yield finding_at(
                    "doi-link-is-right", pointer, message, about=pointer.use.url, hint=hint, severity=severity
                )


def _find_doi_faults(pointer: Pointer) -> Iterator[tuple[str, str, Severity]]:
    host, scheme = pointer.target.host, pointer.target.scheme
    written = pointer.use.url.strip().partition("://")[2].partition("/")[2]
    doi = unquote(written.partition("?")[0])
    if not written or (host == "www.doi.org" and not written.startswith("10.")):
        return  # the foundation's own pages
    if _MUST_BE_ENCODED.search(written):
        hint = "write < as %3C, > as %3E, # as %23, % as %25, a space as %20"
        yield "has characters that must be percent-encoded", hint, Severity.ERROR
    elif not _DOI.fullmatch(doi):
        yield "does not lead to a DOI", "https://doi.org/10.<number>/<suffix>", Severity.ERROR
    elif _ends_in_punctuation(doi):
        yield "ends in punctuation", f"https://doi.org/{written[:-1]}", Severity.ERROR
    elif host != "doi.org" or scheme != "https":
        yield "is an old form of a DOI's address", f"https://doi.org/{written}", Severity.WARNING
    said = _DOI_AS_TEXT.fullmatch(pointer.use.text.translate(_UNSEEN).strip())
    if said and unquote(said["doi"]).casefold() != doi.casefold():
        hint = "take both from the same reference"
        yield f'leads to another DOI than it says ("{said["doi"]}")', hint, Severity.ERROR


def _ends_in_punctuation(doi: str) -> bool:
    return doi.endswith((".", ",", ";", ":", "。", "，", "；")) or (
        doi.endswith((")", "]")) and doi.count("(") + doi.count("[") < doi.count(")") + doi.count("]")
    )
