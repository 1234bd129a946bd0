"""The settings of the SCIM delivery."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from alleo_onboard.domain.profile import DeliveryChoice

KIND = "scim"


class SignIn(StrEnum):
    """How a SCIM server is signed in to."""

    BEARER = "bearer"
    OAUTH2 = "oauth2"
    BASIC = "basic"


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

    @classmethod
    def of(cls, choice: DeliveryChoice) -> ScimSettings:
        """Raises ValueError where the sign-in is none that there is."""
        known = {field.name for field in fields(cls)}
        values: dict[str, Any] = {name: value for name, value in choice.values if name in known}
        if "sign_in" in values:
            values["sign_in"] = SignIn(values["sign_in"])
        return cls(**values)

    @property
    def choice(self) -> DeliveryChoice:
        """These settings as a profile keeps them: what is the default is left out."""
        default = ScimSettings()
        told = {
            f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name) != getattr(default, f.name)
        }
        return DeliveryChoice(KIND).having(**{n: str(v) if isinstance(v, SignIn) else v for n, v in told.items()})
