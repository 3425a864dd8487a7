"""Addresses within a site: from one page to another, whatever folder the site is served from."""

from __future__ import annotations

import posixpath
from urllib.parse import unquote


def relative_url(target: str, page: str) -> str:
    """The address of a page or file as written on another page; both relative to the site's root.

    >>> relative_url("en/references/ito2019/", "en/sources/teabook/steaming/")
    '../../../references/ito2019/'
    >>> relative_url("", "en/")
    '../'
    >>> relative_url("downloads/references.bib", "")
    'downloads/references.bib'
    """
    path = posixpath.relpath("/" + target, "/" + page)
    is_folder = not target or target.endswith("/")
    return f"{path}/" if is_folder else path


def linked_page_id(target: str, page_id: str) -> str:
    """The id of the page that a Markdown link on a page means; empty for what is no link to a page.

    A link that leaves the folder of its language begins with ``../``.

    >>> linked_page_id("../cultivars/qimen.md#results", "topics/brewing")
    'cultivars/qimen'
    >>> linked_page_id("#results", "topics/brewing")
    'topics/brewing'
    >>> linked_page_id("https://tea.example/index.md", "topics/brewing")
    ''
    """
    path = unquote(target.partition("#")[0])
    if not path:
        return page_id
    if "://" in target or not path.endswith(".md"):
        return ""
    return posixpath.normpath(posixpath.join(posixpath.dirname(page_id), path)).removesuffix(".md")
