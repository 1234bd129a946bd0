"""An unattended run reports who needs attention, and sends its alarm whatever else fails."""

from __future__ import annotations

import http.server
import json
import threading

import pytest
from fleet import leave, saved

from alleo_onboard.sandbox.people import ALLEO_KEY
from alleo_onboard.store import paths


@pytest.fixture
def ears():
    """Yields the address of an HTTP server and the list of (path, body) it received."""
    heard: list[tuple[str, str]] = []

    class Ear(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            heard.append((self.path, self.rfile.read(int(self.headers["Content-Length"])).decode()))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_words):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Ear) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", heard
        server.shutdown()


def alarmed(cli, sandbox, address, mail, more=""):
    command = mail.parent / "mail.sh"
    command.write_text(f"#!/bin/sh\ncat > {mail}\nenv > {mail}.env\n")
    command.chmod(0o700)
    alarm = f'[alarm]\nwebhook = "{address}/hook"\nhealthcheck = "{address}/ping"\nmail_command = "{command}"\n'
    saved(cli, "default", sandbox, alarm + more)


@pytest.fixture
def watched(cli, play, ears, tmp_path):
    """A company where everybody has Alleo, after one run without problems."""
    sandbox = play(people=12)
    for person in sandbox.personio.people:
        custom = dict.fromkeys(person.custom) | {ALLEO_KEY: "Yes"}
        sandbox.personio.edit(person.id, status="active", termination_date=None, custom=custom)
    address, heard = ears
    mail = tmp_path / "mail"
    alarmed(cli, sandbox, address, mail)
    leave(cli)
    assert cli("sync", "--yes", "--scheduled").code == 0
    assert [path for path, _body in heard] == ["/ping/start", "/ping/0"]
    heard.clear()
    return sandbox, heard, mail


def record(cli, name):
    return json.loads((cli.home / "schedules" / "default" / name).read_text())


def test_newly_blocked_people_raise_the_alarm_once_and_are_named_in_the_result_alone(cli, watched):
    sandbox, heard, mail = watched
    one, two, three = sandbox.personio.people[:3]
    sandbox.personio.edit(one.id, email="")
    sandbox.personio.edit(two.id, email="no address")
    assert cli("sync", "--yes", "--scheduled").code == 0
    assert [path for path, _body in heard] == ["/ping/start", "/ping/0", "/hook"]
    told = json.loads(heard[-1][1])
    assert told["exit"] == 0
    assert told["attention"] == told["new"] == {"email_invalid": 1, "email_missing": 1}
    for text in (told["text"], mail.read_text(), cli("schedule", "show").out, record(cli, "last.json")["message"]):
        assert "2 people need attention (1 e-mail not valid, 1 no e-mail); new since the last run" in text
        assert one.last_name not in text
    shown = cli("schedule", "show", "--json").json["last"]
    assert shown["attention"] == shown["new"] == {"email_invalid": 1, "email_missing": 1}
    assert "email_invalid 1, email_missing 1" in cli("doctor", "--json").out
    rows = record(cli, "result.json")["attention"]
    assert [(r["personio_id"], r["codes"], r["new"]) for r in rows] == sorted(
        [(one.id, ["email_missing"], ["email_missing"]), (two.id, ["email_invalid"], ["email_invalid"])]
    )
    assert one.last_name in str(rows)

    heard.clear()
    assert cli("sync", "--yes", "--scheduled").code == 0
    assert [path for path, _body in heard] == ["/ping/start", "/ping/0"]
    assert "nobody new" in record(cli, "last.json")["message"]
    assert record(cli, "result.json")["attention"][0]["new"] == []

    heard.clear()
    sandbox.personio.edit(three.id, email="")
    assert cli("sync", "--yes", "--scheduled").code == 0
    assert json.loads(heard[-1][1])["new"] == {"email_missing": 1}
    assert "new since the last run: 1 no e-mail" in record(cli, "last.json")["message"]


