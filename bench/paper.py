"""Measures the report on 10,000 people: writing it, and opening it in Chromium."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from alleo_onboard.domain.attributes import Attribute
from alleo_onboard.domain.readiness import conclude, examine
from alleo_onboard.presentation.export.report import About, report
from alleo_onboard.report.write import Form, rendered
from alleo_onboard.usecases.preview.preview import Preview

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)  # fmt: skip


def written(people: int) -> tuple[float, bytes]:
    """Returns the seconds to make the page, and the page."""
    from crowd import TODAY, crowd

    plan = crowd(people)
    names = ("email", "first_name", "last_name", "status", "hire_date", "termination_date", "department")
    source = examine([Attribute(n, n, "standard", n) for n in names], ["employees:read"], None)
    preview = Preview(
        conclude(source, [p.employee for p in plan.people if p.employee], frozenset(), complete=True), plan
    )
    began = time.perf_counter()
    page = rendered(report(preview, About("bench", TODAY, datetime.now(UTC))), Form.HTML)
    return time.perf_counter() - began, page


def opened(page: bytes) -> float | None:
    """Returns the seconds from the start of Chromium to a screenshot of the page, or None without Chromium."""
    program = shutil.which("chromium")
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "report.html"
        place.write_bytes(page)
        places = [f"--user-data-dir={folder}/profile", f"--screenshot={folder}/seen.png"]
        took = []
        for _turn in range(3):  # the first one creates the profile
            began = time.perf_counter()
            subprocess.run([program, *QUIET, *places, place.as_uri()], check=True, capture_output=True)
            took.append(time.perf_counter() - began)
    return min(took)
