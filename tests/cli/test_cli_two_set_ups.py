"""Several set-ups on one computer: none gets another's address or secret, and two with one address are reported."""

from __future__ import annotations

import re

import pytest
from fleet import leave, saved

ONE_PLACE = "same Alleo address as"


@pytest.fixture
def two(cli, play):
    """Two customers with a set-up each; the environment has nothing of either."""
    red, blue = play(people=6), play(people=6, seed=7)
    saved(cli, "red", red)
    saved(cli, "blue", blue)
    leave(cli)
    return red, blue


@pytest.mark.parametrize(
    "variable",
    [
        "PERSONIO_CLIENT_ID", "PERSONIO_CLIENT_SECRET", "PERSONIO_BASE_URL", "ALLEO_SCIM_URL", "ALLEO_SCIM_TOKEN",
        "ALLEO_CLIENT_ID", "ALLEO_CLIENT_SECRET", "ALLEO_TOKEN_URL",
    ],
)  # fmt: skip
@pytest.mark.parametrize("words", [("sync", "--all", "--yes"), ("sync", "--all", "--yes", "--scheduled")])
def test_a_fleet_refuses_what_is_left_over_in_the_environment(cli, two, variable, words):
    red, blue = two
    done = cli(*words, "--json", **{variable: red.addresses.environment().get(variable, "left-over")})
    assert (done.code, done.out) == (2, "")
    assert variable in done.err
    assert red.scim.accounts == blue.scim.accounts == []
    assert not red.personio.requests
    assert not blue.personio.requests


def test_what_is_left_over_may_also_stand_in_an_environment_file(cli, two, tmp_path):
    file = tmp_path / "left.env"
    file.write_text(f"ALLEO_SCIM_URL={two[0].addresses.scim_url}\n")
    file.chmod(0o600)
    done = cli("sync", "--all", "--yes", ALLEO_ONBOARD_ENV_FILE=str(file))
    assert done.code == 2
    assert "ALLEO_SCIM_URL" in done.err


def test_a_fleet_of_two_customers_reaches_each_its_own_alleo(cli, two):
    done = cli("sync", "--all", "--yes", "--json")
    assert done.code == 0, done.err
    for sandbox in two:
        ids = {str(p.id) for p in sandbox.personio.people}
        assert sandbox.scim.accounts
        assert {a["externalId"] for a in sandbox.scim.accounts} <= ids


@pytest.mark.parametrize(
    "override",
    [
        ("--allow-offboard", "0"), ("--allow-offboard", "5"), ("--allow-update", "5"),
        ("--allow-missing", "department"), ("--accept-incomplete",),
    ],
)  # fmt: skip
def test_no_override_is_for_every_set_up(cli, two, override):
    done = cli("sync", "--all", "--yes", *override)
    assert done.code == 2
    assert override[0] in done.err
    assert two[0].scim.accounts == two[1].scim.accounts == []


def test_a_schedule_never_holds_another_customers_address(cli, two):
    red, blue = two
    words = ("--profile", "blue", "schedule", "install", "--print", "--using")
    for using in ("cron", "systemd", "kubernetes"):
        done = cli(*words, using, **red.addresses.environment())
        assert done.code == 0, done.err
        for mine, theirs in (
            (blue.addresses.scim_url, red.addresses.scim_url),
            (blue.addresses.personio_base_url, red.addresses.personio_base_url),
        ):
            assert theirs not in done.out
            assert f"is {theirs} in this environment, and {mine} in the set-up" in done.err


def test_schedules_of_all_set_ups_refuse_what_is_left_over(cli, two):
    done = cli("schedule", "install", "--all", "--print", "--using", "cron", ALLEO_SCIM_URL=two[0].addresses.scim_url)
    assert (done.code, done.out) == (2, "")
    assert "ALLEO_SCIM_URL" in done.err


def test_two_set_ups_at_one_place_are_both_refused_and_the_others_run(cli, two):
    red, blue = two
    saved(cli, "red-LAPTOP7", red, url=red.addresses.scim_url.replace("http://", "HTTP://") + "/")
    done = cli("sync", "--all", "--yes", "--json")
    assert done.code == 2
    told = {one["profile"]: one for one in done.json["profiles"]}
    assert {name: one["exit"] for name, one in told.items()} == {"red": 2, "red-LAPTOP7": 2, "blue": 0}
    assert f"{ONE_PLACE} red-LAPTOP7" in told["red"]["message"]
    assert red.scim.accounts == []
    assert blue.scim.accounts


def test_two_set_ups_that_are_meant_to_share_say_so(cli, two):
    red, _blue = two
    saved(cli, "red", red, "shared = true")
    saved(cli, "red two", red, "shared = true")
    done = cli("sync", "--all", "--yes", "--json")
    assert done.code == 0, done.out
    assert red.scim.accounts


def test_one_place_is_told_before_anything_is_written(cli, two):
    red, _blue = two
    saved(cli, "red-LAPTOP7", red)
    assert f"red has the {ONE_PLACE} red-LAPTOP7" in cli("profiles", "list").err
    assert "red-LAPTOP7" in cli("--profile", "red", "doctor", "--json").out
    assert "red-LAPTOP7 of this computer has the same Alleo address" in cli("--profile", "red", "preview").err
    done = cli("--profile", "red", "sync", "--yes")
    assert "same Alleo address" in done.err
    assert "blue" not in done.err
    saved(cli, "red", red, "shared = true")
    assert "shared = true)" in cli("profiles", "list").err
    assert "same Alleo address" not in cli("--profile", "red", "preview").err


def test_every_option_that_agrees_to_one_plan_is_refused_for_every_set_up(cli, two):
    """Reads the options from the help, so that new ones are tested too."""
    told = cli("sync", "--help").out
    found = dict(re.findall(r"^ +(--(?:allow|accept|send|drop)-[a-z-]+)(?: (\S+))?", told, re.MULTILINE))
    assert len(found) >= 8
    for option, takes in found.items():
        value = {"NAME,...": ["birthday"], "": []}.get(takes, ["7"])
        done = cli("sync", "--all", "--yes", option, *value)
        assert done.code == 2, option
        assert f"{option} is about one plan of one set-up" in done.err
    assert not two[0].personio.requests
