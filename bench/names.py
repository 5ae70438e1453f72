"""``python -m bench names``: the exact pass, and names spelled otherwise, beside rapidfuzz and nomenklatura.

The names are OFAC's (``../shared/lists``), 1,000 and 20,000 of them; asked are variants that we make of them, seeded.
nomenklatura needs PyICU, which has no wheel and is compiled, so it lives in an environment of its own
(``.out/nomenklatura``), made once, in about five minutes and 655 MB. Where it can't be made, the reason is printed with
the figures that were measured elsewhere. Times are of the processor, so that what else runs on the machine counts
little; nomenklatura's database works in threads, which are added up.
"""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from training.names import read_ofac, vary_name

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("PLEDGEWATCH_SHARED", ROOT.parent / "shared"))
PEER = ROOT / ".out" / "nomenklatura"
SIZES = (1_000, 20_000)
ASKED = 100
ELSEWHERE = {"ms at 1,000": 6.6, "build_s at 20,000": 5.8}
"""Of nomenklatura, as issue 5 states them; measured on another machine."""

Figures = dict[str, float]


def write_names(size: int) -> dict[str, Any]:
    """So many names of OFAC, and variants of some of them to ask for; the same on every run."""
    chance = random.Random(size)
    names = [(who, name, kind) for who, kind, spelled in read_ofac(SHARED) for name in spelled]
    entries = chance.sample(names, min(size, len(names)))
    asked = [
        (who, vary_name(name, chance, kind == "person"), kind) for who, name, kind in chance.sample(entries, ASKED)
    ]
    return {"entries": entries, "asked": asked}


def measure_ours(size: int) -> Figures:
    """Our index: built, then asked one name after the other."""
    from pledgewatch.resolve.matching import NameEntry, NameIndex

    table = write_names(size)
    NameIndex([NameEntry("warm", "Warm Up", "person")]).find("Worm Up", "person")
    entries = [NameEntry(who, name, kind) for who, name, kind in table["entries"]]
    started = time.process_time()
    index = NameIndex(entries)
    built = time.process_time() - started

    def ask(name: str, kind: str) -> str | None:
        hits = index.find(name, kind, most=5)
        return hits[0].entry.of if hits else None

    return {**_ask(table, ask), "build_s": built, "memory_mb": _peak()}


def measure_rapidfuzz(size: int) -> Figures:
    """rapidfuzz: every name held against the one asked for."""
    from rapidfuzz import fuzz, process, utils

    table = write_names(size)
    started = time.process_time()
    names = [utils.default_process(name) for _, name, _ in table["entries"]]
    built = time.process_time() - started

    def ask(name: str, kind: str) -> str | None:
        del kind
        hits = process.extract(utils.default_process(name), names, scorer=fuzz.token_sort_ratio, limit=5)
        return table["entries"][hits[0][2]][0] if hits else None

    return {**_ask(table, ask), "build_s": built, "memory_mb": _peak()}


def measure_exact(times: int) -> Figures:
    """The exact pass over the UN's narratives, which are full of names: registry and UN list in one trie."""
    from pledgewatch.resolve import Known, load_registry
    from pledgewatch.resolve.lists import load_list
    from pledgewatch.resolve.lookup import look_up

    path = SHARED / "lists/un_2026-02-27.xml"
    version = load_list(path.read_bytes(), path.name)
    known = Known(load_registry(), (version,))
    started = time.process_time()
    spotter = look_up(known, known.lists).spotter
    built = time.process_time() - started
    texts = [row["text"] for row in json.loads((SHARED / "corpora/names/un_narratives_dev.json").read_text("utf-8"))]
    spotter.find(texts[0])
    started = time.process_time()
    spots = sum(len(spotter.find(text)) for _ in range(times) for text in texts)
    took = time.process_time() - started
    words = times * sum(len(text.split()) for text in texts)
    return {"words_per_s": words / took, "words": words, "spots": spots, "build_s": built, "memory_mb": _peak()}


