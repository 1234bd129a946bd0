"""Every code has a label, and every finding has a remedy."""

from __future__ import annotations

from decimal import Decimal

import pytest

from alleo_onboard.domain.budget import Problem
from alleo_onboard.domain.change import Kind
from alleo_onboard.domain.eligibility import Decision, Reason
from alleo_onboard.domain.finding import Code, Finding
from alleo_onboard.domain.plan import Plan
from alleo_onboard.domain.progress import System, Waiting, Why
from alleo_onboard.locale.formats import money
from alleo_onboard.locale.terms import reason_label
from alleo_onboard.presentation import labels as words
from alleo_onboard.presentation.findings import finding_message, finding_remedy, finding_title

DETAILS = tuple(
    (name, "value") for name in ("label", "key", "keys", "filled", "of", "type", "right", "options", "sensitive")
)


@pytest.mark.parametrize("code", Code)
def test_every_finding_has_a_title_a_message_and_a_remedy(code):
    finding = Finding(code, "birthday", DETAILS)
    for text in (finding_title(finding), finding_message(finding), *finding_remedy(finding)):
        assert text.strip()
        assert "{" not in text
    assert finding_remedy(finding)


PLACES = {
    Code.ATTRIBUTE_MISSING: ("Marketplace > Connected integrations", "Settings > Integrations > API credentials"),
    Code.EMPLOYEES_NOT_READABLE: ("Marketplace > Connected integrations", "Settings > Integrations > API credentials"),
    Code.SELECTIVE_FIELD_LOST: ("Marketplace > Connected integrations", "Settings > Integrations > API credentials"),
    Code.EXCESS_ATTRIBUTE: ("Marketplace > Connected integrations", "Settings > Integrations > API credentials"),
    Code.WRITE_ACCESS: ("Marketplace > Connected integrations", "Settings > Integrations > API credentials"),
    Code.ALLEO_FIELD_OPTIONS: ("Settings > People > Employee information",),
    Code.BUDGET_FIELD_NEAR: ("Settings > People > Employee information",),
}


@pytest.mark.parametrize("code", PLACES)
def test_a_finding_carries_the_click_path_for_the_new_menu_and_the_old_one(code):
    told = "\n".join(finding_remedy(Finding(code, "birthday", DETAILS)))
    for place in PLACES[code]:
        assert place in told


def test_every_code_has_a_label():
    labels = [reason_label(r) for r in Reason] + [words.problem_label(p) for p in Problem]
    labels += [words.decision_label(d) for d in Decision] + [words.kind_label(k) for k in Kind]
    labels += [words.kind_done(k, 2) for k in Kind]
    assert all(labels)


@pytest.mark.parametrize("why", Why)
def test_every_wait_says_who_and_how_long(why):
    told = words.waiting(Waiting(System.PERSONIO, why, 12.2, 1))
    assert "Personio" in told
    assert "12 s" in told


def test_budgets_and_money_in_words():
    assert words.field_label("alleo_monthly_all_budget") == "Monthly budget"
    assert words.field_label("alleo_oneoff_public_transport_budget") == "One-off budget (public transport)"
    assert money(Decimal("1234567.5")) == "EUR 1,234,567.50"


def test_nothing_to_do_is_said_too():
    assert words.plan_sentence(Plan((), complete=True, delivery=True)).startswith("Alleo already has everything")
