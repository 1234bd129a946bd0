"""The settings of the pickup delivery."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import time
from typing import Any

from alleo_onboard.alleo.pickup.place import Folder, Server, parse
from alleo_onboard.domain.errors import Usage
from alleo_onboard.domain.profile import DeliveryChoice
from alleo_onboard.locale import _

KIND = "pickup"
PASSWORD, PASSPHRASE = "pickup-password", "pickup-passphrase"
FILE_NAME = "alleo_employees_current.csv"
COLLECTED = "02:45, 20:00"  # UTC; Alleo help centre, 522749
_NAME = re.compile(r"alleo_employees_[A-Za-z0-9._-]{1,80}\.csv")
_TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")


@dataclass(frozen=True, slots=True)
class PickupSettings:
    """The settings of a pickup. A column is switched on by giving it a name."""

    place: str = ""  # a folder or an sftp:// address
    file_name: str = FILE_NAME
    key_file: str = ""  # path of a private SSH key
    host_keys: str = ""  # confirmed keys of the server: `type SHA256:...`, separated by commas
    line_end: str = "crlf"  # "crlf" or "lf"
    bom: bool = False  # whether the file starts with a byte-order mark
    external_id_column: str = ""
    company_group_column: str = ""
    language_column: str = ""
    language: str = ""  # written in every row
    budget_columns: str = ""  # see alleo.columns.budget_columns
    email_changes: bool = False  # Alleo accepts a new address for the same person
    collected: str = COLLECTED  # times of day in UTC

    @classmethod
    def of(cls, choice: DeliveryChoice) -> PickupSettings:
        """Returns the settings in a profile's choice."""
        known = {field.name for field in fields(cls)}
        values: dict[str, Any] = {name: value for name, value in choice.values if name in known}
        return cls(**values)

    @property
    def target(self) -> Folder | Server:
        """Returns the place. Raises Usage when it is invalid."""
        return parse(self.place)

    @property
    def name(self) -> str:
        """Returns the file name. Raises Usage when Alleo would not collect it."""
        if not _NAME.fullmatch(self.file_name):
            text = _("Alleo collects files called alleo_employees_NAME.csv; {name} is none of them.")
            raise Usage(text.format(name=self.file_name))
        return self.file_name

    @property
    def times(self) -> tuple[time, ...]:
        """Returns when Alleo collects, as times of day in UTC. Raises Usage for invalid times."""
        told = [part.strip() for part in self.collected.split(",") if part.strip()]
        if any(not _TIME.fullmatch(one) for one in told):
            raise Usage(_("collected has to be times in UTC like 02:45, 20:00: {text}").format(text=self.collected))
        return tuple(time.fromisoformat(one) for one in told)

    @property
    def changes_addresses(self) -> bool:
        """Returns whether a new address reaches the same account; Alleo needs the external id for that (522749)."""
        return self.email_changes or bool(self.external_id_column)
