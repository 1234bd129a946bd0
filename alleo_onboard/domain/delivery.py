"""What a delivery into Alleo offers to a use case; each delivery is an implementation of this."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from alleo_onboard.domain.account import Account
from alleo_onboard.domain.change import Change


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """What a delivery said about itself when it was opened.

    `carries` names the fields it can hold (`email`, `first_name`, `last_name`, `department`, `birthday`,
    `work_anniversary`, budget field names); `unknown` is true where the server does not describe itself, so that
    only the core fields are assumed.
    """

    address: str
    carries: frozenset[str]
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one change ended: the account's id at Alleo, the last HTTP status (0 for no answer), and an error or "".

    `known` is false where an error does not tell whether Alleo made the change: what it did is to be read there.
    """

    change: Change
    account_id: str | None
    status: int = 0
    error: str = ""
    known: bool = True


class Delivery(Protocol):
    """A way to read and write accounts. Raises DeliveryRefused, Unreachable."""

    async def open(self, wanted: frozenset[str]) -> DeliveryReport:
        """Signs in and finds out what can be carried of `wanted` (our field names)."""

    async def accounts(self) -> Sequence[Account]:
        """Every account there is, active or not; a server may leave some out."""

    async def account(self, identity: str, personio_id: int, email: str = "") -> Account | None:
        """The account of that id, asked for by itself; else, where `email` is given, the one of this person."""

    async def apply(self, change: Change) -> Outcome:
        """Makes one change; failures of this one change come back as an Outcome with an error, not as an exception."""

    async def aclose(self) -> None:
        """Lets go of connections."""
