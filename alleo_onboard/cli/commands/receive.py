"""`alleo-onboard receive`: receives a credential, stores it without showing it, and checks it."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from functools import partial

from alleo_onboard.cli.commands.check import examine
from alleo_onboard.cli.exit_codes import Exit
from alleo_onboard.cli.json import documents
from alleo_onboard.cli.prompts import ask, ask_hidden, can_ask
from alleo_onboard.cli.runner import perform
from alleo_onboard.cli.streams import say
from alleo_onboard.domain.errors import Refused, Usage, WrongPassphrase
from alleo_onboard.domain.letter import sealed
from alleo_onboard.domain.profile import DEFAULT_NAME
from alleo_onboard.domain.secret import Secret
from alleo_onboard.presentation.pages.receive import (
    client_id_unseen,
    client_secret_unseen,
    command_not_found,
    credential_taken_over,
    credential_waited,
    name_the_link,
    no_passphrase,
    nothing_to_take_over,
    passphrase_unseen,
    the_link_or_enter,
)
from alleo_onboard.usecases.handover.receive import Letter, Link, Place, link_in, once, open_link
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
    text = _text(args)
    place.keep(text)
    return _settled(args, place, text)


def _settled(args: argparse.Namespace, place: Place, text: Secret) -> int:
    setup = place.settle(text)
    say(credential_taken_over(setup.profile.name))
    return examine(setup, as_json=args.json)


def _text(args: argparse.Namespace) -> Secret:
    """Returns the content of the link, or what somebody typed instead. Raises Usage."""
    pasted = args.link or (ask(f"{the_link_or_enter()}: ") if can_ask() else "")
    if not pasted:
        if not can_ask():
            raise Usage(name_the_link())
        return _typed()
    try:
        return _opened(link_in(pasted), args.ca_file)
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


def _opened(link: Link, ca_file: str | None) -> Secret:
    """Opens the link. After a wrong passphrase, which uses nothing up, asks again."""
    for left in range(_TRIES, 0, -1):
        try:
            return perform(partial(open_link, link, _passphrase(), ca_file=ca_file))
        except WrongPassphrase as wrong:
            if not can_ask() or left == 1:
                raise
            say(str(wrong))
    raise AssertionError  # pragma: no cover - the last turn returns or raises


def _passphrase() -> Secret:
    """Returns the passphrase from the terminal, or from the first line of standard input.

    It is never an argument, because other programs can see arguments.
    """
    if can_ask():
        return Secret(ask_hidden(f"{passphrase_unseen()}: "))
    word = Secret(sys.stdin.readline())
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
    letter = once(_text(args))
    code = 0
    if args.json:
        code = examine(_passing(setups, name, letter), as_json=True)
    given = {"PERSONIO_CLIENT_ID": letter.client_id, "PERSONIO_CLIENT_SECRET": letter.client_secret.reveal()}
    out = sys.stderr if args.json else None
    done = subprocess.run(
        [program, *words[1:]], env={**os.environ, **given}, stdin=subprocess.DEVNULL, stdout=out, check=False
    )
    if done.returncode < 0:
        return Exit.UNEXPECTED
    return done.returncode or code


def _passing(setups: Setups, name: str, letter: Letter) -> Setup:
    setup = setups.find(name, secrets=False)
    profile = replace(setup.profile, client_id=letter.client_id)
    return replace(setup, profile=profile, client_secret=letter.client_secret)
