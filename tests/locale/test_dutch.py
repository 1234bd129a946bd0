"""The Dutch texts keep to one word for one thing, and address the reader in one way."""

from __future__ import annotations

import re

import pytest
from test_catalogues import catalogue, texts

# What a Dutch reader would misread, or what has another word here already.
AVOIDED = {
    "uitschakelen": "people are deactivated: deactiveren",
    "ingehouden": "deducted from pay; a budget is: niet meegestuurd",
    "journaal": "logboek",
    "geketend": "gekoppeld",
    "commando": "opdracht",
    "machine": "computer",
    "vertrekkers": "uit dienst",
    "starters": "in dienst",
    "wachtzin": "wachtwoordzin",
    "keychain": "sleutelhanger, sleutelbos",
    "manager portal": "Manager Portaal, as Alleo writes it in Dutch",
    "proefrun": "test",
    "laat ons binnen": "aanmelden lukt",
}


def dutch() -> list[str]:
    return [
        re.sub(r"\{[^}]*\}", "", string) for message in catalogue("nl") if message.id for string in texts(message)[1]
    ]


@pytest.mark.parametrize("word", AVOIDED)
def test_a_word_that_misleads_is_not_used(word):
    found = re.compile(rf"\b{re.escape(word)}\b", re.IGNORECASE)
    assert [one for one in dutch() if found.search(one)] == []


def test_the_reader_is_addressed_informally_but_in_the_labels_of_personio():
    formal = re.compile(r"\b(u|uw|Uw)\b")
    keys = re.compile(r"\(u\)|\bin de wizard: u\b|\bMet u\b|\bu draait\b")  # the key that takes something back
    assert [one for one in dutch() if formal.search(keys.sub("", one))] == []


def test_dots_that_go_on_are_one_character():
    assert [one for one in dutch() if "..." in one] == []


def test_a_command_keeps_its_spelling():
    """Secret is a name in Dutch sentences; the commands of kubectl and systemd are not translated."""
    assert [one for one in dutch() if re.search(r"create Secret|--Secrets", one)] == []
