"""The basis of a run: settings, systems and people, stored so that the next run can compare."""

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

_FEW = 3  # number of linked people from which it is significant that none is visible


@dataclass(frozen=True, slots=True)
class Last:
    """What the ledger says of the last finished run."""

    policy: str | None = None  # JSON, see policy_of; None when there was none
    linked: Collection[int] = ()  # Personio ids of the people linked to an account


@dataclass(frozen=True, slots=True)
class Altered:
    """One setting that changed since the last run, as text."""

    rule: str
    before: str
    now: str


def policy_of(profile: Profile, source: Source, place: str) -> str:
    """Returns the basis of a run as JSON, without personal data or secrets.

    `place` is the address of the delivery, or "".
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
    """Returns the settings in such a JSON text by name; empty for "". Raises ValueError for other text."""
    rules = json.loads(policy or "{}")
    if not isinstance(rules, dict):
        raise ValueError  # noqa: TRY004 - callers expect ValueError
    return rules


def altered(before: str | None, now: str) -> tuple[Altered, ...]:
    """Returns the settings that differ; empty when the earlier ones are unknown."""
    if not before or not now:
        return ()
    try:
        then, today = rules_in(before), rules_in(now)
    except ValueError:  # somebody edited the ledger; `runs verify` reports that
        return ()
    return tuple(
        Altered(rule, str(then.get(rule, "")), str(value))
        for rule, value in today.items()
        if rule in then and then[rule] != value
    )


def with_basis(readiness: Readiness, last: Last, policy: str, visible: Iterable[int]) -> Readiness:
    """Returns the readiness with fresh `basis_changed` findings in place of earlier ones.

    `policy` is today's, as JSON; `visible` are the Personio ids in the list.
    """
    kept = [f for f in readiness.findings if f.code is not Code.BASIS_CHANGED]
    if any(f.code is Code.EMPLOYEES_NOT_READABLE for f in kept):
        return readiness
    findings = (*_basis_changed(last, policy, visible), *kept)
    return readiness if findings == readiness.findings else replace(readiness, findings=findings)


def with_strangers(readiness: Readiness, linked: Mapping[int, str], accounts: Collection[Account]) -> Readiness:
    """Returns the readiness with a finding when Alleo shows none of at least three linked accounts.

    Many servers use one address for all customers and distinguish them by the token; another customer's token shows
    only unknown accounts.
    """
    if any(f.code is Code.BASIS_CHANGED for f in readiness.findings):  # another address explains it
        return readiness
    ids, numbers = {*linked.values()}, {str(number) for number in linked}
    if len(linked) < _FEW or any(a.id in ids or a.external_id in numbers for a in accounts):
        return readiness
    details = (("before", str(len(linked))), ("now", "0"))
    return replace(readiness, findings=(Finding(Code.BASIS_CHANGED, "accounts", details), *readiness.findings))


def last_run(setup: Setup) -> Last:
    """Reads the ledger, if there is one. A damaged ledger is reported by the code that needs it."""
    from alleo_onboard.domain.errors import Usage
    from alleo_onboard.store.ledger import Ledger, has_ledger

    try:
        if not has_ledger(setup.home, setup.profile.name):
            return Last()
        with Ledger.of(setup.home, setup.profile.name) as ledger:
            return Last(ledger.last_policy(), ledger.links().keys())
    except Usage:
        return Last()


def _basis_changed(last: Last, policy: str, visible: Iterable[int]) -> tuple[Finding, ...]:
    """Returns findings about what changed since the last finished run; empty when there was none."""
    try:
        then, today = rules_in(last.policy or ""), rules_in(policy)
    except ValueError:  # somebody edited the ledger; `runs verify` reports that
        return ()
    if not then:
        return ()
    told = [(subject, str(then.get(rule) or ""), str(today.get(rule) or "")) for subject, rule in _ADDRESSES]
    found = [one for one in told if one[1] and one[2] and spelled(one[1]) != spelled(one[2])]
    if then.get("selection") == Selection.FIELD and today["selection"] != Selection.LOST:
        key = str(then.get("selective_field") or "")
        chosen = str(today["selective_field"] or Selection.EVERYONE)
        found += [("alleo_field", key, chosen)] if key and chosen != key else []
    if len(last.linked) >= _FEW and not set(last.linked).intersection(visible):
        found.append(("people", str(len(last.linked)), "0"))
    return tuple(Finding(Code.BASIS_CHANGED, subject, (("before", was), ("now", is_))) for subject, was, is_ in found)


_ADDRESSES = (("alleo_address", "alleo"), ("personio_address", "personio"))
