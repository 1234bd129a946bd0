"""Folders that cannot be used: a sentence for each, and existing files stay."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest

from alleo_onboard.alleo.pickup import folder
from alleo_onboard.alleo.pickup.delivery import PickupDelivery
from alleo_onboard.alleo.pickup.settings import PickupSettings
from alleo_onboard.domain.errors import DeliveryRefused, Usage

NAME = "alleo_employees_current.csv"
posix = pytest.mark.skipif(sys.platform == "win32", reason="pipes and devices in folders are POSIX")


def delivery(place: Path) -> PickupDelivery:
    return PickupDelivery(PickupSettings(place=str(place)), {})


async def refused(place: Path, how: type[Exception], words: str) -> None:
    """Asserts that test and run give the same error and leave no files."""
    one = delivery(place)
    before = sorted(place.iterdir()) if place.is_dir() else None
    with pytest.raises(how, match=words):
        await one.open(frozenset())
    with pytest.raises(how, match=words):
        await one.publish(NAME, b"new")
    assert (sorted(place.iterdir()) if place.is_dir() else None) == before


@posix
async def test_a_pipe_a_device_or_a_file_named_as_the_folder(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "file").write_bytes(b"")
    for place in (tmp_path / "pipe", tmp_path / "file", Path("/dev/null")):
        await refused(place, Usage, "is a file, not a folder")


@posix
@pytest.mark.parametrize("kind", ["pipe", "folder", "device"])
async def test_a_pipe_a_folder_or_a_device_in_place_of_the_file_is_neither_read_nor_replaced(tmp_path, kind):
    target = tmp_path / NAME
    if kind == "pipe":
        os.mkfifo(target)
    elif kind == "folder":
        target.mkdir()
    else:
        target.symlink_to("/dev/zero")
    assert await delivery(tmp_path).in_place(NAME) is None
    await refused(tmp_path, Usage, "is no file, so it is not replaced")


@posix
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="nothing is read-only for root")
async def test_a_folder_that_may_only_be_read(tmp_path):
    (tmp_path / NAME).write_bytes(b"before")
    tmp_path.chmod(0o500)
    try:
        await refused(tmp_path, DeliveryRefused, "cannot be written to")
        assert (tmp_path / NAME).read_bytes() == b"before"
    finally:
        tmp_path.chmod(0o700)


@pytest.mark.parametrize(
    ("code", "words"),
    [(errno.ENOSPC, "No space left"), (errno.EROFS, "Read-only"), (errno.EDQUOT, "quota"), (errno.ESTALE, "Stale")],
)
@pytest.mark.parametrize("step", ["fsync", "replace"])
async def test_a_disk_that_refuses_at_any_step_leaves_the_file_of_before(tmp_path, monkeypatch, code, words, step):
    (tmp_path / NAME).write_bytes(b"before")

    def refuses(*_given):
        raise OSError(code, os.strerror(code))

    if step == "fsync":
        monkeypatch.setattr(folder.os, "fsync", refuses)
    else:
        monkeypatch.setattr(Path, "replace", refuses)
    with pytest.raises(DeliveryRefused, match=f"(?i){words}.*What was there before is still there"):
        await delivery(tmp_path).publish(NAME, b"new")
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [(NAME, b"before")]


async def test_a_network_folder_that_is_away(tmp_path):
    await refused(tmp_path / "share", Usage, "connect the network drive")
    assert await delivery(tmp_path / "share").in_place(NAME) == b""


async def test_a_link_that_leads_nowhere_is_replaced(tmp_path):
    (tmp_path / NAME).symlink_to(tmp_path / "gone.csv")
    await delivery(tmp_path).publish(NAME, b"new")
    assert (tmp_path / NAME).read_bytes() == b"new"
