"""What a use case is doing just now, in a few words."""

from __future__ import annotations

from alleo_onboard.domain.progress import AccountsRead, EmployeesRead, Event, Rereading, SignedIn, Waiting
from alleo_onboard.locale import _
from alleo_onboard.locale.formats import count
from alleo_onboard.presentation.labels import system_label, waiting


def going_on(event: Event) -> str:
    """The line for the status; "" for what is told elsewhere."""
    match event:
        case SignedIn(system):
            return _("Signed in to {system}.").format(system=system_label(system))
        case EmployeesRead(done, total):
            return _("Reading people: {done} of {total}").format(done=count(done), total=count(total))
        case AccountsRead(done, total):
            return _("Reading accounts at Alleo: {done} of {total}").format(done=count(done), total=count(total))
        case Rereading():
            return _("People changed while they were read: reading them again.")
        case Waiting():
            return waiting(event)
        case _:
            return ""
