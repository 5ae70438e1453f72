"""Every store keeps the contract."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pledgewatch.errors import AnchorError, Bug, InputError
from pledgewatch.model.document import Caveat, Document, Handling, Page, Unread
from pledgewatch.model.judgement import Judgement
from pledgewatch.model.span import Span
from pledgewatch.store import Store

OpenStore = Callable[[], Store]

ORCHARD = Document(
    id="d_1",
    path="wire/orchard.md",
    sha256="1" * 64,
    media_type="text/markdown",
    text="The Varna Front denied on Monday that it had moved guns into the Élan orchard.\n\nIt released 30 prisoners.",
    title="Front denies guns",
    publisher="Ostrava Wire",
    published="2031-05-02",
    handling=Handling("AMBER", (Caveat("embargo", "not before noon", Span(0, 3, "The")),), "2031-05-03", True),
    pages=(Page(1, 0, 20),),
    unread=(Unread("wire/orchard.md", "page 2 is an image", page=2),),
)
HARBOUR = Document(
    id="d_2",
    path="a-first/harbour.txt",
    sha256="2" * 64,
    media_type="text/plain",
    text="A harbour of the Republic of Ostrava was closed. Nobody denied it. "
    + "Ships lay idle. " * 60
    + "End of guns.",
)


def judge(name: str, about: str = "s_1", verdict: str = "accept", undoes: str | None = None) -> Judgement:
    return Judgement(name, about, verdict, "M. Okafor", "2031-06-01T10:00:00Z", "seen", undoes)


# Results


def test_a_result_comes_back_as_it_was_kept(store: Store) -> None:
    value = {"text": "é\u2028\x00\x1b 😀 \ud800", "list": [1, 2.5, True, None, {}], "": "empty key"}
    store.put_result("read", "k1", value, "d_1")
    assert store.get_result("read", "k1") == value


def test_what_was_kept_is_there_when_the_store_is_opened_again(open_again: OpenStore) -> None:
    with open_again() as first:
        first.put_result("read", "k1", [1])
        first.put_document(ORCHARD)
    with open_again() as second:
        assert second.get_result("read", "k1") == [1]
        assert second.list_documents() == (ORCHARD,)


def test_a_missing_result_is_none_and_a_kept_none_is_told_from_it(store: Store) -> None:
    store.put_result("read", "k1", None)
    assert store.get_result("read", "k1") is None
    assert store.get_result("read", "k2") is None
    assert (store.has_result("read", "k1"), store.has_result("read", "k2")) == (True, False)


def test_stages_do_not_see_each_others_results(store: Store) -> None:
    store.put_result("read", "k1", 1)
    store.put_result("trace", "k1", 2)
    assert (store.get_result("read", "k1"), store.get_result("trace", "k1")) == (1, 2)
    assert store.forget_results("read", set()) == 1
    assert (store.get_result("read", "k1"), store.get_result("trace", "k1")) == (None, 2)


def test_a_result_kept_again_replaces_the_old_one(store: Store) -> None:
    store.put_result("read", "k1", 1)
    store.put_results("read", [("k1", 2, None), ("k2", 3, "d_1")])
    assert store.get_results("read", ["k2", "k1", "k9"]) == {"k2": 3, "k1": 2}


def test_more_results_than_one_question_can_name_are_kept_found_and_forgotten(store: Store) -> None:
    keys = [f"k{number:05}" for number in range(1_300)]
    store.put_results("read", ((key, number, None) for number, key in enumerate(keys)))
    assert list(store.get_results("read", reversed(keys))) == keys[::-1]
    assert store.forget_results("read", set(keys[:10])) == 1_290
    assert list(store.get_results("read", keys)) == keys[:10]


@pytest.mark.parametrize("value", [{1: "a"}, float("nan"), {"a": [{"b": {2: 3}}]}, object(), {"s": {1}}])
def test_a_value_that_is_not_plain_json_is_refused_and_nothing_of_its_batch_is_kept(store: Store, value: Any) -> None:
    with pytest.raises(Bug, match="value for the store"):
        store.put_results("read", [("k1", 1, None), ("k2", value, None)])
    assert not store.has_result("read", "k1")


# Documents


def test_a_document_comes_back_whole(store: Store) -> None:
    store.put_document(ORCHARD)
    assert store.get_document("d_1") == ORCHARD
    assert store.get_document("d_9") is None


def test_documents_are_listed_by_path_and_iterated_by_id(store: Store) -> None:
    store.put_document(ORCHARD)
    store.put_document(HARBOUR)
    assert [document.id for document in store.list_documents()] == ["d_2", "d_1"]
    assert [document.id for document in store.iterate_documents()] == ["d_1", "d_2"]


def test_other_bytes_under_a_known_id_are_refused(store: Store) -> None:
    store.put_document(ORCHARD)
    store.put_document(ORCHARD)
    with pytest.raises(InputError, match="two documents have the id d_1"):
        store.put_document(replace(ORCHARD, sha256="9" * 64))
    assert store.list_documents() == (ORCHARD,)


def test_the_same_bytes_with_other_handling_replace_the_document(store: Store) -> None:
    store.put_document(ORCHARD)
    stricter = replace(ORCHARD, handling=Handling("RED"))
    store.put_document(stricter)
    assert store.list_documents() == (stricter,)


def test_keeping_documents_drops_all_others_and_they_are_found_no_more(store: Store) -> None:
    store.put_document(ORCHARD)
    changed = replace(HARBOUR, text="The harbour is open.", sha256="3" * 64)
    store.put_document(HARBOUR)
    assert store.keep_documents([changed]) == 1
    assert store.list_documents() == (changed,)
    assert store.search_documents("orchard") == store.search_documents("closed") == ()
    assert [hit.document for hit in store.search_documents("open")] == ["d_2"]


def test_keeping_two_different_documents_with_one_id_is_refused_and_changes_nothing(store: Store) -> None:
    store.put_document(ORCHARD)
    with pytest.raises(InputError, match="two documents have the id d_2"):
        store.keep_documents([HARBOUR, replace(HARBOUR, path="b.txt")])
    assert store.list_documents() == (ORCHARD,)


def test_a_path_of_no_known_encoding_and_a_text_with_control_characters_are_kept(store: Store) -> None:
    odd = replace(HARBOUR, path="a\udcff\x00b", text="bell\x07 nul\x00 after", title="\ud800")
    store.put_document(odd)
    assert store.list_documents() == (odd,)


# Search


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("denied", ["d_1", "d_2"]),
        ("DENIED orchard", ["d_1"]),
        ("elan", ["d_1"]),
        ("ÉLAN", ["d_1"]),
        ("prison", ["d_1"]),
        ("risoners", []),
        ("orchard harbour", []),
        ("front", ["d_1"]),
        ("30", ["d_1"]),
        ("varna-front", ["d_1"]),
        ("", []),
        (" \t\n", []),
        ("—", []),
    ],
)
def test_a_search_finds_the_documents_that_hold_every_word(store: Store, query: str, found: list[str]) -> None:
    store.keep_documents([ORCHARD, HARBOUR])
    assert sorted(hit.document for hit in store.search_documents(query)) == found


def test_a_search_shows_the_exact_words_around_the_first_match(store: Store) -> None:
    store.keep_documents([ORCHARD, HARBOUR])
    for hit in store.search_documents("guns"):
        document = store.get_document(hit.document)
        assert document is not None
        assert hit.title == document.title
        assert hit.passage.holds_in(document.text)
        assert "guns" in hit.passage.text
        assert len(hit.passage.text) <= 200


def test_a_search_puts_the_document_with_the_word_in_its_title_before_one_that_only_mentions_it(store: Store) -> None:
    store.keep_documents([replace(HARBOUR, id="d_0"), ORCHARD])
    assert next(hit.document for hit in store.search_documents("guns")) == "d_1"


def test_a_search_gives_no_more_than_the_limit(store: Store) -> None:
    store.keep_documents([ORCHARD, HARBOUR])
    assert len(store.search_documents("denied", limit=1)) == 1
    assert store.search_documents("denied", limit=0) == ()


@pytest.mark.parametrize(
    "query",
    [
        '"',
        "'",
        "denied AND",
        "NEAR(a b)",
        "title:denied",
        "a* OR (",
        "-x",
        "^",
        "\x00",
        "\\",
        ":*",
        "&|!",
        "%",
        "a'b\\'",
    ],
)
def test_nothing_in_a_query_is_an_operator(store: Store, query: str) -> None:
    store.keep_documents([ORCHARD, HARBOUR])
    assert "d_9" not in [hit.document for hit in store.search_documents(query)]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(query=st.text(max_size=20))
def test_any_query_is_answered(store: Store, query: str) -> None:
    store.put_document(ORCHARD)
    assert len(store.search_documents(query)) <= 1


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(alphabet=st.characters(codec="utf-8"), max_size=400), data=st.data())
def test_every_word_of_a_latin_document_finds_it_with_an_exact_passage(
    store: Store, text: str, data: st.DataObject
) -> None:
    word = data.draw(st.from_regex(r"[a-zA-ZÀ-ÖØ-öø-ž]{1,12}", fullmatch=True))
    document = replace(HARBOUR, text=f"{text} {word} {text}")
    store.keep_documents([document])
    (hit,) = store.search_documents(word)
    assert hit.passage.holds_in(document.text)


def test_a_document_of_very_many_different_words_is_kept_and_found(store: Store) -> None:
    text = " ".join(f"w{number:x}y" for number in range(200_000)) + " " + "long" * 5_000
    store.put_document(replace(HARBOUR, text=text))
    assert len(store.search_documents("w1f4y")) == 1


# Unread records


def test_unread_records_are_replaced_as_a_whole_and_keep_their_order(store: Store) -> None:
    records = [
        Unread("z.pdf", "broken", "mend it", 3),
        Unread("a.pdf", "empty"),
        Unread("z.pdf", "broken", "mend it", 3),
    ]
    store.set_unread(records)
    assert store.list_unread() == tuple(records)
    store.set_unread(records[:1])
    assert store.list_unread() == (records[0],)
    store.set_unread([])
    assert store.list_unread() == ()


# Judgements


def test_judgements_are_kept_in_the_order_they_were_made(store: Store) -> None:
    made = [judge("j_2"), judge("j_1", about="s_2"), judge("j_0", verdict="reject")]
    for judgement in made:
        store.add_judgement(judgement)
    assert store.list_judgements() == tuple(made)
    assert store.list_judgements("s_1") == (made[0], made[2])
    assert store.list_judgements("s_9") == ()


def test_a_judgement_made_twice_is_kept_once_and_another_with_its_id_is_refused(store: Store) -> None:
    store.add_judgement(judge("j_1"))
    store.add_judgement(judge("j_1"))
    with pytest.raises(InputError, match="another judgement has this id"):
        store.add_judgement(judge("j_1", verdict="reject"))
    assert store.list_judgements() == (judge("j_1"),)


def test_a_judgement_taken_back_is_kept_and_holds_no_more(store: Store) -> None:
    store.add_judgement(judge("j_1"))
    store.add_judgement(judge("j_2", verdict="reject", undoes="j_1"))
    assert len(store.list_judgements()) == 2
    assert [judgement.id for judgement in store.effective_judgements()] == ["j_2"]


def test_an_undo_that_is_undone_brings_the_judgement_back(store: Store) -> None:
    store.add_judgement(judge("j_1"))
    store.add_judgement(judge("j_2", verdict="undo", undoes="j_1"))
    assert store.effective_judgements() == ()
    store.add_judgement(judge("j_3", verdict="undo", undoes="j_2"))
    assert [judgement.id for judgement in store.effective_judgements("s_1")] == ["j_1"]


@pytest.mark.parametrize("undoes", ["j_9", "j_other"])
def test_an_undo_must_name_a_judgement_on_the_same_thing(store: Store, undoes: str) -> None:
    store.add_judgement(judge("j_other", about="s_2"))
    with pytest.raises(InputError, match=f"no judgement {undoes} on s_1"):
        store.add_judgement(judge("j_2", undoes=undoes))


# The audit log


def test_the_log_grows_as_a_chain_that_verifies(store: Store) -> None:
    assert store.verify_log() == 0
    first = store.append_log("run", {"found": 3, "á": None}, "2031-06-01T10:00:00Z")
    second = store.append_log("release", {}, "2031-06-02T10:00:00Z")
    assert store.list_log() == (first, second)
    assert (first.number, second.number, second.previous) == (1, 2, first.hash)
    assert store.verify_log() == store.verify_log(first.hash) == 2
    with pytest.raises(AnchorError, match="does not hold the line"):
        store.verify_log("f" * 64)


def test_two_logs_of_the_same_events_are_the_same_bytes(store: Store) -> None:
    store.append_log("run", {"b": 1, "a": [2]}, "2031-06-01")
    expected = (
        b'{"at":"2031-06-01","details":{"a":[2],"b":1},"event":"run",'
        b'"hash":"%s","number":1,"previous":"%s"}\n' % (store.list_log()[0].hash.encode(), b"0" * 64)
    )
    assert store.export_log() == expected
    content = f'["{"0" * 64}",1,"2031-06-01","run",{{"a":[2],"b":1}}]'
    assert store.list_log()[0].hash == hashlib.sha256(content.encode()).hexdigest()


# Many at once


def test_writers_at_once_lose_nothing_and_readers_go_on(open_again: OpenStore) -> None:
    errors: list[BaseException] = []
    seen: list[int] = []
    with open_again() as shared:

        def write(name: str) -> None:
            try:
                with open_again() as own:
                    for number in range(15):
                        own.put_result("read", f"{name}{number}", number)
                        own.append_log("run", {"by": name, "number": number}, "2031-06-01")
            except BaseException as error:
                errors.append(error)

        def read() -> None:
            try:
                while len(seen) < 2_000 and (not seen or seen[-1] < 30):
                    entries = shared.list_log()
                    assert [entry.number for entry in entries] == list(range(1, len(entries) + 1))
                    seen.append(len(entries))
            except BaseException as error:
                errors.append(error)

        threads = [threading.Thread(target=write, args=(name,)) for name in "ab"] + [threading.Thread(target=read)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        assert errors == []
        assert seen == sorted(seen)
        assert shared.verify_log() == 30
        assert len(shared.get_results("read", [f"{name}{number}" for name in "ab" for number in range(15)])) == 30


def test_closing_twice_does_nothing(open_again: OpenStore) -> None:
    opened = open_again()
    opened.close()
    opened.close()
