"""Properties that hold for any company: product.md, "Who syncs", "Budgets" and "What changes"."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from people import BUDGET_NAMES, ONEOFFS, TODAY, accounts, employees
from thorough import examples

from alleo_onboard.domain.account import Account
from alleo_onboard.domain.alleo_field import Selection
from alleo_onboard.domain.attributes import NAMES
from alleo_onboard.domain.budget import Period, period_of
from alleo_onboard.domain.change import Change, Kind
from alleo_onboard.domain.eligibility import Decision, Reason, decide, email_key
from alleo_onboard.domain.employee import Employee
from alleo_onboard.domain.oneoff import Granted
from alleo_onboard.domain.plan import Plan
from alleo_onboard.domain.planning import Known, build
from alleo_onboard.domain.profile import OnLeave

KEYS = {name: f"dynamic_{n}" for n, name in enumerate(BUDGET_NAMES)}
SELECTIONS = st.sampled_from(Selection)
ON_LEAVE = st.sampled_from(OnLeave)


def known(held: Sequence[Account], **more: object) -> Known:
    return Known(frozenset(NAMES), frozenset(BUDGET_NAMES), accounts=tuple(held), **more)  # type: ignore[arg-type]


def granted(oneoffs: dict) -> Granted:
    return Granted({(number, KEYS[name]): amount for (number, name), amount in oneoffs.items()}, keys=KEYS)


def plan_of(
    people: list[Employee], held: Sequence[Account], selection: Selection = Selection.FIELD, **more: object
) -> Plan:
    return build(people, decide(people, TODAY, selection), known(held, **more), complete=True)


@given(employees(), SELECTIONS, ON_LEAVE)
def test_every_employee_gets_one_decision_with_a_reason(people, selection, on_leave):
    verdicts = decide(people, TODAY, selection, on_leave)
    assert set(verdicts) == {e.id for e in people}
    for verdict in verdicts.values():
        assert verdict.reasons
        assert len(set(verdict.reasons)) == len(verdict.reasons)


@given(employees(), SELECTIONS, ON_LEAVE)
def test_whoever_syncs_has_a_name_and_an_address_nobody_else_has(people, selection, on_leave):
    verdicts = decide(people, TODAY, selection, on_leave)
    syncing = [e for e in people if verdicts[e.id].decision is Decision.SYNC]
    assert all(e.first_name and e.last_name and "@" in e.email for e in syncing)
    addresses = [email_key(e.email) for e in syncing]
    assert len(set(addresses)) == len(addresses)


@given(employees(), st.randoms(use_true_random=False), SELECTIONS)
def test_input_order_changes_nothing(people, rng: random.Random, selection):
    shuffled = list(people)
    rng.shuffle(shuffled)
    assert decide(people, TODAY, selection) == decide(shuffled, TODAY, selection)


@given(employees(), accounts(), ONEOFFS, st.randoms(use_true_random=False))
def test_a_plan_does_not_depend_on_input_order(people, held, oneoffs, rng):
    mixed = list(people)
    rng.shuffle(mixed)
    one, other = plan_of(people, held, oneoffs=granted(oneoffs)), plan_of(mixed, held, oneoffs=granted(oneoffs))
    assert one == other
    assert one.digest == other.digest


@given(employees())
def test_a_lost_alleo_field_lets_nobody_through(people):
    verdicts = decide(people, TODAY, Selection.LOST)
    assert not any(v.decision is Decision.SYNC for v in verdicts.values())


@given(employees(), accounts(), SELECTIONS)
def test_a_blocked_person_is_never_offboarded_nor_changed(people, held, selection):
    plan = plan_of(people, held, selection)
    for person in plan.people:
        if person.decision is Decision.BLOCKED:
            assert person.change is None


@given(employees(), accounts(), SELECTIONS)
def test_somebody_who_has_not_started_is_left_alone(people, held, selection):
    for person in plan_of(people, held, selection).people:
        if person.reasons[0] is Reason.NOT_STARTED:
            assert person.change is None


@given(
    employees(),
    accounts(),
    SELECTIONS,
    st.dictionaries(st.integers(1, 25), st.sampled_from([f"acc-{n}" for n in range(8)])),
)
def test_nothing_unlinked_is_ever_touched(people, held, selection, links):
    """A change goes to the account with the person's id, or to an account with their address and without id."""
    by_id = {a.id: a for a in held}
    plan = plan_of(people, held, selection, links=links)
    emails = {e.id: email_key(e.email) for e in people}
    for change in plan.changes:
        if change.kind is Kind.ONBOARD:
            assert change.account_id is None
            continue
        account = by_id[change.account_id]
        if change.kind is Kind.LINK:
            assert account.external_id == ""
            assert email_key(account.email) == emails[change.personio_id]
        else:
            assert account.external_id == str(change.personio_id)


