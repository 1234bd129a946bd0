"""Set-ups of this computer that end at the same place in Alleo: each would undo what the other does."""

from __future__ import annotations

from urllib.parse import urlsplit

from alleo_onboard.domain.errors import Usage
from alleo_onboard.domain.profile import Profile
from alleo_onboard.store.paths import Home
from alleo_onboard.store.profiles import Profiles


def place_of(profile: Profile) -> str:
    """Where a set-up writes, in one spelling; "" where that is nowhere or nobody else's business."""
    return spelled(profile.scim.url)


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
    """The names of the other set-ups that are saved with the same Alleo address; those that cannot be read have none."""
    mine, profiles = place_of(profile), Profiles(home)
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
        if other and place_of(other) == mine:
            found.append(name)
    return tuple(found)
