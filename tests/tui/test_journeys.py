"""The wizard from Connect to the end, with each delivery, in each language, with keys and pastes only."""

from __future__ import annotations

from datetime import UTC, datetime

import openpyxl
import pytest
from wizard_driver import driving, environment, sandbox, wizard
from words import Words, languages

from alleo_onboard.domain.eligibility import Decision
from alleo_onboard.locale import settle
from alleo_onboard.tui.app import OnboardApp
from alleo_onboard.tui.screens.run_phases import Phase
from alleo_onboard.tui.widgets.choice import Choice
from alleo_onboard.tui.widgets.fields import SecretField
from alleo_onboard.wizard.steps import Step


def in_languages(delivery):
    return pytest.mark.parametrize("say", languages(delivery), indirect=True)


@pytest.fixture
def say(request):
    """Sets the language of everything that is shown."""
    settle(request.param)
    yield Words(request.param)
    settle("")


def started(box, home) -> OnboardApp:
    return wizard(environment(box, home, bare=True))


async def to_delivery(person, box, say) -> None:
    """Walks through the first three steps, which are the same for all deliveries."""
    await person.paste(box.addresses.client_id)
    await person.keys("enter")
    await person.paste(box.addresses.client_secret)
    await person.keys("enter")
    assert say.of("Signed in to Personio. {n} person visible.", "Signed in to Personio. {n} people visible.", 12) in (
        person.words
    )
    await person.keys("n")
    assert say("Alleo can work with this credential: all it needs is readable.") in person.said("#headline"), (
        person.text
    )
    await person.keys("n")
    assert person.app.screen.step is Step.PREVIEW
    syncing = sum(one.decision is Decision.SYNC for one in person.app.sitting.preview.plan.people)
    sentence = say.of("{n} person would get Alleo.", "{n} people would get Alleo.", syncing)
    assert sentence.rstrip(".") in person.words
    await person.keys("n")


async def fill(person, selector, text) -> None:
    person.app.set_focus(person.app.screen.query_one(selector))
    await person.paste(text)
    await person.settled()


async def take(person, name) -> None:
    person.app.screen.query_one("#deliveries", Choice).choose(name)
    await person.settled()


async def proven(person) -> None:
    """Tests the delivery, then goes to the last step."""
    person.app.set_focus(None)
    await person.keys("t")
    assert person.app.sitting.report is not None, person.text
    await person.keys("n")
    assert person.app.sitting.state.at is Step.RUN


async def act(person, action) -> None:
    """Presses the key of an action."""
    active = person.app.screen.active_bindings.values()
    await person.keys(next(one.binding.key for one in active if one.binding.action == action))


@in_languages("handover")
async def test_alleo_is_given_the_credential_and_activates(tmp_path, say):
    with sandbox(people=12) as box:
        app = started(box, tmp_path / "home")
        async with driving(app) as person:
            await to_delivery(person, box, say)
            await take(person, "handover")
            await fill(person, "#set-server", box.addresses.onetime_url)
            await proven(person)
            assert say("Nothing was handed over yet.") in person.words
            await person.keys("g")
            assert (
                say("The link was made on {when}. Send the message to Customer Success; then Alleo opens it.")
                in person.words
            )
            await person.keys("c")
            (item,) = box.onetime.items
            assert say("Kind regards,") in app.clipboard
            assert item.secret in app.clipboard
            assert box.addresses.client_secret not in app.clipboard
            await person.keys("o")
            assert say("Alleo opened the link on {when}: now Alleo runs a test.") in person.words
            syncing = [one for one in app.sitting.preview.plan.people if one.decision is Decision.SYNC]
            lines = ["E-mailadres", *(one.email for one in syncing)]
            (tmp_path / "test run.csv").write_text("\n".join(lines), encoding="utf-8")
            await act(person, "compare")
            await person.paste(str(tmp_path / "test run.csv"))
            await person.keys("enter")
            assert say("Alleo's file and the preview agree on {people}.") in person.words
            await person.keys("escape")
            await act(person, "activate")
            app.screen.query_one("#on").value = datetime.now(UTC).strftime("%d.%m.%Y")
            await person.keys("enter")
            assert say("Alleo activated it on {when}, as you told: look at its first sync in the Manager Portal.") in (
                person.words
            )
            assert box.addresses.client_secret not in person.text


@in_languages("scim")
async def test_accounts_are_written_over_scim(tmp_path, say):
    with sandbox(people=12) as box:
        app = started(box, tmp_path)
        async with driving(app) as person:
            await to_delivery(person, box, say)
            await take(person, "scim")
            await fill(person, "#set-url", box.addresses.scim_url)
            app.set_focus(app.screen.query_one(SecretField))
            await person.paste(box.addresses.scim_token)
            await proven(person)
            assert say("This will {changes} at Alleo and change nothing else.") in person.words
            await person.keys("g")
            n = len(box.scim.accounts)
            assert n
            done = say.of("{n} account created", "{n} accounts created", n)
            assert done in person.words
            assert app.screen.phase is Phase.ENDED


@in_languages("pickup")
async def test_a_file_is_put_where_alleo_collects_it(tmp_path, say):
    (place := tmp_path / "collected").mkdir()
    with sandbox(people=12) as box:
        app = started(box, tmp_path / "home")
        async with driving(app) as person:
            await to_delivery(person, box, say)
            await take(person, "pickup")
            await fill(person, "#set-place", str(place))
            await proven(person)
            assert list(place.iterdir()) == []
            await person.keys("g")
            assert app.screen.phase is Phase.ENDED
            assert say("{file} is in place: {place}.") in person.words
            assert [one.name for one in place.iterdir()] == ["alleo_employees_current.csv"]


@in_languages("portal")
async def test_a_workbook_is_made_uploaded_and_noted(tmp_path, say):
    (place := tmp_path / "workbooks").mkdir()
    with sandbox(people=12) as box:
        app = started(box, tmp_path / "home")
        async with driving(app) as person:
            await to_delivery(person, box, say)
            await take(person, "portal")
            await fill(person, "#set-folder", str(place))
            await proven(person)
            await person.keys("g")
            assert say("The workbook is saved: {file} in {place}. Now upload it:") in person.words
            (path,) = place.iterdir()
            assert openpyxl.load_workbook(path).worksheets[0].max_row > 1
            await act(person, "uploaded")
            await person.keys("y")
            assert not app.screen.waiting
            assert say("Alleo already has everything as it should be: there is nothing to do.") in person.words
            assert not app.sitting.preview.plan.changes
