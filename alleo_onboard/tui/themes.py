"""Colours: blue for what is well and orange for what needs a person, told apart by all kinds of colour vision."""

from __future__ import annotations

from textual.theme import Theme


def _variables(*, quiet: str, key: str, track: str, bar: str) -> dict[str, str]:
    """Colours of our own names, and those that Textual would make too dark or too loud by itself."""
    tracks = ("scrollbar-background", "scrollbar-background-hover", "scrollbar-background-active")
    return {
        "quiet": quiet,
        "footer-key-foreground": key,
        "block-cursor-text-style": "none",
        "scrollbar": bar,
        "scrollbar-hover": quiet,
        "scrollbar-active": quiet,
        "scrollbar-corner-color": track,
        **dict.fromkeys(tracks, track),
    }


DARK = Theme(
    name="alleo-dark",
    primary="#4fa3e3",
    secondary="#8fb8d8",
    accent="#4fa3e3",
    success="#6cb6f2",
    warning="#f2a33c",
    error="#ff8f5a",
    foreground="#e4e8ec",
    background="#11161c",
    surface="#1a222b",
    panel="#253140",
    dark=True,
    variables=_variables(quiet="#8d9aa8", key="#6cb6f2", track="#1a222b", bar="#3d5166"),
)
LIGHT = Theme(
    name="alleo-light",
    primary="#0b5fa5",
    secondary="#3b6a8f",
    accent="#0b5fa5",
    success="#0b5fa5",
    warning="#9a4d00",
    error="#a83200",
    foreground="#1b2530",
    background="#f7f8fa",
    surface="#e9edf2",
    panel="#d6dfe8",
    dark=False,
    variables=_variables(quiet="#5d6b79", key="#0b5fa5", track="#e9edf2", bar="#a9b9c8"),
)
