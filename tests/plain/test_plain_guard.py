"""The guard's numbers in the plain wizard, where it asks for several."""

from types import SimpleNamespace

import pytest

from alleo_onboard.domain.guard import Guard
from alleo_onboard.plain.pages.guard import guarded
from alleo_onboard.usecases.run.undo_confirmation import UndoConfirmation


class Answering:
    """Answers each question with the next text, and keeps what was said."""

    def __init__(self, *answers):
        self.answers, self.said = list(answers), []

    def unless_no(self, question):
        self.said.append(question)
        return self.answers.pop(0)

    def say(self, text):
        self.said.append(text)


@pytest.mark.parametrize(
    ("answers", "end"),
    [
        (("9", "1"), "This is not the number. Type 12, or leave it: nothing has been written."),
        (("",), "Left: nothing has been written."),
        (("9", "12"), "Type 12 to change them, or Enter to leave it"),
    ],
)
def test_a_wrong_number_is_told_with_the_one_that_was_asked_and_who_leaves_one_is_asked_no_other(answers, end):
    plan = SimpleNamespace(guard=Guard(offboard=9, linked=20, readdressed=12))
    talk = Answering(*answers)
    offer = guarded(talk, UndoConfirmation(SimpleNamespace(plan=plan)))
    assert talk.said[-1] == end
    assert all(one.right for one in offer.numbers) == (answers == ("9", "12"))
    assert not talk.answers
