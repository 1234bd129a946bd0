"""The state of the simulated Alleo. Tests read accounts, count requests and make requests fail."""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from alleo_onboard.sandbox.asgi import Response, Seen, drop
from alleo_onboard.sandbox.names import DEPARTMENTS
from alleo_onboard.sandbox.person import MONTHLY_ALL_KEY, ONEOFF_ALL_KEY
from alleo_onboard.sandbox.scim import AccountApplication, AccountStorage
from alleo_onboard.sandbox.scim_schema import ALLEO, CORE, ENTERPRISE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alleo_onboard.sandbox.asgi import Message, Receive, Scope, Send
    from alleo_onboard.sandbox.person import Person
    from alleo_onboard.sandbox.sign_in import SignIn

_LOST = -1


@dataclass(frozen=True, slots=True)
class _Fault:
    """A failure for one request."""

    status: int
    retry_after: str
    method: str  # "" for any method


class Scim:
    """The accounts of the SCIM server, and the requests it got."""

    def __init__(self, sign_in: SignIn) -> None:
        self.sign_in = sign_in
        self.latency = 0.0  # seconds before every answer
        self.requests: deque[Seen] = deque(maxlen=10_000)
        self.counts: Counter[str] = Counter()  # number of requests by method
        self._storage = AccountStorage()
        self._app = AccountApplication(self._storage, sign_in.accepts)
        self._type = self._app.provider.resource_types[0]
        self._model = self._app.service.get_model(self._type)
        self._faults: deque[_Fault] = deque()

    @property
    def accounts(self) -> list[dict[str, Any]]:
        """Returns every account as SCIM JSON, in order of creation."""
        with self._storage.lock:
            return [account.model_dump() for account in self._storage.in_order()]

    def account(self, external_id: str) -> dict[str, Any] | None:
        """Returns the account linked to this Personio id, or None."""
        return next((each for each in self.accounts if each.get("externalId") == external_id), None)

    def add(self, *accounts: dict[str, Any]) -> list[str]:
        """Adds accounts given as SCIM JSON and returns their ids. Raises scim2_models.UniquenessException."""
        with self._storage.lock:
            models = [self._model.model_validate(account) for account in accounts]
            return [cast("str", self._storage.create(self._type, model).id) for model in models]

    def add_people(self, people: Iterable[Person]) -> None:
        """Adds an active, linked account for each employee."""
        with self._storage.lock:
            for person in people:
                self._storage.put(self._type, self._model.model_validate(as_account(person)))

    def fail(self, *statuses: int, retry_after: str = "", method: str = "") -> None:
        """Answers the next requests (with that method) with these statuses, one each, without doing anything."""
        self._faults.extend(_Fault(status, retry_after, method) for status in statuses)

    def lose_answer(self, method: str = "") -> None:
        """Carries out the next request (with that method), but closes the connection before the answer."""
        self._faults.append(_Fault(_LOST, "", method))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one HTTP request below `/scim`."""
        self.counts[scope["method"]] += 1
        self.requests.append(Seen.of(scope))
        if self.latency:
            await asyncio.sleep(self.latency)
        fault = next((each for each in self._faults if each.method in ("", scope["method"])), None)
        if fault is None:
            await self._app(scope, receive, send)
            return
        self._faults.remove(fault)
        if fault.status == _LOST:
            await self._app(scope, receive, _nowhere)
            await drop(Response(200, b""), send)
        else:
            await _refuse(fault.status, fault.retry_after, receive, send)


async def _nowhere(_message: Message) -> None:
    """Discards an answer."""


async def _refuse(status: int, retry_after: str, receive: Receive, send: Send) -> None:
    """Answers with an error status."""
    from alleo_onboard.sandbox.asgi import as_json, write

    await receive()
    error = {"schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"], "status": str(status), "detail": "Not now"}
    headers = (("retry-after", retry_after),) if retry_after else ()
    await write(as_json(status, error, *headers), send)


def as_account(person: Person) -> dict[str, Any]:
    """Returns an employee's account as SCIM JSON, with every field that the delivery can carry."""
    extension = {"birthday": person.birthday, "workAnniversary": person.hire_date}
    budgets = {"alleo_monthly_all_budget": MONTHLY_ALL_KEY, "alleo_oneoff_all_budget": ONEOFF_ALL_KEY}
    amounts = {name: person.custom[key] for name, key in budgets.items() if key in person.custom}
    department = None if person.department is None else DEPARTMENTS[person.department][1]
    return {
        "schemas": [CORE, ENTERPRISE, ALLEO],
        "userName": person.email,
        "externalId": str(person.id),
        "active": True,
        "name": {"givenName": person.first_name, "familyName": person.last_name},
        "emails": [{"value": person.email, "type": "work", "primary": True}],
        ENTERPRISE: {"department": department},
        ALLEO: {**{name: str(day) for name, day in extension.items() if day}, **amounts},
    }
