"""Many days of HR events and faults: after every undisturbed run, Alleo holds what product.md says."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import tempfile
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from boundary import KILLS, Alleo, Died, Line, Mishap
from company import Office
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from thorough import examples

from alleo_onboard.domain.errors import (
    BudgetGuardTripped,
    DeliveryRefused,
    GuardTripped,
    NotReady,
    Unreachable,
    UpdateGuardTripped,
)
from alleo_onboard.sandbox.faults import Fault
from alleo_onboard.sandbox.names import DEPARTMENTS
from alleo_onboard.sandbox.scim_schema import ALLEO, CORE, ENTERPRISE
from alleo_onboard.sandbox.server import Sandbox
from alleo_onboard.usecases.preview.preview import preview
from alleo_onboard.usecases.run.sync import Consent, Stop, sync

FIRST_DAY = date(2026, 3, 2)
MONTHLY = ("alleo_monthly_all_budget", "alleo_monthly_health_budget")
ONEOFF = "alleo_oneoff_all_budget"
BUDGETS = (*MONTHLY, ONEOFF)
PARKED = re.compile(r"\d+@parked\.alleo-onboard\.invalid")
STRANGERS = ("hr7@polderwerk.example", "4711@polderwerk.example", "portal.admin@polderwerk.example")
WAITING = ("waiting.one@polderwerk.example", "waiting.two@polderwerk.example")
EVERYTHING = Consent(allow_offboard=99, allow_update=99, allow_budget=Decimal(99_999))


# --- the model: product.md, "Who syncs", "Budgets", "What changes" ---------------------------------------------------


@dataclass(frozen=True)
class Held:
    """An account at Alleo, with the values that product.md is about."""

    external: str
    email: str
    first: str
    last: str
    department: str
    active: bool
    birthday: str
    hired: str
    amounts: tuple[Decimal | None, ...]  # in the order of BUDGETS

    @classmethod
    def of(cls, account):
        name, extension = account.get("name") or {}, account.get(ALLEO) or {}
        amounts = (extension.get(field) for field in BUDGETS)
        return cls(
            account.get("externalId") or "",
            account["userName"],
            name.get("givenName") or "",
            name.get("familyName") or "",
            (account.get(ENTERPRISE) or {}).get("department") or "",
            account["active"],
            extension.get("birthday") or "",
            extension.get("workAnniversary") or "",
            tuple(None if one is None else Decimal(str(one)) for one in amounts),
        )


@dataclass(frozen=True)
class World:
    """The input of a run. `hidden`: fields the credential may not read; `paid`: one-off amounts granted before."""

    people: tuple
    today: date
    hidden: frozenset[str]
    paid: frozenset[str]
    keys: dict[str, str]
    ever: frozenset[int]  # everybody who was ever in Personio

    def custom(self, person, name):
        return None if name in self.hidden else person.custom.get(self.keys[name])


@dataclass(frozen=True)
class Expected:
    """The accounts by id after a run, the new ones, and the guard's counts."""

    accounts: dict[str, Held]
    new: tuple[Held, ...]
    offboarded: int
    readdressed: int
    linked: int
    monthly: Decimal  # euros: monthly budgets of the linked active accounts; what is added to them; what is paid once
    added: Decimal
    paid: Decimal


def skipped(world, person):
    """Returns the reason to skip a person, or ""."""
    ends = None if "termination_date" in world.hidden else person.termination_date
    if person.status == "inactive":
        return "inactive"
    hired_again = ends and person.hire_date > ends and person.status != "onboarding"  # the end of an earlier time
    if ends and ends < world.today and not hired_again:
        return "terminated"
    if person.status == "onboarding" or person.hire_date > world.today:
        return "not_started"
    return {"No": "alleo_no", "": "alleo_unset", None: "alleo_unset"}.get(world.custom(person, "Alleo"), "")


