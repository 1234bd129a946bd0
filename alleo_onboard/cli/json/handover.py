"""`handover send --json` and `handover status --json` (product.md, "Command line")."""

from __future__ import annotations

from datetime import datetime, tzinfo

from alleo_onboard.cli.json.documents import Document
from alleo_onboard.usecases.handover.follow import Followed
from alleo_onboard.usecases.handover.send import Sent
from alleo_onboard.usecases.handover.wish import Wish


def sent(made: Sent, zone: tzinfo) -> Document:
    """Returns the document of `handover send --json`, the only one with link and passphrase."""
    one = made.handover
    return {
        "via": one.via,
        "host": one.host,
        "link": made.link.reveal(),
        "passphrase": made.passphrase.reveal() if made.passphrase else None,
        "sent": _text(one.sent, zone),
        "expires": _text(one.expires, zone),
        "state": one.state,
    }


def unsent(wish: Wish) -> Document:
    """Returns the document of `handover send --json` when no link was made."""
    nothing = dict.fromkeys(("link", "passphrase", "sent", "expires", "state"))
    return {"via": wish.via, "host": wish.host, **nothing}


def status(found: Followed, zone: tzinfo) -> Document:
    """Returns the document of `handover status --json`."""
    one, step = found.handover, found.next
    return {
        "via": one.via,
        "host": one.host,
        "state": found.state,
        "sent": _text(one.sent, zone),
        "expires": _text(one.expires, zone),
        "opened": _text(one.opened, zone),
        "activated": one.activated.isoformat() if one.activated else None,
        "next": {"who": step.who, "what": step.what, "since": _text(step.since, zone), "late": step.late},
    }


def _text(instant: datetime | None, zone: tzinfo) -> str | None:
    """Returns a time in ISO 8601 to the second, in the set-up's zone."""
    return instant.astimezone(zone).isoformat(timespec="seconds") if instant else None
