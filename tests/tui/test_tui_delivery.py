"""Every kind of sign-in on the delivery page, typed or from the environment."""

import asyncio
from dataclasses import replace

import pytest
from wizard_driver import driving, environment, sandbox, wizard

from alleo_onboard.alleo.scim.settings import ScimSettings, SignIn
from alleo_onboard.domain.profile import DeliveryChoice, Profile
from alleo_onboard.store.profiles import Profiles
from alleo_onboard.tui.screens import delivery as page
from alleo_onboard.tui.widgets.fields import SecretField
from alleo_onboard.usecases.handover.made_up import with_sandbox_service
from alleo_onboard.usecases.setups.resolve import Setups
from alleo_onboard.wizard.state import State
from alleo_onboard.wizard.steps import Step


def at_delivery(environ):
    app = wizard(environ)
    app.sitting.state = State(Step.DELIVERY, {}, frozenset({Step.CONNECT, Step.CHECK}))
    return app


def without_delivery(box, home):
    environ = environment(box, home)
    return {name: value for name, value in environ.items() if not name.startswith("ALLEO_") or name.endswith("HOME")}


@pytest.mark.parametrize("kind", [SignIn.OAUTH2, SignIn.BASIC])
async def test_typed(tmp_path, kind):
    with sandbox() as box:
        there = box.addresses
        typed = {
            SignIn.OAUTH2: (there.token_url, there.alleo_client_id, there.alleo_client_secret),
            SignIn.BASIC: (there.basic_user, there.basic_password),
        }[kind]
        app = at_delivery(without_delivery(box, tmp_path))
        async with driving(app) as person:
            await person.paste(there.scim_url)
            await person.keys("enter", *["right"] * list(SignIn).index(kind), "tab")
            for text in typed:
                await person.paste(text)
                await person.keys("enter")
            assert "lets us in" in person.words
            assert ScimSettings.of(app.sitting.setup.profile.delivery).sign_in is kind
            assert typed[-1] not in person.text


async def test_a_client_secret_from_the_environment_leaves_the_token_address_to_fill_in(tmp_path):
    with sandbox() as box:
        there = box.addresses
        environ = without_delivery(box, tmp_path) | {
            "ALLEO_SCIM_URL": there.scim_url,
            "ALLEO_CLIENT_ID": there.alleo_client_id,
            "ALLEO_CLIENT_SECRET": there.alleo_client_secret,
        }
        app = at_delivery(environ)
        async with driving(app) as person:
            assert "from ALLEO_CLIENT_SECRET" in person.text
            assert app.focused.id == "set-token_url"
            await person.paste(there.token_url)
            await person.click("#test")
            assert "lets us in" in person.words
        app = at_delivery(environ | {"ALLEO_TOKEN_URL": there.token_url})
        async with driving(app) as person:
            assert "from ALLEO_TOKEN_URL" in person.text
            await person.keys("t")
            assert "lets us in" in person.words


async def test_who_gives_the_values_is_said_and_a_message_asks_for_them(tmp_path):
    with sandbox() as box:
        app = at_delivery(without_delivery(box, tmp_path))
        async with driving(app) as person:
            assert "Customer Success at Alleo gives you the SCIM address" in person.said("#result").replace("\n", " ")
            await person.keys("escape", "c")
            assert "SCIM address" in app.clipboard
            assert "Token" in app.clipboard
            assert "one-time link" in app.clipboard
            assert app.clipboard.splitlines()[0] in person.said("#result")


async def test_what_is_typed_while_a_test_runs_is_not_taken_for_tested(tmp_path, monkeypatch):
    with sandbox() as box:
        there = box.addresses
        app = at_delivery(without_delivery(box, tmp_path))
        answered, going_on, real = asyncio.Event(), asyncio.Event(), page.try_delivery

        async def slow(*given):
            report = await real(*given)
            answered.set()
            await going_on.wait()
            return report

        monkeypatch.setattr(page, "try_delivery", slow)
        async with driving(app) as person:
            await person.paste(there.scim_url)
            app.screen.query(SecretField).first().value = there.scim_token
            app.screen.action_test()
            await asyncio.wait_for(answered.wait(), 30)
            app.screen.query_one("#set-url").value = f"{there.scim_url}/other"
            going_on.set()
            await person.settled()
            assert "lets us in" not in person.words
            assert Step.DELIVERY not in app.sitting.state.proven
            await person.keys("t")
            assert "lets us in" not in person.words


