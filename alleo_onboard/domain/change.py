"""A change: one thing to do at Alleo."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from alleo_onboard.domain.account import Value


class Kind(StrEnum):
    """What a change does to an account."""

    ONBOARD = "onboard"
    UPDATE = "update"
    REACTIVATE = "reactivate"
    LINK = "link"
    OFFBOARD = "offboard"


@dataclass(frozen=True, slots=True)
class Field:
    """One field with its value before and after. None means no value."""

    name: str
    old: Value
    new: Value


@dataclass(frozen=True, slots=True)
class Change:
    """What to do for one person.

    An onboard lists all values of the new account, with `old` None. Any other kind lists only the fields that differ,
    including `active` and `external_id`.
    """

    kind: Kind
    personio_id: int
    account_id: str | None  # the server's id; None for an onboard
    name: str
    fields: tuple[Field, ...]
    reason: str = ""  # why, for an offboard: a Reason

    @property
    def new(self) -> Mapping[str, Value]:
        """Returns the new values by field name."""
        return {field.name: field.new for field in self.fields}

    @property
    def takes_away(self) -> bool:
        """Returns whether somebody loses access through this change."""
        return self.new.get("active") is False

    @property
    def gives_access(self) -> bool:
        """Returns whether somebody without access gets it through this change."""
        return self.kind is Kind.ONBOARD or self.new.get("active") is True

    @property
    def old(self) -> Mapping[str, Value]:
        """Returns the old values by field name."""
        return {field.name: field.old for field in self.fields}
