"""Recognises client ids and secrets by their form, and a company by the addresses of its people."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alleo_onboard.domain.credential import company_of, is_id, looks_secret, may_be_id, split, tail
from alleo_onboard.domain.profile import valid_name

ids = st.uuids().map(lambda found: f"papi-{found}")
secrets = st.binary(min_size=64, max_size=64).map(
    lambda raw: "papi-" + base64.urlsafe_b64encode(raw).decode().rstrip("=")
)


@given(ids)
def test_an_id_is_one_from_its_first_letter_on(text):
    assert is_id(text)
    assert not looks_secret(text)
    assert all(may_be_id(text[:n]) for n in range(len(text) + 1))


@given(secrets)
def test_a_secret_is_no_id_and_soon_not_the_beginning_of_one(text):
    assert looks_secret(text)
    assert not is_id(text)
    assert not may_be_id(text)
    assert len(tail(text)) == 4


@pytest.mark.parametrize(
    "text",
    ["", "Acme GmbH", "https://api.alleo.example/scim/v2/tenants/12345678", "ada@acme.example", "x" * 40, "1" * 40],
)
def test_what_is_no_secret(text):
    assert not looks_secret(text)


def test_a_short_secret_shows_no_end():
    assert tail("hunter2hunter2") == ""


@given(ids, secrets)
def test_one_paste_may_hold_both(one, other):
    assert split(f"Client ID: {one}\nClient Secret: {other}\n") == (one, other)
    assert split(f"{other} {one}") == (one, other)
    assert split("nothing of the kind") == ("", "")


@pytest.mark.parametrize(
    ("email", "company"),
    [
        ("ada@polderwerk.example", "Polderwerk"),
        ("ada@mail.acme.co.uk", "Acme"),
        ("ada@gmail.com", ""),
        ("ada", ""),
        ("", ""),
        ("ada@de-vries.nl", "De Vries"),
        ("ada@b[a]d.nl", ""),
    ],
)
def test_a_company_by_its_addresses(email, company):
    assert company_of(email) == company
    assert not company or valid_name(company)
