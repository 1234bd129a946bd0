"""`alleo-onboard doctor`."""

from __future__ import annotations

import argparse
import os
from dataclasses import asdict

from alleo_onboard.cli.exit_codes import Exit
from alleo_onboard.cli.json import documents
from alleo_onboard.cli.report import heading, out
from alleo_onboard.cli.runner import perform
from alleo_onboard.cli.streams import say
from alleo_onboard.presentation.pages.doctor import advice, sections
from alleo_onboard.usecases.setups.resolve import Setups
from alleo_onboard.usecases.support.doctor import examine


def main(args: argparse.Namespace) -> int:
    setups = Setups(os.environ, args.ca_file)
    report = perform(lambda: examine(setups, args.profile, os.environ))
    if args.json:
        documents.show(asdict(report))
    else:
        for title, lines in sections(report, setups.kinds()):
            heading(title)
            for line in lines:
                out(f"  {line}")
    for line in advice(report):
        say(line)
    return Exit.DONE
