"""What the options of a command that writes agree to."""

from __future__ import annotations

import argparse

from alleo_onboard.domain.errors import Usage
from alleo_onboard.domain.oneoff import Release
from alleo_onboard.domain.plan import Plan
from alleo_onboard.locale import _
from alleo_onboard.usecases.run.preconditions import Consent

# Each holds for one plan that a person has seen, so never for every set-up.
_FOR_ONE_PLAN = ("allow_offboard", "allow_update", "allow_budget")
_DECISIONS = ("send_oneoff", "drop_oneoff")


def consent_of(args: argparse.Namespace) -> Consent:
    """The consent that the options of `sync` give. Raises Usage where --all or --scheduled forbids one of them."""
    forbidden = (*_FOR_ONE_PLAN, *_DECISIONS) if args.all else _DECISIONS if args.scheduled else ()
    given = [name for name in forbidden if getattr(args, name, None) is not None]
    if given:
        text = _("{option} is for one plan that a person has seen, so it does not go together with {other}.")
        option = "--" + given[0].replace("_", "-")
        raise Usage(text.format(option=option, other="--all" if args.all else "--scheduled"))
    return Consent(
        args.allow_offboard, args.allow_missing, args.accept_incomplete, args.allow_update, args.allow_budget
    )


def release_of(args: argparse.Namespace) -> Release:
    """What the options decide about one-off budgets that wait. Raises Usage where one person is in both."""
    send, drop = args.send_oneoff, args.drop_oneoff or frozenset()
    everyone = send == "all"
    named: frozenset[int] = frozenset() if everyone or send is None else send
    if both := named & drop:
        text = _("{ids}: one-off budgets are either sent or dropped, not both.")
        raise Usage(text.format(ids=_listed(both)))
    return Release(named, everyone, drop)


def heard(release: Release, plan: Plan) -> None:
    """Raises Usage where a decision names somebody for whom nothing waits: it would be taken for done."""
    unheard = (release.send | release.drop) - plan.decided
    if unheard:
        text = _("No one-off budget waits for {ids}. What waits is listed by: alleo-onboard preview.")
        raise Usage(text.format(ids=_listed(unheard)))


def _listed(ids: frozenset[int]) -> str:
    return ", ".join(map(str, sorted(ids)))
