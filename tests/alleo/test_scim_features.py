"""What we conclude from a server's own description, and which modules load when."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alleo_onboard.alleo.scim.features import ENTERPRISE, Form, Place, features
from alleo_onboard.alleo.scim.resource import account_of
from alleo_onboard.alleo.scim.writing import encode, new_account
from alleo_onboard.domain.change import Change, Field, Kind

URN = "urn:example:benefits:1.0:User"
WANTED = frozenset(
    {"email", "first_name", "last_name", "department", "birthday", "work_anniversary", "alleo_monthly_all_budget"}
)


def schemas(*attributes: dict, urn: str = URN) -> dict:
    return {"totalResults": 1, "Resources": [{"id": urn, "attributes": list(attributes)}]}


@pytest.mark.parametrize(
    ("attribute", "name", "form"),
    [
        ({"name": "Birthday"}, "birthday", Form.DAY),
        ({"name": "birth-day", "type": "dateTime"}, "birthday", Form.INSTANT),
        ({"name": "workAnniversary", "type": "string", "mutability": "readWrite"}, "work_anniversary", Form.DAY),
        ({"name": "alleoMonthlyAllBudget", "type": "decimal"}, "alleo_monthly_all_budget", Form.AMOUNT),
        ({"name": "alleo_monthly_all_budget", "type": "string"}, "alleo_monthly_all_budget", Form.AMOUNT_TEXT),
    ],
)
def test_an_attribute_of_that_name_carries_the_field(attribute, name, form):
    found = features({}, schemas(attribute), None, WANTED)
    assert found.places == {name: Place(URN, attribute["name"], form)}
    assert not found.unknown


@pytest.mark.parametrize(
    "attribute",
    [
        {"name": "birthday", "mutability": "readOnly"},
        {"name": "birthday", "mutability": "immutable"},
        {"name": "birthday", "returned": "never"},
        {"name": "birthday", "multiValued": True},
        {"name": "birthday", "type": "boolean"},
        {"name": "alleo_monthly_all_budget", "type": "integer"},
        {"name": "alleo_monthly_health_budget", "type": "decimal"},
        {"name": "department"},
        "birthday",
        {"name": None},
    ],
)
def test_what_cannot_be_kept_and_read_back_is_not_carried(attribute):
    assert features({}, schemas(attribute), None, WANTED).places == {}


def test_core_schemas_are_no_extensions_and_the_enterprise_one_holds_the_department():
    core = schemas({"name": "birthday"}, urn="urn:ietf:params:scim:schemas:core:2.0:User")
    assert features({}, core, None, WANTED).places == {}
    enterprise = schemas({"name": "department", "type": "string"}, urn=ENTERPRISE)
    assert features({}, enterprise, None, frozenset()).carries >= {"department"}


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (Decimal("100.0"), Form.AMOUNT, "100.00"),
        (100, Form.AMOUNT, "100.00"),
        ("100", Form.AMOUNT_TEXT, "100.00"),
        (Decimal("0.005"), Form.AMOUNT, "0.005"),
        ("a lot", Form.AMOUNT_TEXT, "a lot"),
        ("NaN", Form.AMOUNT_TEXT, "NaN"),
        (Decimal("1E+400"), Form.AMOUNT, "1E+400"),
        ("1990-02-28T00:00:00Z", Form.INSTANT, "1990-02-28"),
        ("1990-02-28", Form.DAY, "1990-02-28"),
        (True, Form.AMOUNT, None),
        ({"x": 1}, Form.DAY, None),
    ],
)
def test_values_are_read_in_our_form(value, form, shown):
    account = account_of({"id": "1", URN: {"x": value}}, {"field": Place(URN, "x", form)})
    assert account.extras == ({} if shown is None else {"field": shown})


@given(st.decimals(min_value=0, max_value=10**12, places=2))
def test_an_amount_is_sent_exactly(amount):
    change = Change(Kind.ONBOARD, 1, None, "Anna", (Field("email", None, "a@b.c"), Field("pay", None, f"{amount:.2f}")))
    body = new_account(change, {"pay": Place(URN, "Pay", Form.AMOUNT)})
    assert f'"Pay":{amount:.2f}'.encode() in encode(body)
    assert body["schemas"][1:] == [URN]


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.decimals(allow_nan=False) | st.text(),
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(
            st.text()
            | st.sampled_from(
                ["id", "name", "emails", "value", "active", "type", "primary", "attributes", "Resources"]
            ),
            inner,
        )
    ),
    max_leaves=20,
)


@given(_JSON, _JSON, _JSON)
def test_no_answer_of_a_server_breaks_the_reading(one, two, three):
    account_of(one, {"birthday": Place(URN, "birthday", Form.INSTANT), "pay": Place("id", "value", Form.AMOUNT)})
    assert features(one, two, three, WANTED).page >= 1


def test_the_room_and_its_delivery_load_no_http_library():
    code = "import sys, alleo_onboard.alleo.scim.delivery; print({'httpx', 'msgspec', 'truststore'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
