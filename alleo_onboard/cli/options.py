"""Parser classes and options shared by all commands."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable

from alleo_onboard.cli.examples import EXAMPLES
from alleo_onboard.locale import _, ngettext
from alleo_onboard.locale.choice import LANGUAGES

TYPE_CHECKING = False  # a copy of typing's constant; importing typing would slow down --help
if TYPE_CHECKING:
    from decimal import Decimal
    from typing import Any, NoReturn

Subparsers = "argparse._SubParsersAction[argparse.ArgumentParser]"

# argparse translates its messages through these two names; they are in our catalogues (locale/borrowed.py).
argparse._ = _  # type: ignore[attr-defined]
argparse.ngettext = ngettext  # type: ignore[attr-defined]


def _columns() -> int:
    """Returns the width for help. argparse's own way to find it imports many modules."""
    try:
        return int(os.environ.get("COLUMNS", "")) or os.get_terminal_size(1).columns
    except (ValueError, OSError):
        return 80


class Help(argparse.HelpFormatter):
    """Help as wide as the terminal."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=max(40, _columns() - 2))


class RawHelp(Help):
    """Help whose closing text keeps its line breaks; what has none is wrapped."""

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        if "\n" not in text:
            return super()._fill_text(text, width, indent)
        return "\n".join(f"{indent}{line}" for line in text.split("\n"))


class Parser(argparse.ArgumentParser):
    """A parser. `more` returns its closing text, computed only for help."""

    more: Callable[[], str] | None = None

    def _get_formatter(self) -> argparse.HelpFormatter:
        return RawHelp(self.prog) if self.more or self.prog in EXAMPLES else Help(self.prog)

    def error(self, message: str) -> NoReturn:
        """Prints argparse's error and exits. Replaces what the terminal cannot show, and cuts long values."""
        from alleo_onboard.cli.streams import printable, shortened

        super().error(printable(shortened(message)))

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """Adds the most similar choice to argparse's error."""
        try:
            super()._check_value(action, value)
        except argparse.ArgumentError as error:
            from alleo_onboard.locale.meant import did_you_mean

            told = f"{error.message}. {did_you_mean(str(value), map(str, action.choices or ()))}"
            raise argparse.ArgumentError(action, told.strip()) from None

    def _get_value(self, action: argparse.Action, arg_string: str) -> Any:
        """Converts a value. An empty one is an error everywhere: it comes from a variable that nobody set."""
        if action.nargs != argparse.REMAINDER and not arg_string.strip():
            raise argparse.ArgumentError(action, _("it is empty; leave the option out, or name something"))
        return super()._get_value(action, arg_string)

    def parse_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Adds the most similar option to argparse's error."""
        found, unknown = self.parse_known_args(args, namespace)
        if unknown:
            from alleo_onboard.locale.meant import did_you_mean

            option, known = unknown[0].partition("=")[0], self._options_of(found)
            if option in known:
                self.error(
                    _("{option} belongs to {command}: put it after that.").format(option=option, command=found.command)
                )
            text = _("unrecognized arguments: %s") % " ".join(_without_values(unknown))
            self.error(f"{text}. {did_you_mean(option, known)}".strip(". "))
        return found

    def _options_of(self, found: argparse.Namespace) -> list[str]:
        """Returns the options of the command that was called, and the common ones."""
        options, parser = [*self._option_string_actions], self
        for name in (found.command, getattr(found, "action", None)):
            groups = parser._subparsers._group_actions if name and parser._subparsers else ()  # noqa: SLF001
            for group in groups:
                if group.choices and name in group.choices:
                    parser = group.choices[name]  # type: ignore[index]
                    options += parser._option_string_actions  # noqa: SLF001
        return [option for option in options if option.startswith("--")]

    def format_help(self) -> str:
        """Returns the help, with examples and the closing text of `more`."""
        closing = [self.more()] if self.more else []
        if shown := EXAMPLES.get(self.prog):
            closing.insert(0, "\n".join([_("examples:"), *(f"  {line}" for line in shown)]))
        if closing:
            self.epilog = "\n\n".join(closing)
        return super().format_help()


def _without_values(words: list[str]) -> list[str]:
    """Returns the words of a wrong call without the values of unknown options, which may be secrets."""
    shown, follows = [], False
    for word in words:
        name, equals, _value = word.partition("=")
        if word.startswith("-"):
            shown.append(f"{name}=..." if equals else name)
        else:
            shown.append("..." if follows else word)
        follows = word.startswith("-") and not equals
    return shown


class Deferred:
    """Stands for a command's parser until the command is used.

    A call needs one or two of about forty parsers, and making all takes half of the time of `--help`.
    """

    def __init__(self, **settings: Any) -> None:
        self._settings = settings
        self._made: Parser | None = None
        self.fill: Callable[[Parser], None] | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self.parser(), name)

    def parser(self) -> Parser:
        """Returns the parser, made on first use."""
        if self._made is None:
            self._made = Parser(**self._settings)
            everywhere(self._made, default=argparse.SUPPRESS)
            if self.fill:
                self.fill(self._made)
        return self._made


