"""One session of a wizard with one set-up: connections, state of the steps, and results. Both wizards use it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from alleo_onboard.domain.profile import Language
from alleo_onboard.usecases.setups.resolve import Setup, Setups
from alleo_onboard.wizard.state import State
from alleo_onboard.wizard.steps import Step

# The first page must appear quickly, so what reads, writes and decides is loaded by the steps that need it.
if TYPE_CHECKING:
    from alleo_onboard.domain.delivery import DeliveryKind, DeliveryReport
    from alleo_onboard.domain.oneoff import Release
    from alleo_onboard.domain.plan import Plan
    from alleo_onboard.domain.progress import Notify
    from alleo_onboard.domain.readiness import Readiness
    from alleo_onboard.usecases.handover.keys import Keys
    from alleo_onboard.usecases.preview.preview import Preview
    from alleo_onboard.usecases.preview.session import Session, Welcome


class Notes(Protocol):
    """Gives the notes shown beside the steps, in the reader's language. `presentation/notes.py` implements it."""

    def signed_in(self, found: Welcome) -> str:
        """Returns the note of Connect."""

    def checked(self, readiness: Readiness, *, asking: bool) -> str:
        """Returns the note of Check. `asking`: nobody has confirmed yet that everyone should get Alleo."""

    def tested(self, kind: DeliveryKind | None) -> str:
        """Returns the note of Delivery."""


def _nothing() -> None:
    """Does nothing; the default of `changed`."""


