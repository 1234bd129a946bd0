"""The pickup delivery: one CSV file, put where Alleo collects it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from alleo_onboard.alleo.pickup import csv_file, folder, times
from alleo_onboard.alleo.pickup.place import Folder, Server
from alleo_onboard.alleo.pickup.settings import PASSPHRASE, PASSWORD, PickupSettings
from alleo_onboard.alleo.whole_file import WholeFile
from alleo_onboard.domain.delivery import DeliveryReport
from alleo_onboard.domain.errors import Concerning, Trouble, Usage
from alleo_onboard.domain.progress import Notify, System, Waiting, Why, silent
from alleo_onboard.domain.publishing import Published, State, Way, pinned
from alleo_onboard.domain.secret import Secret
from alleo_onboard.locale import _
from alleo_onboard.net.clock import SYSTEM, Clock

if TYPE_CHECKING:
    import asyncssh

    from alleo_onboard.alleo.pickup.sftp import Timing


class PickupDelivery(WholeFile):
    """A folder or an SFTP server. Methods raise Usage when the settings cannot work.

    The methods are described in `domain.delivery.Delivery` and `domain.publishing.Publisher`.
    """

    concurrency = 1
    clock_ahead: float | None = None
    awaits_upload = False

    def __init__(
        self,
        settings: PickupSettings,
        secrets: Mapping[str, Secret],
        *,
        notify: Notify = silent,
        clock: Clock = SYSTEM,
        timing: Timing | None = None,
    ) -> None:
        self._settings, self._secrets, self._notify = settings, secrets, notify
        self._clock, self._timing = clock, timing
        self._target = settings.target
        self.file_name = settings.name
        # Tested at every `open`, before every run, because the server may have changed.
        self._way: Way | None = None

    async def open(self, wanted: frozenset[str]) -> DeliveryReport:  # noqa: ARG002 - the file says what it holds
        """Looks at the place, writes a test file that Alleo does not collect, and removes it."""
        told = self.report()
        if isinstance(self._target, Folder):
            with Concerning("place"):
                folder.look(self._target.path, self.file_name)
                folder.try_out(self._target.path)
        else:
            self._way = await self._try_out()
            told = replace(told, notes=_notes(self._way))
        return told

    def report(self) -> DeliveryReport:
        """Returns what the file holds, from the settings."""
        _times = self._settings.times
        fixed = frozenset() if self._settings.changes_addresses else frozenset({"email"})
        return DeliveryReport(str(self._target), csv_file.carried_by(self._settings), fixed=fixed, file=True)

    def leaving(self, today: date) -> date:
        """Returns today: Alleo switches accounts off at 23:00 UTC of the offboarding date (522749)."""
        return today

    def render(self, state: State) -> bytes:
        """Returns the file."""
        return csv_file.written(self._settings, state.accounts, state.known)

    def births(self, content: bytes) -> Mapping[str, str]:
        """Returns dates of birth by e-mail address, read from an earlier file."""
        return csv_file.births(content)

    async def publish(self, name: str, content: bytes) -> Published:
        """Puts the file in place and reads it back. Raises DeliveryRefused, Unreachable, Usage."""
        if isinstance(self._target, Folder):
            way, verified, listed = folder.put(self._target.path, name, content), True, True
        else:
            way, verified, listed = await self._upload(name, content)
        now, collected = self._now(), self._settings.times
        return Published(
            str(self._target),
            name,
            len(content),
            way,
            verified,
            listed,
            times.near(now, collected),
            times.following(now, collected),
        )

    async def in_place(self, name: str) -> bytes | None:
        """Returns the file in place, b"" when there is none, None when it cannot be read."""
        if isinstance(self._target, Folder):
            return folder.read(self._target.path, name)
        from alleo_onboard.alleo.pickup import ladder

        try:
            async with self._session() as client:
                return await ladder.read(client, name)
        except Trouble:
            return None

    async def _upload(self, name: str, content: bytes) -> tuple[Way, bool, bool]:
        async with self._session() as client:
            from alleo_onboard.alleo.pickup import ladder

            done = await ladder.put(client, name, content, self._keep_away, self._way)
            return done.way, done.verified, done.listed

    async def _try_out(self) -> Way:
        async with self._session() as client:
            from alleo_onboard.alleo.pickup import ladder

            return await ladder.try_out(client, self.file_name)

    async def _keep_away(self) -> None:
        """Waits until no pickup is near: while the file is replaced, Alleo would find half a file or none."""
        seconds = times.wait(self._now(), self._settings.times)
        if seconds:
            self._notify(Waiting(System.ALLEO, Why.PICKUP, seconds, 1))
            await self._clock.sleep(seconds)

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self._clock.wall(), UTC)

    @asynccontextmanager
    async def _session(self) -> AsyncIterator[asyncssh.SFTPClient]:
        try:
            import asyncssh

            from alleo_onboard.alleo.pickup import ladder, sftp
        except ImportError:
            text = _("For SFTP a part of this program is missing. Install it: pip install 'alleo-onboard[sftp]'.")
            raise Usage(text) from None
        assert isinstance(self._target, Server)  # noqa: S101 - a folder has no session
        how = sftp.SignIn(self._secrets.get(PASSWORD), self._settings.key_file, self._secrets.get(PASSPHRASE))
        timing = self._timing or sftp.Timing()
        async with sftp.signed_in(self._target, pinned(self._settings.host_keys), how, timing) as client:
            try:
                await client.chdir(self._target.directory)
            except (asyncssh.Error, OSError) as error:
                raise ladder.trouble(error) from None
            yield client


def _notes(way: Way) -> tuple[str, ...]:
    """Returns warnings about a server that cannot replace a file in one step."""
    if way is Way.REMOVED_FIRST:
        text = _(
            "The server cannot replace a file in one step (posix-rename): the old one is removed first, and for a "
            "moment there is none. Runs keep away from the times at which Alleo collects."
        )
        return (text,)
    if way is Way.OVERWRITTEN:
        text = _(
            "The server allows no renaming, so the file is overwritten where it lies. Runs keep away from the "
            "times at which Alleo collects, for it would read half a file."
        )
        return (text,)
    return ()
