"""Completion scripts for shells: `alleo-onboard --print-completion bash`."""

from __future__ import annotations

import argparse

from alleo_onboard.cli.options import Deferred


def script(parser: argparse.ArgumentParser, shell: str) -> str:
    """Returns the completion script for a shell."""
    import shtab  # slow to import, and needed only for this

    _make(parser)
    text: str = shtab.complete(parser, shell)
    return text


def _make(parser: argparse.ArgumentParser) -> None:
    """Makes the parsers of all commands, which are otherwise made when they are used."""
    for action in parser._actions:  # noqa: SLF001 - argparse names no other way to its commands
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            for name, command in action.choices.items():
                made = command.parser() if isinstance(command, Deferred) else command
                action.choices[name] = made
                _make(made)
