"""Which account at Alleo belongs to which employee."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from alleo_onboard.domain.account import Account
from alleo_onboard.domain.eligibility import email_key
from alleo_onboard.domain.employee import Employee


@dataclass(frozen=True, slots=True)
class Matched:
    """The account found for an employee."""

    account: Account | None = None  # None when none was found
    linked: bool = False  # the account carries the employee's id; else it only has the same address
    # cannot be used: two accounts carry the id, the address is another person's, or in a first run only the id fits
    conflict: bool = False
    unkept: bool = False  # Alleo does not store the id of this person
    returned: bool = False  # the account is a leaver's row of our own file: the same person with an earlier id


class Accounts:
    """All accounts, found by link and by address."""

    def __init__(
        self,
        accounts: Iterable[Account],
        links: Mapping[int, str],
        unkept: frozenset[int] = frozenset(),
        addresses: Mapping[int, str] | None = None,
        *,
        first_run: bool = False,
        syncing: frozenset[int] | None = None,
    ) -> None:
        """Indexes the accounts.

        `links` maps Personio ids to account ids linked by this tool (from the ledger). `unkept` are people whose id
        Alleo did not store: for them the ledger's link counts. `addresses` maps Personio ids to the last known address:
        when somebody cleared the id of an account that still has this address, the ledger's link counts too. `syncing`
        is given where the accounts are the rows of our own file: the Personio ids of everybody who is to have Alleo.
        """
        self.all = tuple(accounts)
        self._by_external: defaultdict[str, list[Account]] = defaultdict(list)
        self._by_email: defaultdict[str, list[Account]] = defaultdict(list)
        by_id: dict[str, Account] = {}
        for account in self.all:
            by_id[account.id] = account
            if account.external_id:
                self._by_external[account.external_id].append(account)
            if account.email:
                self._by_email[email_key(account.email)].append(account)
        self._links = {number: by_id[known] for number, known in links.items() if known in by_id}
        self._unkept, self._first_run, self._syncing = unkept, first_run, syncing
        self._addresses = {number: email_key(address) for number, address in (addresses or {}).items()}

    def linked(self, number: int, account: Account) -> bool:
        """Returns whether the account is this person's: it carries their id, or the ledger's link counts."""
        if account.external_id:
            return account.external_id == str(number)
        if self._links.get(number) != account:
            return False
        return number in self._unkept or self._addresses.get(number) == email_key(account.email)

    def twins(self, number: int) -> bool:
        """Returns whether more than one account carries this Personio id."""
        return len(self._by_external.get(str(number), ())) > 1

    def own(self, number: int) -> Account | None:
        """Returns the account that this tool linked to a person and that carries their id, or None."""
        account = self._links.get(number)
        return account if account is not None and account.external_id == str(number) else None

    def active_twins(self, number: int, besides: Account | None) -> tuple[Account, ...]:
        """Returns the active accounts that carry this Personio id, other than `besides`."""
        held = self._by_external.get(str(number), ())
        return tuple(a for a in held if a.active and (besides is None or a.id != besides.id))

    def match(self, employee: Employee) -> Matched:
        """Returns the account of an employee, by link, else by address (product.md, "What changes")."""
        linked = self._by_external.get(str(employee.id), [])
        if linked:
            first = next((a for a in linked if a.active), linked[0])
            return Matched(first, linked=True, conflict=self.twins(employee.id) or self._somebody_else(employee, first))
        known = self._links.get(employee.id)
        if known and self.linked(employee.id, known):
            return Matched(known, linked=True, unkept=employee.id in self._unkept)
        holders = self._by_email.get(email_key(employee.email), []) if employee.email else []
        if not holders:
            return Matched()
        if len(holders) == 1 and self._came_back(employee, holders[0]):
            return Matched(holders[0], returned=True)
        return Matched(holders[0], conflict=len(holders) > 1 or bool(holders[0].external_id))

    def _came_back(self, employee: Employee, account: Account) -> bool:
        """Returns whether a leaver's row of our own file belongs to this person, who has another Personio id now.

        Alleo knows the people of a file by their address, so the row is theirs again. Somebody of another name may have
        been given the address of a leaver, and would get what the leaver has at Alleo: that stays a conflict.
        """
        if self._syncing is None or account.active or not account.external_id:
            return False
        same_name = account.name.casefold() == employee.name.casefold()
        return same_name and int(account.external_id) not in self._syncing

    def _somebody_else(self, employee: Employee, account: Account) -> bool:
        """Returns whether an account that carries only the id may belong to another company's employee.

        That is possible in a first run when neither name nor address is the same.
        """
        if not self._first_run or employee.id in self._links:
            return False
        same_name = account.name.casefold() == employee.name.casefold()
        return not same_name and email_key(account.email) != email_key(employee.email)

    def holder(self, email: str, besides: str) -> Account | None:
        """Returns an account other than `besides` (an account id) that has this address, or None."""
        return next((a for a in self._by_email.get(email_key(email), ()) if a.id != besides), None)

    def gone(self, present: Iterable[int]) -> Mapping[int, Account]:
        """Returns linked accounts whose Personio id is not in `present`, by Personio id."""
        here = set(present)
        return {
            number: account
            for number, account in self._links.items()
            if number not in here and self.linked(number, account)
        }
