"""Error answers of Personio API v1.

Texts and codes from Personio's published description (401, 403 invalid authorization, 404 employee), from recorded
payloads of client libraries (wrong credentials) and from its forum (missing right, unknown route). Where nothing is
recorded - query-string credentials, a missing field, a limit out of range - the envelope is real and the text ours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from alleo_onboard.sandbox.asgi import as_json

if TYPE_CHECKING:
    from alleo_onboard.sandbox.asgi import Response


def failure(status: int, code: int, message: str, *headers: tuple[str, str]) -> Response:
    """The error envelope of v1; `code` is its own number, not always the HTTP status."""
    return as_json(status, {"success": False, "error": {"code": code, "message": message}}, *headers)


def wrong_credentials() -> Response:
    """Unknown id and wrong secret look the same."""
    return failure(403, 0, "Wrong credentials")


def query_credentials() -> Response:
    """Changelog "Deprecated query-string credentials on POST /v1/auth": 403 after the removal date."""
    return failure(403, 403, "Credentials in the query string are no longer supported. Send them in the body.")


def not_authorized() -> Response:
    """No Authorization header."""
    return failure(401, 401, "Authorization is not provided")


def invalid_authorization() -> Response:
    """A token that is unknown or has expired."""
    return failure(403, 403, "Provided authorization is not valid")


def forbidden() -> Response:
    """The credential lacks the right for this route."""
    return failure(403, 0, "personio.core.api.exceptions.api.forbidden.http.exception")


def unknown_route() -> Response:
    """Neither the path nor the method is known."""
    return failure(404, 0, "personio.core.api.exceptions.api.not.found.http.exception")


def unknown_employee() -> Response:
    """German whatever the account's language, with the trailing space of the published example."""
    return failure(404, 404, "Es ist ein Problem aufgetreten ")


def bad_parameter(message: str) -> Response:
    """A parameter out of range; the status is not recorded anywhere, 400 as in v2."""
    return failure(400, 400, message)


def unavailable() -> Response:
    """The service is down for a moment."""
    return failure(503, 503, "Something went wrong")
