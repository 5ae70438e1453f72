"""Facts about the packaged word tables and grammar."""

from __future__ import annotations

from pledgewatch.text.times.build import BUILDERS
from pledgewatch.text.times.conditions import CONDITIONS
from pledgewatch.text.times.grammar import grammar
from pledgewatch.text.times.tokens import word_classes


def test_every_rule_names_a_builder_and_a_condition_that_exist() -> None:
    assert {rule.build for rule in grammar()} <= set(BUILDERS)
    assert {rule.needs for rule in grammar()} - {None} <= set(CONDITIONS)


def test_every_builder_and_condition_is_used() -> None:
    assert set(BUILDERS) == {rule.build for rule in grammar()}
    assert set(CONDITIONS) == {rule.needs for rule in grammar()} - {None}


def test_every_table_word_is_lower_case_text() -> None:
    assert all(isinstance(word, str) and word == word.lower() for word in word_classes().words)


def test_no_rule_matches_nothing() -> None:
    assert not [rule.build for rule in grammar() if rule.pattern.match("")]
