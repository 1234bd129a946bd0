"""What a delivery said when it was tested, in sentences."""

from __future__ import annotations

from alleo_onboard.domain.delivery import DeliveryReport
from alleo_onboard.domain.wanted import CORE_FIELDS, EXTRA_FIELDS
from alleo_onboard.locale import _
from alleo_onboard.presentation.cautions import shared_here_sentence
from alleo_onboard.presentation.labels import field_label
from alleo_onboard.presentation.lines import Line, Tone, warned


def tested(report: DeliveryReport, held: frozenset[str], *, sitting: bool) -> tuple[Line, ...]:
    """`held` are the fields there is something to send for; `sitting` that secrets are kept for this sitting only."""
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
    if shared := shared_here_sentence(report.shared_with):
        told.append(warned(shared))
    if sitting:
        told.append(Line(_("Its secret is kept for this sitting only."), Tone.QUIET))
    return tuple(told)
