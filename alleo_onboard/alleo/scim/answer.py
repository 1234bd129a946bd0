"""The answer to one SCIM request, and the sentences for errors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from alleo_onboard.domain.errors import Unreachable
from alleo_onboard.domain.progress import Why
from alleo_onboard.locale import _
from alleo_onboard.net.failure import Failure
from alleo_onboard.net.http import Http, Reply
from alleo_onboard.net.json_text import Flaw, Unreadable, flawed

_DETAIL_KEYS = ("detail", "message", "description", "error_description")
_DETAIL_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. Without an answer `status` is 0 and `reply.failure` says why.

    `body` is the decoded JSON, None when there is none; `flaw` says why a body could not be decoded.
    """

    reply: Reply = field(default_factory=Reply)
    body: Any = field(default=None, repr=False)
    flaw: Flaw | None = None

    @property
    def status(self) -> int:
        """Returns the HTTP status, 0 without an answer."""
        return self.reply.status

    @property
    def failure(self) -> Failure | None:
        """Returns why there is no answer, or None."""
        return self.reply.failure

    @property
    def broken(self) -> bool:
        """Returns whether a success promised JSON but its body cannot be decoded, e.g. because it was cut short."""
        announced = "json" in self.reply.headers.get("content-type", "")
        return self.reply.ok and announced and self.flaw not in (None, Flaw.EMPTY)

    @property
    def ok(self) -> bool:
        """Returns whether the request succeeded."""
        return self.reply.ok and not self.broken

    @property
    def ambiguous(self) -> bool:
        """Returns whether the server may have acted although it did not confirm it."""
        return self.reply.ambiguous or self.broken

    @property
    def settled(self) -> bool:
        """Returns whether a refusal proves that nothing was done, in this attempt or an earlier one."""
        return not (self.ambiguous or self.reply.after_doubt)

    @property
    def why(self) -> Why | None:
        """Returns why a retry may help, or None."""
        return Why.SERVER_ERROR if self.broken else self.reply.why

    @property
    def unusable(self) -> bool:
        """Returns whether there is no usable answer: none came, or the server has an error."""
        return bool(self.failure or self.why)


def answer_of(reply: Reply) -> Answer:
    """Returns a reply with its body decoded."""
    if reply.failure:
        return Answer(reply)
    try:
        return Answer(reply, reply.json())
    except Unreadable as unreadable:
        return Answer(reply, None, unreadable.flaw)


def unreachable(answer: Answer, http: Http) -> Unreachable:
    """Returns the error for a failed read."""
    said = _silence(answer, http.host)
    return Unreachable(said if answer.failure and answer.failure.final else http.given_up(said, answer.reply))


def refusal(answer: Answer, host: str) -> str:
    """Returns a sentence about a failed write. The server's own text in it is not masked yet."""
    if answer.failure or answer.status == 429 or answer.status >= 500 or answer.broken:
        return _silence(answer, host)
    if answer.status == 409:
        text = _("Alleo already has an account with this address or id (409).")
    elif answer.status == 403:
        text = _("Alleo does not allow this change of this account (403).")
    elif 300 <= answer.status < 400:
        text = _("{host} sends this request to another address ({status}), which is not followed.")
    else:
        text = _("Alleo refused this change ({status}).")
    text = text.format(host=host, status=answer.status)
    words = detail(answer.body)
    return _("{sentence} It says: {detail}").format(sentence=text, detail=words) if words else text


def _silence(answer: Answer, host: str) -> str:
    """Returns the sentence for a missing or unusable answer."""
    if answer.failure:
        return answer.failure.sentence
    if answer.flaw and answer.reply.ok:
        return flawed(host, answer.flaw)
    if answer.status == 429:
        return _("{host} keeps asking to wait (429). Try again later.").format(host=host)
    return _("{host} answers with an error ({status}). Try again later.").format(host=host, status=answer.status)


def detail(body: Any) -> str:
    """Returns the reason that a server gives, on one line, also from an error object inside another one."""
    if not isinstance(body, Mapping):
        return ""
    for key in _DETAIL_KEYS:
        if isinstance(text := body.get(key), str) and text.strip():
            line = "".join(c if c.isprintable() else " " for c in text)
            return " ".join(line.split())
    return detail(body.get("error"))


def shortened(text: str, most: int = _DETAIL_LENGTH) -> str:
    """Returns the sentence cut to `most` characters."""
    return text if len(text) <= most else text[: most - 1] + "…"
