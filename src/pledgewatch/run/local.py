"""The engine of one machine: worker processes, each item with a time limit, each worker with a memory limit."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import sys
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import TimeoutError as TimedOut
from contextlib import suppress
from typing import TypeVar

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from pledgewatch.errors import Bug, PledgewatchError
from pledgewatch.run.contract import Engine

Item = TypeVar("Item")
Result = TypeVar("Result")

AHEAD = 4
"""Items taken ahead of the one yielded, for each worker."""

LONGEST_WHY = 500
"""Code points of a reason; messages of foreign libraries can hold whole documents."""


class LocalEngine:
    """Runs items in worker processes of this machine.

    A worker that crashes, hangs, or runs out of memory costs the one item it had; another worker takes its place.

    Args:
        workers: how many; ``None`` for one a core, 0 for none: everything then runs in this process, without limits
            of time or memory, which suits a debugger and nothing else.
        memory_mb: address space of a worker, in megabytes (10^6 bytes); 0 for no limit. Not enforced on Windows.
    """

    def __init__(self, workers: int | None = None, memory_mb: int = 2_000) -> None:
        if workers is not None and workers < 0:
            raise Bug(f"there can't be {workers} workers")
        self._workers = count_cores() if workers is None else workers
        self._memory_mb = memory_mb

    def map(
        self,
        function: Callable[[Item], Result],
        items: Iterable[Item],
        *,
        seconds: float,
        on_failure: Callable[[Item, str], Result],
    ) -> Iterator[tuple[Item, Result]]:
        """See the contract. Closing the iterator, or an interrupt, stops the workers at once."""
        if self._workers == 0:
            return self._map_here(function, items, on_failure)
        return self._map_apart(function, items, seconds, on_failure)

    def _map_here(
        self, function: Callable[[Item], Result], items: Iterable[Item], on_failure: Callable[[Item, str], Result]
    ) -> Iterator[tuple[Item, Result]]:
        for item in items:
            try:
                result = function(item)
            except Exception as error:
                result = on_failure(item, _explain_exception(error))
            yield item, result

    def _map_apart(
        self,
        function: Callable[[Item], Result],
        items: Iterable[Item],
        seconds: float,
        on_failure: Callable[[Item, str], Result],
    ) -> Iterator[tuple[Item, Result]]:
        try:
            packed = pickle.dumps(function)
        except Exception as error:
            raise Bug(f"the function {function!r} can't be given to other processes: {error}") from error
        waiting: deque[tuple[Item, ProcessFuture]] = deque()
        rest = iter(items)
        pool = None
        try:
            for item in rest:
                # The pool starts with the first item: a run with nothing to do pays nothing for it.
                pool = pool or self._open_pool(packed, seconds)
                waiting.append((item, pool.schedule(_run_item, args=(item,), timeout=seconds)))
                if len(waiting) >= self._workers * AHEAD:
                    yield self._take(waiting, seconds, on_failure)
            while waiting:
                yield self._take(waiting, seconds, on_failure)
        finally:
            if pool is not None:
                pool.stop()
                pool.join()
