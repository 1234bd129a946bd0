"""The Onetime Secret client with every documented answer."""

from __future__ import annotations

import pytest
from quick import QUICK

from alleo_onboard.alleo.handover import passphrase
from alleo_onboard.alleo.handover.onetime import OneTimeSecret
from alleo_onboard.alleo.handover.refusals import PassphraseRefused
from alleo_onboard.alleo.handover.wire import Account
from alleo_onboard.domain.errors import AnswerLost, HandoverRefused, LinkGone, Unreachable, WrongPassphrase
from alleo_onboard.domain.handover import Lifetime, State
from alleo_onboard.domain.letter import unsealed
from alleo_onboard.domain.secret import Secret
from alleo_onboard.sandbox.onetime.vault import DAY, Dialect, Mishap

TEXT = "Client ID: papi-1\nClient secret: papi-secret-canary"
WORD = Secret("six-words")
WEEK = Lifetime(7 * DAY)


@pytest.fixture
def vault(sandbox):
    return sandbox.onetime


@pytest.fixture
async def service(sandbox):
    async with OneTimeSecret(sandbox.addresses.onetime_url, patience=QUICK) as client:
        yield client


def key_of(made):
    return made.link.reveal().rpartition("/")[2]


@pytest.mark.parametrize("dialect", list(Dialect))
async def test_from_making_to_opening(service, vault, dialect):
    vault.manners.dialect = dialect
    made = await service.conceal(TEXT, WORD, WEEK)
    assert (await service.look(made.receipt)).state is State.WAITING
    assert made.granted == WEEK
    assert (made.expires - made.sent).days == 7
    assert made.anonymous
    assert unsealed(await service.reveal(key_of(made), WORD)) == TEXT
    look = await service.look(made.receipt)
    assert look.state is State.OPENED
    assert look.at is not None
    with pytest.raises(LinkGone):
        await service.reveal(key_of(made), WORD)


@pytest.mark.parametrize("dialect", list(Dialect))
async def test_withdrawing(service, vault, dialect):
    vault.manners.dialect = dialect
    made = await service.conceal(TEXT, WORD, WEEK)
    with pytest.raises(WrongPassphrase):
        await service.burn(made.receipt, Secret("wrong"))
    assert (await service.burn(made.receipt, WORD)).state is State.WITHDRAWN
    assert (await service.burn(made.receipt, WORD)).state is State.WITHDRAWN  # a second call changes nothing


@pytest.mark.parametrize("dialect", [Dialect.CURRENT, Dialect.OLD])
async def test_a_look_at_the_link_is_no_opening(service, vault, dialect):
    vault.manners.dialect = dialect
    made = await service.conceal(TEXT, WORD, WEEK)
    vault.items[0].views = 1
    assert (await service.look(made.receipt)).state is State.FETCHED


async def test_what_becomes_of_a_link_that_nobody_opens(service, vault):
    made = await service.conceal(TEXT, WORD, Lifetime(60))
    vault.pass_time(61)
    assert (await service.look(made.receipt)).state is State.EXPIRED
    assert (await service.burn(made.receipt, WORD)).state is State.EXPIRED
    vault.pass_time(61)
    assert (await service.look(made.receipt)).state is State.GONE


async def test_what_is_granted_is_what_counts(service, vault):
    assert (await service.conceal(TEXT, WORD, Lifetime(30 * DAY))).granted == WEEK
    vault.manners.strings = True
    assert (await service.conceal(TEXT, WORD, Lifetime(DAY))).granted == Lifetime(DAY)


async def test_a_reader_who_comes_first(service, vault):
    made = await service.conceal(TEXT, WORD, WEEK)
    vault.let(None, Mishap.RACE)
    assert (await service.burn(made.receipt, WORD)).state is State.OPENED


@pytest.mark.parametrize("lenient", [True, False])
async def test_a_wrong_passphrase_uses_nothing_up(service, vault, lenient):
    vault.manners.wrong_is_200 = lenient
    made = await service.conceal(TEXT, WORD, WEEK)
    for _n in range(5):
        with pytest.raises(WrongPassphrase):
            await service.reveal(key_of(made), Secret("wrong"))
    with pytest.raises(HandoverRefused, match="30 minutes"):
        await service.reveal(key_of(made), WORD)
    with pytest.raises(HandoverRefused, match="30 minutes"):
        await service.burn(made.receipt, WORD)
    vault.pass_time(1801)
    assert unsealed(await service.reveal(key_of(made), WORD)) == TEXT


