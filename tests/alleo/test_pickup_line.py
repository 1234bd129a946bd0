"""SFTP over connections that stall or break, and sign-in with passwords."""

from __future__ import annotations

import asyncio
import contextlib
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import sshd
from test_pickup_sftp import NAME

from alleo_onboard.alleo.pickup.delivery import PASSWORD, PickupDelivery
from alleo_onboard.alleo.pickup.settings import PickupSettings
from alleo_onboard.domain.errors import DeliveryRefused, Unreachable, Usage
from alleo_onboard.domain.secret import Secret

asyncssh = pytest.importorskip("asyncssh")
if not sshd.SSHD or sys.platform == "win32":
    pytest.skip("there is no OpenSSH server here (Debian: openssh-server)", allow_module_level=True)
pytestmark = pytest.mark.xdist_group("sshd")


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[sshd.Server]:
    with sshd.serving(tmp_path_factory.mktemp("line") / "server", families=("ed25519",)) as one:
        yield one


@asynccontextmanager
async def line(to: int, after: int, how: str) -> AsyncIterator[int]:
    """Yields a port that forwards to `to`. After `after` bytes the connection is "cut" or "stalls"."""
    tasks: set[asyncio.Task[None]] = set()

    async def pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, limit: int | None, other) -> None:
        passed = 0
        with contextlib.suppress(OSError):
            while data := await reader.read(4096):
                passed += len(data)
                if limit is not None and passed > limit:
                    if how == "stalls":
                        await asyncio.Event().wait()
                    other.close()
                    break
                writer.write(data)
                await writer.drain()
            writer.close()

    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", to)
        tasks.add(asyncio.ensure_future(pipe(reader, far_writer, after, writer)))
        tasks.add(asyncio.ensure_future(pipe(far_reader, writer, None, far_writer)))

    listener = await asyncio.start_server(meet, "127.0.0.1", 0)
    try:
        yield listener.sockets[0].getsockname()[1]
    finally:
        for task in tasks:
            task.cancel()
        listener.close()


def through(server: sshd.Server, port: int, keepalive: float = 10) -> PickupDelivery:
    from alleo_onboard.alleo.pickup.sftp import Timing

    place = f"sftp://{server.user}@127.0.0.1:{port}{server.folder}"
    settings = PickupSettings(place=place, key_file=str(server.key), host_keys=server.host_keys())
    return PickupDelivery(settings, {}, timing=Timing(keepalive=keepalive))


@pytest.mark.parametrize("how", ["cut", "stalls"])
async def test_a_broken_line_ends_and_the_file_before_stays_whole(server, how):
    (server.folder / NAME).write_bytes(b"before")
    async with line(server.port, 200_000, how) as port:
        with pytest.raises(Unreachable, match="What was there before is still there"):
            await through(server, port, keepalive=0.05).publish(NAME, b"x" * 2_000_000)
    assert (server.folder / NAME).read_bytes() == b"before"
    assert [p.name for p in server.folder.glob("alleo_employees_*.csv")] == [NAME]
    await through(server, server.port).publish(NAME, b"after")
    assert server.names() == [NAME]


async def test_a_server_that_says_nothing_is_given_up(server):
    from alleo_onboard.alleo.pickup.sftp import Timing

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    listener = await asyncio.start_server(silent, "127.0.0.1", 0)
    port = listener.sockets[0].getsockname()[1]
    settings = PickupSettings(place=f"sftp://a@127.0.0.1:{port}/up", host_keys=server.host_keys())
    one = PickupDelivery(settings, {PASSWORD: Secret("x")}, timing=Timing(connect=0.2, login=0.2))
    async with listener:
        with pytest.raises(Unreachable, match="does not answer"):
            await one.open(frozenset())


class _Asking(asyncssh.SSHServer):
    """Accepts keyboard-interactive sign-in only, no plain password."""

    def password_auth_supported(self) -> bool:
        return False

    def public_key_auth_supported(self) -> bool:
        return False

    def kbdint_auth_supported(self) -> bool:
        return True

    def get_kbdint_challenge(self, username, lang, submethods):
        return "", "", "", [("Password:", False)]

    def validate_kbdint_response(self, username, responses):
        return list(responses) == ["right"]


async def test_a_server_that_asks_for_the_password_in_its_own_words(tmp_path):
    key = asyncssh.generate_private_key("ssh-ed25519")
    asking = await asyncssh.create_server(_Asking, "127.0.0.1", 0, server_host_keys=[key], sftp_factory=True)
    pin = f"{key.get_algorithm()} {key.get_fingerprint()}"
    settings = PickupSettings(place=f"sftp://a@127.0.0.1:{asking.get_port()}{tmp_path}", host_keys=pin)
    async with asking:
        await PickupDelivery(settings, {PASSWORD: Secret("right")}).publish(NAME, b"x")
        assert (tmp_path / NAME).read_bytes() == b"x"
        with pytest.raises(DeliveryRefused, match="with the password"):
            await PickupDelivery(settings, {PASSWORD: Secret("wrong")}).open(frozenset())


@pytest.fixture
def somebody() -> Iterator[tuple[str, str]]:
    """Yields name and password of a new user of this machine. Removes the user afterwards."""
    if os.geteuid() != 0 or not shutil.which("useradd") or not shutil.which("chpasswd"):
        pytest.skip("only root can make a user with a password")
    name, password = f"pickup{secrets.token_hex(4)}", secrets.token_urlsafe(12)
    subprocess.run(["useradd", "--no-create-home", "--shell", "/bin/false", name], check=True)
    try:
        subprocess.run(["chpasswd"], input=f"{name}:{password}", text=True, check=True)
        yield name, password
    finally:
        subprocess.run(["userdel", name], check=False, capture_output=True)


@pytest.mark.parametrize(
    ("methods", "with_key", "with_password", "let_in"),
    [
        ("password", False, True, True),
        ("password", True, False, False),
        ("publickey,password", True, True, True),
        ("publickey,password", True, False, False),
        ("publickey,password", False, True, False),
    ],
)
async def test_what_a_server_wants_for_signing_in(tmp_path_factory, somebody, methods, with_key, with_password, let_in):
    name, password = somebody
    home = Path("/run") / f"pickup-{secrets.token_hex(4)}"
    more = f"AuthenticationMethods {methods}"
    try:
        with sshd.serving(home, families=("ed25519",), more=more) as one:
            shutil.chown(one.folder, name)
            settings = PickupSettings(
                place=f"sftp://{name}@127.0.0.1:{one.port}{one.folder}",
                key_file=str(one.key) if with_key else "",
                host_keys=one.host_keys(),
            )
            delivery = PickupDelivery(settings, {PASSWORD: Secret(password)} if with_password else {})
            if let_in:
                await delivery.publish(NAME, b"x")
                assert (one.folder / NAME).read_bytes() == b"x"
            else:
                with pytest.raises(DeliveryRefused) as raised:
                    await delivery.open(frozenset())
                assert password not in str(raised.value)
    finally:
        shutil.rmtree(home, ignore_errors=True)


async def test_without_the_library_it_is_said_what_to_install(server, monkeypatch):
    for name in [n for n in sys.modules if n.startswith("alleo_onboard.alleo.pickup.")]:
        if name.rpartition(".")[2] in ("sftp", "ladder", "host_keys"):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "asyncssh", None)
    with pytest.raises(Usage, match=r"alleo-onboard\[sftp\]"):
        await PickupDelivery(PickupSettings(place=server.place), {}).open(frozenset())
