"""Commands and options."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from alleo_onboard import __version__
from alleo_onboard.locale import _

Subparsers = "argparse._SubParsersAction[argparse.ArgumentParser]"


class Parser(argparse.ArgumentParser):
    """A parser whose closing words are looked up only when they are shown."""

    more: Callable[[], str] | None = None

    def format_help(self) -> str:
        if self.more:
            self.epilog = self.more()
        return super().format_help()


def parse(words: list[str]) -> argparse.Namespace:
    """The command with its options; ends the process with 2 and a sentence when the call is wrong."""
    parser = Parser(
        prog="alleo-onboard",
        description=_("From Personio to Alleo: check the credential, preview who would sync, then sync."),
        epilog=_("Without a command: the wizard. A secret is never an option: use the environment or the keyring."),
        allow_abbrev=False,
    )
    parser.add_argument("--version", "-V", action="version", version=f"alleo-onboard {__version__}")
    parser.add_argument("--profile", metavar="NAME", help=_("the set-up to use (default: default)"))
    parser.add_argument("--ca-file", metavar="PEM", help=_("certificates to trust besides the operating system's"))
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=Parser)
    _demo(commands)
    _sandbox(commands)
    _check(commands)
    _preview(commands)
    _sync(commands)
    return parser.parse_args(words)


def _add(commands: Subparsers, name: str, text: str) -> Parser:  # type: ignore[valid-type]
    added: Parser = commands.add_parser(name, help=text, description=text, allow_abbrev=False)  # type: ignore[attr-defined]
    return added


def _scenarios() -> str:
    from alleo_onboard.sandbox.scenarios import DEFAULT_SCENARIO, SCENARIOS

    lines = [f"  {name:<22}{scenario.description}" for name, scenario in SCENARIOS.items()]
    return "\n".join([_("scenarios (default: {name}):").format(name=DEFAULT_SCENARIO), *lines])


def _made_up(parser: Parser) -> None:
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.more = _scenarios
    parser.add_argument("--people", type=_whole, metavar="N", help=_("how many made-up people (default: 34)"))
    parser.add_argument("--scenario", metavar="NAME", help=_("which company to play; see below"))


def _demo(commands: Subparsers) -> None:  # type: ignore[valid-type]
    parser = _add(commands, "demo", _("walk the whole way with made-up people on this computer"))
    _made_up(parser)
    parser.add_argument(
        "--plain", action="store_true", help=_("print check, preview and sync instead of opening the wizard")
    )


def _sandbox(commands: Subparsers) -> None:  # type: ignore[valid-type]
    parser = _add(commands, "sandbox", _("run a made-up Personio and Alleo on this computer until stopped"))
    _made_up(parser)
    parser.add_argument(
        "--port", type=_whole, default=0, metavar="P", help=_("port on 127.0.0.1 (default: any free one)")
    )


def _json(parser: Parser) -> None:
    parser.add_argument("--json", action="store_true", help=_("print one JSON document on standard output"))


def _check(commands: Subparsers) -> None:  # type: ignore[valid-type]
    _json(_add(commands, "check", _("check credential, attributes, Alleo field and budget fields")))


def _preview(commands: Subparsers) -> None:  # type: ignore[valid-type]
    parser = _add(commands, "preview", _("show who would sync, with which budgets, and what would change"))
    _json(parser)
    parser.add_argument("--out", metavar="FILE", help=_("save the plan, to be applied with sync --plan"))


def _sync(commands: Subparsers) -> None:  # type: ignore[valid-type]
    parser = _add(commands, "sync", _("apply one plan to Alleo"))
    _json(parser)
    parser.add_argument("--plan", metavar="FILE", help=_("apply exactly this saved plan, or nothing"))
    parser.add_argument("--yes", action="store_true", help=_("do not ask; needed without a terminal"))
    parser.add_argument(
        "--allow-offboard",
        type=_whole,
        metavar="N",
        help=_("let this run switch off up to N people when the guard stops it"),
    )
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


def _whole(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(_("{text!r} is not a whole number").format(text=text))
    return int(text)


def _names(text: str) -> frozenset[str]:
    from alleo_onboard.domain.attributes import CORE, NAMES

    names = frozenset(name.strip() for name in text.split(",") if name.strip())
    if unknown := sorted(names - set(NAMES)):
        allowed = ", ".join(n for n in NAMES if n not in CORE)
        text = _("unknown attribute {names}; can be: {allowed}").format(names=", ".join(unknown), allowed=allowed)
        raise argparse.ArgumentTypeError(text)
    if core := sorted(names & CORE):
        raise argparse.ArgumentTypeError(_("without {names} nothing can be decided").format(names=", ".join(core)))
    return names
