"""The ledger on real SQLite files."""

import os
import sqlite3
import stat
import subprocess
import sys
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alleo_onboard.domain.change import Change, Field, Kind
from alleo_onboard.domain.delivery import Outcome
from alleo_onboard.domain.errors import Usage
from alleo_onboard.store import rows
from alleo_onboard.store.ledger import Ledger, RunState, State, ledger_path
from alleo_onboard.store.paths import Home

ONEOFF = "alleo_oneoff_fitness_budget"
MONTHLY = "alleo_monthly_all_budget"
BORN = "1990-02-28"


def onboard(number: int, *fields: Field) -> Change:
    email = Field("email", None, f"p{number}@a.example")
    return Change(Kind.ONBOARD, number, None, f"Person {number}", (email, *fields), "active")


def done(change: Change, account: str | None = None, **more) -> Outcome:
    return Outcome(change, account or change.account_id or f"acc-{change.personio_id}", 201, **more)


def begin(ledger: Ledger, *planned: Change) -> str:
    return ledger.begin(digest="sha256:00", version="1.2.3", host="laptop", user="maja", planned=planned)


def apply(ledger: Ledger, change: Change, **more) -> str:
    run = begin(ledger, change)
    ledger.sent(run, change)
    ledger.settled(run, done(change, **more))
    return run


@pytest.fixture
def path(tmp_path):
    return tmp_path / "ledgers" / "acme.sqlite"


@pytest.fixture
def ledger(path):
    with Ledger(path) as ledger:
        yield ledger


def test_a_run_from_intent_to_finish(ledger, path):
    one = onboard(1, Field("department", None, "Zürich"), Field(MONTHLY, None, "100.00"))
    two = Change(Kind.UPDATE, 2, "acc-2", "Two", (Field("email", "a@a.example", "b@a.example"),), "active")
    three = Change(Kind.OFFBOARD, 3, "acc-3", "Three", (Field("active", True, False),), "gone")
    run = begin(ledger, one, two, three)
    assert [row.state for row in ledger.changes(run)] == [State.INTENT] * 3
    assert [row.change for row in ledger.changes(run)] == [one, two, three]
    ledger.sent(run, one)
    ledger.sent(run, two)
    assert [row.change for row in ledger.unsettled()] == [one, two]
    ledger.settled(run, done(one, "acc-1"))
    ledger.settled(run, Outcome(two, "acc-2", 409, "the address is taken"))
    ledger.finish(run, RunState.FINISHED_WITH_FAILURES)
    with Ledger(path) as again:
        first, second, third = again.changes(run)
        assert (first.state, first.account_id, first.status, first.error) == (State.CONFIRMED, "acc-1", 201, "")
        assert (second.state, second.status, second.error) == (State.FAILED, 409, "the address is taken")
        assert (third.state, third.sent, third.settled) == (State.INTENT, None, None)
        assert first.change == one
        assert first.sent <= first.settled
        assert again.unsettled() == ()
        assert again.links() == {1: "acc-1"}
        told = again.run(run)
    assert (told.state, told.digest, told.version, told.host, told.user) == (
        RunState.FINISHED_WITH_FAILURES,
        "sha256:00",
        "1.2.3",
        "laptop",
        "maja",
    )
    assert told.started <= told.ended
    assert told.planned == 3
    assert told.counts == {State.INTENT: 1, State.SENT: 0, State.CONFIRMED: 1, State.FAILED: 1}


def test_runs_are_newest_first_and_limited(ledger):
    made = [begin(ledger) for _ in range(5)]
    assert [run.id for run in ledger.runs()] == made[::-1]
    assert [run.id for run in ledger.runs(2)] == made[:2:-1]
    assert ledger.run("20200101T000000-aaaaaa") is None
    assert ledger.run("") is None
    assert ledger.changes("20200101T000000-aaaaaa") == ()


def test_the_last_run_is_the_last_one_begun_also_after_the_clock_went_back(ledger):
    early = begin(ledger)
    with ledger._db.transaction() as connection:
        connection.execute("UPDATE runs SET started = '2999-01-01T00:00:00.000000+00:00'")
    late = begin(ledger)
    assert [run.id for run in ledger.runs()] == [late, early]


