"""Values of any JSON type, and in the forms that real tenants send."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from misbehaving import Server, Tenant, client, wrapped

from alleo_onboard.domain.budget import amount
from alleo_onboard.domain.employee import Employee
from alleo_onboard.domain.text import unseen
from alleo_onboard.net.json_text import Unreadable
from alleo_onboard.personio.shape import Shape
from alleo_onboard.personio.values import without_endless

PAYLOADS = Path(__file__).parents[3] / "shared" / "personio" / "payloads"
KEYS = {
    **{n: n for n in ("email", "first_name", "last_name", "status", "hire_date", "termination_date", "department")},
    "birthday": "dynamic_1",
    "alleo": "dynamic_2",
    "alleo_monthly_all_budget": "dynamic_3",
    "alleo_oneoff_all_budget": "dynamic_4",
}


def one(**values) -> Employee:
    return raw(wrapped(**({"id": 1} | values)))


def raw(attributes) -> Employee:
    body = {"success": True, "metadata": {"total_elements": 1}, "data": [{"attributes": attributes}]}
    return Shape(KEYS).page(json.dumps(body).encode()).employees[0]


def test_text_is_trimmed_and_unset_is_empty():
    person = one(email=" a@b.nl\n", first_name=None, last_name="", status="active ", dynamic_2=" Yes ")
    assert (person.email, person.first_name, person.last_name, person.status) == ("a@b.nl", "", "", "active")
    assert person.alleo == "Yes"


@pytest.mark.parametrize(
    "value",
    [
        {"type": "Department", "attributes": {"id": 4090747, "name": "IT"}},
        {"type": "Department", "attributes": {"id": {"value": 1}, "name": {"label": "Name", "value": " IT"}}},
        {"name": "IT"},
        {"value": "IT"},
        "IT",
    ],
)
def test_a_department_in_any_of_its_shapes(value):
    assert one(department=value).department == "IT"


@pytest.mark.parametrize("value", [None, "", [], {}, {"type": "Department", "attributes": []}])
def test_no_department(value):
    assert one(department=value).department == ""


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("2020-02-01T00:00:00+00:00", date(2020, 2, 1)),
        ("1835-02-01T00:00:00+00:53", date(1835, 2, 1)),  # local mean time
        ("2024-12-31T23:00:00-11:00", date(2024, 12, 31)),
        ("0001-01-01", date(1, 1, 1)),
        ("0000-00-00", None),
        ("0000-00-00T00:00:00+00:00", None),
        ("2020-02-01\u200b", date(2020, 2, 1)),
        (False, None),
        (" 1989-02-06 ", date(1989, 2, 6)),
        (None, None),
        ("", None),
        ([], None),
    ],
)
def test_dates_are_taken_as_written(value, found):
    person = one(hire_date=value, dynamic_1=value)
    assert (person.hire_date, person.birthday, person.misdated) == (found, found, ())


@pytest.mark.parametrize(
    "value", ["01.02.2020", "2020-13-01", "0000-13-00", "0000-01-01", "2020-W01-1", 20200201, True, {"a": 1}]
)
def test_what_is_no_date_is_named(value):
    person = one(hire_date=value, dynamic_1=value, termination_date=None)
    assert (person.hire_date, person.birthday) == (None, None)
    assert person.misdated == ("hire_date", "birthday")


@pytest.mark.parametrize(
    ("literal", "found"),
    [
        ("100", 100),
        ("100.10", Decimal("100.10")),
        ("0.1", Decimal("0.1")),
        ("1e2", Decimal(100)),
        ('" 50 "', "50"),
        ('"1.234,50"', "1.234,50"),
        ("0", 0),
        ("true", True),
        ('"\\u200b50\\u200b"', "50"),
        ("[5]", "5"),
    ],
)
def test_budgets_are_exact_and_unjudged(literal, found):
    for attribute in (f'{{"value": {literal}}}', literal):
        content = f'{{"data": [{{"attributes": {{"id": {{"value": 1}}, "dynamic_3": {attribute}}}}}]}}'
        ((name, value),) = Shape(KEYS).page(content.encode()).employees[0].budgets
        assert name == "alleo_monthly_all_budget"
        assert (value, type(value)) == (found, type(found))


@pytest.mark.parametrize("value", [None, "", "  ", [], {}, False, "\u200b"])
def test_an_empty_budget_is_left_out(value):
    assert one(dynamic_3=value, dynamic_4=20).budgets == (("alleo_oneoff_all_budget", 20),)


@pytest.mark.parametrize("name", ["email", "first_name", "last_name", "status", "department", "dynamic_2"])
def test_false_and_text_that_nobody_sees_are_empty(name):
    field = "alleo" if name == "dynamic_2" else name
    assert getattr(one(**{name: "\u200b\u202e \x00"}), field) == ""
    assert getattr(one(**{name: False}), field) == ("false" if field == "alleo" else "")


def test_what_nobody_sees_is_taken_off_and_never_sent_as_a_department():
    person = one(email="\ufeffa@b.nl\u200e", first_name="\u200bAda", last_name="King\x1b", department="I\u200bT\nOps")
    assert (person.email, person.first_name, person.last_name) == ("a@b.nl", "Ada", "King")
    assert person.department == "IT Ops"


BROKEN = [
    b'"Ren\\ud83d"',
    b'"Ren\\udc00x"',
    b'"Ren\xff"',
    b'"Ren\xed\xa0\xbd"',
    b"9" * 5_000,
    b'"\\\\ud83d \\ud83d\\ud83d\\ude00"',
]


@pytest.mark.parametrize("broken", BROKEN)
@pytest.mark.parametrize("key", ["first_name", "dynamic_3"])
def test_one_broken_value_costs_one_person(broken, key):
    row = (
        b'{"attributes": {"id": {"value": %d}, "email": {"value": "%s@b.nl"}, "' + key.encode() + b'": {"value": %s}}}'
    )
    content = b'{"data": [' + row % (1, b"a", b'"Ada"') + b", " + row % (2, "é".encode(), broken) + b"]}"
    one, other = Shape(KEYS).page(content).employees
    assert (one.id, one.email) == (1, "a@b.nl")
    assert (other.id, other.email) == (2, "é@b.nl")
    if key == "first_name":
        assert one.first_name == "Ada"
        assert unseen(other.first_name)
    else:
        assert amount(dict(other.budgets)["alleo_monthly_all_budget"]) is None


@given(
    st.recursive(
        st.text() | st.integers() | st.none(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_what_holds_no_endless_number_is_left_as_it_is(value):
    content = json.dumps(value).encode()
    assert without_endless(content) == content


def test_endless_digits_within_a_text_are_text():
    content = b'["' + b"9" * 400 + b'\\"", ' + b"9" * 400 + b"]"
    assert without_endless(content) == b'["' + b"9" * 400 + b'\\"", "\\ufffd"]'


@pytest.mark.parametrize("number", [2**53 + 1, 1067807102794692003, 2**63 - 1])
def test_large_ids_are_exact(number):
    assert one(id=number).id == number
    assert one(id=str(number)).id == number


@pytest.mark.parametrize("number", [None, "", "x", 1.5, True, 0, -1, 2**63, str(2**63), [], {}])
def test_without_an_id_there_is_nobody(number):
    page = Shape(KEYS).page(json.dumps({"data": [{"attributes": wrapped(id=number)}, None, "x", {}, []]}).encode())
    assert page.employees == ()
    assert page.rows == 5


def test_an_employee_with_nothing_but_an_id():
    assert raw({"id": {"label": "ID", "value": 5}}) == Employee(5)


def test_values_without_their_wrapping():
    assert raw({"id": 7, "email": "a@b.nl", "hire_date": "2020-01-01", "department": None}).email == "a@b.nl"


def test_two_names_for_one_key_and_keys_that_cannot_be_looked_for():
    shape = Shape({"email": "a", "first_name": "a", "last_name": 'b"', "status": "id"})
    content = json.dumps({"data": [{"attributes": {"id": {"value": 3}, "a": {"value": "x"}}}]}).encode()
    assert shape.page(content).employees == (Employee(3, email="x", first_name="x", status="3"),)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["value", "attributes", "name", "x"]) | st.text(), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(sorted(KEYS.values())), JSON), st.booleans())
def test_any_json_in_any_attribute_gives_a_person_of_the_promised_types(values, wrap):
    attributes = {"id": {"value": 9}} | ({k: {"value": v} for k, v in values.items()} if wrap else values)
    person = raw(attributes)
    assert person.id == 9
    for name in ("email", "first_name", "last_name", "status", "department", "alleo"):
        text = getattr(person, name)
        assert type(text) is str
        assert text == text.strip()
    for name in ("hire_date", "termination_date", "birthday"):
        assert getattr(person, name) is None or type(getattr(person, name)) is date
        assert (name not in person.misdated) or getattr(person, name) is None
    for _name, value in person.budgets:
        assert isinstance(value, str | int | Decimal)


@given(JSON)
def test_any_json_as_an_answer_is_a_page_or_malformed(body):
    for answer in (
        body,
        {"data": body},
        {"data": [], "metadata": body},
        {"data": [body]},
        {"data": [{"attributes": body}]},
    ):
        try:
            page = Shape(KEYS).page(json.dumps(answer).encode())
        except Unreadable:
            continue
        assert page.rows >= len(page.employees)


@given(st.binary(max_size=60))
def test_any_bytes_are_a_page_or_malformed(content):
    with pytest.raises(Unreadable):
        Shape(KEYS).page(content)


@pytest.mark.parametrize(
    "content", [b"[" * 100_000, b'{"data":' * 50_000, b'{"data":[{"attributes":{"id":1' + b"0" * 9_000]
)
def test_endless_nesting_and_numbers_are_malformed(content):
    with pytest.raises(Unreadable):
        Shape(KEYS).page(content)


@pytest.mark.parametrize("library", ["at-gmbh-personio-py", "giantswarm-personio-go"])
async def test_published_payloads_are_read(library):
    file = PAYLOADS / f"{library}.employees.json"
    if not file.exists():
        pytest.skip("the published payloads are not beside this checkout")
    rows = [row["attributes"] for row in json.loads(file.read_text())["data"]]
    tenant = Tenant(rows)
    async with Server(tenant) as server, client(server.url) as personio:
        found = await personio.employees({k: v for k, v in KEYS.items() if k in rows[0]})
    assert found.complete
    by_id = {e.id: e for e in found.employees}
    for row in rows:
        person = by_id[row["id"]["value"]]
        assert person.email == row["email"]["value"]
        assert (person.hire_date.isoformat() if person.hire_date else None) == (
            (row["hire_date"]["value"] or "")[:10] or None
        )
        assert person.misdated == ()
        department = row["department"]["value"]
        assert person.department == (department["attributes"]["name"] if department else "")
