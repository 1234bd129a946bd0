"""What Alleo knows from files: the ledger's last publication, and the one of an interrupted run if it arrived."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from alleo_onboard.domain.account import Account
from alleo_onboard.domain.publishing import Publisher
from alleo_onboard.store.ledger import Ledger
from alleo_onboard.store.publications import Mark, Publication


async def told(publisher: Publisher, ledger: Ledger, births: Mapping[int, str]) -> tuple[Account, ...]:
    """Returns everybody whom Alleo knows from files. Writes nothing."""
    mark = ledger.births.mark
    last, open_one = ledger.published(), await arrived(publisher, ledger)
    if open_one is None:
        return last.known(births, mark) if last else ()
    return _merged(last, open_one, births, mark)


async def arrived(publisher: Publisher, ledger: Ledger) -> Publication | None:
    """Returns the publication of an interrupted run, unless its file is known not to be in place.

    A file that a person has to upload never arrived: nobody was told about it.
    """
    found = ledger.pending()
    if found is None or publisher.awaits_upload:
        return None
    held = await publisher.in_place(found.name)
    return found if held is None or hashlib.sha256(held).hexdigest() == found.sha256 else None


def _merged(
    last: Publication | None, open_one: Publication, births: Mapping[int, str], mark: Mark
) -> tuple[Account, ...]:
    """Returns the people of both files: somebody missing in the later file may still be known from the earlier one."""
    later = {account.id: account for account in open_one.known(births, mark)}
    before = {account.id: account for account in last.known(births, mark)} if last else {}
    merged = {**before, **later}
    return tuple(merged[one] for one in sorted(merged, key=int))
