"""Keeps what the pages of a walk look like: one file for each language and size."""

from __future__ import annotations

import os
import re
from pathlib import Path

from textual.widgets import Input
from whole_pages import faults, kept
from wizard_driver import Driver

FOLDER = Path(__file__).parent / "golden"
# What differs from run to run or from machine to machine, with something of the same width in its place.
_MASKS = (
    (re.compile(r"127\.0\.0\.1:\d{5}"), "127.0.0.1:00000"),
    (re.compile(r"\b20260302T090000-[0-9a-f]{6}\b"), "20260302T090000-000000"),
    (re.compile(r"sha256:[0-9a-f]{12}\b"), "sha256:000000000000"),
    # The end of a scrollbar's thumb, which depends on the sizes that were shown before.
    (re.compile(r"[▁-▇](?= │$)", re.MULTILINE), " "),
    (re.compile(r"(?<![▁-▇]) *[▁-▇]{1,2}$", re.MULTILINE), ""),
)
Size = tuple[int, int]
_STILL = 3  # looks in a row that see the same


class Walk:
    """A walk through the wizard in one language, at several sizes at once."""

    def __init__(self, language: str, sizes: tuple[Size, ...]) -> None:
        self._language = language
        self._seen: dict[Size, dict[str, str]] = {size: {} for size in sizes}
        self.faults: list[str] = []

    async def look(self, person: Driver, page: str) -> None:
        """Looks at the page at each size, beginning with the present one."""
        present = tuple(person.app.size)
        for size in sorted(self._seen, key=lambda size: size != present):
            if size != tuple(person.app.size):
                await person.pilot.resize_terminal(*size)
                await person.settled()
            for one in person.app.screen.query("*"):  # where a page was scrolled to depends on the sizes before
                if not isinstance(one, Input):
                    one.scroll_home(animate=False, immediate=True)
            self._seen[size][page] = await _at_rest(person)
            self.faults += [f"{page} {size[0]}x{size[1]}: {fault}" for fault in faults(person.app)]

    def compare(self) -> None:
        """Compares with the files. ALLEO_GOLDEN=1 writes them."""
        for (width, height), pages in self._seen.items():
            path = FOLDER / f"pages-{self._language}-{width}x{height}.txt"
            seen = "".join(f"{f' {page} ':=^{width}}\n{text}\n" for page, text in pages.items())
            for mask, instead in _MASKS:
                seen = mask.sub(instead, seen)
            if os.environ.get("ALLEO_GOLDEN"):
                path.write_text(seen, encoding="utf-8", newline="\n")
            assert seen == path.read_text(encoding="utf-8")


async def _at_rest(person: Driver) -> str:
    """Returns what is on the screen as soon as it stays the same: some widgets follow a new size some frames later."""
    seen, same = kept(person.app), 0
    for _again in range(30):
        await person.settled()
        before, seen = seen, kept(person.app)
        same = same + 1 if seen == before else 0
        if same == _STILL:
            break
    return seen
