"""Changes existing accounts."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from alleo_onboard.alleo.scim.answer import Answer
from alleo_onboard.alleo.scim.api import Api
from alleo_onboard.alleo.scim.features import Place
from alleo_onboard.alleo.scim.resource import account_of, usable
from alleo_onboard.alleo.scim.writing import patch, pays, sent
from alleo_onboard.domain.account import Account
from alleo_onboard.domain.change import Change
from alleo_onboard.domain.delivery import Outcome
from alleo_onboard.domain.wanted import same, value_of
from alleo_onboard.locale import _
from alleo_onboard.net.http import Repeat

# Answers to a path with a value filter: not understood, this account has no such address, not supported.
_FILTER_REFUSED = (400, 422, 501)


async def update(api: Api, change: Change, places: Mapping[str, Place]) -> Outcome:
    """Makes an update, link, reactivation or offboarding; all are a PATCH. Raises DeliveryRefused, Unreachable.

    It is repeated until there is an answer, because setting a value twice does no harm. With a one-off budget, which a
    server may pay each time, the account is read before the request is sent again.
    """
    identity = change.account_id or ""
    if not usable(identity):
        return Outcome(change, change.account_id, error=_("Alleo gave this account no id that can be used."))
    if not patch(change, places)["Operations"]:
        return Outcome(change, identity)
    if pays(change, places):
        return await _paying(api, change, places, identity)
    answer, clear = await _patched(api, change, places, identity, Repeat.ALWAYS)
    return _outcome(api, change, identity, answer, known=clear)


async def _patched(
    api: Api, change: Change, places: Mapping[str, Place], identity: str, repeat: Repeat
) -> tuple[Answer, bool]:
    """Returns the answer, and whether a refusal in it proves that nothing was done."""
    path = f"Users/{quote(identity, safe='')}"
    answer = await api.patch(path, patch(change, places), repeat)
    clear = answer.settled
    if answer.status in _FILTER_REFUSED and "email" in change.new:
        answer = await api.patch(path, patch(change, places, whole_emails=True), repeat)
    return answer, clear and answer.settled


async def _paying(api: Api, change: Change, places: Mapping[str, Place], identity: str) -> Outcome:
    """Sends a change with a one-off budget. Repeats it only if the account, read again, holds nothing of the change."""
    tries, waited, doubt = 1, 0.0, False
    while True:
        answer, clear = await _patched(api, change, places, identity, Repeat.UNSENT)
        doubt = doubt or not clear
        if not answer.ambiguous:
            return _outcome(api, change, identity, answer, known=not doubt)
        held = await api.one(identity)
        account = account_of(held.body, places) if held.ok else None
        if account is None or account.id != identity:
            return _outcome(api, change, identity, answer, known=False)
        if _holds(account, change, places):
            return Outcome(change, identity, answer.status)
        wait = api.patience.wait_for(tries, answer.reply.retry_after, waited) if answer.why else None
        if wait is None or answer.why is None or _holds_some(account, change, places):
            return _outcome(api, change, identity, answer, known=False)
        await api.http.pause(answer.why, wait, tries)
        tries, waited = tries + 1, waited + wait


def _outcome(api: Api, change: Change, identity: str, answer: Answer, *, known: bool) -> Outcome:
    if answer.ok:
        return Outcome(change, identity, answer.status)
    if answer.status == 404:
        return Outcome(change, identity, 404, _("The account no longer exists at Alleo."))
    return Outcome(change, identity, answer.status, api.refusal(answer), known=known)


def _holds(account: Account, change: Change, places: Mapping[str, Place]) -> bool:
    """Returns whether an account holds all values of a change that the server can store."""
    return all(same(f.name, value_of(account, f.name), f.new) for f in sent(change, places))


def _holds_some(account: Account, change: Change, places: Mapping[str, Place]) -> bool:
    """Returns whether an account holds a value that only this change can have set."""
    altered = [f for f in sent(change, places) if not same(f.name, f.old, f.new)]
    return any(same(f.name, value_of(account, f.name), f.new) for f in altered)
