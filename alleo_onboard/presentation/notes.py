"""The notes shown beside the wizard's steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alleo_onboard.locale import _
from alleo_onboard.presentation.pages.connect import no_right_to_read_people

if TYPE_CHECKING:
    from alleo_onboard.domain.delivery import DeliveryKind
    from alleo_onboard.domain.readiness import Readiness
    from alleo_onboard.usecases.preview.session import Welcome


def signed_in(found: Welcome) -> str:
    return _("signed in") if found.people is not None else no_right_to_read_people()


def checked(readiness: Readiness, *, asking: bool) -> str:
    """Returns the note of Check. `asking`: nobody has confirmed yet that everyone should get Alleo."""
    from alleo_onboard.presentation.check import note

    return note(readiness, asking=asking)


def tested(kind: DeliveryKind | None) -> str:
    from alleo_onboard.presentation.delivery import tested_note

    return tested_note(kind.label() if kind else "")
