"""Finds set-ups that lead to the same place at Alleo."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

from alleo_onboard.alleo.registry import kind_of
from alleo_onboard.domain.delivery import Runs
from alleo_onboard.domain.errors import Usage
from alleo_onboard.domain.profile import Profile
from alleo_onboard.store.paths import Home
from alleo_onboard.store.profiles import Profiles
from alleo_onboard.usecases.setups.resolve import place_of


def _place(profile: Profile) -> str:
    """Where a set-up writes, in one spelling; "" where that is nowhere.

    What a person uploads is written nowhere by us: two set-ups may save their workbooks in one folder.
    """
    try:
        kind = kind_of(profile.delivery)
        return "" if kind and kind.runs is Runs.UPLOAD else spelled(place_of(profile))
    except Usage:  # a delivery that does not exist is told where that set-up is used
        return ""


def spelled(place: str) -> str:
    """An address or a folder in the one spelling in which two can be compared; "" for none.

    Two users of one SFTP server are two places: such servers show each user a root of their own.
    """
    place = place.strip()
    try:
        if Path(place).is_absolute():
            return os.path.normcase(os.path.realpath(place))
        parts = urlsplit(place)
        port = f":{parts.port}" if parts.port else ""
    except (OSError, ValueError):
        return place
    host = (parts.hostname or "").rstrip(".")
    usual = {"https": ":443", "http": ":80", "sftp": ":22"}.get(parts.scheme, "")
    user = f"{parts.username}@" if parts.username else ""
    return f"{user}{host}{'' if port == usual else port}{parts.path.rstrip('/')}" if host else place


def same_place(home: Home, profile: Profile) -> tuple[str, ...]:
    """The names of the other set-ups saved with the same Alleo address; one that cannot be read has none."""
    mine, profiles = _place(profile), Profiles(home)
    if not mine:
        return ()
    found = []
    for name in profiles.names():
        if name == profile.name:
            continue
        try:
            other = profiles.load(name)
        except Usage:  # told where that one is used
            continue
        if other and _place(other) == mine:
            found.append(name)
    return tuple(found)
