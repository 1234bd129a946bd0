"""The history as a file: every change with its run, as JSON Lines for programs or CSV for readers."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, tzinfo
from typing import Any

from alleo_onboard.presentation.export.journal import journal
from alleo_onboard.report.delimited import as_csv
from alleo_onboard.usecases.support.history import Entry, Run

Document = dict[str, Any]


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


def line(entry: Entry) -> Document:
    """Returns one line of `runs export`: the run's data and the change."""
    about = {name: value for name, value in run(entry.run).items() if name not in ("changes", "state")}
    return {**about, **change(entry)}


def as_lines(entries: Iterable[Entry]) -> str:
    """Returns JSON Lines: one document per change."""
    return "".join(json.dumps(line(entry), ensure_ascii=False, default=str) + "\n" for entry in entries)


def as_table(entries: Iterable[Entry], zone: tzinfo) -> str:
    """Returns CSV text with a byte-order mark, in the reader's words: one row per changed value."""
    return "\ufeff" + as_csv(journal(entries, zone))


def _instant(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
