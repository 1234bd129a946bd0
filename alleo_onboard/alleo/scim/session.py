"""One open SCIM connection, shared by reading and writing."""

from __future__ import annotations

from collections.abc import Sequence

from alleo_onboard.alleo.scim.api import Api
from alleo_onboard.alleo.scim.discovery import discover
from alleo_onboard.alleo.scim.features import Features
from alleo_onboard.alleo.scim.listing import Listing
from alleo_onboard.alleo.scim.lookup import Lookup, Standing
from alleo_onboard.alleo.scim.onboarding import Onboarding
from alleo_onboard.alleo.scim.resource import account_of, usable
from alleo_onboard.alleo.scim.settings import ScimSettings
from alleo_onboard.alleo.scim.updating import update
from alleo_onboard.domain.account import Account
from alleo_onboard.domain.change import Change, Kind
from alleo_onboard.domain.delivery import DeliveryReport, Outcome
from alleo_onboard.domain.errors import Unreachable
from alleo_onboard.domain.progress import Notify, SignedIn, System
from alleo_onboard.domain.secret import Secret
from alleo_onboard.locale import _
from alleo_onboard.net.breaker import Down
from alleo_onboard.net.patience import Patience


class Session:
    """The work behind ScimDelivery; its docstrings apply here too."""

    def __init__(
        self, settings: ScimSettings, secret: Secret, *, notify: Notify, ca_file: str | None, patience: Patience
    ) -> None:
        self._api = Api(settings, secret, notify=notify, ca_file=ca_file, patience=patience)
        self._described(Features())

    @property
    def clock_ahead(self) -> float | None:
        """Returns the seconds that this machine's clock is ahead of Alleo's."""
        return self._api.clock_ahead

    def _described(self, features: Features) -> None:
        self._features = features
        self._listing = Listing(self._api, features)
        self._lookup = Lookup(self._api, features, self._listing.read)
        self._onboarding = Onboarding(self._api, features, self._lookup)

    async def open(self, wanted: frozenset[str]) -> DeliveryReport:
        """Signs in; see ScimDelivery.open."""
        self._described(await discover(self._api, wanted))
        self._api.notify(SignedIn(System.ALLEO))
        return DeliveryReport(
            self._api.base, self._features.carries, unknown=self._features.unknown, updates=self._features.patches
        )

    async def accounts(self) -> Sequence[Account]:
        """Returns every account; see ScimDelivery.accounts."""
        accounts = await self._listing.read()
        self._onboarding.listed(accounts)
        return accounts

    async def account(self, identity: str, personio_id: int, email: str) -> Account | None:
        """Returns one account; see ScimDelivery.account."""
        if usable(identity):
            answer = await self._api.one(identity)
            if answer.unusable:
                raise self._api.unreachable(answer)
            found = account_of(answer.body, self._features.places) if answer.ok else None
            if found and found.id == identity:
                return found
        if not email:
            return None
        looked = await self._lookup.find(str(personio_id), email)
        return looked.account if looked.standing in (Standing.OURS, Standing.FREE) else None

    async def apply(self, change: Change) -> Outcome:
        """Makes one change; see ScimDelivery.apply."""
        try:
            if change.kind is Kind.ONBOARD:
                return await self._onboarding.apply(change)
            return await update(self._api, change, self._features.places)
        except Down:
            raise
        except Unreachable as error:
            return Outcome(change, change.account_id, error=str(error), known=False)
        except UnicodeEncodeError:
            said = _("This change holds a character that cannot be sent (half of one). Mend it in Personio.")
            return Outcome(change, change.account_id, error=said)

    async def aclose(self) -> None:
        """Closes the connections."""
        await self._api.aclose()
