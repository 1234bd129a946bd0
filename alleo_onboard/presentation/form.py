"""The fields of a form as questions in the plain wizard."""

from __future__ import annotations

from alleo_onboard.locale import _


def value_said(field: str, value: str) -> str:
    """Returns the value of a field."""
    return _("{field}: {new}.").format(field=field, new=value)


def from_variable(variable: str, value: str = "", *, demo: bool) -> str:
    """Returns where the value of a field comes from that the environment decides, with the `value` if it is given.

    `demo`: the demo gave it, so that nobody has heard of the variable.
    """
    if demo:
        text = _("filled in for the demo: {url}") if value else _("filled in for the demo")
    else:
        text = _("from {variable}: {url}") if value else _("from {variable}")
    return text.format(variable=variable, url=value)


def secret_withheld(variable: str, address: str) -> str:
    """Returns why the secret in a variable is not used, and what to do; `address` is the variable of its address."""
    text = _(
        "The secret in {variable} is sent to no address that is typed here. Type the secret too, and take {variable} away "
        "before the next start; or set {address} beside it and start again."
    )
    return text.format(variable=variable, address=address)


def one_of_these(field: str) -> str:
    return _("{field}: choose one of these.").format(field=field)


def field_asked(field: str, *, hint: str, value: str) -> str:
    """Returns the question for a field. `hint` describes possible values; `value` is the present one."""
    if value:
        return _("{field}; a dash alone empties it").format(field=field)
    return _("{field}, {hint}").format(field=field, hint=" ".join(hint.split())) if hint else field


def secret_asked(field: str, *, kept: bool, optional: bool) -> str:
    """Returns the question for a secret. `kept`: Enter keeps the known one; `optional`: it may be left out."""
    text = _("{field} (not shown)")
    if kept:
        text = _("{field} (not shown; Enter keeps the one at hand)")
    elif optional:
        text = _("{field} (not shown; Enter for none)")
    return text.format(field=field)


def kept_type_to_replace() -> str:
    """Returns the hint in an empty field whose secret is known already."""
    return _("kept; type to replace it")
