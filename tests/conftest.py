"""Tests run in English and ignore the user's environment."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

os.environ["LANGUAGE"] = "en"
for name in [name for name in os.environ if name.startswith(("PERSONIO_", "ALLEO_")) and name != "ALLEO_GOLDEN"]:
    del os.environ[name]

# No deadline: how long an example takes depends on the machine. Speed is measured in bench/.
settings.register_profile("ours", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ours")
