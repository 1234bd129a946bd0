"""The colours of all interfaces: blue for good, orange for attention; distinguishable with any colour vision."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours as `#rrggbb`. `quiet` is for less important text; `track` and `bar` are for scroll bars and charts."""

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
    quiet="#4f5c69",
    key="#0b5fa5",
    bar="#a9b9c8",
)
# For terminals with 256 colours, which replace others by the nearest: these are among the 256 and remain different.
DARK_256 = Palette(
    primary="#5fafff",
    secondary="#afd7ff",
    success="#87d7ff",
    warning="#ffaf5f",
    error="#ff875f",
    foreground="#eeeeee",
    background="#121212",
    surface="#1c1c1c",
    panel="#303030",
    quiet="#b2b2b2",
    key="#87d7ff",
    bar="#808080",
)
LIGHT_256 = Palette(
    primary="#0000af",
    secondary="#005f87",
    success="#0000af",
    warning="#870000",
    error="#af0000",
    foreground="#121212",
    background="#ffffff",
    surface="#eeeeee",
    panel="#dadada",
    quiet="#4e4e4e",
    key="#0000af",
    bar="#6c6c6c",
)
# For terminals with 16 colours: the selection is on navy or silver.
DARK_16 = Palette(
    primary="#00ffff",
    secondary="#00ffff",
    success="#00ffff",
    warning="#ffff00",
    error="#ffff00",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#000080",
    quiet="#c0c0c0",
    key="#00ffff",
    bar="#c0c0c0",
)
LIGHT_16 = Palette(
    primary="#0000ff",
    secondary="#0000ff",
    success="#0000ff",
    warning="#800000",
    error="#800000",
    foreground="#000000",
    background="#ffffff",
    surface="#ffffff",
    panel="#c0c0c0",
    quiet="#000080",
    key="#0000ff",
    bar="#000080",
)
