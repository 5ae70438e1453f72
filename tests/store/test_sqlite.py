"""What only the SQLite store promises: one file, safe from kills, upgraded in place, readable by other tools."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from pledgewatch.errors import AnchorError, InputError
from pledgewatch.model.document import Document
from pledgewatch.model.judgement import Judgement
from pledgewatch.store import schema
from pledgewatch.store.migrations import REVISIONS
from pledgewatch.store.sqlite import SqliteStore

WRITER = """
import sys
from pathlib import Path
from pledgewatch.model.document import Document
from pledgewatch.store.sqlite import SqliteStore

with SqliteStore(Path(sys.argv[1])) as store:
    for number in range(1_000_000):
        text = f"word{number} " * 500
        store.put_result("read", f"k{number}", {"number": number, "text": text})
        store.put_document(Document(f"d_{number}", f"{number}.txt", f"{number:064}", "text/plain", text))
        store.append_log("wrote", {"number": number}, "2031-06-01")
        print(number, flush=True)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "case.sqlite"


@pytest.mark.parametrize("acknowledged", [1, 7, 23])
def test_a_kill_loses_nothing_that_was_acknowledged(path: Path, acknowledged: int) -> None:
    with subprocess.Popen([sys.executable, "-c", WRITER, path], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for _ in range(acknowledged):
            last = int(process.stdout.readline())
        process.send_signal(signal.SIGKILL)
        last = max([last, *map(int, process.stdout.read().split())])
    with SqliteStore(path) as store:
        for number in range(last + 1):
            assert store.get_result("read", f"k{number}")["number"] == number
            assert [hit.document for hit in store.search_documents(f"word{number}", 1)]
        assert store.verify_log() >= last + 1
        store.put_result("read", "after", 1)
    with closing(sqlite3.connect(path)) as plain:
        assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        plain.execute("INSERT INTO document_search(document_search, rank) VALUES ('integrity-check', 1)")


def test_a_reader_sees_the_last_finished_state_while_a_writer_is_in_the_middle(path: Path) -> None:
    with SqliteStore(path) as store, closing(sqlite3.connect(path, isolation_level=None)) as writer:
        store.put_result("read", "k1", "old")
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE result SET value = '\"new\"'")
        assert store.get_result("read", "k1") == "old"
        writer.execute("COMMIT")
        assert store.get_result("read", "k1") == "new"


def test_two_programs_may_make_the_same_database_at_once(path: Path) -> None:
    errors: list[BaseException] = []

    def make() -> None:
        try:
            SqliteStore(path).close()
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert errors == []


def test_the_migrations_make_the_tables_that_the_schema_names(path: Path) -> None:
    SqliteStore(path).close()
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, schema.metadata)
    engine.dispose()
    # The search index and its shadow tables are SQLite's own, and alembic's table is alembic's.
    foreign = [each for each in differences if not (each[0] == "remove_table" and "search" in each[1].name)]
    assert foreign == []


def test_an_older_database_is_upgraded_and_keeps_what_it_holds(path: Path) -> None:
    # There is one form so far; the one before it is no table at all, in a file that SQLite made.
    with closing(sqlite3.connect(path)) as plain:
        plain.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
        plain.commit()
    with SqliteStore(path) as store:
        store.put_result("read", "k1", 1)
    with closing(sqlite3.connect(path)) as plain:
        assert plain.execute("SELECT version_num FROM alembic_version").fetchall() == [(REVISIONS[-1],)]
    with SqliteStore(path) as store:
        assert store.get_result("read", "k1") == 1


def test_a_newer_database_is_refused_and_left_alone(path: Path) -> None:
    SqliteStore(path).close()
    with closing(sqlite3.connect(path)) as plain:
        plain.execute("UPDATE alembic_version SET version_num = 'm9999'")
        plain.commit()
    with pytest.raises(InputError, match="newer Pledgewatch made this database") as caught:
        SqliteStore(path)
    assert "Update Pledgewatch" in caught.value.remedy
    assert caught.value.where == str(path)
    with closing(sqlite3.connect(path)) as plain:
        assert plain.execute("SELECT version_num FROM alembic_version").fetchall() == [("m9999",)]


