"""Sentences of the page `preview` that more than one face shows."""

from __future__ import annotations

from alleo_onboard.locale import _


def people_changed_while_they_were() -> str:
    return _("People changed while they were read, so somebody may be missing here.")


def reading_people_from_personio() -> str:
    return _("Reading people from Personio …")


def working_out_who_would_sync() -> str:
    return _("Working out who would sync …")
