"""Finds deliveries that contradict each other, and says what a delivery still lacks."""

from __future__ import annotations

from dataclasses import dataclass

from alleo_onboard.alleo.registry import kinds
from alleo_onboard.domain.delivery import DeliveryKind
from alleo_onboard.domain.errors import Usage
from alleo_onboard.locale import _
from alleo_onboard.locale.changed_rules import rival_sentence
from alleo_onboard.usecases.setups.resolve import Setup


@dataclass(frozen=True, slots=True)
class Rival:
    """Another delivery that is configured at the same time as the one in use."""

    used: str  # label of the delivery in use
    variable: str  # environment variable that configures the other one; "" when the saved set-up does
    label: str  # label of the other one
    given: str  # environment variable that configures the one in use; "" when the saved set-up does


def rivals(setup: Setup) -> tuple[Rival, ...]:
    """Returns the deliveries that the environment or the saved set-up configures besides the one in use.

    Empty if the one in use was chosen in the wizard since it was opened.
    """
    given = dict.fromkeys((name for name in setup.from_environment if name.startswith("ALLEO_")), "given")
    if not given or setup.kind is None:
        return ()
    asked = {kind.name: _variable(kind) for kind in kinds() if kind.asked_for_by(given)}
    saved, current = setup.loaded.delivery.kind if setup.loaded else "", setup.kind
    if current.name not in {*asked, saved}:
        return ()
    others = [kind for kind in kinds() if kind.name != current.name]
    return tuple(
        Rival(current.label(), asked.get(kind.name, ""), kind.label(), asked.get(current.name, ""))
        for kind in others
        if kind.name in asked or (kind.name == saved and current.name in asked)
    )


def _variable(kind: DeliveryKind) -> str:
    """Returns the environment variable that configures a delivery; "" for none."""
    named = (one.variable for one in kind.settings if one.variable)
    return next((variable for variable in named if kind.asked_for_by({variable: "given"})), "")


def refuse_rivals(found: tuple[Rival, ...], more: str = "") -> None:
    """Raises Usage when more than one delivery is configured. `more` is added to the error."""
    if found:
        told = [rival_sentence(one.used, one.given, one.label, one.variable) for one in found]
        remedy = _("Nothing was written. Unset what is not meant, or use another set-up (--profile NAME).")
        raise Usage(" ".join([*told, remedy, more]).strip())


def no_delivery(setup: Setup) -> str:
    """Returns the error for a set-up whose delivery is missing or not complete: what to set."""
    if setup.kind is None:
        return _("No address of Alleo is set: give ALLEO_SCIM_URL and its secret, or use the wizard.")
    absent = setup.kind.missing(setup.profile.delivery, tuple(setup.delivery_secrets))
    text = _("The delivery “{way}” is not complete. Missing: {names}. Set it, or use the wizard.")
    if not absent:
        text = _("The delivery “{way}” is not complete. Set it up in the wizard.")
    return text.format(way=setup.kind.label(), names=", ".join(absent))
