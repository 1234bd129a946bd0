"""Chooses the keyring of the operating system and rejects unsafe back ends."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from alleo_onboard.locale import _

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

_SYSTEM = {
    "keyring.backends.SecretService": "GNOME Keyring / Secret Service",
    "keyring.backends.libsecret": "GNOME Keyring / Secret Service",
    "keyring.backends.kwallet": "KWallet",
    "keyring.backends.macOS": "macOS Keychain",
    "keyring.backends.Windows": "Windows Credential Manager",
}
# These store secrets in files: readable ones, or with a password asked for on standard input.
_FILES = ("keyrings.alt", "keyrings.cryptfile")


@dataclass(frozen=True, slots=True)
class Backend:
    """The judgement about a keyring. `name` is for people; `why` is a sentence when it is not usable, else ""."""

    usable: bool
    name: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A judgement and its keyring; `keyring` is None unless it is usable."""

    backend: Backend
    keyring: KeyringBackend | None = None


def find() -> Found:
    """Returns the keyring to use, without unlocking it: no question appears on the screen."""
    import configparser

    import keyring
    from keyring.errors import KeyringError

    try:
        chosen = keyring.get_keyring()
    # A keyring named in PYTHON_KEYRING_BACKEND or keyringrc.cfg raises any of these when it cannot be loaded.
    except (ImportError, AttributeError, ValueError, RuntimeError, OSError, KeyringError, configparser.Error) as error:
        sentence = _("The keyring that is set on this machine cannot be loaded ({reason}).")
        return Found(Backend(usable=False, name="", why=sentence.format(reason=type(error).__name__)))
    return judge(chosen)


def judge(chosen: KeyringBackend) -> Found:
    """Returns whether a keyring may hold secrets. Of a chain, the first usable member is used alone."""
    from keyring.backends.chainer import ChainerBackend

    if isinstance(chosen, ChainerBackend):
        members: Iterable[KeyringBackend] = chosen.backends  # best first
        judged = [judge(member) for member in members]
        return next((one for one in judged if one.keyring), judged[0] if judged else _refused(chosen))
    return _refused(chosen) if _why(chosen) else Found(Backend(usable=True, name=_name(chosen)), chosen)


def _refused(chosen: KeyringBackend) -> Found:
    """Returns the judgement for a keyring that is not usable."""
    return Found(Backend(usable=False, name=_name(chosen), why=_why(chosen) or _none()))


def _why(chosen: KeyringBackend) -> str:
    """Returns why a keyring may not be used, "" if it may."""
    module = type(chosen).__module__
    if module == "keyring.backends.fail":
        return _none()
    if module == "keyring.backends.null":
        return _("The keyring is switched off on this machine, so that nothing would be remembered.")
    if module.startswith(_FILES) or "plaintext" in type(chosen).__name__.casefold():
        sentence = _("{name} keeps secrets in a file of its own. Only the keyring of the system itself is used.")
        return sentence.format(name=_name(chosen))
    if not _recommended(chosen):
        return _("{name} does not work on this machine.").format(name=_name(chosen))
    return ""


def _recommended(chosen: KeyringBackend) -> bool:
    """Returns whether the keyring library recommends this back end. Asking can raise RuntimeError."""
    try:
        return float(chosen.priority) >= 1
    except RuntimeError:
        return False


def _none() -> str:
    return _("This machine has no keyring, or it is not running.")


def _name(chosen: KeyringBackend) -> str:
    """Returns the name of a keyring for people."""
    module = type(chosen).__module__
    known = (name for system, name in _SYSTEM.items() if module == system or module.startswith(f"{system}."))
    return next(known, type(chosen).__name__)
