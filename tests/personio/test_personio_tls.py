"""Trusted certificates, and connections through a proxy."""

from __future__ import annotations

import asyncio
import datetime as dt
import ipaddress
import ssl

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from misbehaving import EMPLOYEES, Server, Tenant, client, people

from alleo_onboard.domain.errors import Unreachable, Usage
from alleo_onboard.net.failure import no_answer

KEYS = {"email": "email"}


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _certificate(subject, issuer, key, signer, *, ca):
    now = dt.datetime.now(dt.UTC)
    identifier = x509.SubjectKeyIdentifier.from_public_key
    names = [x509.IPAddress(ipaddress.ip_address("127.0.0.1")), x509.DNSName("personio.example")]
    builder = (
        x509.CertificateBuilder(_name(issuer), _name(subject), key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(identifier(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
    )
    if not ca:
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
    return builder.sign(signer, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    """Returns a private certificate authority's file, and a server context with a certificate of it."""
    folder = tmp_path_factory.mktemp("authority")
    root, leaf = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    (folder / "ca.pem").write_bytes(_certificate("Company CA", "Company CA", root, root, ca=True))
    (folder / "server.pem").write_bytes(_certificate("server", "Company CA", leaf, root, ca=False))
    none = serialization.NoEncryption()
    pem = leaf.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, none)
    (folder / "key.pem").write_bytes(pem)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem", folder / "key.pem")
    return folder / "ca.pem", context


async def test_an_unknown_authority_is_refused_at_once_with_the_way_out(authority):
    tenant, events = Tenant(people(3)), []
    async with Server(tenant, authority[1]) as server, client(server.url, notify=events.append) as personio:
        with pytest.raises(Unreachable, match=r"does not trust the certificate of 127\.0\.0\.1.*--ca-file"):
            await personio.sign_in()
    assert tenant.requests == []
    assert events == []


async def test_the_companys_authority_is_accepted_when_its_file_is_named(authority):
    ca_file = str(authority[0])
    async with Server(Tenant(people(3)), authority[1]) as server, client(server.url, ca_file=ca_file) as personio:
        assert (await personio.employees(KEYS)).complete


async def test_a_certificate_for_another_host_is_refused_although_the_authority_is_known(authority):
    async with Server(Tenant(), authority[1]) as server:
        url = server.url.replace("127.0.0.1", "localhost")
        async with client(url, ca_file=str(authority[0])) as personio:
            with pytest.raises(Unreachable, match="does not trust the certificate of localhost"):
                await personio.sign_in()


async def test_a_server_that_speaks_no_tls_is_said_so():
    async def plain_http(reader, writer):
        await reader.read(1)
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(plain_http, "127.0.0.1", 0)
    async with server, client(f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}") as personio:
        with pytest.raises(Unreachable, match="No secure connection"):
            await personio.sign_in()


def test_a_slow_handshake_is_worth_another_try():
    error = httpx.ConnectTimeout("")
    error.__context__ = ssl.SSLWantReadError("The operation did not complete (read)")
    failure = no_answer(error, "personio.example")
    assert not failure.final
    assert failure.sentence.startswith("personio.example cannot be connected to.")


class Proxy:
    """A proxy on localhost that answers CONNECT; it refuses when `status` is not 200."""

    def __init__(self, target: str, status: int = 200) -> None:
        self._port, self._status = int(target.rpartition(":")[2]), status
        self.heads: list[str] = []

    async def __aenter__(self):
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *_):
        self._server.close()

    async def _serve(self, reader, writer):
        self.heads.append((await reader.readuntil(b"\r\n\r\n")).decode())
        writer.write(f"HTTP/1.1 {self._status} Proxy says\r\n\r\n".encode())
        if self._status == 200:
            inner_reader, inner_writer = await asyncio.open_connection("127.0.0.1", self._port)
            await asyncio.gather(_copy(reader, inner_writer), _copy(inner_reader, writer))
        writer.close()


async def _copy(reader, writer):
    while data := await reader.read(65536):
        writer.write(data)
    writer.close()


@pytest.fixture
def no_proxy_settings(monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    return monkeypatch


async def test_the_environments_proxy_is_used_and_sees_neither_credential_nor_people(authority, no_proxy_settings):
    tenant = Tenant(people(250))
    async with Server(tenant, authority[1]) as server, Proxy(server.url) as proxy:
        no_proxy_settings.setenv("https_proxy", proxy.url)
        async with client("https://personio.example", ca_file=str(authority[0])) as personio:
            assert (await personio.employees(KEYS)).complete
    assert len(tenant.seen(EMPLOYEES)) == 3
    assert all(head.startswith("CONNECT personio.example:443 ") for head in proxy.heads)
    assert not [head for head in proxy.heads if "papi" in head]


async def test_a_proxy_that_refuses_is_named(no_proxy_settings):
    async with Proxy("http://127.0.0.1:1", 407) as proxy:
        no_proxy_settings.setenv("https_proxy", proxy.url.replace("http://", "http://user:hidden@"))
        async with client("https://personio.example") as personio:
            with pytest.raises(Unreachable, match=r"The proxy 127\.0\.0\.1:\d+ did not let.*407") as caught:
                await personio.sign_in()
    assert "hidden" not in str(caught.value)
    assert len(proxy.heads) == 1


async def test_loopback_never_goes_through_a_proxy(no_proxy_settings):
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        no_proxy_settings.setenv(name, "http://127.0.0.1:1")
    async with Server(Tenant(people(3))) as server, client(server.url) as personio:
        assert (await personio.employees(KEYS)).complete


@pytest.mark.parametrize("proxy", ["ftp://proxy:1", "quic://127.0.0.1:1"])
def test_a_proxy_that_cannot_be_used_is_a_setting_to_mend(proxy, no_proxy_settings):
    no_proxy_settings.setenv("https_proxy", proxy)
    with pytest.raises(Usage, match="prox"):
        client("https://personio.example")


async def test_a_name_that_does_not_exist_is_named(no_proxy_settings):
    async with client("https://personio.invalid") as personio:
        with pytest.raises(Unreachable, match=r"personio\.invalid cannot be looked up"):
            await personio.sign_in()
