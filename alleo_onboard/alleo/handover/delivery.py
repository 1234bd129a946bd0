"""The hand-over as a delivery. Opening it only checks whether its service can be used; Alleo runs the sync itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NoReturn

from alleo_onboard.alleo.handover.onepassword import HOST, OnePassword
from alleo_onboard.alleo.handover.onetime import OneTimeSecret
from alleo_onboard.alleo.handover.regions import address
from alleo_onboard.alleo.handover.wire import Account as SignIn
from alleo_onboard.domain.account import Account
from alleo_onboard.domain.change import Change
from alleo_onboard.domain.delivery import Context, DeliveryReport
from alleo_onboard.domain.errors import Usage
from alleo_onboard.domain.handover import Via
from alleo_onboard.domain.profile import DeliveryChoice
from alleo_onboard.domain.secret import Secret
from alleo_onboard.locale import _


class HandoverDelivery:
    """A hand-over service. Opening it sends nothing. All methods for accounts raise Usage."""

    concurrency = 1
    clock_ahead: float | None = None

    def __init__(self, choice: DeliveryChoice, token: Secret | None, context: Context) -> None:
        self._choice, self._token, self._context = choice, token, context

    async def open(self, wanted: frozenset[str]) -> DeliveryReport:
        """Asks the service whether it can be used. All fields count as carried, because Alleo reads Personio itself.

        Raises Usage, HandoverRefused, Unreachable.
        """
        via = Via(self._choice.text("via") or Via.ONETIMESECRET)
        if via is Via.ONEPASSWORD:
            await OnePassword().ready()
            return DeliveryReport(HOST, wanted, said=_("1Password is signed in and can make links."))
        if via is Via.MANUAL:
            said = _("By hand: nothing is sent from here. You make the link yourself when you hand over.")
            return DeliveryReport("", wanted, said=said)
        user = self._choice.text("account")
        account = SignIn(user, self._token) if user and self._token else None
        url = address(self._choice.text("region"), self._choice.text("server"))
        async with OneTimeSecret(url, account, ca_file=self._context.ca_file) as service:
            await service.find_out()
            said = _("{host} can be used. Nothing was sent.").format(host=service.host)
            return DeliveryReport(service.host, wanted, said=said)

    async def accounts(self) -> Sequence[Account]:
        """Raises Usage: Alleo runs the sync itself."""
        raise _alone()

    async def account(self, identity: str, personio_id: int, email: str = "") -> NoReturn:  # noqa: ARG002
        """Raises Usage: Alleo runs the sync itself."""
        raise _alone()

    async def apply(self, change: Change) -> NoReturn:  # noqa: ARG002
        """Raises Usage: Alleo runs the sync itself."""
        raise _alone()

    async def aclose(self) -> None:  # noqa: D102 - nothing is open
        return None


def _alone() -> Usage:
    return Usage(_("Alleo runs the sync of this set-up itself: nothing is read or written from here."))
