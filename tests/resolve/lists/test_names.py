"""Fields of names taken apart."""

from __future__ import annotations

import pytest

from pledgewatch.model.actor import Alias
from pledgewatch.resolve.lists import packed
from pledgewatch.resolve.lists.names import Manner, mark_acronyms, unpack_names

PERSON = Manner(person=True)
GROUP = Manner()


@pytest.mark.parametrize(
    ("field", "manner", "names"),
    [
        ("Ardan Velmi; Ardan Welmi", PERSON, ["Ardan Velmi", "Ardan Welmi"]),
        ("a) Ardan Velmi b) A. Velmi c) Velmi", PERSON, ["Ardan Velmi", "A. Velmi", "Velmi"]),
        ("(a) Ardan Velmi (b) A. Velmi", PERSON, ["Ardan Velmi", "A. Velmi"]),
        (") Ardan Velmi", PERSON, ["Ardan Velmi"]),
        ("أبو هاسك ، هاسك", PERSON, ["أبو هاسك", "هاسك"]),
        ("Ardan Velmi اردان ولمي", PERSON, ["Ardan Velmi", "اردان ولمي"]),
        ("Ardan (original script: Ардан)", PERSON, ["Ardan", "Ардан"]),
        ("جبهة فارنا (Jabhat Varna; Varna Front (VF))", GROUP, ["جبهة فارنا", "Jabhat Varna", "Varna Front", "VF"]),
        ("Velmi, Dr. Ardan", PERSON, ["Dr. Ardan Velmi"]),
        ('"VELMI, Sheikh"', PERSON, ["Sheikh VELMI"]),
        ("Ardan Velmi, III (third)", PERSON, ["Ardan Velmi III"]),
        ("Ardan Velmi, born 1 Jan. 1953 (Ostravan passport no.0001)", PERSON, ["Ardan Velmi"]),
        ("Ardan Velmi (previously listed as)", PERSON, ["Ardan Velmi"]),
        ("formerly Ardan Khan", PERSON, ["Ardan Khan"]),
        ("Ardan Velmi a.k.a. Ardan Khan", PERSON, ["Ardan Velmi", "Ardan Khan"]),
        ("Ardan Velmi son of Ossei Velmi", PERSON, ["Ardan Velmi"]),
        ("(Sheikh) Ardan Velmi", PERSON, ["Sheikh Ardan Velmi"]),
        ("“General” Velmi", PERSON, ["General Velmi"]),
        ("Ardan-ali Velmiyev (Velmiev)", PERSON, ["Ardan-ali Velmiyev", "Ardan-ali Velmiev"]),
        ("VARNA FRONT (VF) ; HASK COMPANY (HC)", GROUP, ["VARNA FRONT", "VF", "HASK COMPANY", "HC"]),
        ("FRONT OF VARNA / FOV", GROUP, ["FRONT OF VARNA", "FOV"]),
        ("Varna Movement/Army (VM/A)", GROUP, ["Varna Movement", "Varna Army", "VM/A"]),
        ("Base of the Front/Mesopotamia", GROUP, ["Base of the Front/Mesopotamia"]),
        ("HASK (HONG KONG) TRADING, LTD", GROUP, ["HASK (HONG KONG) TRADING, LTD"]),
        ("HASK RELIEF (KENYA)", GROUP, ["HASK RELIEF (KENYA)"]),
        ("VARNA SUPPLY (VS) LTD", GROUP, ["VARNA SUPPLY LTD", "VS"]),
        ("House for Printing, Selling and Giving", GROUP, ["House for Printing, Selling and Giving"]),
        ("Varna Front South East (VF-SE, VF-South East)", GROUP, ["Varna Front South East", "VF-SE", "VF-South East"]),
        ("華信船務(香港)有限公司", GROUP, ["華信船務(香港)有限公司"]),
        ("VARNA AL - HASK", GROUP, ["VARNA AL-HASK"]),
        ("Hask O’Varna, Province of Varna Hask", GROUP, ["Hask O’Varna, Province of Varna Hask"]),
    ],
)
def test_a_field_gives_each_of_its_names_once_and_none_of_them_is_packed(
    field: str, manner: Manner, names: list[str]
) -> None:
    found = unpack_names(field, manner)
    assert [alias.name for alias in found.names] == names
    assert not found.not_understood
    assert [packed(alias) for alias in found.names] == [None] * len(names)


