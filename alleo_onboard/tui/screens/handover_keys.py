"""The keys of the hand-over page, and when each works."""

from __future__ import annotations

from datetime import UTC, datetime

from textual.binding import Binding

from alleo_onboard.domain.handover import State
from alleo_onboard.locale import N_
from alleo_onboard.usecases.handover.follow import Followed
from alleo_onboard.usecases.handover.made_up import there
from alleo_onboard.usecases.handover.send import Sent
from alleo_onboard.usecases.handover.wish import fingerprint
from alleo_onboard.usecases.setups.resolve import Setup

KEYS = (
    Binding("g", "send", N_("Hand over")),
    Binding("c", "copy", N_("Copy message")),
    Binding("k", "reveal", N_("Passphrase")),
    Binding("o", "open_it", N_("Open as Alleo")),
    Binding("equals_sign", "compare", N_("Compare"), key_display="="),
    Binding("m", "activate", N_("Activated")),
    Binding("u", "withdraw", N_("Take back")),
    Binding("e", "save", N_("Save it")),
    Binding("w", "names", N_("Names")),
    Binding("r", "look", N_("Ask again")),
)
ACTIONS = frozenset(key.action for key in KEYS)
ON_BUTTONS = frozenset({"send", "copy", "reveal", "open_it", "compare", "activate"})  # actions with a button
BUTTONS = tuple(key for key in KEYS if key.action in ON_BUTTONS)


def works(action: str, setup: Setup, found: Followed | None, sent: Sent | None) -> bool:
    """Returns True if `action` can be used. `sent` is what this sitting sent, which alone has link and message."""
    waits = found is not None and found.handover.waits(datetime.now(UTC))
    state = found.state if found else None
    return {
        "send": not waits and _may_send_anew(setup, found),
        "copy": sent is not None and waits,
        "save": sent is not None and waits,
        "names": sent is not None and waits,
        "reveal": sent is not None and sent.passphrase is not None and waits,
        "open_it": waits and there(setup),
        "look": True,
        "activate": state in (State.OPENED, State.UNKNOWN),
        "compare": state in (State.OPENED, State.UNKNOWN, State.ACTIVATED),
        "withdraw": waits,
    }[action]


def _may_send_anew(setup: Setup, found: Followed | None) -> bool:
    """Returns True if nothing was handed over, the credential is another one now, or nobody can use the link."""
    if found is None or found.handover.credential != fingerprint(setup.profile.client_id):
        return True
    return found.state not in (State.OPENED, State.ACTIVATED)
