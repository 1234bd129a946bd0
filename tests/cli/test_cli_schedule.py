"""`schedule`, `sync --scheduled` and `sync --all` as scripts use them."""

from __future__ import annotations

import http.server
import json
import re
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from fleet import leave, saved

ENV_FILE = ("--secrets", "env-file")


def profile(cli, name: str, text: str) -> Path:
    path = cli.home / "profiles" / f"{name}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def settings(sandbox) -> str:
    at = sandbox.addresses
    return f'client_id = "{at.client_id}"\nbase_url = "{at.personio_base_url}"\nremember = "session"\n[scim]\nurl = "{at.scim_url}"\n'


def without_secrets(cli) -> dict[str, None]:
    return {name: None for name in cli.env if name.startswith(("PERSONIO_", "ALLEO_SCIM"))}


def test_what_is_printed_writes_nothing(cli, play):
    play()
    for using in ("systemd", "cron", "launchd", "task-scheduler", "kubernetes"):
        done = cli("schedule", "install", "--using", using, "--print")
        assert done.code == 0, done.err
        assert "--scheduled" in done.out
        assert cli.env["PERSONIO_CLIENT_SECRET"] not in done.out + done.err
        assert cli.env["ALLEO_SCIM_TOKEN"] not in done.out + done.err
        assert done.err.count("06:30 CE") >= 5
    assert not cli.home.exists()


