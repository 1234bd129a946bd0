"""Steps to take in Personio: the credential in the new menu and the old one, the Alleo field, budget fields.

Sources: Personio help centre 4404623630993 (new menu) and 208861829 (custom attributes), Alleo help centre 13555 (old
menu, the eight attributes, the Alleo field) and 88287 (budget fields).
"""

from __future__ import annotations

from alleo_onboard.locale import _
from alleo_onboard.presentation.menus import path

_NEW = ("Marketplace", "Connected integrations")
_OLD = ("Settings", "Integrations", "API credentials")
_READABLE = "Readable employee attributes"


def recipe_new() -> tuple[str, ...]:
    """Returns the steps to make a credential in the new menu."""
    return (
        _("In Personio open {path}.").format(path=path(*_NEW)),
        _("Choose {button} and name it, for example Alleo API Key.").format(button=path("Create custom integration")),
        _("Access rights: tick {read} for {employees}, nothing else.").format(
            read=path("Read"), employees=path("Employees")
        ),
        _("{list}: tick the eight below, the Alleo field and the budget fields if you have them.").format(
            list=path(_READABLE)
        ),
        _("Create. Personio shows the client secret only once: paste it here straight away."),
    )


def recipe_old() -> tuple[str, ...]:
    """Returns the steps to make a credential in the old menu."""
    return (
        _("In Personio open {path}.").format(path=path(*_OLD)),
        _("Choose {button}, name it, for example Alleo API Key, and set Integration to {other}.").format(
            button=path("Generate new credential"), other=path("Other")
        ),
        _("Tick {read} for {employees}, nothing else.").format(
            read=path("Read"), employees=path("Employees personal data")
        ),
        _("{list}: tick the eight below, the Alleo field and the budget fields if you have them.").format(
            list=path(_READABLE)
        ),
        _("Generate, then paste the client id and the client secret here."),
    )


def recipe_alleo_field() -> tuple[str, ...]:
    """Returns the steps to make the Alleo field, and to make it readable."""
    return (
        _("In Personio open {path}, best on the tab {tab}.").format(
            path=path("Settings", "Integrations", "Employee information"), tab=path("HR information")
        ),
        _("Where the menu has no such page: {path}.").format(path=path("Settings", "People", "Employee information")),
        _("Add an attribute. {name}: Alleo. Type: {type}.").format(
            name=path("Name of your attribute"), type=path("List of options")
        ),
        _("Options: Yes and No, in this order. Standard answer: No, so that nobody takes part unasked."),
        _("Choose Yes in the profile of everybody who gets Alleo."),
        make_readable("Alleo"),
    )


def recipe_budgets() -> tuple[str, ...]:
    """Returns the steps to make budget fields, and to make them readable."""
    return (
        _("In Personio open {path}, best on the tab {tab}.").format(
            path=path("Settings", "Integrations", "Employee information"), tab=path("HR information")
        ),
        _(
            "Add an attribute of a number type with exactly one of these names: alleo_monthly_all_budget, "
            "alleo_oneoff_all_budget, alleo_monthly_health_budget, alleo_oneoff_health_budget."
        ),
        _("Fill in the amount in euros in the profiles. One monthly budget per person at most."),
        make_readable(_("the budget fields")),
    )


def numbered(steps: tuple[str, ...]) -> tuple[str, ...]:
    """Returns the steps with numbers, and "check again" as the last one."""
    every = (*steps, _("Then check again."))
    return tuple(f"{number}. {step}" for number, step in enumerate(every, start=1))


def make_readable(what: str) -> str:
    """Returns the step that makes a field readable for the credential."""
    text = _("Open {path}, choose the Alleo credential, and tick {what} under {list}.")
    return text.format(path=path(*_NEW), what=what, list=path(_READABLE))


def to_readable(what: str) -> tuple[str, ...]:
    """Returns the click path that makes `what` readable."""
    text = _("In Personio: {path} > the Alleo credential > {list} > tick {what}.")
    return text.format(path=path(*_NEW), list=path(_READABLE), what=what), _older(_READABLE)


def to_unreadable(what: str) -> tuple[str, ...]:
    """Returns the click path that makes `what` unreadable."""
    text = _("In Personio: {path} > the Alleo credential > {list} > untick {what}.")
    return text.format(path=path(*_NEW), list=path(_READABLE), what=what), _older(_READABLE)


def to_rights(what: str) -> tuple[str, ...]:
    """Returns the click path to a right of the credential."""
    text = _("In Personio: {path} > the Alleo credential > Access rights > {what}.")
    return text.format(path=path(*_NEW), what=what), _older()


def _older(page: str = "") -> str:
    if page:
        text = _("Older menu: {path} > the Alleo credential > {list}.")
        return text.format(path=path(*_OLD), list=path(page))
    return _("Older menu: {path} > the Alleo credential.").format(path=path(*_OLD))


def to_field(what: str) -> tuple[str, ...]:
    """Returns the click path to custom attributes (Personio help centre 208861829)."""
    text = _("In Personio: {path} > {what}.")
    return (text.format(path=path("Settings", "People", "Employee information"), what=what),)


def recipe_title() -> str:
    return _("In Personio: make the credential")


def other_menu(*, old: bool) -> str:
    """Returns the line that leads to the other menu; `old` while the older one is shown."""
    return _("▾ This is the older menu. Show the new one") if old else _("▸ Your Personio has an older menu")
