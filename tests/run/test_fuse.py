"""A table of claims in, fused values out; a bad row stops nothing."""

from __future__ import annotations

import json

import pytest

from pledgewatch.errors import InputError
from pledgewatch.run.fuse import answer_fusion, read_claims, read_copies

TABLE = """source,item,value,day
Lesna Courier,garrison of Orvane,640,2020-03-01
Ostrava Herald,garrison of Orvane,640,2020-03-02
Front Radio,garrison of Orvane,900,
"""


def test_answer_is_json_with_values_voices_and_sources() -> None:
    answer = json.loads(json.dumps(answer_fusion(read_claims(TABLE))))
    (item,) = answer["items"]
    assert (item["item"], item["value"]) == ("garrison of Orvane", "640")
    assert [one["value"] for one in item["values"]] == ["640", "900"]
    assert {voice["source"] for voice in item["values"][0]["voices"]} == {"Lesna Courier", "Ostrava Herald"}
    assert [one["source"] for one in answer["sources"]] == ["Front Radio", "Lesna Courier", "Ostrava Herald"]
    assert answer["unread"] == []


def test_byte_order_mark_and_further_columns_do_no_harm() -> None:
    table = read_claims("\ufeffpage,source,item,value\n7,Courier,strength,640\n")
    assert [(one.source, one.value, one.day) for one in table.claims] == [("Courier", "640", None)]


@pytest.mark.parametrize(
    ("row", "why"), [(",x,1,", "no source"), ("a,x,,", "no value"), ("a,x,1,soon", "'soon' is no day")]
)
def test_bad_row_is_reported_and_the_rest_is_fused(row: str, why: str) -> None:
    table = read_claims(TABLE + row + "\n")
    assert table.unread == ((5, why),)
    assert len(table.claims) == 3


def test_missing_column_is_named_with_the_remedy() -> None:
    with pytest.raises(InputError, match="no column 'value'"):
        read_claims("source,item\na,b\n", "claims.csv")
    with pytest.raises(InputError, match="no column 'original'"):
        read_copies("copy,of\na,b\n")


def test_declared_copy_counts_nothing() -> None:
    with_copy = answer_fusion(read_claims(TABLE), read_copies("copy,original\nOstrava Herald,Lesna Courier\n"))
    values = with_copy["items"][0]["values"]
    counts = {voice["source"]: voice["counts"] for one in values for voice in one["voices"]}
    assert counts["Ostrava Herald"] == 0.0
    assert values[0]["probability"] == values[1]["probability"]
