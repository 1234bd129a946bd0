"""The journal of a ledger: what it proves, and what it cannot prove."""

import sqlite3
from contextlib import closing
from decimal import Decimal

import pytest

from alleo_onboard.domain.budget import Problem
from alleo_onboard.domain.change import Change, Field, Kind
from alleo_onboard.domain.delivery import Outcome
from alleo_onboard.domain.drift import Drift, Known
from alleo_onboard.domain.oneoff import Waiting
from alleo_onboard.store.chain import START, What
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
        assert (proof.faults, proof.unchained, proof.entries) == ((), 1, 5)
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
        assert ledger.drifts() == {(1, "last_name"): Known("a", "A", 1), (1, "birthday"): Known("(set)", None, 1)}
        assert ledger.drifts(number) == ledger.drifts()
        ledger.drifted(number, [], [(1, "birthday")])
        assert set(ledger.drifts()) == {(1, "last_name")}


def test_taking_a_link_off_forgets_it(path):
    with Ledger(path) as ledger:
        run(ledger, ONE)
        assert ledger.links() == {1: "acc-1"}
        run(ledger, Change(Kind.UPDATE, 1, "acc-1", "One", (Field("external_id", "1", None),)))
        assert ledger.links() == {}


ONEOFF, KEY = "alleo_oneoff_all_budget", "dynamic_7"
PAID = Change(Kind.ONBOARD, 1, None, "One", (Field("email", None, "a@b.nl"), Field(ONEOFF, None, "50.00")), "active")
WAITS = Waiting(2, "Two", ONEOFF, KEY, Decimal("80.00"), Problem.BUDGET_ONEOFF_HELD)


def full(ledger) -> str:
    """Creates a ledger with rows in every table."""
    number = run(ledger, PAID, why=Why(policy='{"zone": "Europe/Amsterdam"}', plan="p1", keys={ONEOFF: KEY}))
    ledger.decided(number, [WAITS], [])
    ledger.observed(number, {2: "acc-2"})
    ledger.drifted(number, [Drift(1, "One", "last_name", "a", "A")])
    return number


EDITS = [
    "DELETE FROM oneoffs",
    "UPDATE oneoffs SET amount = '5.00'",
    "UPDATE oneoffs SET key = 'dynamic_8'",
    "UPDATE oneoffs SET change = NULL",
    "INSERT INTO oneoffs VALUES (1, 'dynamic_9', 'alleo_oneoff_more_budget', '1.00', NULL)",
    "INSERT INTO oneoffs VALUES (3, 'dynamic_9', 'alleo_oneoff_more_budget', '1.00', NULL)",
    "DELETE FROM waiting",
    "UPDATE waiting SET amount = '1.00'",
    "INSERT INTO waiting VALUES (3, 'dynamic_7', 'alleo_oneoff_all_budget', '1.00')",
    "DELETE FROM links WHERE personio_id = 1",
    "DELETE FROM links WHERE personio_id = 2",
    "UPDATE links SET account_id = 'acc-9' WHERE personio_id = 1",
    "UPDATE links SET personio_id = 3 WHERE personio_id = 2",
    "INSERT INTO links VALUES (3, 'acc-3')",
    "DELETE FROM drifts",
    "UPDATE drifts SET times = 3",
    "UPDATE drifts SET sent = found",
    "INSERT INTO drifts (personio_id, field, sent, found, run) SELECT 3, field, sent, found, run FROM drifts",
    "DELETE FROM plans",
    "UPDATE plans SET id = 'p2'",
    "UPDATE runs SET policy = ''",
    "UPDATE runs SET policy = replace(policy, 'Amsterdam', 'Berlin')",
    "UPDATE runs SET keys = '{}'",
    "UPDATE runs SET keys = NULL",
    "UPDATE runs SET purpose = 'undo'",
    "UPDATE changes SET fields = replace(fields, '50.00', '5.00')",
    "DELETE FROM journal WHERE what = 'known'",
    "UPDATE journal SET person = 3 WHERE person = 1",
]


@pytest.mark.parametrize("edit", EDITS)
def test_whatever_decides_money_or_links_is_in_the_chain(path, edit):
    with Ledger(path) as ledger:
        full(ledger)
        assert ledger.verify().faults == ()
    with closing(sqlite3.connect(path)) as connection, connection:
        assert connection.execute(edit).rowcount
    with Ledger(path) as ledger:
        assert ledger.verify().faults