async def test_the_result_is_shown_when_the_way_on_is_free(tmp_path, monkeypatch):
    with sandbox() as box:
        app = at_delivery(environment(box, tmp_path))
        saving, going_on, real = asyncio.Event(), asyncio.Event(), page.save

        async def slow(*given):
            saving.set()
            await going_on.wait()
            await real(*given)

        monkeypatch.setattr(page, "save", slow)
        async with driving(app) as person:
            await person.pilot.press("t")
            await asyncio.wait_for(saving.wait(), 30)
            await person.pilot.pause()
            assert "lets us in" not in person.words
            going_on.set()
            await person.settled()
            assert "lets us in" in person.words
            await person.keys("n")
            assert app.sitting.state.at is Step.RUN


async def test_a_token_without_its_address_is_sent_to_none_and_can_be_typed(tmp_path):
    with sandbox() as box:
        there = box.addresses
        other = "t0ken-of-another-place-0123456789"
        environ = without_delivery(box, tmp_path) | {"ALLEO_SCIM_TOKEN": other}
        app = at_delivery(environ)
        async with driving(app) as person:
            assert "The secret in ALLEO_SCIM_TOKEN is sent to no address that is typed here." in person.words
            assert "set ALLEO_SCIM_URL beside it" in person.words
            await person.paste(there.scim_url)
            await person.click("#test")
            assert "The secret is empty" in person.words
            app.set_focus(app.screen.query_one(SecretField))
            await person.paste(there.scim_token)
            await person.keys("enter")
            assert "lets us in" in person.words
            assert "ALLEO_SCIM_TOKEN" not in person.words
            assert there.scim_token not in person.text
        assert all(other not in str(request) for request in box.scim.requests)


async def test_a_token_from_the_environment_goes_to_the_set_ups_address_and_to_no_typed_one(tmp_path):
    with sandbox() as box, sandbox() as elsewhere:
        environ = without_delivery(box, tmp_path) | {"ALLEO_SCIM_TOKEN": box.addresses.scim_token}
        choice = DeliveryChoice("scim").having(url=box.addresses.scim_url)
        Profiles(Setups(environ).home).save(Profile(delivery=choice))
        app = at_delivery(environ)
        async with driving(app) as person:
            assert "from ALLEO_SCIM_TOKEN" in person.text
            await person.click("#test")
            assert "lets us in" in person.words
            app.set_focus(app.screen.query_one("#set-url"))
            app.screen.query_one("#set-url").value = elsewhere.addresses.scim_url
            await person.settled()
            assert "from ALLEO_SCIM_TOKEN" not in person.text
            assert "is sent to no address that is typed here" in person.words
            await person.click("#test")
            assert "The secret is empty" in person.words
            assert not elsewhere.scim.requests


@pytest.mark.parametrize(("kept", "shown"), [("", "● 7 days"), ("14d", "● 14 days"), ("12h", "● 12h")])
async def test_the_lifetime_of_a_link_is_chosen_in_days_and_a_kept_one_stays(tmp_path, kept, shown):
    with sandbox() as box:
        app = at_delivery(without_delivery(box, tmp_path))
        setup = with_sandbox_service(app.sitting.setup, box.addresses.onetime_url)
        choice = setup.profile.delivery.having(expires=kept) if kept else setup.profile.delivery
        app.sitting.use(replace(setup, profile=replace(setup.profile, delivery=choice)))
        async with driving(app) as person:
            assert shown in person.words
            await person.keys("t")
            assert app.sitting.setup.profile.delivery.text("expires") == kept
