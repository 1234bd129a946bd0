"""Sync: applies exactly one plan, writes down each step before and after, and tells how it went."""

from __future__ import annotations

from dataclasses import replace

from alleo_onboard.domain.errors import PlanStale, Unreachable
from alleo_onboard.domain.plan import Plan
from alleo_onboard.domain.profile import Profile, Remember
from alleo_onboard.locale import _
from alleo_onboard.store.ledger import Purpose, Why
from alleo_onboard.store.profiles import Profiles
from alleo_onboard.usecases.preview.preview import Preview, going
from alleo_onboard.usecases.preview.session import Session
from alleo_onboard.usecases.run.apply import Stop
from alleo_onboard.usecases.run.execute import Order, RunResult, carry_out
from alleo_onboard.usecases.run.fresh import PlanMoved, renewed
from alleo_onboard.usecases.run.preconditions import Consent, guarded, held_back, judge, left_out_sentence

__all__ = ["Consent", "PlanMoved", "RunResult", "Stop", "guarded", "held_back", "judge", "sync"]


async def sync(
    session: Session,
    preview: Preview,
    consent: Consent,
    stop: Stop | None = None,
    *,
    plan_id: str = "",
    resumes: str = "",
) -> RunResult:
    """Applies the preview's plan, read again first where it has grown old.

    Raises what `judge` raises, Locked, and PlanStale (PlanMoved with the plan as it is now); nothing was written then.

    Later failures are part of the result: one person's failure never stops the others, a refused sign-in ends the run.
    `plan_id` is that of the saved plan, which can be applied once; `resumes` the run whose rest this is.
    """
    preview = await renewed(session, preview)
    plan = judge(preview, consent)
    await _really_gone(session, plan, preview.asked)
    purpose = Purpose.RESUME if resumes else Purpose.SYNC
    source = preview.readiness.source
    order = Order(
        plan,
        preview.plan.digest,
        Why(purpose, resumes, preview.policy, plan_id, {**source.lost_budgets, **source.budget_keys}),
        preview.knowledge.head,
        preview.knowledge.settlements,
        preview.not_carried,
        held_back(preview, consent),
        {n: account for n, account in preview.plan.links.items() if preview.knowledge.links.get(n) != account},
    )
    return await carry_out(session, order, stop, lambda: _pin(session, preview, consent))


async def _really_gone(session: Session, plan: Plan, asked: frozenset[int]) -> None:
    """Asks for those whom the preview did not ask for, as the guard stood before them. Raises Unreachable."""
    missing = going(plan) - asked
    if missing and (there := missing - await session.gone(missing)):
        raise Unreachable(left_out_sentence(there))


def _pin(session: Session, preview: Preview, consent: Consent) -> None:
    """Remembers the Alleo field of the first run, so that losing sight of it can never mean everyone.

    Nothing is pinned anew: another field decides only once a person accepted that. Raises PlanStale where somebody
    else has pinned another field since the plan was made.
    """
    attribute, profile = preview.readiness.source.alleo.attribute, session.setup.profile
    if attribute is None or attribute.key == profile.selective_key:
        return
    if profile.selective_key and not consent.accept_change:
        return
    profiles = Profiles(session.setup.home)
    stored = profiles.load(profile.name)
    if stored and stored.selective_key not in (profile.selective_key, attribute.key):
        raise PlanStale(_("Another field was chosen to select people since this plan. Nothing was written."))
    pinned = replace(profile, selective_key=attribute.key)
    session.setup = replace(session.setup, profile=pinned)
    # A set-up that lives in the environment alone is kept no further than that.
    stored = stored or Profile(name=profile.name, remember=Remember.SESSION)
    profiles.save(replace(stored, selective_key=attribute.key))
