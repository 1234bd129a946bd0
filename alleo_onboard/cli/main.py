"""The entry point of the command line. Imports little, so that --version and --help are fast."""

from __future__ import annotations

import sys

from alleo_onboard import __version__
from alleo_onboard.cli import streams


def run(argv: list[str] | None = None) -> int:
    """Runs one command and returns its exit code. Never prints a traceback."""
    streams.prepare()
    try:
        code = _command(sys.argv[1:] if argv is None else argv)
    except KeyboardInterrupt:
        code = 130
    except Exception as error:  # noqa: BLE001 - the last stop before a traceback
        code = _told(error)
    return streams.ended(code)


def _command(words: list[str]) -> int:
    if words in (["--version"], ["-V"]):
        streams.put(f"alleo-onboard {__version__}\n")
        return 0
    from alleo_onboard.cli.parser import parse
    from alleo_onboard.locale import settle

    settle(_asked_language(words))
    try:
        args = parse(words)
    except SystemExit as shown:  # raised by argparse after help or a wrong call
        return int(shown.code or 0)
    return _dispatch(args.command, args)


def _asked_language(words: list[str]) -> str:
    """Returns the value of --language, or "". Needed before parsing, for help and argparse's own errors."""
    for word, after in zip(words, [*words[1:], ""], strict=False):
        if word == "--language":
            return after
        if word.startswith("--language="):
            return word.partition("=")[2]
    return ""


def _dispatch(command: str | None, args: object) -> int:
    from importlib import import_module

    from alleo_onboard.cli.plainness import settle
    from alleo_onboard.cli.streams import quiet
    from alleo_onboard.usecases.setups.keyring_wait import Waiting, bear

    quiet()
    bear(Waiting(streams.say))
    settle(flag=getattr(args, "plain", False))
    module = import_module(f"alleo_onboard.cli.commands.{command or 'wizard'}")
    try:
        code: int = module.main(args)
    except Exception as error:  # noqa: BLE001 - the last stop before a traceback
        return _told(error, as_json=getattr(args, "json", False))
    return int(code)


def _told(error: Exception, *, as_json: bool = False) -> int:
    """Prints the error and returns the exit code.

    With `as_json`, also writes it to standard output as a document, if the command has a result but printed none.
    """
    from alleo_onboard.cli.exit_codes import JUDGED, Exit, exit_of
    from alleo_onboard.domain.errors import Trouble

    if isinstance(error, Trouble):
        code = exit_of(error)
        if as_json and code in JUDGED and not streams.begun():
            from alleo_onboard.cli.json import documents

            documents.show(documents.refused({}, error))
        streams.say(str(error))
        return int(code)
    from alleo_onboard.presentation.crash import unexpected

    streams.say(unexpected(error))
    return int(Exit.UNEXPECTED)
