"""Runs uvicorn on a loopback socket in its own thread."""

from __future__ import annotations

import asyncio
import os
import socket
import threading
from typing import TYPE_CHECKING

import uvicorn

from alleo_onboard.locale import _

if TYPE_CHECKING:
    from alleo_onboard.sandbox.asgi import App

HOST = "127.0.0.1"


class PortTakenError(OSError):
    """The port is in use. The message is a sentence for the person who chose it."""


class Server(uvicorn.Server):
    """A uvicorn server that sets `listening` when it accepts connections."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listening = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Starts the server, then sets `listening`."""
        await super().startup(sockets)
        self.listening.set()


def config_for(app: App) -> uvicorn.Config:
    """Returns the settings of a quiet server that is the same on every machine.

    Always uses h11: with httptools broken answers would break differently.
    """
    return uvicorn.Config(
        app,
        http="h11",
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="critical",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=1,
    )


def run(server: Server, listener: socket.socket) -> None:
    """Serves until `server.should_exit`, in its own event loop. Closes the listener."""
    with listener:
        asyncio.run(server.serve(sockets=[listener]))


def listen(port: int) -> socket.socket:
    """Returns a listening socket on 127.0.0.1; port 0 takes any free one. Raises PortTakenError."""
    # asyncio sets TCP_NODELAY only when the protocol is given; without it every answer takes 40 ms.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if os.name != "nt":  # on Windows this would allow to take a port that another program uses
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen(512)
    except (OSError, OverflowError) as error:
        listener.close()
        sentence = _("Port {port} cannot be used on this computer: {reason}. Choose another, or 0 for any free one.")
        raise PortTakenError(
            sentence.format(port=port, reason=str(getattr(error, "strerror", None) or error).rstrip("."))
        ) from error
    return listener
