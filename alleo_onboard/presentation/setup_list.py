"""Text about the set-ups of this computer: their last runs, and what removing one deletes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from alleo_onboard.locale import _, ngettext
from alleo_onboard.locale.formats import clock, count
from alleo_onboard.presentation.history import run_state
from alleo_onboard.usecases.setups.remove import Facts, Removed


def of_set_up(name: str, trouble: str) -> str:
    """Returns an error with the set-up that it is about, where it does not name it."""
    return trouble if name in trouble else _("{name}: {what}").format(name=name, what=trouble)


def last_run(one: Facts) -> str:
    """Returns when the last run was and how it ended."""
    if one.last is None:
        return _("none yet")
    zone = one.profile.tz if one.profile else None
    return f"{clock(one.last.started, zone)}, {run_state(one.last.state)}"


def before_removal(found: Facts) -> Iterator[str]:
    """Yields what the set-up holds, and what is deleted with it."""
    text = ngettext(
        "{name}: {n} person linked to Alleo, last run {last}.",
        "{name}: {n} people linked to Alleo, last run {last}.",
        found.linked,
    )
    yield text.format(name=found.name, n=count(found.linked), last=last_run(found))
    yield _(
        "Removing it deletes its settings, secrets and history from this computer, with the memory of which "
        "one-off budgets were sent. Accounts at Alleo stay as they are."
    )


def type_its_name() -> str:
    """Returns the prompt for the name, which confirms the removal."""
    return _("Type the name of the set-up to remove it: ")


def nothing_removed() -> str:
    return _("Nothing was removed.")


def removed_lines(name: str, gone: Removed) -> Iterable[str]:
    """Yields each thing that was deleted with the set-up `name`."""
    yield from (_("Deleted: {file}").format(file=path) for path in gone.files)
    for kind in gone.secrets:
        yield _("Deleted from the keyring: {name}").format(name=f"{name}/{kind}")
    yield from (_("Deleted with the schedule: {part}").format(part=part) for part in gone.schedule)
