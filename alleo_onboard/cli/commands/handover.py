"""`alleo-onboard handover`: send, status, withdraw, activated."""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from alleo_onboard.cli.exit_codes import Exit
from alleo_onboard.cli.json import documents
from alleo_onboard.cli.json import handover as told
from alleo_onboard.cli.progress_log import watcher
from alleo_onboard.cli.prompts import ask, ask_hidden, can_ask, setup_of, tell_of_two_ways
from alleo_onboard.cli.report import heading, out
from alleo_onboard.cli.runner import perform
from alleo_onboard.cli.streams import lost, nowhere, say
from alleo_onboard.domain.errors import NotReady, Refused, Usage, WrongPassphrase
from alleo_onboard.domain.handover import Via
from alleo_onboard.domain.secret import Secret
from alleo_onboard.locale.formats import read_day
from alleo_onboard.presentation.handover import (
    asked_sentence,
    note_sentence,
    sent_lines,
    state_label,
    status_lines,
    via_about,
)
from alleo_onboard.presentation.handover_message import Draft
from alleo_onboard.presentation.pages.activation import no_date
from alleo_onboard.presentation.pages.by_hand import link_is_needed
from alleo_onboard.presentation.pages.handover import (
    by_hand_needs_a_terminal,
    closed,
    confirm_in_1password,
    enter_hides_it,
    enter_shows_it,
    hand_over_all_the_same,
    message_heading,
    message_saved,
    name_of_the_service,
    nobody_would_see_the_link,
    nothing_was_handed_over_yet,
    passphrase_of_the_link,
    the_link_it_gave,
    the_link_was_not_shown,
)
from alleo_onboard.presentation.pages.run import finishing_requests
from alleo_onboard.usecases.handover import save
from alleo_onboard.usecases.handover.follow import Asked, Followed, activated, follow, remembered, withdraw
from alleo_onboard.usecases.handover.keys import Keys
from alleo_onboard.usecases.handover.send import Note, Sent, by_hand, letter_of, may_send, must_be_ready, send
from alleo_onboard.usecases.handover.wish import Wish, wished
from alleo_onboard.usecases.preview.preview import Preview, preview
from alleo_onboard.usecases.preview.session import Session
from alleo_onboard.usecases.run.signals import ending_well, heeding
from alleo_onboard.usecases.setups.resolve import Setup, Setups

_TRIES = 3


def main(args: argparse.Namespace) -> int:
    actions = {"send": _send, "status": _status, "withdraw": _withdraw, "activated": _activated}
    return actions[args.action](args)


def _send(args: argparse.Namespace) -> int:
    setups = Setups(os.environ, args.ca_file)
    setup = setup_of(args)
    tell_of_two_ways(setup)
    wish = wished(
        setups,
        setup,
        via=args.via or "",
        region=args.region or "",
        server=args.server or "",
        expires=args.expires or "",
    )
    if wish.via is Via.MANUAL and not can_ask():
        raise Usage(by_hand_needs_a_terminal())
    if nowhere():
        raise Usage(nobody_would_see_the_link())
    if args.message:
        save.prove(Path(args.message))
    keys = Keys.of(setups, setup.profile.name)
    try:
        notes, shown = perform(lambda: _looked(setup, keys))
        reason, more = _ready(shown)
        notes += more
        with _unbroken(wish.via):  # a link that was made is told, whatever comes between
            made = _made(setup, shown, wish, keys, notes)
            draft = Draft(setup, made, shown, datetime.now(setup.profile.tz), reason)
            return _tell(args, setup, made, draft.text(names=args.with_names))
    except (Refused, NotReady) as trouble:
        if args.json:
            documents.show(documents.refused(told.unsent(wish), trouble))
        raise


async def _looked(setup: Setup, keys: Keys) -> tuple[tuple[Note, ...], Preview]:
    """Returns what is known of earlier links, and the preview that is checked. Raises Usage when a link waits."""
    notes = await may_send(setup, keys)
    with watcher() as notify:
        async with Session(setup, notify) as session:
            return notes, await preview(session)


def _ready(shown: Preview) -> tuple[str, tuple[Note, ...]]:
    """Returns a person's reason to hand over in spite of errors ("" without errors), and notes. Raises NotReady."""
    try:
        return "", must_be_ready(shown)
    except NotReady as trouble:
        reason = _reason(str(trouble))
        if not reason:
            raise
    return reason, must_be_ready(shown, reason)


def _unbroken(via: Via) -> AbstractContextManager[None]:
    """Returns a context in which a signal does not come between making a link and telling it.

    Where a person makes the link, a signal ends the command, and hides the credential that is shown.
    """
    return ending_well() if via is Via.MANUAL else heeding(lambda: None)


