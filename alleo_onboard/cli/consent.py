"""What the options of a command that writes agree to."""

from __future__ import annotations

import argparse

from alleo_onboard.domain.errors import Usage
from alleo_onboard.domain.oneoff import Release
from alleo_onboard.domain.plan import Plan
from alleo_onboard.locale import _
from alleo_onboard.presentation.refusal import decided_twice, nothing_waits
from alleo_onboard.usecases.run.preconditions import Consent


def consent_of(args: argparse.Namespace) -> Consent:
    """The consent that the options of `sync` give."""
    return Consent(
        args.allow_offboard,
        args.allow_missing,
        args.accept_incomplete,
        args.allow_update,
        accept_change=args.accept_change,
        allow_budget=args.allow_budget,
    )


def release_of(args: argparse.Namespace) -> Release:
    """What the options decide about one-off budgets that wait. Raises Usage where one person is in both.

    What waits, waits for a person: nobody can decide beforehand about amounts that a run without anybody will meet.
    """
    send, drop = args.send_oneoff, args.drop_oneoff or frozenset()
    if args.scheduled and (send is not None or drop):
        raise Usage(_("--send-oneoff and --drop-oneoff are for somebody who has looked: not with --scheduled."))
    everyone = send == "all"
    named: frozenset[int] = frozenset() if everyone or send is None else send
    if both := named & drop:
        raise Usage(decided_twice(_listed(both)))
    return Release(named, everyone, drop)


def heard(release: Release, plan: Plan) -> None:
    """Raises Usage where a decision names somebody for whom nothing waits: it would be taken for done."""
    unheard = (release.send | release.drop) - plan.decided
    if unheard:
        raise Usage(nothing_waits(_listed(unheard)))


def _listed(ids: frozenset[int]) -> str:
    return ", ".join(map(str, sorted(ids)))
