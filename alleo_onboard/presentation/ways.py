"""The plain questions that lead to a delivery, and what to know when one replaces another."""

from __future__ import annotations

from dataclasses import dataclass

from alleo_onboard.locale import _


@dataclass(frozen=True, slots=True)
class Question:
    """A question. `leads_to` is the delivery for a yes; a no leads to the next question, the last one to OTHERWISE."""

    text: str
    leads_to: str


OTHERWISE = "portal"


def questions() -> tuple[Question, ...]:
    """Returns the questions in the order in which they are asked (product.md, "Deliveries")."""
    return (
        Question(_("Should Alleo run the daily sync itself, as in its own guide, and not this computer?"), "handover"),
        Question(_("Did Alleo give you a SCIM address?"), "scim"),
        Question(_("Do you have an SFTP server or a folder that Alleo collects from?"), "pickup"),
    )


def changing(before: str) -> str:
    """Returns what to switch off first when people got into Alleo by the delivery `before`."""
    text = _(
        "So far people got into Alleo another way: {way}. Two ways would feed the same people, so switch that one off "
        "first: its daily run with schedule remove, or, where Alleo runs the sync, by asking Customer Success."
    )
    return text.format(way=before)
