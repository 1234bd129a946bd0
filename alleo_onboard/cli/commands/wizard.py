"""The wizard: `alleo-onboard` without a command."""

from __future__ import annotations

import argparse
import os

from alleo_onboard.cli.open_wizard import on_terminal, open_wizard
from alleo_onboard.domain.errors import Usage
from alleo_onboard.locale import _
from alleo_onboard.usecases.setups.resolve import Setups


def main(args: argparse.Namespace) -> int:
    if not on_terminal():
        raise Usage(_("The wizard needs a terminal. Without one, use check, preview and sync: alleo-onboard --help."))
    setups = Setups(os.environ, args.ca_file)
    return open_wizard(setups, setups.find(args.profile), demo=None if args.profile else _demo)


def _demo() -> int:
    from alleo_onboard.cli.commands.demo import opened

    return opened("selective", 34)
