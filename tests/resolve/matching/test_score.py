"""From features to a probability."""

from __future__ import annotations

from importlib import resources

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pledgewatch.resolve.matching.score import FEATURES, score_features

TABLE = yaml.safe_load(resources.files("pledgewatch.resolve.matching").joinpath("tables/score.yml").read_text("utf-8"))
SHARE = st.floats(0, 3, allow_nan=False)


def test_every_kind_has_a_row_of_known_features_and_products() -> None:
    assert list(TABLE) == ["person", "group", "crossed"]
    for row in TABLE.values():
        named = {part for name in row if name != "constant" for part in name.split("*")}
        assert "constant" in row
        assert named <= set(FEATURES)


@pytest.mark.parametrize("kind", ["person", "group", "crossed"])
def test_all_that_may_agree_is_likelier_than_nothing(kind: str) -> None:
    nothing = dict.fromkeys(FEATURES, 0.0) | {"extra_ours": 1.0, "extra_theirs": 1.0, "conflict": 1.0, "worst": 1.0}
    covered = ("covered_ours", "covered_theirs", "covered_both", "heaviest", "joined", "same", "first", "last")
    everything = dict.fromkeys(FEATURES, 0.0) | dict.fromkeys(covered, 1.0) | {"matched": 2.0}
    assert score_features(nothing, kind) < 0.05
    assert score_features(everything, kind) > 0.9


@given(st.fixed_dictionaries(dict.fromkeys(FEATURES, SHARE)), st.sampled_from(sorted(TABLE)))
def test_a_score_is_a_probability(features: dict[str, float], kind: str) -> None:
    assert 0.0 < score_features(features, kind) < 1.0


def test_a_kind_that_nobody_fitted_is_an_error() -> None:
    with pytest.raises(KeyError):
        score_features(dict.fromkeys(FEATURES, 0.0), "vessel")