@given(employees(), accounts())
def test_an_account_gets_at_most_one_change(people, held):
    touched = [c.account_id for c in plan_of(people, held).changes if c.account_id]
    assert len(set(touched)) == len(touched)


@settings(max_examples=examples(50, 300))
@given(employees(), accounts(), ONEOFFS)
def test_the_plan_of_an_applied_plan_is_empty(people, held, oneoffs):
    """After applying plans until nothing blocks, nothing is left to do, and every applied change is settled."""
    state, sent = list(held), dict(oneoffs)
    plan = plan_of(people, state, oneoffs=granted(sent))
    state, sent = applied(plan, state, sent)
    settled = {c.personio_id for c in plan.changes}
    again = plan_of(people, state, oneoffs=granted(sent))
    assert not [c for c in again.changes if c.personio_id in settled]
    state, sent = applied(again, state, sent)  # addresses that moved in the first plan are free now
    assert plan_of(people, state, oneoffs=granted(sent)).changes == ()


@given(employees(), accounts())
def test_counts_add_up(people, held):
    plan = plan_of(people, held)
    summary = plan.summary
    assert summary["employees"] == len(people) == sum(summary[d] for d in Decision)
    assert sum(summary[k] for k in Kind) == len(plan.changes)
    assert [p.personio_id for p in plan.people] == sorted(p.personio_id for p in plan.people)
    assert 0 <= summary["unmanaged"] <= len(held)


@given(employees(), accounts(), ONEOFFS)
def test_nobody_gets_two_monthly_budgets_or_a_one_off_twice(people, held, oneoffs):
    for person in plan_of(people, held, oneoffs=granted(oneoffs)).people:
        monthly = [n for n, v in person.budgets.items() if v > 0 and period_of(n) is Period.MONTHLY]
        assert len(monthly) <= 1
        assert not [n for n in person.budgets if (person.personio_id, n) in oneoffs]
        assert all(v == v.quantize(Decimal("0.01")) and v > 0 for v in person.budgets.values())


@given(employees(), accounts(), st.dictionaries(st.integers(1, 25), st.sampled_from([f"acc-{n}" for n in range(8)])))
def test_an_incomplete_reading_never_means_gone(people, held, links):
    verdicts = decide(people, TODAY, Selection.FIELD)
    plan = build(people, verdicts, known(held, links=links), complete=False)
    assert not [c for c in plan.changes if c.reason == Reason.GONE]


def applied(plan: Plan, held: list[Account], oneoffs: dict) -> tuple[list[Account], dict]:
    """Returns the accounts and one-off amounts after all changes of the plan."""
    state = {a.id: a for a in held}
    sent = dict(oneoffs)
    for change in plan.changes:
        identity = change.account_id or f"new-{change.personio_id}"
        before = state.get(identity) or Account(identity, external_id=str(change.personio_id))
        state[identity] = _after(before, change)
        for name, value in change.new.items():
            if name.startswith("alleo_oneoff_"):
                sent[change.personio_id, name] = Decimal(str(value))
    return list(state.values()), sent


def _after(account: Account, change: Change) -> Account:
    own = {
        k: v for k, v in change.new.items() if k in {"email", "first_name", "last_name", "department", "external_id"}
    }
    extras = {**account.extras, **{k: v or "" for k, v in change.new.items() if k not in {*own, "active"}}}
    return replace(
        account, active=change.new.get("active", account.active), extras=extras, **{k: v or "" for k, v in own.items()}
    )
