"""Sentences about files that a preview is saved as."""

from __future__ import annotations

from alleo_onboard.locale import _


def json_and_standard_output() -> str:
    return _("--json tells where the file is, so the file cannot go to standard output as well: leave one of them out.")
