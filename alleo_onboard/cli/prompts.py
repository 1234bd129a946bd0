"""Finds the set-up of a command, and asks for what is missing."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from dataclasses import replace

from alleo_onboard.cli.streams import say
from alleo_onboard.domain.errors import Usage
from alleo_onboard.domain.secret import Secret
from alleo_onboard.locale.answers import whole_yes
from alleo_onboard.presentation.conversation import go_ahead_typed, not_text
from alleo_onboard.presentation.pages.connect import nothing_to_read_with, personio_client_id
from alleo_onboard.presentation.pages.receive import client_secret_unseen
from alleo_onboard.presentation.setups import new_setup, no_credential
from alleo_onboard.usecases.setups.resolve import Setup, Setups

_LONGEST = 10_000  # characters of a line; standard input may have no end


def setup_of(args: argparse.Namespace) -> Setup:
    """Returns the set-up of a command. Asks for a missing credential on a terminal; otherwise raises Usage."""
    setups = Setups(os.environ, args.ca_file)
    setup = setups.find(args.profile)
    if args.profile:
        _tell_of_a_new_one(setups, args.profile)
    if setup.has_credential:
        return setup
    profile = setup.profile
    if not can_ask():
        missing = "PERSONIO_CLIENT_SECRET" if profile.client_id else "PERSONIO_CLIENT_ID, PERSONIO_CLIENT_SECRET"
        raise Usage(no_credential(profile.name, missing))
    client_id = profile.client_id or ask(f"{personio_client_id()}: ")
    secret = Secret(ask_hidden(f"{client_secret_unseen()}: ")) if client_id else None
    if not secret:
        raise Usage(nothing_to_read_with())
    return replace(setup, profile=replace(profile, client_id=client_id), client_secret=secret)


def _tell_of_a_new_one(setups: Setups, name: str) -> None:
    """Says that a set-up is new, because a typing error would start a second one for the same people."""
    from alleo_onboard.usecases.setups.remove import names

    if name not in (known := names(setups.home)):
        say(new_setup(name, known))


def tell_of_two_ways(setup: Setup) -> None:
    """Says that the environment and the saved set-up mean different deliveries, for commands without a plan to show."""
    if any(name.startswith("ALLEO_") for name in setup.from_environment):
        from alleo_onboard.presentation.cautions import two_ways
        from alleo_onboard.usecases.setups.ways import rivals

        for sentence in two_ways(rivals(setup)):
            say(sentence)


def can_ask() -> bool:
    """Returns whether somebody can be asked: standard input and standard error are a terminal."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def ask(prompt: str) -> str:
    """Asks and returns the typed line."""
    sys.stderr.write(prompt)
    sys.stderr.flush()
    return _typed(sys.stdin.readline).strip()


def first_line() -> str:
    """Returns the first line of standard input, which is no terminal; "" when it has none.

    Raises Usage for what is no line of text.
    """
    line = _typed(lambda: sys.stdin.readline(_LONGEST))
    if len(line) == _LONGEST:
        raise Usage(not_text())
    return line


def ask_hidden(prompt: str) -> str:
    """Asks and returns the typed line, without showing it."""
    import getpass

    try:
        return _typed(lambda: getpass.getpass(prompt, stream=sys.stderr))
    except EOFError:  # Ctrl-D
        return ""


def _typed(read: Callable[[], str]) -> str:
    """Returns what was typed. Raises Usage for bytes that are no text in this terminal's encoding."""
    try:
        text = read()
        text.encode()
    except UnicodeError:
        raise Usage(not_text()) from None
    return text


async def agreed() -> bool:
    """Asks whether to continue. Only a typed yes is one; Ctrl-C works while it waits."""
    sys.stderr.write(go_ahead_typed())
    sys.stderr.flush()
    return whole_yes(await _line())


async def _line() -> str:
    """Returns the next line of standard input, without blocking signals."""
    import asyncio

    loop, ready = asyncio.get_running_loop(), asyncio.Event()
    try:
        loop.add_reader(sys.stdin, ready.set)
    except (NotImplementedError, OSError, ValueError):  # Windows, where Ctrl-C ends a blocking read
        return _answer()
    try:
        await ready.wait()
    finally:
        loop.remove_reader(sys.stdin)
    return _answer()


def _answer() -> str:
    """Returns the next line; bytes that are no text are no answer."""
    try:
        return sys.stdin.readline()
    except UnicodeDecodeError:
        return ""
