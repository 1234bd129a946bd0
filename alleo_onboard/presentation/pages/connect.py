"""Sentences of the page `connect`."""

from __future__ import annotations

from alleo_onboard.locale import _
from alleo_onboard.locale.terms import attribute_label


def the_secret_is_kept_for(why: str) -> str:
    return _("{why} The secret is kept for this sitting only.").format(why=why)


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


def spoken_help() -> tuple[str, ...]:
    """Returns the page's help in the plain wizard."""
    return (
        a_credential_lets_alleo_onboard(),
        _("Validate signs in and counts people; nothing is changed anywhere."),
        _("Neither the client id nor the client secret is shown while it is typed or pasted."),
        _("Id and secret may be pasted together: each finds its place."),
    )


def option_label(key: str) -> str:
    """Returns a choice of the page in the plain wizard."""
    return {
        "validate": _("Sign in to Personio with the credential at hand."),
        "type": _("Type or paste client id and client secret."),
        "recipe": _("How to make them in Personio."),
        "older": _("The same in the older menu."),
        "change": _("Another credential."),
    }[key]


def the_eight_attributes() -> str:
    """Returns the attributes that must be readable, by Personio's names."""
    from alleo_onboard.domain.attributes import NAMES  # of which a check that cannot begin knows nothing

    names = ", ".join(attribute_label(name) for name in NAMES)
    return _("The eight attributes: {names}.").format(names=names)


def nothing_shown_now() -> str:
    return _("Nothing of what you type or paste now is shown.")


def both_together() -> str:
    return _("Client id, or both lines together")


def where_to_remember() -> str:
    return _("Where is the client secret to be remembered?")


def in_keyring(keyring: str) -> str:
    return _("In {keyring}.").format(keyring=keyring)


def this_sitting_only() -> str:
    return _("For this sitting only.")


def saved_under_a_name() -> str:
    return _("The set-up is saved now, under a name of your choice.")
