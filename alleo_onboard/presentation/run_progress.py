"""The progress of a run: counts from events, shown as text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from alleo_onboard.domain.progress import Applied
from alleo_onboard.locale import _, ngettext
from alleo_onboard.locale.formats import count, seconds

_ENOUGH = 1.0  # seconds before a rate is shown


@dataclass(slots=True)
class Meter:
    """Counts of one run. `now` returns seconds of a monotonic clock."""

    total: int
    now: Callable[[], float]
    began: float = 0.0
    done: int = 0
    failed: int = 0

    def __post_init__(self) -> None:
        self.began = self.now()

    def count(self, event: Applied) -> None:
        """Adds one change."""
        self.done, self.total = event.done, event.total
        self.failed += bool(event.error)

    @property
    def rate(self) -> float | None:
        """Returns changes per second, or None during the first second."""
        seconds = self.now() - self.began
        return self.done / seconds if self.done and seconds >= _ENOUGH else None

    def bar(self, width: int) -> str:
        """Returns a bar of `width` cells with the percentage."""
        filled = width * self.done // self.total if self.total else width
        share = 100 * self.done // self.total if self.total else 100
        return f"{'█' * filled}{'░' * (width - filled)} {share:>3} %"

    def sentence(self) -> str:
        """Returns what was done, the failures, the rate and the remaining time."""
        parts = [_("{done} of {total} done").format(done=count(self.done), total=count(self.total))]
        if self.failed:
            parts.append(ngettext("{n} failed", "{n} failed", self.failed).format(n=count(self.failed)))
        if (rate := self.rate) is not None:
            parts.append(_("{n} a second").format(n=count(round(rate)) if rate >= 10 else seconds(rate)))
            parts.append(_left((self.total - self.done) / rate))
        return "   ".join(parts)


def _left(seconds: float) -> str:
    whole = max(1, round(seconds))
    if whole < 90:
        return ngettext("about {n} second left", "about {n} seconds left", whole).format(n=whole)
    minutes = round(whole / 60)
    return ngettext("about {n} minute left", "about {n} minutes left", minutes).format(n=count(minutes))
