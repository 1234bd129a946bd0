"""Who needs a person after an unattended run: blocked, in conflict or with problems, and who is new among them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from alleo_onboard.domain.eligibility import Decision
from alleo_onboard.domain.plan import Person, Plan

ByCode = Mapping[str, tuple[int, ...]]  # reason or problem code to Personio ids


@dataclass(frozen=True, slots=True)
class Attention:
    """`found` is what a run saw, `new` the part that the run before did not see."""

    found: ByCode = field(default_factory=dict)
    new: ByCode = field(default_factory=dict)

    @property
    def people(self) -> int:
        """Returns the number of people found."""
        return len({number for ids in self.found.values() for number in ids})


def codes_of(person: Person) -> tuple[str, ...]:
    """Returns why somebody is blocked, then their problems; each code once."""
    reasons = person.reasons if person.decision is Decision.BLOCKED else ()
    return tuple(dict.fromkeys(str(code) for code in (*reasons, *person.problems)))


def seen_in(plan: Plan, before: ByCode) -> Attention:
    """Returns what a plan shows, compared with the run before."""
    found: dict[str, list[int]] = {}
    for person in plan.people:
        for code in codes_of(person):
            found.setdefault(code, []).append(person.personio_id)
    known = {code: frozenset(ids) for code, ids in before.items()}
    new = {code: [n for n in ids if n not in known.get(code, ())] for code, ids in found.items()}
    return Attention(_told(found), _told({code: ids for code, ids in new.items() if ids}))


def _told(ids: Mapping[str, list[int]]) -> ByCode:
    return {code: tuple(ids[code]) for code in sorted(ids)}


def by_name(plan: Plan, seen: Attention) -> Iterator[dict[str, Any]]:
    """Yields the rows for the result file, the only place where people are named."""
    for person in plan.people:
        if codes := codes_of(person):
            new = [code for code in codes if person.personio_id in seen.new.get(code, ())]
            yield {"personio_id": person.personio_id, "name": person.name, "codes": list(codes), "new": new}
