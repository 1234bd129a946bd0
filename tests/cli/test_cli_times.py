"""Times of a set-up are those of its zone, wherever the computer stands; the zone is named where the computer's differs."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

ZONE = ZoneInfo("Europe/Amsterdam")
ABROAD, AT_HOME = "America/New_York", "Europe/Amsterdam"


@pytest.fixture
def ran(cli, play):
    """A set-up in Amsterdam with one run. Returns when that began, in its zone, to the minute."""
    play(people=6)
    assert cli("sync", "--yes", "--scheduled").code == 0
    return datetime.fromisoformat(cli("runs", "list", "--json").json["runs"][0]["started"]).astimezone(ZONE)


@pytest.mark.parametrize("machine", [ABROAD, AT_HOME])
def test_one_rule_for_every_command(cli, ran, machine):
    cli.env["TZ"] = machine
    named = f" {ran:%Z}" if machine == ABROAD else ""
    at = f"{ran:%Y-%m-%d %H:%M}"
    for words in (("runs", "list"), ("runs", "show", "last"), ("profiles", "list"), ("profiles", "show", "default")):
        told = cli(*words).out
        assert re.search(rf"{at}{named}(?! C?ES?T)", told), (words, told)
    told = cli("schedule", "show").out
    assert f"{ran:%a} {at} {ran:%Z}" in told
    assert "EST" not in told


def test_a_pickup_is_told_in_the_set_ups_zone_and_in_utc(cli, play, tmp_path):
    play(people=6)
    place = tmp_path / "collected"
    place.mkdir()
    settings = cli.home / "profiles" / "default.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text(f'[delivery]\nkind = "pickup"\nplace = "{place}"\n')
    for name in [name for name in cli.env if name.startswith("ALLEO_SCIM")]:
        del cli.env[name]
    done = cli("sync", "--yes", TZ=ABROAD)
    told = done.out + done.err
    collected = re.search(r"collects it at (\S+ \S+) (CES?T) \((\d\d:\d\d) UTC\)", told)
    assert collected, told
    local = datetime.strptime(collected[1], "%Y-%m-%d %H:%M").replace(tzinfo=ZONE)
    assert f"{local:%Z}" == collected[2]
    assert f"{local.astimezone(UTC):%H:%M}" == collected[3]
