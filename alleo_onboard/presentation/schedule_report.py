"""The schedule as text for the command line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import tzinfo
from pathlib import Path

from alleo_onboard.locale import _
from alleo_onboard.locale.formats import hour, moment
from alleo_onboard.locale.terms import using_label, way_label
from alleo_onboard.presentation.schedule import caution_sentence, symptom_sentence
from alleo_onboard.presentation.setups import difference_sentence
from alleo_onboard.usecases.schedule.health import Health
from alleo_onboard.usecases.schedule.install import Prepared, Proposal
from alleo_onboard.usecases.schedule.record import LastRun


def prepared_lines(prepared: Prepared) -> Iterator[str]:
    """Yields what would be installed, when it would run, and warnings."""
    job = prepared.job
    text = _("{profile}: every day at {times} ({zone}) with {using}, secrets from {way}.")
    yield (
        text.format(
            profile=job.profile,
            times=", ".join(hour(at) for at in job.cadence.times),
            zone=job.cadence.zone,
            using=using_label(prepared.mechanism.using),
            way=way_label(job.way),
        )
    )
    if prepared.why:
        yield prepared.why
    for instant in prepared.runs:
        yield "  " + moment(instant, instant.tzinfo)
    if not prepared.mechanism.knows_zones:
        yield _("This scheduler knows only the clock of this machine; the times are converted to it.")
    if told := prepared.arrival:
        yield told
    for caution in prepared.cautions:
        yield (_("Careful: {what}").format(what=caution_sentence(caution, job.cadence.zone)))
    for one in prepared.differences:
        yield _("Careful: {what}").format(what=difference_sentence(one))
    for note in prepared.notes:
        yield _("Note: {what}").format(what=note)


def health_lines(health: Health, zone: tzinfo) -> Iterator[str]:
    """Yields the state of the schedule. Past runs are told in `zone`, coming ones in that of the schedule."""
    if health.installed:
        text = _("{profile}: every day at {times} ({zone}) with {using}, secrets from {way}.")
        there = health.installed
        times = there.at.replace(",", ", ")
        using, way = using_label(there.using), way_label(there.way)
        yield text.format(profile=health.profile, times=times, zone=there.zone, using=using, way=way)
    if last := health.last:
        text = _("Last run: {started}, exit {exit}. {message}")
        ended = "-" if last.exit is None else last.exit
        yield (text.format(started=moment(last.started, zone), exit=ended, message=last.message))
        success = moment(last.last_success, zone) if last.last_success else _("never")
        yield _("Last success: {when}").format(when=success)
    elif health.installed:
        yield _("It has not run yet.")
    for instant in health.runs:
        yield (_("Next run: {when}").format(when=moment(instant, instant.tzinfo)))
    for symptom in health.symptoms:
        yield (_("Needs attention: {what}").format(what=symptom_sentence(symptom, len(health.missed))))
    for caution in health.cautions:
        whose = health.installed.zone if health.installed else ""
        yield (_("Careful: {what}").format(what=caution_sentence(caution, whose)))


def without_a_desktop() -> str:
    """Returns where secrets can be found without a desktop; follows the sentence that they were not found."""
    return _(
        "What works without a desktop: --secrets systemd-creds (root, with systemd), --secrets command with a "
        "password manager's command line, or --secrets env-file, a file that only you can read."
    )


def written_sentence(path: Path) -> str:
    return _("Written: {path}").format(path=path)


def removed_sentence(place: str) -> str:
    return _("Removed: {place}").format(place=place)


def log_sentence(folder: Path) -> str:
    """Returns where log and result of the runs are."""
    return _("Log and result: {folder}").format(folder=folder)


def nothing_scheduled(profile: str, proposal: Proposal) -> Iterator[str]:
    """Yields that there is no daily run, and what would start one on this machine."""
    yield _("Nothing is scheduled for {profile}.").format(profile=profile)
    if proposal.using:
        text = _("schedule install would use {using}: {why}")
        yield text.format(using=using_label(proposal.using), why=proposal.why)


def ended_sentence(last: LastRun) -> str:
    """Returns how the run that was started by hand ended."""
    return _("The run ended with {exit}: {message}").format(exit=last.exit, message=last.message)


def not_found(names: Sequence[str]) -> str:
    """Returns which secrets a test did not find."""
    return _("Not found: {names}.").format(names=", ".join(names))
