"""HTTP requests to a one-time-secret service, and their answers."""

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
    """The account for HTTP basic: e-mail address or external id, and an API token."""

    user: str
    token: Secret


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer.

    Without an answer `status` is 0, `sentence` says why, and `sent` is true when the request may have been carried out.
    """

    status: int = 0
    body: Any = field(default=None, repr=False)  # the decoded JSON, None when there is none
    retry_after: str | None = None
    sentence: str = ""
    sent: bool = True
    location: str = ""

    @property
    def ok(self) -> bool:
        """Returns whether the status is 2xx."""
        return 200 <= self.status < 300

    @property
    def readable(self) -> bool:
        """Returns whether the body is JSON of the service, and not the page of a proxy."""
        return isinstance(self.body, dict)

    def said(self, *secrets: Secret | str) -> str:
        """Returns the service's own message with `secrets` masked, for use in a sentence."""
        found = self.body if isinstance(self.body, dict) else {}
        told = found.get("error") or found.get("message") or ""
        return plain(str(told), *(one if isinstance(one, Secret) else Secret(one) for one in secrets)).rstrip(".")

    @property
    def kind(self) -> str:
        """Returns the service's `error_type`."""
        return str(self.body.get("error_type", "")) if isinstance(self.body, dict) else ""


class Wire:
    """Sends requests to one base address. Redirects are not followed, so that a secret goes nowhere else."""

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
        """Sends a GET, with retries. Reading changes nothing."""
        return _read(await self._http.reply(Ask("GET", path)))

    async def post(
        self, path: str, fields: Mapping[str, Any], *, form: bool = False, repeat: Repeat = Repeat.NEVER
    ) -> Reply:
        """Sends a POST once, or again as `repeat` allows."""
        if form:
            written = {name: str(value) for name, value in fields.items()}
            return _read(await self._http.reply(Ask("POST", path, form=written, repeat=repeat)))
        headers, body = {"Content-Type": "application/json"}, json.dumps(fields).encode()
        return _read(await self._http.reply(Ask("POST", path, headers, body, repeat=repeat)))

    async def aclose(self) -> None:
        """Closes the connections."""
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