def test_a_rehire_blocked_by_their_old_record_is_not_silent(cli, watched):
    sandbox, heard, _mail = watched
    old, new = sandbox.personio.people[:2]
    sandbox.personio.edit(old.id, status="inactive")
    sandbox.personio.edit(new.id, email=old.email)
    assert cli("sync", "--yes", "--scheduled").code == 0
    assert json.loads(heard[-1][1])["new"] == {"account_conflict": 1}


def test_a_run_that_could_not_read_forgets_nobody(cli, watched):
    sandbox, heard, _mail = watched
    sandbox.personio.edit(sandbox.personio.people[0].id, email="")
    assert cli("sync", "--yes", "--scheduled").code == 0
    assert cli("sync", "--yes", "--scheduled", PERSONIO_CLIENT_SECRET="wrong").code == 3
    heard.clear()
    assert cli("sync", "--yes", "--scheduled").code == 0
    assert [path for path, _body in heard] == ["/ping/start", "/ping/0"]


def test_an_alarm_for_failures_only(cli, watched, ears):
    sandbox, heard, mail = watched
    alarmed(cli, sandbox, ears[0], mail, 'on = "failure"\n')
    sandbox.personio.edit(sandbox.personio.people[0].id, email="")
    assert cli("sync", "--yes", "--scheduled").code == 0
    assert [path for path, _body in heard] == ["/ping/start", "/ping/0"]


@pytest.mark.parametrize(
    "slip",
    [
        "zone = Europe/Berlin\n",
        'zone = "Mars/Base"\n',
        "colour = 3\n",
        '[policy]\non_leave = "never"\n',
        "[[x\n",
        "\x00\n",
    ],
)
def test_a_slip_in_the_profile_raises_the_alarm_all_the_same(cli, watched, slip):
    _sandbox, heard, mail = watched
    path = cli.home / "profiles" / "default.toml"
    path.write_text(slip + path.read_text() if "[" not in slip else path.read_text() + slip)
    assert cli("sync", "--yes", "--scheduled").code == 2
    assert [path for path, _body in heard] == ["/ping/start", "/ping/2", "/hook"]
    assert "ended with 2" in mail.read_text()


def test_a_record_folder_that_cannot_be_used_raises_the_alarm_all_the_same(cli, watched):
    _sandbox, heard, mail = watched
    folder = cli.home / "schedules" / "default"
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    folder.write_text("in the way")
    done = cli("sync", "--yes", "--scheduled")
    assert done.code == 2
    assert [path for path, _body in heard][-2:] == ["/ping/2", "/hook"]
    assert "ended with 2" in mail.read_text()


def test_a_full_disk_raises_the_alarm_all_the_same(cli, watched, monkeypatch):
    _sandbox, heard, mail = watched

    def full(*_file):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(paths, "_write_new", full)
    assert cli("sync", "--yes", "--scheduled").code == 2
    assert [path for path, _body in heard][-2:] == ["/ping/2", "/hook"]
    assert "No space left" in mail.read_text()


def test_commands_of_the_admin_do_not_get_the_secrets(cli, watched, tmp_path, ears):
    sandbox, _heard, mail = watched
    manager = tmp_path / "manager"
    manager.write_text(f"#!/bin/sh\nenv > {tmp_path}/manager.env\necho {sandbox.addresses.scim_token}\n")
    manager.chmod(0o700)
    path = cli.home / "profiles" / "default.toml"
    path.write_text(path.read_text().replace(f"echo {sandbox.addresses.scim_token}", str(manager)))
    given = {"PERSONIO_CLIENT_SECRET": "wrong-and-secret", "OTHERS_TOKEN": "kept"}
    assert cli("sync", "--yes", "--scheduled", **given).code == 3
    for file in (mail.with_name("mail.env"), tmp_path / "manager.env"):
        text = file.read_text()
        assert "wrong-and-secret" not in text
        assert "PERSONIO_CLIENT_SECRET" not in text
        assert "OTHERS_TOKEN=kept" in text