def flawed(world, person, shared):
    """Returns True if a person who takes part is blocked by their data."""
    unclear = world.custom(person, "Alleo") != "Yes"
    address = re.fullmatch(r"[^@\s]+@[^@\s]+\.[a-z]+", person.email, re.IGNORECASE)
    return unclear or not address or person.email.casefold() in shared or not (person.first_name and person.last_name)


def valid(raw):
    """Returns the amount in euros to send; None for none (empty, zero, or not an amount)."""
    if raw is None or raw == "" or not re.fullmatch(r"\d+(\.\d{1,2})?", str(raw)):
        return None
    return Decimal(str(raw)) or None


def expected(world, before, *, offboards=True, complete=True):
    """Returns what must be true after an undisturbed run, from what was true before."""
    reasons = {p.id: skipped(world, p) for p in world.people}
    parts = [p for p in world.people if not reasons[p.id]]
    shared = {email for email, n in Counter(p.email.casefold() for p in parts).items() if n > 1}
    syncing = {p.id: p for p in parts if not flawed(world, p, shared)}
    mine = {held.external: identity for identity, held in before.items() if held.external}
    owner = {held.email.casefold(): identity for identity, held in before.items()}

    def in_the_way(person, moving):
        """Returns True if another account has the person's address and keeps it."""
        holder = owner.get(person.email.casefold())
        if holder is None or holder == mine.get(str(person.id)) or holder in moving:
            return False
        return str(person.id) in mine or bool(before[holder].external)

    while True:  # somebody may block another only because a third person blocks them
        moving = {
            mine[str(n)]
            for n, p in syncing.items()
            if str(n) in mine and before[mine[str(n)]].email.casefold() != p.email.casefold()
        }
        stuck = {n for n, p in syncing.items() if in_the_way(p, moving)}
        if not stuck:
            break
        syncing = {n: p for n, p in syncing.items() if n not in stuck}

    after, new = dict(before), []
    leaving = {str(n) for n, reason in reasons.items() if reason and reason != "not_started"}
    leaving |= {str(n) for n in world.ever - reasons.keys()} if complete else set()
    gone = {i for i, held in before.items() if held.external in leaving and held.active}
    for identity in gone if offboards else ():
        after[identity] = replace(before[identity], active=False)
    readdressed = 0
    for number, person in syncing.items():
        identity = mine.get(str(number)) or _free(before, owner, person)
        if identity is None:
            new.append(wanted(world, person, None))
            continue
        after[identity] = wanted(world, person, before[identity])
        readdressed += after[identity].email != before[identity].email
    known = {str(n) for n in world.ever}
    active = [held for held in before.values() if held.external in known and held.active]
    pairs = [(before[i], held) for i, held in after.items()] + [(None, held) for held in new]
    return Expected(
        after,
        tuple(new),
        len(gone) if offboards else 0,
        readdressed,
        len(active),
        sum((a or 0 for held in active for a in held.amounts[:2]), Decimal(0)),
        sum((max(0, (n or 0) - (o or 0)) for o, n in _both(pairs, slice(0, 2))), Decimal(0)),
        sum((n or 0 for o, n in _both(pairs, slice(2, 3)) if n != o), Decimal(0)),
    )


def _both(pairs, which):
    """Yields pairs of amounts, before and after."""
    for old, new in pairs:
        yield from zip(old.amounts[which] if old else (None, None), new.amounts[which], strict=False)


def _free(before, owner, person):
    """Returns the unlinked account with this person's address, or None."""
    identity = owner.get(person.email.casefold())
    return identity if identity and not before[identity].external else None


def wanted(world, person, held):
    """Returns the account that a person who syncs should have."""
    amounts = {name: valid(world.custom(person, name)) for name in BUDGETS}
    if all(amounts[name] for name in MONTHLY):
        amounts |= dict.fromkeys(MONTHLY)
    if str(person.id) in world.paid or (held and not held.external):
        amounts[ONEOFF] = None  # paid once, or the account existed before, so it may have been paid already
    kept = dict(zip(BUDGETS, held.amounts if held else (None,) * 3, strict=True))
    department = "" if person.department is None else DEPARTMENTS[person.department][1]
    return Held(
        str(person.id),
        held.email if held and held.email.casefold() == person.email.casefold() else person.email,
        person.first_name,
        person.last_name,
        department if "department" not in world.hidden else held.department if held else "",
        True,
        str(person.birthday),
        str(person.hire_date),
        tuple(amounts[name] or kept[name] for name in BUDGETS),
    )


