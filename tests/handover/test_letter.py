"""A letter can be read back, also after other programs changed its form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alleo_onboard.domain.letter import Letter, read, sealed, unsealed
from alleo_onboard.domain.secret import Secret

WORD = st.text(st.characters(codec="ascii", categories=["L", "N"], include_characters="-_+/="), min_size=8, max_size=90)


@given(WORD, WORD)
def test_written_and_read_back(client_id, secret):
    letter = Letter(client_id.strip("=-") or "papi-12345", Secret(secret))
    assert read(letter.text()) == letter


@pytest.mark.parametrize(
    "text",
    [
        "client_id=papi-id-12345\nclient_secret=papi-secret-1",
        "Client secret: papi-secret-1\r\n\r\nClient ID: papi-id-12345\r\n",
        'CLIENT-ID: "papi-id-12345"\nSecret : papi-secret-1',
        "papi-id-12345\npapi-secret-1",
        "Hello!\nclient id: papi-id-12345\nClient secret: papi-secret-1\nRegards, Ann",
        "Personio client-id: papi-id-12345\nPersonio clientgeheim: papi-secret-1",
    ],
)
def test_by_other_hands(text):
    assert read(text) == Letter("papi-id-12345", Secret("papi-secret-1"))


@pytest.mark.parametrize("text", ["", "hello", "Client ID: papi-id-12345", "one two three", "https://a.example b:c"])
def test_what_is_no_credential(text):
    assert read(text) is None


@given(st.text(max_size=100))
def test_sealing_keeps_every_character(text):
    assert unsealed(sealed(text)) == text
