"""Receives a credential from a link without showing it.

Opening uses the link up. So a place for the credential is tested first, and the content is stored before anything else
is done with it.
"""

from __future__ import annotations

import secrets as dice
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from alleo_onboard.alleo.handover.link import Link, Problem, recognised
from alleo_onboard.alleo.handover.onetime import OneTimeSecret
from alleo_onboard.domain.errors import Usage
from alleo_onboard.domain.letter import Letter, read, unsealed
from alleo_onboard.domain.letter import sealed as sealed_text
from alleo_onboard.domain.profile import Remember
from alleo_onboard.domain.secret import Secret
from alleo_onboard.locale import _
from alleo_onboard.net.patience import DEFAULT_PATIENCE, Patience
from alleo_onboard.store.paths import file_stem, private_dir, write_private
from alleo_onboard.store.secrets import PERSONIO, RECEIVED, Secrets
from alleo_onboard.usecases.setups.resolve import Setup, Setups

__all__ = ["Letter", "Link", "Place", "link_in", "once", "open_link", "typed"]


def link_in(text: str) -> Link:
    """Returns the link in pasted text. Raises Usage that says what to paste instead."""
    found = recognised(text)
    if isinstance(found, Link):
        return found
    said = {
        Problem.NOTHING: _("There is no link in that. Paste the whole address, from https:// on."),
        Problem.ONEPASSWORD: _(
            "A link of 1Password opens in a browser only. Open it there, then run receive without a link and paste the "
            "client id and the client secret."
        ),
        Problem.RECEIPT: _("That is the sender's own page, not the link. Ask for the address with /secret/ in it."),
        Problem.PLAIN_HTTP: _("The link starts with http://, which is not encrypted. It is not opened."),
        Problem.OTHER: _("That is not the address of a one-time secret: it has /secret/ and a long word in it."),
    }
    raise Usage(said[found])


async def open_link(
    link: Link, passphrase: Secret, *, ca_file: str | None = None, patience: Patience = DEFAULT_PATIENCE
) -> Secret:
    """Opens the link, which works only once, and returns its text. Make sure before that the text can be stored.

    Raises WrongPassphrase (not used up), LinkGone, HandoverRefused, Unreachable, and AnswerLost.
    """
    async with OneTimeSecret(link.root, ca_file=ca_file, patience=patience) as service:
        return await service.reveal(link.key, passphrase)


def typed(text: str) -> Letter | None:
    """Returns the credential in pasted text, or None."""
    return read(text)


class Place:
    """A new set-up whose keyring entry will hold the credential. Call `prove`, `keep`, `settle` in this order."""

    def __init__(self, setups: Setups, name: str) -> None:
        self._setups, self._name = setups, name
        self._keyring: Secrets | None = None
        self._setup: Setup | None = None

    def prove(self) -> None:
        """Tests that the name is free and that the keyring stores and returns a value. Raises Usage."""
        setup = self._setups.find(self._name, secrets=False)
        if given := setup.from_environment & {"PERSONIO_CLIENT_ID", "PERSONIO_CLIENT_SECRET"}:
            text = _(
                "Unset {names}, then try again: what stands there would win over what arrives. The link was not opened."
            )
            raise Usage(text.format(names=", ".join(sorted(given))))
        if setup.saved and setup.profile.client_id:
            text = _(
                "There is already a set-up called {name}. Give another name (on the command line: --profile NAME)."
            )
            raise Usage(text.format(name=self._name)).about("name")
        keyring = self._setups.keyring_of_its_own()
        if keyring is None:
            why = self._setups.keyring().why
            text = _(
                "{why} The credential would have no place to stay, so the link was not opened. Use a "
                "machine with a keyring, or run one command with it: alleo-onboard receive --once COMMAND"
            )
            raise Usage(text.format(why=why))
        if self.waiting(keyring) is None:
            keyring.set(self._name, RECEIVED, Secret(dice.token_hex(80)))  # as long as the credential will be
            keyring.remove(self._name, (RECEIVED,))
        private_dir(self._setups.home.config / "profiles")
        self._keyring, self._setup = keyring, setup

    def waiting(self, keyring: Secrets | None = None) -> Secret | None:
        """Returns what an earlier `receive` stored and did not finish, or None."""
        keyring = keyring or self._setups.keyring_of_its_own()
        kept = keyring.get(self._name, RECEIVED) if keyring else None
        rescued = self._rescue_path()
        if kept is None and rescued.exists():
            with suppress(OSError, UnicodeDecodeError):
                return Secret(rescued.read_text(encoding="utf-8"))
        return kept

    @staticmethod
    def sealed(text: str) -> Secret:
        """Returns typed text in the form in which a link's content is stored."""
        return sealed_text(text)

    def keep(self, sealed: Secret) -> None:
        """Stores the content of the link, before it is read.

        If the keyring fails now that the link is used up, or somebody ends its waiting, the content goes into a private
        file, because it would be lost otherwise. Raises Usage with the name of that file.
        """
        assert self._keyring  # noqa: S101 - `prove` came first
        path = self._rescue_path()
        try:
            self._keyring.set(self._name, RECEIVED, sealed)
        except BaseException as error:
            private_dir(path.parent)
            write_private(path, sealed.reveal().encode())
            if not isinstance(error, Usage):
                raise
            text = _(
                "{why} The link is used up, so the credential was put into {path}, which only you can read. Unlock the "
                "keyring, then run receive again without a link: it moves the credential there and deletes the file."
            )
            raise Usage(text.format(why=error, path=path)) from None

    def settle(self, sealed: Secret) -> Setup:
        """Creates the set-up, with the credential in its keyring, and returns it.

        Raises Usage; the stored content is kept then.
        """
        assert self._keyring and self._setup  # noqa: S101, PT018 - `prove` came first
        letter = read(unsealed(sealed))
        if letter is None:
            text = _(
                "The link was opened, but what was in it is not a client id and a client secret. It is kept in the "
                "keyring as {name}; ask the sender for both lines."
            )
            raise Usage(text.format(name=f"{file_stem(self._name)}/{RECEIVED}"))
        profile = replace(self._setup.profile, client_id=letter.client_id, remember=Remember.KEYRING)
        setup = replace(self._setup, profile=profile, client_secret=letter.client_secret)
        try:
            self._keyring.set(self._name, PERSONIO, letter.client_secret)
            self._setups.save(setup)
        except Usage as trouble:
            text = _("{why} What was in the link is kept: run receive again without a link.")
            raise Usage(text.format(why=trouble)) from None
        self._keyring.remove(self._name, (RECEIVED,))
        self._rescue_path().unlink(missing_ok=True)
        return replace(setup, saved=True)

    def _rescue_path(self) -> Path:
        return self._setups.home.data / "received" / f"{file_stem(self._name)}.json"


def once(sealed: Secret) -> Letter:
    """Returns the credential in the content of a link, without storing it. Raises Usage."""
    letter = read(unsealed(sealed))
    if letter is None:
        raise Usage(_("The link was opened, but what was in it is not a client id and a client secret."))
    return letter
