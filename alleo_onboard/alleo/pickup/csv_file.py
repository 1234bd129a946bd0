"""The CSV file of a pickup: Alleo's documented columns, and further ones that a set-up switched on."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from alleo_onboard.alleo.columns import Column, budget_columns, table
from alleo_onboard.alleo.pickup.settings import PickupSettings
from alleo_onboard.domain.account import Account
from alleo_onboard.domain.budget import Period, period_of
from alleo_onboard.domain.errors import Usage
from alleo_onboard.locale import _

# Alleo help centre, article 522749. "Prefix" is left out: Personio has no such attribute, and an empty column might
# delete what somebody entered at Alleo.
DOCUMENTED = (
    Column("Email", "email"),
    Column("First name", "first_name"),
    Column("Last name", "last_name"),
    Column("Onboarding date", "onboarding_date"),
    Column("Offboarding date", "offboarding_date"),
    Column("Birthday", "birthday"),
    Column("Work anniversary", "work_anniversary"),
)
_LINE_ENDS = {"crlf": "\r\n", "lf": "\n"}


def columns_of(settings: PickupSettings) -> tuple[Column, ...]:
    """Returns every column in order. Raises Usage for two columns with one name, and for one-off budgets.

    Alleo reads the file twice a day, so a one-off budget in it could be granted twice.
    """
    budgets = budget_columns(settings.budget_columns)
    for column in budgets:
        if period_of(column.field) is Period.ONEOFF:
            text = _(
                "{name} cannot be a column: Alleo reads the file twice a day, and a one-off budget in it might be "
                "granted each time. Give it by hand in the Manager Portal, or over SCIM."
            )
            raise Usage(text.format(name=column.field))
    extra = [
        Column(settings.external_id_column, "external_id"),
        Column(settings.company_group_column, "department"),
        Column(settings.language_column, "", settings.language),
    ]
    columns = (*DOCUMENTED, *(c for c in extra if c.header), *budgets)
    headers = [c.header.strip().casefold() for c in columns]
    for header in headers:
        if headers.count(header) > 1:
            raise Usage(_("Two columns of the file are called {name}. Give one another name.").format(name=header))
    return columns


def carried_by(settings: PickupSettings) -> frozenset[str]:
    """Returns the names of our fields that the file holds."""
    return frozenset(c.field for c in columns_of(settings) if c.field) - {"external_id"}


def births(content: bytes) -> dict[str, str]:
    """Returns dates of birth (YYYY-MM-DD) by e-mail address, read from an earlier file."""
    try:
        rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    except (UnicodeDecodeError, csv.Error):
        return {}
    return {row["Email"]: day for row in rows if row.get("Email") and (day := row.get("Birthday"))}


def written(settings: PickupSettings, accounts: Iterable[Account], known: frozenset[str]) -> bytes:
    """Returns the file: UTF-8, comma, every value quoted, one kind of line end, values unchanged.

    Columns of fields not in `known` are left out, because an empty column might delete what Alleo has.
    """
    columns = [c for c in columns_of(settings) if not c.field or c.field in known or c.field == "external_id"]
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator=_LINE_ENDS[settings.line_end])
    writer.writerows(table(columns, accounts))
    return out.getvalue().encode("utf-8-sig" if settings.bom else "utf-8")
