"""The JSON documents of product.md, "Command line". Scripts rely on their keys."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from datetime import UTC
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from alleo_onboard.cli.streams import put
from alleo_onboard.domain.alleo_field import Selection
from alleo_onboard.domain.change import Change
from alleo_onboard.domain.drift import Drift
from alleo_onboard.domain.errors import BasisChanged, Trouble
from alleo_onboard.domain.finding import Code, Finding
from alleo_onboard.domain.oneoff import Waiting
from alleo_onboard.domain.plan import Person, Plan
from alleo_onboard.domain.publishing import Published
from alleo_onboard.domain.readiness import Filled, Readiness
from alleo_onboard.presentation.findings import finding_message, finding_remedy

if TYPE_CHECKING:  # `check` does not need the modules that apply plans
    from pathlib import Path

    from alleo_onboard.usecases.preview.preview import Preview
    from alleo_onboard.usecases.preview.reconcile import Settlement
    from alleo_onboard.usecases.run.execute import RunResult

Document = Mapping[str, Any]
_UNUSUAL = re.compile(r"[^\n -~]")


def show(document: Document) -> None:
    """Writes the document to standard output."""
    put(dumped(document, indent=2) + "\n")


def dumped(value: object, indent: int | None = None) -> str:
    """Returns `value` as JSON. Escapes control characters, and characters that standard output cannot encode."""
    text = _UNUSUAL.sub(_escaped, json.dumps(value, ensure_ascii=False, indent=indent, default=_plain))
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return json.dumps(value, indent=indent, default=_plain)
    return text


def _escaped(found: re.Match[str]) -> str:
    return found[0] if found[0].isprintable() else json.dumps(found[0])[1:-1]


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return str(value)


def check(readiness: Readiness) -> Document:
    """Returns the document of `check --json`."""
    source = readiness.source
    return {
        "ready": readiness.ready,
        "complete": readiness.complete,
        "employees": readiness.employees,
        "attributes": [_attribute(row) for row in readiness.rows],
        "selective_sync": _selective(readiness),
        "budget_fields": [
            {"name": f.name, "period": f.period, "category": f.category, "key": f.key, "type": f.type}
            for f in source.budget_fields
        ],
        "findings": [finding(f) for f in readiness.findings],
    }


def check_rejected() -> Document:
    """Returns the document of `check --json` when the sign-in was refused."""
    return {**NO_CHECK, "findings": [finding(Finding(Code.CREDENTIAL_REJECTED, "credential"))]}


def _attribute(row: Filled) -> Document:
    attribute = row.attribute
    return {
        "name": row.name,
        "required": row.required,
        "readable": row.readable,
        "key": attribute.key if attribute else None,
        "type": attribute.type if attribute else None,
        "filled": row.filled,
        "of": row.of,
    }


def _selective(readiness: Readiness) -> Document | None:
    field = readiness.source.alleo
    if field.attribute:
        attribute = field.attribute
        return {
            "readable": True,
            "key": attribute.key,
            "type": attribute.type,
            "options": list(attribute.options or ()),
        }
    if field.selection is Selection.LOST:
        lost = next(f for f in readiness.findings if f.code is Code.SELECTIVE_FIELD_LOST)
        return {"readable": False, "key": lost.detail("key"), "type": None, "options": []}
    return None


def finding(found: Finding) -> Document:
    """Returns one finding of the check."""
    return {
        "code": found.code,
        "severity": found.severity,
        "subject": found.subject,
        "message": finding_message(found),
        "remedy": list(finding_remedy(found)),
        **({"detail": dict(found.details)} if found.code is Code.BASIS_CHANGED else {}),
    }


def preview(plan: Plan, **more: object) -> Document:
    """Returns the document of `preview --json`. `more` are optional parts; empty ones are left out."""
    return {
        "complete": plan.complete,
        "digest": plan.digest,
        "summary": dict(plan.summary),
        "people": [person(p) for p in plan.people],
        "budgets": [
            {"field": name, "people": people, "total": total} for name, (people, total) in plan.budgets.items()
        ],
        **{name: value for name, value in more.items() if value},
    }


def cautions(shown: Preview) -> Document:
    """Returns the optional parts of a preview's document: held back, settled, waiting, altered."""
    from alleo_onboard.usecases.run.preconditions import held_back

    return {
        "held_back": [_change(c) for c in held_back(shown)],
        "settled": [_settled(s) for s in shown.knowledge.settlements],
        "waiting": [_waiting(one) for one in shown.plan.waiting],
        "altered": [{"rule": one.rule, "before": one.before, "now": one.now} for one in shown.altered],
    }


