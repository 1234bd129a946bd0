"""The first line of every page: set-up, page, language, and LIVE or SANDBOX."""

from __future__ import annotations

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.widget import Widget

from alleo_onboard.locale import _, language
from alleo_onboard.locale.choice import NAMES
from alleo_onboard.tui.text import joined, plain
from alleo_onboard.tui.widgets.cells import fit

_MODE = 45  # cells at most
_BETWEEN = "   "


class Header(Widget):
    """The header. LIVE or SANDBOX stays visible however long the names are."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Header { height: 1; width: 100%; background: $panel; }
    """

    def __init__(self, host: str, *, sandbox: bool | None) -> None:
        """Creates the header. `sandbox` is None while no set-up is open."""
        super().__init__(id="header")
        self._spoken = range(0)  # columns of the language name, for clicks
        self._titles: tuple[str, ...] = ()
        self._mode = self._short = plain("")
        if sandbox is None:
            return
        name = _("SANDBOX") if sandbox else _("LIVE")
        style = "bold $success on $surface" if sandbox else "bold $background on $warning"
        mode = f" {name}  {host} "
        self._short = plain(f" {name} ", style)
        self._mode = plain(fit(mode, min(_MODE, cell_len(mode))), style)

    def show(self, *titles: str) -> None:
        """Shows these titles: the set-up, and the page if it is not a step."""
        self._titles = titles
        self.refresh()

    def render(self) -> Content:
        spoken = joined(" ", plain("L", "bold $footer-key-foreground"), plain(f" {NAMES[language()]} "))
        mode, left = self._mode, self.size.width - spoken.cell_length
        if self._titles and cell_len(self._titles[-1]) > left - mode.cell_length - 2:
            mode = self._short  # the page's title is more than the host's name
        room = max(0, left - mode.cell_length)
        self._spoken = range(room, room + spoken.cell_length)
        return joined(plain(fit(f" {self._shown(room - 1)}", room), "bold"), spoken, mode)

    def _shown(self, room: int) -> str:
        """Returns as many titles as fit, the last first: the page is the most important, then the set-up."""
        told = ["alleo-onboard", *self._titles]
        while len(told) > 1 and cell_len(_BETWEEN.join(told)) > room:
            del told[0]
        return _BETWEEN.join(told)

    async def on_click(self, event: events.Click) -> None:
        """Changes the language on a click on its name."""
        if event.x in self._spoken:
            await self.run_action("app.language")
