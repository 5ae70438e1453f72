"""A name taken apart: words, titles, forms of company, other scripts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgewatch.resolve.matching.tables import letters
from pledgewatch.resolve.matching.tokens import prepare_name, romanise, sound_of, weigh_word

SCRIPTS = st.text(alphabet=st.sampled_from(sorted(letters())), max_size=12)


def words(name: str) -> list[str]:
    return [token.text for token in prepare_name(name).tokens]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("VELMISH, Ardan", ["velmish", "ardan"]),
        ("Ardàn Velmïsh", ["ardan", "velmish"]),
        ("O’Hasken", ["ohasken"]),
        ("Colonel Ardan Velmish", ["ardan", "velmish"]),
        ("Ardan King", ["ardan", "king"]),
        ("Abu-Hask al-Orvani", ["abu", "hask", "al", "orvani"]),
        ("Haskan Relief Fund (HRF)", ["haskan", "relief", "fund"]),
        ("Haskan Relief Fund (Ostrava)", ["haskan", "relief", "fund", "ostrava"]),
        ("U.O.R. Fund", ["uor", "fund"]),
        ("Ардан Велмиш", ["ardan", "velmish"]),
    ],
)
def test_words_of_a_name(name: str, expected: list[str]) -> None:
    assert words(name) == expected


def test_forms_of_company_are_set_aside_unless_they_are_all_there_is() -> None:
    assert words("Orvane Shipping Co. Ltd") == ["orvane", "shipping"]
    assert words("Ltd") == ["ltd"]


def test_titles_are_set_aside_and_kept_apart() -> None:
    name = prepare_name("General Mirelda Tolkan")
    assert (name.titles, name.raw) == (("general",), "General Mirelda Tolkan")


def test_arabic_script_is_read_without_the_vowels_that_it_does_not_write() -> None:
    name = prepare_name("محمد")
    assert name.script == "Arab"
    assert name.tokens[0].text == "mhmd"
    assert not name.tokens[0].vowels


def test_the_arabic_article_is_a_word_of_its_own() -> None:
    assert [token.kind for token in prepare_name("الولميش").tokens] == ["particle", "word"]
    assert len(prepare_name("الله").tokens) == 1


def test_vowel_marks_and_joiners_of_arabic_script_do_not_count() -> None:
    assert words("مُحَمَّد") == words("محمد")


@pytest.mark.parametrize(
    ("one", "other"),
    [("nooristani", "nuristani"), ("gaddafi", "qadafi"), ("velmish", "velmych"), ("hassan", "hasan")],
)
def test_spellings_of_one_word_sound_alike(one: str, other: str) -> None:
    sounds = [set(prepare_name(word).tokens[0].sounds) for word in (one, other)]
    assert sounds[0] & sounds[1]


def test_words_of_other_consonants_sound_otherwise() -> None:
    assert sound_of("velmish") != sound_of("tolkan")


def test_rare_words_carry_more_than_common_ones_and_particles_least() -> None:
    weights = [weigh_word(word, word, "word") for word in ("velmish", "mohammed")]
    assert weights[0] > weights[1] > weigh_word("al", "al", "particle") > 0


@given(st.text(max_size=30))
def test_romanise_never_raises_and_gives_one_to_four_readings(word: str) -> None:
    script, readings = romanise(word)
    assert script
    assert 1 <= len(readings) <= 4
    assert len(set(readings)) == len(readings)


@given(SCRIPTS)
def test_known_letters_of_other_scripts_become_latin(word: str) -> None:
    assert all(reading.isascii() for reading in romanise(word)[1])


@given(st.text(max_size=60) | SCRIPTS)
def test_any_text_can_be_prepared(raw: str) -> None:
    name = prepare_name(raw)
    assert name.raw == raw
    assert all(0.1 <= token.weight <= 1.0 and token.sounds[0] == token.sound for token in name.tokens)
    assert name.joined == "".join(token.text for token in name.tokens)