def test_the_written_unit_is_what_runs(cli, play, tmp_path):
    """Runs the command line and environment of the written service, and nothing else."""
    sandbox = play()
    secrets = tmp_path / "secrets.env"
    secrets.touch(0o600)
    names = ("PERSONIO_CLIENT_SECRET", "ALLEO_SCIM_TOKEN")
    secrets.write_text("".join(f'export {name}="{cli.env[name]}"\n' for name in names))
    out = tmp_path / "units"
    words = ("schedule", "install", "--using", "systemd", "--env-file", str(secrets), "--out", str(out))
    assert cli(*words).code == 0
    (service,) = out.glob("*.service")
    text = service.read_text()
    environment = dict(word.split("=", 1) for word in map(_word, re.findall("^Environment=(.*)", text, re.MULTILINE)))
    (start,) = re.findall("^ExecStart=(.*)", text, re.MULTILINE)
    command = [_word(word).replace("$$", "$") for word in re.findall(r'"(?:[^"\\]|\\.)*"', start)]
    done = subprocess.run(command, env=environment, cwd="/", capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr == done.stdout == ""  # cron would mail every word
    assert len(sandbox.scim.accounts) == 27
    folder = cli.home / "schedules" / "default"
    assert json.loads((folder / "result.json").read_text())["applied"] == {"onboard": 27}
    assert "exit 0" in (folder / "run.log").read_text()
    assert all(stat.S_IMODE(p.stat().st_mode) == 0o600 for p in folder.iterdir())


def _word(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text.strip()[1:-1]).replace("%%", "%")


@pytest.mark.parametrize(
    "words",
    [
        ("--at", "25:00"),
        ("--zone", "Mars/Base"),
        ("--using", "at"),
        ("--secrets", "systemd-creds", "--using", "cron"),
        ("--all",),
    ],
)
def test_wrong_words_are_named(cli, play, words):
    play()
    done = cli("schedule", "install", *words)
    assert done.code == 2
    assert done.err


def test_where_nothing_starts_programs_a_slip_is_told_first(cli, play, tmp_path):
    """As on a machine without systemd and cron: PATH has neither."""
    play()
    for words in (("--at", "25:00"), ("--zone", "Mars/Base")):
        done = cli("schedule", "install", *words, PATH=str(tmp_path))
        assert done.code == 2
        assert words[1] in done.err
    done = cli("schedule", "install", "--at", "06:30", PATH=str(tmp_path))
    assert done.code == 4
    assert "Nothing on this machine starts programs every day." in done.err


def test_night_times_are_explained(cli, play):
    play()
    done = cli("schedule", "install", "--at", "02:30", "--using", "systemd", "--print")
    assert "02:30 does not exist on 20" in done.err
    assert "before 01:00 or after 03:00" in done.err


def test_without_a_delivery_or_a_credential_nothing_is_installed(cli, play):
    play()
    for name in ("ALLEO_SCIM_URL", "PERSONIO_CLIENT_ID"):
        done = cli("schedule", "install", *ENV_FILE, **{name: None})
        assert done.code == 4
        assert done.err
    assert not list(cli.home.rglob("*.*"))


def test_the_trial_finds_what_the_run_would_find(cli, play):
    sandbox = play()
    profile(cli, "default", settings(sandbox))
    assert cli("schedule", "try-secrets").code == 0
    missing = cli("schedule", "try-secrets", **without_secrets(cli))
    assert missing.code == 4
    assert "PERSONIO_CLIENT_SECRET, ALLEO_SCIM_TOKEN" in missing.err


@pytest.mark.parametrize(
    ("scim", "absent"),
    [
        ("", "delivery to Alleo"),
        ('[scim]\nurl = "https://alleo.example/scim"\n', "ALLEO_SCIM_TOKEN"),
        ('[scim]\nurl = "https://alleo.example/scim"\nsign_in = "basic"\n', "ALLEO_CLIENT_ID, ALLEO_CLIENT_SECRET"),
        (
            '[scim]\nurl = "https://alleo.example/scim"\nsign_in = "oauth2"\n',
            "ALLEO_CLIENT_ID, ALLEO_TOKEN_URL, ALLEO_CLIENT_SECRET",
        ),
    ],
)
def test_the_trial_names_all_that_a_run_would_be_without(cli, play, crontab, scim, absent):
    """A run with Personio's secret but without a way into Alleo would fail every morning."""
    sandbox = play()
    profile(cli, "default", settings(sandbox).partition("[scim]")[0] + scim)
    only_personio = {name: None for name in cli.env if name.startswith("ALLEO_SCIM")}
    done = cli("schedule", "try-secrets", **only_personio)
    assert done.code == 4
    assert re.fullmatch(rf"Not found: (a )?{absent}\.", done.err.strip())
    for way in ("env-file", "keyring"):
        done = cli("schedule", "install", "--using", "cron", "--secrets", way, **only_personio)
        assert done.code == 4
        assert absent in done.err
        assert not list(cli.home.rglob("*.env"))
        assert not (cli.home / "schedules").exists()


def test_systemd_credentials_are_read(cli, play, tmp_path):
    sandbox = play()
    profile(cli, "default", settings(sandbox))
    (tmp_path / "personio-client-secret").write_text(cli.env["PERSONIO_CLIENT_SECRET"])
    (tmp_path / "alleo-secret").write_text(cli.env["ALLEO_SCIM_TOKEN"])
    done = cli("sync", "--yes", "--scheduled", **{**without_secrets(cli), "CREDENTIALS_DIRECTORY": str(tmp_path)})
    assert done.code == 0, done.err
    assert len(sandbox.scim.accounts) == 27


def test_a_password_command_is_asked(cli, play, tmp_path):
    sandbox = play()
    for name in ("PERSONIO_CLIENT_SECRET", "ALLEO_SCIM_TOKEN"):
        (tmp_path / name).write_text(f"{cli.env[name]}\nsecond line\n")
    commands = f"secret_command = \"cat '{tmp_path}/PERSONIO_CLIENT_SECRET'\"\n"
    alleo = f"secret_command = \"cat '{tmp_path}/ALLEO_SCIM_TOKEN'\"\n"
    path = profile(cli, "default", commands + settings(sandbox) + alleo)
    done = cli("sync", "--yes", "--scheduled", **without_secrets(cli))
    assert done.code == 0, done.err
    path.write_text(path.read_text().replace("cat '", "false '"))
    failed = cli("schedule", "try-secrets", **without_secrets(cli))
    assert failed.code == 2
    assert "password command" in failed.err


def test_an_environment_file_that_others_can_read_is_refused(cli, play, tmp_path):
    play()
    open_file = tmp_path / "open.env"
    open_file.write_text("A=b\n")
    open_file.chmod(0o644)
    done = cli("check", ALLEO_ONBOARD_ENV_FILE=str(open_file))
    assert done.code == 2
    assert "chmod 600" in done.err


def test_a_scheduled_run_never_asks_and_writes_down_every_end(cli, play):
    sandbox = play("mass-leave")
    assert cli("sync", "--scheduled").code == 2  # --yes is required
    done = cli("sync", "--yes", "--scheduled")
    assert done.code == 5
    why, hint, end = done.err.strip().splitlines()  # cron sends this as mail: everything in it, and only once
    assert "would" in why
    assert "--allow-offboard" in hint
    assert end == "default: exit 5."
    last = json.loads((cli.home / "schedules" / "default" / "last.json").read_text())
    assert (last["exit"], last["failures"], last["last_success"]) == (5, 1, None)
    assert cli("sync", "--yes", "--scheduled", PERSONIO_CLIENT_SECRET=None).code == 2
    shown = cli("schedule", "show", "--json").json
    assert (shown["last"]["exit"], shown["last"]["failures"], shown["well"]) == (2, 2, False)
    assert [s["code"] for s in shown["symptoms"]] == ["last_run_failed"]
    assert f"Log and result: {cli.home / 'schedules' / 'default'}" in cli("schedule", "show").out
    assert all(account["active"] for account in sandbox.scim.accounts)


def test_a_credential_that_is_refused_again_is_a_symptom(cli, play):
    play()
    for _run in range(2):
        assert cli("sync", "--yes", "--scheduled", PERSONIO_CLIENT_SECRET="wrong").code == 3
    assert [s["code"] for s in cli("schedule", "show", "--json").json["symptoms"]] == [
        "last_run_failed",
        "credential_failing",
    ]
    assert cli("sync", "--yes", "--scheduled").code == 0
    assert cli("schedule", "show", "--json").json["well"] is True


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


def test_somebody_is_told_of_a_failure(cli, play, ears, tmp_path):
    sandbox = play()
    address, heard = ears
    mail = tmp_path / "mail"
    alarm = f'[alarm]\nwebhook = "{address}/hook"\nhealthcheck = "{address}/ping"\nmail_command = "tee {mail}"\n'
    profile(cli, "default", settings(sandbox) + alarm)
    assert cli("sync", "--yes", "--scheduled").code == 0
    assert [path for path, _body in heard] == ["/ping/start", "/ping/0"]
    assert not mail.exists()
    heard.clear()
    assert cli("sync", "--yes", "--scheduled", ALLEO_SCIM_TOKEN="wrong").code == 3
    assert [path for path, _body in heard] == ["/ping/start", "/ping/3", "/hook"]
    told = json.loads(heard[-1][1])
    assert (told["profile"], told["exit"]) == ("default", 3)
    assert told["text"].strip() == mail.read_text().strip()
    assert cli.env["PERSONIO_CLIENT_SECRET"] not in str(heard) + mail.read_text()


@pytest.mark.parametrize("proxy", ["", "foo://x", "socks5://127.0.0.1:9"])
def test_an_alarm_that_cannot_be_told_does_not_change_the_end(cli, play, proxy):
    """The proxy is only for other hosts: the sandbox can be reached, the alarm addresses cannot."""
    sandbox = play()
    cli.env |= {"ALL_PROXY": proxy} if proxy else {}
    address = "https://alarm.invalid/x" if proxy else "http://127.0.0.1:9/x"
    alarm = f'[alarm]\nhealthcheck = "{address}"\nmail_command = "false"\n'
    profile(cli, "default", settings(sandbox) + alarm)
    assert cli("sync", "--yes", "--scheduled").code == 0
    assert "could not be told" in (cli.home / "schedules" / "default" / "run.log").read_text()


def test_a_fleet_runs_one_after_another_with_the_worst_code(cli, play):
    sandbox = play()
    saved(cli, "alpha", sandbox, "shared = true")
    saved(cli, "beta", sandbox, url=sandbox.addresses.scim_url.replace("/scim/v2", "/nowhere"))
    saved(cli, "gamma", sandbox, "shared = true")
    leave(cli)
    done = cli("sync", "--all", "--yes", "--json")
    told = done.json
    assert [one["profile"] for one in told["profiles"]] == ["alpha", "beta", "gamma"]
    assert [one["exit"] for one in told["profiles"]] == [0, 3, 0]
    assert done.code == told["exit"] == 3
    assert told["profiles"][0]["sync"]["applied"] == {"onboard": 27}
    plain = cli("sync", "--all", "--yes")
    assert plain.code == 3
    assert "gamma" in plain.out


def test_a_fleet_as_manifests(cli, play, tmp_path):
    sandbox = play()
    for name in ("alpha", "Zürich & Co".replace("&", "und")):
        saved(cli, name, sandbox)
    leave(cli)
    out = tmp_path / "manifests"
    done = cli("schedule", "install", "--using", "kubernetes", "--all", "--out", str(out))
    assert done.code == 0, done.err
    files = sorted(path.name for path in out.iterdir())
    assert len(files) == 2
    assert all(re.fullmatch(r"alleo-onboard-[a-z0-9-]+\.yaml", name) for name in files)
    assert cli("schedule", "install", "--using", "kubernetes", *ENV_FILE).code == 4


def test_a_manifest_names_no_certificates_of_this_machine(cli, play, tmp_path):
    play()
    pem = tmp_path / "company.pem"
    pem.write_text("")
    words = ("--ca-file", str(pem), "schedule", "install", "--print", "--using")
    assert str(pem) in cli(*words, "cron").out
    done = cli(*words, "kubernetes")
    assert str(pem) not in done.out
    assert "SSL_CERT_FILE" in done.err


def test_a_run_waits_for_the_lock_of_nobody(cli, play):
    sandbox = play()
    profile(cli, "default", settings(sandbox))
    holder = subprocess.Popen(
        [sys.executable, "-c", "import sys\nfrom alleo_onboard.store.lock import run_lock\nfrom alleo_onboard.store.paths import home\nimport os\nwith run_lock(home(os.environ), 'default'):\n    print('held', flush=True); sys.stdin.read()"],
        env=cli.env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        assert cli("sync", "--yes", "--scheduled").code == 9
    finally:
        holder.communicate("")
    assert sandbox.scim.accounts == []


def test_nothing_scheduled_is_said(cli):
    done = cli("schedule", "show")
    assert done.code == 0
    assert "Nothing is scheduled" in done.err
    assert cli("schedule", "remove").code == 0
    assert cli("schedule", "run-now").code == 4
    assert cli("schedule").code == 2


def test_doctor_and_the_list_of_set_ups_tell_how_the_daily_run_does(cli, play):
    sandbox = play()
    profile(cli, "acme", settings(sandbox))
    assert cli("--profile", "acme", "sync", "--yes", "--scheduled").code == 0
    for _day in range(2):
        assert cli("--profile", "acme", "sync", "--yes", "--scheduled", PERSONIO_CLIENT_SECRET="gone").code == 3
    assert "needs attention" in cli("profiles", "list").out
    (listed,) = cli("profiles", "list", "--json").json["profiles"]
    assert listed["schedule"]["last"]["exit"] == 3
    assert "credential_failing" in [symptom["code"] for symptom in listed["schedule"]["symptoms"]]
    report = cli("--profile", "acme", "doctor", "--json").json
    assert report["schedule"]["last_exit"] == "3"
    assert "credential_failing" in report["schedule"]["symptoms"]


@pytest.mark.parametrize(
    "prefix", ["/home/a/.cache/uv/archive-v0/x", "/home/a/.local/pipx/.cache/x", "C:/Users/a/AppData/Local/uv/cache/b"]
)
def test_a_program_in_a_cache_is_not_installed_as_a_daily_run(cli, play, crontab, monkeypatch, prefix):
    profile(cli, "default", settings(play()))
    monkeypatch.setattr("sys.prefix", prefix)
    done = cli("schedule", "install", "--using", "cron", "--secrets", "env-file")
    assert done.code == 4
    assert "uv tool install" in done.err
    assert not (cli.home / "schedules").exists()


@pytest.mark.parametrize("prefix", ["/home/a/.local/share/uv/tools/alleo-onboard", "/opt/cache/venv", "/usr"])
def test_a_program_that_stays_is_installed(cli, play, crontab, monkeypatch, prefix):
    profile(cli, "default", settings(play()))
    monkeypatch.setattr("sys.prefix", prefix)
    assert cli("schedule", "install", "--using", "cron", "--secrets", "env-file").code == 0


def test_whom_to_tell_is_not_in_a_manifest(cli, play):
    told = '[alarm]\nwebhook = "https://chat.example/canary-1"\nhealthcheck = "https://hc.example/canary-2"\nmail_command = "canary-3"\n'
    profile(cli, "default", settings(play()) + told)
    done = cli("schedule", "install", "--using", "kubernetes", "--print")
    assert done.code == 0
    assert "canary" not in done.out + done.err
    assert "alarm.toml" in done.out
