"""What came back from one request, and the words for it when it was not what was asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from alleo_onboard.domain.errors import Unreachable
from alleo_onboard.domain.progress import Why
from alleo_onboard.locale import _
from alleo_onboard.net.body import too_large

_DETAIL_KEYS = ("detail", "message", "description", "error_description")
_DETAIL_LENGTH = 200


class Loss(StrEnum):
    """Why there is no answer at all."""

    UNSENT = "unsent"  # no connection came about, so the server cannot have acted
    UNANSWERED = "unanswered"  # the request went out; whether the server acted is not known
    OVERSIZED = "oversized"  # the answer is too large to take in; the server may have acted
    UNTRUSTED = "untrusted"  # the server's certificate is not trusted


@dataclass(frozen=True, slots=True)
class Answer:
    """`status` is 0 without an answer; `body` is the decoded JSON, None where there is none.

    `broken` marks a success whose JSON cannot be read, as a body cut short leaves it. `after_doubt` tells that an
    earlier try of the same request may have been acted on.
    """

    status: int = 0
    body: Any = field(default=None, repr=False)
    location: str = ""
    retry_after: str | None = None
    loss: Loss | None = None
    broken: bool = False
    after_doubt: bool = False

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300 and not self.broken

    @property
    def ambiguous(self) -> bool:
        """Whether the server may have acted although it did not say so."""
        failed = self.status >= 500 and self.status != 501
        return self.loss in (Loss.UNANSWERED, Loss.OVERSIZED) or failed or self.broken

    @property
    def settled(self) -> bool:
        """Whether a refusal means that nothing was done, by this try or an earlier one."""
        return not (self.ambiguous or self.after_doubt)

    @property
    def why(self) -> Why | None:
        """Why asking again could help, or None where it could not."""
        if self.loss:
            return None if self.loss in (Loss.UNTRUSTED, Loss.OVERSIZED) else Why.CONNECTION
        if self.status == 429:
            return Why.THROTTLED
        return Why.SERVER_ERROR if self.ambiguous else None


def unreachable(answer: Answer, host: str) -> Unreachable:
    """The error for a read that did not work out."""
    return Unreachable(_silence(answer, host))


def refusal(answer: Answer, host: str) -> str:
    """One sentence on why a write did not work out. The server's own words in it are not masked yet."""
    if answer.loss or answer.status == 429 or answer.status >= 500 or answer.broken:
        return _silence(answer, host)
    if answer.status == 409:
        text = _("Alleo already has an account with this address or id (409).")
    elif 300 <= answer.status < 400:
        text = _("{host} sends this request to another address ({status}), which is not followed.")
    else:
        text = _("Alleo refused this change ({status}).")
    text = text.format(host=host, status=answer.status)
    detail = _detail(answer.body)
    return _("{sentence} It says: {detail}").format(sentence=text, detail=detail) if detail else text


def _silence(answer: Answer, host: str) -> str:
    if answer.loss is Loss.OVERSIZED:
        return too_large(host)
    if answer.loss is Loss.UNTRUSTED:
        text = _(
            "The certificate of {host} is not trusted by this computer. Where a company inspects TLS, "
            "name its certificate file with --ca-file."
        )
    elif answer.loss is Loss.UNSENT:
        text = _("{host} cannot be reached. Check the address and the network, then try again.")
    elif answer.loss:
        text = _("{host} did not answer. Try again later.")
    elif answer.status == 429:
        text = _("{host} keeps asking to wait (429). Try again later.")
    elif answer.broken:
        text = _("The answer of {host} was cut short. Try again later.")
    else:
        text = _("{host} answers with an error ({status}). Try again later.")
    return text.format(host=host, status=answer.status)


def _detail(body: Any) -> str:
    """What a server gives as reason, on one line; also where it wraps its error in another object."""
    if not isinstance(body, Mapping):
        return ""
    for key in _DETAIL_KEYS:
        if isinstance(text := body.get(key), str) and text.strip():
            line = "".join(c if c.isprintable() else " " for c in text)
            return " ".join(line.split())
    return _detail(body.get("error"))


def shortened(text: str) -> str:
    """A sentence that holds a server's words, at a length fit for a table."""
    return text if len(text) <= _DETAIL_LENGTH else text[: _DETAIL_LENGTH - 1] + "…"