# --- the machine -----------------------------------------------------------------------------------------------------

HIDEABLE = ("Alleo", "department", "termination_date", *BUDGETS)
LIFTABLE = frozenset({"department", "termination_date"})
CAREFUL = replace(EVERYTHING, allow_missing=LIFTABLE)
WHO = st.sampled_from(range(10))
FRESH = st.sampled_from(range(50)).map(lambda n: f"fresh{n}@polderwerk.example")
ADDRESSES = FRESH | st.sampled_from(["", "no address", "a@b"])
WORDS = st.sampled_from(["Änne", "van 't Hoff [/b]", "O'Neil", "李", "Ann", ""])
AMOUNTS = st.sampled_from([None, 0, 25, 49.95, "12.5", 100, 250, -5, 10.005, "1.234,50"])
STATUSES = st.sampled_from(["leave", "onboarding", "inactive", "active"])
AT = st.sampled_from(range(1, 13))
METHODS = st.sampled_from(["", "POST", "PATCH"])
FAULTS = st.sampled_from(sorted(set(Mishap) - KILLS))


def called(name, *arguments):
    return st.tuples(st.just(name), *arguments)


EVENTS = st.one_of(
    called("hire", WHO, FRESH | st.sampled_from(WAITING), st.booleans()),
    called("change_status", WHO, STATUSES),
    called("terminate", WHO, st.sampled_from([-3, 0, 1, 3])),
    called("rehire", WHO),
    called("rehire", WHO),
    called("choose", WHO, st.sampled_from(["Yes", "No", "", "Maybe"])),
    called("choose_for_all", st.sampled_from(["Yes", "Yes", "No", ""])),
    called("change_email", WHO, ADDRESSES),
    called("write_email_in_capitals", WHO),
    called("change_domain", st.sampled_from(["mistyped.example", "polderwerk.example"])),
    called("swap_emails", WHO, WHO),
    called("swap_emails", WHO, WHO),
    called("take_an_address", WHO, st.sampled_from(range(30))),
    called("change_name", WHO, WORDS, st.sampled_from(["first_name", "last_name"])),
    called("change_department", WHO, st.none() | st.sampled_from(range(len(DEPARTMENTS)))),
    called("change_budget", WHO, st.sampled_from(BUDGETS), AMOUNTS),
    called("change_budget", WHO, st.just(ONEOFF), AMOUNTS),
    called("hide", st.sampled_from(HIDEABLE)),
    called("show"),
    called("delete", WHO),
    called("restore"),
    called("days_pass", st.sampled_from([1, 2, 3])),
)
RUNS = st.one_of(
    called("quiet_run", st.sampled_from([EVERYTHING, CAREFUL, Consent()])),
    called("run_after_a_wrong_import", st.sampled_from(["No", "", "mistyped.example"])),
    called("disturbed_run", st.just("answers"), st.lists(st.sampled_from([500, 503, 429]), min_size=1), METHODS),
    called("disturbed_run", st.just("lost"), st.sampled_from(range(1, 9)), METHODS),
    called("disturbed_run", st.just("mishap"), FAULTS, AT, st.booleans(), st.booleans()),
    called("disturbed_run", st.just("killed"), AT, st.booleans()),
    called("disturbed_run", st.just("stopped"), st.sampled_from(range(6))),
    called("run_while_the_list_moves", st.sampled_from([EVERYTHING, CAREFUL]), st.booleans()),
)


