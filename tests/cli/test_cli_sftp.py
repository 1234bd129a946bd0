"""The pickup over SFTP on the command line, with a real OpenSSH server."""

from __future__ import annotations

import sys

import pytest
import sshd

pytest.importorskip("asyncssh")
if not sshd.SSHD or sys.platform == "win32":
    pytest.skip("there is no OpenSSH server here (Debian: openssh-server)", allow_module_level=True)
pytestmark = pytest.mark.xdist_group("sshd")

NAME = "alleo_employees_current.csv"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with sshd.serving(tmp_path_factory.mktemp("cli") / "server") as one:
        yield one


@pytest.fixture
def ready(cli, play, server):
    sandbox = play(people=14)
    for name in [n for n in cli.env if n.startswith("ALLEO_SCIM")]:
        del cli.env[name]
    for left in server.folder.iterdir():
        left.unlink()
    cli.env |= {
        "ALLEO_PICKUP_PLACE": server.place,
        "ALLEO_PICKUP_KEY_FILE": str(server.key),
        "ALLEO_PICKUP_HOST_KEYS": server.host_keys(),
    }
    return sandbox


def test_a_server_that_nobody_confirmed_shows_its_keys_and_gets_nothing(cli, ready, server):
    del cli.env["ALLEO_PICKUP_HOST_KEYS"]
    refused = cli("sync", "--yes")
    assert refused.code == 3
    for key in server.host_keys().split(", "):
        assert key in refused.err
    assert server.names() == []


def test_a_run_a_change_and_its_undo(cli, ready, server):
    done = cli("sync", "--yes", "--json")
    assert done.code == 0, done.err
    assert done.json["file"]["how"] == "replaced"
    first = (server.folder / NAME).read_bytes()
    assert first.startswith(b'"Email"')
    someone = next(p for p in cli("preview", "--json").json["people"] if p["decision"] == "sync")
    ready.personio.edit(someone["personio_id"], first_name="Zoë")
    run = cli("sync", "--yes", "--json").json["run"]
    assert "Zoë".encode() in (server.folder / NAME).read_bytes()
    assert cli("undo", run, "--yes").code == 0
    assert (server.folder / NAME).read_bytes() == first
    assert server.names() == [NAME]
    assert cli("runs", "verify").code == 0


def test_a_wrong_password_is_refused_and_never_told(cli, ready, server):
    del cli.env["ALLEO_PICKUP_KEY_FILE"]
    cli.env["ALLEO_PICKUP_PASSWORD"] = "canary-5pTz"
    refused = cli("sync", "--yes", "--json")
    assert refused.code == 3
    assert "canary" not in refused.out + refused.err
    assert not [p for p in cli.home.rglob("*") if p.is_file() and b"canary-5pTz" in p.read_bytes()]


def test_a_server_that_is_away_is_unreachable_and_the_next_run_makes_it_good(cli, ready, server):
    away = cli("sync", "--yes", ALLEO_PICKUP_PLACE=f"sftp://{server.user}@127.0.0.1:{sshd.free_port()}{server.folder}")
    assert away.code == 7
    assert cli("sync", "--yes").code == 0
    assert server.names() == [NAME]
