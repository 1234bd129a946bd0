"""The state of a schedule as a JSON document."""

from __future__ import annotations

from datetime import datetime

from alleo_onboard.cli.json.documents import Document
from alleo_onboard.presentation.schedule import caution_sentence, symptom_sentence
from alleo_onboard.presentation.unattended import counts
from alleo_onboard.usecases.schedule.health import Health
from alleo_onboard.usecases.schedule.record import LastRun


def health(found: Health) -> Document:
    """Returns the document of `schedule show --json`, which `profiles --json` also includes."""
    there, last = found.installed, found.last
    zone = there.zone if there else ""
    return {
        "profile": found.profile,
        "installed": there is not None,
        "using": there.using if there else None,
        "times": there.at.split(",") if there else [],
        "zone": there.zone if there else None,
        "secrets": there.way if there else None,
        "next_runs": [instant.isoformat() for instant in found.runs],
        "last": _last(last) if last else None,
        "missed": len(found.missed),
        "well": found.well,
        "symptoms": [{"code": s, "message": symptom_sentence(s, len(found.missed))} for s in found.symptoms],
        "warnings": [{"code": c.code, "message": caution_sentence(c, zone)} for c in found.cautions],
    }


def _last(last: LastRun) -> Document:
    """Returns the last scheduled run."""

    def told(instant: datetime | None) -> str | None:
        return instant.isoformat() if instant else None

    return {
        "started": told(last.started),
        "ended": told(last.ended),
        "exit": last.exit,
        "message": last.message,
        "run": last.run or None,
        "last_success": told(last.last_success),
        "failures": last.failures,
        "attention": dict(counts(last.attention)),
        "new": dict(counts(last.new)),
    }
