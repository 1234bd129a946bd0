"""The wizard hands the credential over and follows it, with keys alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from wizard_driver import at_run, driving, environment, sandbox

from alleo_onboard.domain.handover import State
from alleo_onboard.tui.app import OnboardApp
from alleo_onboard.usecases.handover.made_up import with_sandbox_service


def at_handover(box, home) -> OnboardApp:
    environ = {n: v for n, v in environment(box, home).items() if not n.startswith("ALLEO_SCIM")}
    environ["PYTHON_KEYRING_BACKEND"] = ""
    app = at_run(environ)
    app.use(replace(with_sandbox_service(app.setup, box.addresses.onetime_url)))
    return app


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_from_handing_over_to_activated(tmp_path, size):
    with sandbox() as box:
        app = at_handover(box, tmp_path)
        async with driving(app, size) as person:
            assert "Nothing was handed over yet" in person.words
            await person.keys("g")
            assert "waiting to be opened by Alleo" in person.words
            (item,) = box.onetime.items
            assert item.secret[:20] in person.words.replace(" ", "")
            assert item.passphrase not in person.words
            await person.keys("k")
            assert item.passphrase in person.words
            await person.keys("k", "c")
            assert "The message is copied" in person.words
            assert item.passphrase not in app.clipboard
            assert box.addresses.client_secret not in app.clipboard
            await person.keys("o")
            assert app.screen.followed.state is State.OPENED
            await person.keys("v", "y")
            assert app.screen.followed.state is State.ACTIVATED
            assert box.addresses.client_secret not in person.text


async def test_taking_it_back_and_handing_over_again(tmp_path):
    with sandbox() as box:
        app = at_handover(box, tmp_path)
        async with driving(app) as person:
            await person.keys("g", "w")
            assert app.screen.followed.state is State.WITHDRAWN
            await person.keys("g")
            assert app.screen.followed.state is State.WAITING
            assert len(box.onetime.items) == 2


async def test_nothing_is_handed_over_while_the_check_finds_errors(tmp_path):
    with sandbox() as box:
        box.personio.hide("email")
        app = at_handover(box, tmp_path)
        async with driving(app) as person:
            await person.keys("g")
            assert "must be mended first" in person.words
            assert box.onetime.items == []


async def test_a_service_that_refuses_is_told_in_the_page(tmp_path):
    with sandbox() as box:
        box.onetime.manners.guests = False
        app = at_handover(box, tmp_path)
        async with driving(app) as person:
            await person.keys("g")
            assert "without an account" in person.words
            assert app.screen.followed is None
