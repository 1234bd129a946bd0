"""The client with the simulator; both were written separately from the same description."""

from __future__ import annotations

import pytest
from misbehaving import Time

from alleo_onboard.domain.errors import CredentialRejected
from alleo_onboard.domain.progress import Waiting
from alleo_onboard.domain.readiness import examine
from alleo_onboard.domain.secret import Secret
from alleo_onboard.net.patience import Patience
from alleo_onboard.personio.client import PersonioClient
from alleo_onboard.personio.pace import UNLIMITED
from alleo_onboard.sandbox.server import Sandbox


def _client(addresses, secret=None, **more):
    more.setdefault("patience", Patience(clock=Time().clock))
    url, given = addresses.personio_base_url, secret or addresses.client_secret
    given = given if isinstance(given, Secret) else Secret(given)
    return PersonioClient(url, addresses.client_id, given, pace=UNLIMITED, **more)


@pytest.mark.parametrize("scenario", ["ready", "selective", "forgotten-attributes", "messy-data", "over-privileged"])
async def test_everybody_is_read_in_each_scenario(scenario):
    with Sandbox(scenario=scenario, people=234, limits=False) as sandbox:
        async with _client(sandbox.addresses) as personio:
            scopes = await personio.sign_in()
            source = examine(await personio.attributes(), scopes, None)
            found = await personio.employees(source.keys)
            assert await personio.count() == found.stated
    assert found.complete
    assert "employees:read" in scopes
    assert len(found.employees) == found.stated >= 234
    assert any(e.department for e in found.employees) == ("department" in source.readable)
    assert any(e.birthday for e in found.employees) == ("birthday" in source.readable)


async def test_the_flaky_one_is_outlasted():
    events = []
    with Sandbox(scenario="flaky", people=534, limits=False) as sandbox:
        async with _client(sandbox.addresses, notify=events.append) as personio:
            source = examine(await personio.attributes(), await personio.sign_in(), None)
            found = await personio.employees(source.keys)
    assert found.complete
    assert [e for e in events if isinstance(e, Waiting)]


async def test_a_wrong_secret_is_rejected():
    with Sandbox(people=3, limits=False) as sandbox:
        async with _client(sandbox.addresses, "papi-wrong") as personio:
            with pytest.raises(CredentialRejected, match="Wrong credentials") as caught:
                await personio.sign_in()
    assert "papi-wrong" not in str(caught.value)
