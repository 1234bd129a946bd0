"""Step 5 where Alleo runs the sync: the credential is handed over, and followed until Alleo has activated it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import ClassVar
from zoneinfo import ZoneInfo

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Button

from alleo_onboard.domain.errors import Refused, Unreachable, Usage
from alleo_onboard.domain.handover import State, Via, Who
from alleo_onboard.locale import N_, _
from alleo_onboard.presentation.handover import (
    beneath,
    checklist,
    headline,
    sent_lines,
    state_label,
    via_about,
    via_label,
)
from alleo_onboard.presentation.handover_message import facts_of, message
from alleo_onboard.presentation.lines import Line, Tone
from alleo_onboard.presentation.pages.handover import (
    after_that_alleo_runs_the,
    asking_where_the_hand_over,
    client_id_and_client_secret,
    customer_success_made_up_opens,
    handing_over_puts_client_id,
    making_the_link,
    nothing_was_handed_over_yet,
    send_the_message_with_the,
    taking_the_link_back,
    the_message_to_customer_success_is,
)
from alleo_onboard.tui.screens.activation import Activation
from alleo_onboard.tui.screens.ask import Ask
from alleo_onboard.tui.screens.by_hand import ByHand, Link
from alleo_onboard.tui.screens.step import StepScreen
from alleo_onboard.tui.text import plain, toned
from alleo_onboard.tui.widgets.say import Say
from alleo_onboard.usecases.handover.follow import Followed, activated, follow, local, remembered, withdraw
from alleo_onboard.usecases.handover.keys import Keys
from alleo_onboard.usecases.handover.made_up import open_as_alleo, there
from alleo_onboard.usecases.handover.send import Sent, by_hand, letter_of, may_send, must_be_ready, send
from alleo_onboard.usecases.handover.wish import Wish, fingerprint, wished
from alleo_onboard.usecases.preview.preview import preview
from alleo_onboard.usecases.support.documents import free, save
from alleo_onboard.wizard.steps import Step

KEYS = (
    Binding("g", "send", N_("Hand over")),
    Binding("c", "copy", N_("Copy message")),
    Binding("e", "save", N_("Save message")),
    Binding("k", "reveal", N_("Passphrase")),
    Binding("o", "open_it", N_("Open as Alleo")),
    Binding("r", "look", N_("Ask again")),
    Binding("v", "activate", N_("Activated")),
    Binding("w", "withdraw", N_("Take back")),
)
_ACTIONS = frozenset(key.action for key in KEYS)
_NOW = ("send", "copy", "reveal", "open_it", "activate")  # what matters now is a button, all else has its key
_BUTTONS = tuple(key for key in KEYS if key.action in _NOW)


class HandoverScreen(StepScreen):
    step = Step.RUN
    PAGE = "handover"
    SCROLLS = False
    CSS_PATH = "handover.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*KEYS]

    def __init__(self) -> None:
        super().__init__()
        self.sent: Sent | None = None
        self.followed: Followed | None = None
        self._message = ""
        self._shows_passphrase = False
        self._kept: tuple[str, Keys] | None = None

    def compose_body(self) -> ComposeResult:
        yield Say(id="sentence")
        with Horizontal(id="actions"):
            for key in _BUTTONS:
                button = Button(plain(_(key.description)), action=f"screen.{key.action}", compact=True, id=key.action)
                button.variant = "primary" if key.action == "send" else "default"
                yield button
        with VerticalScroll(id="told"):
            yield Say(id="detail")

    def help_text(self) -> Sequence[str]:
        return (
            handing_over_puts_client_id(),
            send_the_message_with_the(),
            after_that_alleo_runs_the(),
        )

    def title_shown(self) -> str:
        return _("Hand over")

    @property
    def keys(self) -> Keys:
        """Of this set-up, for as long as this page lives: without a keyring it is all the memory there is."""
        name = self.onboard.setup.profile.name
        if self._kept is None or self._kept[0] != name:
            self._kept = name, Keys.of(self.onboard.setups, name)
        return self._kept[1]

    def arrive(self) -> None:
        self.query_one("#open_it").display = there(self.onboard.setup)
        self.action_look()

    def retell(self) -> None:
        self.refresh_frame()
        self._show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action not in _ACTIONS:
            return super().check_action(action, parameters)
        found, now = self.followed, datetime.now(UTC)
        waits = found is not None and found.handover.waits(now)
        return {
            "send": not waits and self._may_send_anew,
            "copy": bool(self._message) and waits,
            "save": bool(self._message) and waits,
            "reveal": self.sent is not None and self.sent.passphrase is not None and waits,
            "open_it": waits and there(self.onboard.setup),
            "look": True,
            "activate": found is not None and found.state in (State.OPENED, State.UNKNOWN),
            "withdraw": waits,
        }[action]

    @property
    def _may_send_anew(self) -> bool:
        """Nothing was handed over yet, or the credential is another one now, or nobody can use the link any more."""
        found = self.followed
        if found is None or found.handover.credential != fingerprint(self.onboard.setup.profile.client_id):
            return True
        return found.state not in (State.OPENED, State.ACTIVATED)

    # What the keys do

    def action_look(self) -> None:
        self._do(self._look, asking_where_the_hand_over())

    def action_send(self) -> None:
        app = self.onboard
        wish = wished(app.setups, app.setup)

        def answered(yes: bool | None) -> None:  # noqa: FBT001 - what the dialogue gives
            if yes:
                self._do(lambda: self._send(wish), making_the_link())

        if wish.via is Via.MANUAL:
            self._by_hand(wish)
            return
        if app.sandbox:
            answered(yes=True)
            return
        text = client_id_and_client_secret(via_label(wish.via, wish.host), via_about(wish.via))
        app.push_screen(Ask(text, _("Hand over"), _("Not yet")), answered)

    def action_copy(self) -> None:
        self.app.copy_to_clipboard(self._message)
        self.status(_("The message is copied. The passphrase is not in it."))

    def action_save(self) -> None:
        path = free("alleo-message", "txt", Path.cwd())
        try:
            save(path, self._message.encode())
        except Usage as trouble:
            self.trouble(str(trouble))
            return
        self.status(the_message_to_customer_success_is(file=path))

    def action_reveal(self) -> None:
        self._shows_passphrase = not self._shows_passphrase
        self._show()

    def action_open_it(self) -> None:
        async def job() -> None:
            await open_as_alleo(self.onboard.setup)
            await self._look()

        self._do(job, customer_success_made_up_opens())

    def action_activate(self) -> None:
        def told(on: date | None) -> None:
            if on:
                try:
                    self.followed = activated(self.onboard.setup, on)
                except Usage as trouble:
                    self.trouble(str(trouble))
                self._show()

        self.app.push_screen(Activation(local(self.onboard.setup, datetime.now(UTC)).date()), told)

    def action_withdraw(self) -> None:
        async def job() -> None:
            try:
                self.followed = await withdraw(self.onboard.setup, self.keys)
            finally:
                self.followed = remembered(self.onboard.setup)
                self.sent, self._message = None, ""
                self._show()

        self._do(job, taking_the_link_back())

    # How

    def _do(self, job: Callable[[], Awaitable[None]], busy: str) -> None:
        self.start(job, busy)

    async def _look(self) -> None:
        setup = self.onboard.setup
        self.followed = remembered(setup)
        self._show()
        try:
            self.followed = await follow(setup, self.keys)
        except (Refused, Unreachable) as trouble:
            self.trouble(str(trouble))
        self._show()

    async def _send(self, wish: Wish, made: Link | None = None) -> None:
        app = self.onboard
        notes = await may_send(app.setup, self.keys)
        if app.preview is None:
            app.preview = await preview(app.session, fresh=app.session.snapshot is None)
        notes += must_be_ready(app.preview)
        try:
            if made:
                now = datetime.now(UTC)
                until = now + timedelta(seconds=wish.life.seconds)
                self.sent = by_hand(app.setup, app.preview, wish, made.service, made.address, until, now)
            else:
                self.sent = await send(app.setup, app.preview, wish, self.keys, notes=notes)
        finally:
            self.followed = remembered(app.setup)
        now = datetime.now(ZoneInfo(app.setup.profile.zone))
        self._message = message(facts_of(app.setup, self.sent, app.preview, now))
        self._shows_passphrase = False
        self._show()

    def _by_hand(self, wish: Wish) -> None:
        """What another service carries is pasted by the person, who then tells the link."""

        def told(made: Link | None) -> None:
            if made:
                self._do(lambda: self._send(wish, made), _("Writing it down …"))

        self.app.push_screen(ByHand(letter_of(self.onboard.setup)), told)

    # What is shown

    def _show(self) -> None:
        found, zone = self.followed, ZoneInfo(self.onboard.setup.profile.zone)
        told: list[Line] = []
        if found is None:
            self.query_one("#sentence", Say).say(nothing_was_handed_over_yet())
            told = [Line(via_about(Via(self._via())), Tone.QUIET)]
        else:
            self.query_one("#sentence", Say).say(headline(found, zone))
            told = [*checklist(found, zone), Line("")]
            self.onboard.settle(self.step, state_label(found.state), needs_you=found.next.who is Who.CUSTOMER)
        mine = self.sent is not None and found is not None and found.handover.sent == self.sent.handover.sent
        if self.sent and found and mine and found.handover.waits(datetime.now(UTC)):
            told += sent_lines(self.sent, zone, hidden=not self._shows_passphrase)
            told.append(Line(""))
        if found:
            told += beneath(found)
        if self._message and mine and self.check_action("copy", ()):
            told += [Line(""), *(Line(text, Tone.QUIET) for text in self._message.splitlines())]
        self.query_one("#detail", Say).say(toned(told))
        for key in _BUTTONS:
            self.query_one(f"#{key.action}").display = bool(self.check_action(key.action, ()))
        self.refresh_bindings()

    def _via(self) -> str:
        return self.onboard.setup.profile.delivery.text("via") or Via.ONETIMESECRET
