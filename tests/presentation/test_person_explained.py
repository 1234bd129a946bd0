"""Why a person syncs or not, and what changes, without showing birthdays."""

from datetime import date
from decimal import Decimal

import pytest
from crowd import MONTHLY, ONCE, TODAY, person, plan_of

from alleo_onboard.domain.account import Account
from alleo_onboard.domain.alleo_field import Selection
from alleo_onboard.domain.oneoff import Granted
from alleo_onboard.presentation.person import at_alleo, budgets, headline, shifts
from alleo_onboard.presentation.rules import Context, Says, explain

DECIDED = Context(Selection.FIELD, TODAY, delivery=True)


def one(accounts=(), others=(), **fields):
    plan = plan_of(person(**fields), *others, accounts=accounts)
    return next(p for p in plan.people if p.personio_id == 1)


def test_every_rule_speaks_for_somebody_who_syncs():
    rules = explain(one(), DECIDED)
    assert [rule.says for rule in rules] == [Says.IN] * 7
    assert [r.value for r in rules] == ["active", "none", "2020-01-01", "Yes", "p1@acme.example", "Ada Number1", "none"]


@pytest.mark.parametrize(
    ("fields", "name", "says", "value"),
    [
        ({"status": "inactive"}, "Status", Says.OUT, "inactive"),
        ({"status": "onboarding"}, "Status", Says.OUT, "onboarding"),
        ({"status": "retired"}, "Status", Says.MEND, "retired"),
        ({"termination_date": date(2026, 1, 1)}, "Termination date", Says.OUT, "2026-01-01"),
        ({"hire_date": date(2027, 1, 1)}, "Hire date", Says.OUT, "2027-01-01"),
        ({"alleo": "No"}, "Alleo field", Says.OUT, "No"),
        ({"alleo": ""}, "Alleo field", Says.OUT, "empty"),
        ({"alleo": "Maybe"}, "Alleo field", Says.MEND, "Maybe"),
        ({"email": ""}, "E-mail", Says.MEND, "empty"),
        ({"email": "a b@c"}, "E-mail", Says.MEND, "a b@c"),
        ({"last_name": ""}, "Name", Says.MEND, "Ada"),
    ],
)
def test_just_the_rule_that_hits_speaks_against(fields, name, says, value):
    somebody = one(**fields)
    against = [rule for rule in explain(somebody, DECIDED) if rule.says is not Says.IN]
    assert [(rule.name, rule.says, rule.value) for rule in against] == [(name, says, value)]
    assert against[0].verdict


def test_several_rules_speak_at_once():
    rules = explain(one(status="inactive", alleo="No", email=""), DECIDED)
    assert [r.name for r in rules if r.says is Says.OUT] == ["Status", "Alleo field"]
    assert [r.name for r in rules if r.says is Says.MEND] == ["E-mail"]


def test_without_an_alleo_field_everybody_takes_part():
    rule = next(r for r in explain(one(), Context(Selection.EVERYONE, TODAY)) if r.name == "Alleo field")
    assert (rule.says, rule.value) == (Says.IN, "not used")
    assert len(explain(one(), Context(Selection.EVERYONE, TODAY))) == 6


def test_a_lost_field_stops_everybody():
    rule = next(r for r in explain(one(), Context(Selection.LOST, TODAY)) if r.name == "Alleo field")
    assert rule.says is Says.MEND


def test_an_account_of_somebody_else_stands_in_the_way():
    somebody = one(accounts=(Account("x", "99", "p1@acme.example", "Eve", "Other"),))
    rule = explain(somebody, DECIDED)[-1]
    assert (rule.says, rule.value) == (Says.MEND, "Eve Other")
    assert "mended" in headline(somebody)


def test_gone_from_personio():
    account = Account("a9", "9", "gone@acme.example", "Gone", "Person")
    plan = plan_of(person(), accounts=(account,), links={9: "a9"})
    gone = next(p for p in plan.people if p.employee is None)
    assert [rule.says for rule in explain(gone, DECIDED)] == [Says.OUT]
    assert at_alleo(gone) == "switch off"
    assert [(s.label, s.old, s.new) for s in shifts(gone)] == [("Access to Alleo", "on", "off")]
    assert budgets(gone) == ()


def test_changes_show_old_and_new_but_never_a_birthday():
    account = Account(
        "a", "1", "old@acme.example", "Ada", "Number1", department="People", extras={"birthday": "1979-02-03"}
    )
    somebody = one(accounts=(account,))
    told = {s.label: (s.old, s.new) for s in shifts(somebody)}
    assert told["E-mail"] == ("old@acme.example", "p1@acme.example")
    assert told["Birthday"] == ("", "changes")
    assert "1979" not in str(told)
    assert "1980" not in str(told)


def test_a_new_account_has_no_before():
    told = {s.label: (s.old, s.new) for s in shifts(one())}
    assert told["Birthday"] == ("", "is set")
    assert told["First name"] == ("", "Ada")
    cleared = Account("a", "1", "p1@acme.example", "Ada", "Number1", department="", extras={"birthday": "1980-02-03"})
    told = {s.label: (s.old, s.new) for s in shifts(one(accounts=(cleared,), birthday=None))}
    assert told["Birthday"] == ("", "is taken out")
    assert told["Department"] == ("empty", "People")


def test_every_budget_is_told_sent_or_not():
    raws = ((MONTHLY, Decimal(1200)), (ONCE, "1.234,50"))
    sent, withheld = budgets(one(budgets=raws))
    assert (sent.text, sent.says, sent.note) == ("EUR 1,200.00", Says.IN, "a month")
    assert (withheld.text, withheld.says) == ("1.234,50", Says.MEND)
    (left_out,) = budgets(one(budgets=((MONTHLY, Decimal(5)),), alleo="No"))
    assert (left_out.says, left_out.note) == (Says.OUT, "not sent")
    (zero,) = budgets(one(budgets=((MONTHLY, 0),)))
    assert zero.note == "zero is not sent"
    plan = plan_of(person(budgets=((ONCE, Decimal(5)),)), oneoffs=Granted({(1, ONCE): Decimal(5)}))
    (before,) = budgets(plan.people[0])
    assert before.note == "was sent before"
