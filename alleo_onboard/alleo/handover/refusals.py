"""Turns refusals of a one-time-secret service into errors with a sentence that says what to do."""

from __future__ import annotations

from alleo_onboard.alleo.handover.wire import Reply
from alleo_onboard.domain.errors import HandoverRefused, Trouble, Unreachable
from alleo_onboard.domain.secret import Secret
from alleo_onboard.locale import _


class PassphraseRefused(HandoverRefused):
    """The server requires another kind of passphrase. No link was made."""


def refusal(reply: Reply, host: str, *secrets: Secret | None) -> Trouble:
    """Returns the error for an answer without success; the same for every call."""
    said = reply.said(*(one for one in secrets if one))
    if reply.status == 0:
        return Unreachable(reply.sentence)
    if 300 <= reply.status < 400:
        text = _("{host} sends on to another address, which is not followed. Name that server itself.")
        return HandoverRefused(text.format(host=host))
    if reply.status >= 500 or not reply.readable:
        text = _("{host} does not work just now, or a proxy stands before it (it answered {status}). Try again later.")
        return Unreachable(text.format(host=host, status=reply.status))
    return _refused(reply, host, said)


def _refused(reply: Reply, host: str, said: str) -> Trouble:
    if reply.status == 401:
        text = _("{host} does not accept the sign-in. Check the account and its API token, or send without an account.")
        return HandoverRefused(text.format(host=host))
    if reply.status == 403 and reply.kind == "EntitlementRequired":
        text = _("The plan of this account does not allow that long a lifetime ({said}). Ask for less.")
        return HandoverRefused(text.format(said=said))
    if reply.status == 403 and (reply.kind == "GuestRoutesDisabled" or "guest" in said.casefold()):
        text = _("{host} takes nothing without an account. Set one, or choose another service or region.")
        return HandoverRefused(text.format(host=host))
    if reply.status == 429:
        return Unreachable(
            _("{host} gets too many requests just now. Nothing was done. Try again later.").format(host=host)
        )
    if reply.status == 422 and ("passphrase" in said.casefold() or reply.body.get("field") == "passphrase"):
        return PassphraseRefused(_("{host} wants another passphrase: {said}.").format(host=host, said=said))
    text = _("{host} refused: {said} ({status}). Nothing was done.")
    return HandoverRefused(text.format(host=host, said=said or "-", status=reply.status))
