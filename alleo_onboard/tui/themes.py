"""The wizard's themes, made of the colours that every face shares."""

from __future__ import annotations

from textual.theme import Theme

from alleo_onboard.presentation import palette
from alleo_onboard.presentation.palette import Palette


def _variables(colours: Palette) -> dict[str, str]:
    """Colours of our own names, and those that Textual would make too dark or too loud by itself."""
    tracks = ("scrollbar-background", "scrollbar-background-hover", "scrollbar-background-active")
    return {
        "quiet": colours.quiet,
        "footer-key-foreground": colours.key,
        "block-cursor-text-style": "none",
        "scrollbar": colours.bar,
        "scrollbar-hover": colours.quiet,
        "scrollbar-active": colours.quiet,
        "scrollbar-corner-color": colours.surface,
        **dict.fromkeys(tracks, colours.surface),
    }


def _theme(name: str, colours: Palette, *, dark: bool) -> Theme:
    return Theme(
        name=name,
        primary=colours.primary,
        secondary=colours.secondary,
        accent=colours.primary,
        success=colours.success,
        warning=colours.warning,
        error=colours.error,
        foreground=colours.foreground,
        background=colours.background,
        surface=colours.surface,
        panel=colours.panel,
        dark=dark,
        variables=_variables(colours),
    )


DARK = _theme("alleo-dark", palette.DARK, dark=True)
LIGHT = _theme("alleo-light", palette.LIGHT, dark=False)
