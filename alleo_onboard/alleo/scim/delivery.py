"""The SCIM delivery (RFC 7643, RFC 7644)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Self

from alleo_onboard.alleo.scim.settings import ScimSettings
from alleo_onboard.domain.account import Account
from alleo_onboard.domain.change import Change
from alleo_onboard.domain.delivery import DeliveryReport, Outcome
from alleo_onboard.domain.progress import Notify, silent
from alleo_onboard.domain.secret import Secret
from alleo_onboard.net.patience import DEFAULT_PATIENCE, Patience

if TYPE_CHECKING:  # loads httpx, needed only when something is sent
    from alleo_onboard.alleo.scim.session import Session


class ScimDelivery:
    """The SCIM delivery of one run. Call `open` first: without it only the core fields are read and written.

    Every method raises Usage when the settings cannot work (no address, no secret, http to another machine),
    DeliveryRefused when Alleo refuses the sign-in, and Unreachable when no usable answer came.
    """

    def __init__(
        self,
        settings: ScimSettings,
        secret: Secret,
        *,
        notify: Notify = silent,
        ca_file: str | None = None,
        patience: Patience = DEFAULT_PATIENCE,
    ) -> None:
        self._settings, self._secret = settings, secret
        self._notify, self._ca_file, self._patience = notify, ca_file, patience
        self._session: Session | None = None

    @property
    def concurrency(self) -> int:
        """Returns how many changes may be in progress at once."""
        return self._settings.concurrency

    async def open(self, wanted: frozenset[str]) -> DeliveryReport:
        """Signs in and asks the server what it can store.

        Core fields are always carried. The department is carried when the server advertises the enterprise extension
        or, if the server does not describe itself, when its first account has that extension. Any other field is
        carried when an extension has a single-valued, readable and writable attribute of that name and of a suitable
        type.
        """
        return await self._connected().open(wanted)

    async def accounts(self) -> Sequence[Account]:
        """Returns every account. Reads all or raises Unreachable. Reports AccountsRead for each page."""
        return await self._connected().accounts()

    async def account(self, identity: str, personio_id: int, email: str = "") -> Account | None:
        """Returns the account with this id, or None.

        When it is not found and `email` is given, returns the account that carries this Personio id, or has this
        address and no id.
        """
        return await self._connected().account(identity, personio_id, email)

    async def apply(self, change: Change) -> Outcome:
        """Makes one change, on this change's account only. Fields that the server cannot store are left out.

        May be called concurrently: at most `concurrency` requests are in progress, and a 429 delays all of them. Raises
        DeliveryRefused for 401 and when every write gets 403, and Down when the server does not answer any more. Any
        other error, a 403 too, is an Outcome with `error` and the last HTTP `status`.
        """
        return await self._connected().apply(change)

    @property
    def clock_ahead(self) -> float | None:
        """Returns the seconds that this machine's clock is ahead of Alleo's last Date header; None before that."""
        return self._session.clock_ahead if self._session else None

    async def aclose(self) -> None:
        """Closes the connections."""
        if self._session:
            session, self._session = self._session, None
            await session.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_raised: object) -> None:
        await self.aclose()

    def _connected(self) -> Session:
        if self._session is None:
            from alleo_onboard.alleo.scim.session import Session

            self._session = Session(
                self._settings, self._secret, notify=self._notify, ca_file=self._ca_file, patience=self._patience
            )
        return self._session
