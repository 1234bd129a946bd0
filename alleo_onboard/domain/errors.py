"""What can end a command, drawn as a tree; each leaf is one exit code of the command line.

    Trouble
    ├── Usage                2  the call or a setting is wrong
    ├── Refused              3
    │   ├── CredentialRejected  Personio does not accept client id and secret
    │   ├── DeliveryRefused         Alleo does not accept the sign-in, or the address is not a SCIM server
    │   │   └── HostKeyUnknown      an SFTP server whose keys nobody has confirmed yet
    │   │       └── HostKeyChanged      it shows other keys than were confirmed
    │   └── HandoverRefused         the service that carries the credential refuses
    │       ├── LinkGone                the link was used, withdrawn, has expired, or never was
    │       └── WrongPassphrase         nothing was opened
    ├── NotReady             4  the check found errors
    │   ├── EmployeesNotReadable    signed in, but without the right to read employees
    │   ├── UploadAwaited           a workbook for the portal waits for a person
    │   ├── NoScheduler             nothing on this machine starts programs every day
    │   └── BasisChanged            what the last run rested on is not what it was
    ├── GuardTripped         5  unusually many people would lose Alleo
    │   ├── UpdateGuardTripped      or would get another e-mail address
    │   └── BudgetGuardTripped      or unusually much would be paid
    ├── PlanStale            6  Personio or Alleo changed since the plan was saved, or shown
    ├── Unreachable          7  no usable answer after retries, or an incomplete read
    │   └── AnswerLost              and what was asked for may have been done
    └── Locked               9  another run of this profile is under way

Messages are sentences for a person: what happened and what to do. They never hold a secret.
"""

from __future__ import annotations

TYPE_CHECKING = False  # a copy of typing's constant; importing typing would slow down quick commands
if TYPE_CHECKING:
    from typing import Self

    from alleo_onboard.domain.finding import Finding


class Trouble(Exception):  # noqa: N818 - the field's word, and the base of words, not of failures in code
    """Something a person has to know about; `str()` is the sentence to show.

    `field` names the setting or secret whose value was refused, so that a form can go to it; "" if there is none.
    """

    field = ""

    def about(self, field: str) -> Self:
        """Returns the error with the name of the refused setting, unless it has one already."""
        self.field = self.field or field
        return self


class Concerning:
    """A `with` block in which every Trouble is about one setting or secret."""

    def __init__(self, field: str) -> None:
        self._field = field

    def __enter__(self) -> None:
        """Starts the block."""

    def __exit__(self, _kind: object, error: BaseException | None, _where: object) -> None:
        if isinstance(error, Trouble):
            error.about(self._field)


class Usage(Trouble):
    """The call, the environment or a setting is wrong."""


class Refused(Trouble):
    """A credential or a delivery was refused."""


class CredentialRejected(Refused):
    """Personio answered 400, 401 or 403 to the sign-in."""


class DeliveryRefused(Refused):
    """Alleo did not accept the sign-in, or does not answer as a SCIM server."""


class HostKeyUnknown(DeliveryRefused):
    """Nobody has confirmed the server's host keys yet. `keys` are the keys it shows, each as `type SHA256:...`."""

    def __init__(self, message: str, keys: tuple[str, ...]) -> None:
        super().__init__(message)
        self.keys = keys


class HostKeyChanged(HostKeyUnknown):
    """The server shows other host keys than the confirmed ones."""


class HandoverRefused(Refused):
    """A one-time-secret service or password manager does not do what was asked."""


class LinkGone(HandoverRefused):
    """The service knows no such link any more; it never says why."""


class WrongPassphrase(HandoverRefused):
    """The passphrase does not open the link. The link is not used up, but a few more wrong tries lock it."""


class NotReady(Trouble):
    """Errors were found; nothing was written."""


class UploadAwaited(NotReady):
    """A workbook for the portal has not been confirmed as uploaded."""


class NoScheduler(NotReady):
    """Nothing on this machine starts programs every day."""


class EmployeesNotReadable(NotReady):
    """Signed in, but the credential has no right to read employees."""


class BasisChanged(NotReady):
    """An address, the Alleo field or the people are others than at the last run; nothing was written.

    `findings` say what: `basis_changed`, with subject, and before and now as details.
    """

    def __init__(self, sentence: str, findings: tuple[Finding, ...] = ()) -> None:
        super().__init__(sentence)
        self.findings = findings


class GuardTripped(Trouble):
    """The run would offboard more people than is usual; nothing was written."""


class UpdateGuardTripped(GuardTripped):
    """The run would change the e-mail address of more people than is usual; nothing was written."""


class BudgetGuardTripped(GuardTripped):
    """The run would add to monthly budgets, or pay once, more than is usual; nothing was written."""


class PlanStale(Trouble):
    """A saved plan no longer describes what would happen; nothing was written."""


class Unreachable(Trouble):
    """No usable answer came, after retries."""


class AnswerLost(Unreachable):
    """The request was sent and no answer came: it may have been carried out, and is not repeated."""


class Locked(Trouble):
    """Another run of the same profile is in progress."""


# These come from having judged what was read: a command that ends with one of them still has a document to show.
JUDGED = (Refused, NotReady, GuardTripped, PlanStale)