def test_a_run_that_was_left_open_is_marked_when_the_next_begins(ledger):
    left = begin(ledger, onboard(1))
    assert ledger.run(left).state is RunState.RUNNING
    stopped = begin(ledger)
    ledger.finish(stopped, RunState.STOPPED)
    begin(ledger)
    assert ledger.run(left).state is RunState.INTERRUPTED
    assert ledger.run(left).ended is None
    assert ledger.run(stopped).state is RunState.STOPPED


def test_which_changes_link(ledger):
    apply(ledger, onboard(1))
    apply(ledger, Change(Kind.LINK, 2, "acc-2", "Two", (Field("external_id", None, "2"),)))
    apply(ledger, Change(Kind.UPDATE, 3, "acc-3", "Three", ()))
    apply(ledger, Change(Kind.REACTIVATE, 4, "acc-4", "Four", (Field("active", False, True),)))
    apply(ledger, Change(Kind.OFFBOARD, 5, "acc-5", "Five", (Field("active", True, False),)))
    apply(ledger, Change(Kind.OFFBOARD, 1, "acc-1", "One", (Field("active", True, False),)))
    assert ledger.links() == {1: "acc-1", 2: "acc-2", 3: "acc-3", 4: "acc-4"}


def test_an_account_belongs_to_the_person_who_was_linked_last(ledger):
    apply(ledger, onboard(1), account="acc")
    apply(ledger, Change(Kind.LINK, 2, "acc", "Two", ()))
    assert ledger.links() == {2: "acc"}


def test_a_failure_leaves_links_and_amounts_as_they_were(ledger):
    apply(ledger, onboard(1, Field(ONEOFF, None, "50.00")))
    more = Change(Kind.UPDATE, 1, "acc-1", "One", (Field(ONEOFF, "50.00", "80.00"),))
    run = begin(ledger, more, onboard(2, Field(ONEOFF, None, "50.00")))
    ledger.sent(run, more)
    assert ledger.oneoffs() == {(1, ONEOFF): Decimal("80.00")}
    ledger.settled(run, Outcome(more, None, 400, "no"))
    assert ledger.oneoffs() == {(1, ONEOFF): Decimal("50.00")}
    assert ledger.links() == {1: "acc-1"}


def test_only_oneoff_amounts_that_may_have_arrived_count(ledger):
    change = onboard(1, Field(ONEOFF, None, "50.00"), Field(MONTHLY, None, "100.00"))
    run = begin(ledger, change)
    assert ledger.oneoffs() == {}
    ledger.sent(run, change)
    assert ledger.oneoffs() == {(1, ONEOFF): Decimal("50.00")}
    ledger.settled(run, done(change))
    assert ledger.oneoffs() == {(1, ONEOFF): Decimal("50.00")}


def test_an_answer_that_does_not_say_stays_sent_until_a_later_run_finds_out(ledger):
    change = onboard(1, Field(ONEOFF, None, "50.00"))
    run = begin(ledger, change)
    ledger.sent(run, change)
    ledger.settled(run, Outcome(change, None, 503, "down", known=False))
    ledger.finish(run, RunState.FINISHED_WITH_FAILURES)
    begin(ledger)
    (row,) = ledger.unsettled()
    assert (row.run, row.status, row.error, row.settled) == (run, 503, "down", None)
    assert ledger.oneoffs() == {(1, ONEOFF): Decimal("50.00")}
    ledger.settled(row.run, Outcome(row.change, "acc-9", 200))
    assert ledger.unsettled() == ()
    assert ledger.links() == {1: "acc-9"}


def test_a_failed_change_may_be_tried_again_a_confirmed_one_not(ledger):
    change = onboard(1)
    run = begin(ledger, change)
    ledger.sent(run, change)
    ledger.settled(run, Outcome(change, None, 500, "no"))
    ledger.sent(run, change)
    (row,) = ledger.changes(run)
    assert (row.state, row.settled, row.error, row.status) == (State.SENT, None, "", 0)
    ledger.settled(run, done(change))
    for again in (lambda: ledger.sent(run, change), lambda: ledger.settled(run, done(change))):
        with pytest.raises(LookupError):
            again()


def test_what_was_not_planned_is_refused(ledger):
    run = begin(ledger, onboard(1))
    for step in (
        lambda: ledger.sent(run, onboard(2)),
        lambda: ledger.sent("other", onboard(1)),
        lambda: ledger.settled(run, done(onboard(1))),
        lambda: ledger.finish("other", RunState.FINISHED),
    ):
        with pytest.raises(LookupError):
            step()
    assert [row.state for row in ledger.changes(run)] == [State.INTENT]


