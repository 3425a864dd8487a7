"""Prose: how pages and data are written, whatever they say.

``placed_text`` keeps the place of every character, ``reading`` takes from a file what readers see as
running text, ``rules`` and ``spelling`` hold it against the house style, ``second_opinion`` asks
autocorrect, ``finding`` puts these together, ``fixing`` mends what can be mended safely. Which texts of a
site are looked at is decided in ``macros.checks.prose``.
"""

from __future__ import annotations

from macros.prose.finding import ProseStyle, find_in_data, find_in_page, page_passages, title_key
from macros.prose.fixing import Change, fix_data, fix_page
from macros.prose.spelling import known_varieties

__all__ = [
    "Change",
    "ProseStyle",
    "find_in_data",
    "find_in_page",
    "fix_data",
    "fix_page",
    "known_varieties",
    "page_passages",
    "title_key",
]
