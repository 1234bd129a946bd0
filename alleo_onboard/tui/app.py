"""The wizard as a Textual app: one session and its pages. Makes no decisions."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from threading import Timer
from typing import Any

from textual.app import SystemCommand
from textual.screen import Screen

from alleo_onboard.domain.profile import Language
from alleo_onboard.locale import _, choose, language
from alleo_onboard.locale.choice import NAMES, following
from alleo_onboard.presentation import notes
from alleo_onboard.presentation.pages.veil import names_hidden, names_shown
from alleo_onboard.tui import themes
from alleo_onboard.tui.commands import PageCommands, Palette
from alleo_onboard.tui.crash import EndsQuietly
from alleo_onboard.tui.keyboard import Keyboard
from alleo_onboard.tui.leaving import at_stake, farewell
from alleo_onboard.tui.pages import page
from alleo_onboard.tui.screens.step import TALL, WIDE, StepScreen
from alleo_onboard.tui.screens.work import Working
from alleo_onboard.usecases.setups.keyring_wait import Waiting, bear
from alleo_onboard.usecases.setups.resolve import Setup, Setups
from alleo_onboard.usecases.sitting.sitting import Sitting
from alleo_onboard.wizard.exits import DONE, INTERRUPTED
from alleo_onboard.wizard.steps import Step


def in_language(setup: Setup, spoken: Language) -> Setup:
    """Returns the set-up with this language stored in it."""
    return replace(setup, profile=replace(setup.profile, language=spoken))


END_WITHIN = 10.0  # seconds after a signal; then the process is ended: its terminal may be closed
DEMO = "demo"  # result of the app when the user chose made-up people


class OnboardApp(Keyboard, EndsQuietly):
    """The app. Loads each page when it is first opened.

    With `from_start` it opens on the start page, which lists the set-ups of this computer. With `offers_demo` that page
    offers made-up people.
    """

    CSS_PATH = ["app.tcss", "screens/connect.tcss"]  # noqa: RUF012 - read together, or all is styled anew
    TITLE = "alleo-onboard"
    HORIZONTAL_BREAKPOINTS = [(0, "-cramped"), (60, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012 - as in App
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (18, "-low"), (TALL, "-tall")]  # noqa: RUF012
    COMMANDS = {PageCommands}  # noqa: RUF012 - as in App

    def __init__(self, setups: Setups, setup: Setup, *, from_start: bool = False, offers_demo: bool = False) -> None:
        super().__init__()
        for theme in themes.ALL:
            self.register_theme(theme)
        self._dark, self._light = themes.pair(self.console.color_system)
        self.theme = self._dark.name
        self.setups, self.from_start, self.offers_demo = setups, from_start, offers_demo
        self.veiled = False  # True while names and addresses are hidden
        self.outcome = DONE  # the exit code
        self.animation_level = "none"
        self.overdue: Timer | None = None
        self.keyring_wait = Waiting(self._keyring_waits)
        bear(self.keyring_wait)
        self._steps: dict[str, StepScreen] = {}
        self._language: Language | None = None  # chosen since the wizard was opened
        self.sitting = Sitting(setups, setup, notes, changed=self._refresh_frame)

    @property
    def _here(self) -> StepScreen:
        """The screen of the current step, also while a dialogue is above it."""
        return self.step_screen(self.sitting.state.at)

    @property
    def _pages(self) -> list[Working]:
        """All pages that were shown and can be shown again, also those of other steps."""
        screens = dict.fromkeys([*self.screen_stack, *self._steps.values()])
        return [screen for screen in screens if isinstance(screen, Working) and screen.is_attached]

    def step_screen(self, step: Step) -> StepScreen:
        """Returns the screen of a step; the same one for the whole session."""
        name = self._name_of(step)
        if name not in self._steps:
            self._steps[name] = screen = page(name)
            self.install_screen(screen, f"{name}-{id(screen)}")
        return self._steps[name]

    def _name_of(self, step: Step) -> str:
        """Returns the name of a step's page. The last step differs when Alleo runs the sync itself."""
        kind = self.sitting.setup.kind
        if step is Step.RUN and kind:
            from alleo_onboard.domain.delivery import Runs

            return "handover" if kind.runs is Runs.NOTHING else step.value
        return step.value

    # Steps

    def on_mount(self) -> None:
        self._watch_signals()
        # Later: during this event Textual would draw every screen and discard the result.
        self.call_later(self._show_first)

    def _show_first(self) -> None:
        if self.from_start:
            from alleo_onboard.tui.screens.start import StartScreen

            self.push_screen(StartScreen())
        else:
            self.push_screen(self._here)

    async def open_setup(self, setup: Setup) -> None:
        """Ends the session and starts one with another set-up."""
        await self._end_sitting()
        self.sitting.begin(in_language(setup, self._language) if self._language else setup)
        self.switch_screen(self._here)

    def try_demo(self) -> None:
        """Leaves for a wizard with made-up people, which returns to this one."""
        self.exit(DEMO)

    def to_start(self) -> None:
        """Goes to the start page. Asks first if something would be lost."""
        self._leaving(self._go_to_start)

    def _go_to_start(self) -> None:
        from alleo_onboard.tui.screens.start import StartScreen

        self._here.leave()
        self.switch_screen(StartScreen())

    async def _end_sitting(self) -> None:
        await self.sitting.aclose()
        for screen in self._steps.values():
            self.uninstall_screen(screen)
            await screen.remove()
        self._steps = {}

    def go(self, step: Step) -> None:
        """Shows a step, if it is reachable."""
        state = self.sitting.state
        if step is state.at or not state.reachable(step):
            return
        here = self.screen
        if isinstance(here, StepScreen):
            if not here.before_leaving(lambda: self.go(step)):
                return
            here.leave()
        self.sitting.go(step)
        self._here.expect()
        self.switch_screen(self._here)

    def _refresh_frame(self) -> None:
        """Redraws header and rail after a step found something."""
        if isinstance(self.screen, StepScreen):
            self.screen.refresh_frame()

    # Pages beside the steps

    def show_history(self) -> None:
        from alleo_onboard.tui.screens.history import HistoryScreen

        if not isinstance(self.screen, HistoryScreen):
            self.push_screen(HistoryScreen())

    def show_daily(self) -> None:
        from alleo_onboard.tui.screens.daily import DailyScreen

        if not isinstance(self.screen, DailyScreen):
            self.push_screen(DailyScreen())

    # Palette and toasts

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:  # noqa: ARG002
        """Yields our own commands. Leaves out Textual's screenshot, which would contain people's names."""
        yield SystemCommand(_("Light or dark colours"), "", self.action_colours)
        others = [(code, name) for code, name in NAMES.items() if code != language()]
        for code, name in others:
            yield SystemCommand(": ".join((_("Language"), name)), "", partial(self.action_language, code))
        yield SystemCommand(_("Quit"), "", self.action_quit)

    async def action_language(self, wanted: str = "") -> None:
        """Changes the language; without `wanted` to the next one. A saved set-up stores it."""
        choose(wanted or following(language()))
        for page_shown in self._pages:
            await page_shown.say_again()
        self._language = Language(language())
        if any(isinstance(screen, StepScreen) for screen in self.screen_stack):
            await self.sitting.speak(self._language)

    def action_command_palette(self) -> None:
        """Opens the palette with translated texts, in place of Textual's."""
        if not self.screen.has_class("--textual-command-palette"):
            self.push_screen(Palette())

    def action_colours(self) -> None:
        self.theme = (self._light if self.theme == self._dark.name else self._dark).name

    def notify(self, message: str, **options: Any) -> None:
        super().notify(message, **{**options, "markup": False})

    def action_hide_names(self) -> None:
        """Hides or shows people's names and addresses on every page."""
        self.veiled = not self.veiled
        for page_shown in self._pages:
            page_shown.redraw_people()
            page_shown.refresh(layout=True)
        self.notify(names_hidden() if self.veiled else names_shown())

    # Leaving

    async def action_quit(self) -> None:
        """Leaves. Asks first if something would be lost, or during a run."""
        self._quit()

    def action_help_quit(self) -> None:
        """Leaves on Ctrl+C as on q."""
        self._quit()

    def _quit(self) -> None:
        if page := self._page_to_stay_on:
            page.may_quit()
        else:
            self._leaving(self._leave)

    @property
    def _page_to_stay_on(self) -> Working | None:
        """The open page that must not be left now, also while a dialogue is above it; or None."""
        return next((page for page in self.screen_stack if isinstance(page, Working) and page.locked), None)

    def _leaving(self, leave: Callable[[], object]) -> None:
        from alleo_onboard.tui.screens.ask import Ask

        here = self.screen
        if isinstance(here, Ask):
            return
        if isinstance(here, StepScreen) and not here.before_leaving(lambda: self._leaving(leave)):
            return
        stake = at_stake(self.sitting, self.screen_stack)
        if not stake:
            leave()
            return

        def answered(yes: bool | None) -> None:  # noqa: FBT001 - what the dialogue gives back
            if yes:
                leave()

        self.push_screen(Ask(stake, _("Leave all the same"), _("Stay")), answered)

    def _leave(self) -> None:
        self.exit(return_code=self.outcome, message=farewell(self.sitting))

    def _watch_signals(self) -> None:
        """Restores the terminal when its window is closed or the process is killed."""
        loop = asyncio.get_running_loop()
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            with contextlib.suppress(AttributeError, NotImplementedError, RuntimeError, ValueError):
                loop.add_signal_handler(getattr(signal, name), self._told_to_end)

    def _told_to_end(self) -> None:
        page = self._page_to_stay_on
        if page is None or not page.told_to_end():
            self.exit(return_code=INTERRUPTED)
            if self.overdue is not None and not self.overdue.is_alive():
                self.overdue.start()

    def _keyring_waits(self, sentence: str) -> None:
        """Shows that the keyring waits for the user. Called in the waiting thread."""
        self.call_from_thread(self.notify, sentence, timeout=60, markup=False)

    async def on_unmount(self) -> None:
        self.keyring_wait.stopped.set()
        await self.sitting.aclose()


def run(setups: Setups, setup: Setup, *, from_start: bool = False, demo: Callable[[], int] | None = None) -> int:
    """Opens the wizard and returns the exit code. Call `environment.scrub` before importing this module.

    `from_start` opens it on the start page. `demo` is called for "Try with made-up people" and returns its exit code;
    a signal that ended the demo ends the wizard too, as its terminal may be closed.
    """
    while True:
        app = OnboardApp(setups, setup, from_start=from_start, offers_demo=demo is not None)
        app.overdue = Timer(END_WITHIN, os._exit, (INTERRUPTED,))
        app.overdue.daemon = True
        app.run()
        app.overdue.cancel()
        if app.return_value != DEMO or demo is None:
            return app.return_code or 0
        if (code := demo()) == INTERRUPTED:
            return code
