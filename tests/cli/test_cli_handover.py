"""`handover` and `receive` on the command line, with a local Onetime Secret server."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from waits import waits_at_once

from alleo_onboard.sandbox.onetime.vault import DAY, Mishap

SENT = {"via", "host", "link", "passphrase", "sent", "expires", "state"}
STATUS = {"via", "host", "state", "sent", "expires", "opened", "activated", "next"}


class Office:
    """Two computers with a keyring each: the customer's and Customer Success's."""

    def __init__(self, cli, sandbox, tmp_path):
        self.cli, self.sandbox, self.tmp = cli, sandbox, tmp_path
        self.vault, self.at = sandbox.onetime, sandbox.addresses
        self.ring = tmp_path / "ring" / "ring.json"
        self.ring.parent.mkdir()
        cli.env |= {"PYTHON_KEYRING_BACKEND": "kept_keyring.Keyring", "KEPT_KEYRING": str(self.ring)}
        for name in ("ALLEO_SCIM_URL", "ALLEO_SCIM_TOKEN"):
            cli.env.pop(name)
        cli.start = dict(cli.env)

    def without_keyring(self):
        self.cli.env["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
        self.cli.start = dict(self.cli.env)

    def send(self, *words):
        return self.cli("handover", "send", "--server", self.at.onetime_url, *words)

    def sent(self, *words):
        done = self.send("--json", *words)
        assert done.code == 0, done.err
        return done.json

    def status(self):
        done = self.cli("handover", "status", "--json")
        assert done.code == 0, done.err
        return done.json

    def receive(self, link, passphrase, *words):
        """Runs `receive` as Customer Success, who has no Personio credential."""
        return self.cli(
            "receive", *([link] if link else []), *words, stdin=f"{passphrase}\n",
            PERSONIO_CLIENT_ID=None, PERSONIO_CLIENT_SECRET=None, ALLEO_ONBOARD_HOME=str(self.tmp / "success"),
        )  # fmt: skip

    def entries(self):
        return json.loads(self.ring.read_text()) if self.ring.exists() else {}

    def reveals(self):
        return sum(seen.path.endswith("/reveal") for seen in self.vault.requests)


@pytest.fixture
def office(cli, play, tmp_path):
    return Office(cli, play("selective"), tmp_path)


def test_from_sending_to_activated(office):
    made = office.sent()
    assert set(made) == SENT
    assert (made["via"], made["host"], made["state"]) == ("onetimesecret", office.at.onetime_url[7:], "waiting")
    assert made["link"].startswith(office.at.onetime_url + "/secret/")
    assert len(made["passphrase"].split("-")) == 6
    assert datetime.fromisoformat(made["expires"]) - datetime.fromisoformat(made["sent"]) == timedelta(days=7)
    waiting = office.status()
    assert set(waiting) == STATUS
    assert (waiting["state"], waiting["next"]["who"], waiting["next"]["what"]) == ("waiting", "alleo", "open")
    office.vault.open_by_alleo()
    opened = office.status()
    assert (opened["state"], opened["next"]["what"], opened["next"]["late"]) == ("opened", "activate", False)
    assert opened["opened"]
    assert office.entries() == {}  # receipt and passphrase are not needed any more
    done = office.cli("handover", "activated", "--json")
    assert (done.code, done.json["state"], done.json["next"]["what"]) == (0, "activated", "look_at_first_sync")
    assert office.status()["state"] == "activated"


def test_customer_success_takes_it_over_without_seeing_it(office):
    made = office.sent()
    done = office.receive(made["link"], made["passphrase"], "--json")
    assert done.code == 0, done.err
    assert done.json["ready"] is True
    assert office.at.client_secret not in done.out + done.err
    assert office.at.client_id not in done.out + done.err
    assert office.entries()["default/personio"] == office.at.client_secret
    assert "default/handover-received" not in office.entries()
    again = office.cli(
        "check", "--json", PERSONIO_CLIENT_ID=None, PERSONIO_CLIENT_SECRET=None,
        ALLEO_ONBOARD_HOME=str(office.tmp / "success"),
    )  # fmt: skip
    assert again.json["ready"] is True
    assert office.status()["state"] == "opened"


@pytest.mark.parametrize("language", ["en", "nl", "de"])
def test_the_message_holds_no_secret(office, language):
    file = office.tmp / "message.txt"
    made = office.sent("--message", str(file), "--language", language)
    text = file.read_text()
    assert made["link"] in text
    assert "27" in text
    assert "34" in text
    assert "alleo_monthly_all_budget" in text
    for hidden in (office.at.client_secret, office.at.client_id, made["passphrase"]):
        assert hidden not in text
    for person in office.sandbox.personio.people:
        assert person.last_name not in text
        assert str(person.birthday) not in text
    assert file.stat().st_mode & 0o077 == 0 or sys.platform == "win32"


def test_in_words(office):
    shown = office.send()
    assert shown.code == 0, shown.err
    for word in (
        "Link: http",
        "Passphrase: ",
        "another way",
        "could read the credential",
        "The message to Customer Success",
    ):
        assert word in shown.out
    status = office.cli("handover", "status").out
    assert "[x] sent" in status
    assert "Next: Alleo (open the link)" in status


def test_people_are_named_in_the_message_only_where_that_was_asked_for(office):
    counted = office.send().out
    office.cli("handover", "withdraw")
    named = office.send("--with-names").out
    assert "These people would get Alleo:" not in counted
    assert named.count("\n- ") == counted.count("\n- ") + 27


def test_withdrawing(office):
    made = office.sent()
    done = office.cli("handover", "withdraw", "--json")
    assert (done.code, done.json["state"]) == (0, "withdrawn")
    assert office.receive(made["link"], made["passphrase"]).code == 3
    again = office.cli("handover", "withdraw", "--json")
    assert (again.code, again.json["error"]["code"]) == (3, "handover_refused")
    assert office.sent()["link"] != made["link"]


def test_too_late_to_withdraw(office):
    office.sent()
    office.vault.open_by_alleo()
    done = office.cli("handover", "withdraw")
    assert done.code == 3
    assert "make a new credential" in done.err
    assert office.status()["state"] == "opened"


def test_one_link_at_a_time(office):
    office.sent()
    second = office.send()
    assert second.code == 2
    assert "handover withdraw" in second.err
    assert len(office.vault.items) == 1


def test_expired_unopened_asks_for_a_new_credential(office):
    office.sent("--expires", "1m")
    office.vault.pass_time(61)
    done = office.cli("handover", "status")
    assert "expired unopened" in done.out
    assert "Marketplace > Connected integrations" in done.out
    assert office.status()["next"]["what"] == "new_credential"


def test_what_is_granted_is_shown(office):
    done = office.send("--json", "--expires", "30d")
    made = done.json
    assert datetime.fromisoformat(made["expires"]) - datetime.fromisoformat(made["sent"]) == timedelta(days=7)
    assert "grants less time" in done.err


def test_without_a_keyring_it_is_sent_and_said(office):
    office.without_keyring()
    done = office.send("--json")
    assert done.code == 0
    assert "No keyring holds" in done.err
    status = office.cli("handover", "status")
    assert "cannot be asked" in status.out
    assert office.status()["state"] == "waiting"
    taken = office.cli("handover", "withdraw")
    assert taken.code == 3
    assert "new credential in Personio" in taken.err
    second = office.send("--json")  # afterwards another link may be made, with a note about the first
    assert second.code == 0
    assert "earlier link" in second.err


def test_not_ready_is_not_handed_over(office):
    office.sandbox.personio.hide("email")
    done = office.send("--json")
    assert (done.code, done.json["error"]["code"]) == (4, "not_ready")
    assert office.vault.items == []


def test_a_wrong_call(office):
    for words, said in (
        (("--region", "eu"), "one server"),
        (("--via", "manual"), "belong to onetimesecret"),
        (("--expires", "soon"), "no lifetime"),
    ):
        done = office.send(*words)
        assert done.code == 2
        assert said in done.err
    assert "terminal" in office.cli("handover", "send", "--via", "manual").err
    assert office.cli("handover", "status").code == 2
    assert office.cli("handover", "activated", "--on", "yesterday").code == 2


def test_a_server_that_refuses_or_is_not_there(office):
    office.vault.manners.guests = False
    done = office.send("--json")
    assert (done.code, done.json["error"]["code"]) == (3, "handover_refused")
    assert office.entries() == {}
    assert office.cli("handover", "status").code == 2  # it had no effect
    with waits_at_once():
        gone = office.cli("handover", "send", "--server", "http://127.0.0.1:1", "--json")
    assert (gone.code, gone.out) == (7, "")


def test_status_while_the_service_does_not_answer(office):
    office.sent()
    office.vault.manners.api = False
    done = office.cli("handover", "status", "--json")
    assert done.code == 3
    assert done.json["state"] == "waiting"


@pytest.mark.parametrize("mishap", [Mishap.LOST_AFTER, Mishap.LOST_BEFORE, Mishap.HTML])
def test_an_answer_that_never_came_is_told_and_not_repeated(office, mishap):
    office.vault.let(None, mishap)
    done = office.send("--json")
    assert done.code == 7
    assert "link may have been made" in done.err
    made = len(office.vault.items)
    assert "nobody holds" in office.cli("handover", "status").out
    second = office.send("--json")
    assert second.code == 0
    assert "may exist that nobody holds" in second.err
    assert len(office.vault.items) == made + 1


def test_nothing_is_opened_without_a_place_to_keep_it(office):
    made = office.sent()
    office.without_keyring()
    done = office.receive(made["link"], made["passphrase"])
    assert done.code == 2
    assert "not opened" in done.err
    assert office.reveals() == 0


def test_a_keyring_that_locks_after_the_opening_loses_nothing(office):
    made = office.sent()
    (office.ring.parent / "writes").unlink(missing_ok=True)
    (office.ring.parent / "broken").write_text("x")  # the test entry is stored, and nothing after it
    done = office.receive(made["link"], made["passphrase"])
    assert done.code == 2
    assert "only you can read" in done.err
    assert office.at.client_secret not in done.err
    (office.ring.parent / "broken").unlink()
    second = office.receive(None, "", "--json")
    assert second.code == 0, second.err
    assert second.json["ready"] is True
    assert list((office.tmp / "success" / "received").iterdir()) == []
    assert office.reveals() == 1


def test_a_wrong_passphrase_uses_nothing_up(office):
    made = office.sent()
    done = office.receive(made["link"], "wrong-words")
    assert done.code == 3
    assert "Nothing was opened" in done.err
    assert office.receive(made["link"], made["passphrase"]).code == 0


@pytest.mark.parametrize("mishap", [Mishap.LOST_AFTER, Mishap.HTML])
def test_a_lost_opening_is_not_repeated(office, mishap):
    made = office.sent()
    office.vault.let(None, mishap)
    done = office.receive(made["link"], made["passphrase"])
    assert done.code == 7
    assert "not asked again" in done.err
    assert office.reveals() == 1


def test_receive_needs_its_words(office):
    assert office.receive(None, "").code == 2
    assert office.receive("https://share.1password.com/s#x", "").code == 2
    made = office.sent()
    empty = office.receive(made["link"], "")
    assert empty.code == 2
    assert "first line of standard input" in empty.err
    assert office.reveals() == 0


def test_a_set_up_that_is_there_is_not_replaced(office):
    made = office.sent()
    assert office.receive(made["link"], made["passphrase"]).code == 0
    before = office.reveals()
    again = office.receive(made["link"], made["passphrase"])
    assert again.code == 2
    assert "--profile NAME" in again.err
    assert office.reveals() == before


def test_once_runs_a_command_and_keeps_nothing(office):
    made = office.sent()
    office.without_keyring()
    code = "import os; print(len(os.environ['PERSONIO_CLIENT_SECRET'])); raise SystemExit(5)"
    done = office.cli.process(
        "receive", made["link"], "--once", sys.executable, "-c", code, stdin=made["passphrase"] + "\n",
        PERSONIO_CLIENT_ID=None, PERSONIO_CLIENT_SECRET=None, ALLEO_ONBOARD_HOME=str(office.tmp / "success"),
    )  # fmt: skip
    assert (done.code, done.out.strip()) == (5, str(len(office.at.client_secret)))
    assert not (office.tmp / "success").exists()


def test_once_proves_its_command_first(office):
    made = office.sent()
    done = office.receive(made["link"], made["passphrase"], "--once", "no-such-command-here")
    assert done.code == 2
    assert office.reveals() == 0


def test_removing_a_set_up_takes_all_of_it(office):
    office.sent()
    assert office.entries()
    assert office.cli("profiles", "remove", "default", "--yes").code == 0
    assert office.entries() == {}
    assert office.cli("handover", "status").code == 2


def test_dates_of_activation(office):
    office.sent()
    tomorrow = (datetime.now(UTC) + timedelta(days=2)).date().isoformat()
    assert office.cli("handover", "activated", "--on", tomorrow).code == 2
    assert office.cli("handover", "activated", "--on", "2020-01-01").code == 2


def test_late_hand_overs_say_what_to_do(office):
    office.sent("--expires", "7d")
    book = office.cli.home / "handovers" / "default.json"
    (one,) = json.loads(book.read_text())
    one["sent"] = (datetime.now(UTC) - timedelta(days=3)).isoformat()
    book.write_text(json.dumps([one]))
    assert office.status()["next"]["late"] is True
    assert "remind" in office.cli("handover", "status").out
    one["state"], one["opened"] = "opened", (datetime.now(UTC) - timedelta(days=8)).isoformat()
    book.write_text(json.dumps([one]))
    assert office.status()["next"]["late"] is True
    assert "Five working days" in office.cli("handover", "status").out
    assert DAY == 86_400


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")
def test_by_hand_the_text_is_shown_once_and_leaves_no_scrollback(office):
    from terminal import Terminal

    terminal = Terminal([sys.executable, "-m", "alleo_onboard", "handover", "send", "--via", "manual"], office.cli.env)
    terminal.until("Press Enter to show")
    terminal.send("\r")
    terminal.until("Client secret: ")
    terminal.send("\r")
    terminal.until("Name of the service:")
    assert office.at.client_secret not in terminal.text
    assert b"\x1b[?1049h" in terminal.raw  # on the terminal's alternate screen, which has no scrollback
    terminal.send("Bitwarden Send\r")
    terminal.until("The link it gave:")
    terminal.send("https://vault.bitwarden.eu/#/send/abc\r")
    assert terminal.end() == 0
    status = office.status()
    assert (status["via"], status["host"], status["state"]) == ("manual", "Bitwarden Send", "unknown")
    assert (status["next"]["who"], status["next"]["what"]) == ("customer", "ask_alleo")


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")
def test_receive_asks_on_a_terminal_and_shows_nothing(office):
    from terminal import Terminal

    made = office.sent()
    env = {k: v for k, v in office.cli.env.items() if k not in ("PERSONIO_CLIENT_ID", "PERSONIO_CLIENT_SECRET")}
    env |= {"ALLEO_ONBOARD_HOME": str(office.tmp / "success"), "PYTHONPATH": "tests"}
    terminal = Terminal([sys.executable, "-m", "alleo_onboard", "receive"], env, 100, 40)
    terminal.until("The link, or Enter to paste")
    terminal.send(f"<{made['link']}>\r")
    terminal.until("Passphrase (not shown):")
    terminal.send("wrong-words\r")
    terminal.until("Nothing was opened")
    terminal.until("Passphrase (not shown):")
    terminal.send(made["passphrase"] + "\r")
    terminal.until("Ready to sync.")
    assert terminal.end() == 0
    for hidden in (office.at.client_secret, office.at.client_id, made["passphrase"]):
        assert hidden.encode() not in terminal.raw


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script")
def test_through_1password(office):
    place, stand_in = office.tmp / "op", Path(__file__).parent.parent / "handover" / "fake_op.py"
    program = place / "bin" / "op"
    program.parent.mkdir(parents=True)
    program.write_text(f"#!{sys.executable}\n" + stand_in.read_text())
    program.chmod(0o700)
    office.cli.env |= {"FAKE_OP": str(place), "PATH": f"{program.parent}:{office.cli.env['PATH']}"}
    done = office.cli("handover", "send", "--via", "1password", "--json")
    assert done.code == 0, done.err
    made = done.json
    assert (made["via"], made["link"], made["passphrase"], made["state"]) == (
        "1password", "https://share.1password.com/s#canary-link", None, "unknown",
    )  # fmt: skip
    assert office.at.client_secret not in done.out + done.err
    calls = [json.loads(line) for line in (place / "calls").read_text().splitlines()]
    assert [bool(call["stdin"]) for call in calls] == [call["words"][:2] == ["item", "create"] for call in calls]
    assert "ask Customer Success" in office.cli("handover", "status").out
    taken = office.cli("handover", "withdraw")
    assert (taken.code, "only be taken back in 1password.com" in taken.err) == (3, True)
    (place / "signed_out").touch()
    again = office.cli("handover", "send", "--via", "1password", "--json")
    assert (again.code, again.json["error"]["code"]) == (3, "handover_refused")


def test_a_second_link_to_an_opened_credential_tells_of_the_first(office):
    office.sent()
    office.vault.open_by_alleo()
    done = office.send("--json")
    assert done.code == 0
    assert "An earlier link to this credential was opened" in done.err


def test_a_link_that_nobody_opened_is_not_forgotten_once_alleo_is_active(office):
    made = office.sent()
    assert office.cli("handover", "activated").code == 0
    refused = office.send("--json")
    assert refused.code == 2
    assert "handover withdraw" in refused.err
    taken = office.cli("handover", "withdraw")
    assert taken.code == 0
    assert "taken back" in taken.out or "withdrawn" in taken.out
    assert office.status()["state"] == "activated"
    assert office.receive(made["link"], made["passphrase"]).code == 3
    assert office.cli("handover", "withdraw").code == 3


def test_a_refused_receive_ends_with_a_document(office):
    made = office.sent()
    office.cli("handover", "withdraw")
    done = office.receive(made["link"], made["passphrase"], "--json")
    assert (done.code, done.json["ready"], done.json["error"]["code"]) == (3, False, "link_gone")


def test_a_delivery_in_the_environment_does_not_move_the_hand_over_to_another_service(office):
    """The saved set-up names its own server; a left-over address of Alleo must not make the link elsewhere."""
    file = office.cli.home / "profiles" / "default.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f'[delivery]\nkind = "handover"\nserver = "{office.at.onetime_url}"\nexpires = "3d"\n')
    left_over = {"ALLEO_SCIM_URL": office.at.scim_url, "ALLEO_SCIM_TOKEN": office.at.scim_token}
    done = office.cli("handover", "send", "--json", **left_over)
    assert done.code == 0, done.err
    assert done.json["link"].startswith(office.at.onetime_url)
    assert len(office.vault.items) == 1
