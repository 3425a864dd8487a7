"""Citations: every key cited exists, every reference is cited."""

from __future__ import annotations

from collections.abc import Iterator

from macros.checks.page_checks import PageCheck
from macros.problems import Problem, Severity, did_you_mean
from macros.site import Site


@PageCheck
def check_citations_resolve(page_id: str, site: Site) -> Iterator[Problem]:
    """Every key that a page cites is in the bibliography (``citation-resolves``).

    Bad:  [@smth2020]
    Good: [@smith2020]
    """
    for page in site.counterparts(page_id):
        for citation in page.markup.citations:
            for item in citation.items:
                if item.citekey not in site.bibliography:
                    yield page.source.problem(
                        citation.start,
                        "citation-resolves",
                        f'no reference "{item.citekey}" in {site.settings.bibliography_file.name}',
                        did_you_mean(item.citekey, site.bibliography.by_citekey),
                    )


def check_references_are_cited(site: Site) -> Iterator[Problem]:
    """Every reference is cited by some page (``reference-is-cited``, a warning).

    A translation counts as cited with its original: they share a number.
    """
    file = site.settings.bibliography_file.relative_to(site.settings.root).as_posix()
    for ref in site.bibliography:
        if not ref.translation_of and site.bibliography.main_citekey(ref.citekey) not in site.cited_by:
            yield Problem(
                file=file,
                line=ref.line,
                rule="reference-is-cited",
                message=f'no page cites "{ref.citekey}"',
                severity=Severity.WARNING,
            )
