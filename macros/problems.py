"""Problems: the one way to say that something an author wrote is wrong.

A problem is a value. Loaders return problems beside their results, checks yield them, and only
the adapters (command line, MkDocs hooks) print them, in one of the three forms made here. Mistakes
of our own code are exceptions and never become problems.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from enum import StrEnum


class Severity(StrEnum):
    """Whether a problem stops the build (error) or is only said (warning)."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Problem:
    """One thing to mend, at one place."""

    file: str
    """Path relative to the site's folder, with forward slashes."""
    line: int = 1
    """1-based."""
    column: int = 1
    """1-based, in characters."""
    rule: str
    """The promise that is broken, such as ``citation-resolves``."""
    message: str
    """What is wrong, in the author's words, on one line."""
    hint: str = ""
    """What to type instead, where that is known."""
    severity: Severity = Severity.ERROR


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether at least one problem is an error."""
    return any(problem.severity is Severity.ERROR for problem in problems)


def did_you_mean(word: str, candidates: Iterable[str]) -> str:
    """A hint naming the nearest candidate, or an empty text.

    >>> did_you_mean("smth2020", ["smith2020", "wang2021"])
    'did you mean "smith2020"?'
    """
    nearest = get_close_matches(word, sorted(set(candidates)), n=1, cutoff=0.6)
    return f'did you mean "{nearest[0]}"?' if nearest else ""


def format_text(problems: Iterable[Problem]) -> str:
    """For people: ``file:line:column: severity: message [rule]``, the hint on a line of its own."""
    lines = []
    for problem in problems:
        place = f"{problem.file}:{problem.line}:{problem.column}"
        lines.append(f"{place}: {problem.severity}: {problem.message} [{problem.rule}]")
        if problem.hint:
            lines.append(f"    hint: {problem.hint}")
    return "\n".join(lines)


def format_json(problems: Iterable[Problem]) -> str:
    """For programs: a JSON list of ``{file, line, column, rule, message, hint, severity}``."""
    return json.dumps([asdict(problem) for problem in problems], ensure_ascii=False, indent=2)


def format_github(problems: Iterable[Problem]) -> str:
    """For GitHub Actions: one workflow command a problem, shown beside the line in a pull request.

    Escaping follows "Workflow commands for GitHub Actions": ``%``, CR and LF in the message, and
    also ``:`` and ``,`` in a property.
    """
    return "\n".join(_github_command(problem) for problem in problems)


def _github_command(problem: Problem) -> str:
    message = problem.message + (f" ({problem.hint})" if problem.hint else "")
    properties = ",".join(
        f"{name}={_escape_github_property(str(value))}"
        for name, value in (
            ("file", problem.file),
            ("line", problem.line),
            ("col", problem.column),
            ("title", problem.rule),
        )
    )
    return f"::{problem.severity} {properties}::{_escape_github(message)}"


def _escape_github(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_github_property(text: str) -> str:
    return _escape_github(text).replace(":", "%3A").replace(",", "%2C")
