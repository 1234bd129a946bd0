"""The table "What changes" of product.md, row by row, and the guard."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from alleo_onboard.domain.account import Account
from alleo_onboard.domain.alleo_field import Selection
from alleo_onboard.domain.attributes import NAMES
from alleo_onboard.domain.budget import Problem
from alleo_onboard.domain.change import Field, Kind
from alleo_onboard.domain.drift import Known as Drifted
from alleo_onboard.domain.eligibility import decide
from alleo_onboard.domain.employee import Employee
from alleo_onboard.domain.oneoff import Granted, Release
from alleo_onboard.domain.plan import Plan
from alleo_onboard.domain.planning import Known, build

TODAY = date(2026, 11, 22)
MONTHLY, ONCE = "alleo_monthly_all_budget", "alleo_oneoff_all_budget"
ADA = Employee(7, "ada@x.example", "Ada", "Lovelace", "active", department="IT", birthday=date(1990, 2, 6), alleo="Yes")
LINKED = Account("acc-1", "7", "ada@x.example", "Ada", "Lovelace", True, "IT", {"birthday": "1990-02-06"})


def plan(*people: Employee, accounts: tuple[Account, ...] | None = (), complete: bool = True, **more) -> Plan:
    known = Known(frozenset(NAMES), frozenset({MONTHLY, ONCE}), accounts=accounts, **more)
    return build(people, decide(people, TODAY, Selection.FIELD), known, complete=complete)


def only_change(made: Plan):
    (change,) = made.changes
    return change


def test_nobody_at_alleo_is_onboarded_with_every_value():
    change = only_change(plan(ADA))
    assert change.kind is Kind.ONBOARD
    assert change.account_id is None
    assert change.new == {
        "email": "ada@x.example",
        "first_name": "Ada",
        "last_name": "Lovelace",
        "department": "IT",
        "birthday": "1990-02-06",
    }


def test_a_linked_account_that_is_right_is_left_alone():
    made = plan(ADA, accounts=(LINKED,))
    assert made.changes == ()
    assert made.summary["unchanged"] == 1
    assert made.linked == 1


def test_an_update_names_old_and_new_and_an_email_change_is_one():
    changed = replace(ADA, email="ada.king@x.example", department="")
    change = only_change(plan(changed, accounts=(LINKED,)))
    assert change.kind is Kind.UPDATE
    assert change.fields == (Field("email", "ada@x.example", "ada.king@x.example"), Field("department", "IT", None))


def test_a_pure_change_of_case_in_an_address_is_no_change():
    assert plan(replace(ADA, email="Ada@X.example"), accounts=(LINKED,)).changes == ()


def test_a_linked_inactive_account_is_reactivated():
    change = only_change(plan(ADA, accounts=(replace(LINKED, active=False),)))
    assert (change.kind, change.fields) == (Kind.REACTIVATE, (Field("active", False, True),))


def test_an_account_with_the_address_and_no_id_is_linked_and_updated():
    change = only_change(plan(ADA, accounts=(replace(LINKED, external_id="", department="HR"),)))
    assert change.kind is Kind.LINK
    assert change.fields == (Field("external_id", None, "7"), Field("department", "HR", "IT"))


def test_an_account_with_the_address_and_another_id_blocks():
    made = plan(ADA, accounts=(replace(LINKED, external_id="99"),))
    assert made.changes == ()
    assert made.people[0].problems == (Problem.ACCOUNT_CONFLICT,)
    assert made.summary["blocked"] == 1


def test_a_new_address_that_somebody_else_has_blocks_and_is_not_taken():
    other = Account("acc-2", "", "new@x.example", "Foreign", "Person")
    made = plan(replace(ADA, email="new@x.example"), accounts=(LINKED, other))
    assert made.changes == ()
    assert made.summary["unmanaged"] == 1


def test_two_people_may_swap_addresses_in_one_plan():
    bob = replace(ADA, id=8, first_name="Bob", email="ada@x.example")
    ada = replace(ADA, email="bob@x.example")
    bobs = replace(LINKED, id="acc-2", external_id="8", first_name="Bob", email="bob@x.example")
    assert [c.kind for c in plan(ada, bob, accounts=(LINKED, bobs)).changes] == [Kind.UPDATE, Kind.UPDATE]


@pytest.mark.parametrize(
    "change", [{"status": "inactive"}, {"termination_date": date(2026, 1, 1)}, {"alleo": "No"}, {"alleo": ""}]
)
def test_whoever_is_left_out_loses_a_linked_account(change):
    made = only_change(plan(replace(ADA, **change), accounts=(LINKED,)))
    assert (made.kind, made.fields) == (Kind.OFFBOARD, (Field("active", True, False),))


@pytest.mark.parametrize(
    "change", [{"status": "onboarding"}, {"hire_date": date(2027, 1, 1)}, {"email": ""}, {"alleo": "?"}]
)
def test_not_started_and_blocked_people_keep_theirs(change):
    assert plan(replace(ADA, **change), accounts=(LINKED,)).changes == ()


def test_an_account_that_is_only_alike_is_never_switched_off():
    made = plan(replace(ADA, status="inactive"), accounts=(replace(LINKED, external_id=""),))
    assert made.changes == ()
    assert made.summary["unmanaged"] == 1


def test_gone_after_a_complete_reading_is_offboarded_only_when_this_tool_made_the_link():
    links = {7: "acc-1"}
    change = only_change(plan(accounts=(LINKED,), links=links))
    assert (change.kind, change.reason) == (Kind.OFFBOARD, "gone")
    assert plan(accounts=(LINKED,), links=links, complete=False).changes == ()
    assert plan(accounts=(LINKED,)).summary["unmanaged"] == 1
    assert plan(accounts=(replace(LINKED, external_id="other"),), links=links).changes == ()


def test_a_delivery_gets_only_what_it_can_carry_and_the_credential_may_read():
    carried = only_change(plan(ADA, carries=frozenset({"email", "first_name", "last_name"})))
    assert set(carried.new) == {"email", "first_name", "last_name"}
    known = Known(frozenset(NAMES) - {"department"}, accounts=(replace(LINKED, department="Kept"),))
    made = build([ADA], decide([ADA], TODAY, Selection.FIELD), known, complete=True)
    assert made.changes == ()


def test_without_a_delivery_the_plan_is_a_first_sync():
    made = plan(ADA, accounts=None)
    assert made.delivery is False
    assert only_change(made).kind is Kind.ONBOARD


RICH = replace(ADA, budgets=((MONTHLY, 100), (ONCE, 250)))
HELD = replace(LINKED, extras={**LINKED.extras, MONTHLY: "100.00"})
LINKS = {7: "acc-1"}
KEYS = {MONTHLY: "dynamic_1", ONCE: "dynamic_2"}


def sent(amount: str, key: str = "dynamic_2", **more) -> Granted:
    return Granted({(7, key): Decimal(amount)}, keys=KEYS, **more)


def oneoff(made: Plan) -> tuple[object, list[Problem]]:
    """Returns the one-off amount the plan sends for Ada, and her problems."""
    change = made.people[0].change
    return change and change.new.get(ONCE), list(made.people[0].problems)


def test_a_one_off_is_sent_once_and_a_changed_one_waits_for_a_decision():
    assert only_change(plan(RICH)).new[ONCE] == "250.00"
    same = plan(RICH, accounts=(HELD,), links=LINKS, oneoffs=sent("250.00"))
    assert same.changes == ()
    assert same.people[0].budgets == {MONTHLY: Decimal("100.00")}
    other = plan(RICH, accounts=(HELD,), links=LINKS, oneoffs=sent("200.00"))
    assert oneoff(other) == (None, [Problem.BUDGET_ONEOFF_CHANGED])
    (waiting,) = other.waiting
    assert (waiting.amount, waiting.before, waiting.key) == (Decimal("250.00"), Decimal("200.00"), "dynamic_2")
    assert other.withheld == {ONCE: 1}
    assert other.problems == {Problem.BUDGET_ONEOFF_CHANGED: 1}


def test_a_renamed_field_is_the_same_field_and_pays_once():
    renamed = "alleo_oneoff_bonus_budget"
    known = Granted({(7, "dynamic_2"): Decimal(250)}, keys={renamed: "dynamic_2"})
    people = replace(ADA, budgets=((renamed, 250),))
    assert plan(people, accounts=(LINKED,), links=LINKS, oneoffs=known).changes == ()


def test_a_row_from_before_keys_were_kept_is_found_by_the_fields_name():
    assert plan(RICH, accounts=(HELD,), links=LINKS, oneoffs=sent("250.00", key=ONCE)).changes == ()


@pytest.mark.parametrize("link", [{}, {7: "acc-other"}])
@pytest.mark.parametrize("external", ["7", ""])
def test_a_one_off_waits_for_whoever_had_an_account_before_the_ledger_knew(link, external):
    made = plan(RICH, accounts=(replace(HELD, external_id=external),), links=link)
    assert oneoff(made)[0] is None
    assert oneoff(made)[1] == [Problem.BUDGET_ONEOFF_HELD]
    assert [(w.personio_id, w.field, w.why) for w in made.waiting] == [(7, ONCE, Problem.BUDGET_ONEOFF_HELD)]


def test_a_new_one_off_of_a_known_account_is_sent_and_one_that_waited_goes_on_waiting():
    assert oneoff(plan(RICH, accounts=(HELD,), links=LINKS, oneoffs=Granted(keys=KEYS))) == ("250.00", [])
    waited = Granted(held=frozenset({(7, "dynamic_2")}), keys=KEYS)
    assert oneoff(plan(RICH, accounts=(HELD,), links=LINKS, oneoffs=waited)) == (None, [Problem.BUDGET_ONEOFF_HELD])


@pytest.mark.parametrize("change", [{"alleo": "No"}, {"email": ""}, {"misdated": ("hire_date",)}])
def test_what_would_wait_for_somebody_who_does_not_sync_is_remembered_without_asking(change):
    made = plan(replace(RICH, **change), accounts=(replace(HELD, active=False),))
    assert made.waiting == ()
    assert [(w.personio_id, w.why) for w in made.unpaid] == [(7, Problem.BUDGET_ONEOFF_HELD)]


@pytest.mark.parametrize("known", [Granted(keys=KEYS), sent("200.00")])
@pytest.mark.parametrize(
    ("release", "new", "dropped"),
    [
        (Release(send=frozenset({7})), "250.00", 0),
        (Release(everyone=True), "250.00", 0),
        (Release(send=frozenset({8})), None, 0),
        (Release(drop=frozenset({7})), None, 1),
        (Release(everyone=True, drop=frozenset({7})), None, 1),
    ],
)
def test_a_persons_word_sends_or_drops_what_waits(known, release, new, dropped):
    made = plan(RICH, accounts=(HELD,), oneoffs=replace(known, release=release))
    assert oneoff(made)[0] == new
    assert len(made.dropped) == dropped
    assert len(made.waiting) == (0 if new or dropped else 1)


def test_a_one_off_that_alleo_already_holds_is_not_sent_again_when_the_ledger_is_lost():
    held = replace(LINKED, extras={**LINKED.extras, ONCE: "250.00"})
    made = plan(replace(ADA, budgets=((ONCE, 250),)), accounts=(held,))
    assert made.changes == made.waiting == ()


def test_a_zero_that_was_sent_first_does_not_withhold_the_bonus_that_follows():
    zero = plan(replace(ADA, budgets=((ONCE, 0),)), send_zero=True)
    assert only_change(zero).new[ONCE] == "0.00"
    bonus = plan(RICH, accounts=(HELD,), links=LINKS, oneoffs=sent("0.00"), send_zero=True)
    assert oneoff(bonus) == ("250.00", [])


@pytest.mark.parametrize(
    ("budgets", "held", "told"),
    [
        ((), {MONTHLY: "100.00"}, True),
        (((MONTHLY, 0),), {MONTHLY: "100.00"}, True),
        (((MONTHLY, 120),), {MONTHLY: "100.00"}, False),  # it was changed
        (((MONTHLY, -1),), {MONTHLY: "100.00"}, False),  # it is withheld, and that is reported
        ((), {MONTHLY: "0.00"}, False),
        ((), {}, False),
        ((), {ONCE: "250.00"}, False),  # an amount granted once is not paid again
        ((), {"alleo_monthly_old_budget": "5.00"}, True),  # a field that the last run read and this one cannot
    ],
)
def test_a_monthly_budget_that_only_alleo_has_is_told_and_left(budgets, held, told):
    account = replace(LINKED, extras={**LINKED.extras, **held})
    lost = frozenset({"alleo_monthly_old_budget"})
    made = plan(replace(ADA, budgets=budgets), accounts=(account,), lost_budgets=lost)
    assert (Problem.BUDGET_ONLY_AT_ALLEO in made.people[0].problems) is told
    if told:
        assert made.changes == ()


def test_the_digest_tells_plans_apart_and_says_nothing_about_people():
    one, other = plan(ADA), plan(replace(ADA, department="HR"))
    assert one.digest == plan(ADA).digest != other.digest
    assert one.digest.startswith("sha256:")


@pytest.mark.parametrize("change", [{"status": "active"}, {"status": "leave"}])
def test_nobody_who_was_hired_again_loses_alleo_for_the_old_end_date(change):
    again = replace(ADA, hire_date=date(2026, 6, 1), termination_date=date(2025, 12, 31), **change)
    held = replace(LINKED, extras={**LINKED.extras, "work_anniversary": "2026-06-01"})
    made = plan(again, accounts=(held,))
    assert made.changes == ()
    assert made.people[0].problems == (Problem.DATE_INVALID,)
    new = only_change(plan(again, carries=frozenset({"email", "onboarding_date", "offboarding_date"})))
    assert (new.kind, new.new) == (Kind.ONBOARD, {"email": "ada@x.example", "onboarding_date": "2026-06-01"})


@pytest.mark.parametrize(
    "change",
    [{"status": "inactive"}, {"status": ""}, {"hire_date": date(2020, 1, 1)}, {"hire_date": None}],
)
def test_an_end_date_of_this_employment_counts(change):
    left = replace(ADA, hire_date=date(2026, 6, 1), termination_date=date(2025, 12, 31))
    assert only_change(plan(replace(left, **change), accounts=(LINKED,))).kind is Kind.OFFBOARD


def test_an_unreadable_hire_date_holds_new_access_back_and_takes_none_away():
    odd = replace(ADA, misdated=("hire_date",))
    for accounts in ((), (replace(LINKED, active=False),), (replace(LINKED, active=False, external_id=""),)):
        made = plan(odd, accounts=accounts)
        assert made.changes == ()
        assert made.people[0].problems == (Problem.DATE_INVALID,)
        assert (made.summary["blocked"], made.summary["unchanged"]) == (1, 0)
    linked = plan(replace(odd, department="HR"), accounts=(LINKED,))
    assert only_change(linked).kind is Kind.UPDATE
    assert linked.people[0].problems == (Problem.DATE_INVALID,)


def test_a_date_that_cannot_be_read_does_not_empty_what_alleo_holds():
    odd = replace(ADA, birthday=None, misdated=("hire_date", "birthday"))
    held = replace(LINKED, extras={"birthday": "1990-02-06", "work_anniversary": "2020-01-01"})
    assert plan(odd, accounts=(held,)).changes == ()


@pytest.mark.parametrize("name", ["termination_date", "birthday"])
def test_any_other_unreadable_date_is_told_and_holds_nobody_back(name):
    made = plan(replace(ADA, misdated=(name,)))
    assert only_change(made).kind is Kind.ONBOARD
    assert made.people[0].problems == (Problem.DATE_INVALID,)


def test_what_alleo_does_not_keep_is_known_after_three_runs_and_not_before():
    tenfold = replace(ADA, budgets=((MONTHLY, 10),))
    held = replace(LINKED, extras={**LINKED.extras, MONTHLY: "100.00"})
    for times, changes in ((1, 1), (2, 1), (3, 0)):
        made = plan(tenfold, accounts=(held,), drifts={(7, MONTHLY): Drifted("10.00", "100.00", times)})
        assert len(made.changes) == changes
        assert (Problem.NOT_KEPT in made.people[0].problems) is (times == 3)
