"""Reads all accounts at Alleo, including known ones that the server's list leaves out."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace

from alleo_onboard.domain.account import Account
from alleo_onboard.domain.change import Kind
from alleo_onboard.domain.delivery import Delivery
from alleo_onboard.domain.publishing import Publisher
from alleo_onboard.store.ledger import Ledger
from alleo_onboard.usecases.preview.published import told
from alleo_onboard.usecases.preview.reconcile import Births


async def everyone(delivery: Delivery, ledger: Ledger, births: Births | None = None) -> tuple[Account, ...]:
    """Returns all listed accounts, and accounts known to the ledger that are not listed, each asked for by itself.

    Some lists are late or leave out inactive accounts; treating such an account as gone would create it twice. For a
    delivery that writes files, returns what the last file said; `births` are today's dates of birth (YYYY-MM-DD) by
    Personio id. Raises DeliveryRefused, Unreachable.
    """
    if isinstance(delivery, Publisher):
        return await told(delivery, ledger, births or {})
    listed = tuple(await delivery.accounts())
    ids, numbers = {a.id for a in listed}, {a.external_id for a in listed}
    known = {number: (identity, "") for number, identity in ledger.links().items()}
    for row in ledger.unsettled():
        if row.change.kind is Kind.ONBOARD:
            known[row.change.personio_id] = (row.account_id or "", str(row.change.new.get("email") or ""))
    unlisted = [
        (identity, number, email)
        for number, (identity, email) in known.items()
        if identity not in ids and str(number) not in numbers
    ]
    found = await asyncio.gather(*(delivery.account(*one) for one in unlisted))
    every = (*listed, *{a.id: a for a in found if a and a.id not in ids}.values())
    return every if all(a.active_known for a in every) else _as_confirmed(every, ledger.access())


def _as_confirmed(accounts: tuple[Account, ...], access: Mapping[str, bool]) -> tuple[Account, ...]:
    """Returns the accounts; where the server does not state `active`, the last confirmed change decides."""
    return tuple(a if a.active_known else replace(a, active=access.get(a.id, a.active)) for a in accounts)
