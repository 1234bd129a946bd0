"""Sync: applies exactly one plan, stores each step before and after, and returns the result."""

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
from alleo_onboard.usecases.run.preconditions import Consent, held_back, judge, left_out_sentence

__all__ = ["Consent", "PlanMoved", "RunResult", "Stop", "held_back", "judge", "sync"]


async def sync(
    session: Session,
    preview: Preview,
    consent: Consent,
    stop: Stop | None = None,
    *,
    plan_id: str = "",
    resumes: str = "",
) -> RunResult:
    """Applies the preview's plan, after reading it again if it is too old.

    Raises what `judge` raises, Locked, and PlanStale (PlanMoved with the new plan); nothing is written then. Later
    errors are part of the result: an error of one person does not stop the others, a refused sign-in ends the run.
    `plan_id` is the id of the saved plan, which can be applied once; `resumes` is the run that this one continues.
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
    return await carry_out(session, order, stop, lambda: _pin(session, preview))


async def _really_gone(session: Session, plan: Plan, asked: frozenset[int]) -> None:
    """Asks for missing people whom the preview did not ask for because of the guard. Raises Unreachable."""
    missing = going(plan) - asked
    if missing and (there := missing - await session.gone(missing)):
        raise Unreachable(left_out_sentence(there))


def _pin(session: Session, preview: Preview) -> None:
    """Stores the Alleo field at the first run, so that losing it later never means everyone.

    It is replaced only after a person accepted another field. Raises PlanStale when another field was stored since the
    plan was made.
    """
    attribute, profile = preview.readiness.source.alleo.attribute, session.setup.profile
    if attribute is None or attribute.key == profile.selective_key:
        return
    if profile.selective_key and not session.accepts_field(attribute.key):
        return
    profiles = Profiles(session.setup.home)
    stored = profiles.load(profile.name)
    if stored and stored.selective_key not in (profile.selective_key, attribute.key):
        raise PlanStale(_("Another field was chosen to select people since this plan. Nothing was written."))
    pinned = replace(profile, selective_key=attribute.key)
    session.setup = replace(session.setup, profile=pinned)
    # A set-up that exists only in the environment gets a profile with nothing but the field.
    stored = stored or Profile(name=profile.name, remember=Remember.SESSION)
    profiles.save(replace(stored, selective_key=attribute.key))
