"""Confirms a portal run: a person says whether the file was uploaded."""

from __future__ import annotations

from dataclasses import dataclass

from alleo_onboard.domain.delivery import Outcome
from alleo_onboard.domain.errors import Usage
from alleo_onboard.domain.file_state import identity_of
from alleo_onboard.locale import _
from alleo_onboard.store.ledger import Ledger, RunState, State
from alleo_onboard.store.lock import run_lock
from alleo_onboard.usecases.setups.resolve import Setup


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The result: the `changes` of run `run` count as done if the file was `uploaded`."""

    run: str
    file: str
    changes: int
    uploaded: bool


def waiting_run(setup: Setup) -> str:
    """Returns the run whose file waits for its upload, or ""."""
    with Ledger.of(setup.home, setup.profile.name) as ledger:
        found = ledger.waiting()
    return found.run if found else ""


def confirm(setup: Setup, run: str, *, uploaded: bool = True) -> Confirmed:
    """Settles a run that waits for its upload. Raises Usage for any other run, and Locked."""
    with run_lock(setup.home, setup.profile.name), Ledger.of(setup.home, setup.profile.name) as ledger:
        known, waiting = ledger.run(run), ledger.waiting()
        if known is None:
            raise Usage(_("There is no run {run}. The runs there are: alleo-onboard runs list.").format(run=run))
        if waiting is None or waiting.run != run:
            raise Usage(_("Run {run} does not wait for an upload.").format(run=run))
        error = "" if uploaded else _("The file was not uploaded.")
        if uploaded:
            ledger.has_published(run)
        else:
            ledger.dropped(run)
        rows = [row for row in ledger.changes(run) if row.state is State.SENT]
        for row in rows:
            change = row.change
            account = identity_of(change.personio_id) if uploaded else change.account_id
            ledger.settled(run, Outcome(change, account, error=error))
        ledger.finish(run, RunState.FINISHED if uploaded else RunState.STOPPED)
    return Confirmed(run, waiting.name, len(rows), uploaded)
