"""`alleo-onboard compare FILE`: exits with 8 when Alleo's file and the preview differ."""

from __future__ import annotations

import argparse

from alleo_onboard.cli.commands.preview import make
from alleo_onboard.cli.exit_codes import Exit
from alleo_onboard.cli.json import documents
from alleo_onboard.cli.json.comparison import NO_COMPARISON, comparison
from alleo_onboard.cli.prompts import setup_of, tell_of_two_ways
from alleo_onboard.cli.report import listed, show
from alleo_onboard.cli.runner import perform
from alleo_onboard.cli.streams import say
from alleo_onboard.domain.compare import compare
from alleo_onboard.domain.errors import Refused, Usage
from alleo_onboard.domain.finding import standing
from alleo_onboard.presentation.compare import parts
from alleo_onboard.presentation.pages.preview import incomplete_reading
from alleo_onboard.presentation.refusal import would_be_refused
from alleo_onboard.usecases.handover.follow import compared
from alleo_onboard.usecases.support.alleo_file import read


def main(args: argparse.Namespace) -> int:
    theirs = read(args.file)  # before asking for a credential or waiting for Personio
    setup = setup_of(args)
    tell_of_two_ways(setup)
    try:
        made = perform(lambda: make(setup))
    except Refused as refused:
        if args.json:
            documents.show(documents.refused(NO_COMPARISON, refused))
        raise
    plan = made.plan
    found = compare(plan, theirs.columns, theirs.rows)
    if args.json:
        documents.show(comparison(found))
    else:
        show(parts(found, listed()))
    try:
        compared(setup, agrees=found.equal)
    except Usage as trouble:  # the record of the hand-over; the comparison is made
        say(str(trouble))
    if not plan.complete:
        say(incomplete_reading())
    for finding in standing(made.readiness.findings):
        say(would_be_refused(finding))
    return Exit.DONE if found.equal else Exit.FAILED_CHANGES
