"""Expiry of a plan: one older than 15 minutes, or from another day, is read again before a run."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from alleo_onboard.domain.errors import PlanStale
from alleo_onboard.locale import _
from alleo_onboard.usecases.preview.preview import Preview, preview
from alleo_onboard.usecases.preview.session import Session

LASTS = timedelta(minutes=15)


class PlanMoved(PlanStale):
    """The plan was too old, and a new one differs: `preview`, to be shown again."""

    def __init__(self, fresh: Preview) -> None:
        super().__init__(
            _(
                "This plan was made too long ago. Personio and Alleo were read again, and the plan is another one now. "
                "Nothing was written; look at it again."
            )
        )
        self.preview = fresh


def outlived(session: Session, made: datetime | None, today: date | None) -> bool:
    """Returns whether a plan is of another day, at least LASTS old, or made in the future (the clock was set back)."""
    if made is None:
        return False
    return today != session.today() or not timedelta(0) <= session.now() - made < LASTS


async def renewed(session: Session, shown: Preview) -> Preview:
    """Returns the plan, read again if it is too old. Raises PlanMoved if it differs, and what `preview` raises."""
    if not shown.plan.changes or not outlived(session, shown.made, shown.today):
        return shown
    fresh = (await preview(session, release=shown.release)).narrowed(shown.only)
    if fresh.plan.digest != shown.plan.digest:
        raise PlanMoved(fresh)
    return fresh
