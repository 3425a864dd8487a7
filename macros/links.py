"""Addresses within a site: from one page to another, whatever folder the site is served from."""

from __future__ import annotations

import posixpath


def relative_url(target: str, page: str) -> str:
    """The address of a page or file as written on another page; both relative to the site's root.

    >>> relative_url("en/references/lin2017/", "en/sources/feng2023/clinical-research/")
    '../../../references/lin2017/'
    >>> relative_url("", "en/")
    '../'
    >>> relative_url("downloads/references.bib", "")
    'downloads/references.bib'
    """
    path = posixpath.relpath("/" + target, "/" + page)
    is_folder = not target or target.endswith("/")
    return f"{path}/" if is_folder else path
