"""People missing in Personio's list are requested by id before they lose Alleo."""

from __future__ import annotations

import json

import pytest

from alleo_onboard.sandbox.personio import PersonioApp


@pytest.fixture
def settled(cli, play):
    """A synced company, and the ids of three people who have Alleo."""
    sandbox = play(people=34)
    assert cli("sync", "--yes").code == 0
    return sandbox, [int(a["externalId"]) for a in sandbox.scim.accounts[:3]]


@pytest.fixture
def lag(monkeypatch):
    """Hides people from the list and its total for a number of reads; requests by id still find them."""
    hidden: dict[str, object] = {"ids": (), "lists": 0}
    real = PersonioApp._filtered

    def filtered(self, request):
        found = real(self, request)
        if request.parameter("limit") == "1" or not hidden["lists"]:
            return found
        hidden["lists"] -= 1
        return tuple(p for p in found if p.id not in hidden["ids"])

    monkeypatch.setattr(PersonioApp, "_filtered", filtered)
    return hidden


def asked(sandbox):
    """Returns the ids that were requested one by one."""
    paths = [r.path for r in sandbox.personio.requests]
    return [int(p.rpartition("/")[2]) for p in paths if p.rpartition("/")[2].isdigit()]


def off(sandbox):
    return {int(a["externalId"]) for a in sandbox.scim.accounts if not a["active"]}


def test_somebody_really_gone_is_asked_for_once_and_switched_off(cli, settled):
    sandbox, (leaver, *_others) = settled
    sandbox.personio.set_people(tuple(p for p in sandbox.personio.people if p.id != leaver))
    done = cli("sync", "--yes", "--json")
    assert done.json["applied"] == {"offboard": 1}
    assert asked(sandbox) == [leaver]
    assert off(sandbox) == {leaver}
    assert cli("sync", "--yes", "--json").json["applied"] == {}
    assert asked(sandbox) == [leaver]


def test_a_list_that_lags_once_is_read_again(cli, settled, lag):
    sandbox, (there, *_others) = settled
    lag.update(ids=(there,), lists=1)
    done = cli("sync", "--yes", "--json")
    assert done.code == 0, done.err
    assert done.json["applied"] == {}
    assert off(sandbox) == set()


@pytest.mark.parametrize("words", [(), ("--scheduled",)])
def test_a_list_that_goes_on_lagging_is_incomplete(cli, settled, lag, words):
    sandbox, (there, *_others) = settled
    lag.update(ids=(there,), lists=99)
    done = cli("sync", "--yes", "--json", *words)
    assert done.code == 7
    assert str(there) in done.err
    assert "knows" in done.err
    assert off(sandbox) == set()
    assert not json.loads(cli("preview", "--json").out)["complete"]
    done = cli("sync", "--yes", "--json", "--accept-incomplete")
    assert (done.code, off(sandbox)) == (0, set())


def test_of_two_missing_only_the_one_who_is_gone_is_switched_off_once_the_list_is_whole(cli, settled, lag):
    sandbox, (leaver, there, _other) = settled
    sandbox.personio.set_people(tuple(p for p in sandbox.personio.people if p.id != leaver))
    lag.update(ids=(there,), lists=1)
    assert cli("sync", "--yes", "--json").json["applied"] == {"offboard": 1}
    assert off(sandbox) == {leaver}


def test_where_the_guard_stops_the_run_nobody_is_asked(cli, settled):
    sandbox, _some = settled
    several = [int(a["externalId"]) for a in sandbox.scim.accounts[:9]]
    sandbox.personio.set_people(tuple(p for p in sandbox.personio.people if p.id not in several))
    assert cli("sync", "--yes").code == 5
    assert asked(sandbox) == []
    assert cli("sync", "--yes", "--allow-offboard", "9", "--json").json["applied"] == {"offboard": 9}
    assert sorted(asked(sandbox)) == sorted(several)


def test_with_the_guard_lifted_those_who_are_there_after_all_stop_the_run(cli, settled, lag):
    sandbox, _some = settled
    several = [int(a["externalId"]) for a in sandbox.scim.accounts[:9]]
    lag.update(ids=tuple(several), lists=99)
    done = cli("sync", "--yes", "--allow-offboard", "9")
    assert done.code == 7
    assert off(sandbox) == set()
    lag.update(lists=0)
    assert sorted(asked(sandbox)) == sorted(several)
