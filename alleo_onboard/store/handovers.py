"""How far the hand-over of a set-up got, in one private file each: `<data folder>/handovers/<profile>.json`.

It holds no link, no receipt, no passphrase and no secret.
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
from alleo_onboard.store.paths import Home, file_stem, open_file, private_dir, unreadable, write_private

_MOST = 20  # earlier hand-overs that are kept to look back at


def handover_path(home: Home, profile: str) -> Path:
    return home.data / "handovers" / f"{file_stem(profile)}.json"


class Handovers:
    """The hand-overs of the set-ups of one user."""

    def __init__(self, home: Home) -> None:
        self._home = home

    def all(self, profile: str) -> tuple[Handover, ...]:
        """Every hand-over of a set-up, oldest first. Raises Usage for a file that is damaged."""
        path = handover_path(self._home, profile)
        try:
            with open_file(path) as file:
                found = json.loads(file.read().decode())
            return tuple(_read(one) for one in found)
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise unreadable(path, error) from error
        except (ValueError, KeyError, TypeError):
            text = _("{path} is damaged, so it is not known what was handed over. Move it away to go on.")
            raise Usage(text.format(path=path)) from None

    def latest(self, profile: str) -> Handover | None:
        return next(reversed(self.all(profile)), None)

    def add(self, profile: str, one: Handover) -> None:
        """Writes down a new one. Raises Usage when it cannot be."""
        self._write(profile, (*self.all(profile), one)[-_MOST:])

    def change(self, profile: str, one: Handover) -> None:
        """Puts `one` in place of the latest."""
        self._write(profile, (*self.all(profile)[:-1], one))

    def drop(self, profile: str) -> None:
        """Takes the latest away: nothing came of it."""
        self._write(profile, self.all(profile)[:-1])

    def _write(self, profile: str, all_of_them: tuple[Handover, ...]) -> None:
        path = handover_path(self._home, profile)
        private_dir(path.parent)
        write_private(path, json.dumps([asdict(one) for one in all_of_them], default=_plain, indent=1).encode())


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def _read(found: dict[str, Any]) -> Handover:
    return Handover(
        via=Via(found["via"]),
        host=str(found["host"]),
        sent=datetime.fromisoformat(found["sent"]),
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
    )


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
