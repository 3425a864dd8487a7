"""Citation marks: how the numbers of neighbouring citations are written in running text.

Which references are cited together is decided by the author of a page; what a mark links to, by
whoever renders it. Here numbers become runs, and runs become ``[38-39]``.
"""

from __future__ import annotations

from collections.abc import Sequence

LONGEST_NUMBER = 9
"""Digits. A longer run of digits is a name, not a number of a list."""


def collapse_labels(labels: Sequence[str], minimum_run: int = 2) -> tuple[tuple[str, ...], ...]:
    """Labels in numeric order, neighbours put together in runs of at least ``minimum_run``.

    Each label comes once. A label that is not a number stands alone, after the numbers, in the
    order given.

    >>> collapse_labels(["39", "38", "41", "38"])
    (('38', '39'), ('41',))
    """
    numbers = sorted({label for label in labels if _is_number(label)}, key=lambda label: (int(label), label))
    runs: list[list[str]] = []
    for label in numbers:
        if runs and int(label) == int(runs[-1][-1]) + 1:
            runs[-1].append(label)
        else:
            runs.append([label])
    others = dict.fromkeys(label for label in labels if not _is_number(label))
    return (
        *(part for run in runs for part in _whole_or_single(run, minimum_run)),
        *((label,) for label in others),
    )


def format_mark(labels: Sequence[str], minimum_run: int = 2) -> str:
    """The mark as plain text; no labels make no mark.

    Two neighbours are joined already, as journals of the Chinese Medical Association print them.

    >>> format_mark(["38", "39"]), format_mark(["1", "3"]), format_mark(["3", "1", "2", "7"])
    ('[38-39]', '[1,3]', '[1-3,7]')
    """
    runs = collapse_labels(labels, minimum_run)
    parts = [run[0] if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs]
    return f"[{','.join(parts)}]" if parts else ""


def _is_number(label: str) -> bool:
    return label.isascii() and label.isdigit() and len(label) <= LONGEST_NUMBER


def _whole_or_single(run: list[str], minimum_run: int) -> list[tuple[str, ...]]:
    return [tuple(run)] if len(run) >= minimum_run else [(label,) for label in run]
