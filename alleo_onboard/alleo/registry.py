"""The list of deliveries. A new one is a folder in alleo/ and one line here."""

from __future__ import annotations

from importlib import import_module

from alleo_onboard.domain.errors import Usage
from alleo_onboard.domain.profile import DeliveryChoice
from alleo_onboard.domain.settings import WrongSettingError, checked
from alleo_onboard.locale import _
from alleo_onboard.locale.terms import setting_wanted

TYPE_CHECKING = False  # a copy of typing's constant; importing typing would slow down quick commands
if TYPE_CHECKING:
    from alleo_onboard.domain.delivery import DeliveryKind

# Name to the module that holds REGISTERED, in the order in which they are offered.
MODULES = {
    "handover": "alleo_onboard.alleo.handover.kind",
    "scim": "alleo_onboard.alleo.scim.kind",
    "pickup": "alleo_onboard.alleo.pickup.kind",
    "portal": "alleo_onboard.alleo.portal.kind",
}


def kinds() -> tuple[DeliveryKind, ...]:
    """Returns all deliveries in the order in which they are offered."""
    return tuple(kind(name) for name in MODULES)


def kind(name: str) -> DeliveryKind:
    """Returns the delivery with this name. Raises Usage when there is none."""
    if name not in MODULES:
        text = _("There is no delivery called {name}. There are: {names}.")
        raise Usage(text.format(name=name, names=", ".join(MODULES)))
    found: DeliveryKind = import_module(MODULES[name]).REGISTERED
    return found


def kind_of(choice: DeliveryChoice) -> DeliveryKind | None:
    """Returns the delivery of a set-up, or None when it has none yet. Raises Usage for an unknown one."""
    return kind(choice.kind) if choice.kind else None


def prove(choice: DeliveryChoice) -> None:
    """Checks the settings of a choice. Raises Usage for an unknown setting or an invalid value."""
    found = kind_of(choice)
    if found is None:
        return
    settings = {setting.name: setting for setting in found.settings}
    for name, value in choice.values:
        if name not in settings:
            text = _("there is no setting called {key}. The settings are: {keys}")
            raise Usage(text.format(key=f"delivery.{name}", keys=", ".join(f"delivery.{known}" for known in settings)))
        try:
            setting = settings[name]
            choices = setting.choices() if setting.choices and not setting.others else ()
            checked(f"delivery.{name}", value, setting.default, choices)
        except WrongSettingError as error:
            raise Usage(setting_wanted(error.key, error.wanted)) from None
