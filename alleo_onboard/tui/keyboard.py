"""How keys reach the pages: Tab and Enter in fields, pastes beside them, and the letter for yes."""

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
    """The app as far as it hands keys on."""

    # Tab moves on before the keys behind it are handed out, so that "id<Tab>secret" typed at once lands right.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "app.focus_next", N_("Next field or button"), key_display="Tab", show=False, priority=True),
        Binding("shift+tab", "app.focus_previous", N_("The one before"), show=False, priority=True),
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
        """The key for yes is that of the reader's own word, and so is the name of the space bar."""
        words = {"y": yes_letter, "space": space_bar}
        return words[binding.key]() if binding.key in words else super().get_key_display(binding)

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
