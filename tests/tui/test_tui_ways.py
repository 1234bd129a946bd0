"""Plain questions choose the delivery, and a second delivery beside the first one is reported."""

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from wizard_driver import driving, environment, sandbox, wizard

from alleo_onboard.alleo.registry import kinds
from alleo_onboard.domain.choosing import asked, proposed
from alleo_onboard.domain.handover import Handover, State, Via
from alleo_onboard.domain.profile import DeliveryChoice
from alleo_onboard.locale import settle
from alleo_onboard.store.handovers import Handovers
from alleo_onboard.store.ledger import Ledger, ledger_path
from alleo_onboard.tui.widgets.choice import Choice
from alleo_onboard.wizard.state import State as Sitting
from alleo_onboard.wizard.steps import Step


def at_delivery(box, home, kind=""):
    environ = environment(box, home)
    app = wizard({n: v for n, v in environ.items() if not n.startswith("ALLEO_") or n.endswith("HOME")})
    app.sitting.use(
        replace(app.sitting.setup, profile=replace(app.sitting.setup.profile, delivery=DeliveryChoice(kind)))
    )
    app.sitting.state = Sitting(Step.DELIVERY, {}, frozenset({Step.CONNECT, Step.CHECK}))
    return app


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_questions_lead_to_every_way(tmp_path, size):
    with sandbox() as box:
        app = at_delivery(box, tmp_path)
        async with driving(app, size) as person:
            assert "Who should run the daily sync" in person.words
            assert "SCIM address?" not in person.words
            assert (app.screen.chosen.name, app.focused.id) == ("handover", "answer-handover")
            await person.keys("right")
            assert "SCIM address?" in person.words
            assert (app.screen.chosen.name, app.focused.id) == ("scim", "answer-handover")
            await person.keys("tab", "right")
            assert app.screen.chosen.name == "pickup"
            await person.keys("tab", "right")
            assert app.screen.chosen.name == "portal"
            assert person.app.screen.query_one("#test").region.bottom < size[1]  # the form can be reached
            await person.keys("tab", "right")
            assert app.screen.chosen.name == "handover"
            assert "SCIM address?" not in person.words


def test_every_way_is_reached_by_its_own_question():
    ways = kinds()
    for kind in ways:
        told = asked(ways, kind.name)
        assert not any(one.yes for one in told[:-1])
        last = told[-1]
        assert proposed(ways, last.kind, yes=last.yes) == kind.name


@pytest.mark.parametrize(
    ("state", "warns"), [(State.OPENED, True), (State.WAITING, True), (State.WITHDRAWN, False), (State.GONE, False)]
)
async def test_another_way_beside_a_hand_over_is_warned_of(tmp_path, state, warns):
    with sandbox() as box:
        app = at_delivery(box, tmp_path, "handover")
        sent = datetime.now(UTC)
        Handovers(app.sitting.setup.home).add(
            app.sitting.setup.profile.name, Handover(Via.MANUAL, "there", sent, None, state)
        )
        async with driving(app) as person:
            assert "two ways would feed" not in person.words
            app.screen.query_one("#deliveries", Choice).choose("pickup")
            await person.settled()
            assert ("two ways would feed" in person.words) is warns
            assert ("Switch off first: Ask Customer Success" in person.words) is warns


async def test_another_way_beside_written_people_is_warned_of(tmp_path):
    with sandbox() as box:
        app = at_delivery(box, tmp_path, "scim")
        Ledger.of(app.sitting.setup.home, app.sitting.setup.profile.name).close()
        with sqlite3.connect(ledger_path(app.sitting.setup.home, app.sitting.setup.profile.name)) as db:
            db.execute("INSERT INTO links VALUES (7, 'a-7')")
        db.close()
        async with driving(app) as person:
            assert "two ways" not in person.words
            app.screen.query_one("#deliveries", Choice).choose("handover")
            await person.settled()
            assert "feeds 1 person: two ways would feed the same people" in person.words
            assert "Take the daily run away" in person.words


async def test_the_api_token_is_asked_for_with_an_account_only(tmp_path):
    with sandbox() as box:
        async with driving(at_delivery(box, tmp_path, "handover"), (120, 40)) as person:
            assert "API token" not in person.words
            person.app.set_focus(person.app.screen.query_one("#set-account"))
            await person.paste("me@example.com")
            assert "API token" in person.words


@pytest.mark.parametrize("code", ["en", "nl", "de"])
async def test_every_delivery_is_named_whole_in_a_small_terminal(tmp_path, code):
    settle(code)
    with sandbox() as box:
        async with driving(at_delivery(box, tmp_path)) as person:
            app = person.app
            assert all(kind.label() in person.text for kind in app.setups.kinds())
