"""Creates accounts. A POST is never simply repeated: after an unclear answer the account is looked up."""

from __future__ import annotations

from collections.abc import Iterable

from alleo_onboard.alleo.scim.answer import Answer
from alleo_onboard.alleo.scim.api import Api
from alleo_onboard.alleo.scim.features import Features
from alleo_onboard.alleo.scim.lenient import pick, text
from alleo_onboard.alleo.scim.lookup import Found, Lookup, Standing
from alleo_onboard.alleo.scim.resource import account_of, id_in, usable
from alleo_onboard.alleo.scim.writing import new_account, oneoffs, pays
from alleo_onboard.domain.account import Account
from alleo_onboard.domain.change import Change
from alleo_onboard.domain.delivery import Outcome
from alleo_onboard.domain.eligibility import email_key
from alleo_onboard.domain.errors import Unreachable
from alleo_onboard.domain.wanted import current, same
from alleo_onboard.locale import _


class Onboarding:
    """Creates accounts of one run. Accounts in `listed` save a lookup for people who are clearly new."""

    def __init__(self, api: Api, features: Features, lookup: Lookup) -> None:
        self._api, self._features, self._lookup = api, features, lookup
        self._taken: set[str] | None = None
        self._ids: set[str] = set()
        self._tried: set[str] = set()

    def listed(self, accounts: Iterable[Account]) -> None:
        """Takes the complete list of accounts, read in this run."""
        known = tuple(accounts)
        self._taken = {key for a in known for key in (a.external_id, email_key(a.email)) if key}
        self._ids = {a.id for a in known}

    async def apply(self, change: Change) -> Outcome:
        """Creates the account for an onboard, unless it exists. Raises DeliveryRefused."""
        ours, email = str(change.personio_id), str(change.new.get("email") or "")
        if not email:
            return Outcome(change, None, error=_("There is no address to make an account for."))
        try:
            if not self._clear(ours, email):
                found = await self._lookup.find(ours, email)
                if found.standing is not Standing.NONE:
                    return self._settled(change, found, 0, sent=ours in self._tried)
        except Unreachable as error:
            return Outcome(change, None, error=str(error))
        self._tried.add(ours)
        return await self._create(change, ours, email)

    def _clear(self, ours: str, email: str) -> bool:
        """Returns whether, as far as this run knows, this account cannot exist yet."""
        return self._taken is not None and self._taken.isdisjoint({ours, email_key(email)}) and ours not in self._tried

    async def _create(self, change: Change, ours: str, email: str) -> Outcome:
        """Sends the POST and handles unclear answers."""
        body = new_account(change, self._features.places)
        attempt, waited, sent = 1, 0.0, False
        while True:
            answer = await self._api.post("Users", body)
            if answer.ok:
                return await self._created(change, answer, ours, email)
            if not answer.ambiguous and answer.status != 409:
                return self._failed(change, answer, known=not sent)
            sent = sent or answer.ambiguous
            wait = self._api.patience.wait_for(attempt, answer.reply.retry_after, waited) if answer.why else None
            if answer.why and wait is not None:
                await self._api.http.pause(answer.why, wait, attempt)
            try:
                found = await self._lookup.find(ours, email)
            except Unreachable:
                return self._open(change, answer)
            if found.standing is not Standing.NONE:
                return self._settled(change, found, answer.status, sent=sent)
            if wait is None:
                return self._failed(change, answer, known=not sent)
            attempt, waited = attempt + 1, waited + wait

    async def _created(self, change: Change, answer: Answer, ours: str, email: str) -> Outcome:
        """Returns the Outcome of a successful POST.

        The account is read back when the answer names another person's account, an account already known, or none, and
        when a one-off budget was sent.
        """
        holder = text(pick(answer.body, "externalId"))
        if holder and holder != ours:
            return self._settled(change, Found(Standing.OTHER, Account("", holder)), answer.status, sent=True)
        identity = text(pick(answer.body, "id")) or id_in(answer.reply.location)
        if identity and identity not in self._ids and not pays(change, self._features.places):
            return Outcome(change, identity, answer.status)
        try:
            found = await self._read_back(identity, ours, email) or await self._lookup.find(ours, email)
        except Unreachable:
            return self._open(change, answer)
        if found.standing is Standing.NONE:
            lost = _("Alleo answered that it was done, but has no such account.")
            return Outcome(change, None, answer.status, lost, known=False)
        return self._settled(change, found, answer.status, sent=True)

    async def _read_back(self, identity: str, ours: str, email: str) -> Found | None:
        """Returns the account with the answered id if it is this person's, else None."""
        if not usable(identity):
            return None
        answer = await self._api.one(identity)
        if answer.unusable:
            raise self._api.unreachable(answer)
        account = account_of(answer.body, self._features.places) if answer.ok else None
        if account is None or account.id != identity or account.external_id not in ("", ours):
            return None
        own = account.external_id == ours or email_key(account.email) == email_key(email)
        return Found(Standing.OURS, account) if own else None

    def _settled(self, change: Change, found: Found, status: int, *, sent: bool) -> Outcome:
        """Returns the Outcome for an account that was found.

        It counts as done only if it is this person's and as planned.

        `sent` is true when an earlier POST may have created it; then it must hold the one-off budgets, because only
        what was read back counts as granted. Otherwise it must hold all planned values: a plan is applied exactly, and
        this plan does not know the account.
        """
        account = found.account
        if found.standing is Standing.OURS and account:
            if self._granted(account, change) if sent else _holds(account, change):
                return Outcome(change, account.id, status)
            sentence = _("There is now an account that is linked to this person. Run again to bring it up to date.")
        elif found.standing is Standing.FREE:
            sentence = _("There is now an account with this address. Run again to link it.")
        else:
            sentence = _(
                "The account with this address is linked to somebody else at Alleo (external id {holder})."
            ).format(holder=account.external_id if account else "")
        return Outcome(change, None, status, sentence)

    def _granted(self, account: Account, change: Change) -> bool:
        """Returns whether an account holds every one-off budget of the change."""
        paid = oneoffs(change, self._features.places)
        return all(same(f.name, current(account, f.name), f.new) for f in paid)

    def _failed(self, change: Change, answer: Answer, *, known: bool) -> Outcome:
        return Outcome(change, None, answer.status, self._api.refusal(answer), known=known)

    def _open(self, change: Change, answer: Answer) -> Outcome:
        """Returns the Outcome for an account of which it is unknown whether it was created."""
        sentence = _(
            "It is not known whether Alleo made this account, and it cannot be asked now. Run again to find out."
        )
        return Outcome(change, None, answer.status, sentence, known=False)


def _holds(account: Account, change: Change) -> bool:
    """Returns whether an active account holds all values of the change."""
    return account.active and all(current(account, f.name) == (f.new or "") for f in change.fields)