class Sitting:
    """One session with one set-up. `begin` starts another one.

    `welcome`, `preview` and `report` are None until known. `notify` gets the progress events of use cases. `changed` is
    called when a step found something.
    """

    def __init__(
        self,
        setups: Setups,
        setup: Setup,
        notes: Notes,
        *,
        notify: Notify | None = None,
        changed: Callable[[], None] = _nothing,
    ) -> None:
        self.setups, self._notes, self._notify, self._changed = setups, notes, notify, changed
        self.begin(setup)

    def begin(self, setup: Setup) -> None:
        """Starts a session with `setup`. Only the steps passed in earlier sessions are known. Call `aclose` before."""
        self._opened_with = setup
        for made in ("session", "release"):
            self.__dict__.pop(made, None)
        proven = self.setups.proven(setup.profile.name) if setup.saved else frozenset()
        credential = setup.has_credential or _is_followed(setup)
        self.state = State.resume(proven, credential=credential, delivery=setup.has_delivery)
        self.welcome: Welcome | None = None
        self.preview: Preview | None = None
        self.report: DeliveryReport | None = None
        self._keys: tuple[str, Keys] | None = None

    @cached_property
    def session(self) -> Session:
        """The connections, made on first use."""
        from alleo_onboard.usecases.preview.session import Session

        return Session(self._opened_with, self._notify) if self._notify else Session(self._opened_with)

    @cached_property
    def release(self) -> Release:
        """The decisions about waiting one-off budgets; none at first."""
        from alleo_onboard.domain.oneoff import Release

        return Release()

    async def aclose(self) -> None:
        """Closes every connection. They are opened again when needed."""
        if "session" in self.__dict__:
            await self.session.aclose()

    # The set-up

    @property
    def setup(self) -> Setup:
        """The current set-up. A run may change it. Reading it does not create the session."""
        return self.session.setup if "session" in self.__dict__ else self._opened_with

    def use(self, setup: Setup) -> None:
        """Continues with this set-up."""
        self.session.setup = setup

    def saved(self) -> None:
        """Marks the set-up as saved, and stores the steps passed so far."""
        self.use(replace(self.setup, saved=True))
        self.setups.prove(self.setup.profile.name, self.state.remembered)

    async def speak(self, language: Language) -> None:
        """Sets the language of the set-up, and saves it if the set-up is saved."""
        self.use(replace(self.setup, profile=replace(self.setup.profile, language=language)))
        if self.setup.saved:
            await asyncio.to_thread(self.setups.save, self.setup)

    @property
    def host(self) -> str:
        """Personio's host, with the port if there is one."""
        return urlsplit(self.setup.profile.base_url).netloc

    @property
    def sandbox(self) -> bool:
        """True if the set-up's Personio is the sandbox."""
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
        """Goes to a step. Returns False if that is not possible yet."""
        self.state = self.state.go(step)
        return self.state.at is step

    def settle(self, step: Step, note: str, *, needs_you: bool = False, afresh: bool = True) -> None:
        """Stores what a step found. `afresh` is False when the steps that depend on it stay valid."""
        change = self.state.settle if afresh else self.state.confirm
        self.keep(change(step, note, needs_you=needs_you))

    def keep(self, state: State) -> None:
        """Takes a new state, and stores the passed steps if they changed."""
        before, self.state = self.state.remembered, state
        if state.remembered != before and self.setup.saved:
            self.setups.prove(self.setup.profile.name, state.remembered)
        self._changed()

    def signed_in(self, found: Welcome, *, afresh: bool = True) -> None:
        """Stores the result of the first sign-in."""
        self.welcome = found
        self.settle(Step.CONNECT, self._notes.signed_in(found), needs_you=found.people is None, afresh=afresh)

    def checked(self, *, afresh: bool) -> None:
        """Stores the result of the check for the current snapshot."""
        assert self.session.snapshot is not None  # noqa: S101 - called after reading
        readiness, asking = self.session.snapshot.readiness, bool(self.everyone_asked)
        note = self._notes.checked(readiness, asking=asking)
        self.settle(Step.CHECK, note, needs_you=asking or not readiness.ready, afresh=afresh)

    def tested(self, report: DeliveryReport, *, afresh: bool = True) -> None:
        """Stores the result of a test of the delivery, or of a preview, which includes one."""
        self.report = report
        self.settle(Step.DELIVERY, self._notes.tested(self.setup.kind), afresh=afresh)

    def found(self, preview: Preview) -> None:
        """Stores a preview as the current one."""
        self.preview = preview
        if preview.report:
            self.tested(preview.report, afresh=False)

    def send_waiting(self, plan: Plan) -> None:
        """Releases the one-off budgets that wait in `plan`, with these amounts. Others are asked about again."""
        amounts = frozenset(one.asked for one in plan.waiting)
        self.release = replace(self.release, yes=self.release.yes | amounts)

    def forget_answers(self) -> None:
        """Forgets what was agreed to about the plan, because its Personio or its Alleo is another one now."""
        self.__dict__.pop("release", None)
        self.session.accepted = frozenset()

    async def any_preview(self) -> Preview:
        """Returns the preview; makes one if there is none. Raises what `preview` raises."""
        from alleo_onboard.usecases.preview.preview import preview

        if self.preview is None:
            self.found(await preview(self.session, fresh=self.session.snapshot is None, release=self.release))
        assert self.preview is not None  # noqa: S101 - just found
        return self.preview

    @property
    def current(self) -> Preview | None:
        """The preview, or None if what it is based on has changed."""
        made, snapshot = self.preview, self.session.snapshot
        if made is None or snapshot is None or made.readiness is not snapshot.readiness:
            return None
        return made if made.plan.delivery == self.setup.has_delivery else None

    @property
    def everyone_asked(self) -> int:
        """How many people would get Alleo because nothing selects them; 0 once somebody has confirmed that."""
        snapshot = self.session.snapshot
        if snapshot is None or self.setup.profile.everyone_confirmed:
            return 0
        return snapshot.readiness.everyone

    async def mean_everyone(self) -> None:
        """Stores that everyone should get Alleo."""
        self.use(replace(self.setup, profile=replace(self.setup.profile, everyone_confirmed=True)))
        self.checked(afresh=False)
        await asyncio.to_thread(self.setups.save, self.setup)


def _is_followed(setup: Setup) -> bool:
    """Returns whether the credential was handed to Alleo: following that needs none here, only sending again does."""
    from alleo_onboard.domain.delivery import Runs

    if not setup.saved or setup.kind is None or setup.kind.runs is not Runs.NOTHING:
        return False
    from alleo_onboard.usecases.setups.fed import handed_over

    return handed_over(setup) is not None
