"""Every engine keeps the contract: order, isolation, limits, bounds."""

from __future__ import annotations

import ctypes
import functools
import itertools
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pledgewatch.errors import Bug, InputError
from pledgewatch.run.contract import Engine
from pledgewatch.run.local import LocalEngine

ENGINES = (LocalEngine(workers=0), LocalEngine(workers=1), LocalEngine(workers=2))
APART = ENGINES[1:]
"""The engines that run items in other processes."""


def double(number: int) -> int:
    return number * 2


def double_slowly_first(number: int) -> int:
    time.sleep(0.3 if number == 0 else 0)
    return number * 2


def refuse_three(number: int) -> int:
    if number == 3:
        raise ValueError("three is right out\nand\x1b[31m so is this" + "x" * 10_000)
    return number * 2


def refuse_politely(number: int) -> int:
    raise InputError("there are no clauses", where=f"file {number}")


def end_at_three(number: int) -> int:
    if number == 3:
        os._exit(7)
    return number * 2


def crash_at_three(number: int) -> int:
    if number == 3:
        ctypes.string_at(0)
    return number * 2


def kill_at_odd(number: int) -> int:
    if number % 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return number * 2


def sleep_at_three(number: int) -> int:
    while number == 3:
        time.sleep(1)
    return number * 2


def hang_at_three(number: int) -> int:
    if number == 3:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
        while True:
            pass
    return number * 2


def fill_memory_at_three(number: int) -> int:
    if number == 3:
        return len(bytearray(4_000_000_000))
    return number * 2


def exit_at_three(number: int) -> int:
    if number == 3:
        raise SystemExit(0)
    return number * 2


def give_lambda_at_three(number: int) -> object:
    return (lambda: number) if number == 3 else number * 2


def name_process(_: int) -> int:
    return os.getpid()


def tell_failure(number: int, why: str) -> str:
    return f"{number}: {why}"


def run(engine: Engine, function: object, count: int = 6, seconds: float = 30) -> list[object]:
    pairs = list(engine.map(function, range(count), seconds=seconds, on_failure=tell_failure))  # type: ignore[arg-type]
    assert [item for item, _ in pairs] == list(range(count))
    return [result for _, result in pairs]


@pytest.fixture(params=ENGINES, ids=("here", "one worker", "two workers"))
def engine(request: pytest.FixtureRequest) -> Engine:
    chosen: Engine = request.param
    return chosen


@pytest.fixture(params=APART, ids=("one worker", "two workers"))
def apart(request: pytest.FixtureRequest) -> Engine:
    chosen: Engine = request.param
    return chosen


def test_results_come_in_the_order_of_the_items(engine: Engine) -> None:
    assert run(engine, double_slowly_first, 40) == [number * 2 for number in range(40)]


def test_no_items_give_no_results_and_start_nothing(engine: Engine) -> None:
    assert run(engine, double, 0) == []


def test_a_partial_function_is_taken(engine: Engine) -> None:
    assert run(engine, functools.partial(pow, 2), 4) == [1, 2, 4, 8]


def test_an_exception_becomes_a_failure_that_names_it_in_one_short_printable_line(engine: Engine) -> None:
    results = run(engine, refuse_three)
    why = str(results.pop(3))
    assert results == [0, 2, 4, 8, 10]
    assert why.startswith("3: ValueError: three is right out and\N{REPLACEMENT CHARACTER}[31m so is this")
    assert "test_engines_contract.py:" in why
    assert len(why) < 600
    assert why.isprintable()


def test_an_error_of_ours_becomes_a_failure_in_its_own_words(engine: Engine) -> None:
    assert run(engine, refuse_politely, 1) == ["0: file 0: there are no clauses"]


@pytest.mark.parametrize(
    ("function", "why"),
    [
        (end_at_three, "3: the program crashed on it (exit status 7)"),
        (crash_at_three, "3: the program crashed on it (SIGSEGV)"),
        (fill_memory_at_three, "3: it needs more memory than a worker may take (2,000 MB)"),
        (exit_at_three, "3: SystemExit: 0 (test_engines_contract.py:"),
        (give_lambda_at_three, "3: "),
    ],
)
def test_an_item_that_takes_its_worker_along_leaves_the_others_alone(apart: Engine, function: object, why: str) -> None:
    results = run(apart, function)
    assert str(results.pop(3)).startswith(why)
    assert results == [0, 2, 4, 8, 10]


