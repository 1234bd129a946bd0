"""The daily run in sentences: what would be installed, what is, and how it went."""

from __future__ import annotations

from textual.content import Content

from alleo_onboard.locale import _
from alleo_onboard.locale.formats import moment
from alleo_onboard.locale.terms import using_label, way_label
from alleo_onboard.presentation.schedule import caution_sentence, pickup_sentence, symptom_sentence
from alleo_onboard.tui.text import lines, plain
from alleo_onboard.usecases.schedule.health import Health
from alleo_onboard.usecases.schedule.install import Prepared


def state(health: Health) -> Content:
    """What is installed now, its last result and what is wrong with it."""
    there = health.installed
    if there is None:
        told = [plain(_("Nothing runs by itself yet."), "bold")]
    else:
        text = _("{mark} Every day at {times} ({zone}) with {using}, secrets from {way}.")
        mark = "✓" if health.well else "!"
        words = text.format(
            mark=mark,
            times=there.at.replace(",", ", "),
            zone=there.zone,
            using=using_label(there.using),
            way=way_label(there.way),
        )
        told = [plain(words, "bold $success" if health.well else "bold $warning")]
    if last := latest(health):
        told.append(plain(last))
    elif there:
        told.append(plain(_("It has not run yet.") + _next(health)))
    told += [plain(f"! {symptom_sentence(one, len(health.missed))}", "$warning") for one in health.symptoms]
    return lines(told)


def latest(health: Health) -> str:
    """The last result and the next run in one line, "" where nothing ran by itself."""
    if health.last is None:
        return ""
    text = _("Last daily run: {when}, {how}.")
    ended = health.last.message.rstrip(".") or _("no result yet")
    return text.format(when=moment(health.last.started.astimezone()), how=ended) + _next(health)


def _next(health: Health) -> str:
    return " " + _("Next: {when}.").format(when=moment(health.next)) if health.next else ""


def proposal(prepared: Prepared) -> Content:
    """How it would run, when, and what to beware of."""
    job, zone = prepared.job, prepared.job.cadence.zone
    with_what = _("With {using}. {why}").format(using=using_label(prepared.mechanism.using), why=prepared.why)
    told = [plain(with_what.strip())]
    told.append(
        plain(_("Secrets from {way}; that is tried before anything is installed.").format(way=way_label(job.way)))
    )
    if prepared.obstacle:
        told.append(plain(f"! {prepared.obstacle}", "$warning"))
    told += [plain(f"! {caution_sentence(one, zone)}", "$warning") for one in prepared.cautions]
    told.append(plain(_("The next five runs:"), "bold"))
    told += [plain(f"  {moment(run)}") for run in prepared.runs]
    told += [plain(note, "$quiet") for note in prepared.notes]
    if not prepared.mechanism.knows_zones:
        told.append(plain(_("It knows only the clock of this machine; the times are put on it."), "$quiet"))
    return lines([*told, plain(pickup_sentence(prepared.runs[0]), "$quiet")])


def written(prepared: Prepared) -> Content:
    """Everything that installing would write, file by file."""
    told: list[Content] = []
    for file in prepared.files:
        told += [plain(file.place, "bold"), plain(file.text.rstrip()), plain("")]
    return lines(told)
