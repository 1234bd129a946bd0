"""What both wizards know of one sitting with one set-up: how far it got, and what was found."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from alleo_onboard.domain.oneoff import Release
from alleo_onboard.domain.profile import Language
from alleo_onboard.domain.progress import Notify, silent
from alleo_onboard.usecases.setups.resolve import Setup, Setups
from alleo_onboard.wizard.state import State
from alleo_onboard.wizard.steps import Step

if (
    TYPE_CHECKING
):  # the first page has to be there quickly, so what reads and writes is loaded by the steps that need it
    from alleo_onboard.domain.delivery import DeliveryKind, DeliveryReport
    from alleo_onboard.domain.readiness import Readiness
    from alleo_onboard.usecases.handover.keys import Keys
    from alleo_onboard.usecases.preview.preview import Preview
    from alleo_onboard.usecases.preview.session import Session, Welcome


class Notes(Protocol):
    """The words beside a step, in the reader's language. `presentation/notes.py` implements it."""

    def signed_in(self, found: Welcome) -> str:
        """Returns the note of Connect."""

    def checked(self, readiness: Readiness, *, asking: bool) -> str:
        """Returns the note of Check. `asking`: it is open whether everyone is meant."""

    def tested(self, kind: DeliveryKind | None) -> str:
        """Returns the note of Delivery."""


def _nothing() -> None:
    """Nobody has to be told of changes."""


class Sitting:
    """One sitting with one set-up; `begin` starts another one.

    `welcome`, `preview` and `report` are None until known. `release` holds the decisions about waiting one-off
    budgets. `notify` receives the progress of use cases; `changed` is called when a step found something.
    """

    def __init__(
        self,
        setups: Setups,
        setup: Setup,
        notes: Notes,
        *,
        notify: Notify = silent,
        changed: Callable[[], None] = _nothing,
    ) -> None:
        self.setups, self._notes, self._notify, self._changed = setups, notes, notify, changed
        self.begin(setup)

    def begin(self, setup: Setup) -> None:
        """Nothing is known yet of `setup` but what was proven before. Call `aclose` first."""
        self._opened_with = setup
        self.__dict__.pop("session", None)
        proven = self.setups.proven(setup.profile.name) if setup.saved else frozenset()
        self.state = State.resume(proven, credential=setup.has_credential, delivery=setup.has_delivery)
        self.welcome: Welcome | None = None
        self.preview: Preview | None = None
        self.report: DeliveryReport | None = None
        self.release = Release()
        self._keys: tuple[str, Keys] | None = None

    @cached_property
    def session(self) -> Session:
        """The connections."""
        from alleo_onboard.usecases.preview.session import Session

        return Session(self._opened_with, self._notify)

    async def aclose(self) -> None:
        """Lets go of every connection; they are made again when they are needed."""
        if "session" in self.__dict__:
            await self.session.aclose()

    # The set-up

    @property
    def setup(self) -> Setup:
        """The session's, which a run changes too; asking for it loads no session."""
        return self.session.setup if "session" in self.__dict__ else self._opened_with

    def use(self, setup: Setup) -> None:
        """The set-up to go on with."""
        self.session.setup = setup

    def saved(self) -> None:
        """The set-up is on disk now, so what is proven can be remembered beside it."""
        self.use(replace(self.setup, saved=True))
        self.setups.prove(self.setup.profile.name, self.state.remembered)

    async def speak(self, language: Language) -> None:
        """A set-up that is saved remembers the language."""
        self.use(replace(self.setup, profile=replace(self.setup.profile, language=language)))
        if self.setup.saved:
            await asyncio.to_thread(self.setups.save, self.setup)

    @property
    def host(self) -> str:
        """Where this Personio is, with the port if it has one."""
        return urlsplit(self.setup.profile.base_url).netloc

    @property
    def sandbox(self) -> bool:
        """Returns whether the people are made up."""
        return self.setups.is_sandbox(self.setup)

    @property
    def keys(self) -> Keys:
        """Receipt and passphrase of this set-up's hand-over."""
        from alleo_onboard.usecases.handover.keys import Keys

        name = self.setup.profile.name
        if self._keys is None or self._keys[0] != name:
            self._keys = name, Keys.of(self.setups, name)
        return self._keys[1]

    # Steps

    def go(self, step: Step) -> bool:
        """Goes to a step; False where it cannot be gone to yet."""
        self.state = self.state.go(step)
        return self.state.at is step

    def settle(self, step: Step, note: str, *, needs_you: bool = False, afresh: bool = True) -> None:
        """A step found something. `afresh` is false when nothing that rests on it has changed."""
        change = self.state.settle if afresh else self.state.confirm
        self.keep(change(step, note, needs_you=needs_you))

    def keep(self, state: State) -> None:
        """Takes a new state, and writes down what is proven where it will be found next time."""
        before, self.state = self.state.remembered, state
        if state.remembered != before and self.setup.saved:
            self.setups.prove(self.setup.profile.name, state.remembered)
        self._changed()

    def signed_in(self, found: Welcome, *, afresh: bool = True) -> None:
        """What the first sign-in showed."""
        self.welcome = found
        self.settle(Step.CONNECT, self._notes.signed_in(found), needs_you=found.people is None, afresh=afresh)

    def checked(self, *, afresh: bool) -> None:
        """What the check found in what was read."""
        assert self.session.snapshot is not None  # noqa: S101 - called after reading
        readiness, asking = self.session.snapshot.readiness, bool(self.everyone_asked)
        note = self._notes.checked(readiness, asking=asking)
        self.settle(Step.CHECK, note, needs_you=asking or not readiness.ready, afresh=afresh)

    def tested(self, report: DeliveryReport, *, afresh: bool = True) -> None:
        """What a test of the delivery showed, or a preview in its place."""
        self.report = report
        self.settle(Step.DELIVERY, self._notes.tested(self.setup.kind), afresh=afresh)

    def found(self, preview: Preview) -> None:
        """The plan that is current."""
        self.preview = preview
        if preview.report:
            self.tested(preview.report, afresh=False)

    async def any_preview(self) -> Preview:
        """Returns the preview, after reading when there is none. Raises what `preview` raises."""
        from alleo_onboard.usecases.preview.preview import preview

        if self.preview is None:
            self.found(await preview(self.session, fresh=self.session.snapshot is None, release=self.release))
        assert self.preview is not None  # noqa: S101 - just found
        return self.preview

    @property
    def current(self) -> Preview | None:
        """The plan at hand, None where something changed that it rests on."""
        made, snapshot = self.preview, self.session.snapshot
        if made is None or snapshot is None or made.readiness is not snapshot.readiness:
            return None
        return made if made.plan.delivery == self.setup.has_delivery else None

    # Whether everyone is meant: asked by the check, and again before a run

    @property
    def everyone_asked(self) -> int:
        """How many people would get Alleo because nothing selects them, while it is not settled that it is meant."""
        snapshot = self.session.snapshot
        if snapshot is None or self.setup.profile.everyone_confirmed:
            return 0
        return snapshot.readiness.everyone

    async def mean_everyone(self) -> None:
        """Everyone is meant, and that is written down."""
        self.use(replace(self.setup, profile=replace(self.setup.profile, everyone_confirmed=True)))
        self.checked(afresh=False)
        await asyncio.to_thread(self.setups.save, self.setup)
