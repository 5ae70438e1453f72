"""The bundled demo case: an invented agreement with its reporting, found in the installed package.

Everything under ``material`` is fiction of our own. ``README.md`` says who is who; ``EXPECTED.md`` says what a
sceptical analyst would conclude.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from pledgewatch.errors import InputError

__all__ = ["DEMO_AS_OF", "DemoFiles", "copy_demo"]

DEMO_AS_OF = "2031-09-01"
"""The day as of which ``EXPECTED.md`` gives its conclusions."""


@dataclass(frozen=True, slots=True)
class DemoFiles:
    """Where the copied demo lies.

    Attributes:
        agreement: the clause sheet.
        documents: folder with the reporting.
        sources, indicators, actors: the case's YAML files.
        as_of: day of assessment that the demo was written for.
    """

    agreement: Path
    documents: Path
    sources: Path
    indicators: Path
    actors: Path
    as_of: str = DEMO_AS_OF


def copy_demo(target: Path) -> DemoFiles:
    """Copies the demo's agreement, documents and YAML files into ``target``, which is made where it is missing.

    Files of an earlier copy are written over; other files are left alone.

    Raises:
        InputError: ``target`` is a file, or can't be written to.
    """
    try:
        _copy_folder(files(__name__) / "material", target)
    except OSError as error:
        raise InputError(
            f"the demo can't be written here: {error.strerror or error}",
            where=str(target),
            remedy="Name a folder that can be written to.",
        ) from error
    return DemoFiles(
        agreement=target / "agreement.md",
        documents=target / "documents",
        sources=target / "sources.yml",
        indicators=target / "indicators.yml",
        actors=target / "actors.yml",
    )


def _copy_folder(folder: Traversable, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for entry in sorted(folder.iterdir(), key=lambda found: found.name):
        if entry.is_dir():
            _copy_folder(entry, target / entry.name)
        else:
            (target / entry.name).write_bytes(entry.read_bytes())
