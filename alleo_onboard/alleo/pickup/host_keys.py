"""Identifies an SFTP server by the fingerprints of all its host keys, compared with the confirmed ones.

A server that lost a key may answer with a key of another type, or close the connection. So after any failure before the
sign-in, all its keys are fetched.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import asyncssh

from alleo_onboard.alleo.pickup.place import Server
from alleo_onboard.domain.errors import HostKeyChanged, HostKeyUnknown
from alleo_onboard.domain.publishing import HostKey, pins
from alleo_onboard.locale import _

# One algorithm of each key type. A server without that type closes the connection.
FAMILIES = (
    "ssh-ed25519",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "rsa-sha2-512",
)
_ALGORITHMS = {"ssh-rsa": ["rsa-sha2-512", "rsa-sha2-256"]}
_PATIENCE = 10.0  # seconds for one key


def algorithms(pinned: Sequence[HostKey]) -> list[str]:
    """Returns the algorithms that make a server show one of the pinned keys."""
    return [one for key in pinned for one in _ALGORITHMS.get(key.type, [key.type])]


def described(key: asyncssh.SSHKey) -> HostKey:
    """Returns type and fingerprint of a key."""
    return HostKey(key.get_algorithm(), key.get_fingerprint())


async def shown(server: Server) -> tuple[HostKey, ...]:
    """Returns all keys of the server, without signing in; empty when it cannot be reached."""
    found = [await _one(server, family) for family in FAMILIES]
    return tuple(dict.fromkeys(key for key in found if key))


async def _one(server: Server, algorithm: str) -> HostKey | None:
    try:
        async with asyncio.timeout(_PATIENCE):
            key = await asyncssh.get_server_host_key(
                server.host, server.port, config=None, server_host_key_algs=[algorithm]
            )
    except (OSError, asyncssh.Error, TimeoutError):
        return None
    return described(key) if key else None


def unknown(server: Server, keys: Sequence[HostKey]) -> HostKeyUnknown:
    """Returns the error for a server whose keys nobody has confirmed."""
    text = _(
        "Nobody has confirmed yet that {host} is the right server. Its keys are: {keys}. Compare them with those of "
        "whoever runs the server. If they are the same, keep them in the field Host keys (host_keys in the profile) "
        "and test again."
    )
    return HostKeyUnknown(text.format(host=server.host, keys=pins(keys)), tuple(map(str, keys)))


def changed(server: Server, keys: Sequence[HostKey], pinned: Sequence[HostKey]) -> HostKeyChanged:
    """Returns the error for a server that shows other keys than the confirmed ones."""
    text = _(
        "The host key of {host} has changed: it was {before}, and now it is {now}. It may be another server, so "
        "nothing was sent. Ask whoever runs it; if the change is meant, put the new keys into the field Host keys."
    )
    sentence = text.format(host=server.host, before=pins(pinned), now=pins(keys))
    return HostKeyChanged(sentence, tuple(map(str, keys)))