def subcommands(parser: Parser, dest: str, metavar: str, *, required: bool = False) -> Subparsers:  # type: ignore[valid-type]
    """Returns the object to which commands of `parser` are added."""
    return parser.add_subparsers(dest=dest, metavar=metavar, required=required, parser_class=Deferred)  # type: ignore[type-var]


def add(commands: Subparsers, name: str, text: str, fill: Callable[[Parser], None] | None = None) -> None:  # type: ignore[valid-type]
    """Adds a command. `fill` adds its options when the parser is needed."""
    added: Deferred = commands.add_parser(name, help=text, description=text, allow_abbrev=False)  # type: ignore[attr-defined]
    added.fill = fill


def everywhere(parser: Parser, default: str | None) -> None:
    """Adds the common options, which may be before or after the command.

    `default` is argparse.SUPPRESS after the command, so that the value before it is kept.
    """
    parser.add_argument(
        "--profile", type=named, default=default, metavar="NAME", help=_("the set-up to use (default: default)")
    )
    parser.add_argument(
        "--language", choices=LANGUAGES, default=default, help=_("the language of everything that is shown")
    )
    parser.add_argument(
        "--plain",
        action="store_true",
        default=default if default is argparse.SUPPRESS else False,
        help=_("questions and lines one after the other, nothing drawn over: for screen readers and dumb terminals"),
    )
    parser.add_argument(
        "--ca-file", default=default, metavar="PEM", help=_("certificates to trust besides the operating system's")
    )


def json_flag(parser: Parser, default: str | bool = False) -> None:  # noqa: FBT001, FBT002 - as argparse takes it
    """Adds --json. `default` is argparse.SUPPRESS for an action of a command that has it too."""
    shown = _("print one JSON document on standard output")
    parser.add_argument("--json", action="store_true", default=default, help=shown)


def json_kept(parser: Parser) -> None:
    """Adds --json to an action, where it may also stand before the action."""
    json_flag(parser, argparse.SUPPRESS)


def agreeing(parser: Parser) -> None:
    """Adds the options that answer a command's questions in advance."""
    parser.add_argument("--yes", action="store_true", help=_("do not ask; needed without a terminal"))
    parser.add_argument(
        "--allow-offboard",
        type=whole,
        metavar="N",
        help=_("let this run switch off up to N people when the guard stops it"),
    )
    parser.add_argument(
        "--allow-update",
        type=whole,
        metavar="N",
        help=_("let this run change up to N e-mail addresses when the guard stops it"),
    )

    parser.add_argument(
        "--allow-budget",
        type=euros,
        metavar="EUROS",
        help=_("let this run add or pay up to so many euros when the guard stops it"),
    )


def deciding(parser: Parser) -> None:
    """Adds the options that decide about one-off budgets that wait, and about addresses that a file cannot change."""
    parser.add_argument(
        "--send-oneoff",
        type=ids_or_all,
        metavar="ID[,ID...]|all",
        help=_("send the one-off budgets of these people that wait for your yes"),
    )
    parser.add_argument(
        "--drop-oneoff",
        type=ids,
        metavar="ID[,ID...]",
        help=_("count the waiting one-off budgets of these people as already granted"),
    )
    parser.add_argument(
        "--address-changed",
        type=ids,
        metavar="ID[,ID...]",
        help=_("somebody changed the addresses of these people at Alleo, which a file cannot do"),
    )


def euros(text: str) -> Decimal:
    """Returns an amount: digits, with at most one point or comma before the last one or two. For `type=`."""
    from decimal import Decimal

    from alleo_onboard.domain.budget import PLAIN

    if not PLAIN.fullmatch(text) or len(text) > 15:
        raise argparse.ArgumentTypeError(_("{text!r} is not an amount such as 1500 or 1500.50").format(text=text[:20]))
    return Decimal(text.replace(",", "."))


def ids(text: str) -> frozenset[int]:
    """Returns Personio ids separated by commas. For `type=`."""
    found = [one.strip() for one in text.split(",")]
    if not all(one.isascii() and one.isdigit() and len(one) <= 19 for one in found):
        told = _("{text!r} is not one Personio id, or several with commas between them")
        raise argparse.ArgumentTypeError(told.format(text=text[:40]))
    return frozenset(map(int, found))


def ids_or_all(text: str) -> frozenset[int] | str:
    """Returns Personio ids, or "all". For `type=`."""
    return text if text == "all" else ids(text)


def whole(text: str, most: int = 999_999_999, least: int = 0) -> int:
    """Returns a whole number from `least` to `most`. For `type=`."""
    if not text.isdecimal() or len(text) > len(str(most)) or not least <= int(text) <= most:
        told = _("{text!r} is not a whole number from {least} to {most}")
        raise argparse.ArgumentTypeError(told.format(text=text[:20], least=least, most=most))
    return int(text)


def at_least_one(text: str) -> int:
    """Returns a whole number that is not 0. For `type=`."""
    return whole(text, least=1)


def named(text: str) -> str:
    """Returns non-empty text.

    For `type=`: an empty value usually comes from an unset variable and must not mean none.
    """
    if not text.strip():
        raise argparse.ArgumentTypeError(_("it is empty; leave the option out, or name something"))
    return text
