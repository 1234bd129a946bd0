"""Options of the commands about the past: undo, runs, history, profiles, doctor."""

from __future__ import annotations

from alleo_onboard.cli.options import (
    Parser,
    Subparsers,
    add,
    agreeing,
    at_least_one,
    json_flag,
    json_kept,
    named,
    subcommands,
)
from alleo_onboard.locale import _


def records(commands: Subparsers) -> None:  # type: ignore[valid-type]
    """Adds these commands."""
    add(commands, "undo", _("take a run back: old values, switched-off accounts, new accounts"), _undo)
    runs = _("what runs did: list, show, confirm an upload, verify that nobody edited it, export")
    add(commands, "runs", runs, _runs)
    add(commands, "history", _("everything that was done for one person"), _history)
    add(commands, "profiles", _("set-ups on this computer: list, show, remove"), _profiles)
    add(commands, "doctor", _("a report for support, without secrets or personal data"), json_flag)


def _undo(parser: Parser) -> None:
    json_flag(parser)
    _run(parser)
    parser.add_argument("--preview", action="store_true", help=_("show what would be done, and do nothing"))
    parser.add_argument(
        "--accept-change", action="store_true", help=_("go on although the address of Alleo is not the one of that run")
    )
    agreeing(parser)


def _runs(parser: Parser) -> None:
    parser.set_defaults(action="list", limit=50)
    json_flag(parser)
    actions = subcommands(parser, "action", "ACTION")
    add(actions, "list", _("the latest runs, newest first"), _listed)
    add(actions, "show", _("one run with every change: before, after, and how it ended"), _one_run)
    add(actions, "confirm", _("say that the workbook of a run was uploaded in Alleo's Manager Portal"), _confirmed)
    add(actions, "verify", _("tell whether anybody edited the history; ends with 8 if so"), _verified)
    add(actions, "export", _("every change of every run as JSON Lines, or CSV"), _exported)


def _listed(parser: Parser) -> None:
    json_kept(parser)
    parser.add_argument("--limit", type=at_least_one, default=50, metavar="N", help=_("how many (default: 50)"))


def _one_run(parser: Parser) -> None:
    json_kept(parser)
    _run(parser)


def _run(parser: Parser) -> None:
    parser.add_argument("run", metavar="RUN", help=_("its id, as runs list shows it, or last"))


def _confirmed(parser: Parser) -> None:
    _one_run(parser)
    parser.add_argument("--not-uploaded", action="store_true", help=_("say that it never will be"))


def _verified(parser: Parser) -> None:
    json_kept(parser)
    parser.add_argument("--head", metavar="HASH", help=_("a head that an earlier verify told"))


def _exported(parser: Parser) -> None:
    where = _("where to (default: standard output); a .csv is a table")
    parser.add_argument("--out", type=named, metavar="FILE", help=where)


def _history(parser: Parser) -> None:
    json_flag(parser)
    parser.add_argument("person", metavar="PERSON", help=_("Personio id, e-mail address or part of the name"))


def _profiles(parser: Parser) -> None:
    parser.set_defaults(action="list")
    json_flag(parser)
    actions = subcommands(parser, "action", "ACTION")
    add(actions, "list", _("every set-up with its last run"), json_kept)
    add(actions, "show", _("one set-up, without its secrets"), _one_profile)
    add(actions, "remove", _("delete a set-up: settings, secrets, history"), _removed)


def _one_profile(parser: Parser) -> None:
    json_kept(parser)
    parser.add_argument("name", metavar="NAME", help=_("its name"))


def _removed(parser: Parser) -> None:
    parser.add_argument("name", metavar="NAME", help=_("its name"))
    parser.add_argument("--yes", action="store_true", help=_("do not ask; needed without a terminal"))
