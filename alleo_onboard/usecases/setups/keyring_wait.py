"""How a face bears the wait for a keyring that asks for its password where nobody may see it."""

from __future__ import annotations

from alleo_onboard.store.keyring_wait import Waiting, bear

__all__ = ["Waiting", "bear"]
