"""The filter of the table of people."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from alleo_onboard.domain.change import Kind
from alleo_onboard.domain.eligibility import Decision, Reason
from alleo_onboard.domain.plan import Person
from alleo_onboard.presentation.people.fold import fold

Detail = Reason | Kind


class Group(StrEnum):
    """The groups to choose from, in this order. A person may be in several."""

    ALL = "all"
    SYNC = "sync"
    SKIP = "skip"
    BLOCKED = "blocked"
    CHANGES = "changes"
    PROBLEMS = "problems"


DECISIONS = {Group.SYNC: Decision.SYNC, Group.SKIP: Decision.SKIP, Group.BLOCKED: Decision.BLOCKED}


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter. `detail` narrows the group to one deciding reason or kind of change. `search` is the typed text."""

    group: Group = Group.ALL
    detail: Detail | None = None
    search: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """Returns the words to find; each may be anywhere in name or address."""
        return tuple(fold(self.search).split())


def detail_of(group: Group, person: Person) -> Detail | None:
    """Returns what distinguishes people within a group: the deciding reason, or the kind of change."""
    if group is Group.CHANGES:
        return person.change.kind if person.change else None
    return person.reasons[0] if person.reasons else None
