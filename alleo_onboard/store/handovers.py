"""The state of a set-up's hand-overs, in one private file each: `<data folder>/handovers/<profile>.json`.

Holds no link, receipt, passphrase or secret.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

from alleo_onboard.domain.errors import Usage
from alleo_onboard.domain.handover import Handover, State, Via
from alleo_onboard.locale import _
from alleo_onboard.store import json_file
from alleo_onboard.store.paths import Home, file_stem, private_dir, unreadable, write_private

_MOST = 20  # number of hand-overs that are kept


def handover_path(home: Home, profile: str) -> Path:
    """Returns the file of a profile's hand-overs."""
    return home.data / "handovers" / f"{file_stem(profile)}.json"


class Handovers:
    """The hand-overs of all set-ups of one user."""

    def __init__(self, home: Home) -> None:
        self._home = home

    def all(self, profile: str) -> tuple[Handover, ...]:
        """Returns every hand-over of a set-up, oldest first. Raises Usage when the file is damaged."""
        path = handover_path(self._home, profile)
        try:
            return tuple(_read(one) for one in json_file.read(path))
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise unreadable(path, error) from error
        except (ValueError, KeyError, TypeError):
            text = _("{path} is damaged, so it is not known what was handed over. Move it away to go on.")
            raise Usage(text.format(path=path)) from None

    def latest(self, profile: str) -> Handover | None:
        """Returns the latest hand-over, or None."""
        return next(reversed(self.all(profile)), None)

    def add(self, profile: str, one: Handover) -> None:
        """Stores a new hand-over. Raises Usage."""
        self._write(profile, (*self.all(profile), one)[-_MOST:])

    def change(self, profile: str, before: Handover, now: Handover) -> bool:
        """Replaces a hand-over, as it was read before, and returns whether it was there.

        One that another process has changed since is left as it is. Raises Usage.
        """
        every = self.all(profile)
        if before not in every:
            return False
        self._write(profile, tuple(now if one == before else one for one in every))
        return True

    def drop(self, profile: str) -> None:
        """Removes the latest hand-over. Raises Usage."""
        self._write(profile, self.all(profile)[:-1])

    def _write(self, profile: str, all_of_them: tuple[Handover, ...]) -> None:
        """Writes the file."""
        path = handover_path(self._home, profile)
        private_dir(path.parent)
        write_private(path, json.dumps([asdict(one) for one in all_of_them], default=_plain, indent=1).encode())


def _plain(value: object) -> str:
    """Returns a value as text for JSON."""
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def _read(found: dict[str, Any]) -> Handover:
    """Returns the hand-over of a JSON object."""
    return Handover(
        via=Via(found["via"]),
        host=str(found["host"]),
        sent=json_file.instant(found["sent"]),
        expires=_instant(found["expires"]),
        state=State(found["state"]),
        credential=str(found["credential"]),
        base=str(found["base"]),
        opened=_instant(found["opened"]),
        activated=date.fromisoformat(found["activated"]) if found["activated"] else None,
        looked=_instant(found["looked"]),
        ended=_instant(found["ended"]),
        lost=bool(found["lost"]),
        kept=bool(found["kept"]),
        given_up=bool(found["given_up"]),
        compared=_instant(found.get("compared")),
        agrees=bool(found.get("agrees")),
        by=str(found.get("by", "")),
    )


def _instant(text: str | None) -> datetime | None:
    """Returns an ISO time as datetime; None for None or ""."""
    return json_file.instant(text) if text else None
