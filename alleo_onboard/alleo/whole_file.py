"""The common part of deliveries that publish all people in one file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from alleo_onboard.domain.account import Account
from alleo_onboard.domain.change import Change
from alleo_onboard.domain.delivery import Outcome
from alleo_onboard.locale import _


def languages() -> Mapping[str, str]:
    """Returns the choices for the language column."""
    return {"": _("as Alleo has it"), "EN": "EN", "NL": "NL"}


class WholeFile:
    """Methods of a delivery that cannot read or change single accounts; the rows are in the ledger."""

    async def accounts(self) -> Sequence[Account]:
        """Returns nothing."""
        return ()

    async def account(self, identity: str, personio_id: int, email: str = "") -> Account | None:  # noqa: ARG002
        """Returns None."""
        return None

    async def apply(self, change: Change) -> Outcome:
        """Returns an error: a file holds all changes at once."""
        return Outcome(change, change.account_id, error=_("This delivery publishes all changes in one file."))

    async def aclose(self) -> None:
        """Does nothing: no connection stays open between two calls."""
