"""Changes the language while the wizard runs: rebuilds every page and keeps what was typed and chosen."""

from __future__ import annotations

from collections.abc import Callable

from textual.screen import Screen
from textual.widgets import Input, OptionList

from alleo_onboard.tui.widgets.choice import Choice


async def said_again(screen: Screen[None], retell: Callable[[], None]) -> None:
    """Rebuilds the widgets of `screen` in the current language, then calls `retell`.

    Keeps field values, choices, the line one is at in a list, and the focus.
    """
    typed = {field.id: field.value for field in screen.query(Input) if field.id}
    chosen = {choice.id: choice.chosen for choice in screen.query(Choice) if choice.id}
    at = {listed.id: listed.highlighted for listed in screen.query(OptionList) if listed.id}
    focused = screen.focused.id if screen.focused else None
    with screen.app.batch_update():
        await screen.recompose()
        with screen.prevent(Input.Changed, Choice.Changed):
            for field in screen.query(Input):
                if (text := typed.get(field.id or "")) is not None:
                    field.value = text
            for choice in screen.query(Choice):
                if key := chosen.get(choice.id or ""):
                    choice.choose(key)
        retell()
        for listed in screen.query(OptionList):
            place = at.get(listed.id or "")
            if place is not None and place < listed.option_count:
                listed.highlighted = place
        screen.set_focus(next(iter(screen.query(f"#{focused}")), None) if focused else None)
