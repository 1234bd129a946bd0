"""Gathers the set-up a command works with, and asks for what is missing when somebody is there to answer."""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import replace

from alleo_onboard.cli.streams import say
from alleo_onboard.domain.errors import Usage
from alleo_onboard.domain.secret import Secret
from alleo_onboard.locale.answers import means_yes
from alleo_onboard.presentation.conversation import go_ahead_typed
from alleo_onboard.presentation.pages.connect import nothing_to_read_with, personio_client_id
from alleo_onboard.presentation.pages.receive import client_secret_unseen
from alleo_onboard.presentation.setups import new_setup, no_credential
from alleo_onboard.usecases.setups.resolve import Setup, Setups


def setup_of(args: argparse.Namespace) -> Setup:
    """The set-up a command works with. Asks for what is missing when somebody is there to answer; else raises Usage."""
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
    secret = Secret(ask_hidden(f"{client_secret_unseen()}: "))
    if not client_id or not secret:
        raise Usage(nothing_to_read_with())
    return replace(setup, profile=replace(profile, client_id=client_id), client_secret=secret)


def _tell_of_a_new_one(setups: Setups, name: str) -> None:
    """A slip of the keyboard would begin a second set-up for the same people."""
    from alleo_onboard.usecases.setups.remove import names

    if name not in (known := names(setups.home)):
        say(new_setup(name, known))


def can_ask() -> bool:
    """Whether somebody is there to answer."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def ask(prompt: str) -> str:
    sys.stderr.write(prompt)
    sys.stderr.flush()
    return sys.stdin.readline().strip()


def ask_hidden(prompt: str) -> str:
    import getpass

    try:
        return getpass.getpass(prompt, stream=sys.stderr)
    except EOFError:  # Ctrl-D: nothing was given
        return ""


async def agreed() -> bool:
    """Asks on the terminal whether to go ahead. Only a typed yes is one; Ctrl-C works while it waits."""
    sys.stderr.write(go_ahead_typed())
    sys.stderr.flush()
    return means_yes(await _line())


async def _line() -> str:
    """The next line of standard input, without keeping signals from being handled."""
    import asyncio

    loop, ready = asyncio.get_running_loop(), asyncio.Event()
    try:
        loop.add_reader(sys.stdin, ready.set)
    except (NotImplementedError, OSError, ValueError):  # Windows; there Ctrl-C ends a blocking read
        return sys.stdin.readline()
    try:
        await ready.wait()
    finally:
        loop.remove_reader(sys.stdin)
    return sys.stdin.readline()
