"""Finds set-ups that lead to the same place at Alleo."""

from __future__ import annotations

from urllib.parse import urlsplit

from alleo_onboard.domain.errors import Usage
from alleo_onboard.domain.profile import Profile
from alleo_onboard.store.paths import Home
from alleo_onboard.store.profiles import Profiles
from alleo_onboard.usecases.setups.resolve import place_of


def _place(profile: Profile) -> str:
    """Where a set-up writes, in one spelling; "" where that is nowhere."""
    try:
        return spelled(place_of(profile))
    except Usage:  # a delivery that does not exist is told where that set-up is used
        return ""


def spelled(url: str) -> str:
    """An address in the one spelling in which two can be compared; "" for none."""
    try:
        parts = urlsplit(url.strip())
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return url.strip()
    host = (parts.hostname or "").rstrip(".")
    usual = {"https": ":443", "http": ":80"}.get(parts.scheme, "")
    return f"{host}{'' if port == usual else port}{parts.path.rstrip('/')}" if host else url.strip()


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
