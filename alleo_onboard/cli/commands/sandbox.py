"""`alleo-onboard sandbox`."""

from __future__ import annotations

import argparse
import shlex
from typing import TYPE_CHECKING

from alleo_onboard.cli.exit_codes import Exit
from alleo_onboard.cli.streams import flush, put, say
from alleo_onboard.domain.errors import Usage
from alleo_onboard.presentation.sandbox import extra_missing, no_such_scenario, running_lines

if TYPE_CHECKING:
    from alleo_onboard.sandbox.server import Addresses


def main(args: argparse.Namespace) -> int:
    scenario, people = chosen(args)
    need_extra()
    from alleo_onboard.sandbox.server import serve_forever

    try:
        serve_forever(scenario, people, args.port, _announce)
    except OSError as error:
        raise Usage(str(error)) from None
    return Exit.DONE


def chosen(args: argparse.Namespace) -> tuple[str, int]:
    """Returns the scenario's name and the number of people. Raises Usage for an unknown scenario."""
    from alleo_onboard.sandbox.scenarios import DEFAULT_PEOPLE, DEFAULT_SCENARIO, SCENARIOS

    name = args.scenario or DEFAULT_SCENARIO
    if name not in SCENARIOS:
        raise Usage(no_such_scenario(name, SCENARIOS))
    return name, DEFAULT_PEOPLE if args.people is None else args.people


def need_extra() -> None:
    """Raises Usage, with the command to install it, when the sandbox extra is missing."""
    from importlib.util import find_spec

    if missing := [name for name in ("uvicorn", "scim2_server") if find_spec(name) is None]:
        raise Usage(extra_missing(missing))


def _announce(addresses: Addresses) -> None:
    for name, value in addresses.environment().items():
        put(f"export {name}={shlex.quote(value)}\n")
    flush()
    for line in running_lines(addresses.personio_base_url, addresses.onetime_url):
        say(line)
