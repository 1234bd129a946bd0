"""The secrets of the simulated service, and its rules: lifetimes, passphrases, locks.

A secret is gone after one reading, one burn, or its lifetime; its receipt lives twice as long. Five wrong passphrases
within ten minutes lock a secret for half an hour.
"""

from __future__ import annotations

import secrets
import time
from collections import deque
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from threading import RLock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from alleo_onboard.sandbox.asgi import Seen

DAY = 86_400
DEFAULT_TTL = 7 * DAY
SHORTEST_TTL = 60
MOST_BYTES = 10_000
MOST_WRONG = 5
_WRONG_WITHIN = 600.0
LOCKED_FOR = 1800


class State(StrEnum):
    """The state of a secret, with the names of current servers; `render` translates to older names."""

    NEW = "new"
    REVEALED = "revealed"
    BURNED = "burned"
    EXPIRED = "expired"
    ORPHANED = "orphaned"


class Dialect(StrEnum):
    """The version of server that is simulated."""

    CURRENT = "current"
    OLD = "old"  # v2 under /private, `metadata`, states viewed and received, every value a string
    FIRST = "v1"  # only v1


class Mishap(Enum):
    """A way in which a request fails."""

    HTML = "502 with a page of the proxy"
    THROTTLED = "429 with retry_after"
    BROKEN = "503 with an error"
    LOST_BEFORE = "the connection ends before it is carried out"
    LOST_AFTER = "carried out, and the answer is lost"
    RACE = "a reader comes first"


@dataclass(slots=True)
class Item:
    """One secret with its receipt. Times are seconds since the epoch."""

    receipt: str
    secret: str
    owner: str | None
    created: float
    ttl: int
    text: str | None = field(repr=False)
    passphrase: str | None = field(repr=False)
    state: State = State.NEW
    changed: float = 0.0
    views: int = 0
    wrong: deque[float] = field(default_factory=deque)

    @property
    def expires(self) -> float:
        """Returns when the secret expires."""
        return self.created + self.ttl


@dataclass(slots=True)
class Manners:
    """Settings for tests: which server is simulated, who may use it, and what it requires."""

    dialect: Dialect = Dialect.CURRENT
    guests: bool = True
    api: bool = True
    strings: bool = False  # numbers and booleans as text, as documented
    wrong_is_200: bool = False  # a wrong passphrase is answered with 200 without the value
    shortest_passphrase: int = 4
    most_ttl: int = 7 * DAY  # for senders without account
    account: tuple[str, str] = ("ops@polderwerk.example", "token-of-the-account")
    plan_ttl: int = 14 * DAY  # an account that asks for more is refused
    domain: str = ""  # a custom domain, which links then contain


class Vault:
    """All secrets of the service. A test may replace `now`."""

    def __init__(self) -> None:
        self.manners = Manners()
        self.items: list[Item] = []
        self.requests: deque[Seen] = deque(maxlen=10_000)
        self.mishaps: deque[Mishap | None] = deque()
        self.lock = RLock()
        self.now: Callable[[], float] = time.time

    def let(self, *mishaps: Mishap | None) -> None:
        """Makes the next requests fail, one for each mishap; None is a request that succeeds."""
        self.mishaps.extend(mishaps)

    def pass_time(self, seconds: float) -> None:
        """Moves the service's clock forward."""
        before = self.now
        self.now = lambda: before() + seconds

    def keep(self, text: str, passphrase: str | None, ttl: int, owner: str | None) -> Item:
        """Stores a secret and returns it."""
        made = Item(_key(), _key(), owner, self.now(), ttl, text, passphrase, changed=self.now())
        self.items.append(made)
        return made

    def by_receipt(self, key: str) -> Item | None:
        """Returns the item of a receipt, or None when there is none or the receipt has expired."""
        item = next((one for one in self.items if one.receipt == key), None)
        if item is None or self.now() >= item.created + 2 * item.ttl:
            return None
        self._age(item)
        return item

    def by_secret(self, key: str) -> Item | None:
        """Returns the item of a secret that can still be read, or None."""
        item = next((one for one in self.items if one.secret == key), None)
        if item is None:
            return None
        self._age(item)
        return item if item.state is State.NEW else None

    def locked(self, item: Item) -> int:
        """Returns the seconds until another passphrase may be tried; 0 for now."""
        if len(item.wrong) < MOST_WRONG:
            return 0
        left = item.wrong[-1] + LOCKED_FOR - self.now()
        if left > 0:
            return int(left) + 1
        item.wrong.clear()
        return 0

    def opens(self, item: Item, passphrase: str | None) -> bool:
        """Returns whether the passphrase is right. A wrong one is counted."""
        if item.passphrase is None or (passphrase is not None and secrets.compare_digest(
            passphrase.encode(), item.passphrase.encode()
        )):  # fmt: skip
            return True
        now = self.now()
        while item.wrong and item.wrong[0] < now - _WRONG_WITHIN:
            item.wrong.popleft()
        item.wrong.append(now)
        return False

    def end(self, item: Item, state: State) -> str:
        """Deletes the text of a secret and returns it."""
        text, item.text = item.text or "", None
        item.state, item.changed = state, self.now()
        return text

    def open_by_alleo(self) -> int:
        """Opens every waiting link as Customer Success, without passphrase. Returns how many."""
        with self.lock:
            waiting = [item for item in self.items if self.by_secret(item.secret)]
            for item in waiting:
                self.end(item, State.REVEALED)
            return len(waiting)

    def _age(self, item: Item) -> None:
        """Expires an item whose time is over."""
        if item.state is State.NEW and self.now() >= item.expires:
            self.end(item, State.EXPIRED)


def _key() -> str:
    """Returns a random key of 62 characters, as current servers make them."""
    return "".join(secrets.choice("abcdefghijklmnopqrstuvwxyz0123456789") for _ in range(62))