def _waiting(one: Waiting) -> Document:
    """Returns a one-off budget that waits for a decision."""
    told = {"personio_id": one.personio_id, "field": one.field, "amount": one.amount, "why": one.why}
    return told if one.before is None else {**told, "before": one.before}


def _change(change: Change) -> Document:
    return {"personio_id": change.personio_id, "change": change.kind, "reason": change.reason}


def _settled(one: Settlement) -> Document:
    change = one.outcome.change
    done = not one.outcome.error
    return {"run": one.run, "personio_id": change.personio_id, "change": change.kind, "done": done}


def _drift(drift: Drift) -> Document:
    """Returns one drift, without dates of birth."""
    told = {"sent": drift.sent, "found": drift.found}
    if drift.field == "birthday":
        told = {name: value and "(set)" for name, value in told.items()}
    return {"personio_id": drift.personio_id, "field": drift.field, **told}


def person(one: Person) -> Document:
    """Returns one person of a preview."""
    return {
        "personio_id": one.personio_id,
        "name": one.name,
        "email": one.email,
        "decision": one.decision,
        "reasons": list(one.reasons),
        "change": one.change.kind if one.change else None,
        "fields": {f.name: [f.old, f.new] for f in one.change.fields} if one.change else {},
        "budgets": dict(one.budgets),
        "problems": list(one.problems),
    }


def sync(
    *,
    run: str | None,
    digest: str | None,
    applied: Mapping[str, int] | None = None,
    failed: list[Document] | None = None,
    not_carried: tuple[str, ...] = (),
    drift: tuple[Drift, ...] = (),
    **more: object,
) -> Document:
    """Returns the document of `sync --json`. `run` is None when no run began; empty parts of `more` are left out."""
    return {
        "run": run,
        "digest": digest,
        "applied": dict(applied or {}),
        "failed": failed or [],
        "not_carried": list(not_carried),
        "drift": [_drift(one) for one in drift],
        **{name: value for name, value in more.items() if value},
    }


def ran(result: RunResult, **more: object) -> Document:
    """Returns the document of `sync --json` after a run."""
    document = sync(
        run=result.run,
        digest=result.digest,
        applied=result.applied,
        failed=[
            {"personio_id": o.change.personio_id, "change": o.change.kind, "error": o.error} for o in result.failed
        ],
        not_carried=result.not_carried,
        drift=result.drift,
        unverified=not result.verified,
        left=result.left,
        held_back=[_change(c) for c in result.held_back],
        settled=[_settled(s) for s in result.settled],
        file=_file(result.published) if result.published else None,
        waits=result.waits,
        **more,
    )
    return refused(document, result.ended_by) if result.ended_by else document


def _file(published: Published) -> Document:
    return {
        "place": published.place,
        "name": published.name,
        "bytes": published.size,
        "how": published.way,
        "verified": published.verified,
        "collected": published.collected.astimezone(UTC).isoformat() if published.collected else None,
    }


def refused(document: Document, trouble: Trouble) -> Document:
    """Returns the document with the error added."""
    told = {"findings": [finding(f) for f in trouble.findings]} if isinstance(trouble, BasisChanged) else {}
    return {**document, "error": {"code": _code(trouble), "message": str(trouble), **told}}


def _code(trouble: Trouble) -> str:
    name = type(trouble).__name__
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")


def exported(form: str, path: Path | None = None, people: int = 0, *, replaced: bool = False) -> Document:
    """Returns the document of `export --json`: path and number of people. `path` is None without a file."""
    return {
        "path": str(path.absolute()) if path else None,
        "form": form,
        "people": people,
        "replaced": replaced,
    }


NO_PREVIEW: Document = {"complete": False, "digest": None, "summary": {}, "people": [], "budgets": []}
NO_CHECK: Document = {
    "ready": False,
    "complete": False,
    "employees": 0,
    "attributes": [],
    "selective_sync": None,
    "budget_fields": [],
    "findings": [],
}
