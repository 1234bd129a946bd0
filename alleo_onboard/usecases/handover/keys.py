"""Receipt and passphrase of a hand-over: in the keyring, else in this sitting, and nowhere besides."""

from __future__ import annotations

from alleo_onboard.domain.errors import Usage
from alleo_onboard.domain.secret import Secret
from alleo_onboard.store.secrets import PASSPHRASE, RECEIPT, Secrets
from alleo_onboard.usecases.setups.resolve import Setups


class Keys:
    """Of one set-up. What no keyring takes is kept as long as this object lives."""

    def __init__(self, profile: str, keyring: Secrets | None) -> None:
        self._profile, self._keyring = profile, keyring
        self._here: dict[str, Secret] = {}

    @classmethod
    def of(cls, setups: Setups, profile: str) -> Keys:
        return cls(profile, setups.keyring_of_its_own())

    @property
    def receipt(self) -> Secret | None:
        return self._get(RECEIPT)

    @property
    def passphrase(self) -> Secret | None:
        return self._get(PASSPHRASE)

    def keep(self, *, passphrase: Secret | None = None, receipt: Secret | None = None) -> bool:
        """Keeps what is given in place of what was there; whether the keyring has it."""
        kept = self._keyring is not None
        for name, secret in ((PASSPHRASE, passphrase), (RECEIPT, receipt)):
            if secret:
                self._here[name] = secret
                kept = self._set(name, secret) and kept
        return kept

    def forget(self) -> None:
        """What is not needed any more: the link was opened, withdrawn, or has expired."""
        self._here.clear()
        if self._keyring:
            self._keyring.remove(self._profile, (RECEIPT, PASSPHRASE))

    def _get(self, name: str) -> Secret | None:
        if name in self._here:
            return self._here[name]
        return self._keyring.get(self._profile, name) if self._keyring else None

    def _set(self, name: str, secret: Secret) -> bool:
        if self._keyring is None:
            return False
        try:
            self._keyring.set(self._profile, name, secret)
        except Usage:  # locked, or it does not answer: the link is worth more than the memory of it
            return False
        return True
