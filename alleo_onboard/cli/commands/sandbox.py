"""`alleo-onboard sandbox`."""

from __future__ import annotations

import argparse
import shlex
from typing import TYPE_CHECKING

from alleo_onboard.cli.exit_codes import Exit
from alleo_onboard.cli.streams import flush, put, say
from alleo_onboard.domain.errors import Usage
from alleo_onboard.locale import _

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
    """The scenario's name and the number of people. Raises Usage for a scenario that does not exist."""
    from alleo_onboard.sandbox.scenarios import DEFAULT_PEOPLE, DEFAULT_SCENARIO, SCENARIOS

    name = args.scenario or DEFAULT_SCENARIO
    if name not in SCENARIOS:
        raise Usage(_("There is no scenario {name}. There are: {names}.").format(name=name, names=", ".join(SCENARIOS)))
    return name, DEFAULT_PEOPLE if args.people is None else args.people


def need_extra() -> None:
    """Raises Usage with the way to install it when the sandbox extra is missing."""
    from importlib.util import find_spec

    if missing := [name for name in ("uvicorn", "scim2_server") if find_spec(name) is None]:
        text = _("The sandbox needs {names}: install alleo-onboard with its sandbox extra, alleo-onboard[sandbox].")
        raise Usage(text.format(names=", ".join(missing)))


def _announce(addresses: Addresses) -> None:
    for name, value in addresses.environment().items():
        put(f"export {name}={shlex.quote(value)}\n")
    flush()
    say(_("The sandbox runs until Ctrl-C. Paste the lines above into another terminal, then try: alleo-onboard check"))
    say(_("Its Personio has a page for the readable attributes: {url}/").format(url=addresses.personio_base_url))
    say(
        _(
            "To hand over, unset ALLEO_SCIM_URL, then: alleo-onboard handover send --server {url}. Customer Success "
            "opens the link at {url}/handover"
        ).format(url=addresses.onetime_url)
    )
