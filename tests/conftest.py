"""Tests read English and know nothing of whoever runs them."""

from __future__ import annotations

import os

os.environ["LANGUAGE"] = "en"
for name in [name for name in os.environ if name.startswith(("PERSONIO_", "ALLEO_")) and name != "ALLEO_GOLDEN"]:
    del os.environ[name]