def test_many_crashes_in_a_row_lose_nobody_else(apart: Engine) -> None:
    crash = "the program crashed on it (SIGKILL)"
    assert run(apart, kill_at_odd, 24) == [f"{n}: {crash}" if n % 2 else n * 2 for n in range(24)]


@pytest.mark.parametrize("function", [sleep_at_three, hang_at_three])
def test_an_item_that_never_ends_is_timed_out(apart: Engine, function: object) -> None:
    before = time.monotonic()
    results = run(apart, function, seconds=1)
    assert results.pop(3) == "3: it took longer than 1 s"
    assert results == [0, 2, 4, 8, 10]
    assert time.monotonic() - before < 30


def test_an_item_that_no_process_can_take_is_a_failure(apart: Engine) -> None:
    items = [1, threading.Lock(), 3]
    results = [result for _, result in apart.map(repr, items, seconds=30, on_failure=lambda _, why: why)]
    assert results[0] == "1"
    assert results[2] == "3"
    assert results[1].startswith("it can't be given to another process: TypeError: cannot pickle")


def test_a_function_that_no_process_can_load_is_a_bug_of_ours(apart: Engine) -> None:
    with pytest.raises(Bug, match="can't be given to other processes"):
        list(apart.map(lambda number: number, [1], seconds=30, on_failure=tell_failure))


def test_only_a_bounded_number_of_items_is_taken_ahead(engine: Engine) -> None:
    taken: list[int] = []

    def endless() -> Iterator[int]:
        for number in itertools.count():
            taken.append(number)
            yield number

    results = engine.map(double, endless(), seconds=30, on_failure=tell_failure)
    first = list(itertools.islice(results, 5))
    results.close()  # type: ignore[attr-defined]
    assert first == [(number, number * 2) for number in range(5)]
    assert len(taken) < 50


def test_closing_the_results_stops_the_workers_at_once(apart: Engine) -> None:
    before = time.monotonic()
    results = apart.map(sleep_at_three, iter(range(8)), seconds=600, on_failure=tell_failure)
    assert next(results) == (0, 0)
    results.close()  # type: ignore[attr-defined]
    assert not [child for child in multiprocessing.active_children() if child.name.startswith("pebble")]
    assert time.monotonic() - before < 30


def test_items_run_in_other_processes_that_serve_again_and_again(apart: Engine) -> None:
    processes = run(apart, name_process, 20)
    assert os.getpid() not in processes
    assert len(dict.fromkeys(processes)) <= 2


def test_an_error_in_the_items_reaches_the_caller_and_stops_the_workers(engine: Engine) -> None:
    def broken() -> Iterator[int]:
        yield 1
        raise InputError("the folder went away")

    with pytest.raises(InputError, match="the folder went away"):
        list(engine.map(double, broken(), seconds=30, on_failure=tell_failure))


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGKILL])
def test_a_run_that_is_stopped_leaves_no_worker_behind(tmp_path: Path, stop: signal.Signals) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import os, time\n"
        "from pledgewatch.run.local import LocalEngine\n"
        "def name_then_sleep(number):\n"
        "    print(os.getpid(), flush=True)\n"
        "    time.sleep(600)\n"
        "if __name__ == '__main__':\n"
        "    wait = lambda item, why: time.sleep(600)\n"
        "    list(LocalEngine(workers=1).map(name_then_sleep, [1], seconds=2, on_failure=wait))\n"
    )
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        worker = int(process.stdout.readline())
        process.send_signal(stop)
        process.wait(timeout=30)
    deadline = time.monotonic() + 40
    while time.monotonic() < deadline:
        try:
            os.kill(worker, 0)
        except ProcessLookupError:
            return
        time.sleep(0.2)
    pytest.fail("the worker still runs")
