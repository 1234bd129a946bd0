"""Simulates 1Password's `op` as documented: what it accepts, refuses and prints.

It logs every call with its standard input. FAKE_OP is a folder; files in it change the behaviour.
"""

import json
import os
import sys
import time
from pathlib import Path

PLACE = Path(os.environ["FAKE_OP"])


def failed(text: str) -> None:
    """Prints an error as `op` does, and exits."""
    sys.stderr.write(f"[ERROR] 2026/11/27 10:02:11 {text}\n")
    sys.exit(1)


def has(name: str) -> bool:
    """Returns whether a behaviour is switched on."""
    return (PLACE / name).exists()


def stdin_is_nothing() -> bool:
    """Returns whether standard input is /dev/null."""
    return os.fstat(0).st_rdev == Path(os.devnull).stat().st_rdev


def main(words: list[str]) -> None:
    """Answers one call."""
    given = "" if sys.stdin.isatty() or stdin_is_nothing() else sys.stdin.read()
    with (PLACE / "calls").open("a") as log:
        log.write(json.dumps({"words": words, "stdin": given}) + "\n")
    if words == ["--version"]:
        print("1.12.0" if has("version1") else "2.31.1")
    elif words[:1] == ["whoami"]:
        if has("signed_out"):
            failed("You are not currently signed in. Please run `op signin --help` for instructions")
        if has("dismissed"):
            failed("error initializing client: authorization prompt dismissed, please try again")
        print(json.dumps({"url": "https://my.1password.eu", "email": "ops@polderwerk.example"}))
    elif words[:2] == ["item", "create"]:
        if has("hangs"):
            time.sleep(60)
        try:
            item = json.loads(given)
        except ValueError:
            failed("invalid JSON in piped input")
        if has("garbled"):
            print("created")
            return
        (PLACE / "item").write_text(given)
        print(json.dumps({"id": "item-1", "vault": {"id": "vault-1", "name": "Private"}, **item}))
    elif given:
        failed("invalid JSON in piped input")
    elif words[:2] == ["item", "share"]:
        if has("policy"):
            failed("sharing with anyone is not allowed by your account's policy.")
        if has("no_view_once") and "--view-once" in words:
            failed("--view-once can not be used with --emails")
        print("https://share.1password.com/s#canary-link")
    elif words[:2] == ["item", "delete"]:
        if has("undeletable"):
            failed("no permission")
        (PLACE / "item").unlink()
    else:
        failed(f"unknown command {words}")


main(sys.argv[1:])
