"""The client of Onetime Secret: API v2, and v1 for old servers (facts/deliveries.md, A1 to A5b).

A request that makes or opens a link is never repeated: it could make a second link, or find the first one used up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from alleo_onboard.alleo.handover.answers import Look, instant, number, of_receipt, part
from alleo_onboard.alleo.handover.refusals import refusal
from alleo_onboard.alleo.handover.wire import Account, Reply, Wire
from alleo_onboard.domain.errors import AnswerLost, HandoverRefused, LinkGone, Unreachable, WrongPassphrase
from alleo_onboard.domain.handover import Lifetime, State
from alleo_onboard.domain.letter import sealed
from alleo_onboard.domain.secret import Secret
from alleo_onboard.locale import _, ngettext
from alleo_onboard.net.http import Repeat
from alleo_onboard.net.patience import DEFAULT_PATIENCE, Patience

_SERVICE = "onetimesecret.com"


@dataclass(frozen=True, slots=True)
class Made:
    """A new link."""

    link: Secret
    receipt: Secret  # the receipt also leads to the link, so it is a secret too
    sent: datetime
    expires: datetime
    granted: Lifetime  # the lifetime that the service granted
    anonymous: bool  # true when the link belongs to no account, even if one signed in


class OneTimeSecret:
    """One service; an async context manager. Every call raises HandoverRefused, Unreachable or AnswerLost."""

    def __init__(
        self,
        url: str,
        account: Account | None = None,
        *,
        ca_file: str | None = None,
        patience: Patience = DEFAULT_PATIENCE,
    ) -> None:
        """Raises Usage for an invalid address."""
        self._account, self._ca_file, self._patience = account, ca_file, patience
        self._wire = self._open(url)
        self._first: bool | None = None  # whether the server has only API v1; None when not known yet

    def _open(self, url: str) -> Wire:
        return Wire(url, self._account, ca_file=self._ca_file, patience=self._patience)

    @property
    def host(self) -> str:
        """Returns host and port, for use in a sentence."""
        return self._wire.host

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Closes the connections."""
        await self._wire.aclose()

    async def find_out(self) -> None:
        """Finds out which API the server has. Makes nothing. Every other call does this first."""
        if self._first is not None:
            return
        for version, first in (("v2", False), ("v1", True)):
            reply = await self._status(version)
            if reply.ok and reply.readable and str(reply.body.get("status", "")) == "nominal":
                self._first = first
                return
            if reply.status != 404:
                raise refusal(reply, self.host)
        text = _(
            "{host} does not answer as a Onetime Secret server does. Check the address, or choose another service."
        )
        raise HandoverRefused(text.format(host=self.host))

    async def _status(self, version: str) -> Reply:
        """Asks for the status.

        onetimesecret.com redirects to one of its own regions; that redirect is followed, no other.
        """
        reply = await self._wire.get(f"/api/{version}/status")
        parts = urlsplit(reply.location) if 300 <= reply.status < 400 else None
        bare = (urlsplit(self._wire.url).hostname or "").removeprefix("www.") == _SERVICE
        if bare and parts and parts.scheme == "https" and (parts.hostname or "").endswith(f".{_SERVICE}"):
            await self._wire.aclose()
            self._wire = self._open(f"https://{parts.hostname}")
            return await self._wire.get(f"/api/{version}/status")
        return reply

    async def conceal(self, text: str, passphrase: Secret, life: Lifetime) -> Made:
        """Makes one link. Raises AnswerLost when a link may have been made that nobody knows."""
        await self.find_out()
        fields = {"secret": text, "passphrase": passphrase.reveal(), "ttl": life.seconds}
        unsent = Repeat.UNSENT
        if self._first:
            reply = await self._wire.post("/api/v1/share", fields, form=True, repeat=unsent)
        else:
            wrapped = {"secret": {"kind": "conceal", **fields}}
            reply = await self._wire.post("/api/v2/secret/conceal", wrapped, repeat=unsent)
        if not reply.ok:
            raise _sending(reply, self.host, passphrase)
        made = self._made(reply.body)
        if made is None:
            raise AnswerLost(_("{host} took the credential, but its answer cannot be read.").format(host=self.host))
        return made

    def _made(self, body: Any) -> Made | None:
        receipt = part(body, "record", "receipt") or part(body, "record", "metadata") or part(body)
        secret = part(body, "record", "secret")
        identifier = _text(receipt, "identifier", "key", "metadata_key")
        key = _text(secret, "identifier", "key") or _text(receipt, "secret_identifier", "secret_key")
        seconds = number(receipt.get("secret_ttl")) or number(secret.get("secret_ttl")) or number(receipt.get("ttl"))
        if not identifier or not key or not seconds:
            return None
        sent = instant(receipt.get("created")) or datetime.now(UTC)
        domain = _text(part(body, "record"), "share_domain") or _text(receipt, "share_domain")
        root = f"https://{domain}" if domain else self._wire.url
        owner = str(receipt.get("owner_id") or receipt.get("custid") or "anon")
        link, life = Secret(f"{root}/secret/{key}"), Lifetime(int(seconds))
        return Made(link, Secret(identifier), sent, sent + timedelta(seconds=life.seconds), life, owner == "anon")

    async def look(self, receipt: Secret) -> Look:
        """Returns the state of a link by its receipt.

        The link itself is never opened, because that counts as a visit.
        """
        await self.find_out()
        reply, _name = await self._receipt(receipt)
        if reply.status == 404:
            return Look(State.GONE)
        if not reply.ok or not reply.readable:
            raise refusal(reply, self.host, receipt)
        if self._first:
            return of_receipt(reply.body)
        return of_receipt(part(reply.body, "record"), part(reply.body, "details"))

    async def burn(self, receipt: Secret, passphrase: Secret | None) -> Look:
        """Withdraws a link and returns its state, which may be that somebody opened it first."""
        await self.find_out()
        found, name = await self._receipt(receipt)
        if found.status == 404:
            return Look(State.GONE)
        if not found.ok:
            raise refusal(found, self.host, receipt)
        word = {"passphrase": passphrase.reveal()} if passphrase else {}
        path = f"{self._version}/{name}/{receipt.reveal()}/burn"
        fields: Mapping[str, Any] = word if self._first else {"continue": True, **word}
        reply = await self._wire.post(path, fields, form=bool(self._first))
        if reply.status in (422, 429):
            raise _unopened(reply, self.host)
        look = await self.look(receipt)  # the state is what counts, whatever the answer was
        if look.state in (State.WAITING, State.FETCHED):
            if self._first and reply.status == 404:
                raise _wrong()
            raise refusal(reply, self.host, receipt)
        return look

    async def reveal(self, key: str, passphrase: Secret) -> Secret:
        """Opens a link, which uses it up. Returns the text sealed (domain.letter).

        Raises WrongPassphrase (not used up), LinkGone, or AnswerLost when it may be used up; it is then not tried
        again.
        """
        await self.find_out()
        word = {"passphrase": passphrase.reveal()}
        if self._first:
            reply = await self._wire.post(f"/api/v1/secret/{key}", word, form=True)
        else:
            reply = await self._wire.post(f"/api/v2/secret/{key}/reveal", {**word, "continue": True})
        body = part(reply.body) if self._first else part(reply.body, "record")
        value = body.get("value" if self._first else "secret_value")
        if reply.ok and isinstance(value, str) and value:
            return sealed(value)
        raise self._not_opened(reply, passphrase)

    def _not_opened(self, reply: Reply, passphrase: Secret) -> Exception:
        if (reply.ok and reply.readable) or reply.status in (422, 429):
            return _unopened(reply, self.host)
        if reply.status == 404:
            return LinkGone(_gone(either=bool(self._first)))
        if (reply.status == 0 and reply.sent) or reply.status >= 500 or reply.ok:
            return AnswerLost(_lost(self.host))
        return refusal(reply, self.host, passphrase)

    @property
    def _version(self) -> str:
        return "/api/v1" if self._first else "/api/v2"

    async def _receipt(self, receipt: Secret) -> tuple[Reply, str]:
        """Returns the receipt and the path name under which it was found, the present or the old one."""
        names = ("private",) if self._first else ("receipt", "private")
        reply = Reply()
        for name in names:
            reply = await self._wire.get(f"{self._version}/{name}/{receipt.reveal()}")
            if reply.status != 404:
                return reply, name
        return reply, names[-1]


