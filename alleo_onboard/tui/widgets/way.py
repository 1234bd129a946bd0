"""The steps from Personio to Alleo, for the room below a page that is not filled yet."""

from __future__ import annotations

from rich.cells import cell_len

from alleo_onboard.presentation.pages.start import way, way_title
from alleo_onboard.presentation.steps import step_label
from alleo_onboard.tui.text import joined, lines, plain
from alleo_onboard.tui.widgets.cells import fit
from alleo_onboard.tui.widgets.say import Say
from alleo_onboard.wizard.steps import number


class Way(Say):
    """Shown only on tall screens."""

    DEFAULT_CSS = """
    Way { margin-top: 2; }
    """

    def __init__(self) -> None:
        steps = way()
        width = max(cell_len(step_label(step)) for step, _told in steps)
        told = [plain(way_title(), "bold")]
        for step, text in steps:
            label = plain(fit(step_label(step), width), "bold")
            told.append(joined(f"{number(step)}. ", label, "   ", plain(text, "$quiet")))
        super().__init__(lines(told), id="way", classes="tall-only")
