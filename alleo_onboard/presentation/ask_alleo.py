"""The message with which a customer asks Alleo's Customer Success for what a delivery has to be told."""

from __future__ import annotations

from collections.abc import Sequence

from alleo_onboard.locale import _


def message(company: str, delivery: str, values: Sequence[str]) -> str:
    """`delivery` is what the way is called, `values` what it has to be told, in words. Without any secret."""
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
