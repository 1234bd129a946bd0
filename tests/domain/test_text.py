"""Invisible characters: removed at the ends, reported elsewhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alleo_onboard.domain.text import plain, shown, trimmed, unseen

UNSEEN = ["\u200b", "\u200e", "\u202e", "\u2060", "\ufeff", "\u00ad", "\x00", "\x1b", "\n", "\r", "\x7f", "\u2028"]
SHAPELESS = ["\u3164", "\u2800", "\U000e0041"]


@pytest.mark.parametrize("char", UNSEEN + SHAPELESS)
def test_what_nobody_sees_is_taken_off_the_ends_and_found_inside(char):
    assert trimmed(f"{char} Ada {char}{char}") == "Ada"
    assert unseen(f"Ada{char}King")
    assert trimmed(f"Ada{char}King") == f"Ada{char}King"
    assert trimmed(char) == ""


def test_broken_characters_are_told_wherever_they_are():
    assert trimmed("Ada\ufffd") == "Ada\ufffd"
    assert unseen("Ada\ufffd")
    assert unseen("Ada\ud83d")


@pytest.mark.parametrize(
    "name", ["Müller", "Mu\u0308ller", "王小明", "Anne Marie", "Anne\u00a0Marie", "O’Neil", "علی", "😀"]
)
def test_real_names_are_left_alone(name):
    assert trimmed(f" {name} ") == name
    assert not unseen(name)


@given(st.text())
def test_trimming_is_done_once_and_keeps_the_middle(text):
    once = trimmed(text)
    assert trimmed(once) == once
    assert once in text


@given(st.text())
def test_plain_text_holds_nothing_unseen(text):
    assert not unseen(plain(text))


@pytest.mark.parametrize(
    ("label", "told"),
    [
        ("Alleo", "Alleo"),
        ("Alleo benefits", "Alleo benefits"),
        ("Alleo\u200b ", "Alleo[U+200B][U+0020]"),
        ("\u00a0alleo_monthly_all_budget", "[U+00A0]alleo_monthly_all_budget"),
        ("  ", "[U+0020][U+0020]"),
    ],
)
def test_a_label_is_shown_with_what_nobody_sees(label, told):
    assert shown(label) == told


@given(st.text())
def test_a_shown_label_holds_nothing_unseen_and_no_blank_at_its_ends(text):
    told = shown(text)
    assert not unseen(told)
    assert told == told.strip()
