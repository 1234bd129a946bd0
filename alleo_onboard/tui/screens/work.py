"""What every screen shares that has use cases work for it: one at a time, and whatever goes wrong told in the page."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events
from textual.binding import ActiveBinding, Binding, BindingType
from textual.screen import Screen
from textual.widgets import Input
from textual.worker import Worker

from alleo_onboard.domain import errors
from alleo_onboard.locale import N_, _
from alleo_onboard.presentation.crash import unexpected
from alleo_onboard.tui.speaking import said_again
from alleo_onboard.tui.widgets.say import Say, Trouble

if TYPE_CHECKING:
    from alleo_onboard.domain.progress import Event
    from alleo_onboard.tui.onboard import Onboard
    from alleo_onboard.usecases.sitting.sitting import Sitting


class TooSmall(Say):
    """All that is shown where there is no room for more."""

    def __init__(self) -> None:
        text = _("alleo-onboard needs a terminal of at least 60 columns and 18 lines. Please make it larger.")
        super().__init__(text, id="tiny")


class Working(Screen[None]):
    """Needs a Trouble `#trouble` and a Say `#status` in its page."""

    _job: object = None
    _says_old_words = False  # the language changed while a use case was at work here
    _began = 0.0  # seconds of a clock that never goes back
    # The same keys on every page. Those that are not in the bar are in the help and in the palette.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "help", N_("Help"), key_display="?"),
        Binding("f1", "help", N_("Help"), key_display="F1"),
        Binding("h", "history", N_("History"), show=False),
        Binding("d", "daily", N_("Every day"), show=False),
        Binding("L", "app.language", N_("Language"), show=False),
        Binding("x", "app.hide_names", N_("Hide names"), show=False),
        Binding("q", "app.quit", N_("Quit")),
    ]

    @property
    def onboard(self) -> Onboard:
        return cast("Onboard", self.app)

    @property
    def sitting(self) -> Sitting:
        return self.onboard.sitting

    def fit(self) -> None:
        """Takes the classes for the terminal's size, which Textual gives only once everything has been laid out."""
        (width, height), app = self.app.size, self.app
        for room, breakpoints in ((width, app.HORIZONTAL_BREAKPOINTS), (height, app.VERTICAL_BREAKPOINTS)):
            self.add_class([name for least, name in breakpoints or () if room >= least][-1])

    def start(self, job: Callable[[], Awaitable[None]], busy: str = "") -> Worker[None]:
        """Runs a use case. What goes wrong is told in the page; a job started later takes its place."""
        self.trouble("")
        self.status(busy)
        self._began = time.monotonic()
        self._job = token = object()
        return self.run_worker(partial(self._guarded, job, token), group="usecase", exclusive=True, exit_on_error=False)

    async def _guarded(self, job: Callable[[], Awaitable[None]], token: object) -> None:
        try:
            await job()
        except errors.Trouble as trouble:
            self.failed(trouble)
        except Exception as error:  # noqa: BLE001 - whatever it is, the wizard stays usable and says where it happened
            self.trouble(unexpected(error))
        finally:
            if self._job is token and self.is_attached:
                self._job = None
                self.status("")
                if self._says_old_words:
                    self.call_later(self.say_again)

    def failed(self, trouble: errors.Trouble) -> None:
        """A use case ended with something a person has to know."""
        self.trouble(str(trouble))

    def trouble(self, text: str) -> None:
        """Shows what went wrong in the page; "" takes it away."""
        self.query_one("#trouble", Trouble).tell(text)

    def status(self, text: str) -> None:
        """One line about what is going on."""
        self.query_one("#status", Say).say(text)

    def heard(self, event: Event) -> None:
        """What a use case tells while it works."""
        from alleo_onboard.presentation.progress import going_on, pictured

        if text := going_on(event):
            self.status(text)
            self.shows_work(pictured(event, time.monotonic() - self._began))

    # What every page can do

    @property
    def locked(self) -> bool:
        """Whether a person has to stay here just now."""
        return False

    def may_quit(self) -> None:
        """A person wants to leave while this page is locked."""

    def told_to_end(self) -> bool:
        """The terminal is going away. True when the page ends the app itself, as soon as it can."""
        return False

    def title_shown(self) -> str:
        """What the page is called."""
        raise NotImplementedError

    def help_text(self) -> Sequence[str]:
        """What to know about this page, as paragraphs."""
        return ()

    def takes_paste(self, text: str, field: Input | None) -> bool:  # noqa: ARG002 - for those that know better
        """Whether the page itself put what was pasted into `field`, or beside all fields, where it belongs."""
        return False

    def on_paste(self, event: events.Paste) -> None:
        self.takes_paste(event.text, None)

    def retell(self) -> None:
        """The page was made anew in another language: what was found is drawn again."""

    async def say_again(self) -> None:
        """Says everything in the language that holds now; what is under way here is let end first."""
        self._says_old_words = self._job is not None
        if not self._says_old_words:
            await said_again(self, self.retell)

    def shows_work(self, text: str) -> None:
        """What is being read, large, where the page has nothing else to show yet."""

    def redraw_people(self) -> None:
        """Names are hidden now, or shown again."""

    def action_leave_field(self) -> None:
        self.set_focus(None)

    def action_help(self) -> None:
        from alleo_onboard.tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self.title_shown(), self.help_text(), self._every_key()))

    def _every_key(self) -> dict[str, ActiveBinding]:
        """The keys that work now, and those of the page that work once one has left the field."""
        found = dict(self.active_bindings)
        for key, bindings in self._bindings.key_to_bindings.items():
            for binding in bindings:
                if key not in found and self.check_action(binding.action, ()):
                    found[key] = ActiveBinding(self, binding, enabled=True)
        return found

    def action_history(self) -> None:
        if not self.locked:
            self.onboard.show_history()

    def action_daily(self) -> None:
        if not self.locked:
            self.onboard.show_daily()

    def give_up(self) -> None:
        """What is under way here is given up."""
        self._job = None
        self.workers.cancel_node(self)
        self.status("")
