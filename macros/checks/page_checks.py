"""Page checks: those that look at one page with its counterparts, whatever other pages there are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import update_wrapper

from macros.problems import Problem
from macros.site import Site


class PageCheck:
    """A check of every page that can be asked about one, and so about several at once.

    Made by putting ``@PageCheck`` above a function that takes the id of a page and the site.
    """

    def __init__(self, of_page: Callable[[str, Site], Iterator[Problem]]) -> None:
        self.of_page = of_page
        """What is wrong in the page of an id, in all languages."""
        update_wrapper(self, of_page)

    def __call__(self, site: Site) -> Iterator[Problem]:
        """What is wrong in all pages."""
        for page_id in site.page_ids:
            yield from self.of_page(page_id, site)
