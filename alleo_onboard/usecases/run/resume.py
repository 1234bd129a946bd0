"""Resumes the last run: a plan for the people whose changes were not finished."""

from __future__ import annotations

from dataclasses import dataclass

from alleo_onboard.domain.errors import Usage
from alleo_onboard.locale import _
from alleo_onboard.store.ledger import Ledger, Purpose, RunState, State
from alleo_onboard.usecases.preview.preview import Preview
from alleo_onboard.usecases.preview.session import Session
from alleo_onboard.usecases.run.publish import refuse_waiting


@dataclass(frozen=True, slots=True)
class Rest:
    """What run `run` left undone: people whose changes are not confirmed. `stopped` is true when it was cut short."""

    run: str
    people: frozenset[int]
    stopped: bool


def rest(session: Session) -> Rest | None:
    """Returns what the last run left, or None when there is none or it succeeded. Raises Usage after an undo."""
    with Ledger.of(session.setup.home, session.setup.profile.name) as ledger:
        last = next(iter(ledger.runs(1)), None)
        if last is None or last.state is RunState.FINISHED:
            return None
        refuse_waiting(ledger)
        if last.purpose is Purpose.UNDO:
            text = _("The last run was to undo run {run}. To finish that, call undo {run} again.")
            raise Usage(text.format(run=last.of))
        open_ones = frozenset(r.change.personio_id for r in ledger.changes(last.id) if r.state is not State.CONFIRMED)
    return Rest(last.id, open_ones, last.state is not RunState.FINISHED_WITH_FAILURES)


def only_rest(preview: Preview, left: Rest) -> Preview:
    """Returns the preview with only the changes of those people."""
    return preview.narrowed(left.people)
