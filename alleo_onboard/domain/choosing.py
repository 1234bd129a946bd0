"""Plain questions that choose a way into Alleo: each way brings its own, asked in the order of the list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alleo_onboard.domain.delivery import DeliveryKind, Question


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, the way it is about, and how it stands answered: `yes` takes the way."""

    kind: str
    question: Question
    yes: bool


def asked(kinds: Sequence[DeliveryKind], chosen: str) -> tuple[Asked, ...]:
    """The questions that lead to the way called `chosen`, answered so that they do.

    A way that no question leads to comes after all of them were denied.
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
    """The way that an answer to the question about the way called `about` proposes.

    Denied, it is the way of the next question, or behind the last one the first that needs no question; where there is
    none of either, `about` itself.
    """
    if yes:
        return about
    asking = [kind.name for kind in kinds if kind.question()]
    rest = [kind.name for kind in kinds if not kind.question()]
    following = asking[asking.index(about) + 1 :]
    return next(iter([*following, *rest]), about)
