"""`alleo-onboard sync`."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from alleo_onboard.cli import documents
from alleo_onboard.cli.asking import setup_of
from alleo_onboard.cli.exits import Exit, exit_of
from alleo_onboard.cli.running import perform
from alleo_onboard.cli.talk import say, watcher
from alleo_onboard.domain.door import Outcome
from alleo_onboard.domain.errors import GuardTripped, NotReady, PlanStale, Refused, Trouble, Usage
from alleo_onboard.locale import _, ngettext
from alleo_onboard.locale.words import plan_sentence
from alleo_onboard.usecases.plans import load
from alleo_onboard.usecases.preview import Preview, preview
from alleo_onboard.usecases.session import Session
from alleo_onboard.usecases.setups import Setup
from alleo_onboard.usecases.sync import Consent, RunResult, Stop, judge, sync

_JUDGED = (Refused, NotReady, GuardTripped, PlanStale)  # these end with a document too


def main(args: argparse.Namespace) -> int:
    if not args.yes and not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise Usage(_("Without a terminal sync needs --yes, as nobody can be asked."))
    setup = setup_of(args)
    work = _Work(args, setup)
    try:
        result = perform(work.run, work.stop.request)
    except _JUDGED as trouble:
        if args.json:
            digest = work.preview.plan.digest if work.preview else None
            documents.show(documents.refused(documents.sync(run=None, digest=digest), trouble))
        say(str(trouble))
        if isinstance(trouble, GuardTripped) and work.preview:
            text = _("If it is right, repeat with --allow-offboard {n}.")
            say(text.format(n=work.preview.plan.guard.offboard))
        return exit_of(trouble)
    if result is None:
        say(_("Nothing was written."))
        return Exit.DONE
    return _report(result, as_json=args.json)


class _Work:
    """Preview, question, sync, in one sitting."""

    def __init__(self, args: argparse.Namespace, setup: Setup) -> None:
        self.args, self.setup = args, setup
        self.stop = Stop()
        self.preview: Preview | None = None
        self.consent = Consent(args.allow_offboard, args.allow_missing, args.accept_incomplete)

    async def run(self) -> RunResult | None:
        """The result, or None when a person said no."""
        saved = load(self.args.plan, self.setup.profile.name) if self.args.plan else None
        with watcher() as notify:
            async with Session(self.setup, notify) as session:
                self.preview = await preview(session)
                if saved:
                    saved.hold(self.preview.plan)
                plan = judge(self.preview, self.consent)
                say(plan_sentence(plan))
                if plan.changes and not self.args.yes and not _agreed():
                    return None
                if self.stop.requested:
                    raise KeyboardInterrupt
                return await sync(session, self.preview, self.consent, self.stop)


def _agreed() -> bool:
    sys.stderr.write(_("Go ahead? Type yes: "))
    sys.stderr.flush()
    return sys.stdin.readline().strip().casefold() in ("yes", "y", _("yes").casefold())


def _report(result: RunResult, *, as_json: bool) -> int:
    if as_json:
        document = documents.sync(
            run=result.run,
            digest=result.digest,
            applied=result.applied,
            failed=[_failure(o) for o in result.failed],
            not_carried=result.not_carried,
        )
        documents.show(documents.refused(document, result.ended_by) if result.ended_by else document)
    else:
        from alleo_onboard.cli.report import show_result

        show_result(result)
    if result.ended_by:
        return _ended(result.ended_by)
    if result.stopped:
        text = ngettext("Stopped: {n} change was not begun.", "Stopped: {n} changes were not begun.", result.left)
        say(text.format(n=result.left))
        return Exit.INTERRUPTED
    return Exit.FAILED_CHANGES if result.failed else Exit.DONE


def _ended(trouble: Trouble) -> int:
    say(str(trouble))
    return exit_of(trouble)


def _failure(outcome: Outcome) -> dict[str, Any]:
    return {"personio_id": outcome.change.personio_id, "change": outcome.change.kind, "error": outcome.error}
