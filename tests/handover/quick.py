"""A retry policy that does not wait."""

from __future__ import annotations

from alleo_onboard.net.patience import Patience

QUICK = Patience(attempts=2, base=0.001, cap=0.001, answer=5.0)
