"""Completion scripts for shells: `alleo-onboard --print-completion bash`."""

from __future__ import annotations

import argparse

from alleo_onboard.cli.options import Deferred


def script(parser: argparse.ArgumentParser, shell: str) -> str:
    """What the shell reads to complete commands and options."""
    import shtab  # only whoever asks for a script waits for it

    _make(parser)
    text: str = shtab.complete(parser, shell)
    return text


def _make(parser: argparse.ArgumentParser) -> None:
    """Makes the parsers of all commands, which are deferred until they are called."""
    for action in parser._actions:  # noqa: SLF001 - argparse names no other way to its commands
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            for name, command in action.choices.items():
                made = command.parser() if isinstance(command, Deferred) else command
                action.choices[name] = made
                _make(made)
