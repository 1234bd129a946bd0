"""Saving writes only what this session changed: a wizard left open does not revert other people's changes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fleet import leave, saved

from alleo_onboard.domain.profile import OnLeave
from alleo_onboard.usecases.setups.resolve import Setups

MEANWHILE = """selective_key = "dynamic_9"
zone = "Europe/Berlin" # the new office
shared = true

[policy]
on_leave = "exclude"

[alarm]
webhook = "https://chat.example/hook"
"""


@pytest.fixture
def opened(cli, play):
    """Returns the set-ups of one session, the set-up it has open, and the file of it."""
    sandbox = play(people=6)
    saved(cli, "default", sandbox)
    leave(cli)
    setups = Setups(cli.env, forgetful=True)
    return setups, setups.find("default"), cli.home / "profiles" / "default.toml"


def changed_meanwhile(path):
    text = path.read_text()
    head, _scim, tail = text.partition("[scim]")
    top, _gap, tables = MEANWHILE.partition("\n\n")
    path.write_text(f"{head}{top}\n{_scim}{tail}\n{tables}")


def test_a_stale_copy_undoes_neither_pin_nor_policy_nor_alarm_nor_comment(opened):
    setups, stale, path = opened
    changed_meanwhile(path)
    setups.save(replace(stale, profile=replace(stale.profile, everyone_confirmed=True)))
    text, found = path.read_text(), setups.find("default", secrets=False).profile
    assert found.everyone_confirmed
    assert found.selective_key == "dynamic_9"
    assert found.shared
    assert (found.zone, found.policy.on_leave) == ("Europe/Berlin", OnLeave.EXCLUDE)
    assert found.alarm.webhook == "https://chat.example/hook"
    assert "# the new office" in text


def test_saved_twice_in_one_sitting_only_what_is_new_is_written(opened):
    setups, stale, path = opened
    first = replace(stale, profile=replace(stale.profile, zone="Europe/Paris"))
    setups.save(first)
    path.write_text(path.read_text().replace("Europe/Paris", "Europe/Berlin"))
    setups.save(replace(first, profile=replace(first.profile, everyone_confirmed=True)))
    found = setups.find("default", secrets=False).profile
    assert (found.zone, found.everyone_confirmed) == ("Europe/Berlin", True)


def test_another_address_of_alleo_is_not_undone_either(opened):
    setups, stale, path = opened
    moved = stale.profile.delivery.text("url") + "/new"
    path.write_text(path.read_text().replace(stale.profile.delivery.text("url"), moved))
    setups.save(replace(stale, profile=replace(stale.profile, delivery=stale.profile.delivery.having(concurrency=2))))
    found = setups.find("default", secrets=False).profile.delivery
    assert (found.text("url"), found.get("concurrency")) == (moved, 2)


def test_a_run_of_a_stale_copy_keeps_the_pin_that_another_made(opened, cli):
    _setups, _stale, path = opened
    assert cli("sync", "--yes").code == 0
    pinned = path.read_text()
    assert "selective_key" in pinned
    setups, stale, _path = opened
    setups.save(stale)
    assert path.read_text() == pinned
