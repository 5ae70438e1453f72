"""A tiny case of our own writing: an agreement between invented parties, and documents given as texts."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pledgewatch.run.case import RunResult, create_case, run_case
from pledgewatch.run.contract import Engine
from pledgewatch.run.local import LocalEngine
from pledgewatch.store import CaseFolder

AT = "2031-08-01T00:00:00+00:00"

AGREEMENT = """# Accord of Lume

Signed in Lume, 3 March 2031, by the Sella Front and the Republic of Ostrava.

## Part One: the Republic of Ostrava

1.1 Within 120 days of 3 March 2031 the Republic of Ostrava will withdraw its forces from four river posts.

## Part Two: the Sella Front

2.1 The Sella Front will not host or train members of the Ashen Circle.
"""

INDICATORS = """c_1.1: []
c_2.1:
  - id: i_hosts
    text: The Sella Front hosts or trains members of the Ashen Circle.
    shows: broken
    telling: 0.9
    acts: [host, train]
    actors: [Sella Front]
    objects: [Ashen Circle]
"""

BODY = """The Sella Front is hosting members of the Ashen Circle at a camp in Norra, said {who}.

"The Sella Front is training members of the Ashen Circle in the hills above the ferry," {last} said on Monday.
"""


def story(who: str = "Ana Petrov, head of the monitors", last: str = "Petrov", body: str = BODY, **keys: str) -> str:
    """A document with front matter; an underscore in a key's name stands for a hyphen or itself."""
    head = {"title": "Monitors report camp", "date": "2031-06-02", "publisher": "The Lume Gazette", "tlp": "CLEAR"}
    lines = "".join(f"{key}: {value}\n" for key, value in (head | keys).items() if value)
    return f"---\n{lines}---\n{body.format(who=who, last=last)}"


def make_case(folder: Path, documents: Mapping[str, str]) -> CaseFolder:
    """A case folder with these documents, by their path below ``docs``."""
    write_documents(folder, documents)
    (folder / "agreement.md").write_text(AGREEMENT, "utf-8")
    (folder / "indicators.yml").write_text(INDICATORS, "utf-8")
    case, _ = create_case(
        folder / "case", folder / "agreement.md", [folder / "docs"], indicators=folder / "indicators.yml"
    )
    return case


def write_documents(folder: Path, documents: Mapping[str, str]) -> None:
    """Writes the documents below ``docs``."""
    for name, text in documents.items():
        place = folder / "docs" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")


class Silence:
    """Hears of the progress and says nothing."""

    def start_stage(self, stage: str, total: int | None) -> None:
        """Says nothing."""

    def step_stage(self, stage: str) -> None:
        """Says nothing."""

    def finish_stage(self, stage: str, note: str) -> None:
        """Says nothing."""


def run(
    case: CaseFolder, audience: str = "team", as_of: str | None = "2031-08-01", engine: Engine | None = None
) -> RunResult:
    """Runs the case in this process."""
    return run_case(case, engine or LocalEngine(workers=0), Silence(), as_of=as_of, audience=audience, at=AT)


def read_files(result: RunResult) -> dict[str, bytes]:
    """The files of a report by their name below the report's folder, with their bytes."""
    return {str(path).split("/reports/", 1)[1]: path.read_bytes() for path, _ in result.files}
