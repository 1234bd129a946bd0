"""All simulated servers on one port of 127.0.0.1, over real HTTP.

Personio is at `/v1/...` (and `/` is its page of readable attributes), SCIM at `/scim/v2/...`, the token endpoint at
`/oauth/token`, the one-time-secret service at `/api/...` and `/secret/...`, and the simulated Customer Success at
`/handover`.
"""

from __future__ import annotations

import signal
import threading
from datetime import datetime
from typing import TYPE_CHECKING, Self
from zoneinfo import ZoneInfo

from alleo_onboard.sandbox.accounts import Scim
from alleo_onboard.sandbox.addresses import Addresses, made_up_secrets
from alleo_onboard.sandbox.asgi import read, write
from alleo_onboard.sandbox.listener import HOST, PortTakenError, Server, config_for, listen, run
from alleo_onboard.sandbox.onetime.app import PATHS as ONETIME_PATHS
from alleo_onboard.sandbox.onetime.app import OneTimeApp
from alleo_onboard.sandbox.onetime.vault import Vault
from alleo_onboard.sandbox.personio import PersonioApp
from alleo_onboard.sandbox.scenarios import DEFAULT_PEOPLE, DEFAULT_SCENARIO, SCENARIOS
from alleo_onboard.sandbox.sign_in import SignIn
from alleo_onboard.sandbox.state import Personio

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from types import FrameType

    from alleo_onboard.sandbox.asgi import Receive, Scope, Send

_PATIENCE = 30.0  # seconds for the thread to start or end


class Sandbox:
    """Simulated Personio and Alleo in one background thread with its own event loop."""

    def __init__(
        self,
        scenario: str = DEFAULT_SCENARIO,
        people: int = DEFAULT_PEOPLE,
        port: int = 0,
        seed: int = 2026,
        limits: bool = True,  # noqa: FBT001, FBT002 - part of the agreed signature
        *,
        today: date | None = None,
    ) -> None:
        """Creates the sandbox. `people` is any number from 0; the same `seed` gives the same people and secrets.

        `limits=False` removes Personio's request limits. `today` is the day to which the people's dates relate, by
        default the present day in Amsterdam. Raises KeyError for an unknown scenario.
        """
        chosen = SCENARIOS[scenario]
        self._port = port
        self._secrets = made_up_secrets(seed)
        day = today or datetime.now(ZoneInfo("Europe/Amsterdam")).date()
        credential = (self._secrets["client_id"], self._secrets["client_secret"])
        self.personio = Personio(chosen, people, seed, day, credential, limits=limits)
        self.scim = Scim(
            SignIn(
                self._secrets["scim_token"],
                (self._secrets["alleo_client_id"], self._secrets["alleo_client_secret"]),
                (self._secrets["basic_user"], self._secrets["basic_password"]),
            )
        )
        self.onetime = Vault()
        if chosen.mass_leave:
            self.scim.add_people(self.personio.people)
        self._addresses: Addresses | None = None
        self._server: Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def addresses(self) -> Addresses:
        """Returns the addresses. Raises RuntimeError before `start`."""
        if self._addresses is None:
            raise RuntimeError("The sandbox has not been started.")
        return self._addresses

    def start(self) -> Addresses:
        """Starts to listen and returns the addresses. Raises PortTakenError when the port is in use."""
        if self._thread is not None:
            return self.addresses
        listener = listen(self._port)
        port = listener.getsockname()[1]
        self._server = Server(config_for(_All(self.personio, self.scim, self.onetime)))
        self._thread = threading.Thread(target=run, args=(self._server, listener), name="sandbox", daemon=True)
        self._thread.start()
        if not self._server.listening.wait(_PATIENCE):
            raise RuntimeError("The sandbox did not start in time.")
        root = f"http://{HOST}:{port}"
        self._addresses = Addresses(
            personio_base_url=root,
            scim_url=f"{root}/scim/v2",
            token_url=f"{root}/oauth/token",
            onetime_url=root,
            **self._secrets,
        )
        return self._addresses

    def stop(self) -> None:
        """Stops listening, closes all connections and ends the thread. May be called twice."""
        if self._thread is None or self._server is None:
            return
        self._server.should_exit = True
        self._thread.join(_PATIENCE)
        self._thread = self._server = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_details: object) -> None:
        self.stop()


def serve_forever(scenario: str, people: int, port: int, announce: Callable[[Addresses], None]) -> None:
    """Runs the sandbox until SIGINT or SIGTERM, then stops it. Call it in the main thread.

    `announce` is called once, when it listens. Raises PortTakenError, and KeyError for an unknown scenario.
    """
    stopped = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopped.set()

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        with Sandbox(scenario, people, port) as sandbox:
            announce(sandbox.addresses)
            while not stopped.wait(0.5):  # an endless wait could not be interrupted on Windows
                pass
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class _All:
    """The ASGI application that passes each path to its server."""

    def __init__(self, personio: Personio, scim: Scim, onetime: Vault) -> None:
        self._personio = PersonioApp(personio)
        self._scim = scim
        self._onetime = OneTimeApp(onetime)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope["path"]
        if path == "/scim" or path.startswith("/scim/"):
            await self._scim({**scope, "root_path": "/scim"}, receive, send)
        elif path == "/oauth/token":
            await write(self._scim.sign_in.grant(await read(scope, receive)), send)
        elif path.startswith(ONETIME_PATHS):
            await self._onetime(scope, receive, send)
        else:
            await self._personio(scope, receive, send)


__all__ = ["Addresses", "PortTakenError", "Sandbox", "serve_forever"]
