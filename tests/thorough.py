"""What is left to a thorough run: `HYPOTHESIS_PROFILE=thorough pytest` tries more examples and every case of a matrix."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TypeVar

PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "ours")
THOROUGH = PROFILE in ("thorough", "long")

Case = TypeVar("Case")


def some(cases: Sequence[Case], every: int, first: int = 0) -> Sequence[Case]:
    """Returns each `every`-th case from index `first` on; all cases in a thorough run."""
    return cases if THOROUGH else cases[first::every]


def examples(usual: int, thorough: int) -> int:
    """Returns how many examples a property test tries."""
    return thorough if THOROUGH else usual
