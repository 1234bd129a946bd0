"""Step 4: the delivery. Each delivery describes itself and its settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from alleo_onboard.domain.choosing import proposed
from alleo_onboard.domain.delivery import DeliveryKind, DeliveryReport, Question
from alleo_onboard.domain.errors import HostKeyChanged, HostKeyUnknown
from alleo_onboard.domain.secret import Secret
from alleo_onboard.locale import _
from alleo_onboard.plain.conversation import Conversation
from alleo_onboard.plain.pages import form
from alleo_onboard.plain.talk import Option
from alleo_onboard.plain.words import Back
from alleo_onboard.presentation.delivery import tested, two_ways
from alleo_onboard.presentation.pages.delivery import (
    are_these_the_keys,
    asking_alleo,
    how_do_people_get_into,
    option_label,
    so_far,
    that_is,
    way_and_about,
    what_a_delivery_is,
)
from alleo_onboard.presentation.steps import step_label
from alleo_onboard.usecases.preview.preview import sendable
from alleo_onboard.usecases.setups.fed import beside, fed
from alleo_onboard.usecases.sitting.delivery import only_for_now, save, try_delivery
from alleo_onboard.wizard.steps import Step

_YES, _NO = "yes", "no"


def delivery(sitting: Conversation) -> None:
    """Shows the page until a person leaves it."""
    setup, talk = sitting.setup, sitting.talk
    own = setup.kind
    talk.page(sitting.heading(Step.DELIVERY), lambda: (what_a_delivery_is(), *(own.help() if own else ())))
    ways = sitting.attempt(lambda: fed(setup)) or ()  # before anything is changed here
    talk.say(how_do_people_get_into())
    options = []
    if own:
        talk.say(so_far(own))
        talk.tell(two_ways(beside(ways, own)))
        if not own.missing(setup.profile.delivery, setup.delivery_secrets.keys()):
            options.append(("test", option_label("test"), "t"))
        options.append(("form", option_label("form"), ""))
    if sitting.report:
        _told(sitting, sitting.report)
    options.append(("asked", option_label("asked"), ""))
    options.append(("list", option_label("list"), ""))
    chosen = sitting.menu(options)
    try:
        if chosen == "test" and own:
            _test(sitting, own, form.stored(setup, own), {})
        elif chosen == "form" and own:
            _filled(sitting, own)
        elif chosen in ("asked", "list") and (kind := _kind(sitting, chosen)):
            talk.tell(two_ways(beside(ways, kind)))
            talk.say(*kind.help())
            _filled(sitting, kind)
    except Back:
        return


def _kind(sitting: Conversation, how: str) -> DeliveryKind | None:
    """Returns the delivery that was chosen from the list, or that the answers lead to. Raises Back."""
    kinds = {kind.name: kind for kind in sitting.setups.kinds()}
    if how == "asked":
        name = _proposed(sitting, tuple(kinds.values()))
        sitting.talk.say(that_is(kinds[name]))
        return kinds[name]
    options = [Option(name, way_and_about(kind)) for name, kind in kinds.items()]
    return kinds.get(sitting.talk.choose(options, before=step_label(Step.DELIVERY)))


def _proposed(sitting: Conversation, kinds: Sequence[DeliveryKind]) -> str:
    """Asks the plain questions. Returns the name of the delivery that the answers lead to. Raises Back."""
    about = next(kind for kind in kinds if kind.question())
    while question := about.question():
        yes = _answered(sitting, question)
        name = proposed(kinds, about.name, yes=yes)
        if yes or name == about.name:
            return name
        about = next(kind for kind in kinds if kind.name == name)
    return about.name


def _answered(sitting: Conversation, question: Question) -> bool:
    """Asks one plain question. Raises Back."""
    if (question.yes, question.no) == (_("yes"), _("no")):
        return sitting.talk.yes(question.text)
    sitting.talk.say(question.text)
    options = [Option(_YES, f"{question.yes}."), Option(_NO, f"{question.no}.")]
    while not (chosen := sitting.talk.choose(options, before=step_label(Step.DELIVERY))):
        pass
    return chosen == _YES


def _filled(sitting: Conversation, kind: DeliveryKind) -> None:
    """Asks for all settings of the delivery, then tests it. Raises Back."""
    typed = form.settings(sitting, kind)
    _test(sitting, kind, typed, form.secrets(sitting, kind, typed))


def _test(
    sitting: Conversation,
    kind: DeliveryKind,
    typed: Mapping[str, str],
    secrets: Mapping[str, Secret],
    *,
    again: bool = True,
) -> None:
    unknown: list[HostKeyUnknown] = []

    def job() -> DeliveryReport:
        try:
            return sitting.work(try_delivery(sitting, kind.name, typed, secrets))
        except HostKeyUnknown as error:
            unknown.append(error)
            raise

    if sitting.attempt(job, asking_alleo()):
        sitting.attempt(lambda: sitting.work(save(sitting)))
    elif unknown and again and not isinstance(unknown[0], HostKeyChanged):
        sitting.talk.say(*unknown[0].keys)
        if sitting.talk.yes(are_these_the_keys()):
            _test(sitting, kind, {**typed, "host_keys": ", ".join(unknown[0].keys)}, secrets, again=False)


def _told(sitting: Conversation, report: DeliveryReport) -> None:
    held = sendable(sitting.session.snapshot)
    sitting.talk.tell(tested(report, held, sitting=only_for_now(sitting.setup)))
