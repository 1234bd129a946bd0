"""`alleo-onboard history PERSON`."""

from __future__ import annotations

import argparse
import os

from alleo_onboard.cli.commands.runs import changes_table
from alleo_onboard.cli.exit_codes import Exit
from alleo_onboard.cli.json import documents, records
from alleo_onboard.cli.report import out
from alleo_onboard.cli.streams import say
from alleo_onboard.presentation.history import nothing_for, whose
from alleo_onboard.usecases.setups.resolve import Setups
from alleo_onboard.usecases.support import history


def main(args: argparse.Namespace) -> int:
    setup = Setups(os.environ, args.ca_file).find(args.profile, secrets=False)
    found = history.person(setup, args.person)
    if args.json:
        documents.show({"changes": [records.line(e) for e in found]})
        return Exit.DONE
    if not found:
        say(nothing_for(args.person, setup.profile.name))
    for number in dict.fromkeys(e.row.change.personio_id for e in found):
        theirs = [e for e in found if e.row.change.personio_id == number]
        out(whose(theirs[-1].row.change.name, number))
        changes_table(theirs, with_run=True)
    return Exit.DONE
