"""`alleo-onboard schedule install, show, remove, run-now`."""

from __future__ import annotations

import argparse
import asyncio
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from alleo_onboard.cli.exit_codes import Exit
from alleo_onboard.cli.json import documents
from alleo_onboard.cli.json.health import health as health_document
from alleo_onboard.cli.report import out, show
from alleo_onboard.cli.runner import perform
from alleo_onboard.cli.streams import put, say
from alleo_onboard.domain.errors import NotReady, Usage
from alleo_onboard.locale import _
from alleo_onboard.locale.terms import way_label
from alleo_onboard.presentation.pages.daily import (
    already_installed,
    installation_done,
    nothing_was_scheduled,
)
from alleo_onboard.presentation.pages.run import finishing_requests
from alleo_onboard.presentation.schedule_report import (
    ended_sentence,
    health_lines,
    log_sentence,
    not_found,
    nothing_scheduled,
    prepared_lines,
    removed_sentence,
    without_a_desktop,
    written_sentence,
)
from alleo_onboard.usecases.schedule.health import health
from alleo_onboard.usecases.schedule.install import (
    Prepared,
    SecretsNotFound,
    Using,
    Way,
    Wish,
    install,
    missing,
    must_be_placed,
    prepare,
    propose,
    remove,
    run_now,
    write_out,
)
from alleo_onboard.usecases.schedule.record import folder
from alleo_onboard.usecases.setups.environment import refuse_left_over
from alleo_onboard.usecases.setups.resolve import Setups


def main(args: argparse.Namespace) -> int:
    actions = {
        "install": _install,
        "show": _show,
        "remove": _remove,
        "run-now": _run_now,
        "try-secrets": _try_secrets,
    }
    return actions[args.action](args, Setups(os.environ, args.ca_file))


def _install(args: argparse.Namespace, setups: Setups) -> int:
    if args.all:
        refuse_left_over(os.environ)
        if not (args.print or args.out):
            raise Usage(_("--all prints or writes what would be installed: use it with --print or --out."))
        names = setups.names() or (args.profile,)
        prepared = [_prepared(args, setups, name) for name in names]
    else:
        prepared = [_prepared(args, setups, args.profile)]
    if args.print or args.out:
        return _without_installing(args, prepared)
    one = prepared[0]
    _say_all(prepared_lines(one))
    try:
        done = install(one)
    except SecretsNotFound as trouble:
        raise NotReady(f"{trouble} {without_a_desktop()}") from trouble
    way = way_label(one.job.way)
    say(installation_done(way) if done.changed else already_installed())
    return Exit.DONE


def _prepared(args: argparse.Namespace, setups: Setups, name: str | None) -> Prepared:
    wish = Wish(
        at=args.at or "",
        zone=args.zone or "",
        using=Using(args.using) if args.using else None,
        way=Way(args.secrets) if args.secrets else None,
        env_file=args.env_file or "",
        personio_command=args.personio_command or "",
        alleo_command=args.alleo_command or "",
        image=args.image or "",
    )
    # Printing needs no secrets, so none are looked up: nothing is asked or unlocked.
    setup = setups.find(name, secrets=not (args.print or args.out))
    prepared = prepare(setup, wish, os.environ)
    if prepared.setup.kind:  # what it has none of yet may come with the other machine's environment
        must_be_placed(prepared.setup)
    return prepared


def _without_installing(args: argparse.Namespace, prepared: list[Prepared]) -> int:
    for one in prepared:
        _say_all(prepared_lines(one))
        if one.obstacle:
            say(one.obstacle)
        if args.out:
            for path in write_out(one, Path(args.out)):
                say(written_sentence(path))
        else:
            for file in one.files:
                separator = "" if file.place.endswith(".yaml") else f"# {file.place}\n"
                put(f"{separator}{file.text}\n")
    return Exit.DONE


def _show(args: argparse.Namespace, setups: Setups) -> int:
    setup = setups.find(args.profile, secrets=False)
    found = health(setup.home, setup.profile.name)
    if args.json:
        documents.show(health_document(found))
        return Exit.DONE
    show(health_lines(found, setup.profile.tz))
    if found.last:
        out(log_sentence(folder(setup.home, setup.profile.name)))
    if not found.installed:
        _say_all(nothing_scheduled(setup.profile.name, propose()))
    return Exit.DONE


def _remove(args: argparse.Namespace, setups: Setups) -> int:
    gone = remove(setups, args.profile)
    for place in gone:
        say(removed_sentence(place))
    if not gone:
        say(nothing_was_scheduled())
    return Exit.DONE


def _run_now(args: argparse.Namespace, setups: Setups) -> int:
    last = run_now(setups, args.profile, _waited_for)
    say(ended_sentence(last))
    return Exit.UNEXPECTED if last.exit is None else last.exit


def _waited_for(command: Sequence[str], environment: Mapping[str, str]) -> str:
    """Runs a command to its end and returns its standard error. Signals are passed on, so that it ends cleanly."""

    async def work() -> str:
        nothing, pipe = asyncio.subprocess.DEVNULL, asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            *command, env=environment, stdin=nothing, stdout=nothing, stderr=pipe, start_new_session=True
        )
        talk = asyncio.ensure_future(process.communicate())
        while not talk.done():
            try:
                await asyncio.shield(talk)
            except asyncio.CancelledError:  # each time: a second signal must reach the run too
                say(finishing_requests())
                process.terminate()
        return talk.result()[1].decode(errors="replace")

    return perform(work)


def _try_secrets(args: argparse.Namespace, setups: Setups) -> int:
    """Started by `schedule install` as the scheduled run will be. Names missing secrets, never prints one."""
    absent = missing(setups.find(args.profile))
    if absent:
        raise NotReady(not_found(absent))
    return Exit.DONE


def _say_all(lines: Iterable[str]) -> None:
    for line in lines:
        say(line)
