"""Takes over a credential that was handed over: the page for the receiver of a link."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Button, Input

from alleo_onboard.domain.errors import Concerning, LinkGone, Usage, WrongPassphrase
from alleo_onboard.domain.profile import DEFAULT_NAME
from alleo_onboard.domain.secret import Secret
from alleo_onboard.locale import N_, _
from alleo_onboard.presentation.pages.receive import (
    about_receiving,
    give_the_passphrase,
    i_was_sent_a_link,
    name_the_setup,
    or_paste_both,
    page_help,
    paste_link_or_both,
    proving_a_place,
)
from alleo_onboard.tui.screens.side import SideScreen
from alleo_onboard.tui.text import plain
from alleo_onboard.tui.widgets.fields import Field, Row, SecretField
from alleo_onboard.tui.widgets.say import Say
from alleo_onboard.usecases.handover.receive import Place, link_in, open_link, typed

_LINK, _WORD, _ID, _SECRET, _NAME = "link", "passphrase", "received-id", "received-secret", "name"


class ReceiveScreen(SideScreen):
    """Opens a link, or takes pasted lines, and stores the credential as a new set-up."""

    CSS_PATH = "receive.tcss"
    SCROLLS = True
    BINDINGS: ClassVar[list[BindingType]] = [Binding("g", "take", N_("Take it over"))]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return super().check_action(action, parameters) and not (action == "take" and self.locked)

    def lock_changed(self) -> None:
        super().lock_changed()
        self.query_one("#take", Button).disabled = self.locked

    def heading(self) -> str:
        return i_was_sent_a_link()

    def compose_body(self) -> ComposeResult:
        yield Say(about_receiving())
        with Vertical(id="form"):
            yield Row(_("Link"), Field(id=_LINK, placeholder="https://"))
            yield Row(_("Passphrase"), SecretField(id=_WORD))
            yield Say(or_paste_both(), classes="between")
            yield Row(_("Client id"), SecretField(id=_ID))
            yield Row(_("Client secret"), SecretField(id=_SECRET))
            yield Row(_("Set-up name"), Field(self._free_name(), id=_NAME, moves_on=False))
            yield Button(plain(_("Take it over")), id="take", action="screen.take", variant="primary", compact=True)

    def help_text(self) -> Sequence[str]:
        return page_help()

    def arrive(self) -> None:
        self.query_one(f"#{_LINK}").focus()

    def _free_name(self) -> str:
        names = {name.casefold() for name in self.sitting.setups.names()}
        return DEFAULT_NAME if DEFAULT_NAME not in names else ""

    def takes_paste(self, text: str, field: Input | None) -> bool:
        """Puts pasted client id and secret into their fields, whichever field has the focus."""
        found = typed(text)
        if found is None or field is None or "://" in text:
            return False
        self.query_one(f"#{_ID}", SecretField).value = found.client_id
        self.query_one(f"#{_SECRET}", SecretField).value = found.client_secret.reveal()
        return True

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        if event.input.id in (_WORD, _SECRET):
            self.action_take()

    def action_take(self) -> None:
        # Opening consumes the link: nothing may come between that and keeping the secret.
        self.start(self._take, proving_a_place(), must_end=True)

    async def _take(self) -> None:
        name = self.query_one(f"#{_NAME}", Field).text
        if not name:
            raise Usage(name_the_setup()).about(_NAME)
        link = self.query_one(f"#{_LINK}", Field).text
        place = Place(self.sitting.setups, name)
        await asyncio.to_thread(place.prove)
        text = place.sealed(self._typed()) if not link else await self._opened(link)
        await asyncio.to_thread(place.keep, text)
        setup = await asyncio.to_thread(place.settle, text)
        for field in self.query(SecretField):
            field.take()
        self.dismiss()
        self.app.call_later(self.onboard.open_setup, setup)

    def _typed(self) -> str:
        client_id, secret = (self.query_one(f"#{one}", SecretField).value for one in (_ID, _SECRET))
        if not client_id.strip() or not secret.strip():
            raise Usage(paste_link_or_both()).about(_SECRET if client_id.strip() else _ID if secret.strip() else _LINK)
        return f"Client ID: {client_id.strip()}\nClient secret: {secret.strip()}"

    async def _opened(self, link: str) -> Secret:
        field = self.query_one(f"#{_WORD}", SecretField)
        with Concerning(_LINK):
            found = link_in(link)
        if not field.filled:
            raise Usage(give_the_passphrase()).about(_WORD)
        try:
            return await open_link(found, Secret(field.value), ca_file=self.sitting.setup.ca_file)
        except WrongPassphrase as trouble:
            field.take()
            raise trouble.about(_WORD) from None
        except LinkGone as trouble:
            raise trouble.about(_LINK) from None
