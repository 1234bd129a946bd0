"""A clock that stands still, for screens that show the day and the time."""

from __future__ import annotations

import datetime as dt
import sys
from typing import Any


class _AnyDatetime(type(dt.datetime)):  # type: ignore[misc]
    def __instancecheck__(cls, one: object) -> bool:
        return isinstance(one, dt.datetime)


def still(monkeypatch: Any, now: dt.datetime) -> None:
    """Makes every module of ours that imported `datetime` read `now` from the clock."""

    class Still(dt.datetime, metaclass=_AnyDatetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:  # type: ignore[override]
            return now.astimezone(tz)

    for name, module in tuple(sys.modules.items()):
        if name.startswith("alleo_onboard.") and getattr(module, "datetime", None) is dt.datetime:
            monkeypatch.setattr(module, "datetime", Still)
