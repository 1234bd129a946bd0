"""The columns of a file for Alleo: each has a header and the field of ours that it holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from alleo_onboard.domain.account import Account
from alleo_onboard.domain.budget import suggestion
from alleo_onboard.domain.errors import Usage
from alleo_onboard.domain.wanted import value_of
from alleo_onboard.locale import _


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `field` is "" when there is no field for it; a `constant` other than "" is written in every row."""

    header: str
    field: str
    constant: str = ""

    def of(self, account: Account) -> str:
        """Returns the text of this column's cell."""
        if self.constant or not self.field:
            return self.constant
        return str(value_of(account, self.field) or "")


def table(columns: Sequence[Column], accounts: Iterable[Account]) -> list[list[str]]:
    """Returns header and rows; every cell is text."""
    return [[c.header for c in columns], *([c.of(account) for c in columns] for account in accounts)]


def budget_columns(named: str) -> tuple[Column, ...]:
    """Returns the columns in text such as `alleo_monthly_all_budget=Monthly budget, alleo_monthly_health_budget`.

    A field without a header uses its own name. Raises Usage for a name that is not a budget field.
    """
    columns = []
    for entry in filter(None, (part.strip() for part in named.split(","))):
        field, _equals, header = (part.strip() for part in entry.partition("="))
        if suggestion(field) != field:
            text = _("{name} is not a budget field. They are called like alleo_monthly_all_budget.")
            raise Usage(text.format(name=field))
        columns.append(Column(header or field, field))
    return tuple(columns)
