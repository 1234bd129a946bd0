"""Receipt and passphrase of a hand-over: kept in the keyring, or in memory until the program ends."""

from __future__ import annotations

from alleo_onboard.domain.errors import Usage
from alleo_onboard.domain.secret import Secret
from alleo_onboard.store.secrets import PASSPHRASE, RECEIPT, Secrets
from alleo_onboard.usecases.setups.resolve import Setups


class Keys:
    """The receipt and passphrase of one set-up. Without a keyring they are kept as long as this object exists."""

    def __init__(self, profile: str, keyring: Secrets | None) -> None:
        self._profile, self._keyring = profile, keyring
        self._here: dict[str, Secret] = {}

    @classmethod
    def of(cls, setups: Setups, profile: str) -> Keys:
        """Returns the keys of a profile, with this machine's keyring if it is usable."""
        return cls(profile, setups.keyring_of_its_own())

    @property
    def receipt(self) -> Secret | None:
        """Returns the receipt, or None."""
        return self._get(RECEIPT)

    @property
    def passphrase(self) -> Secret | None:
        """Returns the passphrase, or None."""
        return self._get(PASSPHRASE)

    def keep(self, *, passphrase: Secret | None = None, receipt: Secret | None = None) -> bool:
        """Stores what is given. Returns whether the keyring has it."""
        kept = self._keyring is not None
        for name, secret in ((PASSPHRASE, passphrase), (RECEIPT, receipt)):
            if secret:
                self._here[name] = secret
                kept = self._set(name, secret) and kept
        return kept

    def forget(self) -> None:
        """Deletes both. They are not needed once the link was opened, withdrawn, or has expired."""
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
        except Usage:  # the keyring is locked or does not answer; the link matters more
            return False
        return True
