"""Tells a paste from typing where a terminal does not: letters that come faster than anybody types are no keys."""

from __future__ import annotations

import asyncio
from collections import deque

from textual import events

_TYPING = 0.012  # seconds; the fastest typists and key repeats leave 25 ms between two keys


class Bursts:
    """`arrived` is told of every key as it comes in; `taken` or `swallows` of each, in order, as it is handed on."""

    def __init__(self) -> None:
        self._waiting: deque[float] = deque()  # when the keys came that are not handed on yet
        self._last = 0.0
        self._within = False

    def arrived(self, key: events.Key) -> None:
        self._waiting.append(key.time)

    def taken(self) -> None:
        """A key was typed into a field."""
        if self._waiting:
            self._last = self._waiting.popleft()
        self._within = False

    async def swallows(self, key: events.Key) -> bool:
        """Whether `key`, which nobody types into a field, is part of a paste."""
        before, within = self._last, self._within
        self.taken()
        if within and key.time - before < _TYPING:
            self._within = True
        elif key.is_printable:
            await asyncio.sleep(0 if self._waiting else _TYPING)
            self._within = bool(self._waiting) and self._waiting[0] - key.time < _TYPING
        return self._within
