"""Requests to a one-time-secret service, and what came of each."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from alleo_onboard.domain.secret import Secret
from alleo_onboard.net.failure import plain
from alleo_onboard.net.http import Ask, Http, Repeat, basic
from alleo_onboard.net.http import Reply as HttpReply
from alleo_onboard.net.patience import DEFAULT_PATIENCE, Patience


@dataclass(frozen=True, slots=True)
class Account:
    """Who signs in with HTTP basic: e-mail address or external id, and an API token."""

    user: str
    token: Secret


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer. `status` is 0 where none came: `sentence` says why, and `sent` whether it may have been acted on.

    `body` is the decoded JSON, None where there is none or it is something else.
    """

    status: int = 0
    body: Any = field(default=None, repr=False)
    retry_after: str | None = None
    sentence: str = ""
    sent: bool = True
    location: str = ""

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    @property
    def readable(self) -> bool:
        """Whether it speaks JSON as the service does; a proxy's or block page does not."""
        return isinstance(self.body, dict)

    def said(self, *secrets: Secret | str) -> str:
        """The service's own sentence, fit to be shown; what opens something is masked."""
        found = self.body if isinstance(self.body, dict) else {}
        told = found.get("error") or found.get("message") or ""
        return plain(str(told), *(one if isinstance(one, Secret) else Secret(one) for one in secrets)).rstrip(".")

    @property
    def kind(self) -> str:
        """The service's `error_type`."""
        return str(self.body.get("error_type", "")) if isinstance(self.body, dict) else ""


class Wire:
    """Requests to one base address. Redirects are not followed: a secret goes where it was meant to go, or nowhere."""

    def __init__(
        self,
        url: str,
        account: Account | None = None,
        *,
        ca_file: str | None = None,
        patience: Patience = DEFAULT_PATIENCE,
    ) -> None:
        headers = {"Accept": "application/json"}
        if account:
            headers["Authorization"] = basic(account.user, account.token)
        self._http = Http(url, headers=headers, ca_file=ca_file, patience=patience)
        self.url, self.host = self._http.url, self._http.host

    async def get(self, path: str) -> Reply:
        """Asked again while patience lasts: reading changes nothing."""
        return _read(await self._http.reply(Ask("GET", path)))

    async def post(
        self, path: str, fields: Mapping[str, Any], *, form: bool = False, repeat: Repeat = Repeat.NEVER
    ) -> Reply:
        """Sent once, or as `repeat` allows."""
        if form:
            written = {name: str(value) for name, value in fields.items()}
            return _read(await self._http.reply(Ask("POST", path, form=written, repeat=repeat)))
        headers, body = {"Content-Type": "application/json"}, json.dumps(fields).encode()
        return _read(await self._http.reply(Ask("POST", path, headers, body, repeat=repeat)))

    async def aclose(self) -> None:
        await self._http.aclose()


def _read(reply: HttpReply) -> Reply:
    if reply.failure:
        return Reply(sentence=reply.failure.sentence, sent=reply.ambiguous)
    return Reply(reply.status, _decoded(reply.body), reply.retry_after, location=reply.location)


def _decoded(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None