def _made(setup: Setup, shown: Preview, wish: Wish, keys: Keys, notes: tuple[Note, ...]) -> Sent:
    if wish.via is Via.MANUAL:
        return _by_hand(setup, shown, wish, notes)
    if wish.via is Via.ONEPASSWORD:
        say(confirm_in_1password())

    def first() -> bool:
        say(finishing_requests())
        return True

    try:
        return perform(lambda: send(setup, shown, wish, keys, notes=notes), first)
    except KeyboardInterrupt:  # the second signal, which does not wait for the answer
        if (known := remembered(setup)) and known.asked is Asked.LOST:
            say(asked_sentence(known.asked))
        raise


def _reason(trouble: str) -> str:
    """Returns a person's reason to hand over in spite of errors; "" when nobody can be asked or gives one."""
    if not can_ask():
        return ""
    say(trouble)
    return ask(f"{hand_over_all_the_same()}: ")


def _by_hand(setup: Setup, shown: Preview, wish: Wish, notes: tuple[Note, ...]) -> Sent:
    """Shows the credential once, on the terminal's alternate screen, without scrollback; then asks for the link."""
    say(via_about(Via.MANUAL))
    ask(enter_shows_it())
    sys.stderr.write(f"\x1b[?1049h\x1b[H{letter_of(setup)}\n\n")
    try:
        ask(enter_hides_it())
    finally:
        sys.stderr.write("\x1b[2J\x1b[3J\x1b[?1049l")
        sys.stderr.flush()
    service = ask(f"{name_of_the_service()}: ")
    link = ask(f"{the_link_it_gave()}: ")
    if not link:
        raise Usage(link_is_needed())
    return by_hand(setup, shown, wish, service, Secret(link), datetime.now(UTC), notes=notes)


def _tell(args: argparse.Namespace, setup: Setup, made: Sent, text: str) -> int:
    """Shows the link, which exists already, whatever else fails. Returns the exit code."""
    unsaved = _unsaved(args.message, text)
    if args.json:
        documents.show(told.sent(made, setup.profile.tz))
        for note in made.notes:
            say(note_sentence(note))
    else:
        for line in sent_lines(made, setup.profile.tz):
            out(line.text)
        out(via_about(made.handover.via))
        if unsaved or not args.message:
            _show_message(text)
    if lost():
        say(the_link_was_not_shown())
        return Exit.UNEXPECTED
    if unsaved:
        say(unsaved)
        return Exit.FAILED_CHANGES
    return Exit.DONE


def _unsaved(file: str | None, text: str) -> str:
    """Saves the message if a file was named. Returns why it could not be saved, or ""."""
    if file:
        try:
            save.message(Path(file), text)
        except Usage as trouble:
            return str(trouble)
        say(message_saved(file=file))
    return ""


def _show_message(text: str) -> None:
    heading(message_heading())
    out()
    for paragraph in text.splitlines():
        out(paragraph)


@dataclass(frozen=True, slots=True)
class _Place:
    setups: Setups
    setup: Setup

    @property
    def keys(self) -> Keys:
        return Keys.of(self.setups, self.setup.profile.name)

    @property
    def zone(self) -> ZoneInfo:
        return self.setup.profile.tz


def _place(args: argparse.Namespace) -> _Place:
    setups = Setups(os.environ, args.ca_file)
    return _Place(setups, setups.find(args.profile, secrets=False))


def _status(args: argparse.Namespace) -> int:
    place = _place(args)
    try:
        found = perform(lambda: follow(place.setup, place.keys))
    except Refused as trouble:
        if args.json and (known := remembered(place.setup)):
            documents.show(documents.refused(told.status(known, place.zone), trouble))
        raise
    if found is None:
        raise Usage(nothing_was_handed_over_yet())
    _show(args, place, found)
    return Exit.DONE


def _show(args: argparse.Namespace, place: _Place, found: Followed) -> None:
    if args.json:
        documents.show(told.status(found, place.zone))
        return
    for line in status_lines(found, place.zone):
        out(line.text)


def _withdraw(args: argparse.Namespace) -> int:
    place = _place(args)
    try:
        found = _withdrawn(place)
    except Refused as trouble:
        if args.json and (known := remembered(place.setup)):
            documents.show(documents.refused(told.status(known, place.zone), trouble))
        raise
    if args.json:
        documents.show(told.status(found, place.zone))
    else:
        out(closed(state_label(found.handover.state)))
    return Exit.DONE


def _withdrawn(place: _Place) -> Followed:
    """Withdraws the link. Asks for the passphrase when none was kept or the kept one is wrong."""
    keys, word = place.keys, None
    for left in range(_TRIES, 0, -1):
        try:
            return perform(partial(withdraw, place.setup, keys, passphrase=word))
        except WrongPassphrase as wrong:
            if not can_ask() or left == 1:
                raise
            say(str(wrong))
            word = Secret(ask_hidden(f"{passphrase_of_the_link()}: "))
    raise AssertionError  # pragma: no cover - the last turn returns or raises


def _activated(args: argparse.Namespace) -> int:
    place = _place(args)
    on = read_day(args.on) if args.on else datetime.now(place.zone).date()
    if on is None:
        raise Usage(no_date(text=args.on[:20]))
    _show(args, place, activated(place.setup, on))
    return Exit.DONE
