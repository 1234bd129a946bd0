"""The commands and their options."""

from __future__ import annotations

import argparse

from alleo_onboard import __version__
from alleo_onboard.cli.options import (
    Parser,
    add,
    agreeing,
    deciding,
    everywhere,
    json_flag,
    named,
    subcommands,
    whole,
)
from alleo_onboard.cli.parser_handover import handovers
from alleo_onboard.cli.parser_records import records
from alleo_onboard.cli.parser_reports import reports
from alleo_onboard.locale import _


class _PrintCompletion(argparse.Action):
    """Prints the completion script for a shell, and exits."""

    def __call__(
        self, parser: argparse.ArgumentParser, _namespace: object, values: object, _option: object = ""
    ) -> None:
        from alleo_onboard.cli.completion import script
        from alleo_onboard.cli.streams import put

        put(script(parser, str(values)) + "\n")
        parser.exit()


def parse(words: list[str]) -> argparse.Namespace:
    """Returns the command and its options. Exits with 2 and a sentence when the call is wrong."""
    parser = Parser(
        prog="alleo-onboard",
        description=_(
            "From Personio to Alleo: check the credential, preview who would get Alleo, then hand it over or sync. "
            "Without a command: the wizard."
        ),
        allow_abbrev=False,
    )
    parser.more = lambda: _("A secret is never an option: use the environment or the keyring.")
    shown = _("show program's version number and exit")
    parser.add_argument("--version", "-V", action="version", version=f"alleo-onboard {__version__}", help=shown)
    parser.add_argument(
        "--print-completion",
        action=_PrintCompletion,
        choices=("bash", "zsh", "fish"),
        help=_("print what this shell reads to complete commands and options"),
    )
    everywhere(parser, default=None)
    commands = subcommands(parser, "command", "COMMAND")
    add(commands, "demo", _("walk the whole way with made-up people on this computer"), _demo)
    add(commands, "sandbox", _("run a made-up Personio and Alleo on this computer until stopped"), _sandbox)
    add(commands, "check", _("check credential, attributes, Alleo field and budget fields"), json_flag)
    add(commands, "preview", _("show who would sync, with which budgets, and what would change"), _preview)
    add(commands, "sync", _("apply one plan to Alleo"), _sync)
    reports(commands)
    handovers(commands)
    add(commands, "schedule", _("have the sync run every day without anybody"), _schedule)
    records(commands)
    found: argparse.Namespace = parser.parse_args(words)
    return found


def _scenarios() -> str:
    from alleo_onboard.sandbox.scenarios import DEFAULT_SCENARIO, SCENARIOS

    lines = [f"  {name:<22}{_(scenario.description)}" for name, scenario in SCENARIOS.items()]
    return "\n".join([_("scenarios (default: {name}):").format(name=DEFAULT_SCENARIO), *lines])


def _made_up(parser: Parser) -> None:
    parser.more = _scenarios
    parser.add_argument("--people", type=whole, metavar="N", help=_("how many made-up people (default: 34)"))
    parser.add_argument("--scenario", metavar="NAME", help=_("which company to play; see below"))


def _demo(parser: Parser) -> None:
    _made_up(parser)
    ways = ["handover", "scim", "pickup", "portal"]
    parser.add_argument(
        "--delivery", choices=ways, default="handover", help=_("which way into Alleo (default: handover)")
    )


def _sandbox(parser: Parser) -> None:
    _made_up(parser)
    parser.add_argument(
        "--port", type=whole, default=0, metavar="P", help=_("port on 127.0.0.1 (default: any free one)")
    )


def _preview(parser: Parser) -> None:
    json_flag(parser)
    parser.add_argument(
        "--out", type=named, metavar="FILE", help=_("save the plan, to be applied once with sync --plan")
    )
    parser.add_argument(
        "--expires", type=_hours, default=24, metavar="HOURS", help=_("how long the saved plan holds (default: 24)")
    )


