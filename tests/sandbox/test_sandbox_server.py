"""Starting and stopping the sandbox, its ports and addresses."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from alleo_onboard.sandbox.server import PortTakenError, Sandbox


def test_environment_and_addresses(visit):
    v = visit()
    assert v.at.environment() == {
        "PERSONIO_CLIENT_ID": v.at.client_id,
        "PERSONIO_CLIENT_SECRET": v.at.client_secret,
        "PERSONIO_BASE_URL": v.at.personio_base_url,
        "ALLEO_SCIM_URL": v.at.scim_url,
        "ALLEO_SCIM_TOKEN": v.at.scim_token,
    }
    assert v.at.personio_base_url.startswith("http://127.0.0.1:")
    assert v.at.client_secret not in repr(v.at)


def test_stop_ends_the_thread_and_frees_the_port():
    sandbox = Sandbox(people=1)
    with pytest.raises(RuntimeError):
        _ = sandbox.addresses
    address = sandbox.start().personio_base_url
    started = sandbox._thread
    assert started in threading.enumerate()
    assert sandbox.start().personio_base_url == address
    with urlopen(address) as page:
        assert b"Sandbox Personio" in page.read()
    sandbox.stop()
    sandbox.stop()
    assert started not in threading.enumerate()
    with pytest.raises(URLError):
        urlopen(address)
    with Sandbox(people=1, port=int(address.rpartition(":")[2])) as again:
        assert again.addresses.personio_base_url == address


def test_a_taken_port_is_said_plainly():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortTakenError, match=f"Port {port} cannot be used"):
            Sandbox(people=1, port=port).start()


def test_unknown_scenario():
    with pytest.raises(KeyError):
        Sandbox("nothing")


@pytest.mark.skipif(os.name == "nt", reason="signals differ there")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_serve_forever_ends_on_a_signal(number):
    code = (
        "from alleo_onboard.sandbox.server import serve_forever;"
        "serve_forever('ready', 2, 0, lambda at: print(at.personio_base_url, flush=True)); print('stopped')"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        with urlopen(address) as page:
            assert page.status == 200
        process.send_signal(number)
        assert process.stdout.read().strip() == "stopped"
        assert process.wait(10) == 0


def test_it_listens_on_no_other_address_than_loopback():
    with Sandbox(people=1) as sandbox:
        port = int(sandbox.addresses.personio_base_url.rpartition(":")[2])
        for other in {"127.0.0.2", *_own_addresses()}:
            with pytest.raises(OSError):
                socket.create_connection((other, port), timeout=2)


def _own_addresses() -> set[str]:
    """Returns the network addresses that this machine finds by its own name."""
    try:
        found = {str(one[4][0]) for one in socket.getaddrinfo(socket.gethostname(), None)}
    except OSError:
        return set()
    return {address for address in found if address not in ("127.0.0.1", "::1")}
