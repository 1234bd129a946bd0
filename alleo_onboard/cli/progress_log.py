"""Shows progress on standard error while a command works."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import TYPE_CHECKING, Self

from alleo_onboard.cli.plainness import plain
from alleo_onboard.cli.streams import printable, say
from alleo_onboard.domain.progress import (
    AccountsRead,
    Applied,
    EmployeesRead,
    Event,
)
from alleo_onboard.locale import _
from alleo_onboard.presentation.progress import Sentences
from alleo_onboard.presentation.refusal import interrupted_sentence

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


class Lines:
    """Progress as plain lines: steps, longer waits, and failed changes."""

    def __init__(self) -> None:
        self._sentence = Sentences()

    def hush(self) -> None:
        """Does nothing; a bar would be removed for a question."""

    def __call__(self, event: Event) -> None:
        """Prints the sentence of an event, if it has one."""
        if text := self._sentence(event):
            say(text)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None


class Bar:
    """Progress on a terminal: one bar, and important lines above it."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        self._progress: Progress = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True, markup=False, highlight=False),
            transient=True,
        )
        self._sentence = Sentences()
        self._task: TaskID | None = None
        self._label = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def hush(self) -> None:
        """Removes the bar until the next event."""
        self._progress.stop()

    def __call__(self, event: Event) -> None:
        """Moves the bar, or prints a sentence above it."""
        match event:
            case EmployeesRead(done, total):
                self._move(_("Reading people"), done, total)
            case AccountsRead(done, total):
                self._move(_("Reading accounts"), done, total)
            case Applied(done=done, total=total):
                self._move(_("Syncing"), done, total)
        if text := self._sentence(event):
            self._progress.console.print(printable(text))

    def _move(self, label: str, done: int, total: int) -> None:
        if self._task is None or label != self._label:
            if self._task is not None:
                self._progress.remove_task(self._task)
            self._task, self._label = self._progress.add_task(label, total=total or None), label
        self._progress.start()
        self._progress.update(self._task, completed=done, total=total or None)


def tell_of_interruption() -> None:
    """Prints the sentence for a run that was interrupted during its requests."""
    say(interrupted_sentence())


def watcher() -> Lines | Bar:
    """Returns the progress display for standard error: a bar on a terminal, else lines."""
    return Bar() if sys.stderr.isatty() and not plain() else Lines()
