"""An old plan on the screen is read again before the first write, and shown again if it changed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from wizard_driver import NOW, at_run, driving, environment, sandbox

from alleo_onboard.tui.screens.run_phases import Phase


@pytest.mark.parametrize("later", [timedelta(minutes=16), timedelta(days=7)])
async def test_an_old_plan_that_moved_is_shown_again_and_nothing_was_written(tmp_path, later):
    with sandbox("selective") as box:
        app = at_run(environment(box, tmp_path))
        now = [NOW]
        app.sitting.session._now = lambda: now[0]
        async with driving(app) as person:
            screen = app.screen
            before = screen.offer.preview.plan.digest
            now[0] += later
            number = next(p.personio_id for p in screen.offer.preview.plan.people if p.change)
            box.personio.edit(number, last_name="Changed-Meanwhile")
            await person.keys("g")
            assert screen.phase is Phase.READY
            assert box.scim.accounts == []
            assert "made too long ago" in " ".join(person.said("#trouble").split())
            assert screen.offer.preview.plan.digest != before
            await person.keys("g")
            assert screen.phase is Phase.ENDED
            assert box.scim.account(str(number))["name"]["familyName"] == "Changed-Meanwhile"


async def test_an_old_plan_that_still_holds_is_read_again_and_done(tmp_path):
    with sandbox("selective") as box:
        app = at_run(environment(box, tmp_path))
        now = [NOW]
        app.sitting.session._now = lambda: now[0]
        async with driving(app) as person:
            box.personio.requests.clear()
            now[0] += timedelta(hours=1)
            await person.keys("g")
            assert app.screen.phase is Phase.ENDED
            assert any(r.path == "/v1/company/employees" for r in box.personio.requests)
            assert box.scim.accounts
