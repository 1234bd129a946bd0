"""Sentences of the page `receive` that more than one face shows."""

from __future__ import annotations

from alleo_onboard.locale import _


def the_credential_is_in_the() -> str:
    return _("The credential is in the keyring, as the set-up {name}. It was shown to nobody.")


def a_credential_that_arrived_before() -> str:
    return _("A credential that arrived before is still there: it becomes the set-up {name} now.")


def i_was_sent_a_link() -> str:
    return _("I was sent a link")


def opening_a_link_consumes_it() -> str:
    return _("Opening a link consumes it, so a place to keep the credential is found first.")


def a_wrong_passphrase_uses_nothing() -> str:
    return _("A wrong passphrase uses nothing up; after five wrong ones the link is locked for half an hour.")


def the_credential_goes_straight_into() -> str:
    return _("The credential goes straight into the keyring of a new set-up, and is checked.")
