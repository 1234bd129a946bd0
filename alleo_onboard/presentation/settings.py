"""Labels of settings and their values in text output. JSON keeps the names of the file."""

from __future__ import annotations

from alleo_onboard.locale import _, kept
from alleo_onboard.locale.choice import NAMES


@kept
def _labels() -> dict[str, str]:
    return {
        "system": _("system"),
        "release": _("release"),
        "architecture": _("architecture"),
        "encoding": _("encoding"),
        "terminal": _("terminal"),
        "utc": _("time (UTC)"),
        "config": _("settings"),
        "data": _("data"),
        "ca_file": _("certificate file"),
        "saved": _("saved"),
        "same_alleo_as": _("same Alleo as"),
        "personio": _("address of Personio"),
        "alleo": _("address of Alleo"),
        "client_id": _("client id"),
        "remember": _("secret is kept"),
        "zone": _("time zone"),
        "language": _("language"),
        "on_leave": _("people on leave"),
        "send_zero": _("budgets of zero are sent"),
        "selective": _("the Alleo field selects"),
        "selective_key": _("the Alleo field's key"),
        "delivery": _("delivery"),
        "environment": _("from the environment"),
        "sign_in": _("sign-in"),
        "concurrency": _("requests at once"),
        "secret_commands": _("secrets come from commands"),
        "alarms": _("alarms"),
        "over": _("carried by"),
        "file_name": _("file name"),
        "collected": _("collected at"),
        "template": _("own template"),
        "via": _("handed over through"),
        "region": _("region"),
        "expires": _("valid for"),
        "there": _("there"),
        "kilobytes": _("size in kB"),
        "intact": _("intact"),
        "linked": _("linked people"),
        "unsettled": _("changes with an unknown end"),
        "last_run": _("last run"),
        "usable": _("usable"),
        "why": _("why"),
        "installed": _("installed"),
        "times": _("times"),
        "secrets": _("secrets from"),
        "last_exit": _("last exit code"),
        "next": _("next run"),
        "missed": _("missed runs"),
        "symptoms": _("symptoms"),
        "attention": _("people to look at"),
        "new": _("new among them"),
    }


def _troubles() -> dict[str, str]:
    """Returns why a history cannot be used, by class of error."""
    return {"Usage": _("it is damaged, or this account may not read it"), "Locked": _("another run has it")}


@kept
def _values() -> dict[str, str]:
    return {"yes": _("yes"), "True": _("yes"), "no": _("no"), "False": _("no"), "missing": _("missing")}


def setting_label(name: str) -> str:
    """Returns the label of a setting, or its name."""
    return _labels().get(name, name)


def setting_value(name: str, value: object) -> str:
    """Returns a value in words."""
    text = str(value)
    own = {
        "on_leave": {"include": _("take part"), "exclude": _("do not take part")},
        "remember": {"keyring": _("in the keyring"), "session": _("for one sitting only")},
        "language": NAMES,
        "why": _troubles(),
    }.get(name, {})
    return own.get(text) or _values().get(text, text)
