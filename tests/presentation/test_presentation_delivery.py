"""The sentences about a tested delivery."""

from __future__ import annotations

import pytest

from alleo_onboard.domain.delivery import DeliveryReport
from alleo_onboard.presentation import delivery


@pytest.mark.parametrize("updates", [True, False])
def test_a_server_that_takes_no_changes_is_said_to_switch_nobody_off(updates):
    report = DeliveryReport("https://alleo.example", frozenset({"email"}), updates=updates)
    told = " ".join(line.text for line in delivery.tested(report, frozenset({"email"}), sitting=False))
    assert ("switched off" in told) is not updates
