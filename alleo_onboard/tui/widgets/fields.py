"""Fields to type into: one for text, one for secrets."""

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


class Search(Input):
    """A field over a list; Escape leads back to it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "screen.to_list", N_("To the list"))]


def _no_secret(text: str) -> bool:
    return not looks_secret(text)


class Field(Input):
    """A field for visible text. A paste arrives on one line, without what comes along with copied text.

    What looks like a secret is hidden at once, for it got into the wrong field.
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
        """`shows` says of a text whether it may be seen; what it may not be is hidden as a secret is."""
        self._shows, self._hides = shows, password
        self.moves_on = moves_on  # whether Enter only leads to the next field
        super().__init__(value, id=id, placeholder=harmless(placeholder), password=password, select_on_focus=False)
        self.cursor_blink = False

    def validate_value(self, value: str) -> str:
        """Before a new value is drawn it is settled whether it may be seen."""
        self.password = self._hides or not self._shows(value.strip())
        return value

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """A question mark in an empty field asks for help, as everywhere; in a text it is text."""
        return super().check_consume_key(key, character) and not (key == "question_mark" and not self.value)

    async def _on_key(self, event: events.Key) -> None:
        """In front of Textual's, which takes every key that can be printed."""
        if event.is_printable and not self.check_consume_key(event.key, event.character):
            event.prevent_default()

    def action_copy(self) -> None:
        """With nothing chosen Ctrl+C is not meant for the field."""
        if self.selection.is_empty:
            raise SkipAction
        super().action_copy()

    def _on_paste(self, event: events.Paste) -> None:
        """In place of Textual's, which keeps the first line only, even when that one is empty.

        The screen may know a better place for it: `takes_paste`.
        """
        event.prevent_default()
        event.stop()
        taken = getattr(self.screen, "takes_paste", None)
        if taken is None or not taken(event.text, self):
            self.replace(self.cleaned(event.text), *self.selection)

    def cleaned(self, text: str) -> str:
        """What is left of a paste."""
        return " ".join(harmless(text).split())

    @property
    def text(self) -> str:
        return " ".join(self.value.split())


class SecretField(Field):
    """A field for a secret: never shown, never copied, and gone from the field once it was taken."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", N_("Done"))]

    class Changed(Input.Changed):
        """Input's message without the value in its repr."""

        def __repr__(self) -> str:
            return "SecretField.Changed()"

    class Submitted(Input.Submitted):
        """Input's message without the value in its repr."""

        def __repr__(self) -> str:
            return "SecretField.Submitted()"

    def __init__(self, *, id: str, placeholder: str = "") -> None:  # noqa: A002
        super().__init__(id=id, placeholder=placeholder, password=True, moves_on=False)

    def check_consume_key(self, key: str, character: str | None) -> bool:  # noqa: ARG002 - as in Input
        """Any character may be part of a secret."""
        return character is not None and character.isprintable()

    def action_copy(self) -> None:
        raise SkipAction

    def action_cut(self) -> None:
        self.delete_selection()

    def cleaned(self, text: str) -> str:
        """A secret that was broken over lines is put together; spaces inside a password stay."""
        return "".join(harmless(line).strip() for line in text.splitlines())

    def take(self) -> Secret | None:
        """What was typed, and an empty field; None when nothing was."""
        secret = Secret(self.value)
        self.value = ""
        return secret or None

    @property
    def filled(self) -> bool:
        return bool(self.value.strip())


class Number(Field):
    """A field for a number: whatever is none in it is not taken, typed or pasted, and is no key either."""

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
    """A field, a choice or a text behind its name."""

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
        """Beside what is hidden, what it can be compared by."""
        field = self._inner
        if isinstance(field, Field):
            for hint in self.query(".hint").results(Say):
                hint.say(hidden_value(field.value) if field.password and field.value else "")

    def name_it(self, label: str) -> None:
        self.query_one(".label", Say).say(label)
