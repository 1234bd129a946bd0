"""The state of each set-up in one sentence. The other text of the start page is in `pages/start.py`."""

from __future__ import annotations

from dataclasses import dataclass

from alleo_onboard.domain.handover import What
from alleo_onboard.locale import _
from alleo_onboard.locale.formats import moment
from alleo_onboard.presentation.handover import handover_line
from alleo_onboard.presentation.last_run import last_time
from alleo_onboard.presentation.steps import step_label
from alleo_onboard.usecases.handover.follow import Followed
from alleo_onboard.usecases.support.overview import SetupState
from alleo_onboard.wizard.steps import ORDER, REMEMBERED


@dataclass(frozen=True, slots=True)
class Row:
    """One set-up: its state in a sentence, and whether a person has to look."""

    name: str
    told: str
    look: bool = False


def row(state: SetupState) -> Row:
    """Returns the line for a set-up."""
    if state.trouble or state.last is None:
        return Row(state.name, state.trouble, look=True)
    daily = state.last.daily
    told, look = last_time(state.last)
    if state.handover and not told:
        return Row(state.name, handover_line(state.handover, state.last.zone), _needs_a_person(state.handover))
    if daily.installed is None:
        missing = next((step for step in ORDER if step in REMEMBERED and step.value not in state.proven), None)
        if missing is not None and not told:
            return Row(state.name, _("begun; next: {step}").format(step=step_label(missing)))
        return Row(state.name, told or _("ready; nothing was sent to Alleo yet"), look)
    if not told:
        at = moment(daily.next, daily.next.tzinfo) if daily.next else daily.installed.at
        told = _("every day; first run {when}").format(when=at)
    return Row(state.name, told, look)


def _needs_a_person(found: Followed) -> bool:
    return found.next.late or found.next.ending or found.next.what in (What.NEW_CREDENTIAL, What.SEND_AGAIN)
