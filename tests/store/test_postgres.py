"""What only the PostgreSQL store promises: one schema a case, clear words when its server or driver is missing."""

from __future__ import annotations

import sys

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from pledgewatch.errors import ExtraMissing, InputError
from pledgewatch.model.judgement import Judgement
from pledgewatch.store import open_store
from pledgewatch.store.postgres import PostgresStore


def test_a_missing_driver_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(ExtraMissing) as caught:
        PostgresStore("postgresql://tester@127.0.0.1:1/postgres")
    assert "pledgewatch[postgres]" in str(caught.value)


def test_a_server_that_does_not_answer_is_a_clear_error_without_the_password() -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(InputError, match="does not do what was asked") as caught:
        PostgresStore("postgresql://tester:secret@127.0.0.1:1/postgres")
    assert "secret" not in str(caught.value)
    assert "127.0.0.1" in str(caught.value)


@pytest.mark.parametrize("schema", ["", "A", "a-b", "a b", 'a"', "pg_own", "1a", "a" * 64])
def test_a_name_that_is_no_schemas_is_refused(schema: str) -> None:
    with pytest.raises(InputError, match="can't be a schema's name"):
        PostgresStore("postgresql://tester@127.0.0.1:1/postgres", schema)


@pytest.mark.parametrize("address", ["mysql://a/b", "redis://x", "://"])
def test_a_database_of_another_kind_is_refused(address: str) -> None:
    with pytest.raises(InputError, match="cases are not kept in"):
        open_store(address)


def test_an_address_that_is_none_is_refused() -> None:
    with pytest.raises(InputError, match="no address of a database"):
        PostgresStore("postgresql://a:b:c@:port/x")


@pytest.mark.postgres
def test_two_cases_in_one_database_do_not_see_each_other(postgres_address: str) -> None:
    with PostgresStore(postgres_address, "case_one") as one, PostgresStore(postgres_address, "case_two") as two:
        one.put_result("read", "k1", 1)
        assert two.get_result("read", "k1") is None
        assert one.get_result("read", "k1") == 1


@pytest.mark.postgres
def test_a_newer_schema_is_refused(postgres_address: str) -> None:
    PostgresStore(postgres_address, "case_newer").close()
    execute(postgres_address, "UPDATE case_newer.alembic_version SET version_num = 'm9999'")
    with pytest.raises(InputError, match="newer Pledgewatch made this database"):
        PostgresStore(postgres_address, "case_newer")


@pytest.mark.postgres
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE case_grown.log SET event = 'other'",
        "DELETE FROM case_grown.log",
        "TRUNCATE case_grown.log",
        "INSERT INTO case_grown.log SELECT number + 5, at, event, details, previous, hash FROM case_grown.log",
        "UPDATE case_grown.judgement SET body = '{}'",
        "DELETE FROM case_grown.judgement",
    ],
)
def test_the_database_itself_refuses_to_change_what_only_grows(postgres_address: str, statement: str) -> None:
    with PostgresStore(postgres_address, "case_grown") as store:
        if not store.list_log():
            store.append_log("run", {}, "2031-06-01")
        store.add_judgement(Judgement("j_1", "s_1", "accept", "M. Okafor", "2031-06-01"))
        with pytest.raises(DBAPIError, match="only grows"):
            execute(postgres_address, statement)
        assert store.verify_log() == 1


def execute(address: str, statement: str) -> None:
    engine = create_engine(address.replace("postgresql://", "postgresql+psycopg://"))
    try:
        with engine.begin() as connection:
            connection.execute(text("SET search_path = case_grown, public"))
            connection.execute(text(statement))
    finally:
        engine.dispose()
