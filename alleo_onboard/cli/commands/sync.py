"""`alleo-onboard sync`."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from alleo_onboard.cli.applying import Applying, applied
from alleo_onboard.cli.consent import consent_of, heard, release_of
from alleo_onboard.cli.exit_codes import Exit
from alleo_onboard.cli.json import documents
from alleo_onboard.cli.named_report import report_form, save_report
from alleo_onboard.cli.progress_log import watcher
from alleo_onboard.cli.prompts import agreed, can_ask, setup_of
from alleo_onboard.cli.run_result import ended
from alleo_onboard.cli.streams import say
from alleo_onboard.domain.delivery import Runs
from alleo_onboard.domain.errors import Usage
from alleo_onboard.domain.oneoff import Release
from alleo_onboard.domain.plan import Plan
from alleo_onboard.locale import _
from alleo_onboard.presentation.pages.run import nothing_was_written
from alleo_onboard.presentation.preview import about_to_run
from alleo_onboard.presentation.publishing import as_file
from alleo_onboard.presentation.refusal import alleo_runs_the_sync, nothing_to_resume, plan_as_saved, resuming_sentence
from alleo_onboard.presentation.warnings import before_run
from alleo_onboard.usecases.preview.preview import Preview, preview
from alleo_onboard.usecases.preview.session import Session
from alleo_onboard.usecases.run.resume import Rest, only_rest, rest
from alleo_onboard.usecases.run.saved_plan import load
from alleo_onboard.usecases.run.sync import Consent, PlanMoved, RunResult, judge, sync
from alleo_onboard.usecases.setups.resolve import Setup


def main(args: argparse.Namespace) -> int:
    consent, release = consent_of(args), release_of(args)
    _agree(args, release)
    if args.scheduled or args.all:
        from alleo_onboard.cli.unattended import main as unattended

        return unattended(args)
    setup = setup_of(args)
    if setup.kind and setup.kind.runs is Runs.NOTHING:
        raise Usage(alleo_runs_the_sync())
    work = _Work(args, setup, consent, release)
    result = applied(work, work.run, as_json=args.json)
    if isinstance(result, int):
        return result
    if result is not None:
        return ended(result, as_json=args.json)
    if args.json:
        documents.show(documents.sync(run=None, digest=work.shown.digest if work.shown else None))
    if work.refrained:
        say(nothing_was_written())
    return Exit.DONE


def _agree(args: argparse.Namespace, release: Release) -> None:
    """Raises Usage for options that exclude each other."""
    if not args.yes and not can_ask():
        raise Usage(_("Without a terminal sync needs --yes, as nobody can be asked."))
    if args.plan and args.resume:
        raise Usage(_("A saved plan is a whole plan: --plan and --resume do not go together."))
    if args.plan and release != Release():
        raise Usage(plan_as_saved())
    if args.report and (args.scheduled or args.all):
        raise Usage(_("--report is for one set-up with somebody watching: leave it out here."))
    report_form(args.report)


class _Work(Applying):
    """One sync: preview, question, run."""

    def __init__(self, args: argparse.Namespace, setup: Setup, consent: Consent, release: Release) -> None:
        super().__init__()
        self.args, self.setup, self.consent, self.release = args, setup, consent, release
        self.preview: Preview | None = None
        self.refrained = False

    @property
    def shown(self) -> Plan | None:
        """The plan of the preview."""
        return self.preview.plan if self.preview else None

    async def run(self) -> RunResult | None:
        """Returns the result, or None when a person said no or there was nothing to resume."""
        with watcher() as notify:
            async with Session(self.setup, notify, accept_change=self.args.accept_change) as session:
                saved = load(self.args.plan, self.setup.profile.name) if self.args.plan else None
                left = rest(session) if self.args.resume else None
                if self.args.resume and left is None:
                    say(nothing_to_resume())
                    return None
                self.preview = await preview(session, release=self.release)
                heard(self.release, self.preview.plan)
                if saved:
                    saved.hold(self.preview, self.setup, datetime.now(UTC))
                if left:
                    self.preview = _told(only_rest(self.preview, left), left)
                save_report(session, self.preview, self.args.report)
                notify.hush()
                ids = (saved.id if saved else "", left.run if left else "")
                while True:
                    try:
                        return await self._shown_and_applied(session, self.preview, *ids)
                    except PlanMoved as moved:
                        if saved or self.args.yes:
                            raise
                        say(str(moved))
                        self.preview, self.applying = moved.preview, False

    async def _shown_and_applied(
        self, session: Session, shown: Preview, plan_id: str, resumes: str
    ) -> RunResult | None:
        """Shows the plan, asks, and applies it. Returns None when a person said no.

        Raises PlanMoved, with nothing written, when the plan has to be shown again.
        """
        plan = judge(shown, self.consent)
        say(" ".join(filter(None, (about_to_run(plan, shown, self.consent), as_file(shown)))))
        for told in before_run(shown):
            say(told)
        if plan.changes and not self.args.yes and not await agreed():
            self.refrained = True
            return None
        self.applying = True
        return await sync(session, shown, self.consent, self.stop, plan_id=plan_id, resumes=resumes)


def _told(planned: Preview, left: Rest) -> Preview:
    say(resuming_sentence(left.run, len(left.people)))
    return planned
