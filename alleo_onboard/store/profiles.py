"""Profiles on disk: one TOML file for each set-up, and a file with the wizard steps that were passed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from pathlib import Path

from alleo_onboard.domain.errors import Usage
from alleo_onboard.domain.profile import Alarm, Profile, valid_name
from alleo_onboard.locale import _
from alleo_onboard.store import profile_toml
from alleo_onboard.store.paths import Home, file_stem, open_file, private_dir, unreadable, unwritable, write_private

_STEPS = {"door": "delivery"}  # former names of steps


class Profiles:
    """The set-ups of one user. A name is a file name, so names that differ only in case are refused."""

    def __init__(self, home: Home) -> None:
        self._folder = home.config / "profiles"
        self._progress = home.data / "progress"

    def names(self) -> tuple[str, ...]:
        """Returns all names in alphabetical order. Files with an invalid name are ignored."""
        try:
            found = {unicodedata.normalize("NFC", p.stem) for p in self._folder.iterdir() if p.suffix == ".toml"}
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise unreadable(self._folder, error) from error
        return tuple(sorted((n for n in found if valid_name(n)), key=lambda n: (n.casefold(), n)))

    def load(self, name: str) -> Profile | None:
        """Returns the set-up of that name, or None. Raises Usage for an invalid name or file."""
        path = self.path(name)
        text = _read(path)
        return None if text is None else profile_toml.parse(text, name, path)

    def save(self, profile: Profile) -> None:
        """Writes the set-up; keeps comments and order of an existing file.

        Raises Usage, without changing the file, when the file is invalid, when the profile could not be read back, or
        when another name differs only in case.
        """
        path = self.path(profile.name)
        self._refuse_twin(profile.name)
        before = _read(path) or ""
        if before:
            profile_toml.parse(before, profile.name, path)
        after = profile_toml.render(before, profile)
        try:
            content = after.encode()
        except UnicodeEncodeError as error:
            raise Usage(_("A setting of {name} is not text.").format(name=profile.name)) from error
        if profile_toml.parse(after, profile.name, path) != profile:
            raise Usage(_("A setting of {name} cannot be written down as TOML.").format(name=profile.name))
        private_dir(path.parent)
        write_private(path, content)

    def alarm(self, name: str) -> Alarm:
        """Returns the alarm settings as far as they can be read. An error in the file must not prevent an alarm."""
        try:
            with open_file(self.path(name)) as file:
                text = file.read().decode("utf-8-sig", "replace")
        except (OSError, Usage):
            return Alarm()
        return profile_toml.alarm_in(text)

    def change(self, base: Profile, mine: Profile) -> Profile:
        """Stores only the settings in which `mine` differs from `base`, and returns the stored profile.

        A set-up that does not exist any more is written completely. Raises the same as `save`.
        """
        stored = self.load(mine.name)
        merged = profile_toml.merged(base, mine, stored) if stored else mine
        if merged != stored:
            self.save(merged)
        return merged

    def remove(self, name: str) -> bool:
        """Deletes the set-up and its steps; returns whether it existed. Secrets and ledger are kept."""
        there = _unlink(self.path(name))
        return _unlink(self._steps(name)) or there

    def progress(self, name: str) -> frozenset[str]:
        """Returns the wizard steps that were passed. A damaged file counts as none."""
        text = _read(self._steps(name))
        try:
            from alleo_onboard.store.json_file import parsed

            steps = parsed(text or "[]")
        except ValueError:
            return frozenset()
        proven = steps if isinstance(steps, list) else []
        return frozenset(_STEPS.get(step, step) for step in proven if isinstance(step, str))

    def set_progress(self, name: str, steps: Iterable[str]) -> None:
        """Stores exactly these steps as passed."""
        path = self._steps(name)
        private_dir(path.parent)
        import json

        write_private(path, json.dumps(sorted(set(steps))).encode())

    def path(self, name: str) -> Path:
        """Returns the file of a set-up, whether it exists or not."""
        return self._folder / f"{file_stem(name)}.toml"

    def _steps(self, name: str) -> Path:
        """Returns the file of a set-up's steps."""
        return self._progress / f"{file_stem(name)}.json"

    def _refuse_twin(self, name: str) -> None:
        """Raises Usage when another name differs only in case."""
        wanted = file_stem(name)
        for other in self.names():
            if other != wanted and other.casefold() == wanted.casefold():
                raise Usage(_("There is already a set-up called {name}. Choose another name.").format(name=other))


def _read(path: Path) -> str | None:
    """Returns the text of a file, without a byte-order mark; None when there is no file."""
    try:
        with open_file(path) as file:
            return file.read().decode("utf-8-sig")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise unreadable(path, error) from error
    except UnicodeDecodeError as error:
        raise Usage(_("{path} is not text in UTF-8. Save it again as UTF-8.").format(path=path)) from error


def _unlink(path: Path) -> bool:
    """Deletes a file; returns whether it existed."""
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise unwritable(path, error) from error
    return True