def _sync(parser: Parser) -> None:
    json_flag(parser)
    parser.add_argument("--plan", type=named, metavar="FILE", help=_("apply exactly this saved plan, or nothing"))
    parser.add_argument(
        "--resume", action="store_true", help=_("finish what the last run left, if it did not finish well")
    )
    agreeing(parser)
    deciding(parser)
    parser.add_argument(
        "--allow-missing",
        type=_names,
        default=frozenset(),
        metavar="NAME,...",
        help=_("sync although these attributes are not readable"),
    )
    parser.add_argument(
        "--accept-incomplete", action="store_true", help=_("apply an incomplete reading, without switching anybody off")
    )
    parser.add_argument(
        "--accept-change",
        action="store_true",
        help=_("go on although an address, the Alleo field or the people are not those of the last run"),
    )
    parser.add_argument(
        "--scheduled", action="store_true", help=_("the run that nobody watches: waits for the network, keeps a log")
    )
    parser.add_argument("--all", action="store_true", help=_("every set-up, one after another, with one summary"))
    parser.add_argument(
        "--report", type=named, metavar="FILE", help=_("save the plan as a report too; its ending is html, xlsx or csv")
    )


def _schedule(parser: Parser) -> None:
    actions = subcommands(parser, "action", "ACTION", required=True)
    add(actions, "install", _("install the daily run, after a trial that its secrets are found"), _schedule_install)
    add(actions, "show", _("last result, next runs, and what needs attention"), json_flag)
    add(actions, "remove", _("take the daily run away without a trace"))
    add(actions, "run-now", _("run what is installed, now, and wait for it"))
    actions.add_parser("try-secrets", allow_abbrev=False)  # type: ignore[attr-defined] # what install starts to try the lookup; no help of its own


def _schedule_install(parser: Parser) -> None:
    using = ["systemd", "cron", "launchd", "task-scheduler", "kubernetes"]
    ways = ["keyring", "systemd-creds", "env-file", "command"]
    parser.add_argument("--at", metavar="TIME[,TIME]", help=_("times of day (default: 06:30)"))
    parser.add_argument("--zone", metavar="ZONE", help=_("whose clock (default: the set-up's, Europe/Amsterdam)"))
    parser.add_argument("--using", choices=using, help=_("what starts the run (default: the best of this machine)"))
    parser.add_argument("--secrets", choices=ways, help=_("where the run finds its secrets (default: what works)"))
    parser.add_argument("--env-file", metavar="FILE", help=_("an environment file of yours, for --secrets env-file"))
    parser.add_argument(
        "--personio-command", metavar="CMD", help=_("prints the Personio secret, for --secrets command")
    )
    parser.add_argument("--alleo-command", metavar="CMD", help=_("prints the Alleo secret, for --secrets command"))
    parser.add_argument("--image", metavar="NAME", help=_("the container image, for --using kubernetes"))
    parser.add_argument("--print", action="store_true", help=_("show what would be written, and write nothing"))
    parser.add_argument("--out", metavar="FOLDER", help=_("write it into this folder instead of installing it"))
    parser.add_argument("--all", action="store_true", help=_("every set-up, with --print or --out"))


def _hours(text: str) -> int:
    return whole(text, most=24 * 365, least=1)


def _names(text: str) -> frozenset[str]:
    from alleo_onboard.domain.attributes import CORE, NAMES

    words = (name.strip().lower().replace(" ", "_") for name in text.split(","))  # "Hire date" means hire_date
    names = frozenset(filter(None, words))
    if unknown := sorted(names - set(NAMES)):
        allowed = ", ".join(n for n in NAMES if n not in CORE)
        text = _("unknown attribute {names}; can be: {allowed}").format(names=", ".join(unknown), allowed=allowed)
        raise argparse.ArgumentTypeError(text)
    if core := sorted(names & CORE):
        raise argparse.ArgumentTypeError(_("without {names} nothing can be decided").format(names=", ".join(core)))
    return names
