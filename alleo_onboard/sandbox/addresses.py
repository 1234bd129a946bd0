"""Addresses of the sandbox, and its made-up secrets."""

from __future__ import annotations

import base64
import random
import uuid
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Addresses:
    """Addresses and secrets of the sandbox. All are made up and work only on this computer."""

    personio_base_url: str
    client_id: str
    client_secret: str = field(repr=False)
    scim_url: str
    scim_token: str = field(repr=False)
    token_url: str
    alleo_client_id: str
    alleo_client_secret: str = field(repr=False)
    basic_user: str
    basic_password: str = field(repr=False)
    onetime_url: str = ""  # address of the one-time-secret service

    def environment(self) -> dict[str, str]:
        """Returns the environment variables that connect `alleo-onboard` to this sandbox."""
        return {
            "PERSONIO_CLIENT_ID": self.client_id,
            "PERSONIO_CLIENT_SECRET": self.client_secret,
            "PERSONIO_BASE_URL": self.personio_base_url,
            "ALLEO_SCIM_URL": self.scim_url,
            "ALLEO_SCIM_TOKEN": self.scim_token,
        }


def made_up_secrets(seed: int) -> dict[str, str]:
    """Returns made-up credentials in the format of real ones; the same for one seed, so that pictures stay the same."""
    dice = random.Random(f"secrets {seed}")  # noqa: S311 - they open nothing but this sandbox

    def text(size: int) -> str:
        return base64.urlsafe_b64encode(dice.randbytes(size)).decode().rstrip("=")

    return {
        "client_id": f"papi-{uuid.UUID(bytes=dice.randbytes(16), version=4)}",
        "client_secret": f"papi-{text(64)}",
        "scim_token": text(32),
        "alleo_client_id": str(uuid.UUID(bytes=dice.randbytes(16), version=4)),
        "alleo_client_secret": text(32),
        "basic_user": "scim",
        "basic_password": text(18),
    }
