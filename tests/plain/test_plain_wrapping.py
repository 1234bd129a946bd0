"""Lines break at words, as wide as the terminal. What is copied stays whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alleo_onboard.plain import console
from alleo_onboard.plain.wrapping import wrapped, wrapped_question

COMMANDS = (
    'alleo-onboard --profile "Polder Werk"',
    "alleo-onboard --profile 'Polder Werk' sync --yes --scheduled",
    "alleo-onboard handover activated --on DATE",
    "alleo-onboard compare FILE",
    "alleo-onboard runs confirm 20261127T101112-4f",
    "alleo-onboard",
)
WHOLE = (
    *COMMANDS,
    "maud-anna.bos@polder-werk.example",
    "https://eu.onetimesecret.com/secret/" + "k3" * 40,
    "/home/Maud Bos/My Documents/alleo-preview.html",
    r"C:\Users\Maud Bos\alleo-preview.html",
    "€\N{NO-BREAK SPACE}2.000,00",
    "alleo_monthly_health_budget",
)


@pytest.mark.parametrize("whole", WHOLE)
@pytest.mark.parametrize("width", [20, 59, 79])
@pytest.mark.parametrize("before", range(0, 80, 7))
def test_what_is_copied_stays_whole(whole, width, before):
    text = f"{'To go on'[: before % 8]} {'x ' * (before // 2)}{whole}, and so on in a few more words after it".strip()
    assert whole in wrapped(text, width)


@given(st.text(alphabet="ab -.:1/“中é", max_size=300), st.integers(1, 200))
def test_words_are_kept_and_lines_are_as_wide_as_the_terminal_or_one_word(text, width):
    told = wrapped(text, width)
    assert told.split() == text.split()
    for line in told.splitlines():
        assert len(line) <= width or "/" in line or len(line.split()) == 1 or line.split()[0] in ("-", "1.")


def test_a_sentence_after_a_path_is_not_part_of_it():
    told = wrapped("Saved in /home/Maud Bos/files. Give it to nobody, by mail and/or chat, who needs it not.", 40)
    assert max(map(len, told.splitlines())) <= 40
    assert "/home/Maud Bos/files." in told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1. Make the field in Personio", "1. Make the field\n   in Personio"),
        ("12. Make the field in Personio", "12. Make the field\n    in Personio"),
        ("Attention: this needs your eyes", "Attention: this\n  needs your eyes"),
        ("Nothing was written to Alleo by this", "Nothing was written\nto Alleo by this"),
        ("", ""),
    ],
)
def test_further_lines_stand_below_the_text_of_the_first(text, told):
    assert wrapped(text, 19) == told


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Type 1 to 3, n for Check, q to leave: ", "Type 1 to 3,\nn for Check,\nq to leave: "),
        ("This is said at length. Go ahead? Type yes or no: ", "This is said at\nlength. Go ahead?\nType yes or no: "),
        ("short: ", "short: "),
    ],
)
def test_the_answers_to_a_question_stay_whole(question, told):
    assert wrapped_question(question, 22 if "Check" in question else 18) == told


def test_without_a_terminal_no_line_is_broken(capsys):
    line = "word " * 60
    console.Console().write(line)
    assert capsys.readouterr().err == f"{line}\n"
