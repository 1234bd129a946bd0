"""Publishing over SFTP to a real OpenSSH server, with the restrictions of customers' servers (deliveries.md C2)."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sshd

from alleo_onboard.alleo.pickup.delivery import PASSPHRASE, PASSWORD, PickupDelivery
from alleo_onboard.alleo.pickup.settings import PickupSettings
from alleo_onboard.domain.errors import DeliveryRefused, HostKeyChanged, HostKeyUnknown, Unreachable, Usage
from alleo_onboard.domain.publishing import Way
from alleo_onboard.domain.secret import Secret
from alleo_onboard.net.clock import Clock

pytest.importorskip("asyncssh")
if not sshd.SSHD or sys.platform == "win32":
    pytest.skip("there is no OpenSSH server here (Debian: openssh-server)", allow_module_level=True)
pytestmark = pytest.mark.xdist_group("sshd")

NAME = "alleo_employees_current.csv"
NOON = datetime(2026, 11, 27, 12, tzinfo=UTC).timestamp()


class Servers:
    """Starts a server on first use; all tests of this file share it."""

    def __init__(self, root: Path, stack: ExitStack) -> None:
        self._root, self._stack, self._running = root, stack, {}

    def __call__(self, restrict: str) -> sshd.Server:
        if restrict not in self._running:
            home = self._root / f"server-{len(self._running)}"
            self._running[restrict] = self._stack.enter_context(sshd.serving(home, restrict))
        server = self._running[restrict]
        for left in server.folder.iterdir():
            left.unlink()
        return server


@pytest.fixture(scope="module")
def servers(tmp_path_factory) -> Iterator[Servers]:
    with ExitStack() as stack:
        yield Servers(tmp_path_factory.mktemp("sshd"), stack)


class Time:
    def __init__(self, now: float = NOON) -> None:
        self.now, self.slept = now, []

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    @property
    def clock(self) -> Clock:
        return Clock(sleep=self.sleep, wall=lambda: self.now)


def delivery(server: sshd.Server, time: Time | None = None, secrets=None, **more) -> PickupDelivery:
    told = {"place": server.place, "key_file": str(server.key), "host_keys": server.host_keys(), **more}
    return PickupDelivery(PickupSettings(**told), secrets or {}, clock=(time or Time()).clock)


@pytest.mark.parametrize(
    ("restrict", "first", "again", "verified", "listed"),
    [
        (sshd.FULL, Way.REPLACED, Way.REPLACED, True, True),
        (sshd.NO_POSIX_RENAME, Way.RENAMED, Way.REMOVED_FIRST, True, True),
        (sshd.UPLOAD_ONLY, Way.OVERWRITTEN, Way.OVERWRITTEN, True, True),
        (sshd.DROP_BOX, Way.OVERWRITTEN, Way.OVERWRITTEN, False, False),
    ],
)
async def test_the_file_is_there_whole_and_alone_whatever_the_server_allows(
    servers, restrict, first, again, verified, listed
):
    server = servers(restrict)
    one = delivery(server)
    done = await one.publish(NAME, b"first" * 1000)
    assert (done.way, done.verified, done.listed) == (first, verified, listed)
    done = await one.publish(NAME, b"second")
    assert (done.way, done.verified, done.listed) == (again, verified, listed)
    assert (server.folder / NAME).read_bytes() == b"second"
    assert [p.read_bytes() for p in server.folder.iterdir() if p.name != NAME] in ([], [b""])
    assert len(list(server.folder.glob("alleo_employees_*.csv"))) == 1


@pytest.mark.parametrize("restrict", [sshd.FULL, sshd.NO_POSIX_RENAME])
async def test_the_test_of_a_delivery_leaves_nothing_behind(servers, restrict):
    server = servers(restrict)
    report = await delivery(server).open(frozenset())
    assert report.address == server.place
    assert server.names() == []


async def test_a_server_that_lets_us_only_read_is_told_when_it_is_tested(servers):
    server = servers(sshd.READ_ONLY)
    with pytest.raises(DeliveryRefused, match="write"):
        await delivery(server).open(frozenset())


async def test_a_directory_that_is_not_there_is_told(servers):
    server = servers(sshd.FULL)
    with pytest.raises(DeliveryRefused, match="no such directory"):
        await delivery(server, place=f"{server.place}/nowhere").open(frozenset())


async def test_another_file_that_alleo_would_collect_is_told(servers):
    server = servers(sshd.FULL)
    (server.folder / "alleo_employees_001.csv").write_bytes(b"")
    with pytest.raises(Usage, match="alleo_employees_001"):
        await delivery(server).publish(NAME, b"x")


async def test_what_is_there_is_read_and_told_where_it_cannot_be(servers):
    server = servers(sshd.FULL)
    assert await delivery(server).in_place(NAME) == b""
    (server.folder / NAME).write_bytes(b"held")
    assert await delivery(server).in_place(NAME) == b"held"
    box = servers(sshd.DROP_BOX)
    (box.folder / NAME).write_bytes(b"held")
    assert await delivery(box).in_place(NAME) is None


async def test_a_step_with_a_gap_waits_until_no_pickup_is_near(servers):
    server, time = servers(sshd.NO_POSIX_RENAME), Time(datetime(2026, 11, 27, 19, 55, tzinfo=UTC).timestamp())
    (server.folder / NAME).write_bytes(b"before")
    await delivery(server, time).publish(NAME, b"now")
    assert time.slept == [901.0]  # until 20:10:01


async def test_a_file_that_is_replaced_in_one_step_waits_for_nothing_and_tells_of_the_pickup(servers):
    server, time = servers(sshd.FULL), Time(datetime(2026, 11, 27, 19, 55, tzinfo=UTC).timestamp())
    done = await delivery(server, time).publish(NAME, b"now")
    assert time.slept == []
    assert done.near == datetime(2026, 11, 27, 20, 0, tzinfo=UTC)


async def test_a_first_contact_shows_the_keys_of_every_family(servers):
    server = servers(sshd.FULL)
    with pytest.raises(HostKeyUnknown) as raised:
        await delivery(server, host_keys="").open(frozenset())
    assert set(raised.value.keys) == set(server.host_keys().split(", "))
    assert all(key in str(raised.value) for key in raised.value.keys)


@pytest.mark.parametrize("kind", ["ed25519", "rsa"])
async def test_any_one_pinned_key_is_enough(servers, kind):
    server = servers(sshd.FULL)
    await delivery(server, host_keys=server.host_keys(kind)).open(frozenset())


@pytest.mark.parametrize(
    ("before", "now"), [("ed25519", "ed25519"), ("ed25519", "rsa"), ("rsa", "ed25519"), ("ed25519", "ecdsa")]
)
async def test_a_changed_key_is_named_as_such_also_of_another_type(tmp_path, before, now):
    with sshd.serving(tmp_path / "one", families=(before,)) as one:
        pinned, port = one.host_keys(), one.port
    with sshd.serving(tmp_path / "two", families=(now,), port=port) as two:
        with pytest.raises(HostKeyChanged) as raised:
            await delivery(two, host_keys=pinned).publish(NAME, b"x")
        assert pinned in str(raised.value)
        assert two.host_keys() in str(raised.value)
        assert two.names() == []


async def test_a_key_with_a_passphrase(servers, tmp_path):
    server = servers(sshd.FULL)
    locked = sshd.make_key(tmp_path / "locked", passphrase="open sesame")
    authorized = server.home / "client.pub"
    kept = authorized.read_text()
    authorized.write_text(kept + (tmp_path / "locked.pub").read_text())
    try:
        right = delivery(server, key_file=str(locked), secrets={PASSPHRASE: Secret("open sesame")})
        await right.open(frozenset())
        with pytest.raises(Usage, match=r"passphrase of the key .* is wrong"):
            await delivery(server, key_file=str(locked), secrets={PASSPHRASE: Secret("no")}).open(frozenset())
        with pytest.raises(Usage, match="has a passphrase"):
            await delivery(server, key_file=str(locked)).open(frozenset())
    finally:
        authorized.write_text(kept)


@pytest.mark.parametrize("text", ["PuTTY-User-Key-File-3: ssh-ed25519\n", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 a@b\n", ""])
async def test_a_file_that_is_no_private_key_is_told(servers, tmp_path, text):
    wrong = tmp_path / "key"
    wrong.write_text(text)
    with pytest.raises(Usage, match="not a private key"):
        await delivery(servers(sshd.FULL), key_file=str(wrong)).open(frozenset())


async def test_a_key_the_server_does_not_know_is_refused_without_a_word_of_it(servers, tmp_path):
    stranger = sshd.make_key(tmp_path / "stranger")
    with pytest.raises(DeliveryRefused, match=r"does not let .* in with the key"):
        await delivery(servers(sshd.FULL), key_file=str(stranger)).open(frozenset())


async def test_the_users_own_ssh_takes_no_part(servers, tmp_path, monkeypatch):
    server = servers(sshd.FULL)
    home = tmp_path / "home"
    (home / ".ssh").mkdir(parents=True)
    (home / ".ssh" / "config").write_text("Host *\n  ProxyCommand false\n  User nobody\n")
    (home / ".ssh" / "id_ed25519").write_bytes(server.key.read_bytes())
    monkeypatch.setenv("HOME", str(home))
    await delivery(server).open(frozenset())
    with pytest.raises(DeliveryRefused):  # the default key is not tried
        await delivery(server, key_file="", secrets={PASSWORD: Secret("wrong")}).open(frozenset())


async def test_nobody_listening_and_no_such_host_are_told(servers):
    server = servers(sshd.FULL)
    with pytest.raises(Unreachable, match="nobody listens"):
        await delivery(server, place=f"sftp://a@127.0.0.1:{sshd.free_port()}/up").open(frozenset())
    with pytest.raises(Unreachable, match="no such host"):
        await delivery(server, place="sftp://a@nowhere.invalid/up").open(frozenset())


async def test_a_web_server_is_told(servers):
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    web = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = web.sockets[0].getsockname()[1]
    async with web:
        with pytest.raises(Unreachable):
            await delivery(servers(sshd.FULL), place=f"sftp://a@127.0.0.1:{port}/up").open(frozenset())


@pytest.mark.parametrize("place", ["ftp://user@host/dir", "ftps://user@host/dir"])
def test_ftp_is_refused(place):
    with pytest.raises(Usage, match="FTP sends the password"):
        PickupDelivery(PickupSettings(place=place), {})


def test_a_password_in_the_address_is_refused_and_not_repeated():
    with pytest.raises(Usage) as raised:
        PickupDelivery(PickupSettings(place="sftp://user:hunter2@host/dir"), {})
    assert "hunter2" not in str(raised.value)


@pytest.mark.parametrize(
    ("restrict", "said", "way"),
    [
        (sshd.FULL, "", Way.REPLACED),
        (sshd.NO_POSIX_RENAME, "for a moment there is none", Way.REMOVED_FIRST),
        (sshd.UPLOAD_ONLY, "overwritten where it lies", Way.OVERWRITTEN),
        (sshd.DROP_BOX, "overwritten where it lies", Way.OVERWRITTEN),
    ],
)
async def test_how_a_server_lets_a_file_be_replaced_is_found_by_the_test_told_and_used(servers, restrict, said, way):
    server = servers(restrict)
    (server.folder / NAME).write_bytes(b"before")
    one = delivery(server)
    report = await one.open(frozenset())
    assert said in " ".join(report.notes)
    assert bool(report.notes) is bool(said)
    assert all(p.read_bytes() == b"" for p in server.folder.iterdir() if p.name != NAME)
    assert (server.folder / NAME).read_bytes() == b"before"
    done = await one.publish(NAME, b"x" * 5000)
    assert done.way is way
    assert (server.folder / NAME).read_bytes() == b"x" * 5000
    assert all(p.read_bytes() == b"" for p in server.folder.iterdir() if p.name != NAME)


async def test_a_server_that_got_worse_since_its_test_is_published_to_all_the_same(servers):
    for found in (Way.REPLACED, Way.REMOVED_FIRST, Way.OVERWRITTEN):
        server = servers(sshd.UPLOAD_ONLY)
        one = delivery(server)
        one._way = found
        await one.publish(NAME, b"first")
        assert (await one.publish(NAME, found.encode())).way is Way.OVERWRITTEN
        assert (server.folder / NAME).read_bytes() == found.encode()


async def test_a_proxy_is_told_of_where_the_server_cannot_be_reached(servers, monkeypatch):
    from alleo_onboard.alleo.pickup import sftp

    server = servers(sshd.FULL)
    monkeypatch.setattr(sftp, "_behind_proxy", lambda _host: True)
    gone = f"sftp://a@127.0.0.1:{sshd.free_port()}/up"
    with pytest.raises(Unreachable, match="SFTP goes to the server directly: ask for port"):
        await delivery(server, place=gone).open(frozenset())


@pytest.mark.parametrize(("proxies", "told"), [({"all": "http://proxy.example:3128"}, True), ({}, False)])
def test_a_proxy_is_what_other_programs_of_this_computer_use(monkeypatch, proxies, told):
    from alleo_onboard.alleo.pickup import sftp

    monkeypatch.setattr("alleo_onboard.net.proxy.getproxies", lambda: proxies)
    assert sftp._behind_proxy("files.example") is told
    assert not sftp._behind_proxy("127.0.0.1")


@pytest.mark.parametrize("kind", ["pipe", "directory"])
async def test_a_pipe_or_a_directory_in_place_of_the_file_is_neither_read_nor_replaced(servers, kind):
    server = servers(sshd.FULL)
    os.mkfifo(server.folder / NAME) if kind == "pipe" else (server.folder / NAME).mkdir()
    one = delivery(server)
    assert await one.in_place(NAME) is None
    for job in (one.open(frozenset()), one.publish(NAME, b"new")):
        with pytest.raises(Usage, match="is no file, so it is not replaced"):
            await job
    assert server.names() == [NAME]
