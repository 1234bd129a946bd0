"""The common frame of the step pages: header, rail, body, status line, and keys."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, Vertical
from textual.widgets import Button

from alleo_onboard.locale import N_, _
from alleo_onboard.presentation.frame import next_step
from alleo_onboard.presentation.steps import step_label
from alleo_onboard.tui.messages import GoTo
from alleo_onboard.tui.screens.work import TooSmall, Working
from alleo_onboard.tui.text import plain
from alleo_onboard.tui.widgets.header import Header
from alleo_onboard.tui.widgets.key_bar import KeyBar
from alleo_onboard.tui.widgets.rail import Rail
from alleo_onboard.tui.widgets.say import Say
from alleo_onboard.wizard.steps import Step

WIDE, TALL = 100, 32  # columns, lines
RAIL = 25  # columns of the rail in a wide terminal


class StepScreen(Working):
    """The page of one step. Subclasses define `step`, `compose_body` and `arrive`.

    A screen lives as long as the session, so that Back shows it unchanged. `arrive` is called each time the user comes
    to the step, `leave` when the user goes to another one.
    """

    step: ClassVar[Step]
    PAGE: ClassVar[str] = ""  # the page's name, if the step has several pages
    SCROLLS = True
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("b", "back", N_("Back")),
        Binding("n", "next", N_("Next")),
        Binding("escape", "escape", N_("Back"), show=False),
    ]

    def __init__(self) -> None:
        page = self.PAGE or self.step.value
        super().__init__(name=page, id=f"step-{page}")
        self._arriving = self._fresh = True

    def compose(self) -> ComposeResult:
        self.fit()
        yield Header(self.sitting.host, sandbox=self.sitting.sandbox)
        with Container(id="middle"):
            yield Rail()
            with Vertical(id="room"):
                yield from self.compose_room()
        with Horizontal(id="nav"):
            yield Button(plain(_("‹ Back")), id="back", action="screen.back", compact=True)
            yield Say(id="status")
            yield Button(plain(next_step("")), id="next", action="screen.next", compact=True, variant="primary")
        yield KeyBar()
        yield TooSmall()

    def arrive(self) -> None:
        """Called when the user comes to this step."""

    def before_leaving(self, then: Callable[[], None]) -> bool:  # noqa: ARG002 - for those that need it
        """Returns True if the step can be left at once. Otherwise starts what must be done first, then calls `then`."""
        return True

    def retell(self) -> None:
        self.refresh_frame()

    def leave(self) -> None:
        """Called when the user goes to another step. Cancels the work in progress."""
        self.give_up()

    def start(self, job: Callable[[], Awaitable[None]], busy: str = "", *, must_end: bool = False) -> None:
        self.sitting.session.notify = self.heard
        super().start(job, busy, must_end=must_end)

    def lock_changed(self) -> None:
        self.refresh_frame()

    def expect(self) -> None:
        """Makes the next resume count as coming to the step, not as returning from a dialogue."""
        self._arriving = True

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        if self._fresh:
            self._fresh = event.refresh_styles = False  # they were computed a moment ago
        self.refresh_frame()
        if self._arriving:
            self._arriving = False
            self.arrive()

    def on_resize(self, event: events.Resize) -> None:
        self._show_rail(event.size.width)

    def refresh_frame(self) -> None:
        """Draws header, rail and the Next button from the current state."""
        self.query_one(Header).show(self.sitting.setup.profile.name)
        self._show_rail(self.size.width)
        following = self.sitting.state.following
        button = self.query_one("#next", Button)
        button.label = plain(next_step(step_label(following) if following else ""))
        button.display = following is not None and not self.locked
        self.query_one("#back", Button).display = self._leads_back and not self.locked
        self.refresh_bindings()

    def _show_rail(self, width: int) -> None:
        self.query_one(Rail).show(self.sitting.state, wide=width >= WIDE)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        state = self.sitting.state
        if action == "next":
            return state.following is not None and not self.locked
        if action in ("back", "escape"):
            return self._leads_back and not self.locked
        if action in ("history", "daily"):
            return not self.locked
        return super().check_action(action, parameters)

    @property
    def _leads_back(self) -> bool:
        """True if there is an earlier step, or a start page to go back to."""
        return self.sitting.state.previous is not None or self.onboard.from_start

    def action_back(self) -> None:
        if self.locked:
            return
        if previous := self.sitting.state.previous:
            self.onboard.go(previous)
        elif self.onboard.from_start:
            self.onboard.to_start()

    def action_next(self) -> None:
        if following := self.sitting.state.following:
            self.onboard.go(following)

    def action_escape(self) -> None:
        """Goes back."""
        self.action_back()

    def action_export(self) -> None:
        """Opens the page that exports the preview."""
        from alleo_onboard.tui.screens.export import ExportScreen

        self.app.push_screen(ExportScreen())

    def action_compare(self) -> None:
        """Opens the page that compares Alleo's file with the preview."""
        from alleo_onboard.tui.screens.compare import CompareScreen

        self.app.push_screen(CompareScreen())

    def title_shown(self) -> str:
        return step_label(self.step)

    @on(GoTo)
    def _chosen_in_rail(self, event: GoTo) -> None:
        if not self.locked:
            self.onboard.go(event.step)