def _text(found: Mapping[str, Any], *names: str) -> str:
    return next((value for name in names if isinstance(value := found.get(name), str) and value), "")


def _sending(reply: Reply, host: str, passphrase: Secret) -> Exception:
    """Returns the error for a link that was not made, or not known to be made."""
    if (reply.status == 0 and reply.sent) or reply.status >= 500:
        text = _("{host} did not answer, so a link may have been made that nobody knows. It was not asked again.")
        return AnswerLost(text.format(host=host))
    return refusal(reply, host, passphrase)


def _unopened(reply: Reply, host: str) -> HandoverRefused | Unreachable:
    """Returns the error for a link that was not opened."""
    if reply.status != 429:
        return _wrong()
    wait = number(reply.body.get("retry_after")) if isinstance(reply.body, dict) else None
    minutes = max(1, round((wait or number(reply.retry_after) or 60) / 60))
    text = ngettext(
        "{host} is locked after too many tries. Nothing was opened. Try again in {n} minute.",
        "{host} is locked after too many tries. Nothing was opened. Try again in {n} minutes.",
        minutes,
    )
    return HandoverRefused(text.format(host=host, n=minutes))


def _wrong() -> WrongPassphrase:
    return WrongPassphrase(
        _("The passphrase is wrong. Nothing was opened; after five wrong ones the link is locked for half an hour.")
    )


def _gone(*, either: bool) -> str:
    if either:  # v1 has one answer for both
        return _(
            "The passphrase is wrong, or the link was used, withdrawn or has expired: this server does not say which."
        )
    return _(
        "The link is not known: it was used already, was withdrawn, or has expired. Ask the sender whether they "
        "opened it; if nobody did, they need to make a new credential."
    )


def _lost(host: str) -> str:
    text = _(
        "{host} did not answer. The link may be used up now, so it is not asked again. Ask the sender whether it "
        "shows as opened; if so, ask for a new credential."
    )
    return text.format(host=host)
