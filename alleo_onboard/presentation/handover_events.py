"""Hand-overs in the history: one line for each event."""

from __future__ import annotations

from datetime import tzinfo

from alleo_onboard.locale import _
from alleo_onboard.locale.formats import clock, day
from alleo_onboard.presentation.handover import via_label
from alleo_onboard.usecases.handover.events import Event, Happened


def event_sentence(event: Event) -> str:
    """Returns what happened, without the time."""
    via = via_label(event.via, event.host)
    said = {
        Happened.SENT: _("Credential handed over through {via}"),
        Happened.OPENED: _("Link opened by Alleo"),
        Happened.WITHDRAWN: _("Link taken back"),
        Happened.EXPIRED: _("Link expired unopened"),
        Happened.GONE: _("Link gone, and the service does not say why"),
        Happened.AGREES: _("Alleo's test run compared: it agrees with the preview"),
        Happened.DIFFERS: _("Alleo's test run compared: it does not agree with the preview"),
        Happened.ACTIVATED: _("Activated by Alleo, as you told"),
    }[event.what]
    return said.format(via=via)


def event_row(event: Event, zone: tzinfo) -> tuple[str, str, str]:
    """Returns when, what and by whom."""
    when = day(event.at.date()) if event.whole_day else clock(event.at, zone)
    return when, event_sentence(event), event.by


def event_heading() -> str:
    return _("Hand-over")


def event_columns() -> tuple[str, str, str]:
    """Returns the headings of `event_row`."""
    return _("When"), _("What"), _("By")
