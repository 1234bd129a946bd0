"""The wizard's Textual themes, from the palette that all interfaces share."""

from __future__ import annotations

from textual.theme import Theme

from alleo_onboard.presentation import palette
from alleo_onboard.presentation.palette import Palette


def _variables(colours: Palette) -> dict[str, str]:
    """Returns our own colour variables, and those whose Textual defaults are too dark or too bright."""
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
DARK_256 = _theme("alleo-dark-256", palette.DARK_256, dark=True)
LIGHT_256 = _theme("alleo-light-256", palette.LIGHT_256, dark=False)
DARK_16 = _theme("alleo-dark-16", palette.DARK_16, dark=True)
LIGHT_16 = _theme("alleo-light-16", palette.LIGHT_16, dark=False)
ALL = (DARK, LIGHT, DARK_256, LIGHT_256, DARK_16, LIGHT_16)


def pair(color_system: str | None) -> tuple[Theme, Theme]:
    """Returns the dark and the light theme for Rich's name of the terminal's colour system.

    None selects the true-colour themes.
    """
    return {"256": (DARK_256, LIGHT_256), "standard": (DARK_16, LIGHT_16), "windows": (DARK_16, LIGHT_16)}.get(
        color_system or "", (DARK, LIGHT)
    )
