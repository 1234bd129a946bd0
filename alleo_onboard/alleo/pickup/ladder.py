"""Publishes over SFTP: writes the file under a name that Alleo does not collect, then moves it into place.

Servers allow different things, so these are tried in turn: replacing in one step (OpenSSH's posix-rename), renaming
when there is no file yet, removing the old file first, and overwriting it.
"""

from __future__ import annotations

import fnmatch
import stat
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, cast

import asyncssh

from alleo_onboard.alleo.pickup.folder import no_file
from alleo_onboard.domain.errors import DeliveryRefused, Trouble, Unreachable, Usage
from alleo_onboard.domain.publishing import Way
from alleo_onboard.locale import _

COLLECTED = "alleo_employees_*.csv"
# Always the same names, so that files do not pile up on a server where we may not delete.
PART, TRIAL, MOVED = "upload-next.part", "upload-test.part", "upload-test-moved.part"
_REFUSALS = (
    asyncssh.SFTPPermissionDenied,
    asyncssh.SFTPOpUnsupported,
    asyncssh.SFTPFailure,
    asyncssh.SFTPFileAlreadyExists,
    asyncssh.SFTPNoSuchFile,
)
_LOST = (asyncssh.ConnectionLost, asyncssh.SFTPConnectionLost, asyncssh.SFTPNoConnection)


@dataclass(frozen=True, slots=True)
class Put:
    """How a file was put in place.

    `verified`: it was read back and is identical. `listed`: the folder could be listed to look for other files.
    """

    way: Way
    verified: bool
    listed: bool


async def put(
    client: asyncssh.SFTPClient,
    name: str,
    content: bytes,
    before_gap: Callable[[], Awaitable[None]],
    known: Way | None = None,
) -> Put:
    """Publishes `content` as `name` in the current directory. `before_gap` is awaited before a step with a gap.

    `known` is the way that the server allowed in a trial; when it refuses that now, every way is tried. A gap is a
    moment without a complete file. Raises DeliveryRefused when the server does not allow writing, Unreachable when the
    connection is lost, Usage when Alleo would collect other files there too.
    """
    gap = False

    async def into_the_gap() -> None:
        nonlocal gap
        await before_gap()
        gap = True

    try:
        listed = await _alone(client, name)
        way = await _place(client, name, content, into_the_gap, known)
        gap = False
        held = await read(client, name)
    except (asyncssh.Error, OSError) as error:
        raise trouble(error, gap=gap) from None
    if held is not None and held != content:
        raise DeliveryRefused(
            _("{name} on the server is not what was written. Check whether the server has space left.").format(
                name=name
            )
        )
    return Put(way, held is not None, listed)


async def read(client: asyncssh.SFTPClient, name: str) -> bytes | None:
    """Returns the file on the server, b"" when there is none, None when it cannot be read."""
    if not await _plain(client, name):
        return None
    try:
        async with client.open(name, "rb") as file:
            return bytes(cast("Any", await file.read()))  # a file opened with "rb" gives bytes
    except asyncssh.SFTPNoSuchFile:
        return b""
    except _LOST:
        raise
    except asyncssh.SFTPError:
        return None


async def _plain(client: asyncssh.SFTPClient, name: str) -> bool:
    """Returns False for a directory, a pipe or a device. A pipe would keep the server waiting, a device has no end."""
    try:
        mode = (await client.stat(name)).permissions
    except _LOST:
        raise
    except asyncssh.SFTPError:  # there is none, or the server does not say
        return True
    return mode is None or stat.S_IFMT(mode) in (0, stat.S_IFREG)


async def try_out(client: asyncssh.SFTPClient, name: str) -> Way:
    """Returns how the server allows to replace a file. Tests it with an empty file that Alleo does not collect.

    Removes the file if that is allowed. Raises the same as `put`.
    """
    try:
        await _alone(client, name)
        await _write(client, TRIAL, b"")
        return await _tried(client)
    except (asyncssh.Error, OSError) as error:
        raise trouble(error) from None


async def _tried(client: asyncssh.SFTPClient) -> Way:
    """Tries to move the test file and to remove it. Returns the way that works."""
    with suppress(*_REFUSALS):
        await client.posix_rename(TRIAL, MOVED)
        await _removed(client, MOVED)
        return Way.REPLACED
    with suppress(*_REFUSALS):
        await client.rename(TRIAL, MOVED)
        return Way.REMOVED_FIRST if await _removed(client, MOVED) else Way.OVERWRITTEN
    await _removed(client, TRIAL)
    return Way.OVERWRITTEN


