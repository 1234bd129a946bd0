"""Commands, JSON and exit codes of product.md, as scripts use them."""

from __future__ import annotations

import json

import pytest
from waits import waits_at_once

from alleo_onboard.net.patience import DEFAULT_PATIENCE

CHECK_KEYS = ["ready", "complete", "employees", "attributes", "selective_sync", "budget_fields", "findings"]


def test_check(cli, play):
    play("selective")
    done = cli("check", "--json")
    assert done.code == 0
    told = done.json
    assert list(told) == CHECK_KEYS
    assert told["ready"] is True
    assert told["complete"] is True
    assert told["employees"] == 34
    email = next(a for a in told["attributes"] if a["name"] == "email")
    assert email == {
        "name": "email",
        "required": True,
        "readable": True,
        "key": "email",
        "type": "standard",
        "filled": 27,
        "of": 27,
    }
    assert told["selective_sync"] == {
        "readable": True,
        "key": "dynamic_7124042",
        "type": "list",
        "options": ["Yes", "No"],
    }
    assert told["budget_fields"][0] == {
        "name": "alleo_monthly_all_budget",
        "period": "monthly",
        "category": "all",
        "key": "dynamic_7124043",
        "type": "decimal",
    }
    assert told["findings"] == []


def test_check_tells_what_was_forgotten_and_where_to_mend_it(cli, play):
    play("forgotten-attributes")
    done = cli("check", "--json")
    assert done.code == 4
    assert done.json["ready"] is False
    errors = {f["subject"]: f for f in done.json["findings"] if f["severity"] == "error"}
    assert set(errors) == {"birthday", "department"}
    assert errors["birthday"]["code"] == "attribute_missing"
    assert any("Marketplace > Connected integrations" in line for line in errors["birthday"]["remedy"])
    assert any("Settings > Integrations > API credentials" in line for line in errors["birthday"]["remedy"])


def test_check_without_an_alleo_field(cli, play):
    play("ready")
    done = cli("check", "--json")
    assert done.code == 0
    assert done.json["selective_sync"] is None
    assert [(f["code"], f["severity"]) for f in done.json["findings"]] == [("alleo_field_absent", "info")]


def test_check_of_a_credential_that_may_too_much(cli, play):
    play("over-privileged")
    found = cli("check", "--json").json["findings"]
    assert {f["code"] for f in found} == {"excess_attribute", "write_access"}
    assert "IBAN" in [f["subject"] for f in found]


def test_wrong_credential(cli, play):
    play()
    done = cli("check", "--json", PERSONIO_CLIENT_SECRET="wrong")
    assert done.code == 3
    assert list(done.json) == CHECK_KEYS
    assert [f["code"] for f in done.json["findings"]] == ["credential_rejected"]
    assert "wrong" not in done.err.replace("wrong, or", "")


def test_no_right_to_read_employees(cli, play):
    sandbox = play()
    sandbox.personio.scope = "absences:read"
    done = cli("check", "--json")
    assert done.code == 4
    assert [f["code"] for f in done.json["findings"]] == ["employees_not_readable"]
    assert cli("sync", "--yes").code == 4


def test_preview(cli, play):
    play()
    done = cli("preview", "--json")
    assert done.code == 0
    told = done.json
    assert list(told) == ["complete", "digest", "summary", "people", "budgets"]
    assert told["digest"].startswith("sha256:")
    assert told["summary"] == {
        "employees": 34,
        "sync": 27,
        "skip": 7,
        "blocked": 0,
        "onboard": 27,
        "update": 0,
        "reactivate": 0,
        "link": 0,
        "offboard": 0,
        "unchanged": 0,
        "unmanaged": 0,
    }
    ids = [p["personio_id"] for p in told["people"]]
    assert ids == sorted(ids)
    assert len(ids) == 34
    person = next(p for p in told["people"] if p["budgets"])
    assert list(person) == [
        "personio_id",
        "name",
        "email",
        "decision",
        "reasons",
        "change",
        "fields",
        "budgets",
        "problems",
    ]
    assert person["fields"]["email"] == [None, person["email"]]
    assert told["budgets"][0] == {"field": "alleo_monthly_all_budget", "people": 20, "total": "2000.00"}
    assert cli("preview", "--json").json["digest"] == told["digest"]


