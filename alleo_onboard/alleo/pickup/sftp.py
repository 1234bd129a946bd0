"""Opens the connection to an SFTP server and turns refusals into errors.

Ignores the user's own SSH set-up: configuration, agent, keys and known hosts.
"""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncssh

from alleo_onboard.alleo.pickup import host_keys
from alleo_onboard.alleo.pickup.place import Server
from alleo_onboard.alleo.pickup.settings import PASSPHRASE
from alleo_onboard.domain.errors import DeliveryRefused, Trouble, Unreachable, Usage
from alleo_onboard.domain.publishing import HostKey
from alleo_onboard.domain.secret import Secret
from alleo_onboard.locale import _
from alleo_onboard.locale.system import system_reason
from alleo_onboard.net.proxy import proxy_for

CONNECT, LOGIN = 20.0, 30.0  # seconds; for a server that accepts the connection but says nothing
KEEPALIVE, MISSED = 10.0, 3  # a connection without an answer to MISSED keepalives of KEEPALIVE seconds is dead


@dataclass(frozen=True, slots=True)
class SignIn:
    """How to sign in: a password, a key (with its passphrase), or both."""

    password: Secret | None = None
    key_file: str = ""
    passphrase: Secret | None = None


@dataclass(frozen=True, slots=True)
class Timing:
    """Time limits in seconds. Tests use short ones."""

    connect: float = CONNECT
    login: float = LOGIN
    keepalive: float = KEEPALIVE


class _Pinning(asyncssh.SSHClient):
    """Accepts only the pinned host keys."""

    def __init__(self, pinned: Sequence[HostKey]) -> None:
        self._pinned = frozenset(pinned)

    def validate_host_public_key(self, host: str, addr: str, port: int, key: asyncssh.SSHKey) -> bool:  # noqa: ARG002
        """Returns whether the server's key is pinned."""
        return host_keys.described(key) in self._pinned


@asynccontextmanager
async def signed_in(
    server: Server, pinned: Sequence[HostKey], how: SignIn, timing: Timing
) -> AsyncIterator[asyncssh.SFTPClient]:
    """Opens an SFTP session. Raises HostKeyUnknown, HostKeyChanged, DeliveryRefused, Unreachable, Usage."""
    if not pinned:
        keys = await host_keys.shown(server)
        raise host_keys.unknown(server, keys) if keys else _unreachable(server, _("it shows no key"))
    connection = await _connected(server, pinned, how, timing)
    async with connection:
        try:
            client = await connection.start_sftp_client()
        except (OSError, asyncssh.Error) as error:
            text = _("{host} lets us in, but offers no SFTP: {why}.")
            raise DeliveryRefused(text.format(host=server.host, why=error)) from None
        async with client:
            yield client


async def _connected(
    server: Server, pinned: Sequence[HostKey], how: SignIn, timing: Timing
) -> asyncssh.SSHClientConnection:
    """Opens the SSH connection."""
    key = _key(how)
    try:
        connection, _client = await asyncssh.create_connection(
            lambda: _Pinning(pinned),
            server.host,
            server.port,
            username=server.user,
            password=how.password.reveal() if how.password else None,
            client_keys=[key] if key else None,
            known_hosts=b"",
            server_host_key_algs=host_keys.algorithms(pinned),
            x509_trusted_certs=None,
            config=None,
            agent_path=None,
            gss_host=None,
            preferred_auth=["publickey", "password", "keyboard-interactive"],
            connect_timeout=timing.connect,
            login_timeout=timing.login,
            keepalive_interval=timing.keepalive,
            keepalive_count_max=MISSED,
        )
    except asyncssh.PermissionDenied:
        raise _not_let_in(server, how) from None
    except (OSError, asyncssh.Error) as error:
        raise await _why(server, pinned, error) from None
    return connection


async def _why(server: Server, pinned: Sequence[HostKey], error: Exception) -> Trouble:
    """Returns the error for a failed connection.

    A changed host key causes different errors, so the keys are compared.
    """
    if isinstance(error, ConnectionRefusedError | socket.gaierror | TimeoutError):
        return _unreachable(server, _reason(error))
    keys = await host_keys.shown(server)
    if keys and not set(keys) & set(pinned):
        return host_keys.changed(server, keys, pinned)
    return _unreachable(server, _reason(error))


def _reason(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return _("it does not answer")
    if isinstance(error, ConnectionRefusedError):
        return _("nobody listens there")
    if isinstance(error, socket.gaierror):
        return _("there is no such host")
    return system_reason(error) if isinstance(error, OSError) else str(error) or type(error).__name__


def _unreachable(server: Server, why: str) -> Unreachable:
    text = _("The SFTP server {host} cannot be reached on port {port}: {why}.")
    told = text.format(host=server.host, port=server.port, why=why)
    if _behind_proxy(server.host):
        told += " " + _(
            "A proxy is set for this computer, but SFTP goes to the server directly: ask for port {port} to be opened, "
            "or name a folder that the server collects from."
        ).format(port=server.port)
    return Unreachable(told)


def _behind_proxy(host: str) -> bool:
    """Returns whether other programs of this computer reach `host` through a proxy."""
    try:
        return proxy_for(f"https://{host}/") is not None
    except Usage:  # a proxy is set that cannot be used
        return True


def _not_let_in(server: Server, how: SignIn) -> DeliveryRefused:
    given = [name for name, there in ((_("the key"), how.key_file), (_("the password"), how.password)) if there]
    text = _("{host} does not let {user} in with {what}. Some servers want a key and a password.")
    shown = _(" and ").join(given) or _("neither key nor password")
    return DeliveryRefused(text.format(host=server.host, user=server.user, what=shown))


def _key(how: SignIn) -> asyncssh.SSHKey | None:
    """Returns the private key, or None. Raises Usage for an invalid file, and for a wrong or missing passphrase."""
    if not how.key_file:
        return None
    path = Path(how.key_file).expanduser()
    try:
        return asyncssh.read_private_key(path, how.passphrase.reveal() if how.passphrase else None)
    except OSError as error:
        text = _("The key {file} cannot be read: {why}.")
        raise Usage(text.format(file=path, why=system_reason(error))).about("key_file") from None
    except asyncssh.KeyEncryptionError:
        raise Usage(_("The passphrase of the key {file} is wrong.").format(file=path)).about(PASSPHRASE) from None
    except asyncssh.KeyImportError as error:
        if "bcrypt" in str(error):
            text = _("For keys with a passphrase a part is missing: pip install 'alleo-onboard[sftp]'.")
            raise Usage(text) from None
        if "assphrase" in str(error):
            text = _("The key {file} has a passphrase, and none was given.")
            raise Usage(text.format(file=path)).about(PASSPHRASE) from None
        text = _(
            "{file} is not a private key in OpenSSH's format. Choose the file without .pub; a PuTTY key (.ppk) can be "
            "exported as an OpenSSH key in PuTTYgen."
        )
        raise Usage(text.format(file=path)).about("key_file") from None
