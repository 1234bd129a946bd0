"""Requests to one SCIM server, signed in, with the errors that end a run told apart from those of one change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from alleo_onboard import __version__
from alleo_onboard.alleo.scim.answer import Answer, refusal, shortened, unreachable
from alleo_onboard.alleo.scim.settings import ScimSettings
from alleo_onboard.alleo.scim.signin import Credentials, credentials
from alleo_onboard.alleo.scim.wire import Wire, encode
from alleo_onboard.domain.errors import DeliveryRefused, Unreachable, Usage
from alleo_onboard.domain.progress import Notify
from alleo_onboard.domain.secret import Secret
from alleo_onboard.locale import _
from alleo_onboard.net.address import checked_url, host_of
from alleo_onboard.net.patience import Patience

_MOST_AT_ONCE = 32
_ACCEPT = b"application/scim+json, application/json"
_CONTENT = b"application/scim+json"


class Api:
    """Raises Usage when made from settings that cannot work."""

    def __init__(
        self, settings: ScimSettings, secret: Secret, *, notify: Notify, ca_file: str | None, patience: Patience
    ) -> None:
        if not settings.url.strip():
            raise Usage(_("The SCIM address that Alleo gave is missing."))
        self.base = checked_url(settings.url).removesuffix("/Users").rstrip("/")
        self.host = host_of(self.base)
        self.notify, self.patience = notify, patience
        concurrency = min(max(settings.concurrency, 1), _MOST_AT_ONCE)
        self.wire = Wire(notify=notify, ca_file=ca_file, patience=patience, concurrency=concurrency)
        self._credentials: Credentials = credentials(settings, secret, self.wire, patience.clock)

    async def get(self, path: str, query: Mapping[str, str] | None = None, *, tolerant: bool = False) -> Answer:
        """`tolerant` returns 401 and 403 as answers: descriptions may be shut to those who may use the accounts."""
        asked = "&".join(f"{quote(name)}={quote(value, safe='')}" for name, value in (query or {}).items())
        return await self._send("GET", f"{path}?{asked}" if asked else path, None, tolerant=tolerant)

    async def post(self, path: str, body: Mapping[str, Any]) -> Answer:
        """Repeated only where the server cannot have acted; look at `ambiguous`."""
        return await self._send("POST", path, encode(body), again=False)

    async def patch(self, path: str, body: Mapping[str, Any]) -> Answer:
        """Repeated until there is an answer: setting the same values twice is setting them once."""
        return await self._send("PATCH", path, encode(body))

    async def _send(
        self, method: str, path: str, content: bytes | None, *, again: bool = True, tolerant: bool = False
    ) -> Answer:
        answer, header = await self._signed(method, path, content, again=again)
        if answer.status == 401 and self._credentials.expire(header):
            answer, _header = await self._signed(method, path, content, again=again)
        if answer.status in (401, 403) and not tolerant:
            raise self._refused(answer)
        return answer

    async def _signed(self, method: str, path: str, content: bytes | None, *, again: bool) -> tuple[Answer, bytes]:
        header = await self._credentials.header()
        headers = {b"Authorization": header, b"Accept": _ACCEPT, b"User-Agent": f"alleo-onboard/{__version__}".encode()}
        if content is not None:
            headers[b"Content-Type"] = _CONTENT
        return await self.wire.exchange(method, f"{self.base}/{path}", headers, content, again=again), header

    def _refused(self, answer: Answer) -> DeliveryRefused:
        if answer.status == 401:
            text = _("Alleo does not accept the sign-in ({host} answers 401). Check the secret that Alleo gave.")
        else:
            text = _("Alleo accepts the sign-in but does not allow this ({host} answers 403). Ask Alleo for the right.")
        return DeliveryRefused(text.format(host=self.host))

    def unreachable(self, answer: Answer) -> Unreachable:
        """The error for a read that did not work out."""
        return unreachable(answer, self.host)

    def refusal(self, answer: Answer) -> str:
        """One sentence on why a write did not work out, safe to show and to keep."""
        return shortened(self._credentials.hide(refusal(answer, self.host)))

    async def aclose(self) -> None:
        await self.wire.aclose()
