"""Handing the credential to Alleo: what was sent, its state, who acts next, and what is late.

Times and rules: facts/deliveries.md, section F. Nothing here holds a secret.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

UNOPENED = timedelta(days=2)  # an unopened link is late after this time
ENDING = timedelta(days=1)  # warn this long before a link expires
ACTIVATION = 5  # working days


class Via(StrEnum):
    """The service that carries the credential."""

    ONETIMESECRET = "onetimesecret"
    ONEPASSWORD = "1password"
    MANUAL = "manual"


class State(StrEnum):
    """The state of a hand-over. UNKNOWN: the service cannot tell, or there is no receipt to ask it with."""

    WAITING = "waiting"
    FETCHED = "fetched"  # a person or a mail scanner loaded the link page; the secret was not opened
    OPENED = "opened"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    GONE = "gone"  # the service does not know the link any more, and never says why
    ACTIVATED = "activated"
    UNKNOWN = "unknown"


OPEN_STATES = frozenset({State.WAITING, State.FETCHED, State.UNKNOWN})


class Who(StrEnum):
    """Who has to act next."""

    ALLEO = "alleo"
    CUSTOMER = "customer"
    NOBODY = "nobody"


class What(StrEnum):
    """What has to be done next."""

    OPEN = "open"
    ACTIVATE = "activate"
    ASK_ALLEO = "ask_alleo"  # whether they opened it: the service does not tell
    SEND_AGAIN = "send_again"
    NEW_CREDENTIAL = "new_credential"
    LOOK_AT_FIRST_SYNC = "look_at_first_sync"


@dataclass(frozen=True, slots=True)
class Handover:
    """One hand-over of a set-up, as the ledger stores it. Holds no secret."""

    via: Via
    host: str  # the service, for a person to read
    sent: datetime
    expires: datetime | None  # what the service granted
    state: State = State.WAITING
    credential: str = ""  # a fingerprint of the client id, to tell one credential from another
    base: str = ""  # address of the service, "" when it cannot be asked
    opened: datetime | None = None
    activated: date | None = None
    looked: datetime | None = None  # when the service was asked last
    ended: datetime | None = None
    lost: bool = False  # true when the sending got no answer: a link may exist that nobody knows
    kept: bool = False  # whether receipt and passphrase are in the keyring
    given_up: bool = False  # the link could not be withdrawn, and another one may be sent
    compared: datetime | None = None  # when a file of Alleo's, such as its test run, was compared with the preview
    by: str = ""  # who sent it, as user@machine
    agrees: bool = False  # whether that file and the preview said the same

    def at(self, now: datetime) -> State:
        """Returns the state at `now`. An open link past its end has expired, even if the service was not asked."""
        if self.activated:
            return State.ACTIVATED
        if self.state in OPEN_STATES and self.expires and now >= self.expires:
            return State.UNKNOWN if self.state is State.UNKNOWN else State.EXPIRED
        return self.state

    def openable(self, now: datetime) -> bool:
        """Returns whether somebody could still open the link, as far as is known."""
        return self.state in OPEN_STATES and not (self.expires and now >= self.expires)

    def waits(self, now: datetime) -> bool:
        """Returns whether the link prevents sending another one."""
        return self.openable(now) and not self.given_up


@dataclass(frozen=True, slots=True)
class Next:
    """The next action: who, what, and since when."""

    who: Who
    what: What
    since: datetime
    late: bool = False  # takes longer than usual
    ending: bool = False  # expires within a day


def next_step(one: Handover, now: datetime) -> Next:  # noqa: PLR0911 - one for each state
    """Returns the next action."""
    match one.at(now):
        case State.WAITING | State.FETCHED:
            ending = one.expires is not None and one.expires - now <= ENDING
            return Next(Who.ALLEO, What.OPEN, one.sent, now - one.sent >= UNOPENED, ending)
        case State.OPENED:
            since = one.opened or one.looked or one.sent
            return Next(Who.ALLEO, What.ACTIVATE, since, working_days(since.date(), now.date()) >= ACTIVATION)
        case State.EXPIRED:
            return Next(Who.CUSTOMER, What.NEW_CREDENTIAL, one.expires or one.sent, late=True)
        case State.GONE:
            return Next(Who.CUSTOMER, What.NEW_CREDENTIAL, one.ended or one.sent, late=True)
        case State.WITHDRAWN:
            return Next(Who.CUSTOMER, What.SEND_AGAIN, one.ended or one.sent)
        case State.UNKNOWN:
            return Next(Who.CUSTOMER, What.ASK_ALLEO, one.sent, now - one.sent >= UNOPENED)
        case State.ACTIVATED:
            assert one.activated is not None  # noqa: S101 - that is what makes the state
            since = datetime.combine(one.activated, datetime.min.time(), now.tzinfo)
            return Next(Who.CUSTOMER, What.LOOK_AT_FIRST_SYNC, since)


def working_days(start: date, end: date) -> int:
    """Returns the number of Mondays to Fridays after `start` up to and including `end`. Ignores holidays."""
    days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(day.weekday() < 5 for day in days)


@dataclass(frozen=True, slots=True)
class Lifetime:
    """How long a link should live."""

    seconds: int

    @property
    def text(self) -> str:
        """Returns the lifetime as text for people and for the command `op`: 7d, 12h, 30m."""
        for unit, size in (("d", 86_400), ("h", 3_600), ("m", 60)):
            if self.seconds % size == 0:
                return f"{self.seconds // size}{unit}"
        return f"{self.seconds}s"


DEFAULT_LIFETIME = Lifetime(7 * 86_400)
_UNITS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800}
_LONGEST = 366 * 86_400


def lifetime(text: str) -> Lifetime | None:
    """Returns the lifetime for `7d`, `12h`, `30m`, `2w` or a number of days.

    Returns None for other text, and for less than a minute or more than 366 days.
    """
    word = text.strip().casefold()
    number, unit = (word[:-1], word[-1:]) if word[-1:] in _UNITS else (word, "d")
    if not (number.isascii() and number.isdigit()) or len(number) > 9:
        return None
    seconds = int(number) * _UNITS[unit]
    return Lifetime(seconds) if 60 <= seconds <= _LONGEST else None
