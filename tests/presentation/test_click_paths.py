"""Click paths have Personio's labels in the reader's language, with the English ones."""

import pytest

from alleo_onboard.domain.finding import Code, Finding, Severity
from alleo_onboard.locale import settle
from alleo_onboard.presentation import menus, recipe
from alleo_onboard.presentation.findings import finding_remedy


def test_both_labels_where_they_differ():
    assert menus.path("Settings", "Integrations") == "Settings > Integrations"
    settle("nl")
    assert menus.path("Generate new credential") == "Nieuwe referentie genereren (Generate new credential)"
    assert menus.path("Marketplace") == "Marketplace"
    assert menus.attribute("department") == "Afdeling (Department)"
    assert menus.attribute("email") == "E-mail"
    settle("de")
    assert menus.path("Settings", "Integrations") == "Einstellungen > Integrationen (Settings > Integrations)"


@pytest.mark.parametrize("code", ["en", "nl", "de"])
def test_the_alleo_field_is_made_step_by_step(code):
    settle(code)
    steps = "\n".join(recipe.numbered(recipe.recipe_alleo_field()))
    assert "HR information" in steps
    assert "List of options" in steps
    assert "1. " in steps.splitlines()[0]
    finding = Finding(Code.ALLEO_FIELD_ABSENT, Severity.INFO, "alleo")
    assert all(step in finding_remedy(finding) for step in steps.splitlines())


def test_budget_fields_have_their_exact_names():
    steps = "\n".join(recipe.recipe_budgets())
    for kind in ("monthly", "oneoff"):
        for category in ("all", "health"):
            assert f"alleo_{kind}_{category}_budget" in steps
