"""The history as a file: every change with its run, as JSON Lines or CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from alleo_onboard.report.delimited import delimiter, harmless
from alleo_onboard.usecases.support.history import Entry, Run

Document = dict[str, Any]
_FIELD = ("field", "before", "after")


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


def as_table(entries: Iterable[Entry]) -> str:
    """Returns CSV text with a byte-order mark: one row per changed value, with the column names of the JSON."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=delimiter(), quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    head: list[str] = []
    for row in (row for entry in entries for row in _rows(line(entry))):
        if not head:
            head = list(row)
            writer.writerow(head)
        writer.writerow(harmless("" if value is None else str(value)) for value in row.values())
    return "\ufeff" + written.getvalue()


def _rows(told: Document) -> Iterator[Document]:
    fields = told.pop("fields")
    for name, (before, after) in (fields or {"": (None, None)}).items():
        yield told | dict(zip(_FIELD, (name, before, after), strict=True))


def _instant(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
