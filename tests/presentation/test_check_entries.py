"""The list of the check: errors first, several findings of one kind in one entry."""

from alleo_onboard.domain.attributes import Attribute
from alleo_onboard.domain.employee import Employee
from alleo_onboard.domain.finding import Code, Severity
from alleo_onboard.domain.readiness import conclude, examine
from alleo_onboard.presentation.check import entries, headline, note

CORE = [Attribute(key, key) for key in ("email", "first_name", "last_name", "status", "hire_date", "termination_date")]
BIRTHDAY = Attribute("dynamic_9", "Birthday", "date", "date_of_birth")
PEOPLE = tuple(Employee(n, email=f"p{n}@example.org", alleo="Yes" if n else "") for n in range(4))


def checked(*attributes, scopes=("employees:read",)):
    source = examine((*CORE, *attributes), scopes, None)
    return conclude(source, PEOPLE, frozenset({0, 1, 2}), complete=True)


def test_what_is_missing_comes_first_with_the_way_to_mend_it():
    readiness = checked(BIRTHDAY, Attribute("dynamic_1", "IBAN"))
    found = entries(readiness)
    *shown, last = [e.severity for e in found]
    assert shown == sorted(shown, key=[*Severity, None].index)
    assert last is Severity.INFO  # missing budget fields are a choice, not a problem
    assert found[0].key == "department"
    assert found[0].cells[2:] == ("NO", "-")
    assert any("tick Department" in line for line in found[0].remedy)
    assert headline(readiness) == "Alleo can work with 7 of the 8 attributes it needs. 1 is not readable."
    assert note(readiness, asking=False) == "1 thing to mend"


def test_attributes_that_are_too_many_are_one_entry_that_names_them():
    readiness = checked(
        BIRTHDAY, Attribute("department", "Department"), Attribute("dynamic_1", "IBAN"), Attribute("x", "Shoe size")
    )
    (entry,) = [e for e in entries(readiness) if e.key == Code.EXCESS_ATTRIBUTE]
    assert entry.title == "2 attributes more than Alleo needs, 1 of them sensitive"
    assert entry.told == ("Sensitive: IBAN.", "Not needed: Shoe size.")
    assert readiness.ready


def test_several_rights_to_write_are_one_entry():
    readiness = checked(BIRTHDAY, scopes=("employees:write", "absences:write"))
    (entry,) = [e for e in entries(readiness) if e.key == Code.WRITE_ACCESS]
    assert entry.title == "The credential may write: absences:write, employees:write"


def test_the_alleo_field_tells_what_people_have_in_it():
    readiness = checked(BIRTHDAY, Attribute("dynamic_3", "Alleo", "list", None, ("Yes", "No")))
    (row,) = [e for e in entries(readiness) if e.key == "alleo"]
    assert row.cells == ("Alleo field", "who takes part", "Yes / No", "3 Yes, 1 empty")
    assert readiness.everyone == 0


def test_without_an_alleo_field_it_is_told_how_many_everyone_is():
    readiness = checked(BIRTHDAY)
    assert readiness.everyone == 3
    assert note(checked(BIRTHDAY, Attribute("department", "D")), asking=True) == "everyone meant?"