def test_a_plan_that_cannot_be_written_leaves_no_run(ledger):
    with pytest.raises(sqlite3.IntegrityError):
        begin(ledger, onboard(1), onboard(1))
    assert ledger.runs() == ()


def test_no_birthday_reaches_the_disk(ledger, path):
    change = onboard(1, Field("birthday", None, BORN), Field("work_anniversary", None, "2020-04-01"))
    moved = Change(Kind.UPDATE, 2, "acc-2", "Two", (Field("birthday", BORN, None),))
    run = begin(ledger, change, moved)
    ledger.sent(run, change)
    ledger.settled(run, Outcome(change, None, 400, f'birthday "{BORN}" is not a date'))
    first, second = ledger.changes(run)
    assert first.change.new["birthday"] == second.change.old["birthday"] == rows.HIDDEN
    assert second.change.new["birthday"] is None
    assert first.change.new["work_anniversary"] == "2020-04-01"
    assert first.error == 'birthday "(set)" is not a date'
    files = list(path.parent.iterdir())
    assert len(files) == 3
    assert all(BORN.encode() not in file.read_bytes() for file in files)


values = st.one_of(st.none(), st.booleans(), st.text(st.characters(exclude_categories=["Cs"])))
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20).filter(lambda name: name != "birthday")


@given(st.lists(st.builds(Field, words, values, values), max_size=6))
def test_fields_come_back_as_they_were(fields):
    assert rows.fields_of(rows.written(fields)) == tuple(fields)


def test_ids_beyond_what_a_float_holds(ledger):
    number = 2**53 + 1
    apply(ledger, onboard(number, Field(ONEOFF, None, "0.10")))
    assert ledger.links() == {number: f"acc-{number}"}
    assert ledger.oneoffs() == {(number, ONEOFF): Decimal("0.10")}


def test_one_file_for_each_profile(tmp_path):
    home = Home(tmp_path / "config", tmp_path / "data")
    with Ledger.of(home, "acme") as acme, Ledger.of(home, "beta") as beta:
        apply(acme, onboard(1))
        assert beta.links() == {}
    assert ledger_path(home, "acme").is_file()
    with pytest.raises(Usage):
        Ledger.of(home, "../acme")


@pytest.mark.skipif(sys.platform == "win32", reason="modes and links are those of POSIX")
def test_all_files_are_private_whatever_the_umask(path):
    before = os.umask(0)
    try:
        with Ledger(path) as ledger:
            apply(ledger, onboard(1))
            found = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    finally:
        os.umask(before)
    assert found == dict.fromkeys(("acme.sqlite", "acme.sqlite-wal", "acme.sqlite-shm"), 0o600)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    path.chmod(0o644)
    Ledger(path).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.skipif(sys.platform == "win32", reason="modes and links are those of POSIX")
def test_a_link_in_place_of_the_file_is_refused(path, tmp_path):
    path.parent.mkdir(mode=0o700)
    path.symlink_to(tmp_path / "theirs")
    with pytest.raises(Usage, match="is a link"):
        Ledger(path)
    assert not (tmp_path / "theirs").exists()


def test_it_waits_for_another_writer(ledger, path):
    """The other process commits only after this one was told to start writing."""
    script = (
        "import sqlite3, sys, threading\n"
        "c = sqlite3.connect(sys.argv[1], isolation_level=None); c.execute('BEGIN IMMEDIATE')\n"
        "print('held', flush=True); sys.stdin.readline()\n"
        "threading.Event().wait(0.3); c.execute('COMMIT')\n"
    )
    command = [sys.executable, "-c", script, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline() == "held\n"
        other.stdin.write("go\n")
        other.stdin.flush()
        run = begin(ledger, onboard(1))
    assert other.returncode == 0
    assert ledger.run(run).planned == 1


def test_several_are_marked_sent_together_or_not_at_all(ledger):
    one, two = onboard(1, Field(ONEOFF, None, "50.00")), onboard(2)
    run = begin(ledger, one, two)
    with pytest.raises(LookupError):
        ledger.sent(run, one, two, onboard(3))
    assert ledger.unsettled() == ()
    ledger.sent(run, one, two)
    assert [row.change for row in ledger.unsettled()] == [one, two]
