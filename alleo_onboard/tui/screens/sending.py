"""The dialogues before the credential is sent: is the set-up ready, if not why send it anyway, and confirmation."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from alleo_onboard.domain.errors import NotReady
from alleo_onboard.domain.handover import Via
from alleo_onboard.locale import _
from alleo_onboard.presentation.handover import via_about, via_label
from alleo_onboard.presentation.pages.handover import (
    looking_whether_ready,
    making_the_link,
    what_goes_into_the_link,
    writing_it_down,
)
from alleo_onboard.tui.screens.ask import Ask
from alleo_onboard.tui.screens.by_hand import ByHand, Link
from alleo_onboard.tui.screens.reason import Reason
from alleo_onboard.tui.screens.work import Working
from alleo_onboard.usecases.handover.send import Note, Sent, by_hand, letter_of, may_send, must_be_ready, send
from alleo_onboard.usecases.handover.wish import Wish
from alleo_onboard.usecases.preview.preview import Preview


@dataclass
class Sending:
    """One sending from `page`.

    `people` returns the preview, and makes it where there is none. Holds the page before the service is called: from
    then on a link may exist. Calls `done` with the result on success.
    """

    page: Working
    wish: Wish
    people: Callable[[], Awaitable[Preview]]
    done: Callable[[Sent, Preview, str], None]
    reason: str = ""
    notes: tuple[Note, ...] = ()

    def begin(self) -> None:
        """Checks whether the set-up is ready, and starts the dialogues."""
        self.page.start(self._look, looking_whether_ready())

    async def _look(self) -> None:
        sitting = self.page.sitting
        self.notes = await may_send(sitting.setup, sitting.keys)
        found = await self.people()
        try:
            self.notes += must_be_ready(found, self.reason)
        except NotReady as trouble:
            self._ask_why(str(trouble))
            return
        if sitting.sandbox and self.wish.via is not Via.MANUAL:
            self.page.status(making_the_link())
            await self._send()
        else:
            self._ask()

    def _ask_why(self, trouble: str) -> None:
        def told(reason: str | None) -> None:
            self.reason = reason or ""
            if self.reason:
                self.begin()
            else:
                self.page.trouble(trouble)

        self.page.app.push_screen(Reason(trouble), told)

    def _ask(self) -> None:
        """Asks for confirmation. By hand, the user sends the credential and enters the link."""
        app, wish = self.page.app, self.wish
        if wish.via is Via.MANUAL:
            app.push_screen(ByHand(letter_of(self.page.sitting.setup)), self._made)
        else:
            text = what_goes_into_the_link(via_label(wish.via, wish.host), via_about(wish.via))
            app.push_screen(Ask(text, _("Hand over"), _("Not yet")), lambda yes: self._answered(yes=bool(yes)))

    def _answered(self, *, yes: bool) -> None:
        if yes:
            self.page.start(self._send, making_the_link())

    def _made(self, link: Link | None) -> None:
        async def job() -> None:
            setup, found = self.page.sitting.setup, await self.people()
            now = datetime.now(UTC)
            self.page.hold()
            sent = by_hand(setup, found, self.wish, link.service, link.address, now, notes=self.notes)  # type: ignore[union-attr]
            self.done(sent, found, self.reason)

        if link:
            self.page.start(job, writing_it_down())

    async def _send(self) -> None:
        found = await self.people()
        sitting = self.page.sitting
        self.page.hold()
        sent = await send(sitting.setup, found, self.wish, sitting.keys, notes=self.notes)
        self.done(sent, found, self.reason)
