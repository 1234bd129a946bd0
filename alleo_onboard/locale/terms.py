"""Labels for codes of the domain that error messages need too."""

from __future__ import annotations

from alleo_onboard.domain.schedule import Using, Way
from alleo_onboard.domain.settings import MOST_AT_ONCE
from alleo_onboard.locale import _, kept, ngettext, pgettext

TYPE_CHECKING = False  # a copy of typing's constant; importing typing would slow down quick commands
if TYPE_CHECKING:
    from collections.abc import Sequence

    from alleo_onboard.domain.eligibility import Reason


@kept
def _attributes() -> dict[str, str]:
    return {
        "email": _("E-mail"),
        "first_name": _("First name"),
        "last_name": _("Last name"),
        "status": _("Status"),
        "hire_date": _("Hire date"),
        "termination_date": _("Termination date"),
        "department": _("Department"),
        "birthday": _("Birthday"),
        "alleo": _("Alleo field"),
    }


def attribute_label(name: str) -> str:
    """Returns the label of an attribute. A budget field keeps its own name."""
    return _attributes().get(name, name)


def mended_first(subjects: Sequence[str]) -> str:
    """Returns the error that the check found errors, with their subjects."""
    text = ngettext(
        "{n} error must be mended first: {subjects}.", "{n} errors must be mended first: {subjects}.", len(subjects)
    )
    return text.format(n=len(subjects), subjects=", ".join(map(attribute_label, subjects)))


@kept
def _reasons() -> dict[Reason, str]:
    from alleo_onboard.domain.eligibility import Reason  # only sentences about people need the rules

    return {
        Reason.INACTIVE: _("inactive in Personio"),
        Reason.TERMINATED: _("employment has ended"),
        Reason.NOT_STARTED: _("has not started yet"),
        Reason.ALLEO_NO: _("Alleo = No"),
        Reason.ALLEO_UNSET: _("Alleo is empty"),
        Reason.ALLEO_UNCLEAR: _("Alleo is neither Yes nor No"),
        Reason.EMAIL_MISSING: _("no e-mail address"),
        Reason.EMAIL_INVALID: _("e-mail address is not valid"),
        Reason.EMAIL_DUPLICATE: _("e-mail address is shared"),
        Reason.NAME_MISSING: _("a name is empty or has unseen characters"),
        Reason.STATUS_UNKNOWN: _("status is not known"),
        Reason.ACTIVE: _("active"),
        Reason.ON_LEAVE: _("on leave"),
        Reason.GONE: _("no longer in Personio"),
        Reason.FORMULA_LIKE: _("a value that a spreadsheet would run"),
        Reason.ACCOUNT_CONFLICT: _("Alleo has this address for somebody else"),
        Reason.DATE_INVALID: _("the start date cannot be read"),
    }


def reason_label(reason: Reason) -> str:
    """Returns why somebody does or does not sync, in a few words."""
    return _reasons()[reason]


def status_label(status: str) -> str:
    """Returns the label of an employment status; an unknown one unchanged."""
    texts = {
        "active": _("active"),
        "inactive": _("inactive"),
        "onboarding": pgettext("status", "onboarding"),
        "leave": pgettext("status", "leave"),
    }
    return texts.get(status, status)


def type_label(kind: str) -> str:
    """Returns the label of a Personio attribute type; an unknown one unchanged."""
    texts = {
        "standard": pgettext("type", "standard"),
        "integer": pgettext("type", "integer"),
        "decimal": pgettext("type", "decimal"),
        "list": pgettext("type", "list"),
        "date": pgettext("type", "date"),
        "link": pgettext("type", "link"),
        "tags": pgettext("type", "tags"),
        "multiline": pgettext("type", "multiline"),
    }
    return texts.get(kind, kind)


def using_label(using: Using) -> str:
    """Returns the name of a scheduler."""
    return {
        Using.SYSTEMD: "systemd",
        Using.CRON: "cron",
        Using.LAUNCHD: "launchd",
        Using.TASK_SCHEDULER: _("Task Scheduler"),
        Using.KUBERNETES: "Kubernetes",
    }[using]


def way_label(way: Way) -> str:
    """Returns where a scheduled run reads its secrets, to follow "in"."""
    return {
        Way.KEYRING: _("the keyring"),
        Way.SYSTEMD_CREDS: _("encrypted systemd credentials"),
        Way.ENV_FILE: _("an environment file that only you can read"),
        Way.COMMAND: _("the password command of the set-up"),
        Way.KUBERNETES_SECRET: _("a Kubernetes Secret"),
    }[way]


def setting_wanted(key: str, wanted: str) -> str:
    """Returns what a setting must be; `wanted` as in `domain.settings.WrongSettingError`."""
    texts = {
        "bool": _("{key} must be true or false"),
        "number": _("{key} must be a whole number from 1 to {most}"),
        "text": _("{key} must be text in quotes"),
    }
    return texts.get(wanted, _("{key} must be one of: {choices}")).format(key=key, choices=wanted, most=MOST_AT_ONCE)
