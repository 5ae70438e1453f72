"""The engine of one machine: worker processes, each item with a time limit, each worker with a memory limit."""

from __future__ import annotations

import functools
import math
import multiprocessing
import os
import pickle
import signal
import sys
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, TimeoutError
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic

from pebble import ProcessExpired, ProcessPool

from pledgewatch.errors import Bug, PledgewatchError
from pledgewatch.run.contract import Item, Result

AHEAD = 4
"""Items taken ahead of the one yielded, for each worker."""

TRIES = 3
"""How often an item is given out when the whole pool broke under it, which need not be its own fault."""

LONGEST_WHY = 500
"""Code points of a reason; messages of foreign libraries can hold whole documents."""

GRACE = 10
"""Seconds beyond its time after which a worker whose parent was killed ends by itself."""


class LocalEngine:
    """Runs items in worker processes of this machine.

    A worker that crashes, hangs or runs out of memory costs the one item it had; another worker takes its place.

    Args:
        workers: how many; ``None`` for one a core, 0 for none: everything then runs in this process, without limits
            of time or memory, which suits a debugger and nothing else.
        memory_mb: address space of a worker, in megabytes (10^6 bytes); 0 for no limit. Systems without such a limit
            (Windows, macOS) keep none.
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
            return _map_here(function, items, on_failure)
        try:
            packed_function = pickle.dumps(function)
        except Exception as error:
            raise Bug(f"the function {function!r} can't be given to other processes: {error}") from error
        crew = _Crew(self._workers, packed_function, _name_module(function), seconds, self._memory_mb)
        return _map_apart(crew, items, on_failure)


@dataclass(slots=True)
class _Order(Generic[Item]):
    """An item that was given to a worker; ``future`` is ``None`` when it could not be, and ``why`` says why not."""

    item: Item
    packed: bytes
    future: Future[bytes] | None
    why: str = ""


class _Crew:
    """The workers on one function; they start with the first item, so that a run with nothing to do pays nothing."""

    def __init__(self, size: int, packed_function: bytes, module: str | None, seconds: float, memory_mb: int) -> None:
        self.ahead = size * AHEAD
        self.seconds = seconds
        self.memory_mb = memory_mb
        self._size = size
        self._packed_function = packed_function
        self._module = module
        self._pool: ProcessPool | None = None

    def take(self, item: Item) -> _Order[Item]:
        """Gives an item to the workers."""
        try:
            packed = pickle.dumps(item)
        except Exception as error:
            return _Order(item, b"", None, f"it can't be given to another process: {_explain_exception(error)}")
        return _Order(item, packed, self._schedule(packed))

    def retake(self, orders: Iterable[_Order[Any]]) -> None:
        """Gives everything that has no result yet to new workers."""
        self.stop()
        for order in orders:
            if order.future is not None and not _is_answered(order.future):
                order.future = self._schedule(order.packed)

    def stop(self) -> None:
        """Ends the workers, whatever they are doing."""
        if self._pool is not None:
            pool: Any = self._pool  # pebble types most of its methods, but not this one
            pool.stop()
            pool.join()
            self._pool = None

    def _schedule(self, packed: bytes) -> Future[bytes]:
        if self._pool is None:
            self._pool = self._open_pool()
        try:
            future: Future[bytes] = self._pool.schedule(_run_packed, args=(packed, self.seconds), timeout=self.seconds)
        except RuntimeError:
            # The pool broke while nobody looked; whoever waits for this item finds out and calls ``retake``.
            future = Future()
            future.set_exception(BrokenProcessPool())
        return future

    def _open_pool(self) -> ProcessPool:
        # A fork of this process would take its threads' locks along; a fork server has none, and has the stages loaded.
        if "forkserver" in multiprocessing.get_all_start_methods():
            context = multiprocessing.get_context("forkserver")
            if self._module is not None:
                context.set_forkserver_preload([self._module])
            return self._make_pool(context)
        return self._make_pool(multiprocessing.get_context("spawn"))

    def _make_pool(self, context: Any) -> ProcessPool:
        return ProcessPool(
            max_workers=self._size,
            initializer=_start_worker,
            initargs=(self._packed_function, self.memory_mb),
            context=context,
        )


def _map_here(
    function: Callable[[Item], Result], items: Iterable[Item], on_failure: Callable[[Item, str], Result]
) -> Iterator[tuple[Item, Result]]:
    for item in items:
        try:
            result = function(item)
        except Exception as error:
            result = on_failure(item, _explain_exception(error))
        yield item, result


def _map_apart(
    crew: _Crew, items: Iterable[Item], on_failure: Callable[[Item, str], Result]
) -> Iterator[tuple[Item, Result]]:
    orders: deque[_Order[Item]] = deque()
    try:
        for item in items:
            orders.append(crew.take(item))
            if len(orders) >= crew.ahead:
                yield _finish_first(crew, orders, on_failure)
        while orders:
            yield _finish_first(crew, orders, on_failure)
    finally:
        crew.stop()


def _finish_first(
    crew: _Crew, orders: deque[_Order[Item]], on_failure: Callable[[Item, str], Result]
) -> tuple[Item, Result]:
    order = orders[0]
    why = order.why
    for attempt in range(1, TRIES + 1):
        if order.future is None:
            break
        try:
            done, value = pickle.loads(order.future.result())
        except BrokenProcessPool:
            why = "the workers ended again and again before they began it"
            if attempt < TRIES:
                crew.retake(orders)
            continue
        except TimeoutError:
            why = f"it took longer than {crew.seconds:g} s"
        except ProcessExpired as error:
            why = f"the program crashed on it ({_name_exit(error.exitcode)})"
        except Exception as error:
            why = f"its result can't be read: {_explain_exception(error)}"
        else:
            if done == "broken":
                raise Bug(f"the workers can't load the function: {value}")
            if done == "done":
                orders.popleft()
                return order.item, value
            why = _explain_memory(crew.memory_mb) if done == "memory" else value
        break
    orders.popleft()
    return order.item, on_failure(order.item, why)


def count_cores() -> int:
    """How many cores this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


