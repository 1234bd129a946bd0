"""One person: why they sync or not, their budgets, and what would change at Alleo."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from alleo_onboard.domain.plan import Person
from alleo_onboard.locale import N_
from alleo_onboard.presentation import veil
from alleo_onboard.presentation.pages.preview import nobody_chosen
from alleo_onboard.presentation.rules import Context, explain
from alleo_onboard.tui.text import plain
from alleo_onboard.tui.widgets import person_text
from alleo_onboard.tui.widgets.say import Say


class PersonCard(VerticalScroll):
    """The details of one person.

    Below a table its height is fixed and it shows what fits, so that moving the cursor changes no layout. `brief`
    shortens the text. With the class `-alone` it fills the page, shows everything and scrolls.
    """

    DEFAULT_CSS = """
    PersonCard {
        background: $background; border-top: solid $panel; border-title-color: $foreground; border-title-style: bold;
        scrollbar-size-vertical: 1; overflow: hidden;
        & > Say { width: 100%; height: 100%; text-wrap: nowrap; }
        &.-alone { overflow-y: auto; scrollbar-gutter: stable; }
        &.-alone > Say { height: auto; }
        &.-alone:focus { border-top: solid $primary; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "screen.person(-1)", N_("Before")),
        Binding("right", "screen.person(1)", N_("After")),
        Binding("escape", "screen.to_list", N_("To the list")),
    ]

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, can_focus=False)
        self._person: Person | None = None
        self._decided = Context()
        self._brief = True
        self._veiled = False

    def compose(self) -> ComposeResult:
        yield Say(id="told")

    def tell(self, person: Person | None, context: Context, *, brief: bool) -> None:
        """Shows a person, or that nobody is chosen."""
        if person is not self._person and self.scroll_offset.y:
            self.scroll_home(animate=False)
        self._person, self._decided, self._brief = person, context, brief
        self._draw()

    def veil(self, *, veiled: bool) -> None:
        """Hides or shows names and addresses."""
        self._veiled = veiled
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    def _draw(self) -> None:
        person = veil.person(self._person) if self._person and self._veiled else self._person
        self.border_title = person_text.title(person) if person else None
        told = plain(nobody_chosen(), "$quiet")
        if person:
            write = person_text.brief if self._brief else person_text.full
            room = self.scrollable_content_region.width - self.has_class("-alone")  # a space before the scrollbar
            told = write(person, explain(person, self._decided), room)
        # With a fixed height only the text changes, so no layout is needed.
        self.query_one("#told", Say).update(told, layout=self.has_class("-alone"))
