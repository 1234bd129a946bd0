"""Changes to an account that exists. Setting the same values twice is setting them once, so these may be repeated."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from alleo_onboard.alleo.scim.api import Api
from alleo_onboard.alleo.scim.features import Place
from alleo_onboard.alleo.scim.writing import patch
from alleo_onboard.domain.change import Change
from alleo_onboard.domain.delivery import Outcome
from alleo_onboard.locale import _

# Answers to a path with a value filter: not understood, no such address on this account, not offered.
_FILTER_REFUSED = (400, 422, 501)


async def update(api: Api, change: Change, places: Mapping[str, Place]) -> Outcome:
    """Update, link, reactivate and offboard are all a PATCH. Raises DeliveryRefused."""
    identity = change.account_id or ""
    if not identity.strip("."):
        return Outcome(change, change.account_id, error=_("Alleo gave this account no id that can be used."))
    body = patch(change, places)
    if not body["Operations"]:
        return Outcome(change, identity)
    path = f"Users/{quote(identity, safe='')}"
    answer = await api.patch(path, body)
    clear = answer.settled
    if answer.status in _FILTER_REFUSED and "email" in change.new:
        answer = await api.patch(path, patch(change, places, whole_emails=True))
    if answer.ok:
        return Outcome(change, identity, answer.status)
    if answer.status == 404:
        return Outcome(change, identity, 404, _("The account no longer exists at Alleo."))
    return Outcome(change, identity, answer.status, api.refusal(answer), known=clear and answer.settled)
