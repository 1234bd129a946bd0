"""Sentences about the test of a delivery."""

from __future__ import annotations

from alleo_onboard.domain.delivery import DeliveryReport
from alleo_onboard.domain.wanted import CORE_FIELDS, EXTRA_FIELDS
from alleo_onboard.locale import _
from alleo_onboard.locale.formats import day
from alleo_onboard.presentation.cautions import shared_here_sentence
from alleo_onboard.presentation.labels import field_label, people
from alleo_onboard.presentation.lines import Line, Tone, warned
from alleo_onboard.usecases.setups.fed import Fed


def tested(report: DeliveryReport, held: frozenset[str], *, sitting: bool) -> tuple[Line, ...]:
    """Returns the result of a test.

    `held` are the fields with something to send. `sitting`: secrets are kept only until the program ends.
    """
    extras = sorted((held | report.carries) - set(CORE_FIELDS) - set(EXTRA_FIELDS))
    fields = [*CORE_FIELDS, *EXTRA_FIELDS, *extras]
    carried = [field_label(name) for name in fields if name in report.carries]
    lost = [field_label(name) for name in fields if name in held - report.carries]
    if report.said:
        return (Line(f"✓ {report.said}", Tone.STRONG_GOOD),)
    well = _("✓ The file can be put into {address}.") if report.file else _("✓ Alleo lets us in at {address}.")
    told = [Line(well.format(address=report.address), Tone.STRONG_GOOD)]
    told.append(Line(_("✓ It can carry: {fields}.").format(fields=", ".join(carried))))
    if lost:
        told.append(warned(_("It cannot carry: {fields}. Nothing of that is sent.").format(fields=", ".join(lost))))
    if report.unknown:
        text = _(
            "The server does not describe itself, so only the basics are sent. Confirm with Alleo what it can hold."
        )
        told.append(warned(text))
    if not report.updates:
        text = _(
            "The server says that it does not take changes to accounts (PATCH). New accounts can be made, but nobody "
            "can be updated or switched off. Ask Alleo about it before the first run."
        )
        told.append(warned(text))
    told += map(warned, report.notes)
    if shared := shared_here_sentence(report.shared_with):
        told.append(warned(shared))
    if sitting:
        told.append(Line(_("Its secret is kept for this sitting only."), Tone.QUIET))
    return tuple(told)


def two_ways(ways: tuple[Fed, ...]) -> tuple[Line, ...]:
    """Returns warnings that other deliveries would serve the same people, and what to switch off first."""
    return tuple(warned(sentence) for way in ways for sentence in _goes_on(way))


def _goes_on(way: Fed) -> tuple[str, str]:
    if way.handed:
        text = _("The credential was handed to Alleo on {day}: two ways would feed the same people.")
        so_far = text.format(day=day(way.handed))
    elif way.kind:
        text = _("So far “{way}” feeds {people}: two ways would feed the same people.")
        so_far = text.format(people=people(way.people), way=way.kind.label())
    else:
        text = _("So far this computer feeds {people}: two ways would feed the same people.")
        so_far = text.format(people=people(way.people))
    first = (
        way.kind.ending()
        if way.kind
        else _("Take the daily run away (in the wizard: d; on the command line: schedule remove).")
    )
    return so_far, _("Switch off first: {what}").format(what=first)


def tested_note(delivery: str) -> str:
    """Returns the note for the step rail: which delivery was tested."""
    return _("{delivery}, tested").format(delivery=delivery)
