"""Options of the commands export and compare."""

from __future__ import annotations

from alleo_onboard.cli.options import Parser, Subparsers, add, json_flag, named
from alleo_onboard.locale import _


def reports(commands: Subparsers) -> None:  # type: ignore[valid-type]
    """Adds these commands."""
    add(commands, "export", _("save the preview as a file to read, print or work through"), _export)
    add(commands, "compare", _("compare a file from Alleo with the preview: who is only there, only here"), _compare)


def _export(parser: Parser) -> None:
    parser.add_argument(
        "--to",
        choices=["html", "xlsx", "csv", "json", "pickup", "portal"],
        help=_("what to write (default: what FILE ends in, or html); pickup and portal are files for Alleo"),
    )
    parser.add_argument(
        "--out",
        type=named,
        metavar="FILE",
        help=_("where to; - is standard output (default: a new file in the current folder)"),
    )
    parser.add_argument("--template", type=named, metavar="XLSX", help=_("Alleo's own template to fill, for portal"))
    json_flag(parser)
    parser.add_argument("--replace", action="store_true", help=_("replace FILE if it is there"))
    parser.add_argument(
        "--without-names", action="store_true", help=_("counts and charts only, to be mailed; for html")
    )


def _compare(parser: Parser) -> None:
    json_flag(parser)
    parser.add_argument("file", type=named, metavar="FILE", help=_("CSV or XLSX: Alleo's test run, or its overview"))
