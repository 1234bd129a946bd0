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
from alleo_onboard.report.write import Form, about, summary, write_report
from alleo_onboard.tui.screens.side import SideScreen
from alleo_onboard.tui.text import plain
from alleo_onboard.tui.widgets.say import Say

_COPY = "copy"


class ExportScreen(SideScreen):
    """Enter writes the chosen form into the current folder; the page says where it is."""

    CSS_PATH = "export.tcss"
    AUTO_FOCUS = "#forms"

    def heading(self) -> str:
        return _("Export")

    def compose_body(self) -> ComposeResult:
        yield Say(_("The preview as it is now, as a file in the folder that this was started in:"), id="about")
        options = [Option(plain(text), id=name) for name, text in _forms().items()]
        yield OptionList(*options, id="forms", markup=False, compact=True)
        yield Say(id="saved", classes="well")

    def help_text(self) -> Sequence[str]:
        return (
            _("A page can be printed, and read in any browser; a workbook has one sheet for each question."),
            _("Files with names are personal data: pass them on only to those who need them."),
        )

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        chosen = event.option_id or ""
        self.query_one("#saved", Say).say("")
        self.start(lambda: self._copy() if chosen == _COPY else self._write(chosen), _("Writing …"))

    async def _write(self, chosen: str) -> None:
        form, _dash, bare = chosen.partition("-")
        found, of = self.sitting.preview, about(self.sitting.session)
        if found is None:
            self.trouble(_("There is no preview any more: go to Preview and read again."))
            return
        written = await asyncio.to_thread(write_report, found, of, Form(form), names=not bare)
        self.query_one("#saved", Say).say("✓ " + saved_sentence(written.path, replaced=written.replaced))

    async def _copy(self) -> None:
        found = self.sitting.preview
        if found is not None:
            text = summary(found, about(self.sitting.session))
            self.app.copy_to_clipboard(text)
            said = _("✓ Copied, if this terminal can. The text, to copy by hand:")
            self.query_one("#saved", Say).say(plain(f"{said}\n\n{text}"))


def _forms() -> dict[str, str]:
    """Form and whether without names, and what each is called."""
    return {
        "html": _("Page with pictures, to print or to open in a browser (HTML)"),
        "html-bare": _("The same without names, to send round (HTML)"),
        "xlsx": _("Workbook, a sheet for each question (Excel)"),
        "csv": _("List of everybody (CSV)"),
        _COPY: _("Copy the summary, without names, for a message"),
    }
