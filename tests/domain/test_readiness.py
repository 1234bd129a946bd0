"""The findings of the check: product.md, "What is checked"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from alleo_onboard.domain.alleo_field import Selection
from alleo_onboard.domain.attributes import Attribute, match
from alleo_onboard.domain.employee import Employee
from alleo_onboard.domain.finding import Code, Severity, standing
from alleo_onboard.domain.readiness import conclude, examine

EIGHT = (
    *(Attribute(name, name.title(), "standard", name, ()) for name in ("email", "first_name", "last_name", "status")),
    Attribute("hire_date", "Hire date", "date", "hire_date", ()),
    Attribute("termination_date", "Termination date", "date", "termination_date", ()),
    Attribute("department", "Department", "standard", "department", ()),
    Attribute("dynamic_7", "Birthday", "date", "date_of_birth", ()),
)
ALLEO = Attribute("dynamic_42", "Alleo", "list", None, ("Yes", "No"))


def codes(*attributes: Attribute, scopes: tuple[str, ...] = ("employees:read",), pinned: str | None = None):
    return [(f.code.value, f.severity.value, f.subject) for f in examine(attributes, scopes, pinned).findings]


def test_all_is_well():
    assert codes(*EIGHT, ALLEO) == []


@pytest.mark.parametrize("missing", range(8))
def test_each_required_attribute_is_missed(missing):
    rest = [a for n, a in enumerate(EIGHT) if n != missing]
    found = codes(*rest, ALLEO)
    name = "birthday" if missing == 7 else EIGHT[missing].key
    assert found == [("attribute_missing", "error", name)]


def test_labels_in_another_language_do_not_matter_but_keys_do():
    german = [replace(a, label="Vorname") if a.key == "first_name" else a for a in EIGHT]
    assert codes(*german, ALLEO) == []
    assert ("attribute_missing", "error", "email") in codes(
        *EIGHT[1:], Attribute("dynamic_9", "Email", "standard", None)
    )


@pytest.mark.parametrize("label", ["Birthday", "Geburtstag", " verjaardag ", "Geboortedatum"])
@pytest.mark.parametrize("kind", [None, "date"])
def test_an_old_tenants_birthday_is_found_by_its_label(label, kind):
    old = Attribute("dynamic_8", label, kind, None)
    assert match([old])["birthday"].by_label
    assert codes(*EIGHT[:7], old, ALLEO) == [("attribute_by_label", "warning", "birthday")]


def test_a_text_field_called_birthday_is_not_the_birthday():
    assert "birthday" not in match([Attribute("dynamic_8", "Birthday", "standard", None)])


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        (replace(ALLEO, label=" ALLEO "), []),
        (replace(ALLEO, options=None, type=None), []),
        (replace(ALLEO, type="standard"), [("alleo_field_type", "error", "Alleo")]),
        (replace(ALLEO, type="tags"), [("alleo_field_type", "error", "Alleo")]),
        (replace(ALLEO, options=()), [("alleo_field_options", "error", "Alleo")]),
        (replace(ALLEO, options=("Yes",)), [("alleo_field_options", "error", "Alleo")]),
        (replace(ALLEO, options=("Yes", "No", "Maybe")), [("alleo_field_options", "error", "Alleo")]),
        (replace(ALLEO, options=("Yes", "Nee")), [("alleo_field_options", "error", "Alleo")]),
        (replace(ALLEO, options=("No", "Yes")), [("alleo_field_localised", "warning", "Alleo")]),
        (replace(ALLEO, options=("Ja", "Nee")), [("alleo_field_localised", "warning", "Alleo")]),
        (replace(ALLEO, options=("TRUE", "FALSE")), [("alleo_field_localised", "warning", "Alleo")]),
        (replace(ALLEO, options=("yes", "no")), [("alleo_field_localised", "warning", "Alleo")]),
    ],
)
def test_the_alleo_field(field, expected):
    assert codes(*EIGHT, field) == expected


@pytest.mark.parametrize("label", ["alleo_access", "yourcampus_access", "Aleo", "Allleo", "Alleo access", "Aleo "])
def test_near_names_of_the_alleo_field(label):
    near = replace(ALLEO, label=label)
    assert codes(*EIGHT, near) == [
        ("alleo_field_absent", "info", "Alleo"),
        ("alleo_field_near", "warning", label.strip()),
    ]


@pytest.mark.parametrize("label", ["Allergies", "Leo", "Level", "Ally", "Area", "Alleinerziehend"])
def test_other_words_are_not_near(label):
    found = codes(*EIGHT, ALLEO, replace(ALLEO, key="dynamic_43", label=label))
    assert "alleo_field_near" not in [code for code, _s, _n in found]


def test_two_alleo_fields():
    assert codes(*EIGHT, ALLEO, replace(ALLEO, key="dynamic_43")) == [("alleo_field_duplicate", "error", "Alleo")]


OTHER = replace(ALLEO, key="dynamic_99")


@pytest.mark.parametrize(
    ("fields", "details"),
    [
        ((), {"key": "dynamic_42"}),
        ((OTHER,), {"key": "dynamic_42", "others": "dynamic_99"}),
        (
            (replace(ALLEO, label="Alleo benefits"), OTHER),
            {"key": "dynamic_42", "label": "Alleo benefits", "others": "dynamic_99"},
        ),
        ((replace(ALLEO, label="Benefits", type="standard"), OTHER, replace(OTHER, key="dynamic_98")), None),
    ],
)
def test_a_pinned_field_that_is_gone_or_has_a_double_is_never_everyone_nor_the_double(fields, details):
    source = examine([*EIGHT, *fields], (), "dynamic_42")
    assert [f.code for f in source.findings] == [Code.SELECTIVE_FIELD_LOST]
    assert details is None or dict(source.findings[0].details) == details
    assert (source.alleo.selection, source.alleo.attribute) == (Selection.LOST, None)


@pytest.mark.parametrize("label", ["Alleo benefits", "Alleo access", "", "Sport"])
def test_a_pinned_field_under_another_name_is_still_the_field_and_told_as_such(label):
    renamed = replace(ALLEO, label=label)
    source = examine([*EIGHT, renamed], (), "dynamic_42")
    (found,) = source.findings
    assert (found.code, found.subject) == (Code.ALLEO_FIELD_NEAR, label or "dynamic_42")
    assert found.detail("pinned") == "yes"
    assert (source.alleo.selection, source.alleo.attribute) == (Selection.FIELD, renamed)


def test_a_pinned_field_of_another_shape_is_an_error_under_any_name():
    found = codes(*EIGHT, replace(ALLEO, label="Sport", type="standard"), pinned="dynamic_42")
    assert ("alleo_field_type", "error", "Alleo") in found


@pytest.mark.parametrize("label", ["Alleo\u200b", "\ufeffAlleo ", "\u00a0ALLEO"])
def test_what_nobody_sees_at_the_ends_of_a_label_does_not_count(label):
    assert codes(*EIGHT, replace(ALLEO, label=label)) == []


def test_what_nobody_sees_inside_a_label_is_made_visible():
    found = codes(*EIGHT, replace(ALLEO, label="Al\u200bleo"))
    assert ("alleo_field_near", "warning", "Al[U+200B]leo") in found


def test_without_a_field_that_is_information_and_everyone_syncs():
    source = examine(EIGHT, (), None)
    assert [f.severity for f in source.findings] == [Severity.INFO]
    assert source.alleo.selection is Selection.EVERYONE


def test_more_than_needed_is_a_warning_and_sensitive_ones_come_first():
    extra = [
        Attribute("position", "Position", "standard", "position"),
        Attribute("fix_salary", "Fix salary", "decimal", "fix_salary"),
        Attribute("dynamic_5", "Bankverbindung", "standard", None),
        Attribute("id", "ID", "integer", "id"),
    ]
    source = examine([*EIGHT, ALLEO, *extra], ("employees:read",), None)
    assert [(f.subject, f.detail("sensitive")) for f in source.findings] == [
        ("Bankverbindung", "yes"),
        ("Fix salary", "yes"),
        ("Position", "no"),
    ]
    assert {f.code for f in source.findings} == {Code.EXCESS_ATTRIBUTE}


def test_write_rights_are_a_warning():
    found = codes(*EIGHT, ALLEO, scopes=("employees:read", "employees:write", "absences:read"))
    assert found == [("write_access", "warning", "employees:write")]


def test_filled_counts_those_who_would_sync_and_sparse_attributes_are_told():
    people = [
        Employee(n, f"p{n}@x.example", "A", "B", "active", birthday=None, department="IT", alleo="Yes")
        for n in range(4)
    ]
    people.append(Employee(9, "", "", "", "inactive"))
    readiness = conclude(examine([*EIGHT, ALLEO], (), None), people, frozenset(range(4)), complete=True)
    rows = {row.name: (row.filled, row.of) for row in readiness.rows}
    assert rows["email"] == (4, 4)
    assert rows["birthday"] == (0, 4)
    assert rows["alleo"] == (4, 4)
    sparse = [f.subject for f in readiness.findings if f.code is Code.ATTRIBUTE_SPARSE]
    assert sparse == ["hire_date", "birthday"]  # termination dates are usually empty
    assert readiness.alleo_values == {"Yes": 4, "": 1}
    assert readiness.ready


def test_missing_attributes_can_be_allowed_but_not_the_core_four():
    source = examine(EIGHT[1:7], (), None)
    allowed = frozenset({"birthday", "email"})
    assert [f.subject for f in standing(source.findings, allowed)] == ["email"]
    assert conclude(source, [Employee(1, hire_date=date(2020, 1, 1))], frozenset(), complete=True).ready is False


MONTHLY = Attribute("dynamic_50", "alleo_monthly_all_budget", "decimal", None, ())
PAID = {"alleo_monthly_all_budget": "dynamic_50"}


@pytest.mark.parametrize(
    ("now", "details"),
    [
        ((), {"key": "dynamic_50"}),
        (
            (replace(MONTHLY, label="alleo_monthly_health_budget"),),
            {"key": "dynamic_50", "label": "alleo_monthly_health_budget", "type": "decimal"},
        ),
        ((replace(MONTHLY, label="Lunch"),), {"key": "dynamic_50", "label": "Lunch", "type": "decimal"}),
        (
            (replace(MONTHLY, type="standard"),),
            {"key": "dynamic_50", "label": "alleo_monthly_all_budget", "type": "standard"},
        ),
        ((replace(MONTHLY, key="dynamic_51"),), {"key": "dynamic_50"}),
    ],
)
def test_a_budget_field_that_paid_and_is_gone_renamed_or_retyped_is_told(now, details):
    source = examine([*EIGHT, ALLEO, *now], (), None, PAID)
    (found,) = [f for f in source.findings if f.code is Code.BUDGET_FIELD_LOST]
    assert (found.subject, dict(found.details)) == ("alleo_monthly_all_budget", details)
    assert found.severity is Severity.WARNING
    assert Code.EXCESS_ATTRIBUTE not in {f.code for f in source.findings}
    assert source.lost_budgets == PAID


def test_a_budget_field_that_is_still_there_is_not_lost():
    assert examine([*EIGHT, ALLEO, MONTHLY], (), None, PAID).findings == ()


def test_a_credential_that_sees_nobody_is_not_ready():
    readiness = conclude(examine([*EIGHT, ALLEO], (), None), [], frozenset(), complete=True, stated=0)
    assert [(f.code, f.detail("nobody")) for f in readiness.findings] == [(Code.EMPLOYEES_NOT_READABLE, "yes")]
    assert not readiness.ready


def test_values_that_are_not_used_are_told_by_field_with_the_number_of_people():
    full = Employee(0, "a@x.example", "A", "B", "active", date(2020, 1, 1), birthday=date(1990, 1, 1), department="IT")
    two = (("alleo_monthly_all_budget", 1), ("alleo_monthly_health_budget", 2))
    people = [
        replace(full, id=1, budgets=(("alleo_monthly_all_budget", "1.200"),)),
        replace(full, id=2, budgets=(("alleo_monthly_all_budget", "-0"), ("alleo_oneoff_all_budget", 5))),
        replace(full, id=3, budgets=two),
        replace(full, id=4, misdated=("termination_date",)),
        replace(full, id=5, misdated=("termination_date",)),
        replace(full, id=6, termination_date=date(2019, 1, 1)),
        replace(full, id=7, status="inactive", misdated=("termination_date", "hire_date"), budgets=two),
    ]
    readiness = conclude(examine([*EIGHT, ALLEO], (), None), people, frozenset(range(1, 7)), complete=True)
    assert [(f.code.value, f.subject, f.detail("people")) for f in readiness.findings] == [
        ("date_invalid", "termination_date", "3"),
        ("budget_invalid", "alleo_monthly_all_budget", "2"),
        ("budget_monthly_twice", "alleo_monthly_all_budget", "1"),
        ("budget_monthly_twice", "alleo_monthly_health_budget", "1"),
    ]
    assert readiness.ready
