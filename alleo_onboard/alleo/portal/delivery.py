"""The portal delivery: one workbook with the changes, which a person uploads."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count

from alleo_onboard.alleo.portal import workbook
from alleo_onboard.alleo.portal.settings import PortalSettings
from alleo_onboard.alleo.whole_file import WholeFile
from alleo_onboard.domain.account import Account
from alleo_onboard.domain.budget import Period, period_of
from alleo_onboard.domain.change import Change
from alleo_onboard.domain.delivery import DeliveryReport
from alleo_onboard.domain.errors import Usage
from alleo_onboard.domain.file_state import OFFBOARDING
from alleo_onboard.domain.publishing import Published, State, Way
from alleo_onboard.locale import _
from alleo_onboard.locale.formats import here
from alleo_onboard.locale.system import system_reason


class PortalDelivery(WholeFile):
    """Saves workbooks in a local folder. Methods raise Usage when folder or template cannot be used.

    The methods are described in `domain.delivery.Delivery` and `domain.publishing.Publisher`.
    """

    concurrency = 1
    clock_ahead: float | None = None
    awaits_upload = True

    def __init__(self, settings: PortalSettings) -> None:
        self._settings = settings

    @property
    def file_name(self) -> str:
        """Returns the name of the next workbook: the present time, and a number where that name is taken."""
        stem = f"alleo_import_{here(datetime.now(UTC)):%Y-%m-%d_%H%M%S}"
        names = (f"{stem}_{n}.xlsx" if n > 1 else f"{stem}.xlsx" for n in count(1))
        return next(name for name in names if not os.path.lexists(self._settings.path / name))

    async def open(self, wanted: frozenset[str]) -> DeliveryReport:  # noqa: ARG002 - the file says what it holds
        """Checks template and folder. Leaves no file behind."""
        told = self.report()
        self._try_out()
        return told

    def report(self) -> DeliveryReport:
        """Returns what the workbook holds, from the settings."""
        carries = workbook.carried_by(self._settings)
        return DeliveryReport(str(self._settings.path), carries, fixed=frozenset({"email"}), file=True, upload=True)

    def leaving(self, today: date) -> date:
        """Returns tomorrow: the portal accepts only dates in the future (92428)."""
        return today + timedelta(days=1)

    def render(self, state: State) -> bytes:
        """Returns the workbook with only the people who change, so that nobody has to check the others."""
        columns = workbook.columns_of(self._settings)
        changed = {change.personio_id: change for change in state.changes}
        rows = []
        for account in state.accounts:
            change = changed.get(int(account.external_id))
            if change:
                row = _importable(account, change, self.leaving(state.today))
                rows.append(
                    [c.of(row) if not c.field or c.field in {*state.known, "external_id"} else "" for c in columns]
                )
        return workbook.written(self._settings, rows)

    def births(self, content: bytes) -> Mapping[str, str]:  # noqa: ARG002
        """Returns nothing: a workbook holds only people who change, and everything about them was just read."""
        return {}

    async def publish(self, name: str, content: bytes) -> Published:
        """Saves the workbook and reads it back. Raises Usage."""
        path = self._settings.path / name
        part = path.with_name(f".{secrets.token_hex(6)}.part")
        try:
            try:
                with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
                part.replace(path)
            finally:
                part.unlink(missing_ok=True)
        except OSError as error:
            raise self._refused(error) from None
        verified = await self.in_place(name) == content
        return Published(str(self._settings.path), name, len(content), Way.SAVED, verified)

    async def in_place(self, name: str) -> bytes | None:
        """Returns the saved workbook, b"" when there is none, None when it cannot be read."""
        try:
            return (self._settings.path / name).read_bytes()
        except FileNotFoundError:
            return b""
        except OSError:
            return None

    def _try_out(self) -> None:
        part = self._settings.path / f".{secrets.token_hex(6)}.part"
        try:
            part.write_bytes(b"")
            part.unlink()
        except OSError as error:
            raise self._refused(error) from None

    def _refused(self, error: OSError) -> Usage:
        text = _("The workbook cannot be saved in {path}: {why}. Name another folder.")
        return Usage(text.format(path=self._settings.path, why=system_reason(error))).about("folder")


def _importable(account: Account, change: Change, earliest: date) -> Account:
    """Returns the row as the portal accepts it.

    No offboarding date before `earliest`, and a one-off amount only when this change grants it.
    """
    told = account.extras.get(OFFBOARDING, "")
    extras = {
        name: value
        for name, value in account.extras.items()
        if not name.startswith("alleo_") or period_of(name) is Period.MONTHLY or change.new.get(name)
    }
    if told:
        extras[OFFBOARDING] = max(told, earliest.isoformat())
    return replace(account, extras=extras)
