"""Sends signed requests to one SCIM server."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import quote

from alleo_onboard.alleo.scim.answer import Answer, answer_of, detail, refusal, shortened, unreachable
from alleo_onboard.alleo.scim.settings import SLOT, ScimSettings
from alleo_onboard.alleo.scim.signin import Credentials, credentials
from alleo_onboard.alleo.scim.writing import encode
from alleo_onboard.domain.errors import Concerning, DeliveryRefused, Unreachable, Usage
from alleo_onboard.domain.progress import Notify, System
from alleo_onboard.domain.secret import Secret
from alleo_onboard.locale import _
from alleo_onboard.net.address import checked_url
from alleo_onboard.net.http import Again, Ask, Http, Repeat, Reply
from alleo_onboard.net.patience import Patience

_MOST_AT_ONCE = 32
# this many writes answered with 403, and none accepted, mean a missing right and not single protected accounts
_ALL_REFUSED = 5
_SENTENCES = 400  # characters of a sentence; room for what happened, the number of attempts and the server's wait
_ACCEPT = "application/scim+json, application/json"
_CONTENT = "application/scim+json"


class Api:
    """One SCIM server. Reads raise DeliveryRefused and Unreachable."""

    def __init__(
        self, settings: ScimSettings, secret: Secret, *, notify: Notify, ca_file: str | None, patience: Patience
    ) -> None:
        """Raises Usage when the settings cannot work."""
        if not settings.url.strip():
            raise Usage(_("The SCIM address that Alleo gave is missing."))
        with Concerning("url"):
            self.base = checked_url(settings.url).removesuffix("/Users").rstrip("/")
        self.notify, self.patience = notify, patience
        concurrency = min(max(settings.concurrency, 1), _MOST_AT_ONCE)
        connect = partial(Http, system=System.ALLEO, notify=notify, ca_file=ca_file, patience=patience)
        self._credentials: Credentials = credentials(settings, secret, connect)
        self.http = connect(self.base, headers={"Accept": _ACCEPT}, concurrency=concurrency)
        self.host = self.http.host
        self._refused_writes = _Refusals()

    @property
    def clock_ahead(self) -> float | None:
        """Returns the seconds that this machine's clock is ahead of Alleo's last Date header; None before that."""
        return self.http.clock_ahead

    async def get(self, path: str, query: Mapping[str, str] | None = None, *, tolerant: bool = False) -> Answer:
        """Sends a GET. With `tolerant`, 401 and 403 are returned instead of raised.

        Descriptions of the server may be closed to a client that may use the accounts.
        """
        asked = "&".join(f"{quote(name)}={quote(value, safe='')}" for name, value in (query or {}).items())
        answer = await self._send(Ask("GET", f"/{path}?{asked}" if asked else f"/{path}"))
        if answer.status in (401, 403) and not tolerant:
            raise self._refused(answer)
        return answer

    async def one(self, identity: str) -> Answer:
        """Returns the answer about one account. A 403 concerns only this account, so it is returned."""
        answer = await self._send(Ask("GET", f"/Users/{quote(identity, safe='')}"))
        if answer.status == 401:
            raise self._refused(answer)
        return answer

    async def post(self, path: str, body: Mapping[str, Any]) -> Answer:
        """Sends a POST. It is repeated only when the server cannot have acted; check `ambiguous`."""
        return await self._write("POST", path, body, Repeat.UNSENT)

    async def patch(self, path: str, body: Mapping[str, Any], repeat: Repeat = Repeat.ALWAYS) -> Answer:
        """Sends a PATCH. By default it is repeated until there is an answer: setting a value twice does no harm."""
        return await self._write("PATCH", path, body, repeat)

    async def _write(self, method: str, path: str, body: Mapping[str, Any], repeat: Repeat) -> Answer:
        """Sends a write. Raises DeliveryRefused for 401, and for 403 when it is not about single accounts."""
        answer = await self._send(Ask(method, f"/{path}", {"Content-Type": _CONTENT}, encode(body), repeat=repeat))
        if answer.status == 401 or self._refused_writes.everything(answer):
            raise self._refused(answer)
        return answer

    async def _send(self, ask: Ask) -> Answer:
        """Sends a request; with a new token if the old one was refused."""
        answer, header = await self._signed(ask)
        if answer.status == 401 and self._credentials.expire(header):
            answer, _header = await self._signed(ask)
        return answer

    async def _signed(self, ask: Ask) -> tuple[Answer, str]:
        header = await self._credentials.header()
        signed = replace(ask, headers={**ask.headers, "Authorization": header})
        return await self.http.ask(signed, _read), header

    def _refused(self, answer: Answer) -> DeliveryRefused:
        if answer.status == 401:
            field = SLOT
            text = _("Alleo does not accept the sign-in ({host} answers 401). Check the secret that Alleo gave.")
        else:
            field = ""
            text = _("Alleo accepts the sign-in but does not allow this ({host} answers 403). Ask Alleo for the right.")
        said = text.format(host=self.host)
        words = self._credentials.hide(detail(answer.body))
        whole = _("{sentence} It says: {detail}").format(sentence=said, detail=words) if words else said
        return DeliveryRefused(shortened(whole, _SENTENCES)).about(field)

    def unreachable(self, answer: Answer) -> Unreachable:
        """Returns the error for a failed read."""
        return unreachable(answer, self.http)

    def refusal(self, answer: Answer) -> str:
        """Returns a sentence about a failed write, with secrets masked."""
        said = refusal(answer, self.host)
        if answer.why:
            return shortened(self._credentials.hide(self.http.given_up(said, answer.reply)), _SENTENCES)
        return shortened(self._credentials.hide(said))

    async def aclose(self) -> None:
        """Closes the connections."""
        await self._credentials.aclose()
        await self.http.aclose()


class _Refusals:
    """Distinguishes a missing right from single accounts that may not be changed."""

    def __init__(self) -> None:
        self._count = 0
        self._taken = False

    def everything(self, answer: Answer) -> bool:
        """Notes the answer to a write. Returns whether all writes so far got 403, and there were enough of them."""
        self._taken = self._taken or answer.ok
        self._count += answer.status == 403
        return answer.status == 403 and not self._taken and self._count >= _ALL_REFUSED


def _read(reply: Reply) -> Answer | Again:
    answer = answer_of(reply)
    return Again(answer.why, answer) if answer.why else answer
