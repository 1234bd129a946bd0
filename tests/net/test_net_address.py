"""Which addresses a client may connect to."""

import pytest

from alleo_onboard.domain.errors import Usage
from alleo_onboard.net.address import checked_url, host_of, is_loopback


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST", "127.0.0.1", "127.8.9.10", "::1", "[::1]"])
def test_this_machine(host):
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host",
    ["", "localhost.example.com", "128.0.0.1", "0.0.0.0", "10.0.0.1", "127.0.0.1.nip.io", "2130706433", "::", "127.1"],
)
def test_another_machine(host):
    assert not is_loopback(host)


@pytest.mark.parametrize(
    ("url", "checked"),
    [
        ("https://api.personio.de", "https://api.personio.de"),
        (" https://api.personio.de// ", "https://api.personio.de"),
        ("https://alleo.example/scim/v2/", "https://alleo.example/scim/v2"),
        ("http://127.0.0.1:8123", "http://127.0.0.1:8123"),
        ("http://[::1]:8123/", "http://[::1]:8123"),
        ("http://localhost", "http://localhost"),
    ],
)
def test_usable(url, checked):
    assert checked_url(url) == checked


@pytest.mark.parametrize(
    "url",
    [
        "",
        "api.personio.de",
        "//api.personio.de",
        "https://",
        "ftp://127.0.0.1",
        "file:///etc/passwd",
        "http://api.personio.de",
        "http://127.0.0.1.example.com",
        "http://localhost@evil.example",
        "https://user:canary@api.personio.de",
        "https://api.personio.de?client_secret=canary",
        "https://api.personio.de#canary",
        "https://api.personio.de:port",
        "https://[::1",
        "https://api.personio.de/a b",
        "https://api.personio.de/\x1b[31m",
    ],
)
def test_not_usable(url):
    with pytest.raises(Usage) as caught:
        checked_url(url)
    assert "canary" not in str(caught.value)
    assert "\x1b" not in str(caught.value)


def test_what_a_sentence_names():
    assert host_of("https://user:pw@alleo.example:8443/scim") == "alleo.example:8443"
