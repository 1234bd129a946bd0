"""The steps to create a field in Personio, with a button to check again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Button

from alleo_onboard.locale import N_, _
from alleo_onboard.presentation import check as checklist
from alleo_onboard.presentation.pages import recipe as words
from alleo_onboard.presentation.pages.check import reading_from_personio
from alleo_onboard.tui.screens.side import SideScreen
from alleo_onboard.tui.text import lines, plain, toned
from alleo_onboard.tui.widgets.cells import wrapped
from alleo_onboard.tui.widgets.say import Say
from alleo_onboard.tui.widgets.told import Told

_WIDEST = 96  # cells; longer lines are hard to read


class RecipeScreen(SideScreen):
    """Shows how to create the Alleo field or the budget fields in Personio."""

    CSS_PATH = "recipe.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("r", "look", N_("Check again"))]

    def __init__(self, made: words.Made) -> None:
        super().__init__()
        self._made = made

    def heading(self) -> str:
        return words.heading(self._made)

    def compose_body(self) -> ComposeResult:
        with Horizontal(id="top"):
            yield Say(plain(words.why(self._made), "bold"), id="why")
            yield Button(plain(_("Check again")), id="look", action="screen.look", compact=True, variant="primary")
        with Told(id="told"):
            yield Say(id="steps")
            yield Say(id="state")

    def help_text(self) -> Sequence[str]:
        return words.help_text(self._made)

    def arrive(self) -> None:
        self._draw()
        self.query_one("#look").focus()

    def retell(self) -> None:
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    def action_look(self) -> None:
        self.start(self._look, reading_from_personio())

    async def _look(self) -> None:
        sitting = self.sitting
        await sitting.session.read()
        sitting.preview = None
        sitting.checked(afresh=True)
        self._draw()

    def _draw(self) -> None:
        width = min(_WIDEST, max(20, self.app.size.width - 6))
        self.query_one("#steps", Say).say(
            lines([line for step in words.steps(self._made) for line in _hung(step, width)])
        )
        snapshot = self.sitting.session.snapshot
        entries = checklist.entries(snapshot.readiness, checklist.amounts(snapshot)) if snapshot else ()
        self.query_one("#state", Say).say(toned(words.state(self._made, entries)))


def _hung(step: str, width: int) -> list[Content]:
    """Returns a numbered step wrapped to `width`, with further lines indented below its text."""
    first, *rest = wrapped(step, width - 3)
    return [plain(first), *(plain(f"   {line}") for line in rest)]
