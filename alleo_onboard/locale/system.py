"""Messages of the operating system, listed for translation."""

from __future__ import annotations

from alleo_onboard.locale import N_, _

MESSAGES = (
    N_("No such file or directory"),
    N_("Permission denied"),
    N_("Operation not permitted"),
    N_("Is a directory"),
    N_("Not a directory"),
    N_("File exists"),
    N_("File name too long"),
    N_("No space left on device"),
    N_("Disk quota exceeded"),
    N_("Read-only file system"),
    N_("Input/output error"),
    N_("Too many open files"),
    N_("Connection refused"),
    N_("Connection reset by peer"),
    N_("Connection timed out"),
    N_("No route to host"),
    N_("Network is unreachable"),
)


def system_reason(error: OSError) -> str:
    """Returns why the operating system refused, in the reader's language.

    A message that is not in `MESSAGES` is returned as it is (Windows words its messages in its own language), and the
    name of the error's class if there is none.
    """
    return _(error.strerror) if error.strerror else type(error).__name__
