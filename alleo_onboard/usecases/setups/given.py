"""What of the environment counts while a delivery is typed into a form.

A secret from the environment goes to the address that the environment or the stored set-up names. It is never sent to
an address that somebody types.
"""

from __future__ import annotations

from alleo_onboard.domain.delivery import DeliveryKind, SecretSlot, Setting
from alleo_onboard.domain.profile import DeliveryChoice
from alleo_onboard.usecases.setups.resolve import Setup


def decides(setup: Setup, kind: DeliveryKind, setting: Setting) -> str:
    """Returns the variable that gives a setting of this delivery, or "" when it can be typed."""
    if setup.profile.delivery.kind != kind.name:
        return ""
    won = setup.from_environment
    if not gives_the_address(setup, kind):
        won -= {name for slot in kind.secrets for name in slot.variables}
    return next((name for name in sorted(won) if setting.name in kind.overlays(name)), "")


def gives_the_address(setup: Setup, kind: DeliveryKind) -> bool:
    """Returns whether the environment gives the address of this delivery, so that none can be typed."""
    return kind.asked_for_by(dict.fromkeys(setup.from_environment, "given"))


def gives_the_secret(setup: Setup, kind: DeliveryKind, slot: SecretSlot, choice: DeliveryChoice) -> str:
    """Returns the variable whose secret is used for `choice`, or ""."""
    return _variable(setup, slot) if keeps(setup, kind, slot, choice) else ""


def keeps(setup: Setup, kind: DeliveryKind, slot: SecretSlot, choice: DeliveryChoice) -> bool:
    """Returns whether the set-up has a secret, from wherever, that may be used for `choice`.

    Where the environment gives the address and the secret, what else is typed completes them.
    """
    own = setup.profile.delivery
    if own.kind != kind.name or slot.name not in setup.delivery_secrets:
        return False
    whole = bool(_variable(setup, slot)) and gives_the_address(setup, kind)
    return whole or kind.keeps_secrets(own, choice)


def withheld(setup: Setup, kind: DeliveryKind, choice: DeliveryChoice) -> tuple[str, str] | None:
    """Returns a variable whose secret is not used for `choice`, and the one that would give its address; or None."""
    address = next((s.variable for s in kind.settings if s.variable and kind.asked_for_by({s.variable: "given"})), "")
    for slot in kind.secrets:
        variable = _variable(setup, slot)
        if variable and address and not gives_the_secret(setup, kind, slot, choice):
            return variable, address
    return None


def _variable(setup: Setup, slot: SecretSlot) -> str:
    return next((name for name in slot.variables if name in setup.from_environment), "")
