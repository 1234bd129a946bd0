"""Sentences of the page `receive`."""

from __future__ import annotations

from alleo_onboard.locale import _


def credential_taken_over(name: str) -> str:
    return _("The credential is in the keyring, as the set-up {name}. It was shown to nobody.").format(name=name)


def credential_waited(name: str) -> str:
    return _("A credential that arrived before is still there: it becomes the set-up {name} now.").format(name=name)


def i_was_sent_a_link() -> str:
    return _("I was sent a link")


def a_link_opens_once() -> str:
    return _("Opening a link consumes it, so a place to keep the credential is found first.")


def about_wrong_passphrases() -> str:
    return _("A wrong passphrase uses nothing up; after five wrong ones the link is locked for half an hour.")


def where_the_credential_goes() -> str:
    return _("The credential goes straight into the keyring of a new set-up, and is checked.")


def the_link_or_enter() -> str:
    return _("The link, or Enter to paste client id and client secret instead")


def passphrase_unseen() -> str:
    return _("Passphrase (not shown)")


def client_id_unseen() -> str:
    return _("Personio client id (not shown)")


def client_secret_unseen() -> str:
    return _("Personio client secret (not shown)")


def nothing_to_take_over() -> str:
    return _("Without a client id and a client secret there is nothing to take over.")


def name_the_link() -> str:
    """Returns the error for a command without a terminal."""
    return _("Name the link: alleo-onboard receive LINK. The passphrase is read from standard input.")


def no_passphrase() -> str:
    return _("The passphrase is missing: it is read from the first line of standard input.")


def command_not_found(name: str) -> str:
    """Returns the error for `--once` with an unknown command. The link was not opened, because it opens only once."""
    return _("The command {name} cannot be found, so the link was not opened.").format(name=name)


def command_cannot_be_started(name: str, reason: str | None) -> str:
    """Returns the error for `--once` with a command that is there and cannot run. The link was opened."""
    text = _("The command {name} cannot be started: {reason}. The link is used up: ask for a new one.")
    return text.format(name=name, reason=reason)


def page_help() -> tuple[str, ...]:
    """Returns the help of the page."""
    return (a_link_opens_once(), about_wrong_passphrases(), where_the_credential_goes())


def about_receiving() -> str:
    return _(
        "Here you take over the credential that somebody sent you in a one-time link: unseen, into this computer's "
        "keyring. The link opens once, so it is tried first whether the keyring can keep it."
    )


def or_paste_both() -> str:
    return _("Or, where you opened it elsewhere (1Password), paste both lines:")


def proving_a_place() -> str:
    return _("Proving a place to keep it …")


def name_the_setup() -> str:
    return _("Give the new set-up a name.")


def paste_link_or_both() -> str:
    return _("Paste the link, or the client id and the client secret.")


def give_the_passphrase() -> str:
    return _("Give the passphrase, which the sender tells you another way.")
