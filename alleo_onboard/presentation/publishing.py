"""Sentences about runs that write a file: warnings before, how the file was put in place, and what to do next."""

from __future__ import annotations

from datetime import UTC, datetime

from alleo_onboard.domain.file_rules import NOTICE_DAYS, short_notice
from alleo_onboard.domain.publishing import Published, Way
from alleo_onboard.locale import _, ngettext
from alleo_onboard.locale.formats import clock, count, hour
from alleo_onboard.presentation.lines import Line, warned
from alleo_onboard.usecases.preview.preview import Preview
from alleo_onboard.usecases.run.confirm import Confirmed
from alleo_onboard.usecases.run.execute import RunResult
from alleo_onboard.usecases.support.delivery_file import DeliveryFile


def before_publishing(preview: Preview) -> list[str]:
    """Returns warnings before the file is made."""
    if preview.report is None or not preview.report.file or preview.today is None:
        return []
    leaving = short_notice(preview.plan, preview.today.isoformat())
    if not leaving:
        return []
    text = ngettext(
        "{n} person leaves in less than {days} days. Alleo asks for that notice, so that monthly subscriptions can end.",
        "{n} people leave in less than {days} days. Alleo asks for that notice, so that monthly subscriptions can end.",
        len(leaving),
    )
    return [text.format(n=count(len(leaving)), days=NOTICE_DAYS)]


def as_file(preview: Preview) -> str:
    """Returns how the changes reach Alleo where a run is one file; "" elsewhere, and where there are none."""
    report = preview.report
    if report is None or not report.file or not preview.plan.changes:
        return ""
    if report.upload:
        return _(
            "For that, one workbook is made, which you upload in the Manager Portal: nothing reaches Alleo before."
        )
    return _("For that, one file is put where Alleo collects it.")


def after_publishing(result: RunResult, *, keys: bool = False) -> list[str]:
    """Returns where the file is and what comes next. `keys`: name keys of the wizard instead of commands."""
    published = result.published
    if published is None:
        return []
    if result.waits:
        return _to_upload(published, result.run, keys=keys)
    told = [_("{file} is in place: {place}.").format(file=published.name, place=published.place), *_caveats(published)]
    if published.collected:
        told.append(_("Alleo collects it at {moment}.").format(moment=_moment(published.collected)))
    return told


def _caveats(published: Published) -> list[str]:
    told = []
    if published.way is Way.REMOVED_FIRST:
        told.append(
            _("The server cannot replace a file in one step, so for a moment there was none. Ask for posix-rename.")
        )
    if published.way is Way.OVERWRITTEN:
        told.append(
            _(
                "The server allows no renaming, so the file was overwritten where it lies. In those seconds Alleo "
                "would have read half of it; the run kept away from the times at which it collects."
            )
        )
    if not published.listed:
        told.append(_("The server shows no list, so look whether other alleo_employees_*.csv files lie beside it."))
    if published.near:
        text = _("Alleo collects at {moment}, so it may have taken this file or the one before.")
        told.append(text.format(moment=_moment(published.near)))
    return told


def _to_upload(published: Published, run: str, *, keys: bool) -> list[str]:
    """Returns what to click (Alleo help centre, 303635), the right it needs, and how to confirm the upload."""
    checked, said = (
        _("3. Look at the preview tab, and download the Dry Run Report: = compares it with the preview here."),
        _("5. Then say so here: m. Until then nothing of it counts as done."),
    )
    if not keys:
        checked = _(
            "3. Look at the preview tab, and download the Dry Run Report: alleo-onboard compare FILE checks it."
        )
        text = _("5. Then say so here: alleo-onboard runs confirm {run}. Until then nothing of it counts as done.")
        said = text.format(run=run)
    return [
        _("The workbook is saved: {file} in {place}. Now upload it:").format(
            file=published.name, place=published.place
        ),
        _("1. Sign in to Alleo's Manager Portal; the account needs the right Data Management."),
        _("2. Data Management > Imports > User Onboarding and Offboarding: upload the workbook as it is."),
        checked,
        _("4. Sync it there. What Alleo shows as an error is mended in Personio, not in the workbook."),
        said,
    ]


def exported_sentence(made: DeliveryFile) -> str:
    """Returns how many people an exported file holds, and that nothing was recorded as done."""
    text = ngettext(
        "It holds {n} person. Nothing was noted as done: runs are made with sync.",
        "It holds {n} people. Nothing was noted as done: runs are made with sync.",
        made.people,
    )
    return text.format(n=count(made.people))


def uploaded_question() -> str:
    """Returns the question before the changes of a workbook count as done."""
    return _("Was the workbook uploaded in Alleo's Manager Portal, and synced there?")


def waiting_lines(run: str) -> tuple[Line, ...]:
    """Returns the warning while a workbook waits; empty when `run` is ""."""
    if not run:
        return ()
    text = _("The workbook of run {run} waits: say when it was uploaded. Until then no other run can be made.")
    return (warned(text.format(run=run)), Line(""))


def confirmed_sentence(one: Confirmed) -> str:
    """Returns what was recorded about an upload."""
    if one.uploaded:
        text = ngettext(
            "Noted: {file} was uploaded, {n} change is done.",
            "Noted: {file} was uploaded, {n} changes are done.",
            one.changes,
        )
    else:
        text = ngettext(
            "Noted: {file} was not uploaded. {n} change is left to the next run.",
            "Noted: {file} was not uploaded. {n} changes are left to the next run.",
            one.changes,
        )
    return text.format(file=one.file, n=count(one.changes))


def _moment(instant: datetime) -> str:
    return _("{local} ({utc} UTC)").format(local=clock(instant, instant.tzinfo), utc=hour(instant.astimezone(UTC)))
