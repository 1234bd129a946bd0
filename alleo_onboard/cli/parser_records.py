"""Options of the commands about what was done: undo, runs, history, profiles, doctor."""

from __future__ import annotations

from alleo_onboard.cli.options import Subparsers, add, agreeing, json_flag, named, subcommands, whole
from alleo_onboard.locale import _


def records(commands: Subparsers) -> None:  # type: ignore[valid-type]
    """Adds them all."""
    _undo(commands)
    _runs(commands)
    _history(commands)
    _profiles(commands)
    _doctor(commands)


def _undo(commands: Subparsers) -> None:  # type: ignore[valid-type]
    parser = add(commands, "undo", _("take a run back: old values, switched-off accounts, new accounts"))
    json_flag(parser)
    parser.add_argument("run", metavar="RUN", help=_("its id, as runs list shows it, or last"))
    parser.add_argument("--preview", action="store_true", help=_("show what would be done, and do nothing"))
    agreeing(parser)


def _runs(commands: Subparsers) -> None:  # type: ignore[valid-type]
    parser = add(
        commands, "runs", _("what runs did: list, show, confirm an upload, verify that nobody edited it, export")
    )
    parser.set_defaults(action="list", json=False, limit=50)
    actions = subcommands(parser, "action", "ACTION")
    listed = add(actions, "list", _("the latest runs, newest first"))
    json_flag(listed)
    listed.add_argument("--limit", type=whole, default=50, metavar="N", help=_("how many (default: 50)"))
    shown = add(actions, "show", _("one run with every change: before, after, and how it ended"))
    json_flag(shown)
    shown.add_argument("run", metavar="RUN", help=_("its id, as runs list shows it, or last"))
    confirmed = add(actions, "confirm", _("say that the workbook of a run was uploaded in Alleo's Manager Portal"))
    json_flag(confirmed)
    confirmed.add_argument("run", metavar="RUN", help=_("its id, as runs list shows it, or last"))
    confirmed.add_argument("--not-uploaded", action="store_true", help=_("say that it never will be"))
    verified = add(actions, "verify", _("tell whether anybody edited the history; ends with 8 if so"))
    json_flag(verified)
    verified.add_argument("--head", default="", metavar="HASH", help=_("a head that an earlier verify told"))
    exported = add(actions, "export", _("every change of every run as JSON Lines, or CSV"))
    exported.add_argument(
        "--out", type=named, metavar="FILE", help=_("where to (default: standard output); a .csv is a table")
    )


def _history(commands: Subparsers) -> None:  # type: ignore[valid-type]
    parser = add(commands, "history", _("everything that was done for one person"))
    json_flag(parser)
    parser.add_argument("person", metavar="PERSON", help=_("Personio id, e-mail address or part of the name"))


def _profiles(commands: Subparsers) -> None:  # type: ignore[valid-type]
    parser = add(commands, "profiles", _("set-ups on this computer: list, show, remove"))
    parser.set_defaults(action="list", json=False)
    actions = subcommands(parser, "action", "ACTION")
    json_flag(add(actions, "list", _("every set-up with its last run")))
    shown = add(actions, "show", _("one set-up, without its secrets"))
    json_flag(shown)
    shown.add_argument("name", metavar="NAME", help=_("its name"))
    removed = add(actions, "remove", _("delete a set-up: settings, secrets, history"))
    removed.add_argument("name", metavar="NAME", help=_("its name"))
    removed.add_argument("--yes", action="store_true", help=_("do not ask; needed without a terminal"))


def _doctor(commands: Subparsers) -> None:  # type: ignore[valid-type]
    json_flag(add(commands, "doctor", _("a report for support, without secrets or personal data")))
