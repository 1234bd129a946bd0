"""The report for support in words: titles of its parts, how each system was reached, and what to mend."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from alleo_onboard.locale import _
from alleo_onboard.presentation.settings import setting_label, setting_value
from alleo_onboard.usecases.support.doctor import SKEW, Reach, Reached, Report


def sections(report: Report) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each part with its title and its lines."""
    told = (
        (_("Versions"), report.versions),
        (_("Machine"), report.machine),
        (_("Folders"), report.paths),
        (_("Settings"), report.settings),
        (_("History"), report.ledger),
        (_("Every day"), report.schedule),
    )
    for title, values in told:
        yield title, tuple(_named(values))
    yield _("Keyring"), (report.keyring,)
    for system, reached in _systems(report):
        yield system, (f"{reached.host or '-'}: {reach(reached)}",)


def _named(values: Mapping[str, object]) -> Iterator[str]:
    for name, value in values.items():
        yield f"{setting_label(name)}: {setting_value(name, value) or '-'}"


def _systems(report: Report) -> tuple[tuple[str, Reached], ...]:
    return (("Personio", report.personio), ("Alleo", report.alleo))


def reach(reached: Reached) -> str:
    """Whether a system answers, and if not, why."""
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


def advice(report: Report) -> Iterator[str]:
    """What to mend on this computer, then that the report can be mailed."""
    for system, reached in _systems(report):
        if reached.skew is not None and abs(reached.skew) > SKEW:
            text = _("! The clock of this computer is {seconds} s off against {system}. Set it right.")
            yield text.format(seconds=abs(reached.skew), system=system)
        if reached.reach is Reach.UNTRUSTED:
            yield _("! Where a company inspects TLS, name its certificate file with --ca-file.")
    yield _("This report holds no secrets and nothing about people; it can be mailed to support as it is.")
