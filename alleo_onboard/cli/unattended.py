"""`sync --scheduled` and `sync --all`: runs without a person, one set-up after another, with one exit code."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import io
import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from alleo_onboard.cli.consent import consent_of
from alleo_onboard.cli.exit_codes import JUDGED, Exit, exit_of
from alleo_onboard.cli.json import documents
from alleo_onboard.cli.overrides import refuse_overrides
from alleo_onboard.cli.run_result import ended, refused
from alleo_onboard.cli.runner import perform
from alleo_onboard.cli.streams import say
from alleo_onboard.domain.delivery import Runs
from alleo_onboard.domain.errors import Trouble, Usage
from alleo_onboard.domain.plan import Plan
from alleo_onboard.domain.progress import Event, Notify
from alleo_onboard.locale import _
from alleo_onboard.presentation.crash import unexpected
from alleo_onboard.presentation.pages.run import finishing_requests
from alleo_onboard.presentation.progress import Sentences
from alleo_onboard.presentation.setups import no_credential_unattended, no_setups, shared_sentence
from alleo_onboard.presentation.unattended import (
    attention_sentence,
    exit_sentence,
    not_begun,
    nothing_done,
    summary,
    was_interrupted,
)
from alleo_onboard.usecases.handover.watch import Watched
from alleo_onboard.usecases.run.signals import heeding
from alleo_onboard.usecases.run.sync import Consent, Stop
from alleo_onboard.usecases.schedule import alarm
from alleo_onboard.usecases.schedule.attention import Attention, by_name
from alleo_onboard.usecases.schedule.record import LastRun
from alleo_onboard.usecases.schedule.unattended import Attempt, Journal, attempt, wait_for_network
from alleo_onboard.usecases.setups.environment import refuse_left_over
from alleo_onboard.usecases.setups.keyring_wait import Waiting, bear
from alleo_onboard.usecases.setups.resolve import Setup, Setups
from alleo_onboard.usecases.setups.shared import same_place

# From worst to best: the worst code of all set-ups is the exit code of `--all`.
_WORST_FIRST = (
    Exit.INTERRUPTED, Exit.UNEXPECTED, Exit.REFUSED, Exit.GUARD, Exit.NOT_READY, Exit.USAGE, Exit.STALE,
    Exit.UNREACHABLE, Exit.FAILED_CHANGES, Exit.LOCKED, Exit.DONE,
)  # fmt: skip

_KEYRING_SECONDS = 60.0  # nobody is there to unlock the keyring


@dataclass(frozen=True, slots=True)
class Ran:
    """How the run of one set-up ended."""

    profile: str
    code: int
    message: str
    run: str = ""
    document: str = ""  # JSON of `sync --json`; "" when it did not get that far
    said: bool = False  # the message was already printed on standard error
    plan: Plan | None = field(default=None, repr=False)  # the plan; None when it did not get that far


def main(args: argparse.Namespace) -> int:
    """Runs the unattended sync of one set-up or of all. Returns the exit code. Raises Usage."""
    if not args.yes:
        raise Usage(_("A run that nobody watches needs --yes."))
    if args.plan or args.resume:
        raise Usage(_("--plan and --resume are for one set-up with somebody watching: leave them out here."))
    if args.scheduled and args.accept_change:
        raise Usage(_("--accept-change is for somebody who has looked: it does not go with --scheduled."))
    if args.all:
        refuse_overrides(args)
        refuse_left_over(os.environ)
    stop, waiting = Stop(), Waiting(say, give_up=_KEYRING_SECONDS)
    bear(waiting)

    def asked() -> None:
        stop.request()
        waiting.stopped.set()

    with heeding(asked):
        if args.all:
            return _fleet([_turn(args, name, stop) for name in _names(args)], as_json=args.json)
        ran = _run(args, args.profile, stop)
        if args.json and ran.document and (ran.run or ran.code in JUDGED):
            documents.show(json.loads(ran.document))
        return ran.code


def _names(args: argparse.Namespace) -> tuple[str, ...]:
    names = Setups(os.environ, args.ca_file).names()
    if not names:
        raise Usage(no_setups())
    return names


def _turn(args: argparse.Namespace, name: str, stop: Stop) -> Ran:
    """Runs one set-up of `--all`, unless a stop was requested."""
    if stop.requested:
        return Ran(name, Exit.INTERRUPTED, not_begun())
    try:
        _refuse_shared(args, name)
        return _run(args, name, stop)
    except Trouble as trouble:  # its record cannot be written; continue with the others
        return Ran(name, exit_of(trouble), str(trouble))


def _refuse_shared(args: argparse.Namespace, name: str) -> None:
    """Raises Usage for a set-up whose Alleo another one writes to, unless its profile allows it."""
    setup = Setups(os.environ, args.ca_file).find(name, secrets=False)
    others = same_place(setup.home, setup.profile)
    if others and not setup.profile.shared:
        raise Usage(shared_sentence(name, others, meant=False) + " " + nothing_done())


def _fleet(all_ran: list[Ran], *, as_json: bool) -> int:
    """Prints one summary. Returns the worst exit code."""
    worst = next(code for code in _WORST_FIRST if any(ran.code == code for ran in all_ran))
    if as_json:
        told = [{"profile": ran.profile, "exit": ran.code, "message": ran.message, **_parsed(ran)} for ran in all_ran]
        documents.show({"exit": int(worst), "profiles": told})
    else:
        from alleo_onboard.cli.report import table

        rows = [(ran.profile, str(int(ran.code)), ran.message) for ran in all_ran]
        table((_("set-up"), _("exit"), _("result")), rows)
    return worst


def _parsed(ran: Ran) -> documents.Document:
    return {"sync": json.loads(ran.document) if ran.document else None}


def _run(args: argparse.Namespace, name: str | None, stop: Stop) -> Ran:
    consent = consent_of(args)
    if not args.scheduled:
        return _guarded(args, name, consent, stop, None)
    journal = Journal.of(os.environ, name)
    try:
        return _on_record(args, name, consent, stop, journal)
    except Trouble as trouble:  # the record cannot be written, which is when an alarm is most important
        now = datetime.now(UTC)
        last = LastRun(journal.started, now, int(exit_of(trouble)), str(trouble), failures=1)
        for untold in asyncio.run(alarm.ended(journal.alarm, journal.profile, last, args.ca_file)):
            say(untold)
        raise


def _on_record(args: argparse.Namespace, name: str | None, consent: Consent, stop: Stop, journal: Journal) -> Ran:
    """Makes the run and its record. Raises Usage when the record cannot be written."""
    with journal:
        told = journal.alarm
        for untold in perform(lambda: alarm.began(told, args.ca_file), _asked(stop)):
            journal.write(untold)
        ran = _guarded(args, name, consent, stop, journal)
        seen = journal.seen(ran.plan)
        if ran.plan and (sentence := attention_sentence(seen)):
            ran = replace(ran, message=f"{ran.message.rstrip('.')}; {sentence}")
        last = journal.end(ran.code, ran.message, ran.run, _with_names(ran, seen), seen)
        if ran.code:
            message = "" if ran.said else ran.message
            say(exit_sentence(journal.profile, int(ran.code), message))
        # Not through `perform`: an interrupted run must report that too.
        for untold in asyncio.run(alarm.ended(told, journal.profile, last, args.ca_file)):
            journal.write(untold)
            say(untold)
    return ran


def _with_names(ran: Ran, seen: Attention) -> str:
    """Returns the result's JSON with the names of people who need attention."""
    rows = list(by_name(ran.plan, seen)) if ran.plan else []
    if not ran.document or not rows:
        return ran.document
    return documents.dumped({**json.loads(ran.document), "attention": rows}, indent=2) + "\n"


