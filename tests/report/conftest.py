"""A real browser, if there is one."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser import Browser


@pytest.fixture
def browser(tmp_path: Path) -> Browser:
    return Browser.found(tmp_path / "browser")
