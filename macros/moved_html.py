"""HTML that is shown on another page than its own: its addresses and its ids there.

Which elements are moved, and what ids they get, is decided by those who move them.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping

from macros.built_site.addresses import is_relative
from macros.html_tree import Element
from macros.links import relative_url


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_URLS = _names("href src poster action formaction xlink:href")
_LISTS_OF_IMAGES = _names("srcset imagesrcset")
_STYLES = _names("clip-path fill filter marker-end marker-mid marker-start mask stroke style")
_CSS_URL = re.compile(r"""(url\(\s*["']?)([^"')]+)""")
_ID_REFERENCES = _names(
    "for form headers list aria-activedescendant aria-controls aria-describedby aria-details"
    " aria-errormessage aria-flowto aria-labelledby aria-owns"
)
"""HTML standard and WAI-ARIA: the attributes whose value is one or several ids of the page."""


def resolve_path(path: str, page: str) -> str:
    """What a relative path on a page leads to; both relative to the root, folders with a slash at the end.

    >>> resolve_path("../leaf.png", "en/brewing/steps/"), resolve_path("..", "en/brewing/")
    ('en/brewing/leaf.png', 'en/')
    """
    target = posixpath.normpath(posixpath.join("/", page, path)).lstrip("/")
    is_folder = target and path.rpartition("/")[2] in ("", ".", "..")
    return f"{target}/" if is_folder else target


def rebase_url(url: str, page: str, new_page: str) -> str:
    """A relative address of one page as it is written on another; every other address as it is.

    >>> rebase_url("../leaf.png?v=2#top", "en/brewing/steps/", "parallel/brewing/steps/")
    '../../../en/brewing/leaf.png?v=2#top'
    >>> rebase_url("https://tea.example/", "en/", "parallel/")
    'https://tea.example/'
    """
    if not is_relative(url):
        return url
    path = re.split(r"[?#]", url, maxsplit=1)[0]
    return relative_url(resolve_path(path, page), new_page) + url[len(path) :]


def change_urls(attributes: Mapping[str, str], change: Callable[[str], str]) -> dict[str, str]:
    """The attributes of an element with every address in them changed."""
    changed = dict(attributes)
    for name, value in attributes.items():
        if name in _URLS:
            changed[name] = change(value)
        elif name in _LISTS_OF_IMAGES:
            changed[name] = ", ".join(_change_candidate(part, change) for part in value.split(", "))
        elif name in _STYLES:
            changed[name] = _CSS_URL.sub(lambda match: match[1] + change(match[2]), value)
    return changed


def _change_candidate(candidate: str, change: Callable[[str], str]) -> str:
    """One image of a ``srcset`` with its width or density."""
    url, _, size = candidate.strip().partition(" ")
    return f"{change(url)} {size}".strip()


def own_names(element: Element) -> tuple[str, ...]:
    """The names by which an address can point at an element: its id, and an old ``<a name>``."""
    names = (element.id, element.attributes.get("name", "") if element.tag == "a" else "")
    return tuple(dict.fromkeys(filter(None, names)))


def change_ids(element: Element, new_ids: Mapping[str, str], prefix: str) -> dict[str, str]:
    """The attributes of an element with its id, and the ids that it refers to, changed.

    The names of fields get the prefix: radio buttons of one name are one choice, and a page that is
    shown twice has two.
    """
    changed = dict(element.attributes)
    for name, value in element.attributes.items():
        if name == "id" or (name == "name" and element.tag == "a"):
            changed[name] = new_ids.get(value, value)
        elif name in _ID_REFERENCES:
            changed[name] = " ".join(new_ids.get(reference, reference) for reference in value.split())
        elif name == "name" and element.tag in ("input", "select", "textarea", "details"):
            changed[name] = prefix + value
    return changed
