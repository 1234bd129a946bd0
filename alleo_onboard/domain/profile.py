"""A profile: one customer's set-up, without any secret."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from alleo_onboard.domain.settings import Scalar

PERSONIO_BASE_URL = "https://api.personio.de"
ZONE = "Europe/Amsterdam"
DEFAULT_NAME = "default"
_NAME = re.compile(r"[\w][\w .-]{0,59}")


class OnLeave(StrEnum):
    """What parental leave and the like mean for Alleo; the default keeps people in."""

    INCLUDE = "include"
    EXCLUDE = "exclude"


class Language(StrEnum):
    """The language of a set-up; "auto" follows the computer."""

    AUTO = "auto"
    EN = "en"
    NL = "nl"
    DE = "de"


class Remember(StrEnum):
    """Where the secrets of a profile are kept."""

    KEYRING = "keyring"
    SESSION = "session"


@dataclass(frozen=True, slots=True)
class Policy:
    """Rules a customer may choose where Alleo's are not documented (facts/alleo.md, section 9)."""

    on_leave: OnLeave = OnLeave.INCLUDE
    send_zero: bool = False


@dataclass(frozen=True, slots=True)
class DeliveryChoice:
    """The way into Alleo that a set-up takes: which, and its settings, sorted by name; no secret.

    What the settings may be is for the delivery to say (`domain.delivery.DeliveryKind`). "" is no delivery yet.
    """

    kind: str = ""
    values: tuple[tuple[str, Scalar], ...] = ()

    def get(self, name: str, default: Scalar = "") -> Scalar:
        return dict(self.values).get(name, default)

    def text(self, name: str) -> str:
        """A setting that is text; "" where it is not set."""
        return str(self.get(name))

    def having(self, **values: Scalar) -> DeliveryChoice:
        """The same delivery with these settings in place of what they were; "" takes one away."""
        merged = {**dict(self.values), **values}
        return DeliveryChoice(self.kind, tuple(sorted((n, v) for n, v in merged.items() if v != "")))


class AlarmOn(StrEnum):
    """When somebody is told: of failures alone, or also when people are newly blocked or have new problems."""

    ATTENTION = "attention"
    FAILURE = "failure"


@dataclass(frozen=True, slots=True)
class Alarm:
    """Who is told how a run without anybody ended: two addresses, and a command that gets a message on its input.

    `healthcheck` is told of every run (the protocol of healthchecks.io), the others of what `on` says.
    """

    webhook: str = ""
    healthcheck: str = ""
    mail_command: str = ""
    on: AlarmOn = AlarmOn.ATTENTION


@dataclass(frozen=True, slots=True)
class Profile:
    """`selective_key` is the Alleo field's key, pinned at the first run; "" before that or without selection.

    `everyone_confirmed` remembers that the wizard asked whether syncing everyone is meant. `secret_command` prints the
    Personio client secret, for those who keep it in a password manager. `shared` says that another set-up of this
    computer is meant to write to the same Alleo.
    """

    name: str = DEFAULT_NAME
    base_url: str = PERSONIO_BASE_URL
    client_id: str = ""
    zone: str = ZONE
    remember: Remember = Remember.KEYRING
    policy: Policy = field(default_factory=Policy)
    delivery: DeliveryChoice = field(default_factory=DeliveryChoice)
    selective_key: str = ""
    everyone_confirmed: bool = False
    secret_command: str = ""
    alarm: Alarm = field(default_factory=Alarm)
    shared: bool = False
    language: Language = Language.AUTO


def valid_name(name: str) -> bool:
    """Whether a profile may be called so: letters, digits, spaces, dots and dashes, at most 60; it names a file."""
    return bool(_NAME.fullmatch(name)) and name == name.strip()
