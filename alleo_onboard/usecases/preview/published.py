"""What Alleo was told in files: the ledger's last publication, and that of a run which ended too early to say so."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from alleo_onboard.domain.account import Account
from alleo_onboard.domain.publishing import Publisher
from alleo_onboard.store.ledger import Ledger
from alleo_onboard.store.publications import Mark, Publication


async def told(publisher: Publisher, ledger: Ledger, births: Mapping[int, str]) -> tuple[Account, ...]:
    """Everybody whom files told Alleo of. Writes nothing."""
    mark = ledger.births.mark
    last, open_one = ledger.published(), await arrived(publisher, ledger)
    if open_one is None:
        return last.known(births, mark) if last else ()
    return _merged(last, open_one, births, mark)


async def arrived(publisher: Publisher, ledger: Ledger) -> Publication | None:
    """The publication of a run that ended too early, unless its file is known not to be in place.

    What a person has to upload never arrived: nobody was told of it.
    """
    found = ledger.pending()
    if found is None or publisher.awaits_upload:
        return None
    held = await publisher.in_place(found.name)
    return found if held is None or hashlib.sha256(held).hexdigest() == found.sha256 else None


def _merged(
    last: Publication | None, open_one: Publication, births: Mapping[int, str], mark: Mark
) -> tuple[Account, ...]:
    """Whoever dropped out of the later file may still be known to Alleo from the one before, if that one stands."""
    later = {account.id: account for account in open_one.known(births, mark)}
    before = {account.id: account for account in last.known(births, mark)} if last else {}
    merged = {**before, **later}
    return tuple(merged[one] for one in sorted(merged, key=int))
