"""Finds set-ups that write to the same place at Alleo."""

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
    """Returns where a set-up writes, normalised; "" when nowhere.

    Two set-ups may save workbooks for an upload in the same folder, so these count as nowhere.
    """
    try:
        kind = kind_of(profile.delivery)
        return "" if kind and kind.runs is Runs.UPLOAD else spelled(place_of(profile))
    except Usage:  # an unknown delivery is reported where that set-up is used
        return ""


def spelled(place: str) -> str:
    """Returns an address or folder normalised for comparison.

    Two users of one SFTP server are two places, because such servers show each user a different root.
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
    """Returns the other saved set-ups with the same Alleo address. Set-ups that cannot be read are ignored."""
    mine, profiles = _place(profile), Profiles(home)
    if not mine:
        return ()
    found = []
    for name in profiles.names():
        if name == profile.name:
            continue
        try:
            other = profiles.load(name)
        except Usage:  # reported where that set-up is used
            continue
        if other and _place(other) == mine:
            found.append(name)
    return tuple(found)
