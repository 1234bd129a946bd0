"""Refusals: told apart, never retried, with a sentence on what to do."""

from __future__ import annotations

import pytest
from misbehaving import (
    ATTRIBUTES,
    AUTH,
    EMPLOYEES,
    FORBIDDEN,
    INVALID_TOKEN,
    SECRET,
    Answer,
    Server,
    Tenant,
    client,
    failure,
    people,
)

from alleo_onboard.domain.errors import CredentialRejected, EmployeesNotReadable, Trouble, Unreachable, Usage

KEYS = {"email": "email"}


async def refused(tenant, error: type[Trouble]) -> str:
    async with Server(tenant) as server, client(server.url) as personio:
        with pytest.raises(error) as caught:
            await personio.employees(KEYS)
    assert type(caught.value) is error
    said = str(caught.value)
    assert SECRET not in said
    assert "papi-token" not in said
    assert caught.value.__cause__ is None
    return said


@pytest.mark.parametrize(
    "answer",
    [
        failure(403, 0, "Wrong credentials"),
        failure(401, 0, f"Wrong credentials {SECRET}"),
        failure(400, 400, "The client id field is required."),
        failure(200, 0, "Wrong credentials"),
        Answer(403, b"<html>no</html>"),
    ],
)
async def test_a_rejected_sign_in_is_asked_once(answer):
    tenant = Tenant()
    tenant.script[AUTH].append(answer)
    said = await refused(tenant, CredentialRejected)
    assert "does not accept this client id and client secret" in said
    assert len(tenant.requests) == 1


async def test_a_missing_right_says_which_right():
    tenant = Tenant()
    tenant.script[EMPLOYEES].append(FORBIDDEN)
    assert "may not read employees" in await refused(tenant, EmployeesNotReadable)
    assert [r.path for r in tenant.requests] == [AUTH, EMPLOYEES]


async def test_a_missing_right_that_comes_with_status_200():
    tenant = Tenant()
    tenant.script[EMPLOYEES].append(failure(200, 0, "personio.core.api.exceptions.api.forbidden.http.exception"))
    await refused(tenant, EmployeesNotReadable)


async def test_the_listing_of_attributes_needs_the_same_right():
    tenant = Tenant()
    tenant.script[ATTRIBUTES].append(FORBIDDEN)
    async with Server(tenant) as server, client(server.url) as personio:
        with pytest.raises(EmployeesNotReadable):
            await personio.attributes()


@pytest.mark.parametrize("doubt", [INVALID_TOKEN, failure(401, 401, "The token has been blacklisted")])
async def test_a_token_that_ends_while_reading_is_renewed_once_for_all_requests(doubt):
    tenant = Tenant(people(900), tokens=["second"], sign_in={"token": "second"})
    tenant.script[AUTH].append(Answer(body={"success": True, "data": {"token": "first"}}))
    tenant.script[EMPLOYEES].append(Answer(body=tenant.answer(tenant.people[:100])))
    tenant.script[EMPLOYEES].append(doubt)
    async with Server(tenant) as server, client(server.url) as personio:
        found = await personio.employees(KEYS)
    assert found.complete
    assert len(found.employees) == 900
    assert len(tenant.seen(AUTH)) == 2


async def test_a_token_that_is_never_good_ends_after_one_renewal():
    tenant = Tenant(people(3), tokens=[])
    assert "not the token" in await refused(tenant, CredentialRejected)
    assert [r.path for r in tenant.requests] == [AUTH, EMPLOYEES, AUTH, EMPLOYEES]


async def test_403_in_unknown_words_of_personio_is_a_missing_right():
    tenant = Tenant()
    tenant.script[EMPLOYEES].extend([failure(403, 0, "Zugriff verweigert")] * 2)
    assert "Zugriff verweigert" in await refused(tenant, EmployeesNotReadable)


async def test_403_by_somebody_else_names_proxy_and_firewall():
    tenant = Tenant()
    tenant.script[EMPLOYEES].extend([Answer(403, b"<html>blocked</html>")] * 2)
    assert "proxy or firewall" in await refused(tenant, Unreachable)


@pytest.mark.parametrize("path", [AUTH, EMPLOYEES])
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_redirects_are_not_followed(status, path):
    elsewhere = Tenant()
    tenant = Tenant()
    async with Server(elsewhere) as other:
        location = ("Location", f"{other.url}{path}")
        tenant.script[path].append(Answer(status, b"", (location,)))
        said = await refused(tenant, Unreachable)
        assert other.url.removeprefix("http://") in said
    assert elsewhere.requests == []
    assert len(tenant.seen(path)) == 1


async def test_a_redirect_to_what_is_no_address():
    tenant = Tenant()
    tenant.script[EMPLOYEES].append(Answer(302, b"", (("Location", "//["),)))
    assert "//[" in await refused(tenant, Unreachable)


@pytest.mark.parametrize("status", [404, 405, 422, 204, 302])
async def test_an_answer_that_will_not_change_is_not_asked_for_again(status):
    tenant = Tenant()
    tenant.script[EMPLOYEES].append(Answer(status))
    assert str(status) in await refused(tenant, Unreachable)
    assert len(tenant.seen(EMPLOYEES)) == 1


@pytest.mark.parametrize("token", ["", None, 5, "a\r\nX: y", "ü"])
async def test_a_token_that_cannot_be_one_is_no_sign_in(token):
    await refused(Tenant(sign_in={"token": token}), Unreachable)


@pytest.mark.parametrize("url", ["http://api.personio.de", "ftp://127.0.0.1", "api.personio.de", ""])
def test_an_address_without_tls_is_not_used(url):
    with pytest.raises(Usage):
        client(url)


def test_a_certificate_file_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(Usage, match=r"nowhere\.pem"):
        client("https://api.personio.de", ca_file=str(tmp_path / "nowhere.pem"))


async def test_the_most_talkative_log_holds_neither_secret_nor_token(caplog):
    caplog.set_level("DEBUG")
    tenant = Tenant(people(150))
    tenant.script[EMPLOYEES].append(failure(503, 0, "busy"))
    async with Server(tenant) as server, client(server.url) as personio:
        assert (await personio.employees(KEYS)).complete
        assert SECRET not in repr(personio) + repr(vars(personio))
    assert SECRET not in caplog.text
    assert "papi-token" not in caplog.text


async def test_a_token_that_ends_twice_in_a_long_read_is_renewed_twice():
    tenant = Tenant(people(900))
    tokens = iter(["first", "second", "third", "fourth"])

    def ageing(request):
        if request.path == AUTH:
            tenant.sign_in = {"token": next(tokens)}
            tenant.tokens = [tenant.sign_in["token"]]
        if request.path == EMPLOYEES and request.number("offset") in (300, 600) and request.target not in ended:
            ended.add(request.target)
            tenant.tokens = []
        return tenant(request)

    ended = set()
    async with Server(ageing) as server, client(server.url, concurrency=1) as personio:
        assert (await personio.employees(KEYS)).complete
    assert len(tenant.seen(AUTH)) == 3


async def test_a_page_that_is_refused_whatever_the_token_ends_the_read():
    tenant = Tenant(people(900))

    def shut(request):
        if request.path == EMPLOYEES and request.number("offset") == 300:
            tenant.requests.append(request)
            return INVALID_TOKEN
        return tenant(request)

    async with Server(shut) as server, client(server.url) as personio:
        with pytest.raises(CredentialRejected, match="not the token"):
            await personio.employees(KEYS)
    assert len(tenant.seen(AUTH)) <= 3
