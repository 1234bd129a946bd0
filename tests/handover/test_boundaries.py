"""A fault at every request of sending and receiving: never a second link without a note, never a lost credential."""

from __future__ import annotations

from dataclasses import replace

import pytest
from quick import QUICK

from alleo_onboard.domain.errors import AnswerLost, Trouble
from alleo_onboard.domain.secret import Secret
from alleo_onboard.sandbox.onetime.vault import Mishap
from alleo_onboard.store.handovers import Handovers
from alleo_onboard.usecases.handover.follow import follow
from alleo_onboard.usecases.handover.keys import Keys
from alleo_onboard.usecases.handover.made_up import with_sandbox_service
from alleo_onboard.usecases.handover.receive import link_in, once, open_link
from alleo_onboard.usecases.handover.send import Note, may_send, send
from alleo_onboard.usecases.handover.wish import wished_of
from alleo_onboard.usecases.preview.preview import preview
from alleo_onboard.usecases.preview.session import Session
from alleo_onboard.usecases.setups.resolve import Setups

FAULTS = [m for m in Mishap if m is not Mishap.RACE]


@pytest.fixture
def setup(sandbox, tmp_path):
    at = sandbox.addresses
    environ = {n: v for n, v in at.environment().items() if n.startswith("PERSONIO_")}
    found = Setups({**environ, "ALLEO_ONBOARD_HOME": str(tmp_path)}, forgetful=True).find()
    return replace(with_sandbox_service(found, at.onetime_url), limits=False)


@pytest.fixture
async def shown(setup):
    async with Session(setup) as session:
        return await preview(session)


async def _trouble_of(work):
    try:
        await work
    except Trouble as trouble:
        return trouble
    return None


@pytest.mark.parametrize("at", [0, 1])
@pytest.mark.parametrize("fault", FAULTS)
async def test_sending(sandbox, setup, shown, fault, at):
    keys, vault, book = Keys("default", None), sandbox.onetime, Handovers(setup.home)
    vault.let(*[None] * at, fault)
    trouble = await _trouble_of(send(setup, shown, wished_of(setup), keys, patience=QUICK))
    lost = isinstance(trouble, AnswerLost)
    if trouble is None:
        assert len(vault.items) == 1
        with pytest.raises(Trouble, match="waits already"):
            await may_send(setup, keys, patience=QUICK)
        return
    one = book.latest("default")
    assert lost or not vault.items
    assert (one is not None and one.lost) == lost
    assert sandbox.addresses.client_secret not in str(trouble)
    assert (Note.EARLIER_LOST in await may_send(setup, keys, patience=QUICK)) == lost
    assert len(vault.items) <= 1


@pytest.mark.parametrize("at", [0, 1])
@pytest.mark.parametrize("fault", FAULTS)
async def test_receiving(sandbox, setup, shown, fault, at):
    keys, vault = Keys("default", None), sandbox.onetime
    made = await send(setup, shown, wished_of(setup), keys, patience=QUICK)
    assert made.passphrase
    vault.let(*[None] * at, fault)
    link = link_in(made.link.reveal())
    try:
        text = await open_link(link, made.passphrase, patience=QUICK)
    except AnswerLost:
        assert at == 1
    except Trouble:  # nothing was opened: the same link still works
        text = await open_link(link, made.passphrase, patience=QUICK)
        assert once(text).client_secret == Secret(sandbox.addresses.client_secret)
    else:
        assert once(text).client_secret == Secret(sandbox.addresses.client_secret)
    assert sum(seen.path.endswith("/reveal") for seen in vault.requests) <= 2


@pytest.mark.parametrize("fault", FAULTS)
async def test_following_never_changes_what_is_true(sandbox, setup, shown, fault):
    keys, vault = Keys("default", None), sandbox.onetime
    await send(setup, shown, wished_of(setup), keys, patience=QUICK)
    vault.let(fault, fault)
    try:
        found = await follow(setup, keys, patience=QUICK)
    except Trouble:
        found = await follow(setup, keys, patience=QUICK)
    assert found is not None
    assert found.state == "waiting"
