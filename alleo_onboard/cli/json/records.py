"""The JSON documents of the history: runs, changes, and the result of verifying."""

from __future__ import annotations

from alleo_onboard.cli.json.documents import Document
from alleo_onboard.report.journal import change, line, run
from alleo_onboard.usecases.support.history import Fault, Proof, Told

__all__ = ["change", "line", "proof", "run", "whole"]


def whole(told: Told) -> Document:
    """Returns the document of `runs show --json`."""
    drift = [
        {"personio_id": number, "field": name, "sent": one.sent, "found": one.found}
        for (number, name), one in told.drifts.items()
    ]
    return {**run(told.run), "people": [change(e) for e in told.entries], "drift": drift}


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
