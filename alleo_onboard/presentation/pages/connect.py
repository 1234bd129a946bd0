"""Sentences of the page `connect`."""

from __future__ import annotations

from alleo_onboard.locale import _
from alleo_onboard.locale.terms import attribute_label


def no_keyring(why: str) -> str:
    return _("{why} The secret is kept until you quit, and written down nowhere.").format(why=why)


def client_secret_for_this_sitting() -> str:
    return _("Client secret: kept for this sitting, written down nowhere.")


def no_right_to_read_people() -> str:
    return _("no right to read people")


def what_a_credential_is() -> str:
    return _(
        "A credential lets alleo-onboard read employees from Personio. It is made once, by a Personio administrator."
    )


def signing_in_to_personio() -> str:
    return _("Signing in to Personio …")


def client_secret_kept_in(keyring: str) -> str:
    return _("Client secret: kept in {keyring}.").format(keyring=keyring)


def personio_client_id() -> str:
    return _("Personio client id")


def nothing_to_read_with() -> str:
    return _("Without a client id and a client secret nothing can be read from Personio.")


def spoken_help() -> tuple[str, ...]:
    """Returns the page's help in the plain wizard."""
    return (
        what_a_credential_is(),
        _("Validate signs in and counts people; nothing is changed anywhere."),
        _("Neither the client id nor the client secret is shown while it is typed or pasted."),
        pasted_together(),
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


def drawn_help() -> tuple[str, ...]:
    """Returns the help of the drawn page."""
    return (
        what_a_credential_is(),
        _(
            "Validate signs in and counts people; nothing is changed anywhere. "
            "One address is looked at, to propose a name."
        ),
        _("The client secret is never shown and cannot be copied out of its field."),
        pasted_together(),
    )


def looking_for_a_keyring() -> str:
    return _("Looking for a keyring …")


def saved_when_going_on() -> str:
    return _("It is saved under this name when you go on.")


def kept_for_this_sitting() -> str:
    """Returns the hint in an empty field whose secret is known already."""
    return _("kept for this sitting; type to replace it")


def for_another_credential(client_id: str, secret: str) -> str:
    """Returns how to change a credential that the environment gives, by the names of its variables."""
    text = _("For another credential, change {id} and {variable}, and start again.")
    return text.format(id=client_id, variable=secret)


def remembered_in(keyring: str) -> str:
    """Returns the label of the choice to keep a secret in a keyring."""
    return _("in {keyring}").format(keyring=keyring)


def pasted_together() -> str:
    return _("Id and secret may be pasted together: each finds its place.")
