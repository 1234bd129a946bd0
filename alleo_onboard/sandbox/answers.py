"""Error answers of Personio API v1.

Texts and codes come from Personio's published description (401, 403 invalid authorization, 404 employee), from recorded
payloads of client libraries (wrong credentials) and from its forum (missing right, unknown route). When nothing is
recorded - query-string credentials, a missing field, a limit out of range - the structure is real and the text is ours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from alleo_onboard.sandbox.asgi import as_json

if TYPE_CHECKING:
    from alleo_onboard.sandbox.asgi import Response


def failure(status: int, code: int, message: str, *headers: tuple[str, str]) -> Response:
    """Returns an error answer of v1. `code` is Personio's number, not always the HTTP status."""
    return as_json(status, {"success": False, "error": {"code": code, "message": message}}, *headers)


def wrong_credentials() -> Response:
    """Returns the answer to an unknown id or a wrong secret; both look the same."""
    return failure(403, 0, "Wrong credentials")


def query_credentials() -> Response:
    """Returns the answer to credentials in the query (changelog "Deprecated query-string credentials")."""
    return failure(403, 403, "Credentials in the query string are no longer supported. Send them in the body.")


def not_authorized() -> Response:
    """Returns the answer to a request without Authorization header."""
    return failure(401, 401, "Authorization is not provided")


def invalid_authorization() -> Response:
    """Returns the answer to an unknown or expired token."""
    return failure(403, 403, "Provided authorization is not valid")


def forbidden() -> Response:
    """Returns the answer to a request for which the credential has no right."""
    return failure(403, 0, "personio.core.api.exceptions.api.forbidden.http.exception")


def unknown_route() -> Response:
    """Returns the answer to an unknown path or method."""
    return failure(404, 0, "personio.core.api.exceptions.api.not.found.http.exception")


def unknown_employee() -> Response:
    """Returns the answer to an unknown employee id: in German, with the trailing space of the published example."""
    return failure(404, 404, "Es ist ein Problem aufgetreten ")


def bad_parameter(message: str) -> Response:
    """Returns the answer to a parameter out of range. The status is not documented; 400 as in v2."""
    return failure(400, 400, message)


def unavailable() -> Response:
    """Returns the answer of a service that is down."""
    return failure(503, 503, "Something went wrong")
