"""The templates of the engine: ``templates/*.jinja``, with one way of reading them.

Layout stands there, decisions in the modules that render them. Everything is escaped unless it is
marked as HTML; a name that a template does not get is an error of ours.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import jinja2


def render_template(name: str, **values: Any) -> str:
    """A template of the engine with values."""
    return _environment().get_template(name).render(**values)


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # "{#" begins the id of a heading in the Markdown that some templates make.
        comment_start_string="{##",
        comment_end_string="##}",
    )
