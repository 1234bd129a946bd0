"""The preview as a file, or its summary to paste into a message."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from alleo_onboard.locale import _
from alleo_onboard.presentation.export.words import saved_sentence
from alleo_onboard.presentation.pages.export import COPY, about_export, copied, drawn_help, forms, no_preview_any_more
from alleo_onboard.report.write import Form, about, summary, write_report
from alleo_onboard.tui.screens.side import SideScreen
from alleo_onboard.tui.text import plain
from alleo_onboard.tui.widgets.say import Say


class ExportScreen(SideScreen):
    """Enter writes the chosen form into the current folder; the page says where it is."""

    CSS_PATH = "export.tcss"
    AUTO_FOCUS = "#forms"

    def heading(self) -> str:
        return _("Export")

    def compose_body(self) -> ComposeResult:
        yield Say(about_export(), id="about")
        options = [Option(plain(text), id=name) for name, text in forms().items()]
        yield OptionList(*options, id="forms", markup=False, compact=True)
        yield Say(id="saved", classes="well")

    def help_text(self) -> Sequence[str]:
        return drawn_help()

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        chosen = event.option_id or ""
        self.query_one("#saved", Say).say("")
        self.start(lambda: self._copy() if chosen == COPY else self._write(chosen), _("Writing …"))

    async def _write(self, chosen: str) -> None:
        form, _dash, bare = chosen.partition("-")
        found, of = self.onboard.preview, about(self.onboard.session)
        if found is None:
            self.trouble(no_preview_any_more())
            return
        written = await asyncio.to_thread(write_report, found, of, Form(form), names=not bare)
        self.query_one("#saved", Say).say("✓ " + saved_sentence(written.path, replaced=written.replaced))

    async def _copy(self) -> None:
        found = self.onboard.preview
        if found is not None:
            text = summary(found, about(self.onboard.session))
            self.app.copy_to_clipboard(text)
            self.query_one("#saved", Say).say(plain(copied(text)))
