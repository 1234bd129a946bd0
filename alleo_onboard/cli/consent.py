"""Turns options into a person's consent."""

from __future__ import annotations

import argparse

from alleo_onboard.domain.errors import Usage
from alleo_onboard.domain.oneoff import Release
from alleo_onboard.domain.plan import Plan
from alleo_onboard.locale import _
from alleo_onboard.presentation.refusal import decided_twice, no_address_differs, nothing_waits
from alleo_onboard.usecases.run.preconditions import Consent


def consent_of(args: argparse.Namespace) -> Consent:
    """Returns the consent that the options of `sync` give."""
    return Consent(
        args.allow_offboard,
        args.allow_missing,
        args.accept_incomplete,
        args.allow_update,
        accept_change=args.accept_change,
        allow_budget=args.allow_budget,
    )


def release_of(args: argparse.Namespace) -> Release:
    """Returns the decision about one-off budgets that wait. Raises Usage when one person is sent and dropped.

    It must be a person's decision, so it is refused for a scheduled run.
    """
    send, drop, moved = args.send_oneoff, args.drop_oneoff or frozenset(), args.address_changed or frozenset()
    if args.scheduled and (send is not None or drop):
        raise Usage(_("--send-oneoff and --drop-oneoff are for somebody who has looked: not with --scheduled."))
    if args.scheduled and moved:
        raise Usage(_("--address-changed is for somebody who has looked: not with --scheduled."))
    everyone = send == "all"
    named: frozenset[int] = frozenset() if everyone or send is None else send
    if both := named & drop:
        raise Usage(decided_twice(_listed(both)))
    return Release(named, everyone, drop, moved)


def heard(release: Release, plan: Plan) -> None:
    """Raises Usage when a decision names somebody for whom nothing waits."""
    unheard = (release.send | release.drop) - plan.decided
    if unheard:
        raise Usage(nothing_waits(_listed(unheard)))
    moving = {c.personio_id for c in plan.changes if "email" in c.new}
    if unmoved := release.moved - moving:
        raise Usage(no_address_differs(_listed(unmoved)))


def _listed(ids: frozenset[int]) -> str:
    return ", ".join(map(str, sorted(ids)))