def test_who_was_edited_is_named(path):
    with Ledger(path) as ledger:
        number = full(ledger)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM oneoffs")
    with Ledger(path) as ledger:
        (fault,) = ledger.verify().faults
    assert (fault.run, fault.what, fault.personio_id, fault.name) == (number, What.KNOWN, 1, "One")


def test_an_entry_taken_out_of_the_middle_breaks_the_chain(path):
    with Ledger(path) as ledger:
        number = ledger.begin(digest="d", version="1", host="h", user="u", planned=[ONE])
        for outcome in (Outcome(ONE, None, 500, "no"), Outcome(ONE, "acc-1", 201)):
            ledger.sent(number, ONE)
            ledger.settled(number, outcome)
        assert ledger.verify().faults == ()
        (failed,) = ledger._db.read("SELECT min(seq) FROM journal WHERE what = 'settled'")[0]
    with closing(sqlite3.connect(path)) as connection, connection:
        # For a change that failed and succeeded later, the tables hold only the last result.
        connection.execute("DELETE FROM journal WHERE seq = ?", (failed,))
    with Ledger(path) as ledger:
        assert ledger.verify().faults


def test_what_was_known_before_people_were_entered_is_entered_by_the_next_run(path):
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrate(connection, STEPS[:3])
        connection.execute(
            "INSERT INTO runs (id, started, state, digest, version, host, user) VALUES ('old', '2026-01-01T00:00:00+00:00', 'finished', 'd', '1', 'h', 'u')"
        )
        connection.execute(
            "INSERT INTO changes (id, run, personio_id, kind, name, reason, fields, state) VALUES (5, 'old', 1, 'link', 'N', '', '[]', 'confirmed')"
        )
        connection.execute("INSERT INTO links VALUES (1, 'acc-1'), (2, 'acc-2')")
        connection.execute(f"INSERT INTO oneoffs VALUES (1, '{ONEOFF}', '50.00', 5)")
    with Ledger(path) as ledger:
        assert ledger.granted() == {(1, ONEOFF): Decimal("50.00")}
        assert ledger.verify().faults == ()
        run(ledger, why=Why(keys={ONEOFF: KEY}))
        assert ledger.granted() == {(1, KEY): Decimal("50.00")}
        assert ledger.last_keys() == {ONEOFF: KEY}
        assert ledger.verify().faults == ()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM links WHERE personio_id = 2")
    with Ledger(path) as ledger:
        assert [fault.personio_id for fault in ledger.verify().faults] == [2]


def test_what_waits_is_decided_by_a_grant_or_by_a_word(path):
    with Ledger(path) as ledger:
        number = full(ledger)
        assert ledger.undecided() == {(2, KEY)}
        ledger.decided(number, [], [WAITS])
        assert ledger.undecided() == frozenset()
        assert ledger.granted() == {(1, KEY): Decimal("50.00"), (2, KEY): Decimal("80.00")}
        ledger.decided(number, [WAITS], [])
        sent = Change(Kind.UPDATE, 2, "acc-2", "Two", (Field(ONEOFF, None, "90.00"),))
        run(ledger, sent, why=Why(keys={ONEOFF: KEY}))
        assert ledger.undecided() == frozenset()
        assert ledger.granted()[2, KEY] == Decimal("90.00")
        assert ledger.verify().faults == ()


def test_a_renamed_field_has_one_amount_under_its_key(path):
    with Ledger(path) as ledger:
        full(ledger)
        renamed = "alleo_oneoff_bonus_budget"
        more = Change(Kind.UPDATE, 1, "acc-1", "One", (Field(renamed, None, "70.00"),))
        run(ledger, more, why=Why(keys={renamed: KEY}))
        assert {k: v for k, v in ledger.granted().items() if k[0] == 1} == {(1, KEY): Decimal("70.00")}


def test_drift_counts_the_runs_that_sent_the_same_in_vain(path):
    with Ledger(path) as ledger:
        number = run(ledger, ONE)
        for times in (1, 2, 3, 4):
            ledger.drifted(number, [Drift(1, "One", "last_name", "a", "A")], [(1, "last_name")])
            assert ledger.drifts()[1, "last_name"].times == times
        ledger.drifted(number, [Drift(1, "One", "last_name", "b", "A")])
        assert ledger.drifts()[1, "last_name"].times == 1
        assert ledger.verify().faults == ()
