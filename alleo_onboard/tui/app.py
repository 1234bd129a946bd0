"""The wizard as a Textual app: one sitting, one state, five screens. It renders and never decides."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property, partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlsplit

from rich.text import Text
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from alleo_onboard.locale import _
from alleo_onboard.tui import themes
from alleo_onboard.tui.commands import StepCommands
from alleo_onboard.tui.crash import unexpected
from alleo_onboard.tui.exits import DONE, INTERRUPTED, UNEXPECTED
from alleo_onboard.tui.screens.step import TALL, WIDE, StepScreen
from alleo_onboard.usecases.setups.resolve import Setup, Setups
from alleo_onboard.wizard.state import State
from alleo_onboard.wizard.steps import ORDER, Step

if TYPE_CHECKING:  # the first screen has to be there quickly, so the use cases are loaded by the steps that need them
    from alleo_onboard.domain.delivery import DeliveryReport
    from alleo_onboard.usecases.preview.preview import Preview
    from alleo_onboard.usecases.preview.session import Session, Welcome


def _screen(step: Step) -> StepScreen:
    """The screen of a step, which is loaded when somebody goes there."""
    module = import_module(f"alleo_onboard.tui.screens.{step.value}")
    screen: StepScreen = getattr(module, f"{step.value.capitalize()}Screen")()
    return screen


class OnboardApp(App[None]):
    """Holds what a sitting found: `session`, `state`, `welcome`, `preview` and `report` (None until known)."""

    CSS_PATH = ["app.tcss", "screens/connect.tcss"]  # noqa: RUF012 - read together, or all is styled anew
    TITLE = "alleo-onboard"
    HORIZONTAL_BREAKPOINTS = [(0, "-cramped"), (60, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012 - as in App
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (18, "-low"), (TALL, "-tall")]  # noqa: RUF012
    SCREENS = {step.value: partial(_screen, step) for step in ORDER}  # noqa: RUF012
    COMMANDS = App.COMMANDS | {StepCommands}
    # Tab moves on before the keys behind it are handed out, so that "id<Tab>secret" typed at once lands right.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "app.focus_next", show=False, priority=True),
        Binding("shift+tab", "app.focus_previous", show=False, priority=True),
    ]

    def __init__(self, setups: Setups, setup: Setup, sandbox: bool) -> None:  # noqa: FBT001 - the contract with the CLI
        super().__init__()
        for theme in (themes.DARK, themes.LIGHT):
            self.register_theme(theme)
        self.theme = themes.DARK.name
        self.setups, self.sandbox, self._opened_with = setups, sandbox, setup
        proven = setups.proven(setup.profile.name) if setup.saved else frozenset()
        self.state = State.resume(proven, credential=setup.has_credential, delivery=setup.has_delivery)
        self.welcome: Welcome | None = None
        self._preview: Preview | None = None
        self.report: DeliveryReport | None = None
        self.outcome = DONE  # the exit code when a person leaves
        self.animation_level = "none"

    @cached_property
    def session(self) -> Session:
        """The connections of this sitting."""
        from alleo_onboard.usecases.preview.session import Session

        return Session(self._opened_with)

    @property
    def setup(self) -> Setup:
        """The session's, which a run changes too; asking for it loads no session."""
        return self.session.setup if "session" in self.__dict__ else self._opened_with

    @property
    def host(self) -> str:
        return urlsplit(self.setup.profile.base_url).netloc

    @property
    def preview(self) -> Preview | None:
        """The plan that is current; None once something changed that it rests on."""
        return self._preview

    @preview.setter
    def preview(self, found: Preview | None) -> None:
        self._preview = found
        if found and found.report:
            self.report = found.report
            self.keep(self.state.confirm(Step.DELIVERY, _("SCIM, tested")))

    @property
    def _here(self) -> StepScreen:
        """The step one is at, also while a dialogue lies over it."""
        screen = self.get_screen(self.state.at.value)
        assert isinstance(screen, StepScreen)  # noqa: S101 - only steps are installed under these names
        return screen

    # Steps

    def on_mount(self) -> None:
        self._watch_signals()
        # Later, because until this event is done Textual draws every screen and throws the picture away.
        self.call_later(self.push_screen, self.state.at.value)

    def go(self, step: Step) -> None:
        """Shows a step, if it can be gone to."""
        state = self.state.go(step)
        if state.at is self.state.at:
            return
        here = self.screen
        if isinstance(here, StepScreen):
            here.leave()
        self.state = state
        self._here.expect()
        self.switch_screen(self._here)

    def settle(self, step: Step, note: str, *, needs_you: bool = False, afresh: bool = True) -> None:
        """A step found something. `afresh` is false when nothing that rests on it has changed."""
        change = self.state.settle if afresh else self.state.confirm
        self.keep(change(step, note, needs_you=needs_you))

    def keep(self, state: State) -> None:
        """Takes a new state, and writes down what is proven where it will be found next time."""
        before, self.state = self.state.remembered, state
        if state.remembered != before and self.setup.saved:
            self.setups.prove(self.setup.profile.name, state.remembered)
        if isinstance(self.screen, StepScreen):
            self.screen.refresh_frame()

    def use(self, setup: Setup) -> None:
        """The set-up to go on with."""
        self.session.setup = setup

    def saved(self) -> None:
        """The set-up is on disk now, so what is proven can be remembered beside it."""
        self.use(replace(self.setup, saved=True))
        self.setups.prove(self.setup.profile.name, self.state.remembered)

    # Palette and toasts

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:  # noqa: ARG002
        """No screenshot: there are people on the screen."""
        yield SystemCommand(_("Light or dark colours"), _("Changes the colours"), self.action_colours)
        yield SystemCommand(_("Quit"), _("Leaves alleo-onboard"), self.action_quit)

    def action_colours(self) -> None:
        dark = self.theme == themes.DARK.name
        self.theme = themes.LIGHT.name if dark else themes.DARK.name

    def notify(self, message: str, **options: Any) -> None:
        super().notify(message, **{**options, "markup": False})

    # Leaving

    async def action_quit(self) -> None:
        """Asks nothing, unless a run is under way."""
        if self._here.locked:
            self._here.may_quit()
        else:
            self.exit(return_code=self.outcome)

    def action_help_quit(self) -> None:
        """Ctrl+C: stops a run as its own key does; otherwise it says how to leave."""
        if self._here.locked:
            self._here.may_quit()
        else:
            self.notify(_("Press q or Ctrl+Q to leave."))

    def _watch_signals(self) -> None:
        """A closed window or a kill gives the terminal back as it was."""
        loop = asyncio.get_running_loop()
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
                if number is not None:
                    loop.add_signal_handler(number, self._told_to_end)

    def _told_to_end(self) -> None:
        if not self._here.told_to_end():
            self.exit(return_code=INTERRUPTED)

    async def on_unmount(self) -> None:
        await self.session.aclose()

    # Crashes

    def _handle_exception(self, error: Exception) -> None:
        self._return_code = UNEXPECTED
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self._fatal_error()

    def _fatal_error(self) -> None:
        """In place of Textual's traceback, which shows the values of local variables."""
        if not self._exit_renderables and self._exception:
            self._exit_renderables.append(Text(unexpected(self._exception)))
        self._close_messages_no_wait()


def run(setups: Setups, setup: Setup, *, sandbox: bool) -> int:
    """Opens the wizard and gives the exit code. Call `environment.scrub` before importing this module."""
    app = OnboardApp(setups, setup, sandbox)
    app.run()
    return app.return_code or 0