async def test_accounts(sandbox, vault):
    user, token = vault.manners.account
    url = sandbox.addresses.onetime_url
    vault.manners.guests = False
    async with OneTimeSecret(url, Account(user, Secret(token)), patience=QUICK) as client:
        made = await client.conceal(TEXT, WORD, Lifetime(14 * DAY))
        assert (made.anonymous, made.granted) == (False, Lifetime(14 * DAY))
        with pytest.raises(HandoverRefused, match="Ask for less"):
            await client.conceal(TEXT, WORD, Lifetime(30 * DAY))
    async with OneTimeSecret(url, Account(user, Secret("wrong")), patience=QUICK) as client:
        with pytest.raises(HandoverRefused, match="API token"):
            await client.conceal(TEXT, WORD, WEEK)
    async with OneTimeSecret(url, patience=QUICK) as client:
        with pytest.raises(HandoverRefused, match="without an account"):
            await client.conceal(TEXT, WORD, WEEK)


async def test_a_server_with_demands_of_its_own(service, vault):
    vault.manners.shortest_passphrase = 50
    with pytest.raises(PassphraseRefused):
        await service.conceal(TEXT, WORD, WEEK)
    assert vault.items == []


@pytest.mark.parametrize("mishap", [Mishap.HTML, Mishap.BROKEN, Mishap.LOST_BEFORE, Mishap.LOST_AFTER])
async def test_no_second_link_after_an_answer_that_never_came(service, vault, mishap):
    vault.let(None, mishap)
    with pytest.raises(AnswerLost):
        await service.conceal(TEXT, WORD, WEEK)
    posts = [seen for seen in vault.requests if seen.method == "POST"]
    assert len(posts) == 1


async def test_too_many_requests_make_nothing_and_are_told(service, vault):
    vault.let(None, Mishap.THROTTLED, Mishap.THROTTLED)
    with pytest.raises(Unreachable, match="Nothing was done"):
        await service.conceal(TEXT, WORD, WEEK)
    assert vault.items == []


@pytest.mark.parametrize("mishap", [Mishap.HTML, Mishap.BROKEN, Mishap.LOST_BEFORE, Mishap.LOST_AFTER])
async def test_a_link_is_opened_once_whatever_comes_back(service, vault, mishap):
    made = await service.conceal(TEXT, WORD, WEEK)
    vault.let(mishap)
    with pytest.raises(AnswerLost, match="not asked again"):
        await service.reveal(key_of(made), WORD)
    assert sum(seen.path.endswith("/reveal") for seen in vault.requests) == 1


async def test_asking_is_repeated(service, vault):
    made = await service.conceal(TEXT, WORD, WEEK)
    vault.let(Mishap.HTML)
    assert (await service.look(made.receipt)).state is State.WAITING
    vault.let(Mishap.BROKEN, Mishap.BROKEN)
    with pytest.raises(Unreachable):
        await service.look(made.receipt)


async def test_a_burn_whose_answer_is_lost_is_looked_up(service, vault):
    made = await service.conceal(TEXT, WORD, WEEK)
    vault.let(None, Mishap.LOST_AFTER)
    assert (await service.burn(made.receipt, WORD)).state is State.WITHDRAWN


async def test_what_is_no_such_server(sandbox, vault):
    vault.manners.api = False
    async with OneTimeSecret(sandbox.addresses.onetime_url, patience=QUICK) as client:
        with pytest.raises(HandoverRefused, match="does not answer as"):
            await client.conceal(TEXT, WORD, WEEK)


async def test_nothing_listens():
    async with OneTimeSecret("http://127.0.0.1:1", patience=QUICK) as client:
        with pytest.raises(Unreachable) as caught:
            await client.find_out()
    assert not isinstance(caught.value, AnswerLost)


async def test_a_custom_domain_is_in_the_link(service, vault):
    vault.manners.domain = "secrets.polderwerk.example"
    assert (
        (await service.conceal(TEXT, WORD, WEEK)).link.reveal().startswith("https://secrets.polderwerk.example/secret/")
    )


async def test_keys_are_masked_in_what_the_service_says(service, vault):
    made = await service.conceal(TEXT, WORD, WEEK)
    for trouble in (repr(made), str(made)):
        assert key_of(made) not in trouble
        assert made.receipt.reveal() not in trouble


def test_passphrases():
    words = passphrase.words().reveal().split("-")
    assert len(words) == 6
    assert set(words) <= set(passphrase.LIST)
    assert len(set(passphrase.LIST)) == 256
    assert len(passphrase.characters().reveal()) == 20
    assert passphrase.words() != passphrase.words()
