"""1Password through its command line `op`: makes an item with the credential and a link (facts/deliveries.md, B1).

Every process can read arguments, so the credential is passed as JSON on standard input. `op` reads any input that is
not a terminal as a template, so all other calls get no input. The printed item may hold the secret; only its ids are
used.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from alleo_onboard.domain.errors import AnswerLost, HandoverRefused, Unreachable, Usage
from alleo_onboard.domain.handover import Lifetime
from alleo_onboard.domain.letter import Letter
from alleo_onboard.domain.secret import Secret
from alleo_onboard.locale import _
from alleo_onboard.net.failure import plain

HOST = "1password.com"
_SECONDS = 180.0  # seconds; the desktop app may ask for a fingerprint
_STAMP = re.compile(r"^\[ERROR\]\s+\d{4}/\d\d/\d\d \d\d:\d\d:\d\d\s*")
_SIGNED_OUT = ("not currently signed in", "not signed in", "session expired", "sign in again", "no accounts configured")
_DISMISSED = ("prompt dismissed", "authorization denied", "authorization timeout")


@dataclass(frozen=True, slots=True)
class Shared:
    """A link to the item. `once` is false when 1Password could not limit it to one view."""

    link: Secret
    item: str
    sent: datetime
    expires: datetime
    once: bool


@dataclass(frozen=True, slots=True)
class _Ran:
    code: int
    out: str = field(repr=False)
    err: str


@dataclass(frozen=True, slots=True)
class OnePassword:
    """Calls 1Password's command line tool `op`.

    `vault` is a name or id, "" for the private vault. `emails` may open the link; none means everybody.
    """

    vault: str = ""
    emails: tuple[str, ...] = ()
    environ: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    seconds: float = _SECONDS

    def program(self) -> str:
        """Returns the path of `op`. Raises Usage that says where to get it."""
        found = shutil.which("op", path=self.environ.get("PATH"))
        if found is None:
            text = _(
                "The 1Password command line (op) was not found. Install it from "
                "https://developer.1password.com/docs/cli/get-started and switch on “Integrate with 1Password CLI” in "
                "the app, or choose another way to hand over."
            )
            raise Usage(text)
        return found

    async def ready(self) -> None:
        """Checks that `op` is version 2 or newer and signed in. Raises Usage, HandoverRefused."""
        if self.environ.get("OP_CONNECT_HOST") or self.environ.get("OP_CONNECT_TOKEN"):
            raise Usage(
                _("OP_CONNECT_HOST or OP_CONNECT_TOKEN is set: a Connect server cannot make links. Unset them first.")
            )
        version = await self._run(("--version",))
        found = re.match(r"\s*(\d+)\.", version.out)
        if version.code or not found or int(found[1]) < 2:
            raise Usage(_("1Password's command line has to be version 2 or newer. Update op, then try again."))
        signed = await self._run(("whoami", "--format", "json"))
        if signed.code:
            raise self._refused(signed)

    async def share(self, letter: Letter, title: str, life: Lifetime) -> Shared:
        """Makes an item and a link to it.

        Raises AnswerLost when an item may have been left in the vault; also Usage, HandoverRefused, Unreachable.
        """
        await self.ready()
        sent = datetime.now(UTC)
        identity, vault = await self._create(letter, title)
        try:
            link, once = await self._link(identity, vault, life)
        except (HandoverRefused, Unreachable):
            removed = await self._run(("item", "delete", identity, "--vault", vault))
            if removed.code:
                text = _("No link was made. The item “{title}” was left in the vault {vault}; delete it there.")
                raise HandoverRefused(text.format(title=title, vault=vault)) from None
            raise
        return Shared(link, identity, sent, sent + timedelta(seconds=life.seconds), once)

    async def _create(self, letter: Letter, title: str) -> tuple[str, str]:
        item = {
            "title": title,
            "category": "API_CREDENTIAL",
            "fields": [
                {"id": "username", "type": "STRING", "label": "Client ID", "value": letter.client_id},
                {
                    "id": "credential",
                    "type": "CONCEALED",
                    "label": "Client secret",
                    "value": letter.client_secret.reveal(),
                },
            ],
        }
        vault = ("--vault", self.vault) if self.vault else ()
        made = await self._run(("item", "create", *vault, "--format", "json", "-"), json.dumps(item).encode())
        if made.code:
            raise self._refused(made)
        try:
            found = json.loads(made.out)
            return str(found["id"]), str(found["vault"]["id"])
        except (ValueError, KeyError, TypeError):
            raise AnswerLost(
                _("op answered in an unknown way. Look in 1Password for an item “{title}” and delete it.").format(
                    title=title
                )
            ) from None

    async def _link(self, identity: str, vault: str, life: Lifetime) -> tuple[Secret, bool]:
        emails = ("--emails", ",".join(self.emails)) if self.emails else ()
        call = ("item", "share", identity, "--vault", vault, "--expires-in", life.text, *emails)
        for once in (True, False):
            made = await self._run((*call, "--view-once") if once else call)
            lines = [line.strip() for line in made.out.splitlines() if line.strip().startswith("https://")]
            if not made.code and lines:
                return Secret(lines[-1]), once
            if not (once and "view-once" in made.err.casefold()):
                raise self._refused(made)
        raise AssertionError  # pragma: no cover - the second turn returns or raises

    def _refused(self, ran: _Ran) -> HandoverRefused:
        said = _STAMP.sub("", plain(ran.err)).rstrip(".")
        low = said.casefold()
        if any(word in low for word in _SIGNED_OUT):
            return HandoverRefused(
                _("1Password is not signed in. Open the app, or run: op signin. Then try again; nothing was made.")
            )
        if any(word in low for word in _DISMISSED):
            return HandoverRefused(_("1Password asked for your confirmation and did not get it. Nothing was made."))
        text = _(
            "1Password refused: {said}. A company policy may limit links: to e-mail addresses, or to a shorter life."
        )
        return HandoverRefused(text.format(said=said or _("no reason given")))

    async def _run(self, words: Sequence[str], given: bytes | None = None) -> _Ran:
        """Runs `op` once, with `given` as standard input, or with none."""
        pipe, none = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL
        try:
            process = await asyncio.create_subprocess_exec(
                self.program(),
                *words,
                stdin=none if given is None else pipe,
                stdout=pipe,
                stderr=pipe,
                env=dict(self.environ),
            )
        except OSError as error:
            raise Usage(_("op cannot be started ({reason}).").format(reason=type(error).__name__)) from None
        try:
            out, err = await asyncio.wait_for(process.communicate(given), self.seconds)
        except TimeoutError:
            raise self._silent(words) from None
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        return _Ran(process.returncode or 0, out.decode("utf-8", "replace"), err.decode("utf-8", "replace"))

    @staticmethod
    def _silent(words: Sequence[str]) -> Unreachable:
        if "create" in words:
            return AnswerLost(_("op did not answer. Look in 1Password whether an item was made, and delete it."))
        return Unreachable(_("op did not answer; it may wait for you to confirm in the 1Password app. Try again."))
