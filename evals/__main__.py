"""``python -m evals [--full] [NAME...]``: one table of every measured figure; exit status 1 when a floor is broken."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from evals.table import Row, broken_floors, read_floors

# Every evaluation there is, in the order of the stages. Each module has ``SETS`` and ``measure(shared, quick)``.
EVALUATIONS: tuple[str, ...] = (
    "html",
    "attribution",
    "founding",
    "manner",
    "factuality",
    "entities",
    "times",
    "numbers",
    "trace",
    "names",
    "narratives",
    "mentions",
    "places",
    "lists",
    "ledger",
    "bearing",
    "fusion",
    "likelihood",
)


def main() -> int:
    """Measures, prints, compares with the floors."""
    parser = argparse.ArgumentParser(prog="python -m evals", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*EVALUATIONS, []], help="evaluations to run (default: all)")
    parser.add_argument("--full", action="store_true", help="the whole dev sets (default: a quick, fixed part)")
    options = parser.parse_args()
    shared = Path(os.environ.get("PLEDGEWATCH_SHARED", Path(__file__).parents[2] / "shared"))
    if not shared.is_dir():
        print(f"evals: {shared} is not here; set PLEDGEWATCH_SHARED to the folder with corpora/ and fixtures/")
        return 2
    rows: list[Row] = []
    names: set[str] = set()
    for name in options.names or EVALUATIONS:
        module = importlib.import_module(f"evals.{name}")
        started = time.perf_counter()
        rows.extend(module.measure(shared, not options.full))
        names.update(module.SETS)
        print(f"{name}: {time.perf_counter() - started:.1f} s", file=sys.stderr)
    floors = read_floors()
    table = Table("set", "figure", "n", "ours", "floor", "to beat", "whose", title="Quality on the dev splits")
    for row in rows:
        floor = floors.get(row.key)
        table.add_row(
            row.set,
            row.figure,
            str(row.n),
            f"{row.ours:.3f}",
            "" if floor is None else f"{floor:.3f}",
            "" if row.beat is None else f"{row.beat:.3f}",
            row.beat_who,
        )
    Console(width=150).print(table)
    broken = broken_floors(rows, floors, names)
    for line in broken:
        print(f"floor broken: {line}", file=sys.stderr)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
