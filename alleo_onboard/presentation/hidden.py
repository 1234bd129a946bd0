"""Describes a hidden value: its length and last four characters."""

from __future__ import annotations

from alleo_onboard.domain.credential import tail
from alleo_onboard.locale import _, ngettext
from alleo_onboard.locale.formats import count


def hidden_value(value: str) -> str:
    """How long a hidden value is and how it ends, so that a person can compare it."""
    n, end = len(value.strip()), tail(value.strip())
    if end:
        return _("{n} long, …{end}").format(n=count(n), end=end)
    return ngettext("{n} character", "{n} characters", n).format(n=count(n))


def moved(*fields: str) -> str:
    """What became of a paste that was not meant for where it was pasted."""
    if len(fields) > 1:
        return _("Client id and client secret were put in their fields.")
    if fields == ("secret",):
        return _("That is the client secret: it was put in its own field, unseen.")
    return _("That is the client id: it was put in its own field.")
