"""What this set-up did last, in one quiet line: the daily run where there is one, else the last run by hand."""

from __future__ import annotations

from alleo_onboard.locale import _
from alleo_onboard.locale.formats import count
from alleo_onboard.presentation.daily import latest
from alleo_onboard.presentation.history import run_state
from alleo_onboard.presentation.schedule import symptom_sentence
from alleo_onboard.usecases.schedule.health import health
from alleo_onboard.usecases.setups.resolve import Setup
from alleo_onboard.usecases.support import history


def last_time(setup: Setup) -> tuple[str, bool]:
    """The line, "" where nothing was done yet, and whether somebody has to look. Reads files: call it in a thread."""
    found = health(setup.home, setup.profile.name)
    if found.symptoms:
        first = symptom_sentence(found.symptoms[0], len(found.missed))
        return f"{latest(found)} {first}".strip(), True
    if told := latest(found):
        return told, False
    run = next(iter(history.runs(setup, 1)), None)
    if run is None:
        return "", False
    done, failed = run.counts[history.State.CONFIRMED], run.counts[history.State.FAILED]
    text = _("Last run: {when}, {how}, {done} done, {failed} failed.")
    when = f"{run.started.astimezone():%Y-%m-%d %H:%M}"
    return text.format(when=when, how=run_state(run.state), done=count(done), failed=count(failed)), failed > 0
