"""Options of the commands to hand over and to receive a credential."""

from __future__ import annotations

import argparse

from alleo_onboard.cli.options import Parser, Subparsers, add, json_flag, named, subcommands
from alleo_onboard.locale import _


def handovers(commands: Subparsers) -> None:  # type: ignore[valid-type]
    """Adds these commands."""
    about = _("give the credential to Alleo through a one-time link, and follow it")
    add(commands, "handover", about, _handover)
    about = _("take over a credential from a one-time link, without seeing it, and check it")
    add(commands, "receive", about, _receive)


def _handover(parser: Parser) -> None:
    actions = subcommands(parser, "action", "ACTION", required=True)
    sending = _("check, then make one link with a passphrase, and the message to Customer Success")
    add(actions, "send", sending, _send)
    add(actions, "status", _("where it stands, who acts next, and what to do when that is late"), json_flag)
    add(actions, "withdraw", _("take the link back before it is opened"), json_flag)
    add(actions, "activated", _("note that Alleo has activated the integration"), _activated)


def _send(parser: Parser) -> None:
    json_flag(parser)
    ways = ["onetimesecret", "1password", "manual"]
    parser.add_argument("--via", choices=ways, help=_("what carries it (default: onetimesecret)"))
    parser.add_argument(
        "--region", choices=["eu", "us", "ca", "nz", "uk"], help=_("which Onetime Secret (default: eu)")
    )
    parser.add_argument("--server", type=named, metavar="URL", help=_("a Onetime Secret server of your own"))
    parser.add_argument("--expires", type=named, metavar="TIME", help=_("how long it can be opened (default: 7d)"))
    parser.add_argument("--message", type=named, metavar="FILE", help=_("write the message to Customer Success there"))
    parser.add_argument(
        "--with-names", action="store_true", help=_("name the people in the message, not only count them")
    )


def _activated(parser: Parser) -> None:
    json_flag(parser)
    parser.add_argument("--on", metavar="DATE", help=_("the day, as 2026-12-31 (default: today)"))


def _receive(parser: Parser) -> None:
    json_flag(parser)
    parser.add_argument("link", nargs="?", metavar="LINK", help=_("the one-time link (asked for when left out)"))
    parser.add_argument(
        "--once",
        nargs=argparse.REMAINDER,
        metavar="COMMAND",
        help=_("run this command with the credential in its environment, and keep nothing; comes last"),
    )
