"""A change: one thing to do at Alleo."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from alleo_onboard.domain.account import Value


class Kind(StrEnum):
    ONBOARD = "onboard"
    UPDATE = "update"
    REACTIVATE = "reactivate"
    LINK = "link"
    OFFBOARD = "offboard"


@dataclass(frozen=True, slots=True)
class Field:
    """One field with its value before and after; None is "no value"."""

    name: str
    old: Value
    new: Value


@dataclass(frozen=True, slots=True)
class Change:
    """What to do for one person.

    `account_id` is the server's id, None for an onboard. An onboard's `fields` are all values of the new account
    (old is None throughout); any other change's are just those that differ, `active` and `external_id` included.
    """

    kind: Kind
    personio_id: int
    account_id: str | None
    name: str
    fields: tuple[Field, ...]
    reason: str = ""

    @property
    def new(self) -> Mapping[str, Value]:
        return {field.name: field.new for field in self.fields}

    @property
    def takes_away(self) -> bool:
        """Whether somebody loses access by it."""
        return self.new.get("active") is False

    @property
    def gives_access(self) -> bool:
        """Whether somebody has access by it who had none before."""
        return self.kind is Kind.ONBOARD or self.new.get("active") is True

    @property
    def old(self) -> Mapping[str, Value]:
        return {field.name: field.old for field in self.fields}
