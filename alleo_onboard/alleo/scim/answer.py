"""What came back from one request, and the words for it when it was not what was asked for."""

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
    """`status` is 0 without an answer, and `reply.failure` says why; `body` is the decoded JSON, None where there is
    none. `flaw` says what a body is that could not be decoded."""

    reply: Reply = field(default_factory=Reply)
    body: Any = field(default=None, repr=False)
    flaw: Flaw | None = None

    @property
    def status(self) -> int:
        return self.reply.status

    @property
    def failure(self) -> Failure | None:
        return self.reply.failure

    @property
    def broken(self) -> bool:
        """A success that announced JSON and brought none, as a body cut short leaves it."""
        announced = "json" in self.reply.headers.get("content-type", "")
        return self.reply.ok and announced and self.flaw not in (None, Flaw.EMPTY)

    @property
    def ok(self) -> bool:
        return self.reply.ok and not self.broken

    @property
    def ambiguous(self) -> bool:
        """Whether the server may have acted although it did not say so."""
        return self.reply.ambiguous or self.broken

    @property
    def settled(self) -> bool:
        """Whether a refusal means that nothing was done, by this try or an earlier one."""
        return not (self.ambiguous or self.reply.after_doubt)

    @property
    def why(self) -> Why | None:
        """Why asking again could help, or None where it could not."""
        return Why.SERVER_ERROR if self.broken else self.reply.why

    @property
    def unusable(self) -> bool:
        """Whether there is no answer to go by: none came, or one of a server in trouble."""
        return bool(self.failure or self.why)


def answer_of(reply: Reply) -> Answer:
    """A reply with its body decoded."""
    if reply.failure:
        return Answer(reply)
    try:
        return Answer(reply, reply.json())
    except Unreadable as unreadable:
        return Answer(reply, None, unreadable.flaw)


def unreachable(answer: Answer, http: Http) -> Unreachable:
    """The error for a read that did not work out."""
    said = _silence(answer, http.host)
    return Unreachable(said if answer.failure and answer.failure.final else http.given_up(said, answer.reply))


def refusal(answer: Answer, host: str) -> str:
    """One sentence on why a write did not work out. The server's own words in it are not masked yet."""
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
    if answer.failure:
        return answer.failure.sentence
    if answer.flaw and answer.reply.ok:
        return flawed(host, answer.flaw)
    if answer.status == 429:
        return _("{host} keeps asking to wait (429). Try again later.").format(host=host)
    return _("{host} answers with an error ({status}). Try again later.").format(host=host, status=answer.status)


def detail(body: Any) -> str:
    """What a server gives as reason, on one line; also where it wraps its error in another object."""
    if not isinstance(body, Mapping):
        return ""
    for key in _DETAIL_KEYS:
        if isinstance(text := body.get(key), str) and text.strip():
            line = "".join(c if c.isprintable() else " " for c in text)
            return " ".join(line.split())
    return detail(body.get("error"))


def shortened(text: str, most: int = _DETAIL_LENGTH) -> str:
    """A sentence that holds a server's words, at a length fit for a table."""
    return text if len(text) <= most else text[: most - 1] + "…"
