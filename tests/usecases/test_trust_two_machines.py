"""Many days with two machines and a ledger each: lost ledgers, late lists, a renamed field, a wrong credential."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import tempfile
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from boundary import Alleo
from company import Office
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from thorough import examples

from alleo_onboard.domain.errors import Trouble
from alleo_onboard.sandbox.personio import PersonioApp
from alleo_onboard.sandbox.scim_schema import CORE
from alleo_onboard.sandbox.server import Sandbox
from alleo_onboard.store.ledger import ledger_path
from alleo_onboard.usecases.preview.preview import preview
from alleo_onboard.usecases.run.sync import Consent, sync
from alleo_onboard.usecases.setups.resolve import Setups

FIRST_DAY = date(2026, 3, 2)
ONEOFF = "alleo_oneoff_all_budget"
STRANGERS = (("portal.admin@polderwerk.example", None), ("hr7@polderwerk.example", "HR-7"))
EVERYTHING = Consent(allow_offboard=99, allow_update=99, accept_change=True)
WHO = st.sampled_from(range(8))
MACHINE = st.sampled_from([0, 1])
CONSENT = st.sampled_from([Consent(), Consent(), EVERYTHING])


def called(name, *arguments):
    return st.tuples(st.just(name), *arguments)


EVENTS = st.one_of(
    called("leave", WHO),
    called("come_back", WHO),
    called("choose", WHO, st.sampled_from(["Yes", "No"])),
    called("hire", WHO),
    called("delete", WHO),
    called("restore"),
    called("marry", WHO),
    called("grant", WHO, st.sampled_from([None, 100, 250])),
    called("rename", st.sampled_from([ONEOFF, "alleo_oneoff_gift_budget", "Geschenk"])),
    called("days_pass", st.sampled_from([1, 3])),
    called("lose_the_ledger", MACHINE),
)
RUNS = st.one_of(
    called("run", MACHINE, CONSENT),
    called("run", MACHINE, CONSENT),
    called("run_on_a_lagging_list", MACHINE, CONSENT, WHO, st.sampled_from([1, 2, 9])),
    called("run_both_at_once", MACHINE, CONSENT),
    called("run_with_another_credential", MACHINE, st.sampled_from([Consent(), Consent(allow_offboard=99)])),
)


def lagging(real):
    """Hides people from the next listings of a tenant and from its total."""

    def filtered(self, request):
        found = real(self, request)
        hidden, left = getattr(self.state, "lag", ((), 0))
        if not left or request.parameter("limit") == "1":
            return found
        self.state.lag = (hidden, left - 1)
        return tuple(p for p in found if p.id not in hidden)

    return filtered


class TwoMachines(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.sandbox = Sandbox("selective", 8, limits=False, today=FIRST_DAY)
        self.other = Sandbox("selective", 6, limits=False, today=FIRST_DAY, seed=7)
        self.sandbox.start()
        self.other.start()
        self._filtered = PersonioApp._filtered
        PersonioApp._filtered = lagging(self._filtered)
        self.personio, self.scim = self.sandbox.personio, self.sandbox.scim
        self.machines = [Office(self.sandbox, self.folder / name) for name in "ab"]
        self.today, self.former = FIRST_DAY, []
        for machine in self.machines:
            machine.now = lambda: datetime.combine(self.today, time(12), UTC)
        self.alleo = Alleo(self.machines[0])
        self.key, self.oneoff = self.personio.key_of("Alleo"), self.personio.key_of(ONEOFF)
        self.ever = {p.id for p in self.personio.people}
        for person in self.personio.people:
            self.personio.edit(person.id, status="active", termination_date=None, custom={self.key: "Yes"})
        for address, external in STRANGERS:
            self.scim.add({"schemas": [CORE], "userName": address, "externalId": external, "active": True})
        self.strangers = self.foreign()

    def teardown(self):
        PersonioApp._filtered = self._filtered
        self.sandbox.stop()
        self.other.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def foreign(self):
        return [a for a in self.scim.accounts if a["userName"] in {address for address, _id in STRANGERS}]

    @initialize(settled=st.sampled_from([(), (0,), (0, 1)]))
    def begin(self, settled):
        for machine in settled:
            self.run(machine, EVERYTHING)

    @rule(events=st.lists(EVENTS, max_size=5), run=RUNS)
    def day(self, events, run):
        for name, *how in (*events, run):
            getattr(self, name)(*how)

    # HR

    def edit(self, who, **fields):
        people = self.personio.people
        if people:
            self.personio.edit(people[who % len(people)].id, **fields)

    def leave(self, who):
        self.edit(who, status="inactive")

    def come_back(self, who):
        self.edit(who, status="active", custom={self.key: "Yes"})

    def choose(self, who, value):
        self.edit(who, custom={self.key: value})

    def marry(self, who):
        self.edit(who, last_name=f"Married-{who}")

    def grant(self, who, amount):
        self.edit(who, custom={self.oneoff: amount})

    def hire(self, who):
        people = self.personio.people
        if len(people) < 10:
            number = max(self.ever) + 1
            self.ever.add(number)
            fields = {"id": number, "email": f"new{number}@polderwerk.example", "last_name": f"New-{number}"}
            hired = replace(people[who % len(people)], **fields, status="active", hire_date=self.today)
            self.personio.set_people((*people, hired))
            self.personio.edit(number, custom={self.key: "Yes"})

    def delete(self, who):
        people = self.personio.people
        if len(people) > 3:
            self.former.append(people[who % len(people)])
            self.personio.set_people(tuple(p for p in people if p.id != self.former[-1].id))

    def restore(self):
        if self.former:
            self.personio.set_people((*self.personio.people, self.former.pop()))

    def rename(self, label):
        self.personio.set_attributes(
            *(replace(a, label=label) if a.key == self.oneoff else a for a in self.personio.attributes)
        )

    def days_pass(self, days):
        self.today += timedelta(days=days)

    def lose_the_ledger(self, machine):
        path = ledger_path(self.machines[machine].setup.home, "default")
        for ending in ("", "-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)

    # Runs

    def should_have_it(self):
        return {
            str(p.id)
            for p in self.personio.people
            if p.status == "active" and p.custom.get(self.key) == "Yes" and p.hire_date <= self.today
        }

    def having_it(self):
        return {a["externalId"] for a in self.scim.accounts if a["active"] and a.get("externalId")}

    def run(self, machine, consent):
        self.judged(self.attempt(self.machines[machine], consent))

    def run_on_a_lagging_list(self, machine, consent, who, times):
        people = self.personio.people
        self.personio.lag = ((people[who % len(people)].id,), times)
        try:
            self.run(machine, consent)
        finally:
            self.personio.lag = ((), 0)

    def run_both_at_once(self, machine, consent):
        """One machine runs while the other one already has its plan."""
        one, two = self.machines[machine], self.machines[1 - machine]

        async def both():
            async with one.session() as session:
                seen = await preview(session)
                await self.attempt(two, consent)
                await sync(session, seen, consent)

        self.judged(both())

    def run_with_another_credential(self, machine, consent):
        """Runs with the right Alleo and another customer's Personio, on a machine that has finished a run."""
        office = self.machines[machine]
        with office.ledger as ledger:
            if ledger.last_policy() is None:
                return
        own = {k: v for k, v in self.sandbox.addresses.environment().items() if k.startswith("ALLEO")}
        wrong = {**self.other.addresses.environment(), **own, "ALLEO_ONBOARD_HOME": str(office.setup.home.data)}
        astray = Office(self.sandbox, office.setup.home.data)
        astray.setups, astray.now = Setups(wrong, forgetful=True), office.now
        astray.setup = replace(astray.setups.find(), limits=False)
        before = self.scim.accounts
        self.judged(self.attempt(astray, consent))
        assert self.scim.accounts == before

    async def attempt(self, office, consent):
        async with office.session() as session:
            await sync(session, await preview(session), consent)

    def judged(self, work):
        """Asserts the promises, whether the run was made or refused."""
        entitled = self.should_have_it() & self.having_it()
        with contextlib.suppress(Trouble):
            asyncio.run(work)
        assert entitled <= self.having_it()
        assert self.foreign() == self.strangers
        numbers = Counter(a["externalId"] for a in self.scim.accounts if a.get("externalId"))
        assert set(numbers.values()) <= {1}
        assert {int(n) for n in numbers if n.isdigit()} <= self.ever
        assert not {key: times for key, times in self.alleo.paid.items() if times > 1}


FURTHER = os.environ.get("TWO_MACHINES", "")
TestTwoMachines = TwoMachines.TestCase
TestTwoMachines.settings = settings(
    max_examples=int(FURTHER or examples(2, 6)),
    stateful_step_count=10,
    derandomize=not FURTHER,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
