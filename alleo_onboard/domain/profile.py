"""A profile: one customer's set-up, without any secret."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

PERSONIO_BASE_URL = "https://api.personio.de"
ZONE = "Europe/Amsterdam"
DEFAULT_NAME = "default"
_NAME = re.compile(r"[\w][\w .-]{0,59}")


class OnLeave(StrEnum):
    """What parental leave and the like mean for Alleo; the default keeps people in."""

    INCLUDE = "include"
    EXCLUDE = "exclude"


class SignIn(StrEnum):
    """How a SCIM server is signed in to."""

    BEARER = "bearer"
    OAUTH2 = "oauth2"
    BASIC = "basic"


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
class ScimSettings:
    """The SCIM delivery: address and sign-in. `client_id` is the OAuth2 client or the user name of HTTP basic.

    `secret_command` prints the token or secret, for those who keep it in a password manager.
    """

    url: str = ""
    sign_in: SignIn = SignIn.BEARER
    token_url: str = ""
    client_id: str = ""
    concurrency: int = 4
    secret_command: str = ""


@dataclass(frozen=True, slots=True)
class Alarm:
    """Who is told how a run without anybody ended: two addresses, and a command that gets a message on its input.

    `healthcheck` is told of every run (the protocol of healthchecks.io), the others of failures only.
    """

    webhook: str = ""
    healthcheck: str = ""
    mail_command: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """`selective_key` is the Alleo field's key, pinned at the first run; "" before that or without selection.

    `everyone_confirmed` remembers that the wizard asked whether syncing everyone is meant. `secret_command` prints the
    Personio client secret, for those who keep it in a password manager.
    """

    name: str = DEFAULT_NAME
    base_url: str = PERSONIO_BASE_URL
    client_id: str = ""
    zone: str = ZONE
    remember: Remember = Remember.KEYRING
    policy: Policy = field(default_factory=Policy)
    scim: ScimSettings = field(default_factory=ScimSettings)
    selective_key: str = ""
    everyone_confirmed: bool = False
    secret_command: str = ""
    alarm: Alarm = field(default_factory=Alarm)


def valid_name(name: str) -> bool:
    """Whether a profile may be called so: letters, digits, spaces, dots and dashes, at most 60; it names a file."""
    return bool(_NAME.fullmatch(name)) and name == name.strip()
