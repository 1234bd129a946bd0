"""The order of address changes when no two accounts may have the same address."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from alleo_onboard.domain.change import Change, Field, Kind
from alleo_onboard.domain.sequence import parked, units

PEOPLE = 7


@st.composite
def moves(draw):
    """Draws changes of seven people: to somebody's address, a new address, or another name."""
    wanted = draw(st.permutations(range(PEOPLE + 3)))[:PEOPLE]
    changes = []
    for number in draw(st.permutations(range(PEOPLE))):
        fields = (Field("email", f"P{number}@a.example", f"p{wanted[number]}@a.example"),)
        if wanted[number] == number or (draw(st.booleans()) and wanted[number] >= PEOPLE):
            fields = (Field("last_name", "a", "b"),)
        changes.append(Change(Kind.UPDATE, number, f"acc-{number}", f"P {number}", fields))
    return changes


@given(moves())
def test_nobody_ever_gets_an_address_that_another_has(changes):
    staying = {f"p{n}@a.example" for n in range(PEOPLE)} - {str(c.old.get("email", "")).casefold() for c in changes}
    holders = {c.personio_id: str(c.old.get("email", "")).casefold() for c in changes if "email" in c.new}
    blocked = {c.personio_id for c in changes if c.new.get("email") in staying}
    made = units(c for c in changes if c.personio_id not in blocked)
    assert sorted(c.personio_id for u in made for c in u.changes) == sorted(
        c.personio_id for c in changes if c.personio_id not in blocked
    )
    for unit in made:
        steps = [(c, c.new["email"]) for c in unit.changes if "email" in c.new]
        if unit.ring:
            first = unit.changes[0]
            steps = [(first, parked(first)), *steps[1:], (first, first.new["email"])]
        for change, address in steps:
            others = {a for n, a in holders.items() if n != change.personio_id and n not in blocked}
            assert address not in others
            holders[change.personio_id] = str(address)
