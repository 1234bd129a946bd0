"""Chooses how people get into Alleo: yes/no questions, the kind they propose, and the full list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message

from alleo_onboard.domain.choosing import asked, proposed
from alleo_onboard.domain.delivery import DeliveryKind
from alleo_onboard.tui.text import plain
from alleo_onboard.tui.widgets.choice import Choice, Option
from alleo_onboard.tui.widgets.say import Say

_YES, _NO = "yes", "no"
_GAP = 2  # cells between a question and its answers


class Ways(Vertical):
    """The questions and the list. An answer proposes a kind; a kind chosen in the list sets the answers."""

    DEFAULT_CSS: ClassVar[str] = """
    Ways { height: auto; }
    Ways .question { height: auto; }
    Ways .question Say { height: auto; }
    Ways .question.-beside { layout: horizontal; }
    Ways .question.-beside Say { width: auto; padding-right: 2; }
    Ways .question.-beside Choice { width: auto; }
    Ways #deliveries { margin-top: 1; }
    Ways #about { height: auto; color: $quiet; }
    """

    class Changed(Message):
        """Posted when another kind is chosen."""

    def __init__(self, kinds: Sequence[DeliveryKind], chosen: str) -> None:
        super().__init__(id="ways")
        self.kinds, self.chosen = tuple(kinds), chosen

    def compose(self) -> ComposeResult:
        for kind in self.kinds:
            question = kind.question()
            if question:
                with Vertical(id=f"question-{kind.name}", classes="question"):
                    yield Say(plain(question.text))
                    answers = (Option(_YES, question.yes), Option(_NO, question.no))
                    yield Choice(answers, _YES, id=f"answer-{kind.name}", across=True)
        options = tuple(Option(kind.name, kind.label()) for kind in self.kinds)
        yield Choice(options, self.chosen, id="deliveries", across=True)
        yield Say(id="about")

    def on_mount(self) -> None:
        self.show()

    def on_resize(self, event: events.Resize) -> None:
        """Puts the answers beside their question where both fit in one line."""
        for row in self.query(".question"):
            wide = sum(part.get_content_width(event.size, event.size) for part in row.children)
            row.set_class(wide + _GAP <= event.size.width, "-beside")

    def show(self) -> None:
        """Draws the questions, answers and list for the chosen kind."""
        answers = {one.kind: one.yes for one in asked(self.kinds, self.chosen)}
        with self.prevent(Choice.Changed):
            for kind in self.kinds:
                for row in self.query(f"#question-{kind.name}"):
                    row.display = kind.name in answers
                    row.query_one(Choice).choose(_YES if answers.get(kind.name) else _NO)
            self.query_one("#deliveries", Choice).choose(self.chosen)
        about = next(kind.about() for kind in self.kinds if kind.name == self.chosen)
        self.query_one("#about", Say).say(about)

    @on(Choice.Changed)
    def _answered(self, event: Choice.Changed) -> None:
        event.stop()
        choice = event.choice
        if choice.id == "deliveries":
            self.chosen = choice.chosen
        else:
            about = (choice.id or "").removeprefix("answer-")
            self.chosen = proposed(self.kinds, about, yes=choice.chosen == _YES)
        self.show()
        self.post_message(self.Changed())
