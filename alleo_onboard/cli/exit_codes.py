"""Exit codes. Scripts rely on them (product.md, "Command line")."""

from __future__ import annotations

from enum import IntEnum

from alleo_onboard.domain import errors


class Exit(IntEnum):
    """The exit codes."""

    DONE = 0
    UNEXPECTED = 1
    USAGE = 2
    REFUSED = 3
    NOT_READY = 4
    GUARD = 5
    STALE = 6
    UNREACHABLE = 7
    FAILED_CHANGES = 8
    LOCKED = 9
    INTERRUPTED = 130


# With these codes a command has a result, and prints a JSON document if requested.
JUDGED = frozenset({Exit.DONE, Exit.REFUSED, Exit.NOT_READY, Exit.GUARD, Exit.STALE, Exit.FAILED_CHANGES})


_BY_TROUBLE: tuple[tuple[type[errors.Trouble], Exit], ...] = (
    (errors.Usage, Exit.USAGE),
    (errors.Refused, Exit.REFUSED),
    (errors.NotReady, Exit.NOT_READY),
    (errors.GuardTripped, Exit.GUARD),
    (errors.PlanStale, Exit.STALE),
    (errors.Unreachable, Exit.UNREACHABLE),
    (errors.Locked, Exit.LOCKED),
)


def exit_of(trouble: errors.Trouble) -> Exit:
    """Returns the exit code for an error."""
    return next((code for kind, code in _BY_TROUBLE if isinstance(trouble, kind)), Exit.UNEXPECTED)
