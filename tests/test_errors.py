"""Status and remedy stand on the class, and errors survive the way between processes."""

from __future__ import annotations

import pickle

import pytest

from pledgewatch import errors
from pledgewatch.errors import PledgewatchError

CLASSES = [thing for thing in vars(errors).values() if isinstance(thing, type) and issubclass(thing, PledgewatchError)]


@pytest.mark.parametrize("cls", CLASSES)
def test_every_error_has_a_status_of_the_design_and_a_remedy(cls: type[PledgewatchError]) -> None:
    assert cls.exit_status in {2, 3, 4, 5, 70}
    assert 400 <= cls.http_status < 600
    assert cls("the thing is wrong").remedy


@pytest.mark.parametrize("cls", CLASSES)
def test_every_error_survives_a_process_border(cls: type[PledgewatchError]) -> None:
    error = cls("the thing is wrong", where="case/file.yml", remedy="Mend it.")
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is cls
    assert (again.what, again.where, again.remedy) == ("the thing is wrong", "case/file.yml", "Mend it.")


def test_an_error_names_the_place_the_thing_and_the_remedy() -> None:
    assert str(errors.InputError("the key 'x' is not known", where="a.toml", remedy="Remove it.")) == (
        "a.toml: the key 'x' is not known. Remove it."
    )
