"""The state of the simulated Personio: people, attributes, rights, tokens, faults, and the requests it got.

Tests change it while the server runs. Every change takes a lock and empties the rendered pages.
"""

from __future__ import annotations

import secrets
import time
from collections import deque
from dataclasses import replace
from threading import RLock
from typing import TYPE_CHECKING, Any

from alleo_onboard.sandbox.faults import Faults
from alleo_onboard.sandbox.limits import Limits
from alleo_onboard.sandbox.people import generate
from alleo_onboard.sandbox.render import Pages
from alleo_onboard.sandbox.tenant import attributes_of, readable_in

if TYPE_CHECKING:
    from datetime import date

    from alleo_onboard.sandbox.asgi import Seen
    from alleo_onboard.sandbox.person import Person
    from alleo_onboard.sandbox.scenarios import Scenario
    from alleo_onboard.sandbox.tenant import Attribute

TOKEN_SECONDS = 86_400


class Personio:
    """One simulated tenant with one credential."""

    def __init__(
        self, scenario: Scenario, count: int, seed: int, today: date, credential: tuple[str, str], *, limits: bool
    ) -> None:
        self.scenario = scenario
        self.credential = credential
        self.scope = "employees:read employees:write" if scenario.over_privileged else "employees:read"
        self.faults = Faults(flaky=scenario.flaky)
        self.limits = Limits() if limits else None
        self.latency = 0.0  # seconds before every answer
        self.requests: deque[Seen] = deque(maxlen=10_000)
        self.pages = Pages()
        self.lock = RLock()
        self._attributes = attributes_of(scenario)
        self._readable = readable_in(scenario)
        self._people: tuple[Person, ...] = tuple(generate(scenario, count, seed, today))
        self._token = ""
        self._token_end = 0.0

    @property
    def people(self) -> tuple[Person, ...]:
        """Returns every employee, newest `created_at` first, as the API lists them."""
        return self._people

    @property
    def attributes(self) -> tuple[Attribute, ...]:
        """Returns every attribute of the tenant."""
        return self._attributes

    @property
    def readable(self) -> frozenset[str]:
        """Returns the keys that the credential may read."""
        return self._readable

    def key_of(self, name: str) -> str:
        """Returns the key of an attribute given by key, universal id or label. Raises KeyError."""
        for attribute in self._attributes:
            if name in {attribute.key, attribute.universal_id, attribute.label}:
                return attribute.key
        raise KeyError(name)

    def show(self, *names: str) -> None:
        """Makes attributes readable, given by key, universal id or label."""
        self.set_readable(self._readable | {self.key_of(name) for name in names})

    def hide(self, *names: str) -> None:
        """Makes attributes unreadable, given by key, universal id or label."""
        self.set_readable(self._readable - {self.key_of(name) for name in names})

    def set_readable(self, keys: frozenset[str]) -> None:
        """Replaces the readable attributes. Unknown keys are ignored."""
        with self.lock:
            self._readable = keys & {attribute.key for attribute in self._attributes}
            self.pages.clear()

    def set_attributes(self, *attributes: Attribute) -> None:
        """Replaces the attributes of the tenant. The readable keys stay."""
        with self.lock:
            self._attributes = attributes
            self.set_readable(self._readable)

    def person(self, number: int) -> Person | None:
        """Returns the employee with this id, or None."""
        return next((person for person in self._people if person.id == number), None)

    def edit(self, number: int, **fields: Any) -> Person:
        """Changes fields of one employee (`Person` fields); `custom` values are merged. Raises KeyError."""
        with self.lock:
            person = self.person(number)
            if person is None:
                raise KeyError(number)
            if "custom" in fields:
                fields["custom"] = {**person.custom, **fields["custom"]}
            edited = replace(person, **fields)
            self.set_people(tuple(edited if each.id == number else each for each in self._people))
            return edited

    def set_people(self, people: tuple[Person, ...]) -> None:
        """Replaces all employees."""
        with self.lock:
            self._people = tuple(sorted(people, key=lambda person: (person.created_at, person.id), reverse=True))
            self.pages.clear()

    def token(self) -> tuple[str, int]:
        """Returns the token and its lifetime in seconds; the same for 24 hours (changelog "Improved bearer token")."""
        now = time.monotonic()
        if not self._token or now >= self._token_end:
            self._token = f"papi-{secrets.token_urlsafe(48)}"
            self._token_end = now + TOKEN_SECONDS
        return self._token, TOKEN_SECONDS

    def accepts(self, token: str) -> bool:
        """Returns whether this bearer token is valid."""
        return bool(self._token) and time.monotonic() < self._token_end and secrets.compare_digest(token, self._token)

    def expire_token(self) -> None:
        """Expires the present token. The next sign-in gives a new one."""
        self._token = ""
