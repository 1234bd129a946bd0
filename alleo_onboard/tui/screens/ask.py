"""A yes/no dialogue whose buttons say what they do."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button

from alleo_onboard.locale import N_
from alleo_onboard.locale.answers import yes_letter
from alleo_onboard.tui.text import plain
from alleo_onboard.tui.widgets.say import Say

_ANEW = 0.25  # seconds between two updates of the question


class Ask(ModalScreen[bool]):
    """A dialogue that returns True for `yes`, False for `no` and Escape. The harmless answer has the focus."""

    AUTO_FOCUS = "#no"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", N_("Yes")),
        Binding("escape,n", "answer(False)", N_("No")),
        Binding("left,right", "app.focus_next", show=False),
    ]

    def __init__(self, question: str | Callable[[], str], yes: str, no: str) -> None:
        """Creates the dialogue.

        If `question` is a callable, it is called again every 0.25 s so that it can show a counter.
        """
        super().__init__()
        self._question, self._yes, self._no = question, yes, no

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Say(self._question if isinstance(self._question, str) else self._question(), classes="paragraph")
            with Horizontal(classes="actions"):
                yield Button(plain(f"{self._yes}  {yes_letter()}"), id="yes", compact=True)
                yield Button(plain(f"{self._no}  n"), id="no", compact=True, variant="primary")

    def on_mount(self) -> None:
        if not isinstance(self._question, str):
            self.set_interval(_ANEW, self._ask_anew)

    def _ask_anew(self) -> None:
        if not isinstance(self._question, str):
            self.query_one(".paragraph", Say).say(self._question())

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "yes")

    def action_answer(self, answer: bool) -> None:  # noqa: FBT001 - the name of a key's answer
        self.dismiss(answer)
