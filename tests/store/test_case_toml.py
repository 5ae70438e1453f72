"""A case file is read strictly and written for a person to edit."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgewatch.errors import InputError
from pledgewatch.model.case import CaseFile, CollectPolicy, ReadPolicy, TracePolicy, WeighPolicy
from pledgewatch.model.report import Audience
from pledgewatch.store import parse_case_file, write_case_file

ORCHARD = CaseFile(title="Orchard", agreement="agreement.md", documents=("documents",))
LEAST = 'title = "T"\nagreement = "a.md"\ndocuments = ["d"]\n'

texts = st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=30)
shares = st.floats(0, 1)
counts = st.integers(1, 10_000)
labels = st.sampled_from(["CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"])
case_files = st.builds(
    CaseFile,
    title=texts,
    agreement=texts,
    documents=st.lists(texts, min_size=1, max_size=3).map(tuple),
    sources=texts,
    indicators=texts,
    actors=texts,
    as_of=st.none() | st.dates().map(str),
    audience=st.just("the desk"),
    audiences=st.builds(
        lambda tlp, protected: (Audience("the desk", tlp, protected), Audience("öffentlich", "CLEAR", embargoed=True)),
        labels,
        st.booleans(),
    ),
    collect=st.builds(CollectPolicy, counts, counts, counts, counts, counts, labels, labels),
    read=st.builds(ReadPolicy, texts, st.lists(texts, max_size=3).map(tuple)),
    trace=st.builds(TracePolicy, st.integers(1, 100), shares, shares),
    weigh=st.builds(WeighPolicy, shares, st.integers(0, 10**6), st.floats(0.5, 1), shares),
)


@given(case_files)
def test_a_written_case_file_reads_back_as_it_was(case_file: CaseFile) -> None:
    assert parse_case_file(write_case_file(case_file), "pledgewatch.toml") == case_file


def test_a_case_file_with_nothing_but_the_needed_takes_the_values_of_a_new_case() -> None:
    expected = CaseFile(title="T", agreement="a.md", documents=("d",))
    assert parse_case_file(LEAST, "pledgewatch.toml") == expected


def test_a_new_case_file_explains_itself_in_lines_that_fit() -> None:
    text = write_case_file(ORCHARD)
    assert text.count("#") > 15
    assert max(map(len, text.splitlines())) <= 120
    assert "[audiences.public]" in text


def test_a_day_may_be_a_date_of_toml() -> None:
    assert parse_case_file(LEAST + "as_of = 2031-05-02", "p").as_of == "2031-05-02"


def test_audiences_in_the_file_replace_those_of_a_new_case() -> None:
    text = LEAST + 'audience = "desk"\n[audiences.desk]\ntlp = "GREEN"\n'
    assert parse_case_file(text, "p").audiences == (Audience("desk", "GREEN"),)


def test_a_file_name_that_is_no_utf8_is_refused() -> None:
    with pytest.raises(InputError, match="no text that a case file can hold"):
        write_case_file(replace(ORCHARD, documents=("d\udcff",)))


@pytest.mark.parametrize(
    ("added", "line", "what", "remedy"),
    [
        ("titel = 1", 4, "the key `titel` is not known here", "Did you mean `title`?"),
        ("[weigh]\nbase_rat = 0.5", 5, "the key `base_rat` is not known in [weigh]", "Did you mean `base_rate`?"),
        ("[weigth]\nbase_rate = 0.5", 4, "the key `weigth` is not known here", "Did you mean `weigh`?"),
        ("max_mb = 3", 4, "the key `max_mb` is not known here", "Move it below [collect]."),
        ("[trace]\nmax_mb = 3", 5, "the key `max_mb` is not known in [trace]", "Move it below [collect]."),
        ('[read]\nas_of = "2031-05-02"', 5, "the key `as_of` is not known in [read]", "Move it to the top of the file"),
        ("[trace]\n\n# no\nzzzz = 3", 7, "the key `zzzz` is not known in [trace]", "Remove it; known are shingle,"),
        ('[audiences.team]\ntlp = "RED"\nembargo = true', 6, "the key `embargo` is not", "Did you mean `embargoed`?"),
        ('[audiences."the desk"]\nTLP = "RED"', 5, "the key `TLP` is not known", "Remove it; known are tlp"),
        ("[audiences.team]\nprotected = true", 4, "the key `tlp` is missing", "Say what"),
        ('[audiences.team]\ntlp = "WHITE"', 5, "`tlp` is 'WHITE', but must be one of CLEAR, GREEN", "Give one of"),
        ('[audiences."a/b"]\ntlp = "RED"', 4, "an audience can't be called 'a/b'", "Use letters"),
        ('[audiences.desk]\ntlp = "RED"', None, "there is no audience 'team'", "Choose one of: desk."),
        ('audience = "tem"', 4, "there is no audience 'tem'", "Choose one of: team, partners, public."),
        ("[collect]\nmax_mb = 1.5", 5, "`max_mb` is 1.5, but must be a whole number", "Give"),
        ("[collect]\nmax_mb = true", 5, "`max_mb` is True, but must be a whole number", "Give"),
        ("[collect]\nmax_mb = 0", 5, "`max_mb` is 0, but must be between 1 and 100,000", "Give"),
        ("[trace]\ncopy_probability = 30", 5, "`copy_probability` is 30.0, but must be between 0 and 1", "Give"),
        ("[trace]\ncopy_probability = nan", 5, "`copy_probability` is nan, but must be between 0 and 1", "Give"),
        ("[weigh]\ndecide_at = 0.4", 5, "`decide_at` is 0.4, but must be between 0.5 and 1", "Give"),
        ('[read]\nlanguages = "en"', 5, "`languages` is 'en', but must be a list of texts", "Give"),
        ('[read]\nlanguages = ["en", 3]', 5, "but must be a list of texts", "Give"),
        ("collect = 3", 4, "`collect` is a table", "Write [collect]"),
        ("[[collect]]\nmax_mb = 3", 4, "`collect` is a table", "Write [collect]"),
        ("sources = 3", 4, "`sources` is 3, but must be a text in quotation marks", "Give"),
        ('as_of = "2031-02-30"', 4, "`as_of` is '2031-02-30', which is no day", "Write a day"),
        ('as_of = "20310228"', 4, "`as_of` is '20310228', which is no day", "Write a day"),
        ('as_of = "May 2031"', 4, "`as_of` is 'May 2031', which is no day", "Write a day"),
        ("as_of = 2031-02-30", 4, "this is not TOML", "Correct this line."),
        ("sources = oops", 4, "this is not TOML", "Correct this line."),
        ('title = "again"', 4, "this is not TOML", "Correct this line."),
    ],
)
def test_what_is_wrong_is_named_with_its_line_and_its_remedy(
    added: str, line: int | None, what: str, remedy: str
) -> None:
    with pytest.raises(InputError) as caught:
        parse_case_file(LEAST + added + "\n", "case/pledgewatch.toml")
    assert what in caught.value.what
    assert caught.value.where == ("case/pledgewatch.toml" if line is None else f"case/pledgewatch.toml:{line}")
    assert caught.value.remedy.startswith(remedy)


@pytest.mark.parametrize("key", ["title", "agreement", "documents"])
def test_a_missing_key_is_named(key: str) -> None:
    text = "".join(line for line in LEAST.splitlines(keepends=True) if not line.startswith(key))
    with pytest.raises(InputError, match=f"the key `{key}` is missing"):
        parse_case_file(text, "pledgewatch.toml")


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    with pytest.raises(InputError):
        parse_case_file(text, "pledgewatch.toml")


def test_a_file_nested_beyond_measure_is_refused() -> None:
    with pytest.raises(InputError):
        parse_case_file("x = " + "[" * 100_000, "pledgewatch.toml")
