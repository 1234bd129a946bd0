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
from alleo_onboard.locale import _
from alleo_onboard.presentation.settings import setting_label, setting_value
from alleo_onboard.usecases.setups.resolve import Setups
from alleo_onboard.usecases.support.doctor import SKEW, Reach, Reached, Report, examine


def main(args: argparse.Namespace) -> int:
    setups = Setups(os.environ, args.ca_file)
    report = perform(lambda: examine(setups, args.profile, os.environ))
    if args.json:
        documents.show(asdict(report))
    else:
        _show(report)
    for system, reached in (("Personio", report.personio), ("Alleo", report.alleo)):
        _advise(system, reached)
    say(_("This report holds no secrets and nothing about people; it can be mailed to support as it is."))
    return Exit.DONE


def _show(report: Report) -> None:
    parts = (
        (_("Versions"), report.versions),
        (_("Machine"), report.machine),
        (_("Folders"), report.paths),
        (_("Settings"), report.settings),
        (_("History"), report.ledger),
        (_("Every day"), report.schedule),
    )
    for title, values in parts:
        heading(title)
        for name, value in values.items():
            out(f"  {setting_label(name)}: {setting_value(name, value) or '-'}")
    heading(_("Keyring"))
    out(f"  {report.keyring}")
    for system, reached in (("Personio", report.personio), ("Alleo", report.alleo)):
        heading(system)
        out(f"  {reached.host or '-'}: {_reach(reached)}")


def _reach(reached: Reached) -> str:
    texts = {
        Reach.ANSWERED: _("answers ({status})"),
        Reach.NOT_SET: _("no address is set"),
        Reach.NOT_ASKED: _("the place for files is tried by the test of the delivery"),
        Reach.UNREACHABLE: _("cannot be reached"),
        Reach.UNTRUSTED: _("its certificate is not trusted on this computer"),
        Reach.UNUSABLE: _("the address, the proxy or the certificate file cannot be used"),
    }
    text = texts[reached.reach].format(status=reached.status)
    return text + (", " + _("through a proxy") if reached.proxy else "")


def _advise(system: str, reached: Reached) -> None:
    if reached.skew is not None and abs(reached.skew) > SKEW:
        text = _("! The clock of this computer is {seconds} s off against {system}. Set it right.")
        say(text.format(seconds=abs(reached.skew), system=system))
    if reached.reach is Reach.UNTRUSTED:
        say(_("! Where a company inspects TLS, name its certificate file with --ca-file."))
