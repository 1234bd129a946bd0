"""The SCIM delivery on scim2-server, which others wrote: values are read back, other accounts stay unchanged."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from thorough import examples

from alleo_onboard.alleo.scim.delivery import ScimDelivery
from alleo_onboard.alleo.scim.settings import ScimSettings, SignIn
from alleo_onboard.domain.account import Account
from alleo_onboard.domain.change import Kind
from alleo_onboard.domain.errors import DeliveryRefused
from alleo_onboard.domain.progress import AccountsRead, SignedIn, System, Waiting, Why
from alleo_onboard.domain.secret import Secret
from alleo_onboard.sandbox.scim_schema import ALLEO, CORE, ENTERPRISE
from alleo_onboard.sandbox.server import Sandbox

WANTED = frozenset({"email", "department", "birthday", "work_anniversary", "alleo_monthly_all_budget", "unheard_of"})
CORE_THREE = frozenset({"email", "first_name", "last_name"})


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with Sandbox(scenario="selective", people=3, limits=False) as sandbox:
        yield sandbox


def at(box: Sandbox, sign_in: SignIn = SignIn.BEARER) -> tuple[ScimSettings, str]:
    a = box.addresses
    return {
        SignIn.BEARER: (ScimSettings(a.scim_url), a.scim_token),
        SignIn.BASIC: (ScimSettings(a.scim_url, sign_in, client_id=a.basic_user), a.basic_password),
        SignIn.OAUTH2: (ScimSettings(a.scim_url, sign_in, a.token_url, a.alleo_client_id), a.alleo_client_secret),
    }[sign_in]


def resource(number: int, **more) -> dict:
    email = f"p{number}@example.com"
    return {
        "schemas": [CORE],
        "userName": email,
        "name": {"givenName": "Anna", "familyName": f"Nr {number}"},
        "emails": [{"value": email, "type": "work", "primary": True}],
        "active": True,
        **more,
    }


@pytest.mark.parametrize("sign_in", list(SignIn))
async def test_every_sign_in_opens_and_finds_what_can_be_carried(box, deliveries, sign_in):
    async with deliveries.to(*at(box, sign_in)) as delivery:
        report = await delivery.open(WANTED)
    assert report.carries == CORE_THREE | (WANTED - {"unheard_of"})
    assert (report.unknown, report.address) == (False, box.addresses.scim_url)
    assert deliveries.events == [SignedIn(System.ALLEO)]


@pytest.mark.parametrize("sign_in", list(SignIn))
async def test_a_wrong_secret_is_refused_and_shown_nowhere(box, deliveries, sign_in):
    settings, _secret = at(box, sign_in)
    async with deliveries.to(settings, "canary-9d1c") as delivery:
        with pytest.raises(DeliveryRefused) as refused:
            await delivery.open(WANTED)
        assert "canary" not in f"{refused.value!r} {delivery!r} {vars(delivery)} {deliveries.events}"
        assert "127.0.0.1" in str(refused.value)


async def test_a_new_account_is_one_request_and_reads_back_as_sent(box, deliveries, onboard):
    values = {
        "department": "Sales & Müller",
        "birthday": "1990-02-28",
        "work_anniversary": "2020-01-01",
        "alleo_monthly_all_budget": "100.10",
    }
    async with deliveries.to(*at(box)) as delivery:
        await delivery.open(WANTED)
        assert await delivery.accounts() == ()
        box.scim.counts.clear()
        outcome = await delivery.apply(onboard(7, **values))
        assert (outcome.status, outcome.error, dict(box.scim.counts)) == (201, "", {"POST": 1})
        (account,) = await delivery.accounts()
    department = values.pop("department")
    assert account == Account(
        outcome.account_id, "7", "p7@example.com", "Anna", "Nr 7", active=True, department=department, extras=values
    )
    assert Decimal(str(box.scim.account("7")[ALLEO]["alleo_monthly_all_budget"])) == Decimal("100.10")


async def test_fields_without_a_place_are_left_out(box, deliveries, onboard, alter):
    async with deliveries.to(*at(box)) as delivery:
        await delivery.open(frozenset())
        made = await delivery.apply(onboard(7, birthday="1990-02-28", alleo_monthly_all_budget="1.00"))
        changed = await delivery.apply(alter(Kind.UPDATE, made.account_id, birthday="1991-01-01"))
    assert (made.error, changed.error, ALLEO in box.scim.account("7")) == ("", "", False)
    assert box.scim.counts["PATCH"] == 0


async def test_updates_change_set_clear_and_leave_the_rest(box, deliveries, alter):
    mine, other = box.scim.add(
        resource(
            1, externalId="1", schemas=[CORE, ENTERPRISE], **{ENTERPRISE: {"department": "Old", "costCenter": "9"}}
        ),
        resource(2),
    )
    before = box.scim.accounts[1]
    async with deliveries.to(*at(box)) as delivery:
        await delivery.open(WANTED)
        new = {"email": "new@example.com", "first_name": "Änna", "department": None, "alleo_monthly_all_budget": "0.50"}
        assert (await delivery.apply(alter(Kind.UPDATE, mine, birthday="2000-01-31", **new))).error == ""
    held = box.scim.account("1")
    assert (held["userName"], held["name"]) == ("new@example.com", {"givenName": "Änna", "familyName": "Nr 1"})
    assert held["emails"] == [{"value": "new@example.com", "type": "work", "primary": True}]
    assert held[ENTERPRISE] == {"costCenter": "9"}
    assert held[ALLEO] == {"birthday": "2000-01-31", "alleo_monthly_all_budget": 0.5}
    assert box.scim.accounts[1] == before
    assert other == before["id"]


async def test_link_onboards_nobody_and_mends_an_account_without_a_work_address(box, deliveries, alter):
    bare = resource(4, active=False)
    del bare["emails"]
    (identity,) = box.scim.add(bare)
    async with deliveries.to(*at(box)) as delivery:
        await delivery.open(WANTED)
        (account,) = await delivery.accounts()
        assert (account.email, account.active, account.external_id) == ("p4@example.com", False, "")
        link = alter(Kind.LINK, identity, 44, external_id="44", active=True, email="p44@example.com")
        assert (await delivery.apply(link)).error == ""
    held = box.scim.account("44")
    assert (held["active"], held["userName"], held["emails"][0]["value"]) == (
        True,
        "p44@example.com",
        "p44@example.com",
    )
    assert box.scim.counts["POST"] == 0


async def test_offboarding_switches_off_and_deletes_nothing(box, deliveries, alter):
    (identity,) = box.scim.add(resource(1, externalId="1"))
    async with deliveries.to(*at(box)) as delivery:
        await delivery.open(WANTED)
        assert (await delivery.apply(alter(Kind.OFFBOARD, identity, active=False))).error == ""
        assert box.scim.account("1")["active"] is False
        assert (await delivery.apply(alter(Kind.REACTIVATE, identity, active=True))).error == ""
        assert box.scim.account("1")["active"] is True
    assert set(box.scim.counts) == {"GET", "PATCH"}


async def test_a_long_list_is_read_completely(box, deliveries):
    box.scim.add(*(resource(n) for n in range(457)))
    async with deliveries.to(*at(box)) as delivery:
        await delivery.open(WANTED)
        accounts = await delivery.accounts()
    assert {a.email for a in accounts} == {f"p{n}@example.com" for n in range(457)}
    assert deliveries.told(AccountsRead)[-1] == AccountsRead(457, 457)


@pytest.mark.parametrize(("trouble", "why"), [("lost", Why.CONNECTION), ("500", Why.SERVER_ERROR)])
async def test_an_open_answer_to_a_new_account_never_makes_two(box, deliveries, onboard, trouble, why):
    async with deliveries.to(*at(box)) as delivery:
        await delivery.open(WANTED)
        await delivery.accounts()
        box.scim.lose_answer() if trouble == "lost" else box.scim.fail(500)
        outcome = await delivery.apply(onboard(2))
    assert outcome.error == ""
    assert [(a["externalId"], a["id"]) for a in box.scim.accounts] == [("2", outcome.account_id)]
    assert [w.why for w in deliveries.told(Waiting)] == [why]


async def test_a_change_is_repeated_until_it_is_answered(box, deliveries, alter):
    (identity,) = box.scim.add(resource(1, externalId="1"))
    async with deliveries.to(*at(box)) as delivery:
        await delivery.open(WANTED)
        box.scim.lose_answer()
        box.scim.fail(503)
        assert (await delivery.apply(alter(Kind.UPDATE, identity, first_name="Eva"))).error == ""
    assert box.scim.account("1")["name"]["givenName"] == "Eva"
    assert [w.why for w in deliveries.told(Waiting)] == [Why.CONNECTION, Why.SERVER_ERROR]


async def test_too_many_requests_wait_as_long_as_asked(box, deliveries, onboard):
    async with deliveries.to(*at(box)) as delivery:
        await delivery.open(WANTED)
        await delivery.accounts()
        box.scim.fail(429, retry_after="7")
        outcomes = await asyncio.gather(*(delivery.apply(onboard(n)) for n in range(8)))
    assert [o.error for o in outcomes] == [""] * 8
    (waiting,) = deliveries.told(Waiting)
    assert (waiting.why, waiting.system, waiting.attempt) == (Why.THROTTLED, System.ALLEO, 1)
    assert waiting.seconds >= 7
    assert max(deliveries.clock.waits) > 6
    assert len(box.scim.accounts) == 8


@pytest.mark.parametrize(
    ("holder", "says"), [({}, "Run again to link"), ({"externalId": "99"}, "somebody else at Alleo (external id 99)")]
)
async def test_an_address_taken_since_the_list_is_reported_and_left_alone(box, deliveries, onboard, holder, says):
    async with deliveries.to(*at(box)) as delivery:
        await delivery.open(WANTED)
        await delivery.accounts()
        box.scim.add(resource(1, **holder))
        before = box.scim.accounts
        outcome = await delivery.apply(onboard(1))
    assert (outcome.status, outcome.account_id) == (409, None)
    assert says in outcome.error
    assert box.scim.accounts == before


async def test_an_account_linked_since_the_list_is_taken_only_if_it_holds_the_same(box, deliveries, onboard):
    async with deliveries.to(*at(box)) as delivery:
        await delivery.open(WANTED)
        await delivery.accounts()
        box.scim.add(resource(1, externalId="1"), resource(2, externalId="2", active=False))
        same, differs = await delivery.apply(onboard(1)), await delivery.apply(onboard(2))
    assert (same.error, same.account_id) == ("", box.scim.account("1")["id"])
    assert "Run again to bring it up to date" in differs.error
    assert box.scim.account("2")["active"] is False


async def test_a_lost_account_is_said(box, deliveries, alter):
    async with deliveries.to(*at(box)) as delivery:
        await delivery.open(WANTED)
        outcome = await delivery.apply(alter(Kind.OFFBOARD, "no such/id", active=False))
    assert (outcome.status, outcome.error) == (404, "The account no longer exists at Alleo.")


_TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=30).filter(str.strip)


@settings(max_examples=examples(15, 50), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=_TEXT, last=_TEXT, department=_TEXT, cents=st.integers(0, 10**8))
def test_whatever_is_sent_is_what_is_read(box, onboard, first, last, department, cents):
    number = len(box.scim.accounts)
    amount = f"{Decimal(cents) / 100:.2f}"
    change = onboard(number, first_name=first, last_name=last, department=department, alleo_monthly_all_budget=amount)

    async def there_and_back() -> Account:
        place, secret = at(box)
        async with ScimDelivery(place, Secret(secret)) as delivery:
            await delivery.open(WANTED)
            assert (await delivery.apply(change)).error == ""
            return next(a for a in await delivery.accounts() if a.external_id == str(number))

    account = asyncio.run(there_and_back())
    assert (account.first_name, account.last_name, account.department) == (first, last, department)
    assert account.extras == {"alleo_monthly_all_budget": amount}
