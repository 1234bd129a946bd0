"""Step 5: what will happen, the questions before it, the run, and its result."""

from __future__ import annotations

from dataclasses import replace

from alleo_onboard.plain.conversation import Conversation
from alleo_onboard.plain.pages.compare import compare_file
from alleo_onboard.plain.pages.daily import daily
from alleo_onboard.plain.pages.guard import guarded
from alleo_onboard.plain.words import Again, Back
from alleo_onboard.presentation import veil
from alleo_onboard.presentation.attention import attention
from alleo_onboard.presentation.cautions import cautions
from alleo_onboard.presentation.confirmation import sentences
from alleo_onboard.presentation.conversation import go_ahead
from alleo_onboard.presentation.pages.run import (
    change_line,
    comparing_personio_with_alleo,
    every_day_from_here,
    finishing_requests,
    nothing_was_written,
    option_label,
    spoken_help,
    try_again,
    writing_to_alleo,
)
from alleo_onboard.presentation.publishing import confirmed_sentence, uploaded_question, waiting_lines
from alleo_onboard.presentation.run import after, before, headline, headline_shown, well
from alleo_onboard.usecases.preview.preview import Preview, preview
from alleo_onboard.usecases.run.confirm import confirm, waiting_run
from alleo_onboard.usecases.run.confirmation import Confirmation
from alleo_onboard.usecases.run.sync import PlanMoved, RunResult, Stop, sync
from alleo_onboard.wizard.exits import DONE, FAILED_CHANGES
from alleo_onboard.wizard.steps import Step

_WAITING = (("uploaded", "m"), ("compare", "="))  # choices and keys while a workbook waits for its upload


def run(sitting: Conversation) -> None:
    """Shows the page until a person leaves it."""
    sitting.talk.page(sitting.heading(Step.RUN), spoken_help)
    _Page(sitting).hold()


