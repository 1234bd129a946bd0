"""Progress events in words: short for a status line, full sentences for a log."""

from __future__ import annotations

from alleo_onboard.domain.change import Kind
from alleo_onboard.domain.progress import AccountsRead, Applied, EmployeesRead, Event, Rereading, SignedIn, Waiting, Why
from alleo_onboard.locale import _, ngettext
from alleo_onboard.locale.formats import count
from alleo_onboard.presentation.labels import kind_label, system_label, waiting


def going_on(event: Event) -> str:
    """Returns the text of the status line; "" for events shown elsewhere."""
    match event:
        case SignedIn(system):
            return _("Signed in to {system}.").format(system=system_label(system))
        case EmployeesRead(done, total):
            text = _("Reading people: {done} of {total}") if total else _("Reading people …")
            return text.format(done=count(done), total=count(total))
        case AccountsRead(done, total):
            text = _("Reading accounts at Alleo: {done} of {total}") if total else _("Reading accounts at Alleo …")
            return text.format(done=count(done), total=count(total))
        case Rereading():
            return _("People changed while they were read: reading them again.")
        case Waiting():
            return waiting(event)
        case _:
            return ""


_BAR = 40


def pictured(event: Event, seconds: float) -> str:
    """Returns the text for the middle of a page: what, how many, since when, and a bar if the total is known."""
    told = going_on(event)
    if isinstance(event, (EmployeesRead, AccountsRead)) and event.total:
        share = min(1.0, event.done / event.total)
        filled = round(_BAR * share)
        told += "\n" + "█" * filled + "░" * (_BAR - filled) + f" {round(100 * share):>3} %"
    if seconds >= 1:
        told += "\n" + ngettext("for {n} second", "for {n} seconds", round(seconds)).format(n=round(seconds))
    return told


class Sentences:
    """Returns the sentence for each event, "" for events that only move a bar. The pace limit is reported once."""

    def __init__(self) -> None:
        self._paced = False

    def __call__(self, event: Event) -> str:
        """Returns the sentence of an event, or ""."""
        if isinstance(event, Waiting) and event.why is Why.PACE:
            if self._paced:
                return ""
            self._paced = True
        return _sentence(event)


def _sentence(event: Event) -> str:
    text = ""
    match event:
        case SignedIn(system):
            text = _("Signed in to {system}.").format(system=system_label(system))
        case EmployeesRead(done, total) if done == total:
            text = ngettext("Read {n} person from Personio.", "Read {n} people from Personio.", done).format(
                n=count(done)
            )
        case AccountsRead(done, total) if done == total:
            text = ngettext("Read {n} account from Alleo.", "Read {n} accounts from Alleo.", done).format(n=count(done))
        case Rereading():
            text = _("People changed while they were read: reading them again.")
        case Waiting():
            text = waiting(event)
        case Applied(error=error) if error:
            kind = kind_label(Kind(event.change))
            text = _("{name} ({kind}): {error}").format(name=event.name, kind=kind, error=error)
    return text
