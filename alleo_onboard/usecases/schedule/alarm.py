"""Sends the result of an unattended run to a webhook, a healthcheck address or a mail command."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
from dataclasses import asdict
from typing import Any

from alleo_onboard.domain.errors import Usage
from alleo_onboard.domain.profile import Alarm, AlarmOn
from alleo_onboard.locale import _
from alleo_onboard.net.address import host_of
from alleo_onboard.usecases.schedule.record import LastRun
from alleo_onboard.usecases.setups.secret_sources import without_secrets

_SECONDS = 20.0
_FINE = 400  # HTTP statuses from here on are errors


async def began(alarm: Alarm, ca_file: str | None = None) -> tuple[str, ...]:
    """Tells the healthcheck address that a run begins. Returns sentences about failures, which never stop a run."""
    return await _posted(f"{alarm.healthcheck}/start", "", ca_file) if alarm.healthcheck else ()


async def ended(alarm: Alarm, profile: str, last: LastRun, ca_file: str | None = None) -> tuple[str, ...]:
    """Tells all configured recipients. Returns sentences about failures.

    The healthcheck address gets the exit code appended to its path, as healthchecks.io documents. The webhook gets a
    JSON object with profile, exit, message, run, started, ended, and `text`, which chat programs show.
    """
    text = _("Alleo sync of {profile} ended with {exit}: {message}").format(
        profile=profile, exit=last.exit, message=last.message
    )
    raised = bool(last.exit) or (bool(last.new) and alarm.on is AlarmOn.ATTENTION)
    untold: list[str] = []
    if alarm.healthcheck:
        untold += await _posted(f"{alarm.healthcheck}/{last.exit}", text, ca_file)
    if raised and alarm.webhook:
        told = {"text": text, "profile": profile, **_told(last)}
        untold += await _posted(alarm.webhook, json.dumps(told, ensure_ascii=False), ca_file)
    if raised and alarm.mail_command:
        untold += _mailed(alarm.mail_command, text)
    return tuple(untold)


def _told(last: LastRun) -> dict[str, Any]:
    """Returns the last run as JSON values, with counts instead of ids."""
    found = asdict(last)
    instants = {name: found[name].isoformat() if found[name] else None for name in ("started", "ended", "last_success")}
    counted = {name: {code: len(ids) for code, ids in found[name].items()} for name in ("attention", "new")}
    return {**found, **instants, **counted}


async def _posted(url: str, body: str, ca_file: str | None) -> tuple[str, ...]:
    """Sends a POST. Returns sentences about failures."""
    from alleo_onboard.net.http import Ask, Http, Repeat
    from alleo_onboard.net.patience import Patience

    kind = "application/json" if body.startswith("{") else "text/plain; charset=utf-8"
    ask = Ask("POST", "", {"Content-Type": kind}, body.encode(), repeat=Repeat.NEVER)
    try:
        async with Http(url, ca_file=ca_file, patience=Patience(answer=_SECONDS)) as http:
            reply = await http.reply(ask)
    except Usage as usage:
        return (_("{host} could not be told ({reason}).").format(host=host_of(url), reason=usage),)
    if reply.failure:
        return (_("{host} could not be told ({reason}).").format(host=http.host, reason=reply.failure.sentence),)
    if reply.status >= _FINE:
        return (_("{host} could not be told ({reason}).").format(host=http.host, reason=reply.status),)
    return ()


def _mailed(command: str, text: str) -> tuple[str, ...]:
    """Runs the mail command. Returns sentences about failures."""
    try:
        words = shlex.split(command)
        done = subprocess.run(
            words,
            input=f"{text}\n".encode(),
            capture_output=True,
            check=False,
            timeout=_SECONDS,
            env=without_secrets(os.environ),
        )
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        return (_("The mail command could not be run ({reason}).").format(reason=type(error).__name__),)
    return () if done.returncode == 0 else (_("The mail command ended with {code}.").format(code=done.returncode),)
