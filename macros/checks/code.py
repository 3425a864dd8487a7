"""Code on pages: a fence that is read as one by every Markdown that the site may be built with."""

from __future__ import annotations

import re
from collections.abc import Iterator

from macros.blocks import CODE, find_blocks
from macros.checks.page_checks import PageCheck
from macros.problems import Problem
from macros.site import Site

_FENCE = re.compile(r"`{3,}|~{3,}")


@PageCheck
def check_fences(page_id: str, site: Site) -> Iterator[Problem]:
    """A fence begins a line, and is closed (``fence-is-read``).

    Python-Markdown reads no other: what stands between is printed as one paragraph of text, and the blocks
    of the page are not those that the checks compare. Within a list or a quotation code is indented.

    Bad:  four spaces and three backticks, in a list
    Good: eight spaces before each line of the code
    """
    for page in site.counterparts(page_id):
        for block in find_blocks(page):
            fence = _FENCE.match(block.text.lstrip()) if block.kind == CODE else None
            if not fence or page.source.text.startswith("    ", block.start):
                continue
            if page.source.place(block.start)[1] > 1 or block.text.startswith(" "):
                yield page.source.problem(
                    block.start,
                    "fence-is-read",
                    "a fence is read as one only at the beginning of a line",
                    "in a list, a quotation or a box indent the code by four more spaces, without a fence",
                )
            elif not block.text.rstrip().endswith(fence[0]) or block.text.count("\n") == 0:
                message = "this fence is not closed"
                yield page.source.problem(block.start, "fence-is-read", message, f"end it with {fence[0]}")
