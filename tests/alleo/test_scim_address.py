"""Addresses, secrets and descriptions of SCIM servers: other servers are not accepted as one."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from rough_scim import Rough, person

from alleo_onboard.alleo.scim.settings import ScimSettings
from alleo_onboard.domain.errors import DeliveryRefused, Unreachable, Usage
from alleo_onboard.domain.progress import Waiting, Why
from alleo_onboard.net.patience import Patience

CORE_THREE = frozenset({"email", "first_name", "last_name"})
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
HTML = b"<html><title>Welcome</title></html>"


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ((200, "text/html", HTML), "does not answer as a SCIM server"),
        ((404, "text/html", HTML), "usually ends in /scim/v2"),
        ((200, "application/json", b'{"hello": "world"}'), "does not answer as a SCIM server"),
        ((302, "text/html", b""), "elsewhere.example"),
        ((403, "application/json", b"{}"), "403"),
    ],
)
async def test_what_is_no_open_scim_server_is_refused(deliveries, answer, says):
    with Rough(users=answer) as rough:
        async with deliveries.to(rough) as delivery:
            with pytest.raises(DeliveryRefused, match=says):
                await delivery.open(frozenset())
        assert len(rough.seen) == 1


async def test_an_echoed_token_is_not_shown(deliveries):
    with Rough() as rough:
        async with deliveries.to(rough, "canary-5e") as delivery:
            with pytest.raises(DeliveryRefused) as refused:
                await delivery.open(frozenset())
    assert "canary" not in repr(refused.value)


@pytest.mark.parametrize("url", ["", "  ", "http://scim.example.com/v2", "scim.example.com", "https://u:p@example.com"])
async def test_an_address_that_cannot_be_used_is_a_usage_error(deliveries, url):
    with pytest.raises(Usage):
        await deliveries.to(ScimSettings(url)).open(frozenset())


@pytest.mark.parametrize("secret", ["", "line\x00break"])
async def test_a_secret_that_cannot_be_sent_is_a_usage_error(deliveries, secret):
    with pytest.raises(Usage) as wrong:
        await deliveries.to(ScimSettings("https://scim.example.com"), secret).open(frozenset())
    assert "line" not in str(wrong.value)


async def test_nobody_there_is_unreachable_and_was_waited_for(deliveries):
    with Rough() as rough:
        settings = ScimSettings(rough.url)
    async with deliveries.to(settings) as delivery:
        with pytest.raises(Unreachable, match=r"cannot be connected to.*5 times"):
            await delivery.open(frozenset())
    assert {w.why for w in deliveries.told(Waiting)} == {Why.CONNECTION}
    assert len(deliveries.told(Waiting)) == Patience().attempts - 1


async def test_the_address_may_be_that_of_the_users(deliveries):
    with Rough() as rough:
        async with deliveries.to(ScimSettings(f"{rough.url}/Users/")) as delivery:
            assert (await delivery.open(frozenset())).address == rough.url


@pytest.mark.parametrize(
    "discovery",
    [None, {"Schemas": "<html>", "ServiceProviderConfig": [1]}, {"Schemas": {"Resources": [7, {"id": None}]}}],
)
async def test_without_a_description_only_core_fields_are_carried(deliveries, discovery):
    with Rough(discovery=discovery) as rough:
        async with deliveries.to(rough) as delivery:
            report = await delivery.open(frozenset({"department", "birthday"}))
    assert (report.carries, report.unknown) == (CORE_THREE, True)


async def test_an_account_that_has_a_department_shows_that_it_is_kept(deliveries):
    with Rough([person(1, **{ENTERPRISE: {"department": "Sales"}})]) as rough:
        async with deliveries.to(rough) as delivery:
            report = await delivery.open(frozenset())
            (account,) = await delivery.accounts()
    assert (report.carries, report.unknown) == (CORE_THREE | {"department"}, True)
    assert account.department == "Sales"


async def test_a_largest_page_is_kept_to(deliveries):
    config = {"filter": {"supported": True, "maxResults": 7}}
    with Rough([person(n) for n in range(20)], discovery={"ServiceProviderConfig": config}) as rough:
        assert len(await deliveries.read(rough)) == 20
        asked = [parse_qs(urlsplit(path).query) for path, _ in rough.sent("GET") if "Users" in path][1:]
    assert [q["count"] for q in asked] == [["7"]] * 3
    assert {q["startIndex"][0] for q in asked} == {"1", "8", "15"}


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Returns a file with an untrusted certificate for 127.0.0.1 and its key."""
    if not shutil.which("openssl"):
        pytest.skip("openssl makes the certificate")
    file = tmp_path_factory.mktemp("tls") / "own.pem"
    kind = ["-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    name = ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(file), "-out", f"{file}.crt"]
    subprocess.run(["openssl", "req", "-x509", *kind, *name], check=True, capture_output=True)
    file.write_text(file.read_text() + Path(f"{file}.crt").read_text())
    return str(file)


async def test_a_certificate_nobody_vouches_for_is_named_at_once(deliveries, certificate):
    with Rough(certificate=certificate) as rough:
        async with deliveries.to(rough) as delivery:
            with pytest.raises(Unreachable, match=r"does not trust.*--ca-file"):
                await delivery.open(frozenset())
        assert deliveries.events == rough.seen == []


async def test_a_certificate_file_of_the_company_is_trusted(deliveries, certificate):
    with Rough([person(1)], certificate=certificate) as rough:
        async with deliveries.to(rough, ca_file=f"{certificate}.crt") as delivery:
            await delivery.open(frozenset())
            assert len(await delivery.accounts()) == 1
