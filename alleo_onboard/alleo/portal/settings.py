"""The settings of the portal delivery."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from alleo_onboard.domain.profile import DeliveryChoice

KIND = "portal"


@dataclass(frozen=True, slots=True)
class PortalSettings:
    """Where workbooks are saved ("" is the downloads folder), the customer's own template, and what is filled in.

    `company_group` puts the department under Company Group; `language` stands in every row.
    """

    folder: str = ""
    template: str = ""
    company_group: bool = False
    language: str = ""

    @classmethod
    def of(cls, choice: DeliveryChoice) -> PortalSettings:
        known = {field.name for field in fields(cls)}
        values: dict[str, Any] = {name: value for name, value in choice.values if name in known}
        return cls(**values)

    @property
    def path(self) -> Path:
        """The folder for workbooks."""
        if self.folder:
            return Path(self.folder).expanduser()
        import platformdirs

        return platformdirs.user_downloads_path()
