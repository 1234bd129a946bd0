"""Detects pasted text in terminals without bracketed paste: key events closer together than any typing."""

from __future__ import annotations

import asyncio
from collections import deque

from textual import events

_TYPING = 0.012  # seconds between two keys; the fastest typists and key repeat leave 25 ms


class Bursts:
    """Detects pastes from the times of key events.

    Call `arrived` for every key when it comes in, then `taken` or `swallows` for each in the same order when it is
    handled.
    """

    def __init__(self) -> None:
        self._waiting: deque[float] = deque()  # arrival times of keys not handled yet
        self._last = 0.0
        self._within = False

    def arrived(self, key: events.Key) -> None:
        """Records the arrival time of a key."""
        self._waiting.append(key.time)

    def taken(self) -> None:
        """Handles the next key as one typed into a field."""
        if self._waiting:
            self._last = self._waiting.popleft()
        self._within = False

    async def swallows(self, key: events.Key) -> bool:
        """Handles the next key.

        Returns True if `key`, which goes to no field, is part of a paste and must be ignored.
        """
        before, within = self._last, self._within
        self.taken()
        if within and key.time - before < _TYPING:
            self._within = True
        elif key.is_printable:
            await asyncio.sleep(0 if self._waiting else _TYPING)
            self._within = bool(self._waiting) and self._waiting[0] - key.time < _TYPING
        return self._within
