"""Saves documents that a user asked for, readable only by them."""

from __future__ import annotations

from pathlib import Path

from alleo_onboard.domain.delivery import Runs
from alleo_onboard.domain.errors import Usage
from alleo_onboard.locale import _
from alleo_onboard.store.paths import unwritable, write_private
from alleo_onboard.usecases.setups.resolve import Setup

_MOST = 1000  # names to try


def save(path: Path, content: bytes, *, replace: bool = False) -> bool:
    """Writes the file atomically, mode 0600. Returns whether it replaced one.

    Raises Usage when it cannot be written, or exists and `replace` is false.
    """
    there = _there(path)
    if there and not replace:
        text = _("{file} is there already and was left alone. Name another file, or add --replace.")
        raise Usage(text.format(file=path))
    write_private(path, content)
    return there


def refuse_where_alleo_collects(setup: Setup, path: Path) -> None:
    """Raises Usage for a file in the folder from which Alleo collects: it would be taken for what a run published."""
    kind = setup.kind
    place = kind.address(setup.profile.delivery) if kind and kind.runs is Runs.FILE else ""
    if not place or "://" in place:
        return
    try:
        within = path.absolute().parent.samefile(place)
    except OSError:  # one of them is not there
        return
    if within:
        text = _("Alleo collects what is in {folder}: only sync writes there. Name another folder with --out.")
        raise Usage(text.format(folder=place))


def _there(path: Path) -> bool:
    """Returns whether the file exists. Raises Usage when there cannot be one."""
    try:
        if path.is_dir():
            raise Usage(_("{path} is a folder. Name a file in it.").format(path=path))
        if not path.parent.is_dir():
            raise Usage(_("There is no folder {folder}. Make it first, or name another.").format(folder=path.parent))
        return path.exists()
    except OSError as error:
        raise unwritable(path, error) from None


def free(stem: str, ending: str, folder: Path) -> Path:
    """Returns a path in `folder` that does not exist: stem.ending, stem-2.ending and so on. Raises Usage."""
    for number in range(1, _MOST):
        path = folder / (f"{stem}.{ending}" if number == 1 else f"{stem}-{number}.{ending}")
        if not path.exists() and not path.is_symlink():
            return path
    raise Usage(_("There are too many reports in {folder} already. Name a file with --out.").format(folder=folder))
