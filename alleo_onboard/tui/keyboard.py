"""Keys of the whole app: Tab and Enter in fields, pastes outside fields, and the letter for yes."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import App
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

from alleo_onboard.locale import N_
from alleo_onboard.locale.answers import space_bar, yes_letter
from alleo_onboard.tui.bursts import Bursts
from alleo_onboard.tui.widgets.fields import Field


class Keyboard(App[str]):
    """The part of the app that passes keys on."""

    # Tab has priority, so that "id<Tab>secret" typed quickly goes into the right fields.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "app.focus_next", N_("Next field or button"), key_display="Tab", show=False, priority=True),
        Binding("shift+tab", "app.focus_previous", N_("The one before"), key_display="⇧Tab", show=False, priority=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._bursts = Bursts()

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
        """Returns the key's display name; for y and the space bar in the reader's language."""
        words = {"y": yes_letter, "space": space_bar}
        return words[binding.key]() if binding.key in words else super().get_key_display(binding)

    def _meant(self, key: events.Key) -> events.Key:
        """Returns y for the reader's own letter for yes, if a yes is possible now."""
        if key.key != yes_letter() or isinstance(self.focused, Input):
            return key
        asked = any(one.binding.key == "y" and one.enabled for one in self.screen.active_bindings.values())
        return events.Key("y", "y") if asked else key

    async def _key(self, key: events.Key) -> None:
        """Handles a key. On a page with fields, ignores text pasted outside of them, whose letters would be keys."""
        if not self._beside_fields:
            self._bursts.taken()
        elif await self._bursts.swallows(key):
            return
        field = self.focused
        if key.key == "enter" and isinstance(field, Field) and field.moves_on:
            # The field handles Enter after the keys typed before it. The focus moves at once, as with Tab, because keys
            # typed after Enter belong to the next field.
            field.call_later(field.action_submit)
            self.screen.focus_next()
        else:
            await super().on_event(self._meant(key))

    @property
    def _beside_fields(self) -> bool:
        return self.is_running and not isinstance(self.focused, Input) and bool(self.screen.query(Input))