def _asked(stop: Stop) -> Callable[[], bool]:
    """Returns a signal handler for work that is short enough to be finished first."""

    def interrupted() -> bool:
        stop.request()
        return True

    return interrupted


def _guarded(args: argparse.Namespace, name: str | None, consent: Consent, stop: Stop, journal: Journal | None) -> Ran:
    """Makes one run and returns how it ended, whatever happens, so that it can be recorded."""
    shown = name or "default"
    try:
        setup = None if stop.requested else _found(args, name)
        if setup and not stop.requested:
            return _one(setup, consent, stop, journal)
    except Trouble as trouble:
        return Ran(shown, exit_of(trouble), str(trouble))
    except KeyboardInterrupt:
        pass
    except Exception as error:  # noqa: BLE001 - the last stop; what it says could hold people or secrets
        return Ran(shown, Exit.UNEXPECTED, unexpected(error))
    return Ran(shown, Exit.INTERRUPTED, was_interrupted())


def _found(args: argparse.Namespace, name: str | None) -> Setup:
    """Returns the set-up with its secrets, without asking. Raises Usage when they are missing."""
    setup = Setups(os.environ, args.ca_file).find(name)
    if not setup.has_credential:
        raise Usage(no_credential_unattended(setup.profile.name))
    return setup


def _one(setup: Setup, consent: Consent, stop: Stop, journal: Journal | None) -> Ran:
    """Makes the run of one set-up."""
    applying, sentence = False, Sentences()

    def notify(event: Event) -> None:
        if text := sentence(event):
            # cron mails everything that is printed, so normal progress goes only to the log
            journal.write(text) if journal else say(text)

    def interrupted() -> bool:
        """Handles a signal. Returns whether the run ends by itself: during changes, requests in progress end first."""
        stop.request()
        if applying:
            say(finishing_requests())
        return applying

    def first() -> None:
        nonlocal applying
        applying = True

    async def work() -> Attempt:
        if journal:
            await wait_for_network(setup.profile.base_url)
        return await attempt(setup, consent, notify, stop, first)

    if setup.kind and setup.kind.runs is Runs.NOTHING:
        return _watch(setup, notify, wait=journal is not None)
    made = perform(work, interrupted)
    shown = made.preview.plan if made.preview else None
    with contextlib.redirect_stdout(io.StringIO()) as document:
        if made.result is None:
            assert made.trouble is not None  # noqa: S101 - an attempt has one or the other
            code, message, run = refused(made.trouble, shown, as_json=True), str(made.trouble), ""
        else:
            code, message, run = ended(made.result, as_json=True), summary(made, made.result), made.result.run
    return Ran(setup.profile.name, code, message, run, document.getvalue(), made.result is None, plan=shown)


def _watch(setup: Setup, notify: Notify, *, wait: bool) -> Ran:
    """Makes the daily watch of a set-up whose sync Alleo runs. Writes nothing at Alleo."""
    from alleo_onboard.cli.watching import document, watched
    from alleo_onboard.presentation.watch import watch_sentence

    async def look() -> Watched:
        if wait:
            await wait_for_network(setup.profile.base_url)
        return await watched(setup, notify)

    try:
        seen = perform(look)
    except Trouble as trouble:
        with contextlib.redirect_stdout(io.StringIO()) as told:
            code = refused(trouble, None, as_json=True)
        return Ran(setup.profile.name, code, str(trouble), document=told.getvalue(), said=True)
    text = documents.dumped(document(seen), indent=2)
    code = Exit.GUARD if seen.news.unusual else Exit.FAILED_CHANGES if seen.news.lost else Exit.DONE
    return Ran(setup.profile.name, code, watch_sentence(seen), document=text, plan=seen.preview.plan)
