"""Which people a reader wants to see."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from alleo_onboard.domain.change import Kind
from alleo_onboard.domain.eligibility import Decision, Reason
from alleo_onboard.domain.plan import Person
from alleo_onboard.presentation.people.fold import fold

Detail = Reason | Kind


class Group(StrEnum):
    """A first choice among the people, in the order it is offered. A person may be in several."""

    ALL = "all"
    SYNC = "sync"
    SKIP = "skip"
    BLOCKED = "blocked"
    CHANGES = "changes"
    PROBLEMS = "problems"


DECISIONS = {Group.SYNC: Decision.SYNC, Group.SKIP: Decision.SKIP, Group.BLOCKED: Decision.BLOCKED}


@dataclass(frozen=True, slots=True)
class Filter:
    """`detail` narrows a group: the deciding reason, or the kind of change. `search` is what was typed."""

    group: Group = Group.ALL
    detail: Detail | None = None
    search: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """What has to be found, each word anywhere in the name or the address."""
        return tuple(fold(self.search).split())


def detail_of(group: Group, person: Person) -> Detail | None:
    """What the people of a group differ by: the reason that decided, or the kind of change."""
    if group is Group.CHANGES:
        return person.change.kind if person.change else None
    return person.reasons[0] if person.reasons else None
