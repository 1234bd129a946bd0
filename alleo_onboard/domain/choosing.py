"""The plain questions that lead to a delivery: each delivery may have one, asked in the order of the registry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alleo_onboard.domain.delivery import DeliveryKind, Question


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, the delivery it is about, and its answer: `yes` means that delivery."""

    kind: str
    question: Question
    yes: bool


def asked(kinds: Sequence[DeliveryKind], chosen: str) -> tuple[Asked, ...]:
    """Returns the questions that lead to the delivery `chosen`, with their answers.

    When no question leads to it, all questions are returned, answered with no.
    """
    told: list[Asked] = []
    for kind in kinds:
        question = kind.question()
        if question:
            told.append(Asked(kind.name, question, kind.name == chosen))
            if kind.name == chosen:
                break
    return tuple(told)


def proposed(kinds: Sequence[DeliveryKind], about: str, *, yes: bool) -> str:
    """Returns the delivery proposed after the question about the delivery `about` was answered.

    After yes it is `about`. After no it is the delivery of the next question; after the last question, the first
    delivery without a question; if there is none, `about`.
    """
    if yes:
        return about
    asking = [kind.name for kind in kinds if kind.question()]
    rest = [kind.name for kind in kinds if not kind.question()]
    following = asking[asking.index(about) + 1 :]
    return next(iter([*following, *rest]), about)
