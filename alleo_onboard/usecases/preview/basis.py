"""What a run rests on (rules, systems, people), in a form that is compared with the last run's."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from alleo_onboard.domain.account import Account
from alleo_onboard.domain.alleo_field import Selection
from alleo_onboard.domain.finding import Code, Finding
from alleo_onboard.domain.profile import Profile
from alleo_onboard.domain.readiness import Readiness, Source
from alleo_onboard.usecases.setups.resolve import Setup
from alleo_onboard.usecases.setups.shared import spelled

_FEW = 3  # linked people from which on it means something that none of them can be seen any more


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


def with_basis(readiness: Readiness, setup: Setup, visible: Collection[int]) -> Readiness:
    """The readiness with the findings of `basis_changed` as they are now, in place of earlier ones."""
    kept = [f for f in readiness.findings if f.code is not Code.BASIS_CHANGED]
    if any(f.code is Code.EMPLOYEES_NOT_READABLE for f in kept):
        return readiness
    found = basis_changed(setup, readiness.source, visible)
    findings = (*found, *kept)
    return readiness if findings == readiness.findings else replace(readiness, findings=findings)


def with_strangers(readiness: Readiness, linked: Mapping[int, str], accounts: Collection[Account]) -> Readiness:
    """The readiness with a finding where Alleo shows none of at least three accounts that are linked.

    Many servers have one address for all customers and tell them apart by the token alone: that of another customer
    shows only strangers.
    """
    if any(f.code is Code.BASIS_CHANGED for f in readiness.findings):  # another address explains it
        return readiness
    ids, numbers = {*linked.values()}, {str(number) for number in linked}
    if len(linked) < _FEW or any(a.id in ids or a.external_id in numbers for a in accounts):
        return readiness
    details = (("before", str(len(linked))), ("now", "0"))
    return replace(readiness, findings=(Finding(Code.BASIS_CHANGED, "accounts", details), *readiness.findings))


def basis_changed(setup: Setup, source: Source, visible: Iterable[int]) -> tuple[Finding, ...]:
    """Findings on what is no longer as it was at the last finished run; `visible` are the ids in Personio's list.

    Nothing without such a run. A ledger that cannot be read is told by whatever needs it.
    """
    from alleo_onboard.domain.errors import Usage
    from alleo_onboard.store.ledger import Ledger, ledger_path

    if not ledger_path(setup.home, setup.profile.name).exists():
        return ()
    try:
        with Ledger.of(setup.home, setup.profile.name) as ledger:
            before, linked = ledger.last_policy(), ledger.links().keys()
    except Usage:
        return ()
    return compared(before, linked, policy_of(setup.profile, source, setup.place), visible)


def compared(before: str | None, linked: Collection[int], now: str, visible: Iterable[int]) -> tuple[Finding, ...]:
    """The same for two policies, the linked ids and those that can be seen."""
    try:
        then, today = rules_in(before or ""), rules_in(now)
    except ValueError:  # somebody edited the ledger, which `runs verify` tells
        return ()
    if not then:
        return ()
    told = [(subject, str(then.get(rule) or ""), str(today.get(rule) or "")) for subject, rule in _ADDRESSES]
    found = [one for one in told if one[1] and one[2] and spelled(one[1]) != spelled(one[2])]
    if then.get("selection") == Selection.FIELD and today["selection"] != Selection.LOST:
        key = str(then.get("selective_field") or "")
        chosen = str(today["selective_field"] or Selection.EVERYONE)
        found += [("alleo_field", key, chosen)] if key and chosen != key else []
    if len(linked) >= _FEW and not set(linked).intersection(visible):
        found.append(("people", str(len(linked)), "0"))
    return tuple(Finding(Code.BASIS_CHANGED, subject, (("before", was), ("now", is_))) for subject, was, is_ in found)


_ADDRESSES = (("alleo_address", "alleo"), ("personio_address", "personio"))
