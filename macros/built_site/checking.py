"""All rules over one built site."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from macros.built_site import languages, links, listing, mark_up
from macros.built_site.loading import load_built_site
from macros.built_site.model import BuiltSite, Finding
from macros.built_site.placing import place_findings
from macros.problems import Problem

RULES: tuple[Callable[[BuiltSite], Iterator[Finding]], ...] = (
    links.check_link_resolves,
    links.check_anchor_exists,
    links.check_asset_exists,
    links.check_link_is_safe,
    links.check_request_stays_on_site,
    links.check_asset_is_used,
    links.check_doi_link_is_right,
    languages.check_language_is_declared,
    languages.check_hreflang_is_reciprocal,
    languages.check_page_has_counterpart,
    languages.check_link_stays_in_language,
    languages.check_language_matches_text,
    listing.check_canonical_is_own_url,
    listing.check_sitemap_lists_pages,
    listing.check_page_is_linked,
    mark_up.check_id_is_unique,
    mark_up.check_html_is_nested,
    mark_up.check_interactive_is_not_nested,
    mark_up.check_script_is_safe,
    mark_up.check_page_is_whole,
)


def check_built_site(
    site: BuiltSite, *, source_root: Path | None = None, minimum_pages: int = 1
) -> Iterator[Problem]:
    """Everything that is wrong with a built site, each mistake once, ordered by file and line.

    With ``source_root``, problems of pages that name their source stand at the line of the source.
    """
    findings = [finding for rule in RULES for finding in rule(site)]
    findings += listing.check_site_is_not_empty(site, minimum_pages)
    yield from place_findings(findings, site, source_root)


def check_built_directory(
    directory: Path,
    *,
    base: str = "/",
    site_url: str = "",
    source_root: Path | None = None,
    minimum_pages: int = 1,
) -> list[Problem]:
    """Load a built directory and check it: ``load_built_site`` and ``check_built_site`` in one call."""
    site, problems = load_built_site(directory, base, site_url)
    return [*problems, *check_built_site(site, source_root=source_root, minimum_pages=minimum_pages)]
