"""Sentences of the page `daily`."""

from __future__ import annotations

from alleo_onboard.domain.delivery import DeliveryKind, Runs
from alleo_onboard.locale import _


def nothing_was_scheduled() -> str:
    return _("Nothing was scheduled, and nothing was removed.")


def installation_done(way: str) -> str:
    return _("✓ Installed. The secrets were found the way the run will look for them, in {way}.").format(way=way)


def run_now_question(kind: DeliveryKind | None) -> str:
    if _only_looks(kind):
        return _("Run what is installed, now? It looks at what Alleo will do, and writes nothing.")
    return _("Run what is installed, now? It syncs without asking, as every day, and stops at the guard.")


def remove_question() -> str:
    return _("Take the daily run away, with all that was made for it? What was synced stays as it is.")


def what_runs(kind: DeliveryKind | None) -> str:
    if _only_looks(kind):
        return _(
            "The run is that of the command line: sync --yes --scheduled. It looks at what Alleo will do, and writes "
            "nothing."
        )
    return _("The run is that of the command line: sync --yes --scheduled. It never asks, and stops at the guard.")


def secrets_are_tried() -> str:
    return _("Before it is installed, the secrets are looked up the way that run will: by you, without your desktop.")


def what_remove_does() -> str:
    return _("Remove takes away everything that Install made, and nothing else.")


def looking_at_this_machine() -> str:
    return _("Looking at this machine …")


def trying_the_secrets() -> str:
    return _("Testing whether an unattended run finds its secrets …")


def running_it() -> str:
    return _("Running it the way it will run every day …")


def secrets_without_a_desktop() -> str:
    return _(
        "Without a desktop they are found in a file that only you can read, or, as root, in encrypted systemd credentials: choose that above."
    )


def already_installed() -> str:
    return _("✓ Already installed exactly so.")


def it_ran_and_ended_well() -> str:
    return _("✓ It ran, and ended well.")


def it_ran_and_failed(message: str) -> str:
    return _("It ran, and failed: {message}").format(message=message)


def _only_looks(kind: DeliveryKind | None) -> bool:
    """Returns whether Alleo runs the sync itself, so that the daily run here writes nothing."""
    return kind is not None and kind.runs is Runs.NOTHING


def page_help(kind: DeliveryKind | None) -> tuple[str, ...]:
    """Returns the help of the page."""
    return (what_runs(kind), secrets_are_tried(), what_remove_does())


def every_day() -> str:
    return _("Every day")


def option_label(key: str) -> str:
    """Returns a choice of the page in the plain wizard."""
    return {
        "install": _("Install."),
        "times": _("Other times, another time zone, or secrets from elsewhere."),
        "written": _("What is written."),
        "run": _("Run now."),
        "remove": _("Remove."),
    }[key]


def nothing_installed_in_sandbox() -> str:
    return _("This is the sandbox: nothing is installed.")


def times_asked() -> str:
    return _("Times, such as 06:30 or 06:30,20:30")


def chosen_for_you() -> str:
    return _("Chosen for you.")


def removed() -> str:
    return _("✓ Removed.")


def nothing_installed_press_v() -> str:
    """Returns the same for the full-screen wizard, with the key that shows what would be installed."""
    return _("This is the sandbox: nothing is installed. Press v to see what would be.")


def way_chosen(way: str) -> str:
    """Returns the label of the choice "let the program decide". `way` is its decision; "" while unknown."""
    return _("chosen for you: {way}").format(way=way) if way else _("chosen for you")


def removing() -> str:
    return _("Removing …")
