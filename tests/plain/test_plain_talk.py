"""Every question accepts wrong answers without failing, and every word works at it."""

import pytest
from talking import Script

from alleo_onboard.locale import speak
from alleo_onboard.plain.console import harmless
from alleo_onboard.plain.talk import Option, Talk, spoken
from alleo_onboard.plain.words import Again, Back, Ended, Leave, Next

OPTIONS = (Option("one", "The first."), Option("two", "The second.", "w"))


def talk(*answers):
    script = Script(*answers)
    made = Talk(script)
    made.help = lambda: ("What the page is about.",)
    return made, script


@pytest.mark.parametrize(("answer", "key"), [("1", "one"), ("2", "two"), ("w", "two"), (" W ", "two")])
def test_a_choice_is_its_number_or_its_letter(answer, key):
    made, script = talk(answer)
    assert made.choose(OPTIONS) == key
    assert script.heard[:2] == ["1. The first.", "2. The second."]


@pytest.mark.parametrize("wrong", ["", "3", "0", "-1", "two", "1.0", "٢", "z"])
def test_what_is_no_choice_is_said_and_asked_again(wrong):
    made, script = talk(wrong, "1")
    assert made.choose(OPTIONS) == "one"
    assert len([line for line in script.heard if line.startswith("Type 1 to 2")]) == 2
    assert "Nothing was typed" in script.text if not wrong else "number from 1 to 2" in script.text


def test_what_was_typed_in_the_wrong_place_is_not_repeated():
    made, script = talk("papi-secret-that-landed-wrong", "1")
    made.choose(OPTIONS)
    assert sum("papi-secret" in line for line in script.heard) == 1  # echoed by the terminal itself


@pytest.mark.parametrize(("word", "heard"), [("back", Back), ("b", Back), ("n", Next), ("r", Again), ("q", Leave)])
def test_words_lead_on(word, heard):
    made, _script = talk(word)
    with pytest.raises(heard):
        made.choose(OPTIONS, following="Check", before="Connect", reads=True)


def test_a_question_mark_explains_and_asks_again():
    made, script = talk("?", "1")
    assert made.choose(OPTIONS) == "one"
    assert "What the page is about." in script.heard
    assert any("back goes back" in line for line in script.heard)


def test_the_question_names_the_words_that_work_there():
    made, script = talk("1")
    made.choose(OPTIONS, following="Preview", before="Connect", reads=True)
    said = "Type 1 to 2, r to read again, n for Preview, b for Connect, ? for help, q to leave: 1"
    assert script.heard[-1] == said


def test_the_step_that_does_not_open_yet_is_told():
    made, script = talk("n", "1")
    made.choose(OPTIONS, following="")
    assert "The next step opens once this one is settled." in script.heard


def test_beside_the_steps_there_is_no_next_step():
    made, script = talk("n", "1")
    made.choose(OPTIONS)
    assert "That is not a choice here. Type a number from 1 to 2, or ? for help." in script.heard


def test_who_does_not_want_to_leave_after_all_is_asked_again():
    made, _script = talk("q", "2")
    made.may_leave = lambda: False
    assert made.choose(OPTIONS) == "two"


@pytest.mark.parametrize("ask", ["choose", "text", "yes", "hidden"])
def test_the_end_of_input_ends_every_question(ask):
    made, _script = talk()
    with pytest.raises(Ended):
        getattr(made, ask)(OPTIONS if ask == "choose" else "What")


@pytest.mark.parametrize("ask", ["text", "hidden"])
def test_a_free_answer_is_asked_for_until_there_is_one(ask):
    made, script = talk("", "?", "Acme")
    assert getattr(made, ask)("Set-up name") == "Acme"
    assert "Nothing was typed" in script.text
    assert "What the page is about." in script.heard
    assert ("Acme" in script.text) is (ask == "text")


@pytest.mark.parametrize("ask", ["text", "hidden"])
@pytest.mark.parametrize("letter", ["n", "N", "x", "l", "d", "h", "r", "j", "y", "t"])
def test_a_reflex_letter_becomes_no_text(ask, letter):
    made, script = talk(letter, "Acme")
    made.words = {"x": lambda: None}
    assert getattr(made, ask)("Set-up name") == "Acme"
    assert script.text.count("One letter is a command, not an answer.") == 1


@pytest.mark.parametrize(("word", "heard"), [("b", Back), ("B", Back), ("q", Leave)])
@pytest.mark.parametrize("ask", ["text", "unless_no", "hidden", "yes", "go_on"])
def test_the_letters_that_lead_away_work_at_every_question(ask, word, heard):
    made, _script = talk(word)
    with pytest.raises(heard):
        getattr(made, ask)("Set-up name")


@pytest.mark.parametrize(("code", "word"), [("en", "n"), ("en", "No"), ("nl", "nee"), ("de", "nein"), ("de", "")])
def test_a_no_leaves_what_nobody_has_to_give(code, word):
    speak(code)
    made, _script = talk(word)
    assert made.unless_no("Then say why") == ""


def test_within_a_list_enter_goes_on_and_a_word_is_heard():
    made, script = talk("x", "more", "")
    heard = []
    made.words = {"x": lambda: heard.append("x")}
    made.go_on("20 of 34. Enter for more, back for the groups")
    assert heard == ["x"]
    assert "That is not a choice here. Type ? for help." in script.heard


def test_enter_takes_what_is_offered():
    made, script = talk("")
    assert made.text("Set-up name", "Acme") == "Acme"
    assert script.heard == ["Set-up name (Enter for Acme): "]


@pytest.mark.parametrize(("answers", "yes"), [(("y",), True), (("maybe", "", "no"), False), (("YES",), True)])
def test_yes_and_no(answers, yes):
    made, _script = talk(*answers)
    assert made.yes("Is that meant?") is yes


@pytest.mark.parametrize("answer", ["", "y", "no", "yess", "1"])
def test_only_a_whole_yes_is_one_where_something_is_written(answer):
    made, _script = talk(answer)
    assert made.yes("Go ahead?", typed_out=True) is False


@pytest.mark.parametrize(
    ("line", "heard"),
    [
        ("✓ All is well.", "All is well."),
        ("i Nobody is asked.", "Nobody is asked."),
        ("in Personio", "in Personio"),
        ("! Look at this.", "Attention: Look at this."),
        ("[x] opened by Alleo", "Done: opened by Alleo"),
        ("[ ] activated", "Not yet: activated"),
        ("   28 new accounts", "28 new accounts"),
        ("old → new", "old becomes new"),
    ],
)
def test_marks_and_places_become_words(line, heard):
    assert spoken(line) == heard


def test_nothing_from_outside_steers_the_terminal():
    assert harmless("\x1b[2JM\u202eüller\r\n\x9b") == "?[2JM?üller  ?"
