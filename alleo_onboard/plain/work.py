"""Runs use cases between questions, in one event loop for the whole session."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from types import TracebackType
from typing import Any, Self, TypeVar

from alleo_onboard.usecases.run.signals import heeding

T = TypeVar("T")


class Work:
    """Runs coroutines to their end, all in the same loop, so that connections stay open between questions."""

    def __init__(self) -> None:
        self._runner = asyncio.Runner()

    def __enter__(self) -> Self:
        self._runner.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._runner.__exit__(kind, error, trace)

    def __call__(self, job: Coroutine[Any, Any, T], on_interrupt: Callable[[], None] | None = None) -> T:
        """Returns the result of `job`. Ctrl-C cancels it and raises KeyboardInterrupt.

        With `on_interrupt` the first Ctrl-C only calls that, and the job ends by itself; the second one cancels.
        """
        if on_interrupt is None:
            return self._runner.run(job)
        with heeding(on_interrupt):
            return self._runner.run(job)
