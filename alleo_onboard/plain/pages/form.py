"""Asks for the settings of a delivery, one after another."""

from __future__ import annotations

from collections.abc import Mapping

from alleo_onboard.domain.delivery import DeliveryKind, Setting
from alleo_onboard.domain.profile import DeliveryChoice
from alleo_onboard.domain.secret import Secret
from alleo_onboard.plain.conversation import Conversation
from alleo_onboard.plain.talk import Option
from alleo_onboard.presentation.form import (
    field_asked,
    from_variable,
    one_of_these,
    secret_asked,
    secret_withheld,
    value_said,
)
from alleo_onboard.presentation.hidden import hidden_value
from alleo_onboard.presentation.steps import step_label
from alleo_onboard.usecases.setups.given import decides, gives_the_secret, keeps, withheld
from alleo_onboard.usecases.setups.resolve import Setup
from alleo_onboard.wizard.steps import Step

_CLEARED = "-"


def settings(sitting: Conversation, kind: DeliveryKind) -> dict[str, str]:
    """Returns the answers by setting name. Settings that do not apply keep their value. Raises Back."""
    typed = stored(sitting.setup, kind)
    for setting in kind.settings:
        if setting.label and _applies(setting, typed):
            typed[setting.name] = _asked(sitting, kind, setting, typed)
    return typed


def stored(setup: Setup, kind: DeliveryKind) -> dict[str, str]:
    """Returns every setting that has a field, with its stored value."""
    own = setup.profile.delivery
    return {
        s.name: str(own.get(s.name, s.default) if own.kind == kind.name else s.default)
        for s in kind.settings
        if s.label
    }


def _applies(setting: Setting, typed: Mapping[str, str]) -> bool:
    if not setting.only_if:
        return True
    name, values = setting.only_if
    return typed.get(name, "") in values


def _asked(sitting: Conversation, kind: DeliveryKind, setting: Setting, typed: Mapping[str, str]) -> str:
    label = setting.label(DeliveryChoice(kind.name).having(**typed)) if setting.label else setting.name
    value = typed[setting.name]
    if variable := decides(sitting.setup, kind, setting):
        sitting.talk.say(value_said(label, from_variable(variable, demo=sitting.setups.forgetful)))
        return value
    if setting.choices:
        return _chosen(sitting, label, setting.offered(value), value)
    hint = setting.placeholder() if setting.placeholder else ""
    answer = sitting.talk.text(field_asked(label, hint=hint, value=value), value, may_be_empty=True)
    return "" if answer == _CLEARED else answer


def _chosen(sitting: Conversation, label: str, choices: Mapping[str, str], value: str) -> str:
    sitting.talk.say(one_of_these(label))
    options = [Option(name, f"{text}.") for name, text in choices.items()]
    while not (chosen := sitting.talk.choose(options, default=value, before=step_label(Step.DELIVERY))):
        pass
    return chosen


def secrets(sitting: Conversation, kind: DeliveryKind, typed: Mapping[str, str]) -> dict[str, Secret]:
    """Returns typed secrets by slot. Raises Back."""
    setup, choice, found = sitting.setup, DeliveryChoice(kind.name).having(**typed), dict[str, Secret]()
    if unused := withheld(setup, kind, choice):
        sitting.talk.attend(secret_withheld(*unused))
    for slot in kind.secrets:
        if slot.belongs_to and not typed.get(slot.belongs_to):
            continue
        if variable := gives_the_secret(setup, kind, slot, choice):
            told = from_variable(variable, demo=sitting.setups.forgetful)
            sitting.talk.say(value_said(slot.label(choice), told))
            continue
        kept = keeps(setup, kind, slot, choice)
        question = secret_asked(slot.label(choice), kept=kept, optional=slot.optional)
        answer = sitting.talk.hidden(question, may_be_empty=kept or slot.optional)
        if answer:
            sitting.talk.say(value_said(slot.label(choice), hidden_value(answer)))
            found[slot.name] = Secret(answer)
    return found
