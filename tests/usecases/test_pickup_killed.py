"""A pickup run killed anywhere: one complete file is in place, and the next run corrects the ledger."""

from __future__ import annotations

import functools
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from files_office import NAME, FilesOffice, rows

from alleo_onboard.alleo.pickup import folder
from alleo_onboard.domain.profile import DeliveryChoice
from alleo_onboard.sandbox.server import Sandbox
from alleo_onboard.store.ledger import Ledger, State

STEPS = ("begin", "sent", "publishing", "has_published", "settled", "finish")


class Boundaries:
    """Copies of everything on disk, as a kill at that moment would leave it."""

    def __init__(self, home: Path, place: Path, aside: Path) -> None:
        self._home, self._place, self._aside = home, place, aside
        self.names: list[str] = []

    def take(self, name: str) -> None:
        target = self._aside / str(len(self.names))
        shutil.copytree(self._home, target / "home")
        shutil.copytree(self._place, target / "place")
        self.names.append(name)

    def restore(self, number: int) -> None:
        for kept, live in (("home", self._home), ("place", self._place)):
            shutil.rmtree(live)
            shutil.copytree(self._aside / str(number) / kept, live)

    def around(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(call)
        def watched(*args: Any, **more: Any) -> Any:
            self.take(f"before {name}")
            result = call(*args, **more)
            self.take(f"after {name}")
            return result

        return watched


@pytest.fixture
def company(tmp_path):
    place = tmp_path / "place"
    place.mkdir()
    with Sandbox("selective", 8, limits=False) as sandbox:
        yield FilesOffice(sandbox, tmp_path / "home", DeliveryChoice("pickup").having(place=str(place)))


async def second_run(company: FilesOffice, tmp_path: Path, monkeypatch) -> tuple[Boundaries, int, int]:
    """Makes a first run, then one with a starter and a leaver, and copies the disk at every boundary of it."""
    field = company.personio.key_of("Alleo")
    starter, leaver, *_ = (p.personio_id for p in (await company.preview()).plan.people if p.decision == "sync")
    company.personio.edit(starter, custom={field: "No"})
    await company.sync()
    company.personio.edit(starter, custom={field: "Yes"})
    company.personio.edit(leaver, status="inactive")
    boundaries = Boundaries(tmp_path / "home", tmp_path / "place", tmp_path / "aside")
    with monkeypatch.context() as patch:
        for step in STEPS:
            patch.setattr(Ledger, step, boundaries.around(step, getattr(Ledger, step)))
        patch.setattr(folder, "put", boundaries.around("put", folder.put))
        patch.setattr(folder.os, "fsync", boundaries.around("fsync", folder.os.fsync))
        await company.sync()
    return boundaries, starter, leaver


async def test_killed_at_any_boundary_the_next_run_finishes_it(company, tmp_path, monkeypatch):
    place = tmp_path / "place"
    whole = set()
    boundaries, starter, leaver = await second_run(company, tmp_path, monkeypatch)
    wanted = (place / NAME).read_bytes()
    assert len(boundaries.names) >= 16
    for number, name in enumerate(boundaries.names):
        boundaries.restore(number)
        assert [p.name for p in place.glob("alleo_employees_*.csv")] == [NAME], name
        whole.add((place / NAME).read_bytes())
        await company.sync()
        assert (place / NAME).read_bytes() == wanted, name
        assert [p.name for p in place.iterdir()] == [NAME], name
        with company.ledger as ledger:
            assert not ledger.unsettled(), name
            assert not ledger.verify().faults, name
            assert ledger.pending() is None, name
            done = {(r.change.personio_id, r.change.kind) for r in ledger.every_change() if r.state is State.CONFIRMED}
            assert {(starter, "onboard"), (leaver, "offboard")} <= done, name
        assert not (await company.preview()).plan.changes, name
    assert len(whole) == 2  # the file before or after, never anything else


async def test_somebody_alleo_saw_in_a_file_of_a_killed_run_is_offboarded_when_they_leave_at_once(
    company, tmp_path, monkeypatch
):
    boundaries, starter, _leaver = await second_run(company, tmp_path, monkeypatch)
    email = company.person(starter).email
    company.personio.edit(starter, custom={company.personio.key_of("Alleo"): "No"})
    seen = 0
    for number, name in enumerate(boundaries.names):
        boundaries.restore(number)
        published = email in rows((tmp_path / "place" / NAME).read_bytes())
        await company.sync()
        row = rows((tmp_path / "place" / NAME).read_bytes()).get(email)
        if published:
            assert row, name
            assert row["Offboarding date"] == "2026-11-27", name
        else:
            assert row is None, name
        seen += published
    assert seen


async def test_a_portal_run_that_is_killed_before_it_waits_counts_for_nothing(tmp_path, monkeypatch):
    (tmp_path / "place").mkdir()
    with Sandbox("selective", 8, limits=False) as sandbox:
        choice = DeliveryChoice("portal").having(folder=str(tmp_path / "place"))
        company = FilesOffice(sandbox, tmp_path / "home", choice)
        due = (await company.preview()).plan.summary["onboard"]
        boundaries = Boundaries(tmp_path / "home", tmp_path / "place", tmp_path / "aside")
        with monkeypatch.context() as patch:
            for step in ("begin", "sent", "publishing", "awaits"):
                patch.setattr(Ledger, step, boundaries.around(step, getattr(Ledger, step)))
            await company.sync()
        for number, name in enumerate(boundaries.names):
            boundaries.restore(number)
            with company.ledger as ledger:
                waits = ledger.waiting() is not None
            assert waits == (name == "after awaits")
            if not waits:
                assert (await company.preview()).plan.summary["onboard"] == due, name
                assert (await company.sync()).waits, name
