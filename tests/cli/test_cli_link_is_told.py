"""A link that was made is told, and what a link held is kept, whatever fails or comes between."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import COMMAND
from test_cli_handover import Office

from alleo_onboard.sandbox.onetime.app import OneTimeApp
from alleo_onboard.store.paths import unwritable
from alleo_onboard.usecases.handover.receive import Place

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals, streams and devices of POSIX")


@pytest.fixture
def office(cli, play, tmp_path):
    cli.env["PYTHONPATH"] = str(Path(__file__).parent.parent)  # where processes find the keyring
    return Office(cli, play("selective"), tmp_path)


def sending(office, where: str) -> subprocess.CompletedProcess[str]:
    """Sends in a shell, with `where` behind the command."""
    line = " ".join([*COMMAND, "handover", "send", "--server", office.at.onetime_url, where])
    return subprocess.run(
        ["/bin/sh", "-c", line], env=office.cli.env, capture_output=True, text=True, encoding="utf-8", check=False
    )


def signalled(office, monkeypatch, part: str, begin: Callable[[], subprocess.Popen[str]]) -> tuple[int, str, str]:
    """Starts a command, sends it SIGINT while the service answers a path with `part`, and returns how it ended."""
    begun: list[subprocess.Popen[str]] = []
    answer = OneTimeApp._answer

    def answering(app, request, mishap):
        answered = answer(app, request, mishap)
        if part in request.path:
            os.kill(begun[0].pid, signal.SIGINT)
        return answered

    monkeypatch.setattr(OneTimeApp, "_answer", answering)
    begun.append(begin())
    out, err = begun[0].communicate(timeout=60)
    assert "Traceback" not in err, err
    return begun[0].returncode, out, err


def test_a_message_that_cannot_be_saved_is_found_before_the_link_is_made(office, tmp_path):
    for place in (tmp_path / "missing" / "message.txt", tmp_path):
        done = office.send("--message", str(place))
        assert done.code == 2, done.err
    assert office.vault.items == []


def test_a_message_that_cannot_be_saved_in_the_end_does_not_lose_the_link(office, monkeypatch, tmp_path):
    def refuse(path: Path, _content: bytes) -> None:
        raise unwritable(path, OSError(28, "No space left on device"))

    monkeypatch.setattr("alleo_onboard.usecases.handover.save.write_private", refuse)
    done = office.send("--message", str(tmp_path / "message.txt"))
    assert done.code == 8
    assert "Link: http" in done.out
    assert "The message to Customer Success" in done.out
    assert "message.txt cannot be written" in done.err


@pytest.mark.parametrize("which", ["profiles", "handovers"])
def test_a_link_that_cannot_be_noted_is_told(office, monkeypatch, which):
    from alleo_onboard.domain.errors import Usage
    from alleo_onboard.store.handovers import Handovers
    from alleo_onboard.store.profiles import Profiles

    def full(*_: object) -> None:
        raise Usage("no space")

    monkeypatch.setattr(Profiles, "save", full) if which == "profiles" else monkeypatch.setattr(
        Handovers, "change", full
    )
    done = office.send("--json")
    assert done.code == 0, done.err
    assert done.json["link"]
    assert "could not be noted" in done.err


@posix
def test_a_link_that_nobody_was_shown_is_told_as_made(office):
    for where in (">/dev/full", "| true"):
        done = sending(office, where)
        assert "handover withdraw" in done.stderr
        assert "Traceback" not in done.stderr
        assert office.cli("handover", "withdraw").code == 0


@posix
def test_nothing_is_sent_where_nobody_would_see_the_link(office):
    done = sending(office, ">&-")
    assert done.returncode == 2
    assert "Nothing was sent" in done.stderr
    assert office.vault.items == []


@posix
def test_a_signal_does_not_come_between_making_a_link_and_telling_it(office, monkeypatch):
    words = ("handover", "send", "--json", "--server", office.at.onetime_url)
    code, out, err = signalled(office, monkeypatch, "/conceal", lambda: office.cli.begin(*words))
    assert code == 0, err
    assert json.loads(out)["link"]
    assert "finishing" in err
    assert office.status()["state"] == "waiting"


@posix
def test_a_signal_does_not_come_between_opening_a_link_and_keeping_what_it_held(office, monkeypatch):
    made = office.sent()
    env = {k: v for k, v in office.cli.env.items() if k not in ("PERSONIO_CLIENT_ID", "PERSONIO_CLIENT_SECRET")}
    env["ALLEO_ONBOARD_HOME"] = str(office.tmp / "success")

    def begin() -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [*COMMAND, "receive", made["link"], "--json"],
            env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
        )  # fmt: skip
        assert process.stdin
        process.stdin.write(made["passphrase"] + "\n")
        process.stdin.flush()
        return process

    code, out, err = signalled(office, monkeypatch, "/reveal", begin)
    assert code == 0, err
    assert json.loads(out)["ready"] is True
    assert office.entries()["default/personio"] == office.at.client_secret


def test_a_keyring_that_somebody_stops_waiting_for_loses_nothing(office, monkeypatch):
    made = office.sent()
    keep = Place.keep

    def interrupted(place, sealed):
        def wait(*_: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(place._keyring, "set", wait, raising=False)
        keep(place, sealed)

    monkeypatch.setattr(Place, "keep", interrupted)
    assert office.receive(made["link"], made["passphrase"]).code == 130
    monkeypatch.setattr(Place, "keep", keep)
    second = office.receive(None, "", "--json")
    assert second.code == 0, second.err
    assert second.json["ready"] is True


@posix
@pytest.mark.parametrize("odd", ["printf '\\377\\376\\n'", "head -c 20000 /dev/zero", "yes | tr -d '\\n'"])
def test_what_is_no_passphrase_is_a_wrong_call(office, odd):
    made = office.sent()
    line = f"{odd} | {' '.join(COMMAND)} receive {made['link']}"
    env = {k: v for k, v in office.cli.env.items() if k not in ("PERSONIO_CLIENT_ID", "PERSONIO_CLIENT_SECRET")}
    env["ALLEO_ONBOARD_HOME"] = str(office.tmp / "success")
    done = subprocess.run(["/bin/sh", "-c", line], env=env, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2, done.stderr
    assert "no text" in done.stderr
    assert office.reveals() == 0


@posix
def test_once_with_a_command_that_cannot_be_started(office, tmp_path):
    program = tmp_path / "odd"
    program.write_bytes(b"\x7fno program")
    program.chmod(0o700)
    made = office.sent()
    done = office.receive(made["link"], made["passphrase"], "--once", str(program))
    assert done.code == 2
    assert "cannot be started" in done.err


def test_once_runs_its_command_also_where_personio_does_not_answer(office, monkeypatch):
    from alleo_onboard.domain.errors import Unreachable

    def away(*_: object, **__: object) -> int:
        raise Unreachable("Personio does not answer.")

    monkeypatch.setattr("alleo_onboard.cli.commands.receive.examine", away)
    started: list[list[str]] = []

    def run(words: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        started.append(words)
        return subprocess.CompletedProcess(words, 0)

    monkeypatch.setattr("alleo_onboard.cli.commands.receive.subprocess.run", run)
    made = office.sent()
    done = office.receive(made["link"], made["passphrase"], "--json", "--once", sys.executable, "-V")
    assert done.code == 7
    assert started == [[sys.executable, "-V"]]


@posix
@pytest.mark.parametrize("how", ["key", "SIGTERM"])
def test_by_hand_a_signal_ends_the_command_and_hides_the_credential(office, how):
    from terminal import Terminal

    terminal = Terminal([*COMMAND, "handover", "send", "--via", "manual"], office.cli.env)
    terminal.until("Press Enter to show")
    terminal.send("\r")
    terminal.until("Client secret: ")
    terminal.send("\x03") if how == "key" else terminal.child.kill(signal.SIGTERM)
    assert terminal.end() == 130
    assert b"\x1b[2J\x1b[3J\x1b[?1049l" in terminal.raw
    assert office.cli("handover", "status").code == 2


@posix
def test_two_at_once_make_one_link(office):
    words = ("handover", "send", "--json", "--server", office.at.onetime_url)
    begun = [office.cli.begin(*words) for _ in range(3)]
    ended = [(*process.communicate(timeout=60), process.returncode) for process in begun]
    assert {code for *_, code in ended} <= {0, 2, 9}, ended
    assert len(office.vault.items) == sum(code == 0 for *_, code in ended) == 1
    assert office.cli("handover", "withdraw").code == 0


def test_what_was_read_late_does_not_replace_a_later_hand_over(office, monkeypatch):
    """A look that waited for the service while another process sent anew: the new link must not be forgotten."""
    from alleo_onboard.alleo.handover.onetime import OneTimeSecret

    office.sent()
    look, book = OneTimeSecret.look, office.cli.home / "handovers" / "default.json"
    first = json.loads(book.read_text())

    async def late(service, receipt):
        book.write_text(json.dumps([*first, {**first[0], "sent": "2026-01-01T00:00:00+00:00", "by": "another"}]))
        return await look(service, receipt)

    monkeypatch.setattr(OneTimeSecret, "look", late)
    assert office.cli("handover", "status").code == 0
    assert [one["by"] for one in json.loads(book.read_text())] == [first[0]["by"], "another"]


@pytest.fixture
def meanwhile(monkeypatch):
    """Does something on this computer while the service answers."""

    def doing(part: str, act: Callable[[], object]) -> None:
        answer = OneTimeApp._answer
        todo = [act]

        def answering(app, request, mishap):
            if part in request.path and todo:
                todo.pop()()
            return answer(app, request, mishap)

        monkeypatch.setattr(OneTimeApp, "_answer", answering)

    return doing


def in_the_way(home: Path) -> None:
    """Puts a file where the folder was."""
    shutil.rmtree(home, ignore_errors=True)
    home.write_text("in the way")


def test_a_home_that_vanishes_while_a_link_is_made(office, meanwhile):
    meanwhile("/conceal", lambda: shutil.rmtree(office.cli.home))
    assert office.sent()["link"]
    assert office.status()["state"] == "waiting"
    assert office.cli("handover", "withdraw").code == 0


def test_a_home_that_cannot_be_written_while_a_link_is_taken_back(office, meanwhile):
    office.sent()
    meanwhile("/burn", lambda: in_the_way(office.cli.home))
    done = office.cli("handover", "withdraw", "--json")
    assert (done.code, done.json["state"]) == (0, "withdrawn")


def test_a_home_that_cannot_be_written_while_a_link_is_opened(office, meanwhile):
    made, home = office.sent(), office.tmp / "success"
    meanwhile("/reveal", lambda: in_the_way(home))
    done = office.receive(made["link"], made["passphrase"])
    assert done.code == 2
    assert "receive again without a link" in done.err
    home.unlink()
    assert office.receive(None, "", "--json").json["ready"] is True
