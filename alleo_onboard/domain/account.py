"""A person in Alleo, as a delivery reads them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Value = str | bool | None


@dataclass(frozen=True, slots=True)
class Account:
    """One account. `external_id` is the Personio id that links it, "" when nothing links it.

    `active_known` is false where the server states nothing about `active` (missing or null): then true is assumed.
    `extras` holds what the delivery's extensions carry, by our field names (`birthday`, `work_anniversary`, budget
    field names): dates as YYYY-MM-DD, amounts as plain decimals with two places.
    """

    id: str
    external_id: str = ""
    email: str = ""
    first_name: str = ""
    last_name: str = ""
    active: bool = True
    department: str = ""
    extras: Mapping[str, str] = field(default_factory=dict)
    active_known: bool = True

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()