async def _removed(client: asyncssh.SFTPClient, name: str) -> bool:
    """Removes a file and returns whether that was allowed."""
    try:
        await client.remove(name)
    except _REFUSALS:
        return False
    return True


async def _alone(client: asyncssh.SFTPClient, name: str) -> bool:
    """Returns whether the directory could be listed.

    Raises Usage when Alleo would collect another file there, and when something else than a file has the name.
    """
    if not await _plain(client, name):
        raise Usage(no_file(name))
    try:
        names = [str(one) for one in await client.listdir(".")]
    except _LOST:
        raise
    except asyncssh.SFTPError:
        return False
    refuse_others(name, names)
    return True


def refuse_others(name: str, names: list[str]) -> None:
    """Raises Usage when Alleo would collect another file besides `name`."""
    others = sorted(one for one in fnmatch.filter(names, COLLECTED) if one != name)
    if others:
        text = _("Alleo would also collect {files} from there, at every sync. Move them away, then try again.")
        raise Usage(text.format(files=", ".join(others[:5])))


async def _place(
    client: asyncssh.SFTPClient,
    name: str,
    content: bytes,
    before_gap: Callable[[], Awaitable[None]],
    known: Way | None,
) -> Way:
    """Writes the file, moves it into place and returns how."""
    if known is Way.OVERWRITTEN:  # a temporary file could be neither moved nor removed
        with suppress(*_REFUSALS):
            return await _overwritten(client, name, content, before_gap)
    await _write(client, PART, content)
    if known is Way.REMOVED_FIRST:
        with suppress(*_REFUSALS):
            return await _exchanged(client, name, before_gap)
    try:
        return await _moved(client, name, before_gap)
    except _REFUSALS:
        await _overwritten(client, name, content, before_gap)
        if not await _removed(client, PART):
            await _write(client, PART, b"")  # at least no personal data stays in it
        return Way.OVERWRITTEN


async def _overwritten(
    client: asyncssh.SFTPClient, name: str, content: bytes, before_gap: Callable[[], Awaitable[None]]
) -> Way:
    await before_gap()
    await _write(client, name, content)
    return Way.OVERWRITTEN


async def _moved(client: asyncssh.SFTPClient, name: str, before_gap: Callable[[], Awaitable[None]]) -> Way:
    """Moves the written file into place. Raises one of _REFUSALS when no kind of renaming works."""
    with suppress(*_REFUSALS):
        await client.posix_rename(PART, name)
        return Way.REPLACED
    return await _exchanged(client, name, before_gap)


async def _exchanged(client: asyncssh.SFTPClient, name: str, before_gap: Callable[[], Awaitable[None]]) -> Way:
    """Moves the written file into place on a server that does not replace files: removes the old one first."""
    with suppress(asyncssh.SFTPFailure, asyncssh.SFTPFileAlreadyExists):
        await client.rename(PART, name)
        return Way.RENAMED
    await before_gap()
    await client.remove(name)
    await client.rename(PART, name)
    return Way.REMOVED_FIRST


async def _write(client: asyncssh.SFTPClient, name: str, content: bytes) -> None:
    async with client.open(name, "wb") as file:
        await file.write(content)


def trouble(error: asyncssh.Error | OSError, *, gap: bool = False) -> Trouble:
    """Returns the error for a server error. `gap` is true when the file was just being replaced."""
    kept = _("It may be missing there, or half there; the next run puts it in place.") if gap else ""
    kept = kept or _("What was there before is still there.")
    if isinstance(error, (*_LOST, OSError)):
        return Unreachable(_("The line to the server was cut, or stalled, while the file was written.") + " " + kept)
    if isinstance(error, asyncssh.SFTPNoSuchFile | asyncssh.SFTPNoSuchPath):
        return DeliveryRefused(
            _("There is no such directory on the server. Its paths may begin at another root for this user.")
        )
    if isinstance(error, asyncssh.SFTPPermissionDenied):
        return DeliveryRefused(_("The server does not let this user write into the directory."))
    if isinstance(error, asyncssh.SFTPNoSpaceOnFilesystem | asyncssh.SFTPQuotaExceeded):
        return DeliveryRefused(_("There is no space left on the server.") + " " + kept)
    text = _("The server refused the file: {why}.")
    return DeliveryRefused(text.format(why=str(error) or type(error).__name__) + " " + kept)