# What runs in the workers

_function: Callable[[Any], Any] | str = "the worker was not started by an engine"
"""The function this worker runs, or why there is none."""


def _start_worker(packed_function: bytes, memory_mb: int) -> None:
    global _function
    try:
        _function = pickle.loads(packed_function)
    except BaseException as error:
        _function = _explain_exception(error)
    if memory_mb and sys.platform != "win32":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        limit = memory_mb * 1_000_000 if hard == resource.RLIM_INFINITY else min(memory_mb * 1_000_000, hard)
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


def _run_packed(packed: bytes, seconds: float) -> bytes:
    """Runs an item and packs what came of it here, so that nothing but bytes crosses between the processes."""
    if isinstance(_function, str):
        return pickle.dumps(("broken", _function))
    if sys.platform != "win32":
        # The parent ends a worker that is out of time. Were the parent killed, nobody would: the signal's default does.
        signal.alarm(math.ceil(seconds) + GRACE)
    try:
        return pickle.dumps(("done", _function(pickle.loads(packed))))
    except MemoryError:
        return pickle.dumps(("memory", ""))
    except BaseException as error:
        return pickle.dumps(("failed", _explain_exception(error)))
    finally:
        if sys.platform != "win32":
            signal.alarm(0)


def _explain_exception(error: BaseException) -> str:
    """An exception as one line: our own by their words, others by name and place."""
    if isinstance(error, PledgewatchError):
        why = f"{error.where}: {error.what}" if error.where else error.what
        return _shorten(why)
    frames = traceback.extract_tb(error.__traceback__)
    place = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
    return _shorten(f"{type(error).__name__}: {error}".rstrip(": ")) + place


def _shorten(why: str) -> str:
    line = " ".join(why.split())
    printable = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in line)
    return printable if len(printable) <= LONGEST_WHY else printable[: LONGEST_WHY - 1] + "…"


def _explain_memory(memory_mb: int) -> str:
    return f"it needs more memory than a worker may take ({memory_mb:,} MB)" if memory_mb else "it ran out of memory"


def _name_exit(code: int) -> str:
    if code >= 0:
        return f"exit status {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"


def _is_answered(future: Future[bytes]) -> bool:
    return future.done() and not isinstance(future.exception(), BrokenProcessPool)


def _name_module(function: object) -> str | None:
    while isinstance(function, functools.partial):
        function = function.func
    module = getattr(function, "__module__", None)
    return module if isinstance(module, str) and module != "__main__" else None