def _ask(table: dict[str, Any], ask: Callable[[str, str], str | None]) -> Figures:
    right, started = 0, time.process_time()
    for who, name, kind in table["asked"]:
        right += ask(name, kind) == who
    return {"ms": 1000 * (time.process_time() - started) / ASKED, "right": right / ASKED}


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


ALONE: dict[str, Callable[[int], Figures]] = {
    "ours": measure_ours,
    "rapidfuzz": measure_rapidfuzz,
    "exact": measure_exact,
}


def run_alone(name: str, count: int) -> Figures:
    """The figures of one measurement in a process of its own, so that its memory is its own."""
    command = [sys.executable, "-m", "bench.names", name, str(count)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    figures: Figures = json.loads(done.stdout.splitlines()[-1])
    return figures


def make_peer() -> str | None:
    """Makes nomenklatura's environment where it is missing; the reason when it can't be made, else ``None``."""
    python = PEER / "bin" / "python"
    ready = PEER / ".ready"
    if ready.exists():
        return None
    print(f"nomenklatura: installed into {PEER}, once; about five minutes and 655 MB", flush=True)
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "nomenklatura==4.17.4"]
    for command in ([sys.executable, "-m", "venv", str(PEER)], pip):
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=1_200)
        except (OSError, subprocess.TimeoutExpired) as error:
            return str(error)
        if done.returncode:
            errors = [line for line in done.stderr.splitlines() if "error" in line.lower()]
            return (errors or done.stderr.splitlines() or ["no reason given"])[-1].strip()
    ready.touch()
    return None


def run_peer() -> list[Figures]:
    """nomenklatura's figures on the same names, for each of :data:`SIZES`."""
    file = PEER / "names.json"
    file.write_text(json.dumps([write_names(size) for size in SIZES]), "utf-8")
    command = [str(PEER / "bin" / "python"), str(ROOT / "bench" / "nomenklatura_peer.py"), str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    figures: list[Figures] = json.loads(done.stdout.splitlines()[-1])
    return figures


def measure_names() -> None:
    """Measures, prints two tables."""
    if not (SHARED / "lists").is_dir():
        print(f"names: {SHARED} is not here; set PLEDGEWATCH_SHARED to the folder with lists/ and corpora/")
        return
    exact = run_alone("exact", 1)
    print(
        f"exact pass: {exact['words_per_s']:,.0f} words/s on one core ({exact['words']:,.0f} words of UN narratives, "
        f"{exact['spots']:,.0f} known names); trie, surnames and index of the registry and the UN list built in "
        f"{exact['build_s']:.1f} s, {exact['memory_mb']:.0f} MB"
    )
    reason = make_peer()
    theirs = run_peer() if reason is None else []
    table = Table(
        "names asked for", "names held", "CPU ms a name", "right one first", "built in CPU s", "process MB",
        title="Names spelled otherwise (variants of our making, of the kind that our scorer was fitted on)",
    )  # fmt: skip
    for place, size in enumerate(SIZES):
        rows = [("ours", run_alone("ours", size)), ("rapidfuzz, token_sort_ratio", run_alone("rapidfuzz", size))]
        if theirs:
            rows.append(("nomenklatura, blocker and logic-v2", theirs[place]))
        for name, figures in rows:
            table.add_row(
                name,
                f"{size:,}",
                f"{figures['ms']:.1f}",
                f"{figures['right']:.2f}",
                f"{figures['build_s']:.2f}",
                f"{figures['memory_mb']:.0f}",
            )
    Console(width=150).print(table)
    if reason is not None:
        print(f"nomenklatura could not be installed here: {reason}")
        print("measured elsewhere, on another machine: " + ", ".join(f"{k} {v}" for k, v in ELSEWHERE.items()))


if __name__ == "__main__":
    print(json.dumps(ALONE[sys.argv[1]](int(sys.argv[2]))))
