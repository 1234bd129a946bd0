"""Decodes Personio's sign-in answer and its list of attributes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec

from alleo_onboard.domain.attributes import Attribute
from alleo_onboard.domain.secret import Secret
from alleo_onboard.net.json_text import Flaw, Unreadable, decoded


@dataclass(frozen=True, slots=True)
class Problem:
    """Personio's own error: `{"success": false, "error": {"code": 403, "message": "..."}}`."""

    code: int  # 0 when Personio sent none
    message: str


class Unsuccessful(Exception):  # noqa: N818 - Personio's word
    """The HTTP status is 200 but the body says `"success": false`."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


class Envelope(msgspec.Struct):
    """The outer structure of every answer of v1: data, or success false with an error."""

    success: Any = None
    error: Any = None


class _Answer(Envelope):
    """An answer with data."""

    data: Any = None


_ANSWER = msgspec.json.Decoder(_Answer)


def required(answer: Any) -> Any:
    """Returns the data of a successful answer. Raises Unsuccessful, or Unreadable when there is no data."""
    if answer.success is False:
        raise Unsuccessful(_problem(answer.error))
    if answer.data is None:
        raise Unreadable(Flaw.SHAPE)
    return answer.data


def problem_in(content: bytes) -> Problem | None:
    """Returns Personio's error in an answer, or None when the answer is not from Personio."""
    try:
        answer = decoded(content, _ANSWER)
    except Unreadable:
        return None
    return _problem(answer.error) if answer.error else None


def _problem(error: Any) -> Problem:
    """Returns the problem in an "error" value."""
    if not isinstance(error, dict):
        return Problem(0, error if isinstance(error, str) else "")
    code, message = error.get("code"), error.get("message")
    return Problem(code if type(code) is int else 0, message if isinstance(message, str) else "")


def token_and_scopes(content: bytes) -> tuple[Secret, tuple[str, ...]]:
    """Returns token and scopes from `{"data": {"token": "papi-...", "scope": "employees:read ..."}}`.

    Older answers have no scope. Raises Unsuccessful, Unreadable.
    """
    data = required(decoded(content, _ANSWER))
    token = data.get("token") if isinstance(data, dict) else None
    if not isinstance(token, str) or not token or not (token.isascii() and token.isprintable()):
        raise Unreadable(Flaw.SHAPE)
    scope = data.get("scope")
    words = scope if isinstance(scope, list) else scope.split() if isinstance(scope, str) else []
    return Secret(token), tuple(word for word in words if isinstance(word, str))


def attributes_in(content: bytes) -> tuple[Attribute, ...]:
    """Returns the attributes in the listing. Rows without a key are left out; labels are not changed.

    Raises Unsuccessful, Unreadable.
    """
    data = required(decoded(content, _ANSWER))
    if not isinstance(data, list):
        raise Unreadable(Flaw.SHAPE)
    return tuple(_attribute(row) for row in data if isinstance(row, dict) and _text(row.get("key")))


def _attribute(row: dict[str, Any]) -> Attribute:
    """Returns one attribute."""
    options = row.get("options")
    return Attribute(
        key=row["key"],
        label=_text(row.get("label")) or "",
        type=_text(row.get("type")),
        universal_id=_text(row.get("universal_id")),
        options=tuple(o for o in options if isinstance(o, str)) if isinstance(options, list) else None,
    )


def _text(value: Any) -> str | None:
    """Returns non-empty text, or None for any other value."""
    return value if isinstance(value, str) and value else None
