"""The wizard as a Textual app: one sitting, one state, five screens. It renders and never decides."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cached_property, partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlsplit

from rich.text import Text
from textual import events
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input

from alleo_onboard.domain.profile import Language
from alleo_onboard.locale import N_, _, choose, language
from alleo_onboard.locale.answers import yes_letter
from alleo_onboard.locale.choice import NAMES
from alleo_onboard.presentation.crash import unexpected
from alleo_onboard.presentation.pages.veil import names_and_addresses_are_hidden, names_and_addresses_are_shown
from alleo_onboard.tui import themes
from alleo_onboard.tui.bursts import Bursts
from alleo_onboard.tui.commands import Palette, StepCommands
from alleo_onboard.tui.leaving import at_stake, farewell
from alleo_onboard.tui.screens.step import TALL, WIDE, StepScreen
from alleo_onboard.tui.screens.work import Working
from alleo_onboard.tui.widgets.fields import Field
from alleo_onboard.usecases.setups.keyring_wait import Waiting, bear
from alleo_onboard.usecases.setups.resolve import Setup, Setups
from alleo_onboard.wizard.exits import DONE, INTERRUPTED, UNEXPECTED
from alleo_onboard.wizard.state import State
from alleo_onboard.wizard.steps import Step

if TYPE_CHECKING:  # the first screen has to be there quickly, so the use cases are loaded by the steps that need them
    from alleo_onboard.domain.delivery import DeliveryReport
    from alleo_onboard.usecases.preview.preview import Preview
    from alleo_onboard.usecases.preview.session import Session, Welcome


def in_language(setup: Setup, spoken: Language) -> Setup:
    """The set-up with the language to remember for it."""
    return replace(setup, profile=replace(setup.profile, language=spoken))


def _screen(name: str) -> StepScreen:
    """The screen of that name, which is loaded when somebody goes there."""
    module = import_module(f"alleo_onboard.tui.screens.{name}")
    screen: StepScreen = getattr(module, f"{name.capitalize()}Screen")()
    return screen


DEMO = "demo"  # what the wizard ends with when somebody wants to try it with made-up people


class OnboardApp(App[str]):
    """Holds what a sitting found: `session`, `state`, `welcome`, `preview` and `report` (None until known).

    With `from_start` it opens on the set-ups of this computer, of which one is then opened; with `offers_demo` that
    page offers the made-up people.
    """

    CSS_PATH = ["app.tcss", "screens/connect.tcss"]  # noqa: RUF012 - read together, or all is styled anew
    TITLE = "alleo-onboard"
    HORIZONTAL_BREAKPOINTS = [(0, "-cramped"), (60, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012 - as in App
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (18, "-low"), (TALL, "-tall")]  # noqa: RUF012
    COMMANDS = App.COMMANDS | {StepCommands}
    # Tab moves on before the keys behind it are handed out, so that "id<Tab>secret" typed at once lands right.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "app.focus_next", N_("Next field or button"), key_display="Tab", show=False, priority=True),
        Binding("shift+tab", "app.focus_previous", N_("The one before"), show=False, priority=True),
    ]

    def __init__(
        self,
        setups: Setups,
        setup: Setup,
        sandbox: bool,  # noqa: FBT001 - the contract with the CLI
        *,
        from_start: bool = False,
        offers_demo: bool = False,
    ) -> None:
        super().__init__()
        for theme in themes.ALL:
            self.register_theme(theme)
        self._dark, self._light = themes.pair(self.console.color_system)
        self.theme = self._dark.name
        self.setups, self.from_start, self.offers_demo = setups, from_start, offers_demo
        self.veiled = False  # whether people's names and addresses are hidden
        self.outcome = DONE  # the exit code when a person leaves
        self.animation_level = "none"
        self._bursts = Bursts()
        self.keyring_wait = Waiting(self._keyring_waits)
        bear(self.keyring_wait)
        self._steps: dict[str, StepScreen] = {}
        self._language: Language | None = None  # picked in this sitting
        self._begin(setup, sandbox=sandbox)

    def _begin(self, setup: Setup, *, sandbox: bool) -> None:
        """A sitting with `setup`, of which nothing is known yet but what was proven before."""
        self._opened_with, self.sandbox = in_language(setup, self._language) if self._language else setup, sandbox
        self.__dict__.pop("session", None)
        proven = self.setups.proven(setup.profile.name) if setup.saved else frozenset()
        self.state = State.resume(proven, credential=setup.has_credential, delivery=setup.has_delivery)
        self.welcome: Welcome | None = None
        self._preview: Preview | None = None
        self.report: DeliveryReport | None = None

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
        kind = self.setup.kind
        if found and found.report and kind:
            self.report = found.report
            self.keep(self.state.confirm(Step.DELIVERY, _("{delivery}, tested").format(delivery=kind.label())))

    @property
    def _here(self) -> StepScreen:
        """The step one is at, also while a dialogue lies over it."""
        return self.step_screen(self.state.at)

    def step_screen(self, step: Step) -> StepScreen:
        """The screen of a step, the same one for a whole sitting."""
        name = self._name_of(step)
        if name not in self._steps:
            self._steps[name] = screen = _screen(name)
            self.install_screen(screen, f"{name}-{id(screen)}")
        return self._steps[name]

    def _name_of(self, step: Step) -> str:
        """The last step is another page where Alleo runs the sync itself."""
        if step is Step.RUN and self.setup.kind:
            from alleo_onboard.domain.delivery import Runs

            return "handover" if self.setup.kind.runs is Runs.NOTHING else step.value
        return step.value

    # Steps

    def on_mount(self) -> None:
        self._watch_signals()
        # Later, because until this event is done Textual draws every screen and throws the picture away.
        self.call_later(self._show_first)

    def _show_first(self) -> None:
        if self.from_start:
            from alleo_onboard.tui.screens.start import StartScreen

            self.push_screen(StartScreen())
        else:
            self.push_screen(self._here)

    async def open_setup(self, setup: Setup) -> None:
        """Goes from the start page into a set-up."""
        await self._end_sitting()
        self._begin(setup, sandbox=self.setups.is_sandbox(setup))
        self.switch_screen(self._here)

    def try_demo(self) -> None:
        """Made-up people are a wizard of their own, which leads back here."""
        self.exit(DEMO)

    def to_start(self) -> None:
        """Back to the set-ups of this computer; what would be lost by it is asked about first."""
        self._leaving(self._go_to_start)

    def _go_to_start(self) -> None:
        from alleo_onboard.tui.screens.start import StartScreen

        self._here.leave()
        self.switch_screen(StartScreen())

    async def _end_sitting(self) -> None:
        if "session" in self.__dict__:
            await self.session.aclose()
        for screen in self._steps.values():
            self.uninstall_screen(screen)
            await screen.remove()
        self._steps = {}

    def go(self, step: Step) -> None:
        """Shows a step, if it can be gone to."""
        state = self.state.go(step)
        if state.at is self.state.at:
            return
        here = self.screen
        if isinstance(here, StepScreen):
            if not here.before_leaving(lambda: self.go(step)):
                return
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

    # Whether everyone is meant: asked by the check, and again before a run

    @property
    def everyone_asked(self) -> int:
        """How many people would get Alleo because nothing selects them, while it is not settled that it is meant."""
        from alleo_onboard.presentation.check import everyone

        snapshot = self.session.snapshot
        if snapshot is None or self.setup.profile.everyone_confirmed:
            return 0
        return everyone(snapshot.readiness) or 0

    async def mean_everyone(self) -> None:
        """Everyone is meant, and that is written down."""
        self.use(replace(self.setup, profile=replace(self.setup.profile, everyone_confirmed=True)))
        self.settle_check(afresh=False)
        await asyncio.to_thread(self.setups.save, self.setup)

    def settle_check(self, *, afresh: bool) -> None:
        """What the check found in what was read."""
        from alleo_onboard.presentation.check import note

        assert self.session.snapshot is not None  # noqa: S101 - called after reading
        readiness, asking = self.session.snapshot.readiness, bool(self.everyone_asked)
        told = note(readiness, asking=asking)
        self.settle(Step.CHECK, told, needs_you=asking or not readiness.ready, afresh=afresh)

    # Palette and toasts

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:  # noqa: ARG002
        """No screenshot: there are people on the screen."""
        yield SystemCommand(_("Light or dark colours"), _("Changes the colours"), self.action_colours)
        for code, name in NAMES.items():
            if code != language():
                yield SystemCommand(
                    name, _("The language of everything that is shown"), partial(self.action_language, code)
                )
        yield SystemCommand(_("Quit"), _("Leaves alleo-onboard"), self.action_quit)

    async def action_language(self, wanted: str = "") -> None:
        """Goes on in another language, the next one if none is named; a set-up that is saved remembers it."""
        from alleo_onboard.tui.speaking import following

        choose(wanted or following())
        pages = [*self.screen_stack, *(screen for screen in self._steps.values() if screen not in self.screen_stack)]
        for page in pages:
            if isinstance(page, Working) and page.is_attached:
                await page.say_again()
        self._language = Language(language())
        if any(isinstance(page, StepScreen) for page in self.screen_stack):
            self.use(in_language(self.setup, self._language))
            if self.setup.saved:
                await asyncio.to_thread(self.setups.save, self.setup)

    def action_command_palette(self) -> None:
        """Textual's, with its own words in the reader's language."""
        if not self.screen.has_class("--textual-command-palette"):
            self.push_screen(Palette())

    def action_colours(self) -> None:
        self.theme = (self._light if self.theme == self._dark.name else self._dark).name

    def notify(self, message: str, **options: Any) -> None:
        super().notify(message, **{**options, "markup": False})

    # Leaving

    async def action_quit(self) -> None:
        """Asks where something would be lost, and while a run is under way."""
        self._quit()

    def action_help_quit(self) -> None:
        """Ctrl+C leaves as q does."""
        self._quit()

    def _quit(self) -> None:
        if self._under_way:
            self._here.may_quit()
        else:
            self._leaving(self._leave)

    @property
    def _under_way(self) -> bool:
        return self._name_of(self.state.at) in self._steps and self._here.locked

    def _leaving(self, leave: Callable[[], object]) -> None:
        from alleo_onboard.tui.screens.ask import Ask

        here = self.screen
        if isinstance(here, Ask):
            return
        if isinstance(here, StepScreen) and not here.before_leaving(lambda: self._leaving(leave)):
            return
        stake = at_stake(self)
        if not stake:
            leave()
            return

        def answered(yes: bool | None) -> None:  # noqa: FBT001 - what the dialogue gives back
            if yes:
                leave()

        self.push_screen(Ask(stake, _("Leave all the same"), _("Stay")), answered)

    def _leave(self) -> None:
        self.exit(return_code=self.outcome, message=farewell(self))

    # Keys

    def post_message(self, message: Message) -> bool:
        if isinstance(message, events.Key) and not message.is_forwarded:
            self._bursts.arrived(message)
        return super().post_message(message)

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key) and not event.is_forwarded:
            await self._key(event)
        else:
            await super().on_event(event)

    def get_key_display(self, binding: Binding) -> str:
        """The key for yes is that of the reader's own word."""
        return yes_letter() if binding.key == "y" else super().get_key_display(binding)

    def _meant(self, key: events.Key) -> events.Key:
        """The reader's own letter for yes is y, where yes can be said."""
        if key.key != yes_letter() or isinstance(self.focused, Input):
            return key
        asked = any(one.binding.key == "y" and one.enabled for one in self.screen.active_bindings.values())
        return events.Key("y", "y") if asked else key

    async def _key(self, key: events.Key) -> None:
        """Where there are fields, what is pasted beside them is swallowed, for its letters would be keys."""
        if not self._beside_fields:
            self._bursts.taken()
        elif await self._bursts.swallows(key):
            return
        field = self.focused
        if key.key == "enter" and isinstance(field, Field) and field.moves_on:
            # The field hears of it when it has taken what was typed before; the focus moves at once, as with Tab,
            # for what is typed behind Enter belongs to the next field.
            field.call_later(field.action_submit)
            self.screen.focus_next()
        else:
            await super().on_event(self._meant(key))

    @property
    def _beside_fields(self) -> bool:
        return self.is_running and not isinstance(self.focused, Input) and bool(self.screen.query(Input))

    def action_hide_names(self) -> None:
        """Hides people's names and addresses on every page, or shows them again."""
        self.veiled = not self.veiled
        for screen in self.screen_stack:
            if isinstance(screen, Working):
                screen.redraw_people()
                screen.refresh(layout=True)
        self.notify(names_and_addresses_are_hidden() if self.veiled else names_and_addresses_are_shown())

    def _watch_signals(self) -> None:
        """A closed window or a kill gives the terminal back as it was."""
        loop = asyncio.get_running_loop()
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
                if number is not None:
                    loop.add_signal_handler(number, self._told_to_end)

    def _told_to_end(self) -> None:
        if not self._under_way or not self._here.told_to_end():
            self.exit(return_code=INTERRUPTED)

    def _keyring_waits(self, sentence: str) -> None:
        """Called in the thread that waits."""
        self.call_from_thread(self.notify, sentence, timeout=60, markup=False)

    async def on_unmount(self) -> None:
        self.keyring_wait.stopped.set()
        if "session" in self.__dict__:
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


def run(
    setups: Setups, setup: Setup, *, sandbox: bool, from_start: bool = False, demo: Callable[[], object] | None = None
) -> int:
    """Opens the wizard and gives the exit code. Call `environment.scrub` before importing this module.

    `from_start` opens it on the set-ups of this computer, where `demo` is what "Try with made-up people" does.
    """
    while True:
        app = OnboardApp(setups, setup, sandbox, from_start=from_start, offers_demo=demo is not None)
        app.run()
        if app.return_value != DEMO or demo is None:
            return app.return_code or 0
        demo()
