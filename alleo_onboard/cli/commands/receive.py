"""`alleo-onboard receive`: receives a credential, stores it without showing it, and checks it."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace

from alleo_onboard.cli.commands.check import examine
from alleo_onboard.cli.exit_codes import Exit, exit_of
from alleo_onboard.cli.json import documents
from alleo_onboard.cli.prompts import ask, ask_hidden, can_ask, first_line
from alleo_onboard.cli.runner import perform
from alleo_onboard.cli.streams import say
from alleo_onboard.domain.errors import Refused, Trouble, Usage, WrongPassphrase
from alleo_onboard.domain.letter import sealed
from alleo_onboard.domain.profile import DEFAULT_NAME
from alleo_onboard.domain.secret import Secret
from alleo_onboard.locale.system import system_reason
from alleo_onboard.presentation.pages.receive import (
    client_id_unseen,
    client_secret_unseen,
    command_cannot_be_started,
    command_not_found,
    credential_taken_over,
    credential_waited,
    name_the_link,
    no_passphrase,
    nothing_to_take_over,
    passphrase_unseen,
    the_link_or_enter,
)
from alleo_onboard.presentation.pages.run import finishing_requests
from alleo_onboard.usecases.handover.receive import Letter, Link, Place, link_in, once, open_link
from alleo_onboard.usecases.run.signals import ending_well
from alleo_onboard.usecases.setups.resolve import Setup, Setups

_TRIES = 3


def main(args: argparse.Namespace) -> int:
    setups = Setups(os.environ, args.ca_file)
    name = args.profile or DEFAULT_NAME
    if args.once is not None:
        return _once(args, setups, name)
    place = Place(setups, name)
    place.prove()
    if not args.link and (waiting := place.waiting()):
        say(credential_waited(name))
        return _settled(args, place, waiting)
    with ending_well():
        text = _text(args, place.keep)
    return _settled(args, place, text)


def _settled(args: argparse.Namespace, place: Place, text: Secret) -> int:
    setup = place.settle(text)
    say(credential_taken_over(setup.profile.name))
    return examine(setup, as_json=args.json)


def _text(args: argparse.Namespace, keep: Callable[[Secret], None]) -> Secret:
    """Returns the content of the link, or what somebody typed instead, after it was given to `keep`. Raises Usage."""
    pasted = args.link or (ask(f"{the_link_or_enter()}: ") if can_ask() else "")
    if not pasted:
        if not can_ask():
            raise Usage(name_the_link())
        typed = _typed()
        keep(typed)
        return typed
    try:
        return _opened(link_in(pasted), args.ca_file, keep)
    except Refused as trouble:
        if args.json:
            documents.show(documents.refused(documents.NO_CHECK, trouble))
        raise


def _typed() -> Secret:
    client_id = ask_hidden(f"{client_id_unseen()}: ").strip()
    secret = Secret(ask_hidden(f"{client_secret_unseen()}: "))
    if not client_id or not secret:
        raise Usage(nothing_to_take_over())
    return sealed(Letter(client_id, secret).text())


def _opened(link: Link, ca_file: str | None, keep: Callable[[Secret], None]) -> Secret:
    """Opens the link and gives its content to `keep`. After a wrong passphrase, which uses nothing up, asks again."""
    for left in range(_TRIES, 0, -1):
        try:
            return _revealed(link, _passphrase(), ca_file, keep)
        except WrongPassphrase as wrong:
            if not can_ask() or left == 1:
                raise
            say(str(wrong))
    raise AssertionError  # pragma: no cover - the last turn returns or raises


def _revealed(link: Link, passphrase: Secret, ca_file: str | None, keep: Callable[[Secret], None]) -> Secret:
    """Opens the link and keeps what was in it. A signal does not cut the answer short: the link opens only once."""
    found: list[Secret] = []

    async def opening() -> None:
        found.append(await open_link(link, passphrase, ca_file=ca_file))

    def first() -> bool:
        say(finishing_requests())
        return True

    try:
        perform(opening, first)
    finally:
        for one in found:
            keep(one)
    return found[0]


def _passphrase() -> Secret:
    """Returns the passphrase from the terminal, or from the first line of standard input.

    It is never an argument, because other programs can see arguments.
    """
    if can_ask():
        return Secret(ask_hidden(f"{passphrase_unseen()}: "))
    word = Secret(first_line())
    if not word:
        raise Usage(no_passphrase())
    return word


def _once(args: argparse.Namespace, setups: Setups, name: str) -> int:
    """Runs one command with the credential in its environment. Stores nothing."""
    words = args.once
    program = shutil.which(words[0]) if words else None
    if program is None:
        raise Usage(command_not_found(words[0] if words else "--once"))
    if not args.link and not can_ask():
        raise Usage(name_the_link())
    with ending_well():
        letter = once(_text(args, lambda _text: None))
    code = _examined(_passing(setups, name, letter)) if args.json else 0
    given = {"PERSONIO_CLIENT_ID": letter.client_id, "PERSONIO_CLIENT_SECRET": letter.client_secret.reveal()}
    out = sys.stderr if args.json else None
    try:
        done = subprocess.run(
            [program, *words[1:]], env={**os.environ, **given}, stdin=subprocess.DEVNULL, stdout=out, check=False
        )
    except OSError as error:
        raise Usage(command_cannot_be_started(words[0], system_reason(error))) from None
    if done.returncode < 0:
        return Exit.UNEXPECTED
    return done.returncode or code


def _examined(setup: Setup) -> int:
    """Checks the credential and returns the exit code. The command runs even if Personio does not answer."""
    try:
        return examine(setup, as_json=True)
    except Trouble as trouble:
        say(str(trouble))
        return exit_of(trouble)


def _passing(setups: Setups, name: str, letter: Letter) -> Setup:
    setup = setups.find(name, secrets=False)
    profile = replace(setup.profile, client_id=letter.client_id)
    return replace(setup, profile=profile, client_secret=letter.client_secret)
