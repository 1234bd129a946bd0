"""`alleo-onboard profiles`: list, show, remove."""

from __future__ import annotations

import argparse
import os

from alleo_onboard.cli.exit_codes import Exit
from alleo_onboard.cli.json import documents, records
from alleo_onboard.cli.json.health import health as health_document
from alleo_onboard.cli.prompts import ask, can_ask
from alleo_onboard.cli.report import out, table
from alleo_onboard.cli.streams import say
from alleo_onboard.domain.errors import Usage
from alleo_onboard.locale import _
from alleo_onboard.locale.formats import count
from alleo_onboard.presentation.settings import setting_label, setting_value
from alleo_onboard.presentation.setup_list import (
    before_removal,
    last_run,
    nothing_removed,
    of_set_up,
    removed_lines,
    type_its_name,
)
from alleo_onboard.presentation.setups import no_setups, shared_sentence
from alleo_onboard.usecases.schedule.health import health
from alleo_onboard.usecases.setups.remove import Facts, facts, names, remove
from alleo_onboard.usecases.setups.resolve import Setups, place_of
from alleo_onboard.usecases.setups.shared import same_place


def main(args: argparse.Namespace) -> int:
    setups = Setups(os.environ, args.ca_file)
    if args.action == "remove":
        return _remove(setups, args.name, asked=not args.yes)
    if args.action == "show":
        found = facts(setups.home, args.name)
        if args.json:
            documents.show({**_document(found), "schedule": _health(setups, found)})
        else:
            _show(found)
        return Exit.DONE
    return _list(setups, as_json=args.json)


def _list(setups: Setups, *, as_json: bool) -> int:
    """Lists all set-ups. One that cannot be used does not hide the others, but makes the exit code 2."""
    every: list[Facts] = []
    broken: list[str] = []
    for name in names(setups.home):
        try:
            one = facts(setups.home, name)
            _document(one)  # a delivery that does not exist is found here
            every.append(one)
        except Usage as trouble:
            broken.append(of_set_up(name, str(trouble)))
    if as_json and not broken:
        documents.show({"profiles": [{**_document(one), "schedule": _health(setups, one)} for one in every]})
    elif every and not as_json:
        columns = (_("Set-up"), _("Linked"), _("Runs"), _("Last run"), _("Scheduled"))
        table(columns, [_row(setups, one) for one in every], right=(_("Linked"), _("Runs")))
    elif not broken:
        say(no_setups())
    for one in every:
        if one.profile and (shared := same_place(setups.home, one.profile)):
            say(shared_sentence(one.name, shared, meant=one.profile.shared))
    for sentence in broken:
        say(sentence)
    return Exit.USAGE if broken else Exit.DONE


def _row(setups: Setups, one: Facts) -> tuple[str, ...]:
    daily = _("yes") if one.scheduled else _("no")
    if not health(setups.home, one.name).well:
        daily = _("needs attention")
    return (one.name, count(one.linked), count(one.runs), last_run(one), daily)


def _health(setups: Setups, one: Facts) -> documents.Document:
    return health_document(health(setups.home, one.name))


def _document(one: Facts) -> documents.Document:
    """Returns the settings without secrets. For settings that may hold one, only whether they are set."""
    profile = one.profile
    return {
        "name": one.name,
        "saved": profile is not None,
        "linked": one.linked,
        "runs": one.runs,
        "last_run": records.run(one.last) if one.last else None,
        "scheduled": one.scheduled,
        "settings": {
            "personio": profile.base_url,
            "client_id": profile.client_id,
            "zone": profile.zone,
            "remember": profile.remember,
            "on_leave": profile.policy.on_leave,
            "send_zero": profile.policy.send_zero,
            "selective_key": profile.selective_key,
            "alleo": place_of(profile),
            "delivery": profile.delivery.kind,
            "sign_in": profile.delivery.text("sign_in") or None,
            "secret_commands": bool(profile.secret_command or profile.delivery.text("secret_command")),
            "alarms": bool(profile.alarm.webhook or profile.alarm.healthcheck or profile.alarm.mail_command),
        }
        if profile
        else None,
    }


def _show(one: Facts) -> None:
    told = _document(one)
    rows = [(_("name"), one.name), (_("linked people"), count(one.linked)), (_("last run"), last_run(one))]
    settings = {name: value for name, value in (told["settings"] or {}).items() if value not in ("", None, False)}
    rows += [(setting_label(name), setting_value(name, value)) for name, value in settings.items()]
    table((_("Setting"), _("Value")), rows)


def _remove(setups: Setups, name: str, *, asked: bool) -> int:
    found = facts(setups.home, name)
    for sentence in before_removal(found):
        say(sentence)
    if asked and not _typed(name):
        say(nothing_removed())
        return Exit.DONE
    gone = remove(setups, os.environ, name)
    for line in removed_lines(name, gone):
        out(line)
    return Exit.DONE


def _typed(name: str) -> bool:
    if not can_ask():
        raise Usage(_("Without a terminal profiles remove needs --yes, as nobody can be asked."))
    return ask(type_its_name()) == name
