"""`compare --json`."""

from __future__ import annotations

from alleo_onboard.cli.json.documents import Document
from alleo_onboard.domain.compare import Comparison, Pair, Row, Stray


def comparison(found: Comparison) -> Document:
    """Returns the document of `compare --json`.

    Values are [in Alleo's file, in the preview]; a birthday is "(set)" or "".
    """
    return {
        "equal": found.equal,
        "rows": found.rows,
        "same": found.same,
        "off": found.off,
        "compared": list(found.columns.compared),
        "unknown_columns": list(found.columns.unknown),
        "only_there": [_stray(stray) for stray in found.only_there],
        "only_here": [
            {"personio_id": p.personio_id, "name": p.name, "email": p.email, "reasons": list(p.reasons)}
            for p in found.only_here
        ],
        "differing": [_pair(pair) for pair in found.differing],
        "twice": [_row(row) for row in found.twice],
    }


def _row(row: Row) -> Document:
    return {"row": row.line, "id": row.id or None, "name": row.name, "email": row.email}


def _stray(stray: Stray) -> Document:
    person = stray.person
    if person is None:
        return {**_row(stray.row), "personio_id": None, "decision": None, "reasons": []}
    known = {"personio_id": person.personio_id, "decision": person.decision, "reasons": list(person.reasons)}
    return {**_row(stray.row), **known}


def _pair(pair: Pair) -> Document:
    return {
        "personio_id": pair.person.personio_id,
        "name": pair.person.name,
        "email": pair.person.email,
        "row": pair.row.line,
        "by": pair.by,
        "fields": {one.field: [one.there, one.here] for one in pair.differences},
    }


NO_COMPARISON: Document = {
    "equal": None,
    "rows": 0,
    "same": 0,
    "off": 0,
    "compared": [],
    "unknown_columns": [],
    "only_there": [],
    "only_here": [],
    "differing": [],
    "twice": [],
}
