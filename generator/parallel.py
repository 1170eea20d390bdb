"""The same work on many things, over processes where it pays."""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

A = TypeVar("A")
B = TypeVar("B")


ENOUGH = 32
"""Chunks after which a process makes room for a fresh one: what it has touched of the memory that it
shares, it has of its own until then.
"""


def available() -> int:
    """How many processes can work at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def each(work: Callable[[A], B], items: Sequence[A], jobs: int, chunk: int) -> Iterator[B]:
    """`work` on every item, in order; forked processes take `chunk` items at a time.

    The processes inherit `work` as it is in memory: only items and results are copied.
    """
    can_fork = "fork" in multiprocessing.get_all_start_methods()
    if jobs < 2 or len(items) < 2 * chunk or not can_fork:
        yield from map(work, items)
        return
    _inherited.append(work)
    try:
        with multiprocessing.get_context("fork").Pool(jobs, maxtasksperchild=ENOUGH) as pool:
            yield from pool.imap(_call, items, chunksize=chunk)
    finally:
        _inherited.pop()


_inherited: list[Callable[[Any], Any]] = []


def _call(item: Any) -> Any:
    return _inherited[-1](item)


@contextmanager
def keeping() -> Iterator[None]:
    """Without the search for cyclic garbage: it goes through all that a build keeps to its end."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_enabled:
            gc.enable()
