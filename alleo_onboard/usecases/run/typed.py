"""The numbers that the guard asks for, and what a person typed for them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, get_args

from alleo_onboard.domain.guard import Guard
from alleo_onboard.usecases.run.preconditions import Consent

What = Literal["offboard", "update", "budget"]
EVERYTHING: tuple[What, ...] = get_args(What)
_NUMBER = re.compile(r"[0-9]{1,9}|[0-9]{1,3}([.,][0-9]{3}){1,2}")


@dataclass(frozen=True, slots=True)
class Asked:
    """One number that must be typed: people to switch off, people who get another address, or euros to pay."""

    what: What
    number: int | Decimal
    given: int | Decimal | None  # None for no text, and for text that is no number

    @property
    def right(self) -> bool:
        """Returns whether the number typed is enough."""
        return self.given is not None and self.given >= self.number


@dataclass(frozen=True, slots=True)
class Typed:
    """The texts typed; "" where nothing was."""

    offboard: str = ""
    update: str = ""
    budget: str = ""

    @property
    def consent(self) -> Consent:
        """Returns what was agreed to by typing."""
        return Consent(
            allow_offboard=whole(self.offboard), allow_update=whole(self.update), allow_budget=euros(self.budget)
        )

    def asked(self, guard: Guard, *, offboard: bool, update: bool, budget: bool) -> tuple[Asked, ...]:
        """Returns the numbers that are asked for, with what was typed."""
        known = (
            (offboard, Asked("offboard", guard.offboard, whole(self.offboard))),
            (update, Asked("update", guard.readdressed, whole(self.update))),
            (budget, Asked("budget", guard.money.most, euros(self.budget))),
        )
        return tuple(number for asks, number in known if asks)


NOTHING = Typed()


def whole(typed: str) -> int | None:
    """Returns a whole number, typed with or without separators of thousands; None for other text."""
    return int(re.sub(r"[.,]", "", typed)) if _NUMBER.fullmatch(typed) else None


def euros(typed: str) -> Decimal | None:
    """Returns an amount in euros, typed with or without separators of thousands; None for other text."""
    before, mark, cents = re.fullmatch(r"(.*?)(?:([.,])([0-9]{1,2}))?", typed.strip(), re.DOTALL).groups()  # type: ignore[union-attr]
    number = whole(before)
    return None if number is None else Decimal(f"{number}.{cents if mark else '0'}")
