"""Saves a plan to a file, and checks later that it still describes what would happen.

The file holds no values of people's fields: both systems are read again and digests are compared.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from alleo_onboard import __version__
from alleo_onboard.domain.errors import PlanStale, Usage
from alleo_onboard.domain.plan import Plan
from alleo_onboard.locale import _
from alleo_onboard.locale.changed_rules import altered_sentence
from alleo_onboard.locale.formats import clock
from alleo_onboard.locale.system import system_reason
from alleo_onboard.store.ledger import Ledger
from alleo_onboard.store.paths import MEGABYTE, open_file, write_private
from alleo_onboard.usecases.preview.basis import altered, rules_in
from alleo_onboard.usecases.preview.preview import Preview
from alleo_onboard.usecases.setups.resolve import Setup

FORMAT = 2
HOURS = 24  # hours that a saved plan is valid, by default
_CLOCKS_APART = timedelta(minutes=5)  # allowed difference between the clocks of two computers
_MOST_BYTES = 64 * MEGABYTE  # the plan of 100,000 people has 30 MB


@dataclass(frozen=True, slots=True)
class SavedPlan:
    """A saved plan."""

    id: str
    profile: str
    version: str
    made: datetime
    expires: datetime
    digest: str
    source: str  # digest of what Personio said
    accounts: str  # digest of the accounts
    policy: str  # JSON
    changes: tuple[tuple[str, int, str], ...]  # (kind, Personio id, name), in the order of the plan

    def hold(self, preview: Preview, setup: Setup, now: datetime) -> None:
        """Checks that `preview` is the saved plan and that it was not applied yet.

        Raises PlanStale with what differs.
        """
        with Ledger.of(setup.home, self.profile) as ledger:
            run = ledger.used_by(self.id)
        if run:
            raise _stale(_("It was applied already, by run {run}: a plan is applied once.").format(run=run))
        if self.version != __version__:
            text = _("It was saved by version {theirs}, and this is {ours}.")
            raise _stale(text.format(theirs=self.version, ours=__version__))
        if now < self.made - _CLOCKS_APART:
            raise _stale(_("It was saved later than it is now by this computer's clock, which is to be put right."))
        if now >= self.expires:
            raise _stale(_("It held until {moment}.").format(moment=clock(self.expires, setup.profile.tz)))
        if told := self._moved(preview):
            raise _stale(" ".join(told))

    def _moved(self, preview: Preview) -> list[str]:
        """Returns sentences about what differs."""
        told = [altered_sentence(one.rule, one.before, one.now) for one in altered(self.policy, preview.policy)]
        if source_digest(preview.plan) != self.source:
            told.append(_("People in Personio have changed since it was saved."))
        if account_digest(preview.plan) != self.accounts:
            told.append(_("Accounts at Alleo have changed since it was saved."))
        if preview.plan.digest != self.digest:
            told.append(_("The changes would be different now: {changes}.").format(changes=self._others(preview.plan)))
        return told

    def _others(self, plan: Plan) -> str:
        """Returns the changes that differ, at most five, as text."""
        now = {(c.kind.value, c.personio_id): c.name for c in plan.changes}
        then = {(kind, number): name for kind, number, name in self.changes}
        came = [f"+ {kind} {now[kind, number]}" for kind, number in sorted(now.keys() - then.keys())]
        went = [f"- {kind} {then[kind, number]}" for kind, number in sorted(then.keys() - now.keys())]
        return "; ".join((came + went)[:5]) or _("the values of some fields")


def _stale(reason: str) -> PlanStale:
    text = _("The saved plan cannot be applied. {reason} Nothing was written; preview again.")
    return PlanStale(text.format(reason=reason))


def source_digest(plan: Plan) -> str:
    """Returns `sha256:` and the hash of what Personio said about everybody and of the decisions.

    Dates of birth are left out; those that matter are part of the plan's own digest.
    """
    return _sha(
        [p.decision, list(p.reasons), {**asdict(p.employee), "birthday": None} if p.employee else p.personio_id]
        for p in plan.people
    )


def account_digest(plan: Plan) -> str:
    """Returns `sha256:` and the hash of these people's accounts, without dates of birth."""
    held = [p.account for p in plan.people if p.account]
    return _sha(
        {**asdict(a), "extras": sorted((n, v) for n, v in a.extras.items() if n != "birthday")}
        for a in sorted(held, key=lambda a: a.id)
    )


def _sha(told: Iterable[object]) -> str:
    digest = hashlib.sha256()
    for one in told:
        digest.update(json.dumps(one, sort_keys=True, default=str).encode() + b"\n")
    return "sha256:" + digest.hexdigest()


def save(preview: Preview, profile: str, path: str, now: datetime | None = None, hours: int = HOURS) -> None:
    """Writes the plan to `path`, readable only by its owner. Raises Usage.

    `hours` is how long it is valid.
    """
    plan = preview.plan
    made = now or datetime.now(UTC)
    document = {
        "format": FORMAT,
        "id": secrets.token_hex(16),
        "version": __version__,
        "profile": profile,
        "made": made.isoformat(timespec="seconds"),
        "expires": (made + timedelta(hours=hours)).isoformat(timespec="seconds"),
        "digest": plan.digest,
        "source": source_digest(plan),
        "accounts": account_digest(plan),
        "policy": preview.policy,
        "complete": plan.complete,
        "summary": dict(plan.summary),
        "changes": [
            {"change": c.kind, "personio_id": c.personio_id, "name": c.name, "fields": [f.name for f in c.fields]}
            for c in plan.changes
        ],
    }
    try:
        write_private(Path(path), (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode())
    except OSError as error:
        raise Usage(
            _("The plan cannot be saved in {file}: {why}.").format(file=path, why=system_reason(error))
        ) from None


def load(path: str, profile: str) -> SavedPlan:
    """Reads a saved plan. Raises Usage when it is invalid, PlanStale when it is of another version or set-up."""
    try:
        with open_file(Path(path), _MOST_BYTES) as file:
            document: Any = json.loads(file.read())
        if document["format"] != FORMAT:
            raise _stale(_("It was saved by another version."))
        saved = _parsed(document)
    except OSError as error:
        raise Usage(_("The plan {file} cannot be read: {why}.").format(file=path, why=system_reason(error))) from None
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        raise Usage(_("{file} is not a plan saved by preview --out.").format(file=path)) from None
    if saved.profile != profile:
        text = _("It belongs to the set-up {theirs}, not to {ours}.")
        raise _stale(text.format(theirs=saved.profile, ours=profile))
    return saved


def _parsed(document: Any) -> SavedPlan:
    changes = tuple((str(c["change"]), int(c["personio_id"]), str(c["name"])) for c in document["changes"])
    made, expires = (datetime.fromisoformat(str(document[word])).astimezone(UTC) for word in ("made", "expires"))
    words = ("id", "profile", "version")
    identity, profile, version = (str(document[word]) for word in words)
    plan, source, accounts, policy = (str(document[word]) for word in ("digest", "source", "accounts", "policy"))
    identity.encode()  # it is looked up in the ledger, which refuses lone surrogates
    rules_in(policy)
    return SavedPlan(identity, profile, version, made, expires, plan, source, accounts, policy, changes)
