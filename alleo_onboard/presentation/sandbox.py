"""Text for the sandbox and the demo: how to use them, and headings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

from alleo_onboard.locale import _
from alleo_onboard.presentation.pages.handover import made_up_opening


class Stage(StrEnum):
    """A part of the demo."""

    CHECK = "check"
    PREVIEW = "preview"
    SYNC = "sync"
    HAND_OVER = "hand-over"
    MESSAGE = "message"
    FOLLOWING = "following"
    OPENED = "opened"
    ACTIVE = "active"
    WATCH = "watch"


def stage_heading(stage: Stage) -> str:
    """Returns the heading of one part of the demo."""
    texts = {
        Stage.CHECK: _("1. Check"),
        Stage.PREVIEW: _("2. Preview"),
        Stage.SYNC: _("3. Sync"),
        Stage.HAND_OVER: _("3. Hand over"),
        Stage.MESSAGE: _("4. The message to Customer Success"),
        Stage.FOLLOWING: _("5. What follows"),
        Stage.OPENED: made_up_opening(),
        Stage.ACTIVE: _("Alleo tells you that the integration is active."),
        Stage.WATCH: _("6. The daily look"),
    }
    return texts[stage]


def demo_heading(scenario: str) -> str:
    return _("Sandbox “{scenario}”: made-up people, nothing leaves this computer").format(scenario=scenario)


def no_such_scenario(name: str, there: Iterable[str]) -> str:
    return _("There is no scenario {name}. There are: {names}.").format(name=name, names=", ".join(there))


def extra_missing(names: Iterable[str]) -> str:
    """Returns which libraries the sandbox lacks, and how to install them."""
    text = _(
        "The made-up people need {names}. Install again with them, in the folder of this project: pipx install "
        '--force ".[sandbox]" (or: uv tool install --force ".[sandbox]")'
    )
    return text.format(names=", ".join(names))


def running_lines(personio: str, onetime: str) -> Iterator[str]:
    """Yields how to use the running sandbox. `personio` and `onetime` are the addresses of its services."""
    yield _("The sandbox runs until Ctrl-C. Paste the lines above into another terminal, then try: alleo-onboard check")
    yield _("Its Personio has a page for the readable attributes: {url}/").format(url=personio)
    yield _("To hand over, unset ALLEO_SCIM_URL, then: alleo-onboard handover send --server {url}").format(url=onetime)
    yield _("Customer Success opens the link at {url}/handover").format(url=onetime)