def test_preview_without_a_delivery_is_what_a_first_sync_would_do(cli, play):
    play()
    done = cli("preview", "--json", ALLEO_SCIM_URL=None, ALLEO_SCIM_TOKEN=None)
    assert done.code == 0
    assert done.json["summary"]["onboard"] == 27


def test_sync_and_again(cli, play):
    sandbox = play()
    done = cli("sync", "--yes", "--json")
    assert done.code == 0
    assert list(done.json) == ["run", "digest", "applied", "failed", "not_carried", "drift"]
    assert done.json["applied"] == {"onboard": 27}
    assert done.json["failed"] == done.json["not_carried"] == []
    assert len(sandbox.scim.accounts) == 27
    again = cli("sync", "--yes", "--json")
    assert again.code == 0
    assert again.json["applied"] == {}


def test_sync_refuses_while_an_error_stands_unless_that_attribute_is_allowed(cli, play):
    sandbox = play("forgotten-attributes")
    refused = cli("sync", "--yes", "--json")
    assert refused.code == 4
    assert refused.json["run"] is None
    assert refused.json["error"]["code"] == "not_ready"
    assert sandbox.scim.accounts == []
    allowed = cli("sync", "--yes", "--json", "--allow-missing", "birthday,department")
    assert allowed.code == 0
    assert allowed.json["applied"] == {"onboard": 27}


def test_the_guard_writes_nothing_until_its_number_is_named(cli, play):
    sandbox = play("mass-leave")
    for words in ((), ("--allow-offboard", "13")):
        done = cli("sync", "--yes", "--json", *words)
        assert done.code == 5
        assert done.json["error"]["code"] == "guard_tripped"
        assert "--allow-offboard 14" in done.err
    assert not [method for method, _path in _writes(sandbox)]
    done = cli("sync", "--yes", "--json", "--allow-offboard", "14")
    assert done.code == 0
    assert done.json["applied"] == {"offboard": 14}


def _writes(sandbox):
    return [(r.method, r.path) for r in sandbox.scim.requests if r.method in ("POST", "PATCH", "PUT", "DELETE")]


def test_a_saved_plan_is_applied_exactly_or_refused(cli, play, tmp_path):
    sandbox = play()
    file = tmp_path / "plan.json"
    assert cli("preview", "--out", str(file)).code == 0
    assert file.stat().st_mode & 0o777 == 0o600
    sandbox.personio.edit(sandbox.personio.people[0].id, first_name="Renamed")
    stale = cli("sync", "--yes", "--json", "--plan", str(file))
    assert stale.code == 6
    assert stale.json["error"]["code"] == "plan_stale"
    assert not _writes(sandbox)
    assert cli("preview", "--out", str(file)).code == 0
    done = cli("sync", "--yes", "--json", "--plan", str(file))
    assert done.code == 0
    assert done.json["digest"] == json.loads(file.read_text())["digest"]


def test_failed_changes(cli, play):
    sandbox = play()
    assert cli("sync", "--yes").code == 0
    changed = int(sandbox.scim.accounts[0]["externalId"])
    sandbox.personio.edit(changed, last_name="Changed")
    sandbox.scim.fail(400, method="PATCH")
    done = cli("sync", "--yes", "--json")
    assert done.code == 8
    assert done.json["applied"] == {}
    assert [(f["personio_id"], f["change"]) for f in done.json["failed"]] == [(changed, "update")]
    assert done.json["failed"][0]["error"]
    assert cli("sync", "--yes", "--json").json["applied"] == {"update": 1}


def test_unreachable(cli, play):
    sandbox = play()
    address = sandbox.addresses.personio_base_url
    sandbox.stop()
    with waits_at_once() as waited:
        done = cli("check", "--json", PERSONIO_BASE_URL=address)
    assert done.code == 7
    assert len(waited) == DEFAULT_PATIENCE.attempts - 1
    assert done.out == ""
    assert "127.0.0.1" in done.err


def test_refused_at_the_delivery(cli, play):
    play()
    done = cli("preview", "--json", ALLEO_SCIM_TOKEN="wrong")
    assert done.code == 3
    assert done.json["error"]["code"] == "delivery_refused"


