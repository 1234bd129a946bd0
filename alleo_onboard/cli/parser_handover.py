"""Options of the commands about handing a credential over, and taking one."""

from __future__ import annotations

import argparse

from alleo_onboard.cli.options import Subparsers, add, json_flag, named, subcommands
from alleo_onboard.locale import _


def handovers(commands: Subparsers) -> None:  # type: ignore[valid-type]
    """Adds them all."""
    _handover(commands)
    _receive(commands)


def _handover(commands: Subparsers) -> None:  # type: ignore[valid-type]
    parser = add(commands, "handover", _("give the credential to Alleo through a one-time link, and follow it"))
    actions = subcommands(parser, "action", "ACTION", required=True)
    sending = add(
        actions, "send", _("check, then make one link with a passphrase, and the message to Customer Success")
    )
    json_flag(sending)
    ways = ["onetimesecret", "1password", "manual"]
    sending.add_argument("--via", choices=ways, help=_("what carries it (default: onetimesecret)"))
    sending.add_argument(
        "--region", choices=["eu", "us", "ca", "nz", "uk"], help=_("which Onetime Secret (default: eu)")
    )
    sending.add_argument("--server", type=named, metavar="URL", help=_("a Onetime Secret server of your own"))
    sending.add_argument("--expires", type=named, metavar="TIME", help=_("how long it can be opened (default: 7d)"))
    sending.add_argument("--message", type=named, metavar="FILE", help=_("write the message to Customer Success there"))
    sending.add_argument(
        "--with-names", action="store_true", help=_("name the people in the message, not only count them")
    )
    json_flag(add(actions, "status", _("where it stands, who acts next, and what to do when that is late")))
    json_flag(add(actions, "withdraw", _("take the link back before it is opened")))
    done = add(actions, "activated", _("note that Alleo has activated the integration"))
    json_flag(done)
    done.add_argument("--on", metavar="DATE", help=_("the day, as 2026-12-31 (default: today)"))


def _receive(commands: Subparsers) -> None:  # type: ignore[valid-type]
    parser = add(commands, "receive", _("take over a credential from a one-time link, without seeing it, and check it"))
    json_flag(parser)
    parser.add_argument("link", nargs="?", metavar="LINK", help=_("the one-time link (asked for when left out)"))
    parser.add_argument(
        "--once",
        nargs=argparse.REMAINDER,
        metavar="COMMAND",
        help=_("run this command with the credential in its environment, and keep nothing; comes last"),
    )
