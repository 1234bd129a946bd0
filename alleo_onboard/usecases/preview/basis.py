"""The rules a run goes by, in a form that can be compared with those of the run before."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from alleo_onboard.domain.profile import Profile
from alleo_onboard.domain.readiness import Source


@dataclass(frozen=True, slots=True)
class Altered:
    """One rule that is not what it was at the last run; both as text."""

    rule: str
    before: str
    now: str


def policy_of(profile: Profile, source: Source, place: str) -> str:
    """JSON without anything personal or secret: settings, who selects, what is readable, and which systems.

    `place` is the address of the delivery, "" where there is none.
    """
    return json.dumps(
        {
            "on_leave": profile.policy.on_leave,
            "send_zero": "yes" if profile.policy.send_zero else "no",
            "zone": profile.zone,
            "selection": source.alleo.selection,
            "selective_field": source.alleo.attribute.key if source.alleo.attribute else "",
            "readable": ", ".join(sorted(source.readable)),
            "credential": hashlib.sha256(profile.client_id.encode()).hexdigest()[:8],
            "personio": profile.base_url,
            "alleo": place,
        },
        sort_keys=True,
    )


def rules_in(policy: str) -> dict[str, Any]:
    """The rules by name, none for "". Raises ValueError when `policy` is not what `policy_of` gives."""
    rules = json.loads(policy or "{}")
    if not isinstance(rules, dict):
        raise ValueError  # noqa: TRY004 - callers know a policy that is not one by this
    return rules


def altered(before: str | None, now: str) -> tuple[Altered, ...]:
    """What differs between two policies, nothing where the earlier one is not known."""
    if not before or not now:
        return ()
    try:
        then, today = rules_in(before), rules_in(now)
    except ValueError:  # somebody edited the ledger, which `runs verify` tells
        return ()
    return tuple(
        Altered(rule, str(then.get(rule, "")), str(value))
        for rule, value in today.items()
        if rule in then and then[rule] != value
    )
