"""The two recipe pages: numbered steps with a Check again button, at every size."""

import pytest
from wizard_driver import driving, environment, sandbox, wizard

from alleo_onboard.sandbox.people import ALLEO_KEY
from alleo_onboard.tui.screens.recipe import RecipeScreen


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (120, 40), (200, 60)])
async def test_each_recipe_opens_by_its_number_and_sees_what_was_made(tmp_path, size):
    with sandbox() as box:
        box.personio.hide(ALLEO_KEY)
        app = wizard(environment(box, tmp_path))
        async with driving(app, size) as person:
            await person.keys("t", "n", "1")
            assert isinstance(app.screen, RecipeScreen)
            assert app.screen.query_one("#look").region.right <= size[0]
            assert "Check again" in person.text
            assert all(f"{number}. " in person.text for number in (1, 2, 3, 4))
            state = str(app.screen.query_one("#state").render())
            assert "i There is no Alleo field" in state
            box.personio.show(ALLEO_KEY)
            await person.keys("r")
            assert "✓ Alleo field: Yes / No" in str(app.screen.query_one("#state").render())
            await person.keys("escape")
            assert not app.screen.query_one("#everyone").display
            await person.click("#recipe-budgets")
            assert "alleo_monthly_all_budget" in person.words
            assert "✓ Monthly budget: decimal, 20 of 2" in str(app.screen.query_one("#state").render())
