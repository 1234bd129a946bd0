"""An account in Alleo, as a delivery reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Value = str | bool | None


@dataclass(frozen=True, slots=True)
class Account:
    """One account in Alleo."""

    id: str  # the server's id
    external_id: str = ""  # the Personio id that links the account; "" when it is not linked
    email: str = ""
    first_name: str = ""
    last_name: str = ""
    active: bool = True
    department: str = ""
    # fields of the delivery's extensions, by our names: dates as YYYY-MM-DD, amounts as decimals with two places
    extras: Mapping[str, str] = field(default_factory=dict)
    active_known: bool = True  # false when the server does not state `active` (missing or null); `active` is then True

    @property
    def name(self) -> str:
        """Returns first and last name, joined by a space."""
        return f"{self.first_name} {self.last_name}".strip()
