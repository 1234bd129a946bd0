"""`alleo-onboard undo RUN`."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from alleo_onboard.cli.applying import Applying, applied
from alleo_onboard.cli.exit_codes import Exit
from alleo_onboard.cli.json import documents
from alleo_onboard.cli.progress_log import watcher
from alleo_onboard.cli.prompts import agreed, can_ask, setup_of
from alleo_onboard.cli.report import out
from alleo_onboard.cli.run_result import ended
from alleo_onboard.cli.streams import say
from alleo_onboard.domain.errors import Usage
from alleo_onboard.domain.plan import Plan
from alleo_onboard.locale import _
from alleo_onboard.presentation.history import left_sentence, made_again, undone_change
from alleo_onboard.presentation.labels import plan_sentence
from alleo_onboard.presentation.pages.run import and_more, nothing_was_written
from alleo_onboard.presentation.people.surname import by_whole_name
from alleo_onboard.usecases.preview.session import Session
from alleo_onboard.usecases.run.execute import RunResult
from alleo_onboard.usecases.run.preconditions import Consent, guarded
from alleo_onboard.usecases.run.undo import Undo, UndoMoved, plan_undo, undo
from alleo_onboard.usecases.schedule.health import health
from alleo_onboard.usecases.support.history import numbered

_LISTED = 40


def main(args: argparse.Namespace) -> int:
    if not (args.yes or args.preview or can_ask()):
        raise Usage(_("Without a terminal undo needs --yes or --preview, as nobody can be asked."))
    work = _Work(args)
    result = applied(work, work.run, as_json=args.json)
    if isinstance(result, int):
        return result
    if result is not None and work.planned:
        return ended(result, as_json=args.json, undone=args.run, skipped=_skipped(work.planned))
    if args.json and work.planned:
        plan, skipped = work.planned.plan, _skipped(work.planned)
        if args.preview:
            documents.show(documents.preview(plan, undoes=args.run, skipped=skipped))
        else:
            documents.show(documents.sync(run=None, digest=plan.digest, skipped=skipped))
    say(nothing_was_written())
    return Exit.DONE


def _skipped(planned: Undo) -> list[documents.Document]:
    return [{"personio_id": s.personio_id, "field": s.field, "why": s.why} for s in planned.skipped]


class _Work(Applying):
    """One undo: plan, question, run."""

    def __init__(self, args: argparse.Namespace) -> None:
        super().__init__()
        self.args, self.setup = args, setup_of(args)
        args.run = numbered(self.setup, args.run, changed=True)
        self.planned: Undo | None = None

    @property
    def shown(self) -> Plan | None:
        """The reversing plan."""
        return self.planned.plan if self.planned else None

    def without_result(self) -> documents.Document:
        """Returns the document without a result: with --preview, that of a preview."""
        if not self.args.preview:
            return super().without_result()
        plan = documents.preview(self.shown) if self.shown else documents.NO_PREVIEW
        return {**plan, "undoes": self.args.run, "skipped": _skipped(self.planned) if self.planned else []}

    def _scheduled(self) -> bool:
        """Returns whether a daily run is installed."""
        return health(self.setup.home, self.setup.profile.name).installed is not None

    async def run(self) -> RunResult | None:
        """Returns the result, or None when it was only a preview or a person said no."""
        with watcher() as notify:
            async with Session(self.setup, notify, accept_change=self.args.accept_change) as session:
                self.planned = await plan_undo(session, self.args.run)
                while True:
                    try:
                        return await self._shown_and_undone(session, self.planned, notify.hush)
                    except UndoMoved as moved:
                        if self.args.yes:
                            raise
                        say(str(moved))
                        self.planned, self.applying = moved.planned, False

    async def _shown_and_undone(self, session: Session, planned: Undo, hush: Callable[[], None]) -> RunResult | None:
        """Shows the undo, asks, and applies it. Returns None if it was not applied. Raises UndoMoved."""
        tell = out if self.args.preview and not self.args.json else say  # a preview is data
        _tell(planned, tell)
        for sentence in made_again(self.setup.profile.name, scheduled=self._scheduled()):
            say(sentence)
        if self.args.preview:
            return None
        consent = Consent(
            self.args.allow_offboard, allow_update=self.args.allow_update, allow_budget=self.args.allow_budget
        )
        guarded(planned.plan, consent)
        hush()
        if planned.plan.changes and not self.args.yes and not await agreed():
            return None
        self.applying = True
        return await undo(session, planned, consent, self.stop)


def _tell(planned: Undo, tell: Callable[[str], None]) -> None:
    tell(plan_sentence(planned.plan))
    for change in by_whole_name(planned.plan.changes, lambda one: one.name)[:_LISTED]:
        tell(undone_change(change))
    if len(planned.plan.changes) > _LISTED:
        tell(and_more(n=len(planned.plan.changes) - _LISTED))
    for one in planned.skipped[:_LISTED]:
        tell("! " + left_sentence(one.name, one.field, one.why))
