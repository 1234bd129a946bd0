"""A profile: the set-up of one customer, without any secret."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from alleo_onboard.domain.settings import Scalar

TYPE_CHECKING = False  # a copy of typing's constant; importing typing would slow down quick commands
if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

PERSONIO_BASE_URL = "https://api.personio.de"
ZONE = "Europe/Amsterdam"
DEFAULT_NAME = "default"
_NAME = re.compile(r"[\w][\w .-]{0,59}")


class OnLeave(StrEnum):
    """Whether people on leave (such as parental leave) keep Alleo."""

    INCLUDE = "include"
    EXCLUDE = "exclude"


class Language(StrEnum):
    """The language of a set-up. "auto" follows the computer."""

    AUTO = "auto"
    EN = "en"
    NL = "nl"
    DE = "de"


class Remember(StrEnum):
    """Where the secrets of a profile are kept."""

    KEYRING = "keyring"  # in the operating system's keyring
    SESSION = "session"  # nowhere: asked for each time


@dataclass(frozen=True, slots=True)
class Policy:
    """Rules that a customer may choose because Alleo does not document them (facts/alleo.md, section 9)."""

    on_leave: OnLeave = OnLeave.INCLUDE
    send_zero: bool = False  # send budgets of zero


@dataclass(frozen=True, slots=True)
class DeliveryChoice:
    """The delivery of a set-up and its settings; no secret. `kind` is "" while none is chosen.

    Which settings there are is defined by the delivery (`domain.delivery.DeliveryKind`).
    """

    kind: str = ""
    values: tuple[tuple[str, Scalar], ...] = ()  # (name, value) pairs, sorted by name

    def get(self, name: str, default: Scalar = "") -> Scalar:
        """Returns a setting, or `default`."""
        return dict(self.values).get(name, default)

    def text(self, name: str) -> str:
        """Returns a setting as text; "" when it is not set."""
        return str(self.get(name))

    def having(self, **values: Scalar) -> DeliveryChoice:
        """Returns the choice with these settings replaced. A value of "" removes the setting."""
        merged = {**dict(self.values), **values}
        return DeliveryChoice(self.kind, tuple(sorted((n, v) for n, v in merged.items() if v != "")))


class AlarmOn(StrEnum):
    """When an alarm is raised."""

    ATTENTION = "attention"  # failures, and people who are newly blocked or have new problems
    FAILURE = "failure"  # failures only


@dataclass(frozen=True, slots=True)
class Alarm:
    """Who gets a message about the end of an unattended run."""

    webhook: str = ""  # address that gets a POST
    healthcheck: str = ""  # address that is told about every run (protocol of healthchecks.io)
    mail_command: str = ""  # command that gets the message on standard input
    on: AlarmOn = AlarmOn.ATTENTION  # when webhook and mail command are used


@dataclass(frozen=True, slots=True)
class Profile:
    """The set-up of one customer."""

    name: str = DEFAULT_NAME
    base_url: str = PERSONIO_BASE_URL
    client_id: str = ""
    zone: str = ZONE  # IANA time zone
    remember: Remember = Remember.KEYRING
    policy: Policy = field(default_factory=Policy)
    delivery: DeliveryChoice = field(default_factory=DeliveryChoice)
    selective_key: str = ""  # key of the Alleo field, pinned at the first run; "" before that, or when everyone syncs
    everyone_confirmed: bool = False  # the wizard has asked whether everyone should sync
    secret_command: str = ""  # command that prints the Personio client secret, for users of a password manager
    alarm: Alarm = field(default_factory=Alarm)
    shared: bool = False  # another set-up of this computer is meant to write to the same Alleo
    language: Language = Language.AUTO

    @property
    def tz(self) -> ZoneInfo:
        """Returns the time zone, in which every time of this set-up is shown."""
        from zoneinfo import ZoneInfo

        return ZoneInfo(self.zone)


def valid_name(name: str) -> bool:
    """Returns whether a profile may have this name, which is also a file name.

    Allowed: letters, digits, spaces, dots, dashes and underscores, at most 60.
    """
    return bool(_NAME.fullmatch(name)) and name == name.strip()
