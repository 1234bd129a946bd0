"""Sentences about the daily run: what would be installed, what is installed, and its last result."""

from __future__ import annotations

import shlex
from datetime import tzinfo

from alleo_onboard.domain.profile import DEFAULT_NAME
from alleo_onboard.locale import _
from alleo_onboard.locale.formats import moment
from alleo_onboard.locale.terms import using_label, way_label
from alleo_onboard.presentation.lines import Line, Tone, warned
from alleo_onboard.presentation.schedule import caution_sentence, symptom_sentence
from alleo_onboard.presentation.setups import difference_sentence
from alleo_onboard.usecases.schedule.health import Health
from alleo_onboard.usecases.schedule.install import Prepared


def state(health: Health, zone: tzinfo) -> tuple[Line, ...]:
    """Returns what is installed, its last result (in `zone`), and what is wrong."""
    there = health.installed
    if there is None:
        told = [Line(_("Nothing runs by itself yet."), Tone.STRONG)]
        told += [Line(_("Once it is installed, this computer makes the run every day, without anyone."))]
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
        told = [Line(words, Tone.STRONG_GOOD if health.well else Tone.STRONG_WARNING)]
    if last := latest(health, zone):
        told.append(Line(last))
    elif there:
        told.append(Line(_("It has not run yet.") + _next(health)))
    told += [warned(symptom_sentence(one, len(health.missed))) for one in health.symptoms]
    return tuple(told)


def latest(health: Health, zone: tzinfo) -> str:
    """Returns the last result (in `zone`) and the next run in one line, or "" when there was no daily run."""
    if health.last is None:
        return ""
    text = _("Last daily run: {when}, {how}.")
    ended = health.last.message.rstrip(".") or _("no result yet")
    return text.format(when=moment(health.last.started, zone), how=ended) + _next(health)


def _next(health: Health) -> str:
    return " " + _("Next: {when}.").format(when=moment(health.next, health.next.tzinfo)) if health.next else ""


def proposal(prepared: Prepared) -> tuple[Line, ...]:
    """Returns the scheduler, the times, and warnings for a proposed schedule."""
    job, zone = prepared.job, prepared.job.cadence.zone
    with_what = _("With {using}. {why}").format(using=using_label(prepared.mechanism.using), why=prepared.why)
    told = [Line(with_what.strip())]
    told.append(
        Line(_("Secrets from {way}; that is tried before anything is installed.").format(way=way_label(job.way)))
    )
    if prepared.obstacle:
        told.append(warned(prepared.obstacle))
    told += [warned(caution_sentence(one, zone)) for one in prepared.cautions]
    told += [warned(difference_sentence(one)) for one in prepared.differences]
    told.append(Line(_("The next five runs:"), Tone.STRONG))
    told += [Line(f"  {moment(run, run.tzinfo)}") for run in prepared.runs]
    told += [Line(note, Tone.QUIET) for note in prepared.notes]
    if not prepared.mechanism.knows_zones:
        told.append(
            Line(_("This scheduler knows only the clock of this machine; the times are converted to it."), Tone.QUIET)
        )
    return (*told, *(Line(text, Tone.QUIET) for text in [prepared.arrival] if text))


def instead(profile: str, why: str) -> tuple[Line, ...]:
    """Returns what to do where this machine starts nothing every day; `why` is why it does not."""
    name = "" if profile == DEFAULT_NAME else f"--profile {shlex.quote(profile)} "
    command = f"alleo-onboard {name}sync --yes --scheduled"
    texts = (
        _("On another computer, which is on every day: install alleo-onboard, make this set-up, and install it there."),
        _("In Kubernetes: what it needs is prepared below. v shows it; schedule install --using kubernetes prints it."),
        _("With whatever else starts programs for you: have it run {command} every day.").format(command=command),
        _("By hand: open this set-up on the days you choose, and press Start under Run."),
    )
    told = [Line(f"{number}. {text}") for number, text in enumerate(texts, start=1)]
    return (warned(why), Line(_("What to do instead:"), Tone.STRONG), *told, Line(""))


def written(prepared: Prepared) -> tuple[Line, ...]:
    """Returns everything that installing would write, file by file."""
    told: list[Line] = []
    for file in prepared.files:
        told += [Line(file.place, Tone.STRONG), Line(file.text.rstrip()), Line("")]
    return tuple(told)
