"""Handing the credential to Alleo: what was sent, how far it got, who acts next, and what is late.

Times and rules: facts/deliveries.md, section F. Nothing here holds a secret.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

UNOPENED = timedelta(days=2)
ENDING = timedelta(days=1)
ACTIVATION = 5  # working days


class Via(StrEnum):
    """What carries the credential."""

    ONETIMESECRET = "onetimesecret"
    ONEPASSWORD = "1password"
    MANUAL = "manual"


class State(StrEnum):
    """How far a hand-over got. UNKNOWN: the service cannot tell, or there is nothing left to ask it with."""

    WAITING = "waiting"
    FETCHED = "fetched"  # somebody, or a mail scanner, looked at the link; it was not opened
    OPENED = "opened"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    GONE = "gone"
    ACTIVATED = "activated"
    UNKNOWN = "unknown"


OPEN_STATES = frozenset({State.WAITING, State.FETCHED, State.UNKNOWN})


class Who(StrEnum):
    ALLEO = "alleo"
    CUSTOMER = "customer"
    NOBODY = "nobody"


class What(StrEnum):
    """What is to be done next."""

    OPEN = "open"
    ACTIVATE = "activate"
    ASK_ALLEO = "ask_alleo"  # whether they have opened it: the service does not tell
    SEND_AGAIN = "send_again"
    NEW_CREDENTIAL = "new_credential"
    LOOK_AT_FIRST_SYNC = "look_at_first_sync"


@dataclass(frozen=True, slots=True)
class Handover:
    """One hand-over of a set-up, as it is written down.

    `host` is the service, `base` its address where it can be asked, `expires` what it granted. `credential` tells one
    client id from another without being it. `lost` is true where no answer came to the sending: a link may exist that
    nobody knows. `kept` tells whether receipt and passphrase are in the keyring. `looked` is when the service was asked
    last; `given_up` that the link could not be withdrawn and another may be sent. `compared` is when a file of Alleo's,
    such as its test run, was compared with the preview, `agrees` whether both said the same.
    """

    via: Via
    host: str
    sent: datetime
    expires: datetime | None
    state: State = State.WAITING
    credential: str = ""
    base: str = ""
    opened: datetime | None = None
    activated: date | None = None
    looked: datetime | None = None
    ended: datetime | None = None
    lost: bool = False
    kept: bool = False
    given_up: bool = False
    compared: datetime | None = None
    agrees: bool = False

    def at(self, now: datetime) -> State:
        """The state at `now`: what waits past its end has expired, though nobody looked."""
        if self.activated:
            return State.ACTIVATED
        if self.state in OPEN_STATES and self.expires and now >= self.expires:
            return State.UNKNOWN if self.state is State.UNKNOWN else State.EXPIRED
        return self.state

    def openable(self, now: datetime) -> bool:
        """Whether somebody could still open the link, as far as is known; also after Alleo has activated it."""
        return self.state in OPEN_STATES and not (self.expires and now >= self.expires)

    def waits(self, now: datetime) -> bool:
        """Whether the link stands in the way of another one."""
        return self.openable(now) and not self.given_up


@dataclass(frozen=True, slots=True)
class Next:
    """Who acts next, on what, since when; `late` where it takes unusually long, `ending` within a day of expiry."""

    who: Who
    what: What
    since: datetime
    late: bool = False
    ending: bool = False


def next_step(one: Handover, now: datetime) -> Next:  # noqa: PLR0911 - one for each state
    """What happens next."""
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
    """Mondays to Fridays after `start` up to and including `end`; holidays are not known."""
    days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(day.weekday() < 5 for day in days)


@dataclass(frozen=True, slots=True)
class Lifetime:
    """How long a link is asked to live."""

    seconds: int

    @property
    def text(self) -> str:
        """As `op` and people write it: 7d, 12h, 30m."""
        for unit, size in (("d", 86_400), ("h", 3_600), ("m", 60)):
            if self.seconds % size == 0:
                return f"{self.seconds // size}{unit}"
        return f"{self.seconds}s"


DEFAULT_LIFETIME = Lifetime(7 * 86_400)
_UNITS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800}
_LONGEST = 366 * 86_400


def lifetime(text: str) -> Lifetime | None:
    """`7d`, `12h`, `30m`, `2w`, or a number of days; None where it is none, shorter than a minute or beyond a year."""
    word = text.strip().casefold()
    number, unit = (word[:-1], word[-1:]) if word[-1:] in _UNITS else (word, "d")
    if not (number.isascii() and number.isdigit()) or len(number) > 9:
        return None
    seconds = int(number) * _UNITS[unit]
    return Lifetime(seconds) if 60 <= seconds <= _LONGEST else None
