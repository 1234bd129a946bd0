"""Sentences of the page `delivery`."""

from __future__ import annotations

from alleo_onboard.domain.delivery import DeliveryKind
from alleo_onboard.locale import _


def what_a_delivery_is() -> str:
    return _("A delivery is a documented way into Alleo.")


def asking_alleo() -> str:
    return _("Asking Alleo …")


def how_do_people_get_into() -> str:
    return _("How do people get into Alleo?")


def option_label(key: str) -> str:
    """Returns a choice of the page in the plain wizard."""
    return {
        "test": _("Test the delivery as it is."),
        "form": _("Answer its questions anew."),
        "asked": _("Choose the way into Alleo by two or three questions."),
        "list": _("Choose from the list of all ways."),
    }[key]


def so_far(kind: DeliveryKind) -> str:
    """Returns the delivery in use."""
    return _("So far: {way}, {about}.").format(way=kind.label(), about=kind.about())


def that_is(kind: DeliveryKind) -> str:
    """Returns the delivery that the answers lead to."""
    return _("That is: {way}, {about}.").format(way=kind.label(), about=kind.about())


def way_and_about(kind: DeliveryKind) -> str:
    return _("{way}: {about}.").format(way=kind.label(), about=kind.about())


def are_these_the_keys() -> str:
    """Returns the question about host keys of an SFTP server that nobody has confirmed."""
    return _("Are these the keys that the server's owner gave you?")


def press_c_to_ask() -> str:
    """Returns the hint shown while values from Alleo are missing."""
    return _("Press c to copy a message that asks for it.")
