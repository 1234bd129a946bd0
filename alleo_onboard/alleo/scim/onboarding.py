"""New accounts. A POST is never repeated blindly: after an answer that leaves it open, the account is looked for."""

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
    """`listed` tells which accounts are known, so that people who are clearly new cost one request each."""

    def __init__(self, api: Api, features: Features, lookup: Lookup) -> None:
        self._api, self._features, self._lookup = api, features, lookup
        self._taken: set[str] | None = None
        self._ids: set[str] = set()
        self._tried: set[str] = set()

    def listed(self, accounts: Iterable[Account]) -> None:
        """Takes in a complete list, read in this run."""
        known = tuple(accounts)
        self._taken = {key for a in known for key in (a.external_id, email_key(a.email)) if key}
        self._ids = {a.id for a in known}

    async def apply(self, change: Change) -> Outcome:
        """Raises DeliveryRefused."""
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
        """Whether nobody can have this account yet, as far as this run has seen."""
        return self._taken is not None and self._taken.isdisjoint({ours, email_key(email)}) and ours not in self._tried

    async def _create(self, change: Change, ours: str, email: str) -> Outcome:
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
        """The new account's id, from wherever the server put it; looked at where it is somebody else's, or money
        hangs on it."""
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
        """The account of the id that was answered, if it is this person's."""
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
        """How an onboard ends that met an account. It is taken as done only if it is this person's and this run's.

        `sent` is true when an earlier POST of ours may have made the account; then it has to hold the one-off budgets,
        since granted is what was read back. Otherwise it has to hold all that was to be set, because a plan is applied
        exactly and this plan knows nothing of the account.
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
        """Whether an account holds every one-off budget that was sent for it."""
        paid = oneoffs(change, self._features.places)
        return all(same(f.name, current(account, f.name), f.new) for f in paid)

    def _failed(self, change: Change, answer: Answer, *, known: bool) -> Outcome:
        return Outcome(change, None, answer.status, self._api.refusal(answer), known=known)

    def _open(self, change: Change, answer: Answer) -> Outcome:
        sentence = _(
            "It is not known whether Alleo made this account, and it cannot be asked now. Run again to find out."
        )
        return Outcome(change, None, answer.status, sentence, known=False)


def _holds(account: Account, change: Change) -> bool:
    return account.active and all(current(account, f.name) == (f.new or "") for f in change.fields)
