"""The settings of the portal delivery."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from alleo_onboard.domain.profile import DeliveryChoice

KIND = "portal"


@dataclass(frozen=True, slots=True)
class PortalSettings:
    """The settings of the portal delivery."""

    folder: str = ""  # where workbooks are saved; "" is the downloads folder
    template: str = ""  # path of a template downloaded from the portal, or ""
    company_group: bool = False  # write the department as Company Group
    language: str = ""  # written in every row

    @classmethod
    def of(cls, choice: DeliveryChoice) -> PortalSettings:
        """Returns the settings in a profile's choice."""
        known = {field.name for field in fields(cls)}
        values: dict[str, Any] = {name: value for name, value in choice.values if name in known}
        return cls(**values)

    @property
    def path(self) -> Path:
        """Returns the folder for workbooks."""
        if self.folder:
            return Path(self.folder).expanduser()
        import platformdirs

        return platformdirs.user_downloads_path()
