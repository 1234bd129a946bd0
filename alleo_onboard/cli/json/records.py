"""The JSON documents of the history: runs, changes, and the result of verifying."""

from __future__ import annotations

from datetime import datetime

from alleo_onboard.cli.json.documents import Document
from alleo_onboard.usecases.support.history import Entry, Fault, Proof, Run, Told


def run(one: Run) -> Document:
    """Returns a run without its changes. Times are UTC in ISO 8601."""
    return {
        "run": one.id,
        "purpose": one.purpose,
        "of": one.of or None,
        "state": one.state,
        "started": _instant(one.started),
        "ended": _instant(one.ended),
        "user": one.user,
        "machine": one.host,
        "version": one.version,
        "digest": one.digest,
        "changes": {state.value: n for state, n in one.counts.items()},
    }


def change(entry: Entry) -> Document:
    """Returns one change. `fields` maps names to [before, after]; a date of birth reads "(set)"."""
    row = entry.row
    return {
        "personio_id": row.change.personio_id,
        "name": row.change.name,
        "change": row.change.kind,
        "reason": row.change.reason,
        "account_id": row.account_id,
        "fields": {f.name: [f.old, f.new] for f in row.change.fields},
        "state": row.state,
        "sent": _instant(row.sent),
        "settled": _instant(row.settled),
        "status": row.status,
        "error": row.error,
        "hash": entry.hash,
        "previous": entry.previous,
    }


def whole(told: Told) -> Document:
    """Returns the document of `runs show --json`."""
    drift = [
        {"personio_id": number, "field": name, "sent": one.sent, "found": one.found}
        for (number, name), one in told.drifts.items()
    ]
    return {**run(told.run), "people": [change(e) for e in told.entries], "drift": drift}


def line(entry: Entry) -> Document:
    """Returns one line of `runs export`: the run's data and the change."""
    about = {name: value for name, value in run(entry.run).items() if name not in ("changes", "state")}
    return {**about, **change(entry)}


def proof(found: Proof) -> Document:
    """Returns the document of `runs verify --json`."""
    return {
        "intact": not found.faults,
        "entries": found.entries,
        "head": found.head,
        "unchained": found.unchained,
        "faults": [_fault(one) for one in found.faults],
    }


def _fault(one: Fault) -> Document:
    return {"run": one.run or None, "entry": one.seq or None, "personio_id": one.personio_id, "what": one.what}


def _instant(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
