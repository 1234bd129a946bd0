"""Input fields for text, numbers and secrets."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import events, on
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input

from alleo_onboard.domain.credential import looks_secret
from alleo_onboard.domain.secret import Secret
from alleo_onboard.locale import N_
from alleo_onboard.presentation.hidden import hidden_value
from alleo_onboard.tui.text import harmless, plain
from alleo_onboard.tui.widgets.say import Say


def _no_secret(text: str) -> bool:
    return not looks_secret(text)


class Field(Input):
    """A field for visible text. A paste becomes one line without control characters.

    Hides text that looks like a secret, because it was put into the wrong field.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", N_("Go on"), show=False),
        Binding("escape", "screen.leave_field", N_("Leave the field")),
    ]

    def __init__(
        self,
        value: str = "",
        *,
        id: str,  # noqa: A002
        placeholder: str = "",
        password: bool = False,
        shows: Callable[[str], bool] = _no_secret,
        moves_on: bool = True,
    ) -> None:
        """Creates the field. `shows` returns whether a text may be shown; other text is hidden like a secret."""
        self._shows, self._hides = shows, password
        self.moves_on = moves_on  # True if Enter only moves to the next field
        super().__init__(value, id=id, placeholder=harmless(placeholder), password=password, select_on_focus=False)
        self.cursor_blink = False

    def validate_value(self, value: str) -> str:
        """Sets, before a new value is drawn, whether it is hidden."""
        self.password = self._hides or not self._shows(value.strip())
        return value

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Makes "?" in an empty field open the help; elsewhere it is text."""
        if key == "slash":  # Textual knows no character of that name, so the bar would offer the key in a field
            character = "/"
        return super().check_consume_key(key, character) and not (key == "question_mark" and not self.value)

    async def _on_key(self, event: events.Key) -> None:
        """Runs before Textual's handler, which would take every printable key."""
        if event.is_printable and not self.check_consume_key(event.key, event.character):
            event.prevent_default()

    def action_copy(self) -> None:
        """Without a selection, leaves Ctrl+C to the app."""
        if self.selection.is_empty:
            raise SkipAction
        super().action_copy()

    def _on_paste(self, event: events.Paste) -> None:
        """Replaces Textual's handler, which keeps only the first line of a paste, even if it is empty.

        The screen may put the text elsewhere through `takes_paste`.
        """
        event.prevent_default()
        event.stop()
        taken = getattr(self.screen, "takes_paste", None)
        if taken is None or not taken(event.text, self):
            self.replace(self.cleaned(event.text), *self.selection)

    def cleaned(self, text: str) -> str:
        """Returns a pasted text as this field keeps it."""
        return " ".join(harmless(text).split())

    @property
    def text(self) -> str:
        """The value without spaces at its ends and with single spaces between words."""
        return " ".join(self.value.split())


class Search(Field):
    """A search field above a list; Escape returns to the list."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "screen.to_list", N_("To the list"))]

    def __init__(self, *, id: str, placeholder: str = "") -> None:  # noqa: A002
        super().__init__(id=id, placeholder=placeholder, moves_on=False)


class SecretField(Field):
    """A field for a secret: never shown, cannot be copied, and cleared once its value is taken."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", N_("Done"))]

    class Changed(Input.Changed):
        """Input.Changed without the value in its repr."""

        def __repr__(self) -> str:
            return "SecretField.Changed()"

    class Submitted(Input.Submitted):
        """Input.Submitted without the value in its repr."""

        def __repr__(self) -> str:
            return "SecretField.Submitted()"

    def __init__(self, *, id: str, placeholder: str = "") -> None:  # noqa: A002
        super().__init__(id=id, placeholder=placeholder, password=True, moves_on=False)

    def check_consume_key(self, key: str, character: str | None) -> bool:  # noqa: ARG002 - as in Input
        """Accepts every printable character, because any can be part of a secret."""
        return character is not None and character.isprintable()

    def action_copy(self) -> None:
        raise SkipAction

    def action_cut(self) -> None:
        self.delete_selection()

    def cleaned(self, text: str) -> str:
        """Joins a secret that was wrapped over lines. Keeps spaces inside a password."""
        return "".join(harmless(line).strip() for line in text.splitlines())

    def take(self) -> Secret | None:
        """Returns the value and clears the field. None if it was empty."""
        secret = Secret(self.value)
        self.value = ""
        return secret or None

    @property
    def filled(self) -> bool:
        """True if something was typed."""
        return bool(self.value.strip())


class Number(Field):
    """A field for a number. Ignores other characters, typed or pasted, and keeps them from working as keys."""

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id, moves_on=False)

    async def _on_key(self, event: events.Key) -> None:
        consumed = self.check_consume_key(event.key, event.character)
        if event.is_printable and consumed and not _of_number(event.character):
            event.prevent_default()
            event.stop()

    def cleaned(self, text: str) -> str:
        return "".join(filter(_of_number, text))


def _of_number(character: str | None) -> bool:
    return character is not None and character in "0123456789.,"


class Row(Horizontal):
    """A label with a field, a choice or a text beside it."""

    def __init__(self, label: str, inner: Widget, *, id: str | None = None, classes: str = "") -> None:  # noqa: A002
        super().__init__(id=id, classes=f"row {classes}")
        self.set_class(isinstance(inner, Say), "-told")
        self._label, self._inner = label, inner

    def compose(self) -> ComposeResult:
        yield Say(plain(self._label), classes="label")
        yield self._inner.add_class("field")
        if isinstance(self._inner, Field) and not isinstance(self._inner, Number):
            yield Say(classes="hint")

    @on(Input.Changed)
    def _describe(self) -> None:
        """Shows beside a hidden value a hint to compare it by."""
        field = self._inner
        if isinstance(field, Field):
            for hint in self.query(".hint").results(Say):
                hint.say(hidden_value(field.value) if field.password and field.value else "")

    def name_it(self, label: str) -> None:
        """Changes the label."""
        self.query_one(".label", Say).say(label)
