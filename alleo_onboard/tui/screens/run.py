"""Step 5: the plan in one sentence, the guard, the run, and its result."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Button

from alleo_onboard.domain.oneoff import Release
from alleo_onboard.presentation import veil
from alleo_onboard.presentation.confirmation import offered, sentences
from alleo_onboard.presentation.lines import warned
from alleo_onboard.presentation.pages.run import (
    comparing_personio_with_alleo,
    drawn_help,
    every_day_press_d,
    writing_to_alleo,
)
from alleo_onboard.presentation.people.filter import Filter, Group
from alleo_onboard.presentation.publishing import waiting_lines
from alleo_onboard.presentation.run import after, before, headline, headline_shown, still_open, well
from alleo_onboard.tui.screens.applying import Applying
from alleo_onboard.tui.screens.preview import PreviewScreen
from alleo_onboard.tui.screens.run_phases import ACTIONS, KEYS, REACHED_ELSEWHERE, Phase, works
from alleo_onboard.tui.screens.step import RAIL, WIDE
from alleo_onboard.tui.screens.upload import AsksUpload
from alleo_onboard.tui.text import toned
from alleo_onboard.tui.widgets.actions import Actions
from alleo_onboard.tui.widgets.ahead import Ahead
from alleo_onboard.tui.widgets.guard import Guard
from alleo_onboard.tui.widgets.run_progress import RunProgress
from alleo_onboard.tui.widgets.say import Say
from alleo_onboard.tui.widgets.told import Told
from alleo_onboard.usecases.preview.preview import preview
from alleo_onboard.usecases.run.confirmation import Confirmation
from alleo_onboard.usecases.run.sync import PlanMoved, RunResult, Stop, sync
from alleo_onboard.usecases.schedule.propose import starts_daily
from alleo_onboard.wizard.exits import DONE, FAILED_CHANGES
from alleo_onboard.wizard.steps import Step

_ALL_BUTTONS = 130  # with this width in columns, every key has a button


class RunScreen(Applying, AsksUpload):
    """Step 5: shows the plan, asks for confirmation, runs it, and shows the result."""

    step = Step.RUN
    START = "start_run"
    SCROLLS = False
    CSS_PATH = "run.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*KEYS]

    def __init__(self) -> None:
        super().__init__()
        self.phase = Phase.LOOKING
        self.offer: Confirmation | None = None
        self.result: RunResult | None = None
        self._starts_daily = True  # whether something on this machine starts programs every day

    def compose_body(self) -> ComposeResult:
        yield Say(id="sentence")
        yield Guard()
        yield Actions(KEYS, first=self.START)
        with Told(id="told"):
            yield Say(id="detail")
            yield Ahead()
        yield RunProgress()
        yield Say(id="later")

    def help_text(self) -> Sequence[str]:
        return drawn_help()

    def arrive(self) -> None:
        self.run_worker(self._look_for_scheduler(), group="scheduler", exit_on_error=False)
        self.veil_progress()
        ready = self.sitting.preview
        if self.phase is Phase.ENDED and self.step in self.sitting.state.found:
            self.draw()
        elif ready is not None and ready.plan.delivery:
            self._take(Confirmation(ready))
        else:
            self.action_look()

    async def _look_for_scheduler(self) -> None:
        self._starts_daily = await asyncio.to_thread(starts_daily)
        self.query_one("#later", Say).say(every_day_press_d(able=self._starts_daily))

    def retell(self) -> None:
        if self.result:
            self.sitting.settle(
                self.step, headline(self.result).rstrip("."), needs_you=not well(self.result), afresh=False
            )
        super().retell()

    @property
    def locked(self) -> bool:
        return super().locked or self.phase is Phase.RUNNING

    @property
    def asked(self) -> Confirmation | None:
        return self.offer if self.phase is Phase.READY else None

    def action_look(self) -> None:
        fresh = self.sitting.session.snapshot is None or self.phase is not Phase.LOOKING
        self._look(fresh=fresh)

    def action_retry(self) -> None:
        """Makes a new plan for the failed changes. Reads Alleo first, because an answer may have been lost."""
        if self.result:
            self._look(fresh=False, only=frozenset(one.change.personio_id for one in self.result.failed))

    def _look(self, *, fresh: bool, only: frozenset[int] | None = None) -> None:
        async def job() -> None:
            await self.look_for_upload()
            found = await preview(self.sitting.session, fresh=fresh, release=self.sitting.release)
            self.sitting.found(found)
            if only is not None:
                found = found.narrowed(only)
            self._take(Confirmation(found, without=self.offer.without if self.offer else frozenset()))

        self._become(Phase.LOOKING)
        self.start(job, comparing_personio_with_alleo())

    def _take(self, offer: Confirmation) -> None:
        self.offer, self.result = replace(offer, everyone=self.sitting.everyone_asked), None
        offer = self.offer
        self.query_one(Guard).clear()
        self._become(Phase.READY)
        if offer.startable:
            self.focus_start()
        elif offer.numbers:
            self.query_one(Guard).focus_first()

    def action_yes(self) -> None:
        """Answers yes to the first open question: everyone, another Alleo field, a changed basis, waiting budgets."""
        if self.offer is None or not self.check_action("yes", ()):
            return
        if self.offer.everyone:
            self.start(self._mean_everyone, must_end=True)
        elif self.offer.other_field:
            self.sitting.session.accepted |= self.offer.lost
            self._look(fresh=True)
        elif self.offer.changed and not self.offer.accepted:
            self._take(replace(self.offer, accept=frozenset(self.offer.changed)))
        else:
            self.sitting.send_waiting(self.offer.preview.plan)
            self._look(fresh=False)

    def action_have_it(self) -> None:
        """Marks the waiting one-off budgets as granted already, and new addresses as changed at Alleo."""
        if self.offer and self.offer.had:
            self.sitting.release = self.offer.had
            self._look(fresh=False)

    async def _mean_everyone(self) -> None:
        await self.sitting.mean_everyone()
        if self.offer:
            self._take(self.offer)

    def action_go_without(self) -> None:
        if self.offer:
            self._go_without(self.offer.without | self.offer.liftable)

    def action_go_with(self) -> None:
        self._go_without(frozenset())

    def _go_without(self, attributes: frozenset[str]) -> None:
        if self.offer:
            self.offer = replace(self.offer, without=attributes)
            self._become(Phase.READY)

    def action_see(self) -> None:
        """Shows the people the guard asks about on the preview page."""
        if self.offer:
            look = self.onboard.step_screen(Step.PREVIEW)
            assert isinstance(look, PreviewScreen)  # noqa: S101 - installed under this name
            look.choose(Filter(Group.CHANGES, self.offer.striking))
            self.onboard.go(Step.PREVIEW)

    def action_export(self, *, copies: bool = False) -> None:
        """Opens the page of files, of the plan or of what the run did. `copies` copies the summary at once."""
        from alleo_onboard.tui.screens.export import ExportScreen

        if self.offer:
            self.app.push_screen(ExportScreen(self.offer.preview, self.result, copies=copies))

    def action_copy(self) -> None:
        self.action_export(copies=True)

    def action_start_run(self) -> None:
        if self.phase is Phase.READY and self.offer and self.offer.startable:
            self.stop = Stop()
            self._become(Phase.RUNNING)
            self.query_one(RunProgress).begin(len(self.offer.plan.changes))
            self.set_focus(None)
            self.start(self._run, writing_to_alleo())

    async def _run(self) -> None:
        sitting, offer, progress = self.sitting, self.offer, self.query_one(RunProgress)
        assert offer is not None  # noqa: S101 - a run begins with an offer
        moved = None
        with self.writing():
            try:
                self.result = await sync(sitting.session, offer.preview, offer.consent, self.stop)
            except PlanMoved as older:
                moved = older
            finally:
                sitting.preview, sitting.release = None, Release()
                self.phase = Phase.READY if self.result is None else Phase.ENDED
        if self.result is None:
            self._again(moved, offer)
            return
        self.waiting = self.result.run if self.result.waits else ""
        progress.draw()
        note, left = headline(self.result), not well(self.result)
        self.onboard.outcome = FAILED_CHANGES if left else DONE
        sitting.settle(self.step, note.rstrip("."), needs_you=left)
        self.draw()

    def _again(self, moved: PlanMoved | None, before: Confirmation) -> None:
        """Shows the new plan after the old one was too old."""
        if moved:
            self.sitting.found(moved.preview)
            self._take(Confirmation(moved.preview, without=before.without))
            self.trouble(str(moved))

    def shows_work(self, text: str) -> None:
        if self.phase is Phase.LOOKING:
            self.query_one("#sentence", Say).say(text)

    def action_stop_run(self) -> None:
        self.ask_to_stop(leaving=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("uploaded", "compare"):
            return bool(self.waiting) and self.phase in (Phase.READY, Phase.ENDED)
        if action in ACTIONS:
            return works(action, self.phase, self.offer, self.result)
        return super().check_action(action, parameters)

    def _become(self, phase: Phase) -> None:
        self.phase = phase
        self.draw()

    def on_resize(self, event: events.Resize) -> None:
        self._show_buttons(event.size.width)

    def _show_buttons(self, width: int) -> None:
        for button in self.query("#actions Button").results(Button):
            elsewhere = button.id in REACHED_ELSEWHERE and width < _ALL_BUTTONS
            button.display = bool(self.check_action(button.id or "", ())) and not elsewhere

    def draw(self) -> None:
        self._show_buttons(self.app.size.width)
        running, ended = self.phase is Phase.RUNNING, self.phase is Phase.ENDED
        ready = self.offer if self.phase in (Phase.READY, Phase.RUNNING) else None
        self.query_one(Guard).ask(self.asked)
        self.query_one("#told").display = not running
        self.query_one("#told").set_class(ended, "-short")
        self.query_one(RunProgress).display = running or ended
        self.query_one(RunProgress).set_class(ended, "-ended")
        settled = ended and self.result is not None and well(self.result)
        self.query_one("#later").display = settled or (ready is not None and not running and not ready.plan.changes)
        sentence, detail = self.query_one("#sentence", Say), self.query_one("#detail", Say)
        if ended and self.result:
            left = still_open(self.offer.preview) if self.offer else ""
            sentence.say(toned([headline_shown(self.result), *([warned(left)] if left else [])]))
            detail.say(toned(after(veil.result(self.result) if self.onboard.veiled else self.result)))
        else:
            sentence.say(toned(offered(sentences(ready)[: 1 if running else None])) if ready else "")
            waits = waiting_lines(self.waiting) if ready else ()
            detail.say(toned((*waits, *before(ready.preview, ready.plan))) if ready else "")
        rail = RAIL if self.app.size.width >= WIDE else 0
        plan = ready.preview.plan if ready and ready.plan.changes and not running else None
        self.query_one(Ahead).tell(plan, self.app.size.width - rail - 4, self.sitting.setup.kind)
        self.query_one("#later", Say).say(every_day_press_d(able=self._starts_daily))
        self.refresh_frame()
