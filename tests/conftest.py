"""Fixtures that several floors share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("PLEDGEWATCH_SHARED", Path(__file__).parents[2] / "shared"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with real documents; a test that asks for it is marked ``shared`` and skips where it is missing."""
    if not (SHARED / "cases").is_dir():
        pytest.skip(f"no real documents at {SHARED}; set PLEDGEWATCH_SHARED")
    return SHARED