def test_scripts_quality_and_acronyms_are_kept_by_each_name() -> None:
    found = unpack_names("جبهة فارنا (Varna Front (VF))", Manner(weak=True))
    assert [(name.script, name.weak or name.acronym) for name in found.names] == [
        ("Arab", True),
        ("Latn", True),
        ("Latn", True),
    ]


def test_a_part_behind_a_slash_that_the_entry_does_not_bear_out_is_weak() -> None:
    names = unpack_names("Al Varna/Holy Army", GROUP, known=("AL-VARNA",)).names
    assert [(name.name, name.weak) for name in names] == [("Al Varna", False), ("Holy Army", True)]


def test_what_is_neither_name_nor_note_is_told_and_not_kept() -> None:
    found = unpack_names("Varna Front (PEACOCK)", GROUP)
    assert [name.name for name in found.names] == ["Varna Front"]
    assert found.not_understood == ["(PEACOCK)"]
    lost = unpack_names("Ardan Vel\ufffdmi", PERSON)
    assert lost.names == []
    assert lost.not_understood == ["Ardan Vel\ufffdmi"]


def test_relations_and_references_within_a_field_become_ties() -> None:
    assert unpack_names("Ardan Velmi son of Ossei Velmi", PERSON).ties == [("son of", "Ossei Velmi")]
    assert unpack_names("ACADEMY OF HASK (OSE.018)", GROUP).ties == [("see", "OSe.018")]


def test_short_capitals_are_acronyms_only_where_the_shape_or_a_name_says_so() -> None:
    def acronyms(*names: str, main: str) -> list[str]:
        return [alias.name for alias in mark_acronyms([Alias(name) for name in names], main) if alias.acronym]

    assert acronyms("VFL", "TAJKO", "HASK", main="VARNA FRONT FOR LIBERATION") == ["VFL"]
    assert acronyms("VFL", "TAJKO", "Free Varna", main="Varna Front") == ["VFL", "TAJKO"]


@pytest.mark.parametrize(
    "name",
    [
        "Ardan Velmi; Ardan Welmi",
        "شيخ هاسك ، هاسك",
        "a) Ardan b) Velmi",
        "Varna Front (VF)",
        "Ardan Velmi (Ardan Welmi)",
        "Ardan Velmi اردان ولمي",
        "VARNA / VF",
        "ADF/VARN",
        "Front of Syria/the Levant",
        '"Ardan"',
        "Ardan Velmi born in 1963",
        "Ardan Velmi (previously listed as)",
        "Ardan Velmi, born 1953",
        "Varna formerly Hask",
        "Ardan a.k.a. Velmi",
        "Ardan Velmi (",
        "Ardek, Ardeck, Ardaq",
        "Wilayat al-Orvane, Province of Orvane",
    ],
)
def test_the_check_finds_what_is_packed(name: str) -> None:
    assert packed(Alias(name)) is not None


@pytest.mark.parametrize(
    "name",
    [
        "Ardan Velmi",
        "Leader (Hong Kong) International",
        "HASK FOUNDATION (KENYA)",
        "Hask (Pvt) Ltd",
        "Base of the Front/Country of the Two Rivers",
        "Varna J/V Corporation",
        "VF/A",
        "Hask Trading, S.A.",
        "House for Printing, Selling and Giving",
        "AL-HASK: KENYA BRANCH",
        "Front – West Africa",
        "Office #39",
    ],
)
def test_the_check_leaves_whole_names_alone(name: str) -> None:
    assert packed(Alias(name)) is None
