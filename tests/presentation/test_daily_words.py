"""Tests for what the daily page says of a run, by what the delivery's run does."""

import pytest

from alleo_onboard.alleo.registry import kinds
from alleo_onboard.domain.delivery import Runs
from alleo_onboard.presentation.pages.daily import page_help, run_now_question
from alleo_onboard.presentation.pages.run import what_happens_then


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.name)
def test_only_a_daily_run_that_writes_is_said_to_stop_at_the_guard(kind):
    told = f"{run_now_question(kind)} {' '.join(page_help(kind))}"
    assert ("guard" in told) == (kind.runs is not Runs.NOTHING)
    assert ("writes nothing" in told) == (kind.runs is Runs.NOTHING)


@pytest.mark.parametrize("runs", [Runs.FILE, Runs.UPLOAD])
def test_a_run_of_files_is_not_said_to_read_accounts_back(runs):
    assert "Every change is sent" not in " ".join(what_happens_then(runs))
    assert "Every change is sent" in " ".join(what_happens_then(Runs.CHANGES))
