"""Sentences about the schedule: warnings, its state, and when Alleo collects."""

from __future__ import annotations

from alleo_onboard.domain.cadence import Caution, CautionCode
from alleo_onboard.locale import _, ngettext
from alleo_onboard.locale.formats import day as day_text
from alleo_onboard.locale.formats import hour


def caution_sentence(caution: Caution, zone: str) -> str:
    """Returns the warning about one time of day."""
    at, day = hour(caution.at), day_text(caution.day) if caution.day else ""
    sentences = {
        CautionCode.SKIPPED: _(
            "{at} does not exist on {day}, when clocks in {zone} go forward: that day's run is left out. "
            "Choose a time before 01:00 or after 03:00."
        ),
        CautionCode.TWICE: _(
            "{at} comes twice on {day}, when clocks in {zone} go back; some schedulers run twice then. "
            "Choose a time before 01:00 or after 03:00."
        ),
        CautionCode.NIGHT: _(
            "{at} lies between 01:00 and 03:00, when clocks are changed in spring and autumn. "
            "Choose a time before 01:00 or after 03:00."
        ),
        CautionCode.CLOSE_TO_PICKUP: _(
            "{at} is just before Alleo collects files: such a run may miss it. Half an hour earlier is safer."
        ),
        CautionCode.DRIFTS: _(
            "The scheduler uses this machine's clock, which then differs from that of {zone}: from {day} on, {at} is an hour "
            "off. Install again then, or use a scheduler that knows time zones."
        ),
    }
    return sentences[caution.code].format(at=at, day=day, zone=zone)


def symptom_sentence(symptom: str, missed: int) -> str:
    """Returns what is wrong with a schedule, and what to do."""
    sentences = {
        "schedule_gone": _("The schedule is no longer where it was installed. Run schedule install again."),
        "scheduler_not_running": _(
            "cron is not running on this machine, so nothing starts. Start it, and have it start with the machine."
        ),
        "last_run_failed": _("The last run failed; its log and result say why."),
        "runs_missed": ngettext(
            "{n} run was missed. Was the computer off, or is its scheduler not running?",
            "{n} runs were missed. Was the computer off, or is its scheduler not running?",
            missed,
        ),
        "credential_failing": _(
            "The sign-in was refused more than once in a row: a credential has stopped working, or soon will. "
            "The last result says whose: make a new one there and validate it."
        ),
        "no_success_lately": _("No run has succeeded for more than three days."),
        "record_unreadable": _(
            "The record of what is installed, or of the last run, is damaged, so it is not known how the daily run is doing. "
            "Run schedule install again."
        ),
    }
    return sentences[symptom].format(n=missed)
