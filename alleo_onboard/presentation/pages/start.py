"""Text of the start page before anything is read. It is drawn first, so this module imports almost nothing."""

from __future__ import annotations

from alleo_onboard.locale import _
from alleo_onboard.presentation.pages.receive import i_was_sent_a_link
from alleo_onboard.wizard.steps import Step


def saved_as_you_go() -> str:
    return _("What you begin is saved as you go; the secret only where you say so.")


def welcome(*, first: bool) -> str:
    """Returns the first sentence of the page."""
    if first:
        return _(
            "From Personio to Alleo: this wizard checks what Personio lets Alleo read, shows who would get Alleo, and "
            "sets up the daily sync. You need a Personio administrator and about five minutes. Nothing is written "
            "before you say so."
        )
    return _("Welcome back. Choose a set-up, or begin something new.")


def choices(*, demo: bool) -> tuple[tuple[str, str, str], ...]:
    """Returns what can be started: key, label, explanation."""
    told = [
        ("new", _("New set-up"), _("connect a Personio account")),
        ("link", i_was_sent_a_link(), _("take over a credential that a customer hands to Alleo")),
    ]
    if demo:
        told.append(("demo", _("Try with made-up people"), _("nothing leaves this computer")))
    return tuple(told)


def way() -> tuple[tuple[Step, str], ...]:
    """Returns each step with what happens there."""
    return (
        (Step.CONNECT, _("a credential from Personio is validated; the page says how to make it")),
        (Step.CHECK, _("what Alleo needs and can read, and how to mend what it cannot")),
        (Step.PREVIEW, _("who would get Alleo, with which budgets, and why")),
        (Step.DELIVERY, _("how it gets to Alleo: Alleo reads it itself, over SCIM, or as a file")),
        (Step.RUN, _("only here something is written, after your yes; then every day by itself")),
    )


def way_title() -> str:
    return _("The way in five steps")


def spoken_help() -> tuple[str, ...]:
    """Returns the page's help in the plain wizard."""
    told = _("Every set-up connects one Personio account to Alleo. Type its number to open it.")
    return (told, saved_as_you_go())


def line(name: str, told: str, *, look: bool = False) -> str:
    """Returns a set-up, choice or word with its description as one sentence."""
    text = _("{name}: {told}. Needs you.") if look else _("{name}: {told}.")
    return text.format(name=name, told=told.rstrip("."))


def first_page() -> str:
    return _("This is the first page: there is nothing before it. q leaves.")


def drawn_help() -> tuple[str, ...]:
    """Returns the help of the full-screen page."""
    told = _("Every set-up connects one Personio account to Alleo. Up and down choose one, Enter opens it.")
    return (told, saved_as_you_go())


def looking_at_this_computer() -> str:
    return _("Looking at this computer …")


def opening(name: str) -> str:
    return _("Opening {name} …").format(name=name)
