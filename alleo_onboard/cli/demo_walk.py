"""The demo as text, step by step."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from alleo_onboard.cli.exit_codes import Exit
from alleo_onboard.cli.progress_log import watcher
from alleo_onboard.cli.report import heading, listed, out, show
from alleo_onboard.domain.errors import GuardTripped, NotReady
from alleo_onboard.presentation.handover import sent_lines, status_lines
from alleo_onboard.presentation.handover_message import Draft
from alleo_onboard.presentation.report import check_report, preview_report, result_report
from alleo_onboard.presentation.sandbox import Stage, demo_heading, stage_heading
from alleo_onboard.presentation.warnings import after_run
from alleo_onboard.presentation.watch import watch_sentence
from alleo_onboard.usecases.handover.follow import activated, follow
from alleo_onboard.usecases.handover.keys import Keys
from alleo_onboard.usecases.handover.made_up import open_as_alleo
from alleo_onboard.usecases.handover.send import must_be_ready, send
from alleo_onboard.usecases.handover.watch import watch
from alleo_onboard.usecases.handover.wish import wished_of
from alleo_onboard.usecases.preview.preview import Preview, preview
from alleo_onboard.usecases.preview.session import Session
from alleo_onboard.usecases.run.sync import Consent, sync
from alleo_onboard.usecases.setups.resolve import Setup


async def synced(setup: Setup, scenario: str) -> int:
    """Prints check, preview and sync. A refusal that the scenario intends is not an error."""
    with watcher() as notify:
        async with Session(setup, notify) as session:
            first = await _looked(session, scenario)
            heading(stage_heading(Stage.SYNC))
            try:
                result = await sync(session, first, Consent())
                show(result_report(result))
                for told in after_run(result):
                    out(told)
            except (NotReady, GuardTripped) as refused:
                out(str(refused))
    return Exit.DONE


async def handed_over(setup: Setup, scenario: str) -> int:
    """Prints check, preview, the hand-over with its message, and the following states until activation."""
    keys, zone = Keys(setup.profile.name, None), setup.profile.tz
    with watcher() as notify:
        async with Session(setup, notify) as session:
            first = await _looked(session, scenario)
            heading(stage_heading(Stage.HAND_OVER))
            try:
                must_be_ready(first)
            except NotReady as refused:
                out(str(refused))
                return Exit.DONE
            made = await send(setup, first, wished_of(setup), keys)
            for line in sent_lines(made, zone):
                out(line.text)
            heading(stage_heading(Stage.MESSAGE))
            for text in Draft(setup, made, first, datetime.now(zone)).text().splitlines():
                out(text)
            await _followed(setup, keys, zone)
            heading(stage_heading(Stage.WATCH))
            out(watch_sentence(await watch(session)))
    return Exit.DONE


async def _looked(session: Session, scenario: str) -> Preview:
    heading(demo_heading(scenario))
    first = await preview(session)
    heading(stage_heading(Stage.CHECK))
    show(check_report(first.readiness))
    heading(stage_heading(Stage.PREVIEW))
    show(preview_report(first, listed()))
    return first


async def _followed(setup: Setup, keys: Keys, zone: ZoneInfo) -> None:
    heading(stage_heading(Stage.FOLLOWING))
    await _status(setup, keys, zone)
    heading(stage_heading(Stage.OPENED))
    await open_as_alleo(setup)
    await _status(setup, keys, zone)
    heading(stage_heading(Stage.ACTIVE))
    activated(setup, datetime.now(zone).date())
    await _status(setup, keys, zone)


async def _status(setup: Setup, keys: Keys, zone: ZoneInfo) -> None:
    found = await follow(setup, keys)
    for line in status_lines(found, zone) if found else ():
        out(line.text)
