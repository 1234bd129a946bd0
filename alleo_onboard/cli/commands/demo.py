"""`alleo-onboard demo`: the whole way with made-up people. Leaves nothing behind."""

from __future__ import annotations

import argparse
import os
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from alleo_onboard.cli.commands.sandbox import chosen, need_extra
from alleo_onboard.cli.demo_walk import handed_over, synced
from alleo_onboard.cli.open_wizard import on_terminal, open_wizard
from alleo_onboard.cli.runner import perform
from alleo_onboard.domain.profile import Remember
from alleo_onboard.usecases.setups.resolve import Setups

if TYPE_CHECKING:
    from alleo_onboard.sandbox.addresses import Addresses


def main(args: argparse.Namespace) -> int:
    scenario, people = chosen(args)
    return opened(scenario, people, plain=not on_terminal(), delivery=args.delivery)


def opened(scenario: str, people: int, *, plain: bool = False, delivery: str = "handover") -> int:
    """Opens the wizard on its own sandbox, or with `plain` prints the demo as text. Returns the exit code."""
    need_extra()
    from alleo_onboard.sandbox.server import Sandbox

    with tempfile.TemporaryDirectory(prefix="alleo-onboard-demo-") as home, Sandbox(scenario, people) as sandbox:
        ours = {k: v for k, v in os.environ.items() if not k.startswith(("PERSONIO_", "ALLEO_"))}
        made_up = environment(sandbox.addresses, delivery, home)
        setups = Setups({**ours, **made_up, "ALLEO_ONBOARD_HOME": home}, forgetful=True)
        setup = setups.find(secrets=False)
        setup = replace(setup, profile=replace(setup.profile, remember=Remember.SESSION))
        if delivery == "handover":
            from alleo_onboard.usecases.handover.made_up import with_sandbox_service

            setup = with_sandbox_service(setup, sandbox.addresses.onetime_url)
        if plain:
            walk = handed_over if delivery == "handover" else synced
            return perform(lambda: walk(setup, scenario))
        return open_wizard(setups, setup)


def environment(addresses: Addresses, delivery: str, home: str) -> dict[str, str]:
    """Returns the environment variables that connect the commands to the sandbox, for one delivery.

    `home` is the folder of the demo.
    """
    given = addresses.environment()
    if delivery != "scim":
        given = {name: value for name, value in given.items() if name.startswith("PERSONIO_")}
    folder = {"pickup": "ALLEO_PICKUP_PLACE", "portal": "ALLEO_PORTAL_FOLDER"}.get(delivery)
    if folder:
        (place := Path(home) / "files").mkdir()
        given[folder] = str(place)
    return given
