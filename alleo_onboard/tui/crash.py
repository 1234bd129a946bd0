"""A crash: one page without the values of local variables, where people's data may stand."""

from __future__ import annotations

from rich.text import Text
from textual.app import App

from alleo_onboard.presentation.crash import unexpected
from alleo_onboard.wizard.exits import UNEXPECTED


class EndsQuietly(App[str]):
    """The app as far as it ends by an error that nobody expected."""

    def _handle_exception(self, error: Exception) -> None:
        self._return_code = UNEXPECTED
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self._fatal_error()

    def _fatal_error(self) -> None:
        """In place of Textual's traceback, which shows the values of local variables."""
        if not self._exit_renderables and self._exception:
            self._exit_renderables.append(Text(unexpected(self._exception)))
        self._close_messages_no_wait()
