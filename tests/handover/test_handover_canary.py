"""Secrets of a hand-over appear only where they belong, whatever fails and wherever the process ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import Done, called


def boom(*words, **_more):
    raise RuntimeError("boom " + os.environ.get("PERSONIO_CLIENT_SECRET", "") + repr(words))


class Journey:
    """Collects all output and files of two computers, and knows what only their keyrings may contain."""

    def __init__(self, sandbox, folder: Path) -> None:
        self.sandbox, self.folder, self.at = sandbox, folder, sandbox.addresses
        self.ring = folder / "ring" / "ring.json"
        self.ring.parent.mkdir()
        self.heard: list[str] = []
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("PERSONIO_", "ALLEO_"))}
        self.env = {
            **kept,
            "PYTHON_KEYRING_BACKEND": "kept_keyring.Keyring",
            "KEPT_KEYRING": str(self.ring),
            "PYTHONPATH": str(Path(__file__).parent.parent),
            "PYTHONFAULTHANDLER": "1",
            "TMPDIR": str(folder / "tmp"),
        }
        (folder / "tmp").mkdir()
        self.customer = {
            "PERSONIO_CLIENT_ID": self.at.client_id,
            "PERSONIO_CLIENT_SECRET": self.at.client_secret,
            "PERSONIO_BASE_URL": self.at.personio_base_url,
            "ALLEO_ONBOARD_HOME": str(folder / "customer"),
        }
        self.success = {
            "PERSONIO_BASE_URL": self.at.personio_base_url,
            "ALLEO_ONBOARD_HOME": str(folder / "success"),
        }

    def run(self, env, *words, stdin="", heard=True):
        """Runs a command in its own process."""
        done = subprocess.run(
            [sys.executable, "-m", "alleo_onboard", *words],
            env={**self.env, **env}, input=stdin, capture_output=True, text=True, check=False,
        )  # fmt: skip
        return self._collected(Done(done.returncode, done.stdout, done.stderr), heard=heard)

    def call(self, env, *words, stdin="", heard=True, crash=None):
        """Runs a command in this process. `crash` names a function that raises, with a secret in its message."""
        with pytest.MonkeyPatch.context() as patch:
            if crash:
                patch.setattr(".".join(crash), boom)
            done = called(words, {**self.env, **env}, stdin)
        return self._collected(done, heard=heard)

    def _collected(self, done, *, heard):
        if heard:
            self.heard += [done.out, done.err]
        assert "Traceback" not in done.err
        return done

    def send(self, *, heard=False, crash=None):
        """Runs `send`. Its output may contain link and passphrase, so it is not collected."""
        return self.call(
            self.customer, "handover", "send", "--server", self.at.onetime_url, "--json", heard=heard, crash=crash
        )

    def found(self, *canaries):
        places = {f"output {n}": text for n, text in enumerate(self.heard)}
        for path in self.folder.rglob("*"):
            if path.is_file() and path != self.ring:
                places[str(path)] = path.read_bytes().decode("utf-8", "replace")
        return [(place, canary[:6]) for place, text in places.items() for canary in canaries if canary in text]

    @property
    def item(self):
        return self.sandbox.onetime.items[-1]


@pytest.fixture
def journey(sandbox, tmp_path):
    return Journey(sandbox, tmp_path)


def test_the_whole_way(journey):
    words = ("handover", "send", "--server", journey.at.onetime_url, "--json")
    made = json.loads(journey.run(journey.customer, *words, heard=False).out)
    secret = journey.at.client_secret
    hidden = (secret, made["passphrase"], journey.item.receipt, journey.item.secret)
    journey.call(journey.customer, "handover", "status")
    journey.call(journey.customer, "handover", "status", "--json")
    journey.call(journey.success, "receive", made["link"], stdin="wrong-words\n")
    assert journey.run(journey.success, "receive", made["link"], stdin=made["passphrase"] + "\n").code == 0
    for words in (("handover", "status"), ("handover", "withdraw"), ("handover", "activated"), ("doctor",), ("check",)):
        journey.call(journey.customer, *words)
    journey.call(journey.success, "profiles", "show", "default")
    journey.run(journey.success, "doctor", "--json")
    assert journey.found(*hidden) == []
    assert list((journey.folder / "tmp").iterdir()) == []


def test_the_message_file_holds_the_link_and_no_other_secret(journey):
    file = journey.folder / "message.txt"
    sent = journey.call(
        journey.customer, "handover", "send", "--server", journey.at.onetime_url, "--json", "--message", str(file),
        heard=False,
    )  # fmt: skip
    made = json.loads(sent.out)
    assert made["link"] in file.read_text()
    assert journey.found(journey.at.client_secret, made["passphrase"], journey.item.receipt) == []


SEND_STEPS = [
    ("alleo_onboard.usecases.handover.send", "passphrases"),
    ("alleo_onboard.alleo.handover.wire", "_read"),
    ("alleo_onboard.alleo.handover.onetime", "part"),
    ("alleo_onboard.usecases.handover.send", "_notes"),
    ("alleo_onboard.usecases.handover.send", "_remember"),
    ("alleo_onboard.cli.json.handover", "sent"),
]


@pytest.mark.parametrize("step", SEND_STEPS)
def test_a_crash_at_every_step_of_sending(journey, step):
    done = journey.send(heard=True, crash=step)
    assert done.code == 1
    assert "Something unexpected" in done.err
    items = journey.sandbox.onetime.items
    hidden = [
        journey.at.client_secret,
        *(one for item in items for one in (item.receipt, item.secret, item.passphrase)),
    ]
    assert journey.found(*hidden) == []
    told = journey.call(journey.customer, "handover", "status")
    if items:  # a link was made that nobody got; it must be remembered
        assert told.code == 0
        second = journey.send()
        assert "nobody holds" in second.err or "waits already" in second.err
    else:
        assert journey.send().code == 0


RECEIVE_STEPS = [
    ("alleo_onboard.usecases.handover.receive", "read"),
    ("alleo_onboard.usecases.handover.receive.Place", "settle"),
    ("alleo_onboard.usecases.setups.resolve.Setups", "save"),
    ("alleo_onboard.cli.commands.receive", "examine"),
]


@pytest.mark.parametrize(("module", "name"), RECEIVE_STEPS)
def test_a_crash_at_every_step_after_the_opening_keeps_the_credential(journey, module, name):
    made = json.loads(journey.send().out)
    done = journey.call(journey.success, "receive", made["link"], stdin=made["passphrase"] + "\n", crash=(module, name))
    assert done.code == 1
    kept = json.loads(journey.ring.read_text())
    assert any(journey.at.client_secret in text for text in kept.values())
    assert journey.found(journey.at.client_secret, made["passphrase"]) == []
    journey.call(journey.success, "receive", "--json")
    ready = journey.call(journey.success, "check", "--json")
    assert json.loads(ready.out)["ready"] is True


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="the process list is Linux's")
def test_no_secret_in_a_process_list(journey):
    """`--once` passes the credential in the environment; the test reads the arguments of all processes meanwhile."""
    made = json.loads(journey.send().out)
    look = "import pathlib; print([p.read_bytes() for p in pathlib.Path('/proc').glob('[0-9]*/cmdline')])"
    done = journey.run(
        journey.success, "receive", made["link"], "--once", sys.executable, "-c", look, stdin=made["passphrase"] + "\n",
        heard=False,
    )  # fmt: skip
    assert done.code == 0
    assert journey.at.client_secret not in done.out
    assert made["passphrase"] not in done.out


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="the process list is Linux's")
def test_no_secret_in_a_process_list_while_it_is_sent(journey):
    """Makes the link slowly, and reads the arguments of all processes meanwhile."""
    listed, conceal = [], journey.sandbox.onetime.keep

    def slowly(*given, **more):
        listed.extend(path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline") if path.exists())
        return conceal(*given, **more)

    journey.sandbox.onetime.keep = slowly
    words = ("handover", "send", "--server", journey.at.onetime_url, "--json")
    made = json.loads(journey.run(journey.customer, *words, heard=False).out)
    assert any(b"alleo_onboard" in line for line in listed)
    for secret in (journey.at.client_secret, made["passphrase"], made["link"]):
        assert not any(secret.encode() in line for line in listed)


def test_another_way_beside_an_earlier_day_and_a_comparison(journey):
    """Shows the notes of a sending, an invalid and a valid day of activation, and the comparison with Alleo's file."""
    token = journey.at.scim_token
    scim = {"ALLEO_SCIM_URL": journey.at.scim_url, "ALLEO_SCIM_TOKEN": token}
    assert journey.call({**journey.customer, **scim}, "sync", "--yes").code == 0
    words = ("handover", "send", "--server", journey.at.onetime_url, "--with-names")
    sent = journey.call({**journey.customer, **scim}, *words, heard=False)
    assert "Two ways would feed the same people" in " ".join(sent.out.split())
    item = journey.item
    assert token not in sent.out + sent.err
    assert journey.at.client_secret not in sent.out + sent.err
    file = journey.folder / "test run.csv"
    file.write_text("E-mail,First name\nghost@acme.example,Ghost\n", encoding="utf-8")
    assert journey.call(journey.customer, "compare", str(file)).code == 8
    assert journey.call(journey.customer, "handover", "activated", "--on", "2020-01-01").code == 2
    assert journey.call(journey.customer, "handover", "activated").code == 0
    journey.call(journey.customer, "runs", "list")
    assert "Credential handed over" in journey.heard[-2]
    assert journey.found(journey.at.client_secret, token, item.passphrase, item.receipt, item.secret) == []


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")
def test_a_secret_typed_as_the_reason_goes_nowhere_and_a_real_reason_goes_into_the_message(journey):
    from terminal import Terminal

    journey.sandbox.personio.hide("department")
    message = journey.folder / "message.txt"
    words = ["handover", "send", "--server", journey.at.onetime_url, "--message", str(message)]
    secret = journey.at.client_secret
    for reason, code in ((f"because {secret}", 2), ("agreed with Alleo", 0)):
        terminal = Terminal(
            [sys.executable, "-m", "alleo_onboard", *words], {**journey.env, **journey.customer}, 100, 40
        )
        terminal.until("Then say why")
        terminal.child.setecho(False)
        shown = len(terminal.raw)
        terminal.send(f"{reason}\r")
        assert terminal.end() == code
        assert secret.encode() not in terminal.raw[shown:]
    assert "agreed with Alleo" in message.read_text(encoding="utf-8")
    assert journey.found(secret, journey.item.passphrase, journey.item.receipt) == []
