"""Processes: two functions at once, each on a processor of its own."""

from __future__ import annotations

import gc
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import TypeVar

_Result = TypeVar("_Result")


def run_beside(beside: Callable[[], list[_Result]], here: Callable[[], list[_Result]]) -> list[_Result]:
    """What ``here`` returns, then what ``beside`` returns from a process that it is forked into.

    Both see what this process has in memory. Raises RuntimeError if the other process has died; it has
    printed why.
    """
    context = get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    # Else the collector would write to memory that both processes share, and so copy it.
    gc.freeze()
    process = context.Process(target=_send, args=(beside, sender), daemon=True)
    process.start()
    sender.close()
    results = here()
    try:
        results += receiver.recv()
    except EOFError as error:
        raise RuntimeError("the second process died") from error
    finally:
        process.join()
        gc.unfreeze()
    return results


def _send(run: Callable[[], list[_Result]], sender: Connection) -> None:
    sender.send(run())
