"""The colours of every face: blue for what is well, orange for what needs a person, apart in all colour vision."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours as `#rrggbb`; `quiet` is text of less weight, `track` and `bar` belong to scrollbars and charts."""

    primary: str
    secondary: str
    success: str
    warning: str
    error: str
    foreground: str
    background: str
    surface: str
    panel: str
    quiet: str
    key: str
    bar: str


DARK = Palette(
    primary="#4fa3e3",
    secondary="#8fb8d8",
    success="#6cb6f2",
    warning="#f2a33c",
    error="#ff8f5a",
    foreground="#e4e8ec",
    background="#11161c",
    surface="#1a222b",
    panel="#253140",
    quiet="#8d9aa8",
    key="#6cb6f2",
    bar="#3d5166",
)
LIGHT = Palette(
    primary="#0b5fa5",
    secondary="#3b6a8f",
    success="#0b5fa5",
    warning="#9a4d00",
    error="#a83200",
    foreground="#1b2530",
    background="#f7f8fa",
    surface="#e9edf2",
    panel="#d6dfe8",
    quiet="#5d6b79",
    key="#0b5fa5",
    bar="#a9b9c8",
)
