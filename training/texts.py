"""The texts that labels of ours stand on: each by a name, the same characters every time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from pledgewatch.collect import collect_file
from pledgewatch.model.case import CollectPolicy


def labelled_texts(shared: Path) -> Iterator[tuple[str, str]]:
    """Name and text of each document of re3d, GUM and the cases, in the order of the names.

    GUM's sentences are joined by line breaks, its paragraphs by two; the cases are as they are collected. The founding
    story is left out: it is what the reader is tried on.
    """
    for part in ("CENTCOM", "UK Government", "Wikipedia"):
        lines = (shared / "corpora/re3d" / part / "documents.json").read_text("utf-8-sig").splitlines()
        for document in sorted((json.loads(line) for line in lines if line.strip()), key=lambda found: found["_id"]):
            yield f"re3d/{document['_id']}", document["text"]
    for path in sorted((shared / "corpora/gum").glob("*/*.conllu")):
        yield f"gum/{path.stem}", gum_text(path.read_text("utf-8"))
    for folder in ("doha/reporting", "syria/reporting"):
        for path in sorted((shared / "cases" / folder).rglob("*")):
            if path.is_file():
                for document in collect_file(path.read_bytes(), path.name, CollectPolicy()).documents:
                    yield f"cases/{path.relative_to(shared / 'cases')}", document.text


def gum_text(untrusted_conllu: str) -> str:
    """The running text of a CoNLL-U file: its ``# text`` lines.

    >>> gum_text("# newpar\\n# text = One.\\n1\\tOne\\n# text = Two.\\n# newpar\\n# text = Three.")
    'One.\\nTwo.\\n\\nThree.'
    """
    text, paragraph = "", True
    for line in untrusted_conllu.split("\n"):
        if line.startswith("# newpar"):
            paragraph = True
        elif line.startswith("# text = "):
            text += ("\n\n" if paragraph else "\n") * bool(text) + line.removeprefix("# text = ")
            paragraph = False
    return text
