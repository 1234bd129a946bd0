"""Where the guard wants a number typed before unusually many people are touched."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget

from alleo_onboard.locale import _
from alleo_onboard.locale.formats import count
from alleo_onboard.tui.widgets.fields import Number, Row
from alleo_onboard.usecases.run.confirmation import Confirmation


class Guard(Vertical):
    """`ask` shows the fields an offer needs; `typed` is what stands in them."""

    DEFAULT_CSS = """
    Guard { height: auto; }
    """

    def __init__(self) -> None:
        super().__init__(id="guard")

    def compose(self) -> ComposeResult:
        yield Row("", Number(id="typed"), id="guard-off")
        yield Row("", Number(id="typed-update"), id="guard-update")

    @property
    def typed(self) -> tuple[str, str]:
        """To switch off, and to change."""
        return self.query_one("#typed", Number).text, self.query_one("#typed-update", Number).text

    def clear(self) -> None:
        for field in self.query(Number):
            field.value = ""

    def ask(self, offer: Confirmation | None) -> None:
        off, update = self.query_one("#guard-off", Row), self.query_one("#guard-update", Row)
        off.display = offer is not None and offer.asks_offboard
        update.display = offer is not None and offer.asks_update
        self.display = off.display or update.display
        if offer:
            guard = offer.preview.plan.guard
            off.name_it(_("Type {n} to switch them off").format(n=guard.offboard))
            update.name_it(_("Type {n} to change them").format(n=guard.readdressed))

    def untrue(self, offer: Confirmation | None, field: Widget) -> str:
        """What is wrong with the number in `field`, "" when it is the one that was asked for."""
        if offer is None:
            return ""
        guard, (off, update) = offer.preview.plan.guard, offer.numbers
        given, asked = (off, guard.offboard) if field.id == "typed" else (update, guard.readdressed)
        if given is not None and given >= asked:
            return ""
        return _("This is not the number. Type {n}, or leave it: nothing has been written.").format(n=count(asked))

    def focus_first(self) -> None:
        first = next((row for row in self.query(Row) if row.display), None)
        if first:
            first.query_one(Number).focus()
