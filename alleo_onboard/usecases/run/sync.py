"""Sync: applies exactly one plan, writes down each step before and after, and tells how it went."""

from __future__ import annotations

from dataclasses import replace

from alleo_onboard.domain.profile import Profile, Remember
from alleo_onboard.store.ledger import Purpose, Why
from alleo_onboard.store.profiles import Profiles
from alleo_onboard.usecases.preview.preview import Preview
from alleo_onboard.usecases.preview.session import Session
from alleo_onboard.usecases.run.apply import Stop
from alleo_onboard.usecases.run.execute import Order, RunResult, carry_out
from alleo_onboard.usecases.run.preconditions import Consent, guarded, held_back, judge

__all__ = ["Consent", "RunResult", "Stop", "guarded", "held_back", "judge", "sync"]


async def sync(
    session: Session,
    preview: Preview,
    consent: Consent,
    stop: Stop | None = None,
    *,
    plan_id: str = "",
    resumes: str = "",
) -> RunResult:
    """Applies the preview's plan. Raises what `judge` raises, Locked, and PlanStale; nothing was written then.

    Later failures are part of the result: one person's failure never stops the others, a refused sign-in ends the run.
    `plan_id` is that of the saved plan, which can be applied once; `resumes` the run whose rest this is.
    """
    purpose = Purpose.RESUME if resumes else Purpose.SYNC
    source = preview.readiness.source
    order = Order(
        judge(preview, consent),
        preview.plan.digest,
        Why(purpose, resumes, preview.policy, plan_id, {**source.lost_budgets, **source.budget_keys}),
        preview.knowledge.head,
        preview.knowledge.settlements,
        preview.not_carried,
        held_back(preview, consent),
        {n: account for n, account in preview.plan.links.items() if preview.knowledge.links.get(n) != account},
    )
    return await carry_out(session, order, stop, lambda: _pin(session, preview))


def _pin(session: Session, preview: Preview) -> None:
    """Remembers the Alleo field of the first run, so that losing sight of it can never mean everyone."""
    attribute = preview.readiness.source.alleo.attribute
    if attribute is None or session.setup.profile.selective_key:
        return  # what was pinned is pinned anew by a person alone
    pinned = replace(session.setup.profile, selective_key=attribute.key)
    session.setup = replace(session.setup, profile=pinned)
    profiles = Profiles(session.setup.home)
    # A set-up that lives in the environment alone is kept no further than that.
    stored = profiles.load(pinned.name) or Profile(name=pinned.name, remember=Remember.SESSION)
    profiles.save(replace(stored, selective_key=attribute.key))
