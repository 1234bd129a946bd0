"""Ends the app after an unexpected error. Hides the values of local variables, which may be people's data."""

from __future__ import annotations

from rich.text import Text
from textual.app import App

from alleo_onboard.presentation.crash import unexpected
from alleo_onboard.wizard.exits import UNEXPECTED


class EndsQuietly(App[str]):
    """The part of the app that handles unexpected errors."""

    def _handle_exception(self, error: Exception) -> None:
        self._return_code = UNEXPECTED
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self._fatal_error()

    def _fatal_error(self) -> None:
        """Prints one sentence instead of Textual's traceback, which shows local variables."""
        if not self._exit_renderables and self._exception:
            self._exit_renderables.append(Text(unexpected(self._exception)))
        self._close_messages_no_wait()
