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
from alleo_onboard.presentation.doctor import advice, sections
from alleo_onboard.usecases.setups.resolve import Setups
from alleo_onboard.usecases.support.doctor import Report, examine


def main(args: argparse.Namespace) -> int:
    setups = Setups(os.environ, args.ca_file)
    report = perform(lambda: examine(setups, args.profile, os.environ))
    if args.json:
        documents.show(asdict(report))
    else:
        _show(report)
    for told in advice(report):
        say(told)
    return Exit.DONE


def _show(report: Report) -> None:
    for title, lines in sections(report):
        heading(title)
        for line in lines:
            out(f"  {line}")
