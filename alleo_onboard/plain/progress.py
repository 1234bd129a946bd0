"""Shows progress: a line for important events, and a count every few seconds."""

from __future__ import annotations

from collections.abc import Callable

from alleo_onboard.domain.progress import AccountsRead, Applied, EmployeesRead, Event, Rereading
from alleo_onboard.presentation.progress import Sentences, going_on
from alleo_onboard.presentation.run_progress import Meter

EVERY = 5.0  # seconds between two lines with a count


class Progress:
    """Call it with each event. `now` returns seconds of a monotonic clock."""

    def __init__(self, say: Callable[[str], None], now: Callable[[], float]) -> None:
        self._say, self._now = say, now
        self.begin()

    def begin(self) -> None:
        """Starts a new task: the first count comes after some seconds."""
        self._last = self._now()
        self._told = ""
        self._sentence = Sentences()
        self._meter = Meter(0, self._now)

    def __call__(self, event: Event) -> None:
        """Shows the event: at once if a task begins or ends, else at most every `EVERY` seconds."""
        if isinstance(event, Applied):
            self._applied(event)
        elif isinstance(event, Rereading) or self._ends(event):
            self._tell(self._sentence(event))
        else:
            self._in_a_while(going_on(event))

    def _applied(self, event: Applied) -> None:
        self._meter.count(event)
        if event.done < event.total:
            self._in_a_while(", ".join(self._meter.sentence().split("   ")) + ".")

    @staticmethod
    def _ends(event: Event) -> bool:
        return isinstance(event, (EmployeesRead, AccountsRead)) and event.done == event.total

    def _in_a_while(self, text: str) -> None:
        if text and self._now() - self._last >= EVERY:
            self._tell(text)

    def _tell(self, text: str) -> None:
        if text and text != self._told:
            self._last, self._told = self._now(), text
            self._say(text)
