"""Saved set-ups, each with its own company, for tests of several set-ups on one computer."""

from __future__ import annotations

from typing import Any

from command_line import Cli

from alleo_onboard.sandbox.server import Sandbox


def saved(cli: Cli, name: str, sandbox: Sandbox, more: str = "", **scim: Any) -> None:
    """Saves a set-up that gets its secrets from commands, so that it needs nothing from the environment."""
    at, folder = sandbox.addresses, cli.home / "profiles"
    folder.mkdir(parents=True, exist_ok=True)
    own = {"url": at.scim_url, "secret_command": f"echo {at.scim_token}", **scim}
    lines = [
        f'base_url = "{at.personio_base_url}"',
        f'client_id = "{at.client_id}"',
        f'secret_command = "echo {at.client_secret}"',
        *([] if "[" in more else [more]),
        "[scim]",
        *(f'{key} = "{value}"' for key, value in own.items()),
        *([more] if "[" in more else []),
    ]
    (folder / f"{name}.toml").write_text("\n".join(lines) + "\n", "utf-8")


def leave(cli: Cli) -> None:
    """Removes the sandbox's variables from the environment."""
    for name in [name for name in cli.env if name.startswith(("PERSONIO_", "ALLEO_")) and "ONBOARD" not in name]:
        del cli.env[name]
