"""The base of all pages that run use cases: one at a time, with errors shown in the page."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events
from textual.actions import parse
from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from alleo_onboard.domain import errors
from alleo_onboard.locale import N_
from alleo_onboard.presentation.crash import unexpected
from alleo_onboard.presentation.frame import too_small
from alleo_onboard.presentation.hidden import hidden_value
from alleo_onboard.tui.widgets.fields import Field
from alleo_onboard.tui.widgets.say import Refusal, Say, Trouble
from alleo_onboard.tui.widgets.told import KEYS as SCROLLING
from alleo_onboard.tui.widgets.told import Told, scrolled
from alleo_onboard.wizard.exits import INTERRUPTED

if TYPE_CHECKING:
    from alleo_onboard.domain.progress import Event
    from alleo_onboard.tui.onboard import Onboard
    from alleo_onboard.usecases.sitting.sitting import Sitting


class TooSmall(Say):
    """Shown alone when the terminal is too small."""

    def __init__(self) -> None:
        super().__init__(too_small(), id="tiny")


class Working(Screen[None]):
    """A page that runs use cases. Its layout needs a Trouble `#trouble` and a Say `#status`."""

    SCROLLS: ClassVar[bool] = False  # True for a body that scrolls as a whole, not inside its own widgets
    _job: object = None
    _must_end = False  # True while the work in progress must not be cut short
    _ends_then = False  # True if the app ends when that work has ended
    _says_old_words = False  # the language changed while a use case was running
    _began = 0.0  # monotonic time in seconds
    # The same keys on every page. Those not shown in the key bar are in the help and in the palette.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "help", N_("Help"), key_display="?"),
        Binding("f1", "help", N_("Help"), key_display="F1"),
        Binding("h", "history", N_("History"), show=False),
        Binding("d", "daily", N_("Every day"), show=False),
        Binding("L", "app.language", N_("Language"), show=False),
        Binding("x", "app.hide_names", N_("Hide names"), show=False),
        Binding("q", "app.quit", N_("Quit")),
        *SCROLLING,
    ]

    @property
    def onboard(self) -> Onboard:
        """The app."""
        return cast("Onboard", self.app)

    @property
    def sitting(self) -> Sitting:
        """The current session."""
        return self.onboard.sitting

    def compose_room(self) -> ComposeResult:
        """Yields the place for errors and the page's own widgets."""
        yield Trouble(id="trouble")
        if self.SCROLLS:
            with Told(id="body"), Vertical(id="beside-scrollbar"):
                yield from self.compose_body()
        else:
            with Vertical(id="body"):
                yield from self.compose_body()

    def compose_body(self) -> ComposeResult:
        """Yields the widgets of this page."""
        raise NotImplementedError

    def fit(self) -> None:
        """Adds the CSS classes for the terminal's size. Textual itself does so only after the first layout."""
        (width, height), app = self.app.size, self.app
        for room, breakpoints in ((width, app.HORIZONTAL_BREAKPOINTS), (height, app.VERTICAL_BREAKPOINTS)):
            self.add_class([name for least, name in breakpoints or () if room >= least][-1])

    def start(self, job: Callable[[], Awaitable[None]], busy: str = "", *, must_end: bool = False) -> None:
        """Runs a use case; errors are shown in the page. `busy` is the status line.

        A running one is cancelled; one that must end goes on, and nothing is started. `must_end`: see `hold`.
        """
        if self._must_end:
            return
        self.trouble("")
        self.status(busy)
        self._began = time.monotonic()
        self._job = token = object()
        if must_end:
            self.hold()
        guarded: Callable[[], Awaitable[None]] = partial(self._guarded, job, token)
        self.run_worker(guarded, group="usecase", exclusive=True, exit_on_error=False)

    def hold(self) -> None:
        """Keeps the page open, and other use cases away, until the running one has ended: half of it would be lost."""
        self._must_end = True
        self.lock_changed()

    def lock_changed(self) -> None:
        """Called when `hold` begins and ends. Subclasses draw what works now."""
        self.refresh_bindings()

    async def _guarded(self, job: Callable[[], Awaitable[None]], token: object) -> None:
        try:
            await job()
        except errors.Trouble as trouble:
            self.failed(trouble)
        except Exception as error:  # noqa: BLE001 - whatever it is, the wizard stays usable and says where it happened
            self.trouble(unexpected(error))
        finally:
            if self._job is token:
                self._ended()

    def _ended(self) -> None:
        held, self._must_end, self._job = self._must_end, False, None
        if self._ends_then:
            self.app.exit(return_code=INTERRUPTED)
        elif self.is_attached:
            self.status("")
            if held:
                self.lock_changed()
            if self._says_old_words:
                self.call_later(self.say_again)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "scroll_told":
            by = parameters[0]
            return isinstance(by, int) and any(told.goes_on(by) for told in scrolled(self))
        return super().check_action(action, parameters)

    def action_scroll_told(self, by: int) -> None:
        """Scrolls the first text of the page to its end, then the next; back in the other order."""
        parts = [told for told in scrolled(self) if told.goes_on(by)]
        parts[0 if by > 0 else -1].page(by)

    def failed(self, trouble: errors.Trouble) -> None:
        """Called when a use case raised Trouble. Shows it: below the field that it is about, and goes there."""
        if field := self.field_of(trouble.field):
            self.refuse(field, str(trouble))
            self.set_focus(field)
        else:
            self.trouble(str(trouble))

    def field_of(self, name: str) -> Widget | None:
        """Returns the field of a setting or secret, or None if this page has none that can be seen."""
        named = self.query(f"#{name.replace('_', '-')}") if name else ()
        return next((field for field in named if field.focusable), None)

    def refuse(self, field: Widget, text: str) -> None:
        """Shows below `field` what is wrong with its value, until the next error, use case or "" of `trouble`."""
        self.trouble("")
        row = next(one for one in field.ancestors_with_self if isinstance(one.parent, (Vertical, VerticalScroll)))
        if isinstance(field, Field) and field.password and field.value:  # what looks like a secret is told unseen too
            text = text.replace(field.value.strip(), hidden_value(field.value))
        row.parent.mount(Refusal(text), after=row)  # type: ignore[union-attr]

    def trouble(self, text: str) -> None:
        """Shows an error in the page; "" removes it."""
        self.query(Refusal).set(display=False).remove()  # removal alone would leave its line empty
        self.query_one("#trouble", Trouble).tell(text)

    def status(self, text: str) -> None:
        """Shows one line about the work in progress."""
        self.query_one("#status", Say).say(text)

    def heard(self, event: Event) -> None:
        """Gets the progress events of a use case, and shows them."""
        from alleo_onboard.presentation.progress import going_on, pictured

        if text := going_on(event):
            self.status(text)
            self.shows_work(pictured(event, time.monotonic() - self._began))

    @property
    def locked(self) -> bool:
        """True while the page must not be left."""
        return self._must_end

    def may_quit(self) -> None:
        """Called when the user wants to leave while this page is locked."""

    def told_to_end(self) -> bool:
        """Called when the terminal is closed. Returns True if the page itself ends the app as soon as it can."""
        self._ends_then = self._must_end
        return self._must_end

    def title_shown(self) -> str:
        """Returns the title of the page's help."""
        raise NotImplementedError

    def help_text(self) -> Sequence[str]:
        """Returns the help of this page as paragraphs."""
        return ()

    def takes_paste(self, text: str, field: Input | None) -> bool:  # noqa: ARG002 - for those that know better
        """Puts pasted text where it belongs. Returns True if the page did so. `field` is None outside of fields."""
        return False

    def on_paste(self, event: events.Paste) -> None:
        self.takes_paste(event.text, None)

    def retell(self) -> None:
        """Called after the widgets were rebuilt in another language. Subclasses draw their data again."""

    async def say_again(self) -> None:
        """Rebuilds the page in the current language, after a running use case has ended."""
        from alleo_onboard.tui.speaking import said_again

        self._says_old_words = self._job is not None
        if not self._says_old_words:
            await said_again(self, self.retell)

    def shows_work(self, text: str) -> None:
        """Shows progress in the middle of the page while there is nothing else to show. Subclasses override it."""

    def redraw_people(self) -> None:
        """Called when names are hidden or shown."""

    def action_leave_field(self) -> None:
        self.set_focus(None)

    def action_help(self) -> None:
        from alleo_onboard.tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self.title_shown(), self.help_text(), self._every_key()))

    def _every_key(self) -> dict[str, ActiveBinding]:
        """Returns the keys that work now, and the page's keys that work outside of fields."""
        found = dict(self.active_bindings)
        for key, bindings in self._bindings.key_to_bindings.items():
            for binding in bindings:
                _place, action, parameters = parse(binding.action)
                if key not in found and self.check_action(action, parameters):
                    found[key] = ActiveBinding(self, binding, enabled=True)
        return found

    def action_history(self) -> None:
        if not self.locked:
            self.onboard.show_history()

    def action_daily(self) -> None:
        if not self.locked:
            self.onboard.show_daily()

    def give_up(self) -> None:
        """Cancels the work in progress."""
        self._job = None
        self.workers.cancel_node(self)
        self.status("")
