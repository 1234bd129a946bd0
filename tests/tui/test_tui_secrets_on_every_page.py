"""No page shows a secret: neither one that is kept, nor one that is typed or pasted, also not in the wrong field."""

from __future__ import annotations

import pkgutil
from importlib import import_module

import pytest
from textual.screen import Screen
from textual.widgets import Input
from wizard_driver import NOW, driving, environment, sandbox, wizard

from alleo_onboard import tui
from alleo_onboard.presentation.pages.recipe import Made
from alleo_onboard.tui import screens
from alleo_onboard.tui.widgets.choice import Choice
from alleo_onboard.tui.widgets.fields import Number
from alleo_onboard.usecases.handover.made_up import with_sandbox_service
from alleo_onboard.wizard.state import State
from alleo_onboard.wizard.steps import Step

CANARY = "Zk7CANARYq9Xw2CANARYv5Rt8CANARYm3Lp6CANARYd4"
STEPS = {
    "ConnectScreen": Step.CONNECT,
    "CheckScreen": Step.CHECK,
    "PreviewScreen": Step.PREVIEW,
    "DeliveryScreen": Step.DELIVERY,
    "RunScreen": Step.RUN,
    "HandoverScreen": Step.RUN,
}
BESIDE = {  # how each page beside the steps is made
    "StartScreen": lambda of: of(),
    "ReceiveScreen": lambda of: of(),
    "RecipeScreen": lambda of: of(Made.ALLEO_FIELD),
    "CompareScreen": lambda of: of(),
    "DailyScreen": lambda of: of(),
    "ExportScreen": lambda of: of(),
    "ExportHistoryScreen": lambda of: of(),
    "HistoryScreen": lambda of: of(),
    "UndoScreen": lambda of: of("20260302T090000-000000"),
    "HelpScreen": lambda of: of("Help", ["What this is."], {}),
    "Ask": lambda of: of("Is it so?", "Yes", "No"),
    "ByHand": lambda of: of(f"Client secret: {CANARY}"),
    "Activation": lambda of: of(NOW.date()),
    "Reason": lambda of: of("Not ready."),
    "Palette": lambda of: of(),
}


def pages():
    """Returns every page of the wizard that can be shown: the screens that no other screen is based on."""
    for room in (tui, screens):
        for module in pkgutil.iter_modules(room.__path__):
            import_module(f"{room.__name__}.{module.name}")
    found, left = {}, [Screen]
    while left:
        more = left.pop().__subclasses__()
        left += more
        ours = [one for one in more if one.__module__.startswith(tui.__name__)]
        found |= {one.__name__: one for one in ours if not one.__subclasses__()}
    return found


def test_every_page_is_looked_at():
    assert set(pages()) == {*STEPS, *BESIDE}


async def _shows_none(app, person, *secrets):
    seen = person.text + app.export_screenshot() + " ".join(app.clipboard.split())
    together = "".join(seen.split())
    assert all(secret not in together for secret in secrets)
    assert "CANARY" not in together, person.text


@pytest.mark.parametrize("name", [*STEPS, *BESIDE])
async def test_no_secret_is_shown(tmp_path, name):
    with sandbox() as box:
        there = box.addresses
        given = environment(box, tmp_path)
        typed = name in ("ConnectScreen", "DeliveryScreen", "ReceiveScreen", "StartScreen")
        if name == "HandoverScreen" or typed:
            given = {n: v for n, v in given.items() if not n.startswith("ALLEO_SCIM")}
        if name == "ConnectScreen":
            given = environment(box, tmp_path, bare=True)
        app = wizard(given)
        step = STEPS.get(name, Step.CHECK)
        app.sitting.state = State(step, {}, frozenset(Step) - {Step.RUN})
        if name == "HandoverScreen":
            app.sitting.use(with_sandbox_service(app.sitting.setup, there.onetime_url))
        kept = (there.client_secret, there.scim_token)
        async with driving(app, (120, 40)) as person:
            if name in BESIDE:
                app.push_screen(BESIDE[name](pages()[name]))
                await person.settled()
            page = app.screen
            assert type(page).__name__ == name
            await _shows_none(app, person, *kept)
            if name == "DeliveryScreen":
                page.query_one("#deliveries", Choice).choose("scim")
                await person.settled()
            for field in page.query(Input):
                if field.focusable and not isinstance(field, Number) and name != "Palette":
                    app.set_focus(field)
                    field.value = ""
                    await person.paste(CANARY)
                    await _shows_none(app, person, *kept)
            app.set_focus(None)
            for key in ("t", "g", "r", "i", "x", "L", "ctrl+p"):
                await person.keys(key)
                await _shows_none(app, person, *kept)
                if app.screen is not page and len(app.screen_stack) > 1:
                    await person.keys("escape")
