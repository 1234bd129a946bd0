"""Sentences of the page `connect` that more than one face shows."""

from __future__ import annotations

from alleo_onboard.locale import _


def the_secret_is_kept_for() -> str:
    return _("{why} The secret is kept for this sitting only.")


def client_secret_kept_for_this() -> str:
    return _("Client secret: kept for this sitting, written down nowhere.")


def no_right_to_read_people() -> str:
    return _("no right to read people")


def a_credential_lets_alleo_onboard() -> str:
    return _(
        "A credential lets alleo-onboard read employees from Personio. It is made once, by a Personio administrator."
    )


def signing_in_to_personio() -> str:
    return _("Signing in to Personio …")


def client_secret_from(variable: object) -> str:
    return _("Client secret: from {variable}.").format(variable=variable)


def client_secret_kept_in(keyring: object) -> str:
    return _("Client secret: kept in {keyring}.").format(keyring=keyring)


def personio_client_id() -> str:
    return _("Personio client id")


def nothing_to_read_with() -> str:
    return _("Without a client id and a client secret nothing can be read from Personio.")
