"""Turns Personio's error answers into errors with a sentence that says what to do."""

from __future__ import annotations

from enum import Enum, auto

from alleo_onboard.domain.errors import CredentialRejected, EmployeesNotReadable, Trouble, Unreachable
from alleo_onboard.domain.secret import Secret
from alleo_onboard.locale import _
from alleo_onboard.net.failure import plain
from alleo_onboard.personio.answers import Problem

# Words in the three texts with which Personio refuses a token (its API description, and reports of users).
_ABOUT_THE_TOKEN = ("authorization is not", "blacklisted", "unauthorized")


class Ruling(Enum):
    """What an error answer means."""

    THROTTLED = auto()  # wait and retry
    SERVER_ERROR = auto()  # wait and retry
    TOKEN = auto()  # the token may have expired
    NO_RIGHT = auto()  # signed in, but without the right to read employees
    UNUSABLE = auto()  # the same request would get the same answer


def rule(status: int, problem: Problem | None) -> Ruling:
    """Returns what a status and Personio's error mean. An error sent with status 200 is judged by its own code."""
    if status == 200:
        status = problem.code if problem and 400 <= problem.code <= 599 else 500
    words = problem.message.casefold() if problem else ""
    if "forbidden" in words:
        return Ruling.NO_RIGHT
    if status == 429:
        return Ruling.THROTTLED
    if status >= 500:
        return Ruling.SERVER_ERROR
    return Ruling.TOKEN if status in (401, 403) else Ruling.UNUSABLE


def rejected_at_sign_in(status: int, problem: Problem | None) -> bool:
    """Returns whether the answer to a sign-in says that the credential is wrong.

    That is 400, 401, 403, or an error with these codes sent with status 200.
    """
    if status in (400, 401, 403):
        return True
    said = problem.message.casefold() if problem else ""
    return status == 200 and problem is not None and (problem.code in (400, 401, 403) or "credential" in said)


def credential_rejected(host: str, problem: Problem | None, *secrets: Secret) -> CredentialRejected:
    """Returns the error for a credential that Personio does not accept."""
    said = _(
        "Personio at {host} does not accept this client id and client secret. Copy both again from the integration "
        "in Personio; if the secret is no longer known, create a new credential there."
    )
    return CredentialRejected(_with_words(said.format(host=host), problem, *secrets)).about("secret")


def refused(host: str, status: int, problem: Problem | None, *secrets: Secret) -> Trouble:
    """Returns the error for a read that is refused although the token is new."""
    words = problem.message.casefold() if problem else ""
    if status == 401 or any(text in words for text in _ABOUT_THE_TOKEN):
        said = _("Personio at {host} accepts the credential, but not the token that it gave for it. Try again later.")
        return CredentialRejected(_with_words(said.format(host=host), problem, *secrets))
    if problem is None:
        said = _(
            "{host} answered {status}, but not in the way Personio does. A proxy or firewall may be refusing; "
            "ask whoever runs the network."
        )
        return Unreachable(said.format(host=host, status=status))
    return not_readable(host, problem, *secrets)


def not_readable(host: str, problem: Problem | None, *secrets: Secret) -> EmployeesNotReadable:
    """Returns the error for a credential without the right to read employees."""
    said = _(
        "Personio at {host} accepts the credential, but it may not read employees. In Personio, open the integration "
        "and tick Read for Employees."
    )
    return EmployeesNotReadable(_with_words(said.format(host=host), problem, *secrets))


def unusable(host: str, status: int, problem: Problem | None, *secrets: Secret) -> Unreachable:
    """Returns the error for an answer that a retry does not change."""
    said = _("{host} answered with status {status}, which Personio's API does not. Check the base URL.")
    if problem is not None:
        said = _("Personio at {host} refused the request with status {status}.")
    return Unreachable(_with_words(said.format(host=host, status=status), problem, *secrets))


def redirected(host: str, target: str) -> Unreachable:
    """Returns the error for a redirect."""
    said = _(
        "{host} redirects to {target}. Redirects are not followed, so that the credential goes nowhere else. "
        "Check the base URL."
    )
    return Unreachable(said.format(host=host, target=target))


def troubled(host: str, status: int, problem: Problem | None, *secrets: Secret) -> str:
    """Returns the sentence for an error that a retry may solve."""
    said = _("Personio at {host} has trouble answering (status {status}).").format(host=host, status=status)
    if status == 429:
        said = _("Personio at {host} asks for fewer requests.").format(host=host)
    return _with_words(said, problem, *secrets)


def _with_words(sentence: str, problem: Problem | None, *secrets: Secret) -> str:
    """Returns the sentence with Personio's own words added."""
    words = plain(problem.message, *secrets) if problem else ""
    return _('{sentence} Personio says: "{words}"').format(sentence=sentence, words=words) if words else sentence
