"""Step 4: tests a delivery before it is kept, and saves it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from alleo_onboard.domain.delivery import DeliveryReport
from alleo_onboard.domain.secret import Secret
from alleo_onboard.usecases.preview.preview import test_delivery
from alleo_onboard.usecases.setups.entered import with_delivery
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


async def save(sitting: Sitting) -> None:
    """Saves the set-up with its delivery. Raises Usage."""
    await asyncio.to_thread(sitting.setups.save, sitting.setup)
    sitting.saved()
