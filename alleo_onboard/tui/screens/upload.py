"""Asks whether a workbook was uploaded to Alleo. Only then its changes count as done."""

from __future__ import annotations

import asyncio

from alleo_onboard.locale import _
from alleo_onboard.presentation.publishing import confirmed_sentence, uploaded_question
from alleo_onboard.tui.screens.ask import Ask
from alleo_onboard.tui.screens.step import StepScreen
from alleo_onboard.tui.text import plain
from alleo_onboard.usecases.run.confirm import confirm, waiting_run


class AsksUpload(StepScreen):
    """Base of screens that ask this. `waiting` is the id of the run whose workbook is not confirmed, or ""."""

    waiting = ""

    async def look_for_upload(self) -> None:
        """Sets `waiting` from the history of the set-up."""
        self.waiting = await asyncio.to_thread(waiting_run, self.sitting.setup)

    def action_look(self) -> None:
        """Looks again at what is left to do. Subclasses override it."""

    def action_uploaded(self) -> None:
        run = self.waiting

        async def job() -> None:
            noted = await asyncio.to_thread(confirm, self.sitting.setup, run)
            self.sitting.preview, self.waiting = None, ""
            self.app.notify(plain(confirmed_sentence(noted)).plain)
            self.call_later(self.action_look)  # once this has ended

        def answered(yes: bool | None) -> None:  # noqa: FBT001 - what the dialogue gives back
            if yes:
                self.start(job, must_end=True)

        self.app.push_screen(Ask(uploaded_question(), _("Uploaded"), _("Not yet")), answered)
