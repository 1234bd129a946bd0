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
    """Personio's own words about a failure: `{"success": false, "error": {"code": 403, "message": "..."}}`."""

    code: int
    message: str


class Unsuccessful(Exception):  # noqa: N818 - Personio's word
    """HTTP says 200 and the body says `"success": false`."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


class Envelope(msgspec.Struct):
    """Every answer of v1: data, or success false with an error."""

    success: Any = None
    error: Any = None


class _Answer(Envelope):
    data: Any = None


_ANSWER = msgspec.json.Decoder(_Answer)


def required(answer: Any) -> Any:
    """The data of a successful answer. Raises Unsuccessful, or Unreadable when there is no data."""
    if answer.success is False:
        raise Unsuccessful(_problem(answer.error))
    if answer.data is None:
        raise Unreadable(Flaw.SHAPE)
    return answer.data


def problem_in(content: bytes) -> Problem | None:
    """The problem that an error answer tells, or None when Personio did not write it."""
    try:
        answer = decoded(content, _ANSWER)
    except Unreadable:
        return None
    return _problem(answer.error) if answer.error else None


def _problem(error: Any) -> Problem:
    if not isinstance(error, dict):
        return Problem(0, error if isinstance(error, str) else "")
    code, message = error.get("code"), error.get("message")
    return Problem(code if type(code) is int else 0, message if isinstance(message, str) else "")


def token_and_scopes(content: bytes) -> tuple[Secret, tuple[str, ...]]:
    """From `{"data": {"token": "papi-...", "scope": "employees:read ..."}}`; older answers have no scope."""
    data = required(decoded(content, _ANSWER))
    token = data.get("token") if isinstance(data, dict) else None
    if not isinstance(token, str) or not token or not (token.isascii() and token.isprintable()):
        raise Unreadable(Flaw.SHAPE)
    scope = data.get("scope")
    words = scope if isinstance(scope, list) else scope.split() if isinstance(scope, str) else []
    return Secret(token), tuple(word for word in words if isinstance(word, str))


def attributes_in(content: bytes) -> tuple[Attribute, ...]:
    """From the listing; rows without a key are left out. Labels are as written: their spelling is judged elsewhere."""
    data = required(decoded(content, _ANSWER))
    if not isinstance(data, list):
        raise Unreadable(Flaw.SHAPE)
    return tuple(_attribute(row) for row in data if isinstance(row, dict) and _text(row.get("key")))


def _attribute(row: dict[str, Any]) -> Attribute:
    options = row.get("options")
    return Attribute(
        key=row["key"],
        label=_text(row.get("label")) or "",
        type=_text(row.get("type")),
        universal_id=_text(row.get("universal_id")),
        options=tuple(o for o in options if isinstance(o, str)) if isinstance(options, list) else None,
    )


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None