class ManyDays(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.sandbox = Sandbox("selective", 8, limits=False, today=FIRST_DAY)
        self.sandbox.start()
        self.office = Office(self.sandbox, self.folder / "home")
        self.office.now = lambda: datetime.combine(self.today, time(12), UTC)
        self.personio, self.scim = self.sandbox.personio, self.sandbox.scim
        self.today, self.hidden, self.former = FIRST_DAY, frozenset(), []
        self.ever = {p.id for p in self.personio.people}
        self.keys = {name: self.personio.key_of(name) for name in ("Alleo", *BUDGETS)}
        self.alleo = Alleo(self.office)
        self.first_run, self.pinned = True, False
        for person in self.personio.people:
            self.personio.edit(person.id, custom={self.keys["Alleo"]: "Yes"})
        self.scim.add(
            *(
                {"schemas": [CORE], "userName": address, "externalId": external, "active": active}
                for address, external, active in zip(
                    STRANGERS, ("HR-7", "4711", None), (True, True, False), strict=True
                )
            ),
            *(
                {
                    "schemas": [CORE],
                    "userName": address,
                    "emails": [{"value": address, "type": "work", "primary": True}],
                    "name": {"givenName": "Wait", "familyName": "Ing"},
                    "active": active,
                }
                for address, active in zip(WAITING, (True, False), strict=True)
            ),
        )
        self.strangers = self.foreign()
        self.originals = frozenset(self.accounts())

    def teardown(self):
        try:
            self.show()
            self.run(EVERYTHING)
        finally:
            self.sandbox.stop()
            shutil.rmtree(self.folder, ignore_errors=True)

    def foreign(self):
        return [a for a in self.scim.accounts if a["userName"] in STRANGERS]

    # HR

    def edit(self, who, **fields):
        people = self.personio.people
        if people:
            self.personio.edit(people[who % len(people)].id, **fields)

    def put(self, who, name, value):
        self.edit(who, custom={self.keys[name]: value})

    @property
    def addresses(self):
        """Every address that anybody has or had, in Personio or Alleo."""
        listed = {p.email for p in (*self.personio.people, *self.former)} | {a["userName"] for a in self.scim.accounts}
        # the one without an id could be linked, and would not be foreign any more
        return sorted(listed - {STRANGERS[2]})

    @initialize(settled=st.booleans())
    def begin(self, settled):
        if settled:
            self.run(EVERYTHING)

    @rule(events=st.lists(EVENTS, max_size=7), run=RUNS)
    def day(self, events, run):
        """HR events, then a run. In one rule, because single rules would give days of one kind of event only."""
        for name, *how in (*events, run):
            getattr(self, name)(*how)

    def hire(self, who, email, started):
        if len(self.personio.people) >= 11 or not self.personio.people:
            return
        like = self.personio.people[who % len(self.personio.people)]
        hired = self.today if started else self.today + timedelta(days=2)
        fields = {"id": max(self.ever) + 1, "email": email, "status": "active", "termination_date": None}
        person = replace(like, **fields, hire_date=hired, custom={**like.custom, self.keys["Alleo"]: "Yes"})
        self.ever.add(person.id)
        self.personio.set_people((*self.personio.people, person))

    def change_status(self, who, status):
        self.edit(who, status=status)

    def terminate(self, who, days):
        self.edit(who, termination_date=self.today + timedelta(days=days))

    def rehire(self, who):
        self.edit(who, status="active", termination_date=None, custom={self.keys["Alleo"]: "Yes"})

    def choose(self, who, value):
        self.put(who, "Alleo", value)

    def choose_for_all(self, value):
        for who in range(len(self.personio.people)):
            self.put(who, "Alleo", value)

    def change_email(self, who, email):
        self.edit(who, email=email)

    def write_email_in_capitals(self, who):
        people = self.personio.people
        if people:
            self.edit(who, email=people[who % len(people)].email.upper())

    def change_domain(self, domain):
        for who, person in enumerate(self.personio.people):
            self.edit(who, email=person.email.partition("@")[0] + "@" + domain)

    def swap_emails(self, one, two):
        people = self.personio.people
        if people:
            emails = [people[who % len(people)].email for who in (one, two)]
            self.edit(one, email=emails[1])
            self.edit(two, email=emails[0])

    def take_an_address(self, who, which):
        """Gives a person the address of a leaver, a foreign account, a colleague or a waiting account."""
        self.edit(who, email=self.addresses[which % len(self.addresses)])

    def change_name(self, who, name, which):
        self.edit(who, **{which: name})

    def change_department(self, who, department):
        self.edit(who, department=department)

    def change_budget(self, who, name, amount):
        self.put(who, name, amount)

    def hide(self, name):
        if self.pinned:  # before the field is pinned, a hidden Alleo field cannot be told from a missing one
            self.personio.hide(name)
            self.hidden |= {name}

    def show(self):
        if self.hidden:
            self.personio.show(*self.hidden)
        self.hidden = frozenset()

    def delete(self, who):
        people = self.personio.people
        if len(people) > 2:
            gone = people[who % len(people)]
            self.former.append(gone)
            self.personio.set_people(tuple(p for p in people if p.id != gone.id))

    def restore(self):
        if self.former:
            self.personio.set_people((*self.personio.people, self.former.pop()))

    def days_pass(self, days):
        self.today += timedelta(days=days)

    # runs

    def quiet_run(self, consent):
        self.run(consent)

    def run_after_a_wrong_import(self, value):
        """Everybody takes part; then a whole column is wrong, and nobody types a number."""
        for who in range(len(self.personio.people)):
            self.rehire(who)
        self.run(EVERYTHING)
        if "." in value:
            self.change_domain(value)
        else:
            self.choose_for_all(value)
        self.run(Consent())

    def run_while_the_list_moves(self, consent, accept):
        """Personio states another total than it lists, in every read."""
        self.personio.faults.inject(*[Fault.MOVED_TOTAL] * 40)
        try:
            self.run(replace(consent, accept_incomplete=accept), complete=False)
        finally:
            self.personio.faults._waiting["data"].clear()

    def disturbed_run(self, kind, *how):
        if kind == "answers":
            self.scim.fail(*how[0], method=how[1])
        elif kind == "lost":
            for _each in range(how[0]):
                self.scim.lose_answer(how[1])
        elif kind == "mishap":
            self.alleo.expect(how[0], how[1], lasting=how[2], writes=how[3])
        self.run(EVERYTHING, disturbed=True, **{kind: how} if kind in ("killed", "stopped") else {})

    def world(self):
        paid = frozenset(external for external, name in self.alleo.paid if name == ONEOFF)
        people = tuple(self.personio.people)
        return World(people, self.today, self.hidden, paid, self.keys, frozenset(self.ever))

    def accounts(self):
        return {a["id"]: Held.of(a) for a in self.scim.accounts}

    def refusal(self, consent, complete, plan):
        """Returns the error that the run must raise before it writes, or None."""
        lost = (LIFTABLE & self.hidden) - consent.allow_missing
        if lost or "Alleo" in self.hidden:
            return NotReady
        if not complete and not consent.accept_incomplete:
            return Unreachable
        most = plan.offboarded >= 2 and plan.offboarded * 2 > plan.linked
        if (most or plan.offboarded > max(5, plan.linked // 10)) and (consent.allow_offboard or 0) < plan.offboarded:
            return GuardTripped
        if plan.readdressed > max(1, plan.linked // 2) and (consent.allow_update or 0) < plan.readdressed:
            return UpdateGuardTripped
        money = max(plan.added, plan.paid)
        if not self.first_run and money > max(1000, plan.monthly) and (consent.allow_budget or 0) < money:
            return BudgetGuardTripped
        return None

    def run(self, consent, *, complete=True, disturbed=False, killed=None, stopped=None):
        before, raw, writes = self.accounts(), self.scim.accounts, self.writes()
        world = self.world()
        plan = expected(world, before, complete=complete, offboards=complete)
        refused = self.refusal(consent, complete, plan)
        if self.first_run and (consent.allow_offboard or 0) < plan.offboarded:
            plan = expected(world, before, complete=complete, offboards=False)
        try:
            result, rest = asyncio.run(self.sitting(consent, killed, stopped, raises=refused, again=not disturbed))
        finally:
            self.scim._faults.clear()
            self.alleo.clear()
        self.always()
        if refused and not disturbed:
            assert self.writes() == writes
        if refused:
            assert self.scim.accounts == raw
            return
        if result is not None:
            self.pinned = True
            self.first_run &= result.left > 0
        elif killed:
            self.pinned = bool(self.office.setups.find(secrets=False).profile.selective_key)
        if disturbed:
            self.between(before, plan)
            return
        assert result.failed == ()
        assert result.drift == ()
        assert result.verified
        self.exactly(before, plan)
        if complete and not result.held_back:
            assert rest == ()
        with self.office.ledger as ledger:
            assert ledger.unsettled() == ()
            assert ledger.verify().faults == ()

    async def sitting(self, consent, killed, stopped, *, raises, again):
        """Makes one run. Returns its result, None if it did not end, and the plan after it."""
        line = None
        asked = Stop()
        try:
            async with self.office.session() as session:
                if killed:
                    line = Line(self.office, session.delivery(), killed[0], after=killed[1], writes=True)
                if stopped:
                    session.notify = _after(stopped[0], asked)
                seen = await preview(session)
                if raises:
                    with pytest.raises(raises) as caught:
                        await sync(session, seen, consent, asked)
                    assert caught.type is raises
                    return None, ()
                result = await sync(session, seen, consent, asked)
                return result, (await preview(session)).plan.changes if again else ()
        except Died:
            line.bury()
        except (Unreachable, DeliveryRefused):
            if again:
                raise
        return None, ()

    def writes(self):
        return len(self.office.writes())

    def always(self):
        """Asserts what holds after every run."""
        accounts = self.scim.accounts
        external = [a["externalId"] for a in accounts if a.get("externalId")]
        assert len(set(external)) == len(external)
        assert self.foreign() == self.strangers
        assert not {key: times for key, times in self.alleo.paid.items() if times > 1}

    def exactly(self, before, plan):
        after = self.accounts()
        old = {i: self.undecided(i, held, before, plan) for i, held in after.items() if i in before}
        assert old == plan.accounts
        fresh = sorted((held for i, held in after.items() if i not in before), key=lambda held: held.external)
        assert fresh == sorted(plan.new, key=lambda held: held.external)

    def undecided(self, identity, held, before, plan):
        """Returns the account with the expected one-off amount, if its own was there before the ledger and may wait."""
        waits = identity in self.originals and held.amounts[2] == before[identity].amounts[2]
        return replace(held, amounts=(*held.amounts[:2], plan.accounts[identity].amounts[2])) if waits else held

    def between(self, before, plan):
        """After a disturbed run, each field has its old or its new value, and only expected accounts are new."""
        for identity, found in self.accounts().items():
            if identity not in before:
                assert found in plan.new
                continue
            moved = found.amounts != before[identity].amounts
            held = self.undecided(identity, found, before, plan) if moved else found
            for name in Held.__dataclass_fields__:
                now, then, wanted = (getattr(h, name) for h in (held, before[identity], plan.accounts[identity]))
                parked = name == "email" and wanted != then and PARKED.fullmatch(now)
                assert now in (then, wanted) or parked, (name, now, then, wanted)


def _after(changes, asked):
    """Returns a callback that requests a stop after `changes` changes; 0 stops before the first."""
    told = [0]

    def notify(event):
        told[0] += type(event).__name__ == "Applied"
        if told[0] >= changes:
            asked.request()

    return notify


# A killed run leaves unfinished connections, about which asyncio warns.
pytestmark = pytest.mark.filterwarnings("ignore:coroutine .* was never awaited:RuntimeWarning")
LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
TestManyDays = ManyDays.TestCase
TestManyDays.settings = settings(
    max_examples=int(os.environ.get("MANY_DAYS", "100")) if LONG else examples(3, 9),
    stateful_step_count=14,
    derandomize=not LONG,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
