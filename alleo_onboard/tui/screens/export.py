"""Saves the preview or the history as a file, or copies the summary of the preview."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from alleo_onboard.domain.errors import Usage
from alleo_onboard.locale import N_, _
from alleo_onboard.presentation.export.charts import pictures
from alleo_onboard.presentation.export.words import saved_sentence
from alleo_onboard.presentation.pages import export as words
from alleo_onboard.report.write import Form, about, stem, summary, write_report
from alleo_onboard.tui.screens.side import SideScreen
from alleo_onboard.tui.text import lines, plain
from alleo_onboard.tui.widgets.bars import drawn
from alleo_onboard.tui.widgets.say import Say
from alleo_onboard.tui.widgets.told import Told
from alleo_onboard.usecases.preview.preview import Preview
from alleo_onboard.usecases.run.sync import RunResult
from alleo_onboard.usecases.support import history
from alleo_onboard.usecases.support.documents import free, save

COPY, TEXT = "copy", "txt"


class FilePage(SideScreen):
    """A page that writes a file in one of several forms into the current folder.

    Subclasses implement `about`, `forms` and `written`.
    """

    CSS_PATH = "export.tcss"
    AUTO_FOCUS = "#forms"
    _told = ""

    def heading(self) -> str:
        return _("Export")

    def about(self) -> str:
        """Returns the text above the list of forms."""
        raise NotImplementedError

    def forms(self) -> Mapping[str, str]:
        """Returns the forms to choose from: id to label."""
        raise NotImplementedError

    async def written(self, chosen: str) -> str:
        """Writes the chosen form. Returns the sentence to show.

        Raises: errors.Trouble.
        """
        raise NotImplementedError

    def compose_body(self) -> ComposeResult:
        yield Say(self.about(), id="about")
        options = [Option(plain(text), id=name) for name, text in self.forms().items()]
        yield OptionList(*options, id="forms", markup=False, compact=True)
        with Told(id="told"):
            yield Say(self._told, id="saved", classes="well")
            yield Say(id="picture", classes="tall-only")

    def picture(self, width: int) -> Sequence[Content]:  # noqa: ARG002 - for those that have one
        """Returns what is drawn below, where there is room."""
        return ()

    def arrive(self) -> None:
        self._draw()

    def retell(self) -> None:
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    def _draw(self) -> None:
        self.query_one("#saved").display = bool(self._told)
        self.query_one("#picture", Say).say(lines(list(self.picture(self.app.size.width - 4))))

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.begin(event.option_id or "")

    def begin(self, chosen: str) -> None:
        """Writes the form that was chosen."""
        self._say("")
        self.start(lambda: self._write(chosen), words.writing(), must_end=True)

    async def _write(self, chosen: str) -> None:
        self._say(await self.written(chosen))

    def _say(self, told: str) -> None:
        self._told = told
        self.query_one("#saved", Say).say(plain(told))
        self.query_one("#saved").display = bool(told)


class ExportScreen(FilePage):
    """Saves or copies the preview."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("c", "copy", N_("Copy summary"))]

    def __init__(self, found: Preview | None = None, result: RunResult | None = None, *, copies: bool = False) -> None:
        """Creates the page. `found` and `result`: of a run that has ended; `copies`: copies the summary at once."""
        super().__init__()
        self._found, self._result, self._copies = found, result, copies

    def about(self) -> str:
        return words.preview_as_file()

    def forms(self) -> Mapping[str, str]:
        return {**words.preview_forms(), TEXT: words.summary_as_text(), COPY: words.copy_summary()}

    def help_text(self) -> Sequence[str]:
        return words.preview_help()

    def arrive(self) -> None:
        super().arrive()
        if self._copies:
            self._copies = False
            self.query_one(OptionList).highlighted = len(self.forms()) - 1
            self.action_copy()

    def action_copy(self) -> None:
        self.begin(COPY)

    def picture(self, width: int) -> Sequence[Content]:
        found = self._found or self.sitting.preview
        return drawn(pictures(found.plan), width) if found else ()

    async def written(self, chosen: str) -> str:
        found, of = self._found or self.sitting.preview, about(self.sitting.session)
        if found is None:
            raise Usage(words.no_preview_any_more())
        text = summary(found, of, self._result)
        if chosen == COPY:
            self.app.copy_to_clipboard(text)
            return f"{words.copied()}\n\n{text}"
        if chosen == TEXT:
            path = free(stem(of, "summary"), TEXT, Path(os.curdir))
            return "✓ " + saved_sentence(path, replaced=await asyncio.to_thread(save, path, text.encode()))
        form, _dash, bare = chosen.partition("-")
        done = await asyncio.to_thread(write_report, found, of, Form(form), names=not bare)
        return "✓ " + saved_sentence(done.path, replaced=done.replaced)


class ExportHistoryScreen(FilePage):
    """Saves every change of every run of the set-up."""

    def about(self) -> str:
        return words.history_as_file()

    def forms(self) -> Mapping[str, str]:
        return words.history_forms()

    def help_text(self) -> Sequence[str]:
        return words.history_help()

    async def written(self, chosen: str) -> str:
        path, n = await asyncio.to_thread(self._save, chosen)
        return "✓ " + words.history_saved(path, n)

    def _save(self, ending: str) -> tuple[Path, int]:
        from alleo_onboard.report.journal import as_lines, as_table

        entries, zone = history.everything(self.sitting.setup), self.sitting.setup.profile.tz
        name = re.sub(r"[^\w.-]+", "-", self.sitting.setup.profile.name).strip("-.") or "set-up"
        path = free(f"alleo-history-{name}", ending, Path(os.curdir))
        save(path, (as_table(entries, zone) if ending == "csv" else as_lines(entries)).encode())
        return path, len(entries)
