"""The report for support in the reader's language. JSON keeps the codes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from alleo_onboard.domain.delivery import DeliveryKind
from alleo_onboard.domain.schedule import Using, Way
from alleo_onboard.locale import _
from alleo_onboard.locale.formats import moment
from alleo_onboard.locale.terms import using_label, way_label
from alleo_onboard.presentation.history import run_state
from alleo_onboard.presentation.schedule import symptom_sentence
from alleo_onboard.presentation.settings import setting_label, setting_value
from alleo_onboard.presentation.unattended import coded
from alleo_onboard.usecases.support.doctor import SKEW, Reach, Reached, Report

Sections = Iterator[tuple[str, Sequence[str]]]


def sections(report: Report, kinds: Sequence[DeliveryKind]) -> Sections:
    """Yields titles with their lines. `kinds` are the deliveries that the report may mention."""
    topics = (
        (_("Versions"), report.versions),
        (_("Machine"), report.machine),
        (_("Folders"), report.paths),
        (_("Settings"), _settings(report.settings, kinds)),
        (_("History"), _history(report.ledger)),
        (_("Every day"), _schedule(report.schedule)),
    )
    for title, values in topics:
        yield title, [f"{setting_label(name)}: {setting_value(name, value) or '-'}" for name, value in values.items()]
    yield _("Keyring"), [_keyring(report.keyring)]
    for system, reached in _systems(report):
        yield system, [f"{reached.host}: {_reach(reached)}" if reached.host else _reach(reached)]


def advice(report: Report) -> Iterator[str]:
    """Yields what to fix on this computer, and that the report may be mailed."""
    for system, reached in _systems(report):
        if reached.skew is not None and abs(reached.skew) > SKEW:
            text = _("! The clock of this computer is {seconds} s off against {system}. Set it right.")
            yield text.format(seconds=abs(reached.skew), system=system)
        if reached.reach is Reach.UNTRUSTED:
            yield _("! Where a company inspects TLS, name its certificate file with --ca-file.")
    yield _("This report holds no secrets and nothing about people; it can be mailed to support as it is.")


def _systems(report: Report) -> tuple[tuple[str, Reached], ...]:
    return (("Personio", report.personio), ("Alleo", report.alleo))


def _keyring(text: str) -> str:
    return _("none ({why})").format(why=text[6:-1]) if text.startswith("none (") else text


def _settings(values: Mapping[str, str], kinds: Sequence[DeliveryKind]) -> Mapping[str, str]:
    """Returns the settings with the delivery's own labels."""
    own = next((kind for kind in kinds if kind.name == values.get("delivery")), None)
    if own is None:
        return values
    choices = {one.name: one.choices() for one in own.settings if one.choices}
    told = {name: choices[name].get(value, value) for name, value in values.items() if name in choices}
    return {**values, **told, "delivery": own.label()}


def _history(values: Mapping[str, str]) -> Mapping[str, str]:
    run, _space, state = values.get("last_run", "").partition(" ")
    return {**values, "last_run": f"{run}, {run_state(state)}"} if run else values


def _schedule(values: Mapping[str, str]) -> Mapping[str, str]:
    using, way, following, missed = values["installed"], values["secrets"], values["next"], int(values["missed"])
    told = {
        "installed": using_label(Using(using)) if using in set(Using) else using,
        "times": values["times"].replace(",", ", "),
        "secrets": way_label(Way(way)) if way in set(Way) else way,
        "next": _moment(following) if following else "",
        "symptoms": " ".join(symptom_sentence(code, missed) for code in values["symptoms"].split(", ") if code),
        "attention": _counted(values["attention"]),
        "new": _counted(values["new"]),
    }
    return {**values, **told}


def _moment(text: str) -> str:
    instant = datetime.fromisoformat(text)
    return moment(instant, instant.tzinfo)


def _counted(text: str) -> str:
    """Returns "2 no e-mail, 1 Alleo unclear" for "email_missing 2, alleo_unclear 1"."""
    pairs = [one.rpartition(" ") for one in text.split(", ") if one]
    return ", ".join(coded(code, int(n)) for code, _space, n in pairs)


def _reach(reached: Reached) -> str:
    texts = {
        Reach.ANSWERED: _("answers ({status})"),
        Reach.NOT_SET: _("no address is set"),
        Reach.NOT_NEEDED: _("no address is needed: Alleo runs the sync itself"),
        Reach.NOT_ASKED: _("the place for files is tried by the test of the delivery"),
        Reach.UNREACHABLE: _("cannot be reached"),
        Reach.UNTRUSTED: _("its certificate is not trusted on this computer"),
        Reach.UNUSABLE: _("the address, the proxy or the certificate file cannot be used"),
    }
    text = texts[reached.reach].format(status=reached.status)
    return text + (", " + _("through a proxy") if reached.proxy else "")
