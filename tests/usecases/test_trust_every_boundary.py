"""A run that dies at every request boundary, one after the other: the next run knows what is true and finishes the job."""

from __future__ import annotations

import json
import shutil
from collections import Counter

import pytest

from alleo_onboard.domain.sequence import PARKING
from alleo_onboard.usecases.preview import preview
from alleo_onboard.usecases.sync import Consent, sync

BOUNDARIES = 40  # more than the run has; those beyond its end prove that all were reached


class Died(BaseException):
    """The process is gone."""


class Line:
    """The wire of one door, which is cut at its n-th write, before the request leaves or after it was carried out.

    What the process would have left on the disk at that instant is kept aside.
    """

    def __init__(self, place, door, at, *, after):
        self.place, self.at, self.after, self.writes = place, at, after, 0
        self.paid = Counter()
        wire = door._connected()._api.wire
        self.once, wire._once = wire._once, self
        self.left = place.setup.home.data / "left"

    async def __call__(self, method, url, headers, content):
        if method == "GET":
            return await self.once(method, url, headers, content)
        self.writes += 1
        dies = self.writes == self.at
        if dies and not self.after:
            self.die()
        answer = await self.once(method, url, headers, content)
        if answer.ok:
            self.paid.update([(method, url, content)] if b"oneoff" in content else [])
        if dies:
            self.die()
        return answer

    def die(self):
        shutil.copytree(self.place.setup.home.data / "ledgers", self.left)
        raise Died


async def world(office):
    """A company with a starter to come, a leaver, a swap of addresses, a change and a re-hire in its next run."""
    place = office(people=14)
    place.personio.edit(starter := place.personio.people[0].id, custom={place.personio.key_of("Alleo"): "No"})
    await place.sync()
    one, two, leaver, moved, back = sorted(place.linked(99))[:5]
    place.personio.edit(back, status="inactive")
    await place.sync()
    emails = [place.account(n)["userName"] for n in (one, two)]
    place.personio.edit(one, email=emails[1])
    place.personio.edit(two, email=emails[0])
    place.personio.edit(leaver, status="inactive")
    place.personio.edit(moved, last_name="Changed")
    place.personio.edit(back, status="active")
    oneoff = place.personio.key_of("alleo_oneoff_all_budget")
    place.personio.edit(starter, custom={place.personio.key_of("Alleo"): "Yes", oneoff: 75})
    return place


def truth(place):
    """What Alleo holds, without what differs from one time to the next."""
    return sorted(
        json.dumps({k: v for k, v in a.items() if k not in ("id", "meta")}, sort_keys=True, default=str)
        for a in place.scim.accounts
    )


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
async def test_death_at_every_write(office, tmp_path, after):
    reached = 0
    expected = None
    for at in range(1, BOUNDARIES):
        shutil.rmtree(tmp_path / "home", ignore_errors=True)
        place = await world(office)
        line, died = None, False
        try:
            async with place.session() as session:
                planned = await preview(session)
                line = Line(place, session.door(), at, after=after)
                await sync(session, planned, Consent())
        except Died:
            died = True
            shutil.rmtree(place.setup.home.data / "ledgers")
            line.left.rename(place.setup.home.data / "ledgers")
        async with place.session() as session:
            again = await preview(session)
            rest = Line(place, session.door(), 0, after=False)
            result = await sync(session, again, Consent())
        assert result.failed == ()
        assert result.drift == ()
        assert (await place.preview()).plan.changes == ()
        with place.ledger as ledger:
            assert ledger.unsettled() == ()
            assert ledger.verify().faults == ()
        ids = [a["externalId"] for a in place.scim.accounts]
        assert len(set(ids)) == len(ids)
        assert not [a for a in place.scim.accounts if PARKING in a["userName"]]
        assert sum((line.paid + rest.paid).values()) == 1
        expected = expected or truth(place)
        assert truth(place) == expected
        if not died:
            break
        reached += 1
    assert reached >= 7
    assert not died
