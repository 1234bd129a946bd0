"""The settings of the SCIM delivery."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from alleo_onboard.domain.profile import DeliveryChoice

KIND = "scim"
SLOT = "scim"  # the name of its one secret in the keyring


class SignIn(StrEnum):
    """How to sign in to a SCIM server."""

    BEARER = "bearer"
    OAUTH2 = "oauth2"
    BASIC = "basic"


@dataclass(frozen=True, slots=True)
class ScimSettings:
    """The settings of the SCIM delivery."""

    url: str = ""
    sign_in: SignIn = SignIn.BEARER
    token_url: str = ""  # for OAuth2
    client_id: str = ""  # the OAuth2 client, or the user name of HTTP basic
    concurrency: int = 4  # requests in progress at once, at most
    secret_command: str = ""  # a command that prints the token or secret, for users of a password manager

    @classmethod
    def of(cls, choice: DeliveryChoice) -> ScimSettings:
        """Returns the settings in a profile's choice. Raises ValueError for an unknown way to sign in."""
        known = {field.name for field in fields(cls)}
        values: dict[str, Any] = {name: value for name, value in choice.values if name in known}
        if "sign_in" in values:
            values["sign_in"] = SignIn(values["sign_in"])
        return cls(**values)

    @property
    def choice(self) -> DeliveryChoice:
        """Returns the settings for a profile, without those that equal the default."""
        default = ScimSettings()
        told = {
            f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name) != getattr(default, f.name)
        }
        return DeliveryChoice(KIND).having(**{n: str(v) if isinstance(v, SignIn) else v for n, v in told.items()})
