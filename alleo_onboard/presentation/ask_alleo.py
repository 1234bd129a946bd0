"""The message in which a customer asks Customer Success at Alleo for the settings of a delivery."""

from __future__ import annotations

from collections.abc import Sequence

from alleo_onboard.locale import _


def message(company: str, delivery: str, values: Sequence[str]) -> str:
    """Returns the message, without secrets.

    `delivery` is the label of the delivery, `values` are the labels of the settings to ask for.
    """
    parts = [
        _("Hello,"),
        _("We are connecting Personio to Alleo for {company}, with this delivery: {delivery}.").format(
            company=company, delivery=delivery
        ),
        _("Could you send us: {values}?").format(values=", ".join(values)),
        _("Please send what is secret through a one-time link, not in the mail itself."),
        _("Thank you!"),
    ]
    return "\n".join(parts)
