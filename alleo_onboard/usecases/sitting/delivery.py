"""Step 4: tests a delivery before it is kept, and saves it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from alleo_onboard.domain.delivery import DeliveryReport
from alleo_onboard.domain.profile import Remember
from alleo_onboard.domain.secret import Secret
from alleo_onboard.usecases.preview.preview import test_delivery
from alleo_onboard.usecases.setups.entered import with_delivery
from alleo_onboard.usecases.setups.resolve import Setup
from alleo_onboard.usecases.sitting.sitting import Sitting


async def try_delivery(
    sitting: Sitting, kind: str, typed: Mapping[str, str], secrets: Mapping[str, Secret]
) -> DeliveryReport:
    """Tests a delivery with these settings and returns the report. On an error the earlier delivery stays in use.

    Raises DeliveryRefused, HostKeyUnknown, Unreachable, Usage.
    """
    before = sitting.setup
    sitting.use(with_delivery(before, kind, typed, secrets))
    await sitting.session.close_delivery()
    try:
        report = await test_delivery(sitting.session)
    except BaseException:
        sitting.use(before)
        await sitting.session.close_delivery()
        raise
    sitting.preview = None
    sitting.forget_answers()
    sitting.tested(report)
    return report


def only_for_now(setup: Setup) -> bool:
    """Returns whether a secret of the delivery was typed, and is kept only until the program ends."""
    typed = [
        slot
        for slot in (setup.kind.secrets if setup.kind else ())
        if slot.name in setup.delivery_secrets and setup.from_environment.isdisjoint(slot.variables)
    ]
    return setup.profile.remember is Remember.SESSION and bool(typed)


async def save(sitting: Sitting) -> None:
    """Saves the set-up with its delivery. Raises Usage."""
    await asyncio.to_thread(sitting.setups.save, sitting.setup)
    sitting.saved()
