"""Ledger files that are old, too new, damaged or not ledgers: migrated, or refused and left unchanged."""

import sqlite3
from contextlib import closing

import pytest

from alleo_onboard.domain.change import Change, Kind
from alleo_onboard.domain.delivery import Outcome
from alleo_onboard.domain.errors import Usage
from alleo_onboard.store.ledger import Ledger
from alleo_onboard.store.schema import STEPS, NewerSchemaError, migrate

CHANGE = Change(Kind.LINK, 1, "acc-1", "One", ())
NEXT = ("ALTER TABLE runs ADD COLUMN signature TEXT NOT NULL DEFAULT ''", "CREATE TABLE more (id INTEGER)")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "acme.sqlite"


@pytest.fixture
def filled(path):
    with Ledger(path) as ledger:
        run = ledger.begin(digest="d", version="1", host="h", user="u", planned=[CHANGE])
        ledger.sent(run, CHANGE)
        ledger.settled(run, Outcome(CHANGE, "acc-1", 200))
    return path


def connect(path):
    return closing(sqlite3.connect(path, isolation_level=None))


def version(connection) -> int:
    return connection.execute("PRAGMA user_version").fetchone()[0]


def test_an_empty_file_becomes_a_ledger(path):
    path.touch()
    with Ledger(path) as ledger:
        assert ledger.links() == {}
    with connect(path) as connection:
        assert version(connection) == len(STEPS)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


@pytest.mark.parametrize("seen", range(len(STEPS) + 1))
def test_every_earlier_version_is_brought_up_to_date(path, seen):
    with connect(path) as connection:
        migrate(connection, STEPS[:seen])
        assert version(connection) == seen
    with Ledger(path) as ledger:
        run = ledger.begin(digest="d", version="1", host="h", user="u", planned=[CHANGE])
        assert [row.change for row in ledger.changes(run)] == [CHANGE]


def test_a_later_step_keeps_what_is_there(filled):
    with connect(filled) as connection:
        migrate(connection, (*STEPS, NEXT))
        assert version(connection) == len(STEPS) + 1
        assert connection.execute("SELECT personio_id, account_id FROM links").fetchall() == [(1, "acc-1")]
        assert connection.execute("SELECT signature FROM runs").fetchall() == [("",)]


def test_a_step_that_fails_is_undone_whole(filled):
    with connect(filled) as connection:
        with pytest.raises(sqlite3.OperationalError):
            migrate(connection, (*STEPS, (*NEXT, "CREATE TABLE links (id INTEGER)")))
        assert version(connection) == len(STEPS)
        assert connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'more'").fetchall() == []
    with Ledger(filled) as ledger:
        assert ledger.links() == {1: "acc-1"}


def test_a_newer_file_is_refused_and_kept(filled):
    with connect(filled) as connection:
        migrate(connection, (*STEPS, NEXT))
        with pytest.raises(NewerSchemaError):
            migrate(connection)
    before = filled.read_bytes()
    with pytest.raises(Usage, match=r"acme\.sqlite was written by a newer version"):
        Ledger(filled)
    assert filled.read_bytes() == before


@pytest.mark.parametrize("user_version", [0, 1, 99])
def test_a_file_of_another_program_is_refused_and_kept(path, user_version):
    with connect(path) as connection:
        connection.execute("CREATE TABLE runs (id)")
        connection.execute(f"PRAGMA user_version = {user_version}")
    before = path.read_bytes()
    with pytest.raises(Usage, match=r"acme\.sqlite is not a ledger"):
        Ledger(path)
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_refused_and_kept(path):
    path.write_bytes(b"personio_id,account\n" * 500)
    before = path.read_bytes()
    with pytest.raises(Usage, match=r"acme\.sqlite is damaged"):
        Ledger(path)
    assert path.read_bytes() == before


def test_a_file_cut_short_is_told_when_it_is_read_and_kept(filled):
    whole = filled.read_bytes()
    filled.write_bytes(whole[:4096] + b"\xa5" * (len(whole) - 4096))
    before = filled.read_bytes()

    with pytest.raises(Usage, match=r"acme\.sqlite is damaged"), Ledger(filled) as ledger:
        ledger.links()
    assert filled.read_bytes() == before


def test_a_folder_in_its_place_is_named(path):
    path.mkdir()
    with pytest.raises(Usage, match=r"acme\.sqlite is there and is no file"):
        Ledger(path)