class _Page:
    """The run page, with the plan that it offers."""

    def __init__(self, sitting: Conversation) -> None:
        self.sitting, self.talk = sitting, sitting.talk
        self.offer: Confirmation | None = None
        self.told: set[str] = set()  # sentences that were shown already

    def hold(self) -> None:
        """Shows the page."""
        made = self.sitting.preview
        if made is not None and made.plan.delivery:
            self._take(Confirmation(made))
        else:
            self._look(fresh=self.sitting.session.snapshot is None)
        while True:
            try:
                self._asked()
            except Again:
                self.told = set()
                self._look(fresh=True)

    # The plan

    def _look(self, *, fresh: bool, only: frozenset[int] | None = None) -> None:
        def job() -> Preview:
            return self.sitting.work(preview(self.sitting.session, fresh=fresh, release=self.sitting.release))

        made = self.sitting.attempt(job, comparing_personio_with_alleo())
        if made is None:
            return
        self.sitting.found(made)
        if only is not None:
            made = made.narrowed(only)
        self._take(Confirmation(made, without=self.offer.without if self.offer else frozenset()))

    def _take(self, offer: Confirmation) -> None:
        self.offer = replace(offer, everyone=self.sitting.everyone_asked)
        self._tell()
        self._guard()

    def _tell(self) -> None:
        """Shows what would happen and what blocks it, each sentence once."""
        if self.offer is None:
            return
        made = self.sitting.seen(self.offer.preview)
        told = [*sentences(replace(self.offer, preview=made)), *(line.text for line in before(made, self.offer.plan))]
        told += [f"! {text}" for text in (*cautions(made), *attention(made))]
        fresh = [text for text in dict.fromkeys(told) if text.strip() and text not in self.told]
        self.told.update(fresh)
        self.talk.say(*fresh)

    def _guard(self) -> None:
        """Asks for the numbers that the guard requires, once nothing else is asked."""
        offer = self.offer
        if offer is None or offer.asks_yes or offer.liftable or not offer.numbers:
            return
        self.offer = guarded(self.talk, offer)
        self._tell()

    # The questions

    def _asked(self) -> None:
        waiting = waiting_run(self.sitting.setup)
        self.talk.tell(waiting_lines(waiting))
        chosen = self.sitting.menu(self._options(waiting), reads=True)
        try:
            self._do(chosen, waiting)
        except Back:  # from a question to the choices
            return

    def _do(self, chosen: str, waiting: str) -> None:
        """Does what was chosen. Raises Back."""
        if chosen == "start":
            self._start()
        elif chosen == "uploaded":
            self._uploaded(waiting)
        elif chosen == "compare":
            compare_file(self.sitting)
        elif chosen == "daily":
            daily(self.sitting)
        elif chosen == "see":
            self._see()
        elif chosen:
            self._agree(chosen)

    def _options(self, waiting: str) -> list[tuple[str, str, str]]:
        offer = self.offer
        found = [(key, option_label(key), letter) for key, letter in _WAITING] if waiting else []
        if offer is None:
            return [*found, ("daily", option_label("daily"), "d")]
        held = bool(offer.preview.plan.waiting)
        candidates = (
            ("start", "g", offer.startable and not waiting),
            ("yes", "y", offer.asks_yes or held),
            ("have", "z", offer.had is not None and not offer.asks_yes),
            ("guard", "", bool(offer.numbers)),
            ("without", "w", bool(offer.liftable)),
            ("with", "w", bool(offer.lifted)),
            ("see", "v", bool(offer.preview.plan.changes)),
            ("daily", "d", True),
        )
        return found + [(key, option_label(key), letter) for key, letter, there in candidates if there]

    def _agree(self, chosen: str) -> None:
        """Handles a simple answer, and shows what changed in the plan."""
        offer, sitting = self.offer, self.sitting
        assert offer is not None  # noqa: S101 - these choices are offered with a plan only
        if chosen == "guard":
            self._guard()
        elif chosen in ("without", "with"):
            self._take(replace(offer, without=offer.without | offer.liftable if chosen == "without" else frozenset()))
        elif chosen == "have":
            sitting.release = offer.had or sitting.release
            self._look(fresh=False)
        elif offer.everyone:
            sitting.attempt(lambda: sitting.work(sitting.mean_everyone()))
            self._take(offer)
        elif offer.other_field:
            sitting.session.accepted |= offer.lost
            self._look(fresh=True)
        elif offer.changed and not offer.accepted:
            self._take(replace(offer, accept=frozenset(offer.changed)))
        else:
            sitting.send_waiting(offer.preview.plan)
            self._look(fresh=False)

    def _see(self) -> None:
        offer = self.offer
        assert offer is not None  # noqa: S101 - offered with a plan only
        striking = [p for p in offer.preview.plan.people if p.change and p.change.kind is offer.striking]
        rest = [p for p in offer.preview.plan.people if p.change and p.change.kind is not offer.striking]
        self.talk.say(*(change_line(self.sitting.shown(person)) for person in striking + rest))

    def _uploaded(self, run_id: str) -> None:
        if self.talk.yes(uploaded_question()):
            noted = self.sitting.attempt(lambda: confirm(self.sitting.setup, run_id))
            if noted:
                self.talk.say(confirmed_sentence(noted))
                self._look(fresh=False)

    # Running

    def _start(self) -> None:
        offer = self.offer
        assert offer is not None  # noqa: S101 - offered with a plan only
        if not self.talk.yes(go_ahead(sentences(offer)[0]), typed_out=True):
            self.talk.say(nothing_was_written())
            return
        stop, moved = Stop(), []

        def job() -> RunResult | None:
            try:
                return self.sitting.work(sync(self.sitting.session, offer.preview, offer.consent, stop), _stopping)
            except PlanMoved as older:
                moved.append(older)
                return None

        def _stopping() -> None:
            stop.request()
            self.talk.say(finishing_requests())

        result = self.sitting.attempt(job, writing_to_alleo())
        self.sitting.preview, self.sitting.release = None, type(self.sitting.release)()
        if moved:
            self.talk.attend(str(moved[0]))
            self.sitting.found(moved[0].preview)
            self._take(Confirmation(moved[0].preview, without=offer.without))
        elif result:
            self._ended(result)
            if stop.requested:
                raise KeyboardInterrupt

    def _ended(self, result: RunResult) -> None:
        sitting, good = self.sitting, well(result)
        sitting.outcome = DONE if good else FAILED_CHANGES
        sitting.settle(Step.RUN, headline(result).rstrip("."), needs_you=not good)
        shown = veil.result(result) if sitting.veiled else result
        self.talk.tell([headline_shown(shown), *after(shown)])
        self.offer, self.told = None, set()
        if good and not result.waits:
            self.talk.say(every_day_from_here())
        elif result.failed:
            n = len(result.failed)
            if self.talk.yes(try_again(n)):
                self._look(fresh=False, only=frozenset(one.change.personio_id for one in result.failed))
