"""One sitting with one set-up: what was found so far, and what every page needs to find more."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from alleo_onboard.domain.errors import Trouble
from alleo_onboard.domain.oneoff import Release
from alleo_onboard.domain.profile import Language
from alleo_onboard.locale import _, choose, language
from alleo_onboard.locale.choice import LANGUAGES, NAMES
from alleo_onboard.plain.progress import Progress
from alleo_onboard.plain.talk import Talk
from alleo_onboard.plain.words import Word
from alleo_onboard.plain.work import Work
from alleo_onboard.presentation import veil
from alleo_onboard.presentation.check import everyone, note
from alleo_onboard.presentation.crash import unexpected
from alleo_onboard.presentation.delivery import tested_note
from alleo_onboard.presentation.pages.veil import (
    language_now,
    names_and_addresses_are_hidden,
    names_and_addresses_are_shown,
)
from alleo_onboard.presentation.steps import step_heading, step_label
from alleo_onboard.usecases.handover.keys import Keys
from alleo_onboard.usecases.preview.session import Session, Welcome
from alleo_onboard.usecases.setups.resolve import Setup, Setups
from alleo_onboard.wizard.exits import DONE
from alleo_onboard.wizard.state import State
from alleo_onboard.wizard.steps import Step

if TYPE_CHECKING:
    from alleo_onboard.domain.delivery import DeliveryReport
    from alleo_onboard.domain.plan import Person
    from alleo_onboard.usecases.preview.preview import Preview

T = TypeVar("T")


class Sitting:
    """`state` is that of the wizard; `welcome`, `preview` and `report` are None until they are known."""

    def __init__(
        self,
        setups: Setups,
        setup: Setup,
        talk: Talk,
        work: Work,
        *,
        from_start: bool = False,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self.setups, self.talk, self.work, self.from_start = setups, talk, work, from_start
        self.progress = Progress(talk.say, now)
        self.veiled = False  # whether people's names and addresses are hidden
        self.outcome = DONE  # the exit code when a person leaves
        talk.words |= {"x": self._veil, "l": self._speak}
        self._sit_down(setup)

    def _sit_down(self, setup: Setup) -> None:
        self.session = Session(setup, self.progress)
        proven = self.setups.proven(setup.profile.name) if setup.saved else frozenset()
        self.state = State.resume(proven, credential=setup.has_credential, delivery=setup.has_delivery)
        self.welcome: Welcome | None = None
        self.preview: Preview | None = None
        self.report: DeliveryReport | None = None
        self.release = Release()  # what was decided about one-off budgets that wait
        self.keys = Keys.of(self.setups, setup.profile.name)

    def begin(self, setup: Setup) -> None:
        """Goes on with another set-up, of which nothing is known yet but what was proven before."""
        self.close()
        self._sit_down(setup)

    def close(self) -> None:
        self.work(self.session.aclose())

    @property
    def setup(self) -> Setup:
        return self.session.setup

    def use(self, setup: Setup) -> None:
        """The set-up to go on with."""
        self.session.setup = setup

    @property
    def sandbox(self) -> bool:
        return self.setups.is_sandbox(self.setup)

    # Steps

    def go(self, step: Step) -> bool:
        """Goes to a step; False where it cannot be gone to yet."""
        self.state = self.state.go(step)
        return self.state.at is step

    def settle(self, step: Step, told: str, *, needs_you: bool = False, afresh: bool = True) -> None:
        """A step found something. `afresh` is false when nothing that rests on it has changed."""
        change = self.state.settle if afresh else self.state.confirm
        self.keep(change(step, told, needs_you=needs_you))

    def keep(self, state: State) -> None:
        """Takes a new state, and writes down what is proven where it will be found next time."""
        before, self.state = self.state.remembered, state
        if state.remembered != before and self.setup.saved:
            self.setups.prove(self.setup.profile.name, state.remembered)

    def saved(self) -> None:
        """The set-up is on disk now, so what is proven can be remembered beside it."""
        self.use(replace(self.setup, saved=True))
        self.setups.prove(self.setup.profile.name, self.state.remembered)

    def found(self, preview: Preview) -> None:
        """The plan that is current."""
        self.preview = preview
        if preview.report:
            self.report = preview.report
            kind = self.setup.kind
            self.keep(self.state.confirm(Step.DELIVERY, tested_note(kind.label() if kind else "")))

    # Whether everyone is meant: asked by the check, and again before a run

    @property
    def everyone_asked(self) -> int:
        """How many people would get Alleo because nothing selects them, while it is not settled that it is meant."""
        snapshot = self.session.snapshot
        if snapshot is None or self.setup.profile.everyone_confirmed:
            return 0
        return everyone(snapshot.readiness) or 0

    def mean_everyone(self) -> None:
        """Everyone is meant, and that is written down."""
        self.use(replace(self.setup, profile=replace(self.setup.profile, everyone_confirmed=True)))
        self.settle_check(afresh=False)
        self.setups.save(self.setup)

    def settle_check(self, *, afresh: bool) -> None:
        """What the check found in what was read."""
        assert self.session.snapshot is not None  # noqa: S101 - called after reading
        readiness, asking = self.session.snapshot.readiness, bool(self.everyone_asked)
        told = note(readiness, asking=asking)
        self.settle(Step.CHECK, told, needs_you=asking or not readiness.ready, afresh=afresh)

    # What every page does

    def attempt(self, job: Callable[[], T], busy: str = "") -> T | None:
        """What `job` returns, or None after telling what went wrong."""
        if busy:
            self.talk.say(busy)
        self.progress.begin()
        try:
            return job()
        except Word:
            raise
        except Trouble as trouble:
            self.talk.attend(str(trouble))
        except Exception as error:  # noqa: BLE001 - whatever it is, the wizard stays usable and says where it happened
            self.talk.attend(unexpected(error))
        return None

    def heading(self, step: Step, label: str = "") -> str:
        """What a step is called, with its place, and whose people these are."""
        name = self.setup.profile.name
        return step_heading(step, name, self.setup.profile.base_url, label=label, sandbox=self.sandbox)

    @property
    def following(self) -> str:
        """What n leads to, "" where there is nothing yet."""
        return step_label(self.state.following) if self.state.following else ""

    @property
    def before(self) -> str:
        """What b leads to, "" where there is nothing."""
        if self.state.previous:
            return step_label(self.state.previous)
        return _("Start") if self.from_start else ""

    def shown(self, person: Person) -> Person:
        """The person as they may be seen just now."""
        return veil.person(person) if self.veiled else person

    def _veil(self) -> None:
        self.veiled = not self.veiled
        self.talk.say(names_and_addresses_are_hidden() if self.veiled else names_and_addresses_are_shown())

    def _speak(self) -> None:
        """Goes on in the next language; a set-up that is saved remembers it."""
        code = LANGUAGES[(LANGUAGES.index(language()) + 1) % len(LANGUAGES)]
        choose(code)
        self.talk.say(language_now(NAMES[code]))
        self.use(replace(self.setup, profile=replace(self.setup.profile, language=Language(code))))
        if self.setup.saved:
            self.attempt(self.doing(self.setups.save, self.setup))

    def menu(self, options: list[tuple[str, str, str]], *, reads: bool = False, default: str = "") -> str:
        """The choice on a page of the way; "" where a word was answered."""
        from alleo_onboard.plain.talk import Option

        made = [Option(*one) for one in options]
        return self.talk.choose(made, following=self.following, before=self.before, reads=reads, default=default)

    def doing(self, job: Callable[..., T], *given: object) -> Callable[[], T]:
        return partial(job, *given)
