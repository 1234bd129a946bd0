"""Sandboxes over real HTTP on loopback, stopped after each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from threading import Thread
from typing import Any

import httpx
import pytest

from alleo_onboard.sandbox.server import Addresses, Sandbox


@dataclass
class Visit:
    """A running sandbox and an HTTP client for it."""

    sandbox: Sandbox
    http: httpx.Client
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def at(self) -> Addresses:
        return self.sandbox.addresses

    def sign_in(self) -> str:
        """Signs in to Personio and returns the token."""
        credential = {"client_id": self.at.client_id, "client_secret": self.at.client_secret}
        response = self.http.post("/v1/auth", json=credential)
        assert response.status_code == 200, response.text
        token: str = response.json()["data"]["token"]
        self.headers = {"Authorization": f"Bearer {token}"}
        return token

    def get(self, path: str, **params: Any) -> httpx.Response:
        """Sends a GET to Personio's employees."""
        if not self.headers:
            self.sign_in()
        return self.http.get(f"/v1/company/employees{path}", params=params, headers=self.headers)

    def everyone(self) -> list[dict[str, Any]]:
        """Returns the attributes of all employees."""
        people: list[dict[str, Any]] = []
        while True:
            answer = self.get("", limit=100, offset=len(people)).json()
            people += [person["attributes"] for person in answer["data"]]
            if len(people) >= answer["metadata"]["total_elements"] or not answer["data"]:
                return people

    def scim(self, method: str, path: str, body: Any = None, **options: Any) -> httpx.Response:
        """Sends a request to the SCIM server."""
        headers = {"Authorization": f"Bearer {self.at.scim_token}", **options.pop("headers", {})}
        return self.http.request(method, f"{self.at.scim_url}{path}", json=body, headers=headers, **options)


@pytest.fixture(scope="session")
def stopping() -> Iterator[list[Thread]]:
    """Yields a list of threads that stop sandboxes while the next tests run: uvicorn needs 0.2 s to stop."""
    threads: list[Thread] = []
    yield threads
    for thread in threads:
        thread.join()


@pytest.fixture
def visit(stopping: list[Thread]) -> Iterator[Callable[..., Visit]]:
    def stop(sandbox: Sandbox) -> None:
        stopping.append(Thread(target=sandbox.stop))
        stopping[-1].start()

    with ExitStack() as stack:

        def start(scenario: str = "selective", people: int = 34, **options: Any) -> Visit:
            options.setdefault("limits", False)
            sandbox = Sandbox(scenario, people, **options)
            sandbox.start()
            stack.callback(stop, sandbox)
            # verify=False only saves loading certificates; the sandbox uses http
            address = sandbox.addresses.personio_base_url
            http = stack.enter_context(httpx.Client(base_url=address, trust_env=False, verify=False))
            return Visit(sandbox, http)

        yield start
