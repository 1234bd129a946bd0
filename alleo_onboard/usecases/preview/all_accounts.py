"""Reads all accounts at Alleo, including known ones that the server's list omits."""

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
    """What Alleo lists, and what it does not list although the ledger knows of it, asked for one by one.

    Of a delivery that publishes files it is what the last one said; `births` are today's dates of birth then.

    Lists lag behind, and some leave out who is switched off; to take such an account for gone would make it twice.
    Raises DeliveryRefused, Unreachable.
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
    """What the server does not state about being switched on, the last confirmed change says."""
    return tuple(a if a.active_known else replace(a, active=access.get(a.id, a.active)) for a in accounts)
