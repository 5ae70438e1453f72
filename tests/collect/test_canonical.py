from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pledgewatch.collect.canonical import clean_line, clean_text, decode_text, join_wrapped
from pledgewatch.collect.formats.pdf import join_lines, join_pages
from pledgewatch.collect.tags import measure_depth, strip_tags


@pytest.mark.parametrize(
    ("data", "declared", "text"),
    [
        (b"\xef\xbb\xbfna\xc3\xafve", None, "naïve"),
        ("naïve".encode("utf-16"), "utf-8", "naïve"),
        ("naïve".encode(), "us-ascii", "naïve"),
        ("“naïve”".encode("cp1252"), "iso-8859-1", "“naïve”"),
        ("перемирие".encode("koi8-r"), "koi8-r", "перемирие"),
        ("перемирие".encode(), "no-such-charset", "перемирие"),
        (b"plain", "zip", "plain"),
    ],
)
def test_bytes_become_the_words_that_were_meant(data: bytes, declared: str | None, text: str) -> None:
    assert decode_text(data, declared)[0] == text


def test_a_charset_that_nobody_names_is_guessed() -> None:
    words = "Фронт отвёл орудия от хребта, заявил в понедельник представитель республики. " * 5
    assert decode_text(words.encode("cp1251"))[0] == words


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=300), st.booleans())
def test_cleaning_twice_changes_nothing(text: str, collapse: bool) -> None:
    once = clean_text(text, collapse=collapse)
    assert clean_text(once, collapse=collapse) == once
    assert clean_text(once) == once
    assert "\n\n\n" not in once
    assert not any(ord(letter) < 32 and letter not in "\n\t" for letter in once)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ab .\n\tA", max_size=300))
def test_joining_wrapped_lines_keeps_every_word_in_order(text: str) -> None:
    clean = clean_text(text)
    assert join_wrapped(clean).split() == clean.split()


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200), st.sampled_from([None, "utf-8", "utf-16", "cp1251", "x"]))
def test_any_bytes_decode(data: bytes, declared: str | None) -> None:
    decode_text(data, declared)[0].encode("utf-8", "surrogatepass")


def test_hidden_characters_leave_words_whole() -> None:
    assert clean_text("soft\u00adware \u202eright\u202c zero\u200bwidth ﬁle") == "software right zerowidth file"


def test_a_line_is_cut_where_it_must_be() -> None:
    assert clean_line("word " * 300, 20) == "word word word word…"


def test_words_divided_at_line_ends_of_a_page_are_whole() -> None:
    page = (
        "The observers of the mission counted all the guns on it and re-\r\nported thirty to the whole council.\r\nEnd"
    )
    assert join_lines(page).startswith("The observers of the mission counted all the guns on it and reported thirty")


def test_rows_of_figures_are_not_joined() -> None:
    rows = ["Ridge North 1,204 1,310 1,399 1,402 1,500", "Ridge South 2,204 2,310 2,399 2,402 2,500"]
    assert join_lines("\r\n".join(rows)).split("\n") == rows


def test_pages_stand_where_they_say() -> None:
    text, pages = join_pages([(1, "It went"), (2, ""), (3, "on."), (4, "New.")])
    assert [text[page.start : page.end] for page in pages] == ["It went", "", "on.", "New."]


def test_scripts_comments_and_tags_go_and_words_stay() -> None:
    markup = "<head><title>T</title></head><p>a<!-- b --><script>c</script><STYLE>d</STYLE></p><p>e &lt; f</p>"
    assert clean_text(strip_tags(markup)) == "a\n\ne < f"


def test_depth_counts_open_tags_and_not_those_that_may_stay_open() -> None:
    assert measure_depth("<p>" * 500 + "<br>" * 500 + "<ul><li>a<li>b</ul>", 100) == 1
    assert measure_depth("<div>" * 500, 100) == 100
