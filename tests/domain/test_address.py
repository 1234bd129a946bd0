"""E-mail addresses: which are valid, and which spellings are the same address."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alleo_onboard.domain.address import email_key, valid


@pytest.mark.parametrize(
    "address",
    [
        "ada@x.example",
        "a.b-c+d@x-y.example",
        "müller@straße.example",
        "mu\u0308ller@mu\u0308nchen.example",
        "o'neil@x.nl",
    ],
)
def test_valid(address):
    assert valid(address)


@pytest.mark.parametrize(
    "address",
    [
        ".ada@x.example",
        "ada.@x.example",
        "ada..king@x.example",
        "ada@x..example",
        "ada@.x.example",
        "ada@x.example.",
        "ada@@x.example",
        "ada@localhost",
        "ada king@x.example",
        f"{'a' * 65}@x.example",
        f"ada@{'a.' * 130}example",
        "",
    ],
)
def test_invalid(address):
    assert not valid(address)


@pytest.mark.parametrize("char", ["\u200b", "\u202e", "\x00", "\x1b", "\n", "\ufffd", "\u00a0", "\u3164"])
@pytest.mark.parametrize("place", ["a{}da@x.example", "ada@x{}y.example", "ada@x.exam{}ple", "{}ada@x.example"])
def test_what_nobody_sees_makes_an_address_invalid(char, place):
    assert not valid(place.format(char))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ada@x.example", " ADA@X.example "),
        ("müller@x.example", "mu\u0308ller@x.example"),
        ("MÜLLER@x.example", "mu\u0308ller@x.example"),
        ("ada@münchen.example", "ada@xn--mnchen-3ya.example"),
        ("ada@mu\u0308nchen.example", "ada@XN--MNCHEN-3YA.example"),
        ("ada@straße.example", "ada@xn--strae-oqa.example"),
    ],
)
def test_one_address_in_two_spellings(one, other):
    assert email_key(one) == email_key(other)


@pytest.mark.parametrize("other", ["muller@x.example", "müller@y.example", "müller@x.example.example"])
def test_other_addresses(other):
    assert email_key("müller@x.example") != email_key(other)


@pytest.mark.parametrize(
    "address", ["a@xn--.example", "a@xn--\x80.example", "a@xn--99999999.example", "a@", "@", "xn--"]
)
def test_a_punycode_that_is_none_is_left_alone(address):
    assert email_key(address) == email_key(address.upper())


@given(st.text(max_size=12), st.text(max_size=12))
def test_the_key_does_not_depend_on_form_or_blanks(local, domain):
    address = f"{local}@{domain}"
    key = email_key(address)
    assert email_key(unicodedata.normalize("NFD", address)) == key == email_key(f" {address}\u200b")
