"""Describes a hidden value by its length and last four characters."""

from __future__ import annotations

from alleo_onboard.domain.credential import tail
from alleo_onboard.locale import _, ngettext
from alleo_onboard.locale.formats import count


def hidden_value(value: str) -> str:
    """Returns length and last characters of a hidden value, so that a person can compare it."""
    n, end = len(value.strip()), tail(value.strip())
    if end:
        return _("{n} long, …{end}").format(n=count(n), end=end)
    return ngettext("{n} character", "{n} characters", n).format(n=count(n))


def moved(*fields: str) -> str:
    """Returns where pasted text was put instead of the field in which it was pasted."""
    if len(fields) > 1:
        return _("Client id and client secret were put in their fields.")
    if fields == ("secret",):
        return _("That is the client secret: it was put in its own field, unseen.")
    return _("That is the client id: it was put in its own field.")
