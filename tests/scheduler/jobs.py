"""A job for tests."""

from __future__ import annotations

import sys
from typing import Any

from alleo_onboard.domain.cadence import Cadence
from alleo_onboard.domain.schedule import Way
from alleo_onboard.scheduler.job import Job


def job(**parts: Any) -> Job:
    """Returns a job, changed by `parts`."""
    given: dict[str, Any] = {
        "id": "alleo-onboard-acme-0a1b2c3d",
        "profile": "Acme 100% $HOME",
        "command": (sys.executable, "-P", "-m", "alleo_onboard", "--profile", "Acme 100% $HOME", "sync", "--scheduled"),
        "environment": (("ALLEO_ONBOARD_HOME", '/srv/a "b" %h'), ("LANG", "C.UTF-8")),
        "cadence": Cadence(),
        "way": Way.ENV_FILE,
        "folders": ("/var/lib/alleo data",),
    }
    return Job(**{**given, **parts})
