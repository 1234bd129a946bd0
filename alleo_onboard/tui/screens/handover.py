"""Step 5 when Alleo runs the sync: hands the credential over, and follows it until activation."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from alleo_onboard.domain.errors import Refused, Unreachable, Usage
from alleo_onboard.domain.handover import Who
from alleo_onboard.locale import _
from alleo_onboard.presentation.handover import (
    beneath,
    checklist,
    headline,
    sent_lines,
    state_label,
)
from alleo_onboard.presentation.handover_message import Draft, before_sending
from alleo_onboard.presentation.lines import Line, Tone
from alleo_onboard.presentation.pages.handover import (
    asking_where_it_stands,
    made_up_opening,
    message_copied,
    message_saved,
    names_are_hidden_here,
    nothing_was_handed_over_yet,
    taking_the_link_back,
    the_message_names_people,
    what_follows,
    what_handing_over_is,
    what_to_send,
    why_hand_over,
)
from alleo_onboard.presentation.pages.preview import working_out_who_would_sync
from alleo_onboard.presentation.people.prepare import prepared
from alleo_onboard.presentation.preview import note
from alleo_onboard.tui.screens.activation import Activation
from alleo_onboard.tui.screens.compare import CompareScreen
from alleo_onboard.tui.screens.handover_keys import ACTIONS, BUTTONS, KEYS, ON_BUTTONS, works
from alleo_onboard.tui.screens.sending import Sending
from alleo_onboard.tui.screens.step import StepScreen
from alleo_onboard.tui.text import toned
from alleo_onboard.tui.widgets.actions import Actions
from alleo_onboard.tui.widgets.say import Say
from alleo_onboard.tui.widgets.told import Told
from alleo_onboard.usecases.handover.follow import Followed, activated, follow, local, remembered, withdraw
from alleo_onboard.usecases.handover.made_up import open_as_alleo
from alleo_onboard.usecases.handover.send import Sent
from alleo_onboard.usecases.handover.wish import wished
from alleo_onboard.usecases.preview.preview import Preview
from alleo_onboard.usecases.support.documents import free, save
from alleo_onboard.wizard.steps import Step


class HandoverScreen(StepScreen):
    """Step 5 when Alleo runs the sync: sends the credential, and shows the state of the hand-over."""

    step = Step.RUN
    PAGE = "handover"
    SCROLLS = False
    ON_BUTTONS = ON_BUTTONS  # the key bar leaves these out
    CSS_PATH = "handover.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*KEYS]

    def __init__(self) -> None:
        super().__init__()
        self.sent: Sent | None = None
        self.followed: Followed | None = None
        self._draft: Draft | None = None
        self._names = False  # True if the message names people
        self._shows_passphrase = False

    def compose_body(self) -> ComposeResult:
        yield Say(id="sentence")
        yield Actions(BUTTONS, first="send", label=lambda key: f"{_(key.description)}  {self.app.get_key_display(key)}")
        with Told(id="told"):
            yield Say(id="detail")

    def help_text(self) -> Sequence[str]:
        return (
            what_handing_over_is(),
            what_to_send(),
            what_follows(),
        )

    def title_shown(self) -> str:
        return _("Hand over")

    def arrive(self) -> None:
        self.action_look()

    def retell(self) -> None:
        self.refresh_frame()
        self._show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ACTIONS:
            return not self.locked and works(action, self.sitting.setup, self.followed, self.sent)
        return super().check_action(action, parameters)

    def action_look(self) -> None:
        self.start(self._look, asking_where_it_stands())

    def action_send(self) -> None:
        try:
            wish = wished(self.sitting.setups, self.sitting.setup)
        except Usage as trouble:
            self.trouble(str(trouble))
        else:
            Sending(self, wish, self._people, self._sent).begin()

    def lock_changed(self) -> None:
        super().lock_changed()
        self._remembered()

    def _remembered(self) -> None:
        self.followed = remembered(self.sitting.setup)
        self._show()

    def _sent(self, sent: Sent, shown: Preview, reason: str) -> None:
        setup = self.sitting.setup
        self.sent, self._draft = sent, Draft(setup, sent, shown, datetime.now(setup.profile.tz), reason)
        self._shows_passphrase = self._names = False
        self._show_from_the_top()

    def action_names(self) -> None:
        """Switches the message between names and numbers of people."""
        self._names = not self._names
        self.status(the_message_names_people() if self._names else "")
        self._show()

    def action_copy(self) -> None:
        self.app.copy_to_clipboard(self._message())
        self.status(message_copied())

    def action_save(self) -> None:
        path = free("alleo-message", "txt", Path.cwd())
        try:
            save(path, self._message().encode())
        except Usage as trouble:
            self.trouble(str(trouble))
            return
        self.status(message_saved(file=path))

    def action_reveal(self) -> None:
        self._shows_passphrase = not self._shows_passphrase
        self._show()

    def action_open_it(self) -> None:
        async def job() -> None:
            await open_as_alleo(self.sitting.setup)
            await self._look()
            self._show_from_the_top()

        self.start(job, made_up_opening())

    def action_activate(self) -> None:
        def told(on: date | None) -> None:
            if on:
                try:
                    self.followed = activated(self.sitting.setup, on)
                except Usage as trouble:
                    self.trouble(str(trouble))
                self._show()

        self.app.push_screen(Activation(local(self.sitting.setup, datetime.now(UTC)).date()), told)

    def action_compare(self) -> None:
        """Opens the page that compares Alleo's test run with the preview; the checklist shows the result afterwards."""
        self.app.push_screen(CompareScreen(), lambda _nothing: self._remembered())

    def action_withdraw(self) -> None:
        async def job() -> None:
            try:
                await withdraw(self.sitting.setup, self.sitting.keys)
            finally:
                self.sent = self._draft = None

        self.start(job, taking_the_link_back(), must_end=True)

    async def _look(self) -> None:
        sitting, setup = self.sitting, self.sitting.setup
        self.followed = remembered(setup)
        self._show()
        try:
            self.followed = await follow(setup, sitting.keys)
        except (Refused, Unreachable) as trouble:
            self.trouble(str(trouble))
        self._show()
        if self.followed is None and sitting.preview is None:
            self.status(working_out_who_would_sync())
            await self._people()
            self._show()

    async def _people(self) -> Preview:
        """Returns the preview. If there is none, makes it and marks the step Preview as done."""
        known = self.sitting.preview
        found = known or await self.sitting.any_preview()
        if not known:
            view, _same = await asyncio.to_thread(prepared, found.plan, None)
            self.sitting.settle(Step.PREVIEW, note(view), afresh=False)
        return found

    def _show(self) -> None:
        found, zone = self.followed, self.sitting.setup.profile.tz
        told: list[Line] = []
        if found is None:
            self.query_one("#sentence", Say).say(f"{why_hand_over()} {nothing_was_handed_over_yet()}")
            told = list(self._what_it_will_be())
        else:
            self.query_one("#sentence", Say).say(headline(found, zone))
            told = [*checklist(found, zone, drawn=True)]
            self.sitting.settle(self.step, state_label(found.state), needs_you=found.next.who is Who.CUSTOMER)
        mine = self.sent is not None and found is not None and found.handover.sent == self.sent.handover.sent
        if self.sent and found and mine and found.handover.waits(datetime.now(UTC)):
            told.append(Line(""))
            told += sent_lines(self.sent, zone, hidden=not self._shows_passphrase, until=False)
        if found and (helps := list(beneath(found))):
            told += [Line(""), *helps]
        if self._draft and mine and self.check_action("copy", ()):
            if self._names and self.onboard.veiled:
                told += [Line(""), Line(names_are_hidden_here())]
            told += [Line(""), *(Line(text, Tone.QUIET) for text in self._message(seen=True).splitlines())]
        self.query_one("#detail", Say).say(toned(told))
        for key in BUTTONS:
            self.query_one(f"#{key.action}").display = bool(self.check_action(key.action, ()))
        self.refresh_bindings()

    def _show_from_the_top(self) -> None:
        self._show()
        self.query_one("#told", Told).scroll_home(animate=False)

    def _what_it_will_be(self) -> Iterator[Line]:
        """Returns what would be sent where, and the message, before anything was sent."""
        sitting = self.sitting
        try:
            wish = wished(sitting.setups, sitting.setup)
        except Usage as trouble:
            return iter([Line(f"! {trouble}", Tone.WARNING)])
        return before_sending(sitting.setup, sitting.preview, wish, datetime.now(sitting.setup.profile.tz))

    def _message(self, *, seen: bool = False) -> str:
        """Returns the message. `seen`: as shown on this screen, without names while they are hidden."""
        return self._draft.text(names=self._names and not (seen and self.onboard.veiled)) if self._draft else ""

    def redraw_people(self) -> None:
        self._show()
