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

if TYPE_CHECKING:  # it loads httpx, which nobody needs before there is something to send
    from alleo_onboard.alleo.scim.session import Session


class ScimDelivery:
    """One run's way into Alleo. `open` comes first: without it only the core fields are read and written.

    Every method raises Usage where the settings cannot work (no address, no secret, plain http to another machine),
    DeliveryRefused where Alleo does not let us in, and Unreachable where no usable answer came.
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
        return self._settings.concurrency

    async def open(self, wanted: frozenset[str]) -> DeliveryReport:
        """Signs in and asks the server to describe itself.

        Core fields are always carried. The department is where the enterprise extension is advertised or, on a server
        that does not describe itself, where its first account has that extension. Any other wanted field is where an
        extension has a writable, readable, single attribute of that name and of a fitting type.
        """
        return await self._connected().open(wanted)

    async def accounts(self) -> Sequence[Account]:
        """Every account, read completely or not at all (Unreachable). Tells AccountsRead per page."""
        return await self._connected().accounts()

    async def account(self, identity: str, personio_id: int, email: str = "") -> Account | None:
        """The account of that id, asked for by itself; else, where `email` is given, the one that carries this
        person's Personio id, or the address and no id. None when there is none."""
        return await self._connected().account(identity, personio_id, email)

    async def apply(self, change: Change) -> Outcome:
        """Makes one change, on the account of that change only. Fields the server has no place for are left out.

        Safe to call concurrently: no more than `concurrency` requests are under way, and a 429 holds all of them back.
        Raises DeliveryRefused for 401 and where every write is answered with 403, and Down where the server answers
        nobody any more; other trouble, a 403 included, is an Outcome with `error` and the last HTTP `status`.
        """
        return await self._connected().apply(change)

    @property
    def clock_ahead(self) -> float | None:
        """Seconds that this machine's clock is ahead of Alleo's newest Date header; None before an answer."""
        return self._session.clock_ahead if self._session else None

    async def aclose(self) -> None:
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
