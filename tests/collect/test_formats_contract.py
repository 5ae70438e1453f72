"""One suite over every format: what each promises, whatever it reads."""

from __future__ import annotations

import random
from typing import NamedTuple

import pytest

from pledgewatch.collect import collect_file
from pledgewatch.collect.canonical import clean_text
from pledgewatch.collect.formats import FORMATS
from pledgewatch.model.case import CollectPolicy
from pledgewatch.model.span import Span
from tests.collect.samples import SAMPLES, SENTENCES

POLICY = CollectPolicy()


class Sample(NamedTuple):
    format: str
    path: str
    data: bytes
    media_type: str


CASES = [Sample(form.NAME, *sample) for form in FORMATS for sample in SAMPLES[form.NAME]]
over_samples = pytest.mark.parametrize("sample", CASES, ids=[case.path for case in CASES])


def test_every_format_has_a_sample_and_every_sample_a_format() -> None:
    assert [form.NAME for form in FORMATS] == list(SAMPLES)


@over_samples
def test_the_first_document_holds_the_words_and_knows_what_it_is(sample: Sample) -> None:
    collected = collect_file(sample.data, sample.path, POLICY)
    document = collected.documents[0]
    assert document.media_type == sample.media_type
    assert SENTENCES[0] in document.text
    assert document.title == "Guns on the ridge"
    assert document.language == "en"
    assert document.unread == ()
    if sample.format != "docx":
        assert document.published == "2031-05-03"


@over_samples
def test_the_suffix_does_not_decide_between_formats_that_differ_in_content(sample: Sample) -> None:
    renamed = collect_file(sample.data, "folder/misnamed.bin", POLICY).documents[0]
    assert renamed.media_type == sample.media_type


@over_samples
def test_the_text_is_canonical_and_spans_hold(sample: Sample) -> None:
    for document in collect_file(sample.data, sample.path, POLICY).documents:
        assert clean_text(document.text) == document.text
        assert not {"\r", "\x00"} & set(document.text)
        assert Span.cut(document.text, 0, len(document.text)).holds_in(document.text)
        for page in document.pages:
            assert 0 <= page.start <= page.end <= len(document.text)


@over_samples
def test_the_same_bytes_give_the_same_documents(sample: Sample) -> None:
    assert collect_file(sample.data, sample.path, POLICY) == collect_file(sample.data, sample.path, POLICY)


@over_samples
def test_ids_differ_within_a_file_and_between_paths(sample: Sample) -> None:
    ids = [document.id for document in collect_file(sample.data, sample.path, POLICY).documents]
    assert len(set(ids)) == len(ids)
    assert ids != [document.id for document in collect_file(sample.data, "other/" + sample.path, POLICY).documents]


@over_samples
def test_cut_and_damaged_bytes_raise_nothing_and_lose_nothing_silently(sample: Sample) -> None:
    chance = random.Random(7)
    for length in sorted({1, 5, len(sample.data) // 4, len(sample.data) // 2, len(sample.data) - 20}):
        assert collect_file(sample.data[:length], sample.path, POLICY).found >= 1
    for _ in range(12):
        damaged = bytearray(sample.data)
        for _ in range(20):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        assert collect_file(bytes(damaged), sample.path, POLICY).found >= 1


@over_samples
def test_a_file_larger_than_the_policy_allows_is_unread_with_the_key_to_change(sample: Sample) -> None:
    collected = collect_file(sample.data, sample.path, CollectPolicy(max_mb=0))
    (unread,) = collected.unread
    assert not collected.documents
    assert "collect.max_mb" in unread.remedy
    assert unread.path == sample.path
