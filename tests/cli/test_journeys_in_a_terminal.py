"""The demo with each delivery in a real terminal, in each language."""

from __future__ import annotations

import sys

import pytest
from words import Words, languages

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are POSIX", allow_module_level=True)

from terminal import Terminal

from alleo_onboard.tui.screens import handover_keys, run_phases

PEOPLE = 6
FIRST_LINE = 35  # characters of a sentence that always fit on its first line
READY = "Alleo can work with this credential: all it needs is readable."
PLAN = "This will {changes} at Alleo and change nothing else."
TESTED = "✓ The file can be put into {address}."


def walked(delivery, language, *way):
    """Walks from Connect to Delivery, then sends the keys in `way` and waits for the text beside each. Ends with q."""
    say = Words(language)
    words = [sys.executable, "-m", "alleo_onboard", "demo", "--people", str(PEOPLE), "--delivery", delivery]
    terminal = Terminal(words, {"ALLEO_ONBOARD_LANGUAGE": language}, 120, 40)
    terminal.until(say("Validate"))
    assert "SANDBOX" in terminal.text
    seen = say.of("Signed in to Personio. {n} person visible.", "Signed in to Personio. {n} people visible.", PEOPLE)
    for key, told in (
        ("t", seen),
        ("n", say(READY)),
        ("n", say("Decision")),
        ("n", say("How do people get into Alleo?")),
        *way,
    ):
        terminal.send(key)
        terminal.until(told[:FIRST_LINE])
    terminal.send("q")
    assert terminal.end() == 0
    assert b"\x1b[?1049l" in terminal.raw


def key_for(action, page):
    return next(binding.key for binding in page.KEYS if binding.action == action)


def yes(say):
    return say("yes")[0]


@pytest.mark.parametrize("language", languages("handover", 1))
def test_handed_over_opened_and_activated(language):
    say = Words(language)
    walked(
        "handover",
        language,
        ("t", say("{host} can be used. Nothing was sent.")),
        ("n", say("Hand over") + " g"),
        ("g", say("The link was made on {when}. Send the message to Customer Success; then Alleo opens it.")),
        ("o", say("Alleo opened the link on {when}: now Alleo runs a test.")),
        (key_for("activate", handover_keys), say("Active since")),
        ("\r", say("activated, as you told: {day}")),
    )


@pytest.mark.parametrize("language", languages("scim", 1))
def test_accounts_written(language):
    say = Words(language)
    walked(
        "scim",
        language,
        ("t", say("✓ Alleo lets us in at {address}.")),
        ("n", say(PLAN)),
        ("g", say.of("{n} account created", "{n} accounts created", 5)),
    )


@pytest.mark.parametrize("language", languages("pickup", 1))
def test_a_file_in_place(language):
    say = Words(language)
    walked("pickup", language, ("t", say(TESTED)), ("n", say(PLAN)), ("g", say("{file} is in place: {place}.")))


@pytest.mark.parametrize("language", languages("portal", 1))
def test_a_workbook_made_and_uploaded(language):
    say = Words(language)
    walked(
        "portal",
        language,
        ("t", say(TESTED)),
        ("n", say(PLAN)),
        ("g", say("The workbook is saved: {file} in {place}. Now upload it:")),
        (
            key_for("uploaded", run_phases),
            say("Was the workbook uploaded in Alleo's Manager Portal, and synced there?"),
        ),
        (yes(say), say("Alleo already has everything as it should be: there is nothing to do.")),
    )
