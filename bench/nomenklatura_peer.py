"""nomenklatura's blocker and logic-v2 on the names of ``bench.names``; run by the Python of its own environment.

    .out/nomenklatura/bin/python bench/nomenklatura_peer.py FILE

The file is a JSON list of tables with ``entries`` and ``asked``, both ``[[who, name, kind], ...]``. Prints a list of
figures. Names are asked for in one batch, which is how the blocker is fastest.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from followthemoney import Dataset, StatementEntity
from nomenklatura.blocker.index import Index
from nomenklatura.matching import LogicV2, ScoringConfig
from nomenklatura.resolver import Linker
from nomenklatura.store import MemoryStore

SCHEMATA = {"person": "Person", "group": "Organization"}


def make_entity(dataset: Dataset, key: str, name: str, kind: str) -> StatementEntity:
    """A name as an entity of FollowTheMoney."""
    data = {"id": key, "schema": SCHEMATA[kind], "properties": {"name": [name]}}
    return StatementEntity.from_data(dataset, data)


def measure(table: dict[str, Any]) -> dict[str, float]:
    """The figures for one table of names."""
    dataset = Dataset.make({"name": "bench", "title": "bench"})
    started = time.process_time()
    store: MemoryStore[Dataset, StatementEntity] = MemoryStore(dataset, Linker({}))
    owners = {}
    with store.writer() as writer:
        for number, (owner, name, kind) in enumerate(table["entries"]):
            owners[f"e{number}"] = owner
            writer.add_entity(make_entity(dataset, f"e{number}", name, kind))
    view = store.view(dataset)
    with tempfile.TemporaryDirectory() as folder:
        index = Index(view, Path(folder))
        index.build()
        built = time.process_time() - started
        asked = {f"q{number}": one for number, one in enumerate(table["asked"])}
        entities = {key: make_entity(dataset, key, name, kind) for key, (_, name, kind) in asked.items()}
        config = ScoringConfig.defaults()
        right = 0
        started = time.process_time()
        for identifier, matches in index.match_entities(entities.values()):
            query = entities[identifier.id]
            scored = []
            for match, _ in matches:
                entity = view.get_entity(match.id)
                if entity is not None:
                    scored.append((-LogicV2.compare(query, entity, config).score, match.id))
            right += bool(scored) and owners[min(scored)[1]] == asked[identifier.id][0]
        took = time.process_time() - started
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    return {"build_s": built, "ms": 1000 * took / len(asked), "memory_mb": memory, "right": right / len(asked)}


def main() -> None:
    """Measures the tables in their order, after one that pays for the loading of names and symbols."""
    measure({"entries": [["w", "Warm Up", "person"]], "asked": [["w", "Worm Up", "person"]]})
    print(json.dumps([measure(table) for table in json.loads(Path(sys.argv[1]).read_text("utf-8"))]))


if __name__ == "__main__":
    main()
