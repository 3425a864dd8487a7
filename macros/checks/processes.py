"""Processes: tasks done by several processes, each of which takes the next that none has begun."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection
from multiprocessing.sharedctypes import Synchronized
from typing import TypeVar

_Result = TypeVar("_Result")
_Task = Callable[[], Sequence[_Result]]


def run_tasks(tasks: Sequence[_Task[_Result]], processes: int = 1) -> list[_Result]:
    """What all tasks return, in no particular order; they see what this process has in memory.

    Where the system cannot fork, or one process is asked for, they are done here one after another. Raises
    RuntimeError if another process has died; it has printed why.
    """
    with _without_collector():
        if processes < 2 or "fork" not in get_all_start_methods():
            return [result for task in tasks for result in task()]
        return _run_forked(tasks, processes)


def _run_forked(tasks: Sequence[_Task[_Result]], processes: int) -> list[_Result]:
    context = get_context("fork")
    begun = context.Value("i", 0)
    others = []
    for _ in range(processes - 1):
        receiver, sender = context.Pipe(duplex=False)
        process = context.Process(target=_send_results, args=(tasks, begun, sender), daemon=True)
        process.start()
        sender.close()
        others.append((process, receiver))
    results = _run_next(tasks, begun)
    for process, receiver in others:
        with receiver:
            try:
                results += receiver.recv()
            except EOFError as error:
                raise RuntimeError("a process has died among its tasks") from error
        process.join()
    return results


def _run_next(tasks: Sequence[_Task[_Result]], begun: Synchronized[int]) -> list[_Result]:
    """Do what no process has begun, until nothing is left."""
    results = list[_Result]()
    while (number := _take_number(begun)) < len(tasks):
        results += tasks[number]()
    return results


def _take_number(begun: Synchronized[int]) -> int:
    with begun.get_lock():
        begun.value += 1
        return begun.value - 1


def _send_results(tasks: Sequence[_Task[object]], begun: Synchronized[int], sender: Connection) -> None:
    sender.send(_run_next(tasks, begun))


@contextmanager
def _without_collector() -> Iterator[None]:
    """Without looking for cycles: tasks leave none, and looking would write to memory that is shared."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
