"""The last run of a set-up in one line: the daily run if there is one, else the last run by hand."""

from __future__ import annotations

from alleo_onboard.locale import _
from alleo_onboard.locale.formats import clock, count
from alleo_onboard.presentation.daily import latest
from alleo_onboard.presentation.history import run_state
from alleo_onboard.presentation.schedule import symptom_sentence
from alleo_onboard.usecases.support.history import State
from alleo_onboard.usecases.support.last_run import LastRun


def last_time(found: LastRun) -> tuple[str, bool]:
    """Returns the line ("" when there was no run), and whether somebody has to look at it."""
    daily, run = found.daily, found.by_hand
    if daily.symptoms:
        first = symptom_sentence(daily.symptoms[0], len(daily.missed))
        return f"{latest(daily, found.zone)} {first}".strip(), True
    if told := latest(daily, found.zone):
        return told, False
    if run is None:
        return "", False
    done, failed = run.counts[State.CONFIRMED], run.counts[State.FAILED]
    text = _("Last run: {when}, {how}, {done} done, {failed} failed.")
    when = clock(run.started, found.zone)
    return text.format(when=when, how=run_state(run.state), done=count(done), failed=count(failed)), failed > 0
