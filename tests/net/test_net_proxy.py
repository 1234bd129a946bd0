"""The choice of a proxy, the same for all clients."""

from __future__ import annotations

import pytest
from served import Answer, Server

from alleo_onboard.domain.errors import Usage
from alleo_onboard.net.http import Ask, Http
from alleo_onboard.net.proxy import proxy_for

PROXY = "http://proxy.example:3128"


@pytest.fixture(autouse=True)
def environment(monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy", "ftp_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    return monkeypatch


def through(url: str) -> str | None:
    proxy = proxy_for(url)
    return proxy.address if proxy else None


@pytest.mark.parametrize(
    ("entry", "url"),
    [
        ("alleo.example", "https://alleo.example/scim"),
        ("alleo.example", "https://a.b.alleo.example"),
        (".alleo.example", "https://alleo.example"),
        ("*.alleo.example", "https://x.alleo.example"),
        ("ALLEO.example", "https://alleo.EXAMPLE"),
        ("alleo.example:443", "https://alleo.example"),
        ("alleo.example:8443", "https://alleo.example:8443"),
        ("other.example, alleo.example", "https://alleo.example"),
        ("other.example alleo.example", "https://alleo.example"),
        ("10.0.0.0/8", "https://10.1.2.3"),
        ("10.1.2.3", "https://10.1.2.3:8443"),
        ("[2001:db8::1]", "https://[2001:db8::1]"),
        ("2001:db8::/32", "https://[2001:db8::7]:8443"),
        ("*", "https://alleo.example"),
        ("[::1],alleo.example", "https://alleo.example"),
        ("alleo.example", "https://alleo.example."),
    ],
)
def test_an_exception_is_kept_to(environment, entry, url):
    environment.setenv("https_proxy", PROXY)
    environment.setenv("no_proxy", entry)
    assert through(url) is None


@pytest.mark.parametrize(
    "entry",
    ["[::1]", "lleo.example", "alleo.example:8443", "[", "]:x", "http://", ",,", "10.0.0.0/8", "::/0/1", "alleo", "[::1]:80", "99999999"],
)  # fmt: skip
def test_what_means_another_host_or_nothing_changes_nothing(environment, entry):
    environment.setenv("https_proxy", PROXY)
    environment.setenv("no_proxy", entry)
    assert through("https://alleo.example") == PROXY


@pytest.mark.parametrize("name", ["http_proxy", "https_proxy", "all_proxy"])
@pytest.mark.parametrize("url", ["http://127.0.0.1:8", "http://localhost:8", "http://[::1]:8", "https://127.9.9.9"])
def test_never_for_this_machine_whatever_stands_there(environment, name, url):
    environment.setenv(name, "socks5://nonsense:99999")
    assert through(url) is None


@pytest.mark.parametrize("useless", ["socks5://proxy:1", "ftp://proxy:1", "http://", "http://proxy:port", "proxy:99999999", "http://[::1"])  # fmt: skip
def test_a_proxy_that_a_host_does_not_need_is_not_looked_at(environment, useless):
    environment.setenv("http_proxy", useless)
    environment.setenv("https_proxy", PROXY)
    assert through("https://alleo.example") == PROXY
    environment.setenv("https_proxy", useless)
    with pytest.raises(Usage, match="prox"):
        proxy_for("https://alleo.example")


def test_a_password_of_the_proxy_is_in_no_repr(environment):
    environment.setenv("https_proxy", "http://us%40er:can%41ry@proxy.example:3128")
    proxy = proxy_for("https://alleo.example")
    assert proxy.sign_in[0] == "us@er"
    assert proxy.sign_in[1].reveal() == "canAry"
    assert "canAry" not in repr(proxy)
    assert proxy.host == "proxy.example:3128"


@pytest.mark.parametrize("no_proxy", ["", "[::1]", "[", "::1/x"])
async def test_a_client_reaches_this_machine_with_any_of_that(environment, no_proxy):
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        environment.setenv(name, "socks5://127.0.0.1:1")
    environment.setenv("NO_PROXY", no_proxy)
    async with Server(lambda _request: Answer(204)) as server, Http(server.url) as client:
        assert (await client.reply(Ask("GET", "/"))).status == 204
