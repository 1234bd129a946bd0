"""The names of a hand-over's settings in a set-up."""

from __future__ import annotations

KIND = "handover"
TOKEN = "onetimesecret"  # noqa: S105 - the place of the API token in the keyring
