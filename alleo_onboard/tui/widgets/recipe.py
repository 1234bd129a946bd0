"""How the credential is made in Personio, with the attributes to tick as a list that later ticks itself."""

from __future__ import annotations

from collections.abc import Collection

from textual.app import ComposeResult
from textual.containers import Grid, Vertical

from alleo_onboard.domain.attributes import NAMES
from alleo_onboard.locale import _
from alleo_onboard.locale.words import attribute_label, recipe_new, recipe_old
from alleo_onboard.tui.text import joined, plain
from alleo_onboard.tui.widgets.say import Say


class Fold(Say):
    """A line that opens and closes what lies under it."""

    def on_click(self) -> None:
        recipe = self.parent
        assert isinstance(recipe, Recipe)  # noqa: S101 - it is only made there
        recipe.toggle()


class Recipe(Vertical):
    """The new menu, the old one folded away, and the eight attributes."""

    def __init__(self) -> None:
        super().__init__(id="recipe")
        self._old = False

    def compose(self) -> ComposeResult:
        yield Say(plain(_("In Personio: make the credential"), "bold"), classes="title")
        yield Say(_numbered(recipe_new()), id="recipe-new")
        yield Say(_numbered(recipe_old()), id="recipe-old")
        yield Fold("", id="recipe-fold", classes="muted")
        with Grid(id="ticks"):
            for name in NAMES:
                yield Say(plain(f"☐ {attribute_label(name)}"), id=f"tick-{name}")

    def on_mount(self) -> None:
        self._draw()

    def toggle(self) -> None:
        self._old = not self._old
        self._draw()

    def _draw(self) -> None:
        self.query_one("#recipe-old").display = self._old
        self.query_one("#recipe-new").display = not self._old
        words = _("▾ This is the older menu. Show the new one") if self._old else _("▸ Your Personio has an older menu")
        self.query_one("#recipe-fold", Say).say(joined(plain(words), plain("  o", "bold $primary")))

    def tick(self, readable: Collection[str]) -> None:
        """Marks every attribute: readable, or not readable."""
        for name in NAMES:
            label, there = attribute_label(name), name in readable
            text = f"✓ {label}" if there else f"! {label}"
            self.query_one(f"#tick-{name}", Say).say(plain(text, "$success" if there else "bold $warning"))


def _numbered(steps: tuple[str, ...]) -> str:
    return "\n".join(f"{number}. {step}" for number, step in enumerate(steps, start=1))
