"""`alleo-onboard profiles`: list, show, remove."""

from __future__ import annotations

import argparse
import os
import sys

from alleo_onboard.cli.exit_codes import Exit
from alleo_onboard.cli.json import documents, records
from alleo_onboard.cli.json.health import health as health_document
from alleo_onboard.cli.prompts import can_ask
from alleo_onboard.cli.report import out, table
from alleo_onboard.cli.streams import say
from alleo_onboard.domain.errors import Usage
from alleo_onboard.locale import _, ngettext
from alleo_onboard.locale.formats import clock, count
from alleo_onboard.presentation.history import run_state
from alleo_onboard.presentation.settings import setting_label, setting_value
from alleo_onboard.presentation.setups import shared_sentence
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
    """One set-up that cannot be used hides none of the others, but is no success."""
    every: list[Facts] = []
    broken: list[str] = []
    for name in names(setups.home):
        try:
            every.append(facts(setups.home, name))
        except Usage as trouble:
            broken.append(str(trouble))
    if as_json and not broken:
        documents.show({"profiles": [{**_document(one), "schedule": _health(setups, one)} for one in every]})
    elif every and not as_json:
        columns = (_("Set-up"), _("Linked"), _("Runs"), _("Last run"), _("Scheduled"))
        table(columns, [_row(setups, one) for one in every], right=(_("Linked"), _("Runs")))
    elif not broken:
        say(_("There are no set-ups yet: alleo-onboard opens the wizard that makes one."))
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
    return (one.name, count(one.linked), count(one.runs), _last(one), daily)


def _last(one: Facts) -> str:
    if one.last is None:
        return _("none yet")
    return f"{clock(one.last.started.astimezone())}, {run_state(one.last.state)}"


def _health(setups: Setups, one: Facts) -> documents.Document:
    return health_document(health(setups.home, one.name))


def _document(one: Facts) -> documents.Document:
    """Settings without secrets: what could hold one is only told to be there."""
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
    rows = [(_("name"), one.name), (_("linked people"), count(one.linked)), (_("last run"), _last(one))]
    settings = {name: value for name, value in (told["settings"] or {}).items() if value not in ("", None, False)}
    rows += [(setting_label(name), setting_value(name, value)) for name, value in settings.items()]
    table((_("Setting"), _("Value")), rows)


def _remove(setups: Setups, name: str, *, asked: bool) -> int:
    found = facts(setups.home, name)
    text = ngettext(
        "{name}: {n} person linked to Alleo, last run {last}.",
        "{name}: {n} people linked to Alleo, last run {last}.",
        found.linked,
    )
    say(text.format(name=name, n=count(found.linked), last=_last(found)))
    say(
        _(
            "Removing it deletes its settings, secrets and history from this computer, with the memory of which "
            "one-off budgets were sent. Accounts at Alleo stay as they are."
        )
    )
    if asked and not _typed(name):
        say(_("Nothing was removed."))
        return Exit.DONE
    gone = remove(setups, os.environ, name)
    for path in gone.files:
        out(_("Deleted: {file}").format(file=path))
    for kind in gone.secrets:
        out(_("Deleted from the keyring: {name}").format(name=f"{name}/{kind}"))
    for part in gone.schedule:
        out(_("Deleted with the schedule: {part}").format(part=part))
    return Exit.DONE


def _typed(name: str) -> bool:
    if not can_ask():
        raise Usage(_("Without a terminal profiles remove needs --yes, as nobody can be asked."))
    sys.stderr.write(_("Type the name of the set-up to remove it: "))
    sys.stderr.flush()
    return sys.stdin.readline().strip() == name
