"""Lets the user interface decide how waiting for the keyring is reported and ended."""

from __future__ import annotations

from alleo_onboard.store.keyring_wait import Waiting, bear

__all__ = ["Waiting", "bear"]
