"""The journal of a ledger: what it proves, and what it cannot."""

import sqlite3
from contextlib import closing

import pytest

from alleo_onboard.domain.change import Change, Field, Kind
from alleo_onboard.domain.delivery import Outcome
from alleo_onboard.domain.drift import Drift, Known
from alleo_onboard.store.chain import START
from alleo_onboard.store.ledger import Ledger, Purpose, RunState, Why
from alleo_onboard.store.schema import STEPS, migrate

SYNC = Why()
ONE = Change(Kind.ONBOARD, 1, None, "One", (Field("email", None, "one@a.example"),), "active")


def run(ledger, *changes, why=SYNC):
    number = ledger.begin(digest="d", version="1", host="h", user="u", planned=changes, why=why)
    for change in changes:
        ledger.sent(number, change)
        ledger.settled(number, Outcome(change, f"acc-{change.personio_id}", 201))
    ledger.finish(number, RunState.FINISHED)
    return number


@pytest.fixture
def path(tmp_path):
    return tmp_path / "acme.sqlite"


def test_every_step_moves_the_head(path):
    with Ledger(path) as ledger:
        heads = [ledger.head()]
        number = ledger.begin(digest="d", version="1", host="h", user="u", planned=[ONE])
        heads.append(ledger.head())
        ledger.sent(number, ONE)
        ledger.settled(number, Outcome(ONE, "acc-1", 201))
        heads.append(ledger.head())
        ledger.finish(number, RunState.FINISHED)
        heads.append(ledger.head())
        assert heads[0] == START
        assert len(set(heads)) == 4
        assert ledger.verify(heads[1]).faults == ()


def test_a_run_that_is_open_failed_or_tried_again_is_no_fault(path):
    with Ledger(path) as ledger:
        number = ledger.begin(digest="d", version="1", host="h", user="u", planned=[ONE])
        assert ledger.verify().faults == ()
        ledger.sent(number, ONE)
        assert ledger.verify().faults == ()
        ledger.settled(number, Outcome(ONE, None, 500, "no"))
        ledger.sent(number, ONE)
        assert ledger.verify().faults == ()
        ledger.settled(number, Outcome(ONE, None, 0, "?", known=False))
        ledger.begin(digest="d", version="1", host="h", user="u", planned=[])
        assert ledger.verify().faults == ()


def test_what_is_older_than_the_journal_is_counted_and_no_fault(path):
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrate(connection, STEPS[:1])
        connection.execute(
            "INSERT INTO runs VALUES ('old', '2026-01-01T00:00:00+00:00', NULL, 'finished', 'd', '1', 'h', 'u')"
        )
        connection.execute(
            "INSERT INTO changes (run, personio_id, kind, name, reason, fields, state) VALUES ('old', 9, 'link', 'N', '', '[]', 'confirmed')"
        )
    with Ledger(path) as ledger:
        assert ledger.verify().faults == ()
        run(ledger, ONE)
        proof = ledger.verify()
        assert (proof.faults, proof.unchained, proof.entries) == ((), 1, 4)
        assert ledger.run("old").purpose is Purpose.SYNC
        assert ledger.last_policy() == ""


def test_a_change_that_was_put_in_is_found(path):
    with Ledger(path) as ledger:
        number = run(ledger, ONE)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "INSERT INTO changes (run, personio_id, kind, name, reason, fields, state) VALUES (?, 2, 'link', 'Two', '', '[]', 'confirmed')",
            (number,),
        )
    with Ledger(path) as ledger:
        (fault,) = ledger.verify().faults
    assert (fault.run, fault.personio_id, fault.name) == (number, 2, "Two")


def test_a_saved_plan_is_used_once_and_leaves_no_second_run(path):
    with Ledger(path) as ledger:
        number = run(ledger, ONE, why=Why(plan="p1"))
        assert ledger.used_by("p1") == number
        with pytest.raises(sqlite3.IntegrityError):
            run(ledger, why=Why(plan="p1"))
        assert [one.id for one in ledger.runs()] == [number]
        assert ledger.used_by("p2") == ""


def test_the_policy_is_that_of_the_last_finished_run_that_was_no_undo(path):
    with Ledger(path) as ledger:
        assert ledger.last_policy() is None
        ledger.begin(digest="d", version="1", host="h", user="u", planned=[], why=Why(policy="open"))
        assert ledger.last_policy() is None
        run(ledger, ONE, why=Why(policy="first"))
        number = run(ledger, why=Why(Purpose.UNDO, "x", "other"))
        assert ledger.last_policy() == "first"
        assert (ledger.run(number).purpose, ledger.run(number).of) == (Purpose.UNDO, "x")


def test_drift_is_remembered_until_it_ceases(path):
    with Ledger(path) as ledger:
        number = run(ledger, ONE)
        found = [Drift(1, "One", "last_name", "a", "A"), Drift(1, "One", "birthday", "1990-01-01", None)]
        ledger.drifted(number, found)
        assert ledger.drifts() == {(1, "last_name"): Known("a", "A"), (1, "birthday"): Known("(set)", None)}
        assert ledger.drifts(number) == ledger.drifts()
        ledger.drifted(number, [], [(1, "birthday")])
        assert set(ledger.drifts()) == {(1, "last_name")}


def test_taking_a_link_off_forgets_it(path):
    with Ledger(path) as ledger:
        run(ledger, ONE)
        assert ledger.links() == {1: "acc-1"}
        run(ledger, Change(Kind.UPDATE, 1, "acc-1", "One", (Field("external_id", "1", None),)))
        assert ledger.links() == {}