def test_somebody_elses_database_is_refused(path: Path) -> None:
    with closing(sqlite3.connect(path)) as plain:
        plain.execute("CREATE TABLE document (title TEXT)")
    with pytest.raises(InputError, match="not made by Pledgewatch"):
        SqliteStore(path)


def test_a_file_that_is_no_database_is_a_clear_error(path: Path) -> None:
    path.write_bytes(b"this is no database at all, whatever its name says" * 100)
    with pytest.raises(InputError, match="not a database") as caught:
        SqliteStore(path)
    assert caught.value.where == str(path)


def test_a_folder_that_is_not_there_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="unable to open"):
        SqliteStore(tmp_path / "missing" / "case.sqlite")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE log SET event = 'other'",
        "DELETE FROM log",
        "DELETE FROM log WHERE number = 2",
        "INSERT OR REPLACE INTO log SELECT * FROM log WHERE number = 1",
        "INSERT INTO log SELECT number + 5, at, event, details, previous, hash FROM log WHERE number = 1",
        "UPDATE judgement SET body = '{}'",
        "DELETE FROM judgement",
        "INSERT OR REPLACE INTO judgement SELECT * FROM judgement",
        "INSERT OR REPLACE INTO judgement SELECT 2, id, about, undoes, '{}' FROM judgement",
        "UPDATE document SET body = '{}'",
    ],
)
def test_the_database_itself_refuses_to_change_what_only_grows(path: Path, statement: str) -> None:
    with SqliteStore(path) as store:
        store.append_log("run", {}, "2031-06-01")
        store.append_log("run", {}, "2031-06-02")
        store.add_judgement(Judgement("j_1", "s_1", "accept", "M. Okafor", "2031-06-01"))
        store.put_document(Document("d_1", "a.txt", "1" * 64, "text/plain", "words"))
        with closing(sqlite3.connect(path)) as plain, pytest.raises(sqlite3.IntegrityError):
            plain.execute(statement)
        assert store.verify_log() == 2
        assert len(store.list_judgements()) == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE log SET details = '{\"found\":4}' WHERE number = 2",
        "UPDATE log SET at = '2030' WHERE number = 3",
        "DELETE FROM log WHERE number = 1",
        "DELETE FROM log WHERE number = 2",
        "UPDATE log SET number = 4 - number WHERE number <> 2",
    ],
)
def test_a_log_changed_behind_the_guards_does_not_verify(path: Path, statement: str) -> None:
    with SqliteStore(path) as store:
        entries = [store.append_log("run", {"found": number}, "2031-06-01") for number in (1, 2, 3)]
        with closing(sqlite3.connect(path)) as plain:
            for (name,) in plain.execute("SELECT name FROM sqlite_master WHERE name LIKE 'log_%'").fetchall():
                plain.execute(f"DROP TRIGGER IF EXISTS {name}")
            if "4 - number" in statement:
                plain.execute("UPDATE log SET number = number + 100")
                plain.execute("UPDATE log SET number = 104 - number")
            else:
                plain.execute(statement)
            plain.commit()
        with pytest.raises(AnchorError, match=r"line \d of the audit log is not what was written"):
            store.verify_log()
        assert len(entries) == 3


def test_a_log_cut_off_at_its_end_shows_against_a_line_noted_before(path: Path) -> None:
    with SqliteStore(path) as store:
        store.append_log("run", {}, "2031-06-01")
        head = store.append_log("run", {}, "2031-06-02").hash
        with closing(sqlite3.connect(path)) as plain:
            plain.execute("DROP TRIGGER log_undropped")
            plain.execute("DELETE FROM log WHERE number = 2")
            plain.commit()
        assert store.verify_log() == 1
        with pytest.raises(AnchorError, match="does not hold the line"):
            store.verify_log(head)


def test_equal_cases_have_equal_contents(tmp_path: Path) -> None:
    dumps = []
    for name in ("one", "two"):
        with SqliteStore(tmp_path / name) as store:
            store.put_results("read", [("k2", {"b": 1, "a": "é"}, None), ("k1", [1.0], "d_1")])
            store.keep_documents([Document("d_1", "a.txt", "1" * 64, "text/plain", "words")])
        with closing(sqlite3.connect(tmp_path / name)) as plain:
            dumps.append(list(plain.iterdump()))
    assert dumps[0] == dumps[1]
    assert any('{"a":"é","b":1}' in line for line in dumps[0])
