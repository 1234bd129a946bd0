"""The unattended run: waits for the network, writes its log and result."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from alleo_onboard.domain.delivery import Runs
from alleo_onboard.domain.errors import Trouble, Unreachable, UploadAwaited
from alleo_onboard.domain.plan import Plan
from alleo_onboard.domain.profile import DEFAULT_NAME, Alarm
from alleo_onboard.domain.progress import Notify, silent
from alleo_onboard.locale import _, ngettext
from alleo_onboard.net.clock import SYSTEM, Clock
from alleo_onboard.net.proxy import proxy_for
from alleo_onboard.store.ledger import Ledger
from alleo_onboard.store.paths import Home, home, open_private, private_dir, unwritable
from alleo_onboard.store.profiles import Profiles
from alleo_onboard.usecases.preview.preview import Preview, preview
from alleo_onboard.usecases.preview.session import Session
from alleo_onboard.usecases.run.publish import refuse_waiting
from alleo_onboard.usecases.run.sync import Consent, RunResult, Stop, judge, sync
from alleo_onboard.usecases.schedule import record
from alleo_onboard.usecases.schedule.attention import Attention, seen_in
from alleo_onboard.usecases.schedule.record import LastRun
from alleo_onboard.usecases.setups.resolve import Setup

_PATIENCE = 300.0  # seconds that the network may need after the machine started
_PAUSE = 5.0
_CONNECT = 10.0
_LOG_BYTES = 1 << 20
_LOG_FILES = 5
_REFUSED = 3  # exit code of a refused credential or delivery (product.md, "Command line")


@dataclass(frozen=True, slots=True)
class Attempt:
    """How the sync of one set-up ended: with a result, or with an error before anything was written."""

    result: RunResult | None
    preview: Preview | None
    trouble: Trouble | None = None


async def attempt(
    setup: Setup,
    consent: Consent,
    notify: Notify = silent,
    stop: Stop | None = None,
    first: Callable[[], None] | None = None,
) -> Attempt:
    """Runs one sync without questions. `first` is called before anything is written.

    Errors are returned, so that `sync --all` can continue with the next set-up.
    """
    made: Preview | None = None
    try:
        async with Session(setup, notify) as session:
            made = await preview(session)
            if setup.kind and setup.kind.runs is Runs.UPLOAD and made.plan.changes:
                remind(session, made, consent)
            if first:
                first()
            return Attempt(await sync(session, made, consent, stop), made)
    except Trouble as trouble:
        return Attempt(None, made, trouble)


def remind(session: Session, made: Preview, consent: Consent) -> None:
    """Raises UploadAwaited when there is something to upload, as nobody is present, and what `judge` raises."""
    with Ledger.of(session.setup.home, session.setup.profile.name) as ledger:
        refuse_waiting(ledger)
    plan = judge(made, consent)
    text = ngettext(
        "{n} change waits for an upload in Alleo's Manager Portal. Make the file: alleo-onboard sync, or the wizard.",
        "{n} changes wait for an upload in Alleo's Manager Portal. Make the file: alleo-onboard sync, or the wizard.",
        len(plan.changes),
    )
    if plan.changes:
        raise UploadAwaited(text.format(n=len(plan.changes)))


async def wait_for_network(url: str, patience: float = _PATIENCE, clock: Clock = SYSTEM) -> None:
    """Waits until the host of `url`, or its proxy, accepts a connection.

    Raises Unreachable after `patience` seconds.
    """
    proxy = proxy_for(url)
    parts = urlsplit(proxy.address if proxy else url)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    until = clock.monotonic() + patience
    while not await _connects(host, port):
        if clock.monotonic() + _PAUSE > until:
            text = _("{host} could not be connected to for {n} minutes. Nothing was done.")
            raise Unreachable(text.format(host=host, n=round(patience / 60)))
        await clock.sleep(_PAUSE)


async def _connects(host: str, port: int) -> bool:
    """Returns whether a TCP connection succeeds."""
    try:
        _reader, writer = await asyncio.wait_for(asyncio.open_connection(host, port), _CONNECT)
    except (OSError, TimeoutError, UnicodeError):
        return False
    writer.close()
    with contextlib.suppress(OSError):
        await writer.wait_closed()
    return True


_NOBODY = Attention()


class Journal:
    """The record of one scheduled run: a rotated log, its result, and how the last runs ended. A context manager."""

    def __init__(self, at: Home, profile: str, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        """Reads the record of the run before. Writes nothing yet."""
        self._home, self.profile, self._now = at, profile, now
        self._before = record.last_run(at, profile)
        self._started = now()
        self._log = logging.Logger("alleo_onboard.scheduled")  # noqa: LOG001 - its file is this profile's alone

    @classmethod
    def of(cls, environ: Mapping[str, str], profile: str | None) -> Journal:
        """Returns the journal of a profile. It can be written even if the set-up itself cannot be used."""
        return cls(home(environ), profile or DEFAULT_NAME)

    @property
    def alarm(self) -> Alarm:
        """Returns the alarm settings, as far as they can be read from a profile with errors."""
        return Profiles(self._home).alarm(self.profile)

    @property
    def started(self) -> datetime:
        """Returns when the run began."""
        return self._started

    def seen(self, plan: Plan | None) -> Attention:
        """Returns who needs a person, compared with the run before; without a plan, what the run before saw."""
        before = self._before.attention if self._before else {}
        return seen_in(plan, before) if plan else Attention(before)

    def __enter__(self) -> Self:
        path = private_dir(record.folder(self._home, self.profile)) / "run.log"
        try:
            handler = _PrivateLog(path, maxBytes=_LOG_BYTES, backupCount=_LOG_FILES, encoding="utf-8")
        except OSError as error:
            raise unwritable(path, error) from error
        handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
        self._log.addHandler(handler)
        before = self._before or LastRun(self._started)
        # Written first, so that a killed run is known to have begun.
        self._keep(replace(before, started=self._started, ended=None, exit=None, message="", run=""))
        self.write(f"run of {self.profile} begins")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for handler in self._log.handlers:
            handler.close()

    def write(self, line: str) -> None:
        """Writes a line to the log."""
        self._log.info("%s", "".join(c if c.isprintable() else " " for c in line))

    def end(self, code: int, message: str, run: str = "", document: str = "", seen: Attention = _NOBODY) -> LastRun:
        """Stores how the run ended, and returns it.

        `message` is a sentence, `run` the run's id, `document` the JSON for result.json.
        """
        before, now = self._before, self._now()
        last = LastRun(
            self._started,
            now,
            code,
            message,
            run,
            last_success=now if code == 0 else before.last_success if before else None,
            failures=0 if code == 0 else 1 + (before.failures if before else 0),
            rejected=1 + (before.rejected if before else 0) if code == _REFUSED else 0,
            attention=seen.found,
            new=seen.new,
        )
        self._keep(last)
        if document:
            record.write(self._home, self.profile, "result.json", document)
        self.write(f"exit {code}: {message}")
        return last

    def _keep(self, last: LastRun) -> None:
        record.keep(self._home, self.profile, last)


class _PrivateLog(RotatingFileHandler):
    """A log that only its owner can read. On a full disk it loses lines instead of stopping the run."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - as in logging
        pass

    def _open(self) -> TextIOWrapper:
        descriptor = open_private(Path(self.baseFilename), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        return open(descriptor, "a", encoding=self.encoding)  # noqa: PTH123 - a descriptor has no path