@pytest.mark.parametrize(
    "words",
    [
        ("check", "--secret", "x"),
        ("nonsense",),
        ("check", "--jso"),
        ("sync", "--yes", "--allow-offboard", "-1"),
        ("sync", "--yes", "--allow-missing", "email"),
        ("sync", "--yes", "--allow-missing", "shoe_size"),
        ("sandbox", "--scenario", "nonsense"),
        ("--profile", "../evil", "check"),
        ("check", "--json"),
        ("sync",),
        (),
    ],
)
def test_wrong_calls_say_what_is_wrong_and_print_no_data(cli, words):
    done = cli(*words)
    assert done.code == 2
    assert done.out == ""
    assert done.err.strip()


def test_no_plain_http_to_other_hosts(cli, play):
    play()
    done = cli("check", PERSONIO_BASE_URL="http://api.personio.example")
    assert done.code == 2
    assert "https" in done.err


def test_text_on_standard_output_has_no_control_characters(cli, play):
    sandbox = play()
    sandbox.personio.edit(sandbox.personio.people[0].id, first_name="\x1b[2Jx", last_name="a\nb")
    done = cli("preview")
    assert done.code == 0
    assert "\x1b" not in done.out
    assert all(c == "\n" or c.isprintable() for c in done.out)


def test_a_field_that_is_lost_after_the_first_run_stops_the_next(cli, play):
    sandbox = play()
    assert cli("sync", "--yes").code == 0
    sandbox.personio.hide("Alleo")
    check = cli("check", "--json")
    assert check.code == 4
    assert check.json["selective_sync"] == {"readable": False, "key": "dynamic_7124042", "type": None, "options": []}
    assert [f["code"] for f in check.json["findings"]] == ["selective_field_lost"]
    assert cli("sync", "--yes", "--json").code == 4
    assert all(a["active"] for a in sandbox.scim.accounts)


def test_the_set_up_may_be_named_before_or_after_the_command_and_a_new_one_is_told(cli, play):
    cli.use(play())
    assert cli("--profile", "Acme", "sync", "--yes").code == 0
    before, after = cli("--profile", "Acme", "check"), cli("check", "--profile", "Acme")
    assert (after.code, after.out) == (before.code, before.out)
    assert "new one" not in after.err
    slip = cli("check", "--profile", "Amce")
    assert "There is no set-up called Amce yet, so this is a new one. There are: Acme." in slip.err


def test_a_lost_attribute_is_named_with_what_to_do(cli, play):
    sandbox = play()
    cli.use(sandbox)
    assert cli("sync", "--yes").code == 0
    sandbox.personio.hide("hire_date")
    refused = cli("sync", "--yes")
    assert refused.code == 4
    assert "How to mend it: alleo-onboard check." in refused.err
    allowed = cli("sync", "--yes", "--allow-missing", "Hire date")
    assert allowed.code == 0
    assert "Since the last run these are no longer readable: Hire date." in allowed.err


def test_a_command_whose_action_may_be_left_out_takes_json_before_and_after_it(cli, play):
    play(people=4)
    assert cli("sync", "--yes").code == 0
    for words in (("runs", "--json"), ("runs", "--json", "list"), ("runs", "list", "--json")):
        assert len(cli(*words).json["runs"]) == 1
    assert "run" in cli("runs", "--json", "show", "last").json
    for words in (("profiles", "--json"), ("profiles", "list", "--json")):
        assert [one["name"] for one in cli(*words).json["profiles"]] == ["default"]
    assert "{" not in cli("runs").out


def test_the_preview_of_an_undo_is_data(cli, play):
    play(people=4)
    assert cli("sync", "--yes").code == 0
    done = cli("undo", "last", "--preview")
    assert "switch off (Access to Alleo)" in done.out
    assert "This will switch" in done.out
    assert "Access to Alleo" not in done.err
    assert "Access to Alleo" in cli("undo", "last", "--yes", "--allow-offboard", "9").err


def test_a_first_run_that_holds_leavers_back_says_so_in_one_true_sentence(cli, play):
    sandbox = play(people=34)
    assert cli("sync", "--yes").code == 0
    for file in (cli.home / "ledgers").iterdir():
        file.unlink()
    for account in sandbox.scim.accounts[:2]:
        sandbox.personio.edit(int(account["externalId"]), status="inactive")
    told = cli("preview")
    assert "A first run switches nobody off: 2 accounts are held back" in told.out
    assert "change nothing else" not in told.out
    assert "switches nobody off" not in told.err
    ran = cli("sync", "--yes")
    assert ran.code == 0
    assert "A first run switches nobody off: 2 accounts are held back" in ran.err
    assert "there is nothing to do" not in ran.err
